"""`routines` about sets, in the order of its document: add, update, delete."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.routines import (
    SET_KEYS,
    call,
    logged,
    press,
    refused,
    routine,
    session,
    squat,
)
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise, WorkoutItem, WorkoutSet

DOCUMENTED = {
    "exerciseName": "Bench Press (Barbell)",
    "itemType": "EXERCISE",
    "orderInSession": 1,
    "setNumber": 3,
    "plannedReps": 8,
    "plannedWeightKg": "80.0",
    "actualReps": 7,
    "actualWeightKg": "80.0",
    "rpe": 9,
    "notes": "",
    "completedAt": "2026-03-01T09:12:00",
}
REST = {"itemType": "REST", "orderInSession": 2, "setNumber": 1, "durationSeconds": 120}
CARDIO = {
    "itemType": "CARDIO",
    "exerciseName": "Treadmill",
    "orderInSession": 3,
    "setNumber": 1,
    "durationSeconds": 600,
    "distanceKm": "1.2",
}


async def slots(person: Person, session: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await call(person, "GET", f"/workouts/{session}"))["exercises"]
    return found


async def numbers(person: Person, session: int, slot: int = 0) -> list[tuple[int, int]]:
    """The sets of a slot as (setNumber, plannedReps)."""
    sets = (await slots(person, session))[slot]["sets"]
    return [(each["setNumber"], each["plannedReps"]) for each in sets]


async def test_post_sets_of_the_document_read_back_as_they_were_written(ann: Person) -> None:
    made, bench = await session(ann), await press()
    path = f"/workouts/{made['id']}/sets"
    for said in ({"exerciseId": bench.id, **DOCUMENTED}, REST, CARDIO):
        answer = await call(ann, "POST", path, said, 201)
        assert tuple(answer) == SET_KEYS
        assert {name: answer[name] for name in said} == said
        assert answer["sessionId"] == made["id"]
        assert answer["isPersonalBest"] is False
        assert any(answer in slot["sets"] for slot in await slots(ann, made["id"]))
    kinds = [(s["orderInSession"], s["itemType"]) for s in await slots(ann, made["id"])]
    assert kinds == [(1, "EXERCISE"), (2, "REST"), (3, "CARDIO")]


async def test_a_rest_and_a_cardio_block_have_no_exercise(ann: Person) -> None:
    made = await session(ann)
    path = f"/workouts/{made['id']}/sets"
    rest = await call(ann, "POST", path, REST | {"exerciseId": 0, "exerciseName": "x"}, 201)
    assert (rest["exerciseId"], rest["exerciseName"], rest["distanceKm"]) == (0, "", "0")
    assert rest["completedAt"] is None
    bare = await call(ann, "POST", path, {"itemType": "REST"}, 201)
    assert (bare["orderInSession"], bare["durationSeconds"]) == (3, 0)
    assert (await ann.page("GET", "/session")).status_code == 200
    said = CARDIO | {"exerciseId": (await squat()).id, "orderInSession": 4}
    cardio = await call(ann, "POST", path, said, 201)
    assert (cardio["exerciseId"], cardio["exerciseName"]) == (0, "Treadmill")
    assert (cardio["actualReps"], cardio["completedAt"]) == (None, None)


async def test_a_slot_that_does_not_exist_yet_is_made(ann: Person) -> None:
    made, one = await session(ann), await squat()
    said = {"exerciseId": one.id, "orderInSession": 7}
    first = await call(ann, "POST", f"/workouts/{made['id']}/sets", said, 201)
    second = await call(ann, "POST", f"/workouts/{made['id']}/sets", said, 201)
    assert [(s["orderInSession"], s["setNumber"]) for s in (first, second)] == [(7, 1), (7, 2)]
    assert len(await slots(ann, made["id"])) == 1
    other = {"exerciseId": (await press()).id}
    third = await call(ann, "POST", f"/workouts/{made['id']}/sets", other, 201)
    assert (third["orderInSession"], third["exerciseName"]) == (8, (await press()).name)
    again = await call(ann, "POST", f"/workouts/{made['id']}/sets", {"exerciseId": one.id}, 201)
    assert (again["orderInSession"], again["setNumber"]) == (7, 3)


async def test_the_sets_of_a_slot_are_of_one_exercise(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    path = f"/workouts/{made['id']}/sets"
    before = await slots(ann, made["id"])
    await refused(ann, "POST", path, {"exerciseId": (await squat()).id, "orderInSession": 1}, 409)
    await refused(ann, "POST", path, REST | {"orderInSession": 1}, 409)
    await refused(ann, "POST", path, REST | {"orderInSession": 2}, 409)
    await refused(ann, "POST", path, CARDIO | {"orderInSession": 2}, 409)
    assert await slots(ann, made["id"]) == before
    more = await call(ann, "POST", path, CARDIO | {"setNumber": 2}, 201)
    assert more["orderInSession"] == 3


async def test_a_number_that_is_taken_moves_the_others_on(ann: Person) -> None:
    made, one = await session(ann), await squat()
    path = f"/workouts/{made['id']}/sets"
    for reps in (1, 2, 3):
        await call(ann, "POST", path, {"exerciseId": one.id, "plannedReps": reps}, 201)
    said = {"exerciseId": one.id, "setNumber": 2, "plannedReps": 9}
    assert (await call(ann, "POST", path, said, 201))["setNumber"] == 2
    assert await numbers(ann, made["id"]) == [(1, 1), (2, 9), (3, 2), (4, 3)]


async def test_reps_without_a_moment_are_done_now(ann: Person) -> None:
    made, one = await session(ann), await squat()
    each = await logged(ann, made["id"], one.id, "82.5", 8)
    at = datetime.fromisoformat(each["completedAt"]).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60
    assert (each["actualReps"], each["actualWeightKg"], each["rpe"]) == (8, "82.5", None)
    stored = await WorkoutSet.get(id=each["id"])
    assert (stored.weight_unit, stored.weight_grams) == ("kg", 82_500)
    assert stored.exercise_id == one.id  # type: ignore[attr-defined]


async def test_a_set_says_everything_or_hardly_anything(ann: Person) -> None:
    made, one = await session(ann), await squat()
    planned = await call(ann, "POST", f"/workouts/{made['id']}/sets", {"exerciseId": one.id}, 201)
    assert (planned["plannedReps"], planned["plannedWeightKg"]) == (0, "0")
    nulls = dict.fromkeys(
        (
            *("orderInSession", "setNumber", "plannedReps", "plannedWeightKg", "actualReps"),
            *("actualWeightKg", "durationSeconds", "distanceKm", "rpe", "notes", "completedAt"),
        )
    )
    said = {"exerciseId": str(one.id), "exerciseName": None, **nulls}
    again = await call(ann, "POST", f"/workouts/{made['id']}/sets", said, 201)
    assert {**again, "id": 0, "setNumber": 0} == {**planned, "id": 0, "setNumber": 0}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("80.0", "80.0"),
        ("82.5", "82.5"),
        ("82.50", "82.50"),
        ("0", "0"),
        ("10000", "10000"),
        ("0.001", "0.001"),
        (82.5, "82.5"),
        (80, "80"),
        ("1e2", "100"),
        (" 7,5 ", "7.5"),
    ],
)
async def test_weights_are_told_exactly_as_they_were_written(
    ann: Person, said: Any, told: str
) -> None:
    made, one = await session(ann), await squat()
    each = await logged(ann, made["id"], one.id, said, 5, plannedWeightKg=said)
    assert (each["actualWeightKg"], each["plannedWeightKg"]) == (told, told)
    assert (await slots(ann, made["id"]))[0]["sets"] == [each]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("itemType", "EXERCISE", ["exercise", "SET", "", None, 1]),
        ("exerciseId", None, [0, -1, 2**63, "x", 1.5, True, {}]),
        ("exerciseName", "x" * 200, ["x" * 201, 7, "a\x00"]),
        ("orderInSession", 1, [0, -1, 10_001, 2**31, 1.5, "x", True]),
        ("orderInSession", 10_000, [10**30]),
        ("setNumber", 1, [0, -1, 201, 2**31, 1.5]),
        ("setNumber", 200, ["x"]),
        ("plannedReps", 10_000, [-1, 10_001, 2**31, 8.5, "x", []]),
        ("plannedWeightKg", "10000", ["-0.5", "10000.01", "NaN", "Infinity", "x", [], True]),
        ("actualReps", 10_000, [-1, 10_001, 2**31, 8.5, "x", {}]),
        ("actualWeightKg", "10000", ["-1", "10000.1", "1" * 40, "0." + "1" * 40, "x", False]),
        ("durationSeconds", 86_400, [-1, 86_401, "x", 1.5]),
        ("distanceKm", "1000000", ["-1", "1000000.1", "x", "NaN"]),
        ("rpe", 1, [0, -1, 11, 8.5, "x"]),
        ("rpe", 10, [True]),
        ("notes", "x" * 2000, ["x" * 2001, 7, "\x00"]),
        ("completedAt", "2026-03-01T09:12:00", ["soon", 7, "2026-02-30T00:00:00", {}]),
    ],
)
async def test_post_sets_refuses_what_is_beyond_its_limits(
    ann: Person, field: str, good: Any, bad: list[Any]
) -> None:
    made, one = await session(ann), await squat()
    path, usual = f"/workouts/{made['id']}/sets", {"exerciseId": one.id}
    for value in bad:
        error = await refused(ann, "POST", path, usual | {field: value})
        assert list(error["fields"]) == [field], value
    assert await WorkoutItem.all().count() == 0
    await call(ann, "POST", path, usual | ({field: good} if good else {}), 201)
    if field not in ("itemType", "exerciseId", "exerciseName", "orderInSession", "setNumber"):
        set_path = f"{path}/{(await slots(ann, made['id']))[0]['sets'][0]['id']}"
        for value in bad:
            error = await refused(ann, "PUT", set_path, {field: value})
            assert list(error["fields"]) == [field], value


async def test_an_exercise_is_needed_and_must_be_ones_own_or_the_systems(
    ann: Person, bob: Person
) -> None:
    made = await session(ann)
    path = f"/workouts/{made['id']}/sets"
    assert list((await refused(ann, "POST", path, {}))["fields"]) == ["exerciseId"]
    await refused(ann, "POST", path, {"exerciseId": 999_999}, 404)
    bobs = await Exercise.create(user=bob.user, name="Bob's curl", name_key="bob's curl")
    await refused(ann, "POST", path, {"exerciseId": bobs.id}, 403)
    assert await WorkoutItem.all().count() == 0


async def test_put_sets_of_the_document(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    each = made["exercises"][0]["sets"][0]
    path = f"/workouts/{made['id']}/sets/{each['id']}"
    said = {
        "actualReps": 8,
        "actualWeightKg": "82.5",
        "rpe": 8,
        "completedAt": "2026-03-01T09:05:00",
    }
    for method in ("PUT", "PATCH"):
        answer = await call(ann, method, path, said)
        assert answer == {**each, **said}
    assert (await slots(ann, made["id"]))[0]["sets"][0] == {**each, **said}
    partly = await call(ann, "PUT", path, {"notes": "Easy"})
    assert partly == {**each, **said, "notes": "Easy"}
    assert (await call(ann, "PUT", path, {}))["notes"] == "Easy"
    more = {"plannedReps": 6, "plannedWeightKg": "85.0", "actualReps": 9}
    assert await call(ann, "PUT", path, more) == {**partly, **more}


async def test_a_set_is_taken_back_by_saying_that_it_is_not_done(ann: Person) -> None:
    made, one = await session(ann), await squat()
    each = await logged(ann, made["id"], one.id, "100", 5, rpe=9)
    path = f"/workouts/{made['id']}/sets/{each['id']}"
    undone = await call(ann, "PUT", path, {"completedAt": None})
    assert [undone[name] for name in ("actualReps", "actualWeightKg", "rpe", "completedAt")] == (
        [None] * 4
    )
    assert (await call(ann, "PUT", path, {"actualReps": 5}))["actualWeightKg"] == "100"
    undone = await call(ann, "PATCH", path, {"actualReps": None})
    assert (undone["actualReps"], undone["completedAt"]) == (None, None)
    done = await call(ann, "PUT", path, {"actualReps": 3, "completedAt": None})
    assert (done["actualReps"], done["completedAt"] is not None) == (3, True)


async def test_a_whole_set_sent_back_changes_nothing(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    done = await logged(ann, made["id"], (await squat()).id, "100.0", 5, rpe=9, notes="Hard")
    entered = {"weight": "225", "weight_unit": "lb", "weight_grams": 102_058, "rpe": "8.5"}
    await WorkoutSet.filter(id=done["id"]).update(**entered, planned_reps=8, planned_reps_max=12)
    for slot in await slots(ann, made["id"]):
        for each in slot["sets"]:
            path = f"/workouts/{made['id']}/sets/{each['id']}"
            assert await call(ann, "PUT", path, each) == each
    stored = await WorkoutSet.get(id=done["id"])
    assert {name: str(getattr(stored, name)) for name in entered} == {
        name: str(value) for name, value in entered.items()
    }
    assert stored.planned_reps_max == 12


async def test_a_set_stays_in_its_slot_but_may_change_its_number(ann: Person) -> None:
    made, one = await session(ann), await squat()
    path = f"/workouts/{made['id']}/sets"
    sets = [
        await call(ann, "POST", path, {"exerciseId": one.id, "plannedReps": reps}, 201)
        for reps in (1, 2, 3)
    ]
    moved = f"{path}/{sets[2]['id']}"
    for said in ({"exerciseId": 1_000}, {"itemType": "CARDIO"}, {"orderInSession": 2}):
        assert list((await refused(ann, "PUT", moved, said))["fields"]) == list(said)
    assert (await call(ann, "PUT", moved, {"setNumber": 1}))["setNumber"] == 1
    assert await numbers(ann, made["id"]) == [(1, 3), (2, 1), (3, 2)]
    await call(ann, "PUT", moved, {"setNumber": 2})
    assert await numbers(ann, made["id"]) == [(1, 1), (2, 3), (3, 2)]


async def test_rests_and_cardio_are_updated_like_sets(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    _, rest, cardio = (slot["sets"][0] for slot in made["exercises"])
    path = f"/workouts/{made['id']}/sets"
    said = {"durationSeconds": 90, "notes": "Short", "completedAt": "2026-03-01T09:10:00"}
    assert await call(ann, "PUT", f"{path}/{rest['id']}", said) == {**rest, **said}
    undone = await call(ann, "PUT", f"{path}/{rest['id']}", {"completedAt": None})
    assert (undone["completedAt"], undone["durationSeconds"]) == (None, 90)
    done = {"completedAt": "2026-03-01T09:30:00", "distanceKm": "2.05"}
    assert await call(ann, "PUT", f"{path}/{cardio['id']}", done) == {**cardio, **done}
    stored = await WorkoutSet.get(id=cardio["id"])
    assert (str(stored.duration_seconds), stored.distance_mm) == ("600", 2_050_000)
    longer = await call(ann, "PUT", f"{path}/{cardio['id']}", {"durationSeconds": 720})
    assert longer["durationSeconds"] == 720


async def test_delete_sets(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    path = f"/workouts/{made['id']}/sets"
    first, *others = made["exercises"][0]["sets"]
    await call(ann, "DELETE", f"{path}/{first['id']}", status=204)
    left = (await slots(ann, made["id"]))[0]["sets"]
    assert [each["id"] for each in left] == [each["id"] for each in others]
    assert [each["setNumber"] for each in left] == [1, 2]
    await refused(ann, "DELETE", f"{path}/{first['id']}", status=404)
    for each in others:
        await call(ann, "DELETE", f"{path}/{each['id']}", status=204)
    kinds = [slot["itemType"] for slot in await slots(ann, made["id"])]
    assert kinds == ["REST", "CARDIO"]
    for slot in await slots(ann, made["id"]):
        await call(ann, "DELETE", f"{path}/{slot['sets'][0]['id']}", status=204)
    assert await slots(ann, made["id"]) == []
    again = {"exerciseId": (await squat()).id, "orderInSession": 1}
    assert (await call(ann, "POST", path, again, 201))["setNumber"] == 1


async def test_a_set_is_found_in_its_own_session_only(ann: Person, bob: Person) -> None:
    made, other, bobs = await session(ann), await session(ann), await session(bob)
    each = await logged(ann, made["id"], (await squat()).id, "100", 5)
    for method in ("PUT", "PATCH", "DELETE"):
        for number in (999_999, 4_000_000_000_000_001, 10**18 - 1):
            await refused(ann, method, f"/workouts/{made['id']}/sets/{number}", {}, 404)
        await refused(ann, method, f"/workouts/{other['id']}/sets/{each['id']}", {}, 404)
        await refused(bob, method, f"/workouts/{bobs['id']}/sets/{each['id']}", {}, 404)
    assert (await slots(ann, made["id"]))[0]["sets"] == [each]


async def test_a_completed_session_keeps_its_sets_as_they_are(ann: Person) -> None:
    made, one = await session(ann), await squat()
    each = await logged(ann, made["id"], one.id, "100", 5)
    await call(ann, "POST", f"/workouts/{made['id']}/complete")
    before = await slots(ann, made["id"])
    path = f"/workouts/{made['id']}/sets"
    await refused(ann, "POST", path, {"exerciseId": one.id}, 409)
    for method in ("PUT", "PATCH", "DELETE"):
        await refused(ann, method, f"{path}/{each['id']}", {"actualReps": 9}, 409)
    assert await slots(ann, made["id"]) == before


async def test_what_others_logged_reads_sensibly(ann: Person) -> None:
    one = await squat()
    await ann.json("POST", "/api/session/start", {})
    await ann.json("POST", "/api/session/workout/exercise/start", {"exercise_id": str(one.uuid)})
    await ann.json("PUT", "/api/session/workout/exercise/log", {"reps": 5, "weight": 102.5})
    (found,), _ = await call(ann, "GET", "/workouts")
    each = (await slots(ann, found["id"]))[0]["sets"][0]
    assert (each["actualReps"], each["actualWeightKg"]) == (5, "102.5")
    assert (each["orderInSession"], each["setNumber"]) == (1, 1)
    await WorkoutSet.filter(id=each["id"]).update(weight="225", weight_unit="lb")
    each = (await slots(ann, found["id"]))[0]["sets"][0]
    assert each["actualWeightKg"] == "102.06"


async def test_pages_show_what_was_logged_here(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    first = made["exercises"][0]["sets"][0]
    said = {"completedAt": "2026-03-01T09:05:00"}
    await call(ann, "PUT", f"/workouts/{made['id']}/sets/{first['id']}", said)
    await logged(ann, made["id"], (await squat()).id, "100.0", 5)
    assert (await ann.page("GET", "/session")).status_code == 200
    done = await call(ann, "POST", f"/workouts/{made['id']}/complete")
    uuid = (await WorkoutItem.filter(workout_id=done["id"]).first().values("workout__uuid"))[
        "workout__uuid"
    ]
    for path in (f"/workouts/{uuid}", f"/workouts/{uuid}/edit", "/workouts", "/"):
        answer = await ann.page("GET", path)
        assert answer.status_code == 200, path
    text = await (await ann.page("GET", f"/workouts/{uuid}")).get_data(as_text=True)
    assert "100" in text


async def test_logging_a_set_costs_the_same_however_long_the_session(ann: Person) -> None:
    made, one = await session(ann), await squat()
    each = await logged(ann, made["id"], one.id, "100", 5)
    path = f"/workouts/{made['id']}/sets/{each['id']}"

    async def cost(reps: int) -> int:
        with counted() as statements:
            await call(ann, "PUT", path, {"actualReps": reps, "actualWeightKg": "100"})
        return len(statements)

    before = await cost(6)
    for reps in range(1, 20):
        await logged(ann, made["id"], one.id, "100", reps)
    assert await cost(7) == before <= 8


async def test_twenty_sets_at_once_stand_in_one_slot_with_twenty_numbers(ann: Person) -> None:
    made, one = await session(ann), await squat()
    said = {"exerciseId": one.id, "orderInSession": 1, "actualReps": 5}
    path = f"/workouts/{made['id']}/sets"
    await asyncio.gather(*(call(ann, "POST", path, said, 201) for _ in range(20)))
    (slot,) = await slots(ann, made["id"])
    assert [each["setNumber"] for each in slot["sets"]] == list(range(1, 21))


async def test_twenty_completions_at_once_are_one(ann: Person) -> None:
    made = await session(ann)
    path = f"/workouts/{made['id']}/complete"
    done = await asyncio.gather(*(call(ann, "POST", path) for _ in range(20)))
    assert len({each["completedAt"] for each in done}) == 1
