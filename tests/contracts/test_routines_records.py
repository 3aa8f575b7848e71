"""`routines` about records: personal bests at /complete, an exercise's history and its bests."""

from typing import Any

import pytest

from tests.support.routines import (
    API,
    SET_KEYS,
    call,
    logged,
    press,
    refused,
    session,
    squat,
    trained,
)
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise, Workout, WorkoutSet


def flags(session: dict[str, Any]) -> list[bool]:
    return [each["isPersonalBest"] for slot in session["exercises"] for each in slot["sets"]]


async def again(person: Person, session: dict[str, Any]) -> list[bool]:
    return flags(await call(person, "GET", f"/workouts/{session['id']}"))


async def test_bests_are_told_by_complete_and_not_before(ann: Person) -> None:
    made, one = await session(ann), await squat()
    await logged(ann, made["id"], one.id, "82.5", 8)
    assert await again(ann, made) == [False]
    done = await call(ann, "POST", f"/workouts/{made['id']}/complete")
    assert flags(done) == [True]


@pytest.mark.parametrize(
    ("weight", "reps", "is_best"),
    [
        ("80", 8, True),
        ("80.5", 8, True),
        ("79.9", 8, False),
        ("80", 7, True),
        ("79", 5, False),
        ("60", 9, True),
        ("80", 0, False),
        ("0", 8, False),
        (None, 8, False),
    ],
)
async def test_equal_or_better_than_all_with_as_many_reps_is_a_best(
    ann: Person, weight: str | None, reps: int, is_best: bool
) -> None:
    one = await squat()
    await trained(ann, one.id, ("80", 8))
    assert flags(await trained(ann, one.id, (weight, reps))) == [is_best]


async def test_sets_of_one_session_do_not_beat_each_other(ann: Person, bob: Person) -> None:
    one = await squat()
    await trained(bob, one.id, ("200", 10))
    assert flags(await trained(ann, one.id, ("60", 8), ("100", 8), ("80", 8))) == [True] * 3
    other = await press()
    assert flags(await trained(ann, other.id, ("40", 8))) == [True]


async def test_a_backdated_session_is_compared_with_all_history(ann: Person) -> None:
    one = await squat()
    await trained(ann, one.id, ("100", 5))
    late = await session(ann, startedAt="2026-03-01T09:00:00")
    await logged(ann, late["id"], one.id, "80", 5, completedAt="2026-03-01T09:05:00")
    assert flags(await call(ann, "POST", f"/workouts/{late['id']}/complete")) == [False]


async def test_bests_stay_right_when_history_changes(ann: Person) -> None:
    one = await squat()
    first = await trained(ann, one.id, ("100", 5))
    second = await trained(ann, one.id, ("90", 5))
    assert (await again(ann, first), await again(ann, second)) == ([True], [False])
    set_id = first["exercises"][0]["sets"][0]["id"]
    await WorkoutSet.filter(id=set_id).update(weight="85", weight_grams=85_000)
    assert (await again(ann, first), await again(ann, second)) == ([True], [True])
    await WorkoutSet.filter(id=set_id).update(weight="100", weight_grams=100_000)
    assert await again(ann, second) == [False]
    await call(ann, "DELETE", f"/workouts/{first['id']}", status=204)
    assert await again(ann, second) == [True]
    uuid = (await Workout.get(id=first["id"])).uuid
    await ann.page("POST", f"/workouts/{uuid}/restore")
    assert await again(ann, second) == [False]


