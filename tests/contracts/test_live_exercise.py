"""The document live.md, the exercises of its session: start, log, stop, finish."""

from typing import Any

import pytest

from tests.support.gym import exercise, item, nowhere, routine, sets, start, tap
from tests.support.world import Person
from webapp.models import Routine, RoutineItem, User, WorkoutSet

EXERCISE = {
    "id", "exercise_id", "exercise_name", "status", "started_at", "ended_at", "planned", "sets",
}  # fmt: skip
SET = {"id", "set_number", "reps", "weight", "interval", "notes", "created_at"}


async def say(
    person: Person, method: str, path: str, body: Any = None, status: int = 200, **headers: str
) -> Any:
    answer = await person.json(method, f"/api/session{path}", body, **headers)
    said = await answer.get_json()
    assert answer.status_code == status, said
    if status >= 400:
        assert isinstance(said["error"], str) and said["error"]
        assert set(said) == ({"error", "fields"} if status == 400 else {"error"})
    return said


async def plan(person: Person) -> Routine:
    return await routine(
        person,
        {"slug": "squat-barbell", "sets": 2, "reps_min": 5, "reps_max": 8, "weight": "80",
         "weight_unit": "kg", "rest_seconds": 120, "interval_seconds": 3},
        {"slug": "plank", "sets": 1, "duration_seconds": 60},
        name="Leg day",
    )  # fmt: skip


async def line(of: Routine) -> str:
    """UUID of the first workout exercise."""
    found = await RoutineItem.filter(routine=of).order_by("position").first()
    assert found is not None
    return str(found.uuid)


async def begin(person: Person, of: Routine) -> Any:
    """Start the first exercise of the workout."""
    body = {"workout_exercise_id": await line(of)}
    return await say(person, "POST", "/workout/exercise/start", body, 201)


async def test_an_exercise_is_started_by_its_line_or_by_itself(ann: Person, bob: Person) -> None:
    squat, bench = await exercise("squat-barbell"), await exercise("bench-press-barbell")
    path, wanted = "/workout/exercise/start", await plan(ann)
    await say(ann, "POST", path, {"exercise_id": str(squat.uuid)}, 404)
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await say(bob, "POST", path, {"workout_exercise_id": await line(wanted)}, 404)
    for body in (None, {}, {"exercise_id": "x"}, {"workout_exercise_id": 7, "exercise_id": 7}):
        assert "exercise_id" in (await say(ann, "POST", path, body, 400))["fields"]
    for body in ({"exercise_id": str(nowhere())}, {"workout_exercise_id": str(nowhere())}):
        await say(ann, "POST", path, body, 404)
    said = await say(ann, "POST", path, {"workout_exercise_id": await line(wanted)}, 201)
    assert set(said) == EXERCISE and said["status"] == "active"
    assert said["started_at"].endswith("Z") and said["ended_at"] is None
    await say(ann, "POST", path, {"exercise_id": str(bench.uuid)}, 409)
    await say(ann, "PUT", "/workout/exercise/finish")
    added = await say(ann, "POST", path, {"exercise_id": str(bench.uuid)}, 201)
    assert added["exercise_name"] == "Bench Press (Barbell)"
    details = await say(ann, "GET", "/workout")
    names = [(each["exercise_name"], each["status"]) for each in details["exercises"]]
    assert names == [
        ("Squat (Barbell)", "finished"), ("Plank", "pending"), ("Bench Press (Barbell)", "active"),
    ]  # fmt: skip


async def test_a_waiting_exercise_is_not_added_twice(ann: Person) -> None:
    wanted, squat = await plan(ann), await exercise("squat-barbell")
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    body = {"exercise_id": str(squat.uuid)}
    started = await say(ann, "POST", "/workout/exercise/start", body, 201)
    assert started["id"] == await item(ann)
    assert len((await say(ann, "GET", "/workout"))["exercises"]) == 2


