"""What pages and other contracts wrote, as a client of the diary reads it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import gym
from tests.support.diary import a_set, ask, day, exercise, workout, written
from tests.support.world import Person
from webapp.models import Workout, WorkoutItem, WorkoutSet


async def items(person: Person, uuid: object) -> Any:
    status, found = await ask(person, "GET", f"/workouts/{uuid}")
    assert status == 200, found
    return found["workoutExercises"]


async def listed(person: Person) -> Any:
    return (await ask(person, "GET", "/workouts?startDate=2000-01-01&endDate=2100-01-01"))[1]


async def test_an_exercise_of_the_catalogue_shows_with_its_muscle_group(ann: Person) -> None:
    made = await gym.did(ann, "squat-barbell", ("80", 5), (None, 12))
    (item,) = await items(ann, made.uuid)
    squat = await gym.exercise("squat-barbell")
    known = {"id": str(squat.uuid), "name": squat.name, "muscleGroup": "LEGS"}
    assert item["exercise"] == known
    assert [(each["reps"], each["weight"]) for each in item["sets"]] == [(5, 80), (12, 0)]


async def test_it_can_be_written_back_with_that_exercise(ann: Person) -> None:
    made = await gym.did(ann, "squat-barbell", ("80", 5))
    before = (await ask(ann, "GET", f"/workouts/{made.uuid}"))[1]
    status, after = await ask(ann, "PUT", f"/workouts/{made.uuid}", written(before))
    assert (status, written(after)) == (200, written(before))
    squat, kept = await gym.exercise("squat-barbell"), await WorkoutSet.get(user_id=ann.user.id)
    assert (kept.exercise_id, kept.weight_grams) == (squat.id, 80_000)  # type: ignore[attr-defined]


async def test_every_set_that_is_no_warm_up_is_a_working_one(ann: Person) -> None:
    for days, (kind, shown) in enumerate(
        {
            "warm_up": "WARM_UP",
            "working": "WORKING",
            "drop": "WORKING",
            "failure": "WORKING",
        }.items()
    ):
        made = await gym.did(ann, "squat-barbell", ("80", 5), days_ago=days, set_type=kind)
        assert (await items(ann, made.uuid))[0]["sets"][0]["setType"] == shown


async def test_sets_without_repetitions_are_left_out(ann: Person) -> None:
    made = await gym.did(ann, "squat-barbell", ("80", 5), ("80", 0), ("80", 3))
    (item,) = await items(ann, made.uuid)
    assert [each["reps"] for each in item["sets"]] == [5, 3]
    plank = await gym.did(ann, "plank", (None, 1), days_ago=9)
    await WorkoutSet.filter(workout_id=plank.id).update(reps=None, duration_seconds="60")
    (item,) = await items(ann, plank.uuid)
    assert (item["exercise"]["muscleGroup"], item["sets"]) == ("CORE", [])


async def test_rests_are_left_out_and_stay_when_the_exercises_are_replaced(ann: Person) -> None:
    made = await gym.did(ann, "squat-barbell", ("80", 5))
    rest: dict[str, Any] = {
        "kind": "rest",
        "exercise_name": "Rest",
        "rest_seconds": 90,
        "status": "finished",
    }
    await WorkoutItem.create(user=ann.user, workout=made, position=2, **rest)
    before = (await ask(ann, "GET", f"/workouts/{made.uuid}"))[1]
    assert [each["exerciseOrder"] for each in before["workoutExercises"]] == [1]
    await ask(ann, "PUT", f"/workouts/{made.uuid}", written(before))
    assert await WorkoutItem.filter(workout_id=made.id, kind="rest").count() == 1


async def test_of_a_workout_in_progress_what_is_done_shows(ann: Person) -> None:
    await gym.start(ann, await gym.classic(ann))
    (found,) = await listed(ann)
    assert await items(ann, found["id"]) == []
    await gym.tap(ann, (await gym.sets(ann))[0]["id"], reps="4", weight="77.5")
    (item,) = await items(ann, found["id"])
    assert [(each["reps"], each["weight"]) for each in item["sets"]] == [(4, 77.5)]
    body = {"date": found["date"], "workoutExercises": []}
    assert (await ask(ann, "POST", "/workouts", body))[0] == 409
    assert (await ask(ann, "DELETE", f"/workouts/{found['id']}"))[0] == 204
    assert await listed(ann) == []
    assert (await ann.json("GET", "/api/session")).status_code == 404


async def test_two_workouts_on_one_date_are_both_listed_and_read(ann: Person) -> None:
    first = await gym.did(ann, "squat-barbell", ("80", 5))
    second = await gym.did(ann, "bench-press-barbell", ("60", 5))
    then = datetime.now(UTC) - timedelta(days=7)
    await Workout.filter(id=second.id).update(
        started_at=then + timedelta(hours=1), local_date=first.local_date
    )
    found = await listed(ann)
    assert [each["id"] for each in found] == [str(second.uuid), str(first.uuid)]
    assert {each["date"] for each in found} == {str(first.local_date)}
    for made in (first, second):
        assert len(await items(ann, made.uuid)) == 1
        same = {"date": str(first.local_date)}
        assert (await ask(ann, "PUT", f"/workouts/{made.uuid}", same))[0] == 200


async def test_what_is_in_the_trash_is_nowhere(ann: Person, bob: Person) -> None:
    made = await workout(ann, day(await exercise(ann)))
    assert (await bob.page("POST", f"/workouts/{made['id']}/delete")).status_code == 404
    assert (await ann.page("POST", f"/workouts/{made['id']}/delete")).status_code == 303
    assert (await ask(ann, "GET", f"/workouts/{made['id']}"))[0] == 404
    assert await listed(ann) == []


async def test_what_the_diary_wrote_is_in_the_pages_history(ann: Person, bob: Person) -> None:
    made = await workout(ann, day(await exercise(ann), sets=[a_set(weight=61.25)]))
    page = await (await ann.page("GET", f"/workouts/{made['id']}")).get_data(as_text=True)
    assert "Bench press" in page
    assert "61.25" in page
    assert (await ann.page("GET", "/workouts")).status_code == 200
    assert (await ann.page("GET", f"/workouts/{made['id']}/edit")).status_code == 200
    assert (await bob.page("GET", f"/workouts/{made['id']}")).status_code == 404


async def test_a_repeat_of_a_diarys_workout_plans_its_sets(ann: Person) -> None:
    made = await workout(ann, day(await exercise(ann)))
    answer = await ann.page("POST", "/session/start", {"repeat": made["id"]})
    assert answer.status_code == 303
    assert len(await gym.sets(ann)) == 2


async def test_an_exercise_of_two_muscle_groups_can_be_edited_on_its_page(
    ann: Person, bob: Person
) -> None:
    back, shoulders = [await exercise(ann, "Row", group) for group in ("BACK", "SHOULDERS")]
    path, said = f"/exercises/{back['id']}/edit", {"name": "Row", "notes": "Elbows in"}
    assert (await ann.page("POST", path, said)).status_code == 303
    assert (await bob.page("POST", path, said)).status_code == 404
    other = f"/exercises/{shoulders['id']}"
    assert await ask(ann, "GET", other) == (200, shoulders)