async def test_get_history(ann: Person, bob: Person) -> None:
    one = await squat()
    made = await session(ann)
    later = {"completedAt": "2026-03-01T09:10:00"}
    await logged(ann, made["id"], one.id, "85", 5, **later)
    sooner = {"completedAt": "2026-03-01T09:05:00", "rpe": 8}
    await logged(ann, made["id"], one.id, "82.5", 8, **sooner)
    await call(ann, "POST", f"/workouts/{made['id']}/sets", {"exerciseId": one.id}, 201)
    await logged(ann, made["id"], (await press()).id, "60", 8)
    await trained(bob, one.id, ("200", 5))
    found, meta = await call(ann, "GET", f"/exercises/{one.id}/history")
    assert meta == {"page": 1, "pageSize": 50, "total": 2}
    assert all(tuple(each) == SET_KEYS for each in found)
    assert [each["completedAt"] for each in found] == [
        "2026-03-01T09:10:00",
        "2026-03-01T09:05:00",
    ]
    assert [each["isPersonalBest"] for each in found] == [False, False]
    done = await call(ann, "POST", f"/workouts/{made['id']}/complete")
    found, _ = await call(ann, "GET", f"/exercises/{one.id}/history")
    sets = [each for slot in done["exercises"] for each in slot["sets"]]
    assert found == sets[:2]
    assert [each["isPersonalBest"] for each in found] == [True, True]
    await call(ann, "DELETE", f"/workouts/{made['id']}", status=204)
    assert (await call(ann, "GET", f"/exercises/{one.id}/history"))[1]["total"] == 0


@pytest.mark.parametrize(
    ("asked", "page", "size", "many"),
    [
        ("pageSize=100", 1, 100, 3),
        ("pageSize=101&page=0", 1, 100, 3),
        ("pageSize=2&page=2", 2, 2, 1),
    ],
)
async def test_history_comes_in_pages(
    ann: Person, asked: str, page: int, size: int, many: int
) -> None:
    one = await squat()
    await trained(ann, one.id, ("60", 8), ("70", 8), ("80", 8))
    found, meta = await call(ann, "GET", f"/exercises/{one.id}/history?{asked}")
    assert meta == {"page": page, "pageSize": size, "total": 3}
    assert len(found) == many
    await refused(ann, "GET", f"/exercises/{one.id}/history?page=x")


async def test_get_pbs(ann: Person, bob: Person) -> None:
    one = await squat()
    await trained(ann, one.id, ("92.5", 5), ("80", 8), ("100", 0), ("0", 20), (None, 30))
    best = await trained(ann, one.id, ("82.5", 8), ("82.5", 8), ("90", 5))
    await trained(bob, one.id, ("200", 3))
    running = await session(ann)
    await logged(ann, running["id"], one.id, "300", 5)
    found = await call(ann, "GET", f"/exercises/{one.id}/pbs")
    assert all(tuple(each) == SET_KEYS for each in found)
    assert [(each["actualReps"], each["actualWeightKg"]) for each in found] == [
        (8, "82.5"),
        (5, "92.5"),
    ]
    assert all(each["isPersonalBest"] for each in found)
    assert found[0]["id"] == best["exercises"][0]["sets"][0]["id"]


@pytest.mark.parametrize("what", ["history", "pbs"])
async def test_records_are_of_exercises_one_may_use(ann: Person, bob: Person, what: str) -> None:
    bobs = await Exercise.create(user=bob.user, name="Bob's curl", name_key="bob's curl")
    await refused(ann, "GET", f"/exercises/{bobs.id}/{what}", status=403)
    await refused(ann, "GET", f"/exercises/999999/{what}", status=404)
    await refused(ann, "GET", f"/exercises/x/{what}", status=404)
    answer = await bob.json("GET", f"{API}/exercises/{bobs.id}/{what}")
    assert (await answer.get_json())["data"] == []
    client: Any = ann.app.test_client(use_cookies=False)
    assert (await client.get(f"{API}/exercises/{bobs.id}/{what}")).status_code == 401


@pytest.mark.parametrize("what", ["history", "pbs"])
async def test_records_cost_the_same_however_long_the_history(ann: Person, what: str) -> None:
    one = await squat()
    await trained(ann, one.id, ("60", 8))

    async def cost() -> int:
        with counted() as statements:
            await call(ann, "GET", f"/exercises/{one.id}/{what}")
        return len(statements)

    before = await cost()
    for reps in range(1, 9):
        await trained(ann, one.id, ("60", reps))
    assert await cost() == before