async def test_sets_are_logged_in_order_or_by_number(ann: Person, bob: Person) -> None:
    path, wanted = "/workout/exercise/log", await plan(ann)
    await say(ann, "PUT", path, {"reps": 5, "weight": 80}, 404)
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await say(ann, "PUT", path, {"reps": 5, "weight": 80}, 404)
    await begin(ann, wanted)
    await say(bob, "PUT", path, {"reps": 5, "weight": 80}, 404)
    said = await say(ann, "PUT", path, {"reps": 5, "weight": 82.5, "interval": 4, "notes": "Deep"})
    assert set(said) == SET
    stored = await WorkoutSet.get(uuid=said["id"])
    assert said == {
        "id": str(stored.uuid),
        "set_number": 1,
        "reps": 5,
        "weight": 82.5,
        "interval": 4,
        "notes": "Deep",
        "created_at": stored.completed_at.isoformat().replace("+00:00", "Z"),  # type: ignore[union-attr]
    }
    assert (await say(ann, "PUT", path, {"reps": 6, "weight": 80}))["set_number"] == 2
    assert (await say(ann, "PUT", path, {"reps": 4, "weight": 80}))["set_number"] == 3
    again = await say(ann, "PUT", path, {"reps": 8, "weight": 70, "set_number": 1})
    assert (again["id"], again["reps"], again["weight"]) == (said["id"], 8, 70)
    assert (again["created_at"], again["notes"]) == (said["created_at"], "Deep")
    five = await say(ann, "PUT", path, {"reps": 1, "weight": None, "set_number": 5})
    assert (five["set_number"], five["weight"]) == (5, None)
    details = (await say(ann, "GET", "/workout"))["exercises"][0]
    assert [(each["set_number"], each["reps"]) for each in details["sets"]] == [
        (1, 8), (2, 6), (3, 4), (5, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"weight": 80}, "reps"), ({"reps": 5}, "weight"), ({"reps": -1, "weight": 80}, "reps"),
        ({"reps": "x", "weight": 80}, "reps"), ({"reps": 5, "weight": -80}, "weight"),
        ({"reps": 5, "weight": "x"}, "weight"), ({"reps": 5, "weight": 10**9}, "weight"),
        ({"reps": 10**30, "weight": 80}, "reps"), ({"reps": 5.5, "weight": 80}, "reps"),
        ({"reps": 5, "weight": 80, "set_number": 0}, "set_number"),
        ({"reps": 5, "weight": 80, "set_number": 10**9}, "set_number"),
        ({"reps": 5, "weight": 80, "interval": -1}, "interval"),
        ({"reps": 5, "weight": 80, "notes": "x" * 3000}, "notes"),
        ({"reps": 5, "weight": 80, "notes": "a\x00"}, "notes"),
        ({"reps": 5, "weight": 80, "notes": {}}, "notes"),
        ({"reps": True, "weight": 80}, "reps"),
    ],
)  # fmt: skip
async def test_a_wrong_set_is_told_by_field(ann: Person, body: Any, field: str) -> None:
    wanted = await plan(ann)
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await begin(ann, wanted)
    said = await say(ann, "PUT", "/workout/exercise/log", body, 400)
    assert list(said["fields"]) == [field] and said["fields"][field]
    assert await WorkoutSet.exclude(completed_at=None).count() == 0


@pytest.mark.parametrize(("verb", "status"), [("stop", "stopped"), ("finish", "finished")])
async def test_an_exercise_is_ended(ann: Person, bob: Person, verb: str, status: str) -> None:
    path, wanted = f"/workout/exercise/{verb}", await plan(ann)
    await say(ann, "PUT", path, status=404)
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await say(ann, "PUT", path, status=404)
    await begin(ann, wanted)
    await say(bob, "PUT", path, status=404)
    said = await say(ann, "PUT", path)
    assert set(said) == EXERCISE and said["status"] == status and said["ended_at"].endswith("Z")
    await say(ann, "PUT", path, status=404)
    await say(ann, "PUT", "/workout/exercise/log", {"reps": 5, "weight": 80}, 404)


async def test_weights_are_in_the_users_unit(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    wanted, path = await plan(ann), "/workout/exercise/log"
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await begin(ann, wanted)
    said = await say(ann, "PUT", path, {"reps": 5, "weight": 182.5})
    assert said["weight"] == 182.5
    stored = await WorkoutSet.get(uuid=said["id"])
    assert (str(stored.weight), stored.weight_unit, stored.weight_grams) == ("182.5", "lb", 82_781)
    details = await say(ann, "GET", "/workout")
    assert details["exercises"][0]["planned"]["weight"] == 176.37


async def test_what_the_phone_logged_is_read_and_the_other_way_round(ann: Person) -> None:
    wanted = await plan(ann)
    await start(ann, wanted)
    for each in await sets(ann):
        await tap(ann, each["id"], weight="80", reps="6")
    details = await say(ann, "GET", "/workout")
    squat = details["exercises"][0]
    assert squat["status"] == "finished" and [each["reps"] for each in squat["sets"]] == [6, 6]
    assert squat["started_at"] == squat["sets"][0]["created_at"]
    plank = await exercise("plank")
    await say(ann, "POST", "/workout/exercise/start", {"exercise_id": str(plank.uuid)}, 201)
    page = await (await ann.page("GET", "/session")).get_data(as_text=True)
    assert "2 of 3 sets" in page


async def test_rests_have_no_words_here(ann: Person) -> None:
    wanted = await routine(
        ann, {"kind": "rest", "duration_seconds": 60}, {"slug": "plank", "sets": 1}
    )
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    names = [each["exercise_name"] for each in (await say(ann, "GET", "/workout"))["exercises"]]
    assert names == ["Plank"]
