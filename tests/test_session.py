"""The workout in progress: started once, seen, finished, stopped, discarded, taken back."""

import asyncio
from datetime import UTC, datetime

from tests.support.gym import (
    JSON,
    classic,
    did,
    nowhere,
    routine,
    seen,
    start,
    text,
)  # fmt: skip
from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import Routine, Workout, WorkoutItem, WorkoutSet


async def test_a_routine_starts_with_its_sets_planned(ann: Person) -> None:
    answer = await start(ann, await classic(ann))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/session")
    shown = await seen(ann)
    assert [each["exercise_name"] for each in shown["exercises"]] == [
        "Squat (Barbell)", "Bench Press (Barbell)", "Plank",
    ]  # fmt: skip
    assert [len(each["sets"]) for each in shown["exercises"]] == [3, 3, 2]
    stored = await WorkoutSet.filter(user=ann.user).order_by("item_id", "position")
    assert {each.completed_at for each in stored} == {None}
    assert (str(stored[0].planned_weight), stored[0].planned_reps) == ("80", 5)
    assert (stored[3].planned_reps, stored[3].planned_reps_max) == (8, 10)
    assert stored[6].planned_seconds == 60
    found = await WorkoutItem.filter(user=ann.user).order_by("position").first()
    assert found is not None
    kept = (found.measure, found.load, found.implement, found.muscle_group, found.body_part)
    assert kept == ("reps", "external", "Barbell", "legs", "legs")
    assert found.plan["sets"] == 3 and found.plan["weight"] == "80" and found.rest_seconds == 180


async def test_warm_ups_rests_and_cardio_of_a_routine_come_along(ann: Person) -> None:
    plan = await routine(
        ann,
        {"slug": "squat-barbell", "sets": 2, "warm_up_sets": 3, "reps_min": 5, "weight": "100",
         "weight_unit": "kg"},
        {"kind": "rest", "duration_seconds": 150},
        {"slug": "rowing-machine", "kind": "cardio", "duration_seconds": 300},
    )  # fmt: skip
    await start(ann, plan)
    squat, rest, row = (await seen(ann))["exercises"]
    assert [each["set_type"] for each in squat["sets"]] == ["warm_up"] * 3 + ["working"] * 2
    warm = await WorkoutSet.filter(set_type="warm_up").order_by("position")
    assert [(str(each.planned_weight), each.planned_reps) for each in warm] == [
        ("50", 5), ("70", 3), ("85", 2),
    ]  # fmt: skip
    assert (rest["kind"], rest["sets"]) == ("rest", [])
    assert (row["kind"], len(row["sets"])) == ("cardio", 1)
    page = await text(await ann.page("GET", "/session"))
    assert "2:30" in page and "5:00" in page


async def test_an_empty_workout_is_named_by_the_hour(ann: Person) -> None:
    await start(ann)
    shown = await seen(ann)
    assert shown["name"].endswith("workout") and shown["exercises"] == []
    assert "An empty workout" in await text(await ann.page("GET", "/session"))


async def test_an_earlier_workout_is_repeated_with_what_was_done(ann: Person) -> None:
    earlier = await did(ann, "squat-barbell", ("80", 5), ("85", 4))
    await start(ann, repeat=str(earlier.uuid))
    stored = await WorkoutSet.filter(completed_at=None).order_by("position")
    assert [(str(s.planned_weight), s.planned_reps) for s in stored] == [("80", 5), ("85", 4)]
    assert (await seen(ann))["name"] == "Earlier"


async def test_the_same_uuid_starts_the_same_workout(ann: Person) -> None:
    uuid, plan = str(uuid7()), await classic(ann)
    for _ in range(3):
        assert (await start(ann, plan, uuid=uuid)).status_code == 303
    assert await Workout.all().count() == 1
    await ann.page("POST", "/session/finish", {})
    again = await start(ann, plan, uuid=uuid)
    assert again.headers["Location"] == f"/workouts/{uuid}"
    assert await Workout.all().count() == 1


async def test_twenty_starts_at_once_make_one_workout(ann: Person) -> None:
    plan = await classic(ann)
    answers = await asyncio.gather(*(start(ann, plan) for _ in range(20)))
    assert {each.status_code for each in answers} == {303}
    assert await Workout.filter(user=ann.user).count() == 1
    assert await WorkoutItem.filter(user=ann.user).count() == 3


async def test_a_running_workout_is_gone_on_with(ann: Person, bob: Person) -> None:
    await start(ann, await classic(ann))
    first = (await seen(ann))["id"]
    assert (await start(ann)).headers["Location"] == "/session"
    assert (await seen(ann))["id"] == first
    assert (await ann.json("POST", "/session/start", {}, **JSON)).status_code == 409
    assert (await bob.json("POST", "/session/start", {}, **JSON)).status_code == 201


async def test_a_start_from_nowhere_is_refused(ann: Person, bob: Person) -> None:
    theirs = await classic(ann)
    earlier = await did(ann, "squat-barbell", ("80", 5))
    for form in (
        {"routine": str(theirs.uuid)}, {"routine": str(nowhere())}, {"repeat": str(earlier.uuid)},
    ):  # fmt: skip
        assert (await bob.page("POST", "/session/start", form)).status_code == 404
    assert (await bob.page("POST", "/session/start", {"routine": "x"})).status_code == 400
    deleted = await classic(bob)
    await Routine.filter(id=deleted.id).update(deleted_at=datetime.now(UTC))
    assert (await start(bob, deleted)).status_code == 404
    assert not await Workout.filter(user=bob.user).exists()


async def test_without_a_workout_the_page_leads_home(ann: Person) -> None:
    for path in ("/session", "/session/finish"):
        answer = await ann.page("GET", path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert (await ann.json("GET", path, **JSON)).status_code == 404
    for path in ("/session/finish", "/session/stop", "/session/discard", "/session/rest/skip"):
        assert (await ann.page("POST", path, {})).status_code == 404


async def test_the_page_shows_the_workout(ann: Person) -> None:
    await did(ann, "squat-barbell", ("77.5", 5), ("77.5", 4))
    await start(ann, await classic(ann))
    page = await text(await ann.page("GET", "/session"))
    assert "Squat (Barbell)" in page and "3 × 5 · 80 kg" in page and "0 of 8 sets" in page
    assert "last 77.5 × 5" in page and "last 77.5 × 4" in page
    assert page.count("<details") == 3 and page.count("open>") == 1


async def test_bob_never_sees_anns_workout(ann: Person, bob: Person) -> None:
    await start(ann, await classic(ann))
    assert (await bob.json("GET", "/session", **JSON)).status_code == 404
    assert (await bob.page("POST", "/session/discard", {})).status_code == 404
    assert (await bob.page("POST", "/session/finish", {})).status_code == 404
    assert (await seen(ann))["is_active"]


async def test_opening_the_workout_costs_few_statements_however_long_the_past(
    ann: Person,
) -> None:
    plan = await classic(ann)
    await start(ann, plan)
    with counted() as before:
        await ann.page("GET", "/session")
    for days in range(5, 15):
        await did(ann, "squat-barbell", ("70", 5), ("70", 5), days_ago=days)
    with counted() as after:
        await ann.page("GET", "/session")
    assert len(before) == len(after) <= 6
