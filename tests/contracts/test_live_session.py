"""The document live.md, its session: every operation, every refusal, in the document's order."""

import asyncio
from typing import Any

import pytest

from tests.support.gym import did, exercise, item, nowhere, routine
from tests.support.world import Person, make_token
from webapp.models import Routine, RoutineItem, Workout, WorkoutItem

SESSION = {
    "id", "user_id", "workout_id", "is_active", "is_finished", "started_at", "ended_at",
    "created_at",
}  # fmt: skip
EXERCISE = {
    "id", "exercise_id", "exercise_name", "status", "started_at", "ended_at", "planned", "sets",
}  # fmt: skip
PLAN = {
    "id", "user_id", "name", "description", "workout_exercises", "created_at", "updated_at",
}  # fmt: skip


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


async def test_start_opens_a_session_of_a_workout(ann: Person) -> None:
    wanted = await plan(ann)
    said = await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    assert set(said) == SESSION
    stored = await Workout.get(user=ann.user)
    assert said == {
        "id": str(stored.uuid),
        "user_id": str(ann.user.uuid),
        "workout_id": str(wanted.uuid),
        "is_active": True,
        "is_finished": False,
        "started_at": stored.started_at.isoformat().replace("+00:00", "Z"),
        "ended_at": None,
        "created_at": stored.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert stored.source == "live"


@pytest.mark.parametrize("body", [None, {}, {"workout_id": None}, {"other": 1}])
async def test_start_without_a_workout_opens_a_free_session(ann: Person, body: Any) -> None:
    said = await say(ann, "POST", "/start", body, 201)
    assert said["workout_id"] is None and said["is_active"]
    details = await say(ann, "GET", "/workout")
    assert (details["workout"], details["exercises"]) == (None, [])


async def test_start_is_refused_while_one_is_active(ann: Person, bob: Person) -> None:
    theirs = await plan(ann)
    await say(bob, "POST", "/start", {"workout_id": str(theirs.uuid)}, 404)
    await say(ann, "POST", "/start", {"workout_id": str(nowhere())}, 404)
    await say(ann, "POST", "/start", {"workout_id": "7"}, 400)
    await say(ann, "POST", "/start", {"workout_id": ["x"]}, 400)
    await say(ann, "POST", "/start", status=201)
    await say(ann, "POST", "/start", status=409)
    await say(ann, "POST", "/start", {"workout_id": str(theirs.uuid)}, 409)
    await say(bob, "POST", "/start", status=201)


async def test_twenty_starts_at_once_open_one_session(ann: Person) -> None:
    answers = await asyncio.gather(*(ann.json("POST", "/api/session/start") for _ in range(20)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 19
    assert await Workout.all().count() == 1


async def test_the_same_key_starts_one_session_and_is_answered_alike(ann: Person) -> None:
    first = await ann.json("POST", "/api/session/start", {}, Idempotency_Key="k")
    again = await ann.json("POST", "/api/session/start", {}, Idempotency_Key="k")
    assert await first.get_data() == await again.get_data() and again.status_code == 201
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_the_active_session_is_shown(ann: Person, bob: Person) -> None:
    await say(ann, "GET", "", status=404)
    made = await say(ann, "POST", "/start", status=201)
    assert await say(ann, "GET", "") == made
    await say(bob, "GET", "", status=404)


@pytest.mark.parametrize(("verb", "is_finished"), [("stop", False), ("finish", True)])
async def test_stop_and_finish_close_session_and_exercise(
    ann: Person, bob: Person, verb: str, is_finished: bool
) -> None:
    await say(ann, "PUT", f"/{verb}", status=404)
    wanted = await plan(ann)
    made = await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    await begin(ann, wanted)
    await say(ann, "PUT", "/workout/exercise/log", {"reps": 5, "weight": 80})
    await say(bob, "PUT", f"/{verb}", status=404)
    said = await say(ann, "PUT", f"/{verb}")
    assert said | {"ended_at": None} == made | {"is_active": False, "is_finished": is_finished}
    assert said["ended_at"].endswith("Z")
    kept = [each.status for each in await WorkoutItem.filter(user=ann.user)]
    assert kept == ["finished" if is_finished else "stopped"]
    await say(ann, "PUT", f"/{verb}", status=404)
    await say(ann, "GET", "", status=404)
    await say(ann, "POST", "/start", status=201)


async def test_the_details_are_the_session_its_workout_and_its_exercises(ann: Person) -> None:
    await say(ann, "GET", "/workout", status=404)
    wanted = await plan(ann)
    made = await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    said = await say(ann, "GET", "/workout")
    assert set(said) == SESSION | {"workout", "exercises"}
    assert {name: said[name] for name in SESSION} == made
    assert set(said["workout"]) == PLAN and said["workout"]["name"] == "Leg day"
    assert len(said["workout"]["workout_exercises"]) == 2
    squat, plank = said["exercises"]
    assert set(squat) == set(plank) == EXERCISE
    found = await exercise("squat-barbell")
    assert squat == {
        "id": await item(ann),
        "exercise_id": str(found.uuid),
        "exercise_name": "Squat (Barbell)",
        "status": "pending",
        "started_at": None,
        "ended_at": None,
        "planned": {
            "sets": 2, "reps_min": 5, "reps_max": 8, "weight": 80, "interval": 3, "rest": 120,
        },
        "sets": [],
    }  # fmt: skip
    assert plank["planned"]["sets"] == 1 and plank["planned"]["weight"] is None


async def test_the_workout_part_is_finished_before_the_session(ann: Person, bob: Person) -> None:
    await say(ann, "PUT", "/workout/finish", status=404)
    wanted = await plan(ann)
    await say(ann, "POST", "/start", {"workout_id": str(wanted.uuid)}, 201)
    body = {"workout_exercise_id": await line(wanted)}
    await say(ann, "POST", "/workout/exercise/start", body, 201)
    await say(bob, "PUT", "/workout/finish", status=404)
    said = await say(ann, "PUT", "/workout/finish")
    assert said["is_active"] and said["exercises"][0]["status"] == "finished"
    moment = (await Workout.get()).part_finished_at
    assert await say(ann, "PUT", "/workout/finish") == said
    assert (await Workout.get()).part_finished_at == moment
    await say(ann, "POST", "/workout/exercise/start", body, 409)
    assert (await say(ann, "PUT", "/finish"))["is_finished"]
    await say(ann, "PUT", "/workout/finish", status=404)


OPERATIONS = (
    ("POST", "/start"), ("GET", ""), ("PUT", "/stop"), ("PUT", "/finish"), ("GET", "/workout"),
    ("PUT", "/workout/finish"), ("POST", "/workout/exercise/start"),
    ("PUT", "/workout/exercise/log"), ("PUT", "/workout/exercise/stop"),
    ("PUT", "/workout/exercise/finish"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_nobody_gets_in_without_a_token(ann: Person, method: str, path: str) -> None:
    client: Any = ann.app.test_client(use_cookies=False)
    for headers in ({}, {"Authorization": "Bearer setlog_wrong"}, {"Authorization": "Basic x"}):
        answer = await client.open(f"/api/session{path}", method=method, headers=headers)
        assert answer.status_code == 401 and (await answer.get_json())["error"]


@pytest.mark.parametrize(("method", "path"), [each for each in OPERATIONS if each[0] != "GET"])
async def test_bodies_that_are_no_object_and_tokens_that_only_read(
    ann: Person, method: str, path: str
) -> None:
    reader = Person(ann.app, ann.user, ann.client, await make_token(ann.user, read_only=True))
    await say(reader, method, path, {}, 403)
    if path.endswith(("start", "log")):
        await say(ann, method, path, [1], 400)
        client: Any = ann.app.test_client(use_cookies=False)
        headers = {"Authorization": f"Bearer {ann.token}", "Content-Type": "application/json"}
        answer = await client.open(f"/api/session{path}", method=method, headers=headers, data=b"{")
        assert answer.status_code == 400


async def test_an_earlier_workout_says_nothing_of_the_active_one(ann: Person) -> None:
    await did(ann, "squat-barbell", ("80", 5))
    await say(ann, "GET", "", status=404)
