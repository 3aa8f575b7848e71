"""`executions` reads sensibly what was written elsewhere, and writes what reads well there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support import gym
from tests.support.executions import EXECUTION, SET, ask, execution, ok, order, speaks, workout
from tests.support.world import Person, make_token
from webapp.models import Exercise, Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams

LATER = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def _all_speak_executions(ann: Person, bob: Person) -> None:
    await speaks(ann)
    await speaks(bob)


async def item(person: Person, training: Workout, position: int, slug: str, **more: Any) -> Any:
    """An item of a workout, as another writer stores it."""
    exercise = await Exercise.get(slug=slug)
    same = ("measure", "load", "implement", "muscle_group", "body_part", "modality")
    return await WorkoutItem.create(
        user=person.user,
        workout=training,
        position=position,
        exercise=exercise,
        exercise_name=exercise.name,
        **{name: getattr(exercise, name) for name in same},
        **more,
    )


async def done(person: Person, item: WorkoutItem, weight: str | None, reps: int | None) -> Any:
    """A set that was done of it, in kilograms."""
    return await WorkoutSet.create(
        user=person.user,
        workout_id=item.workout_id,  # type: ignore[attr-defined]
        item=item,
        exercise_id=item.exercise_id,  # type: ignore[attr-defined]
        position=1 + await WorkoutSet.filter(item_id=item.id).count(),
        weight=weight,
        weight_unit="kg" if weight else None,
        weight_grams=grams(weight, "kg"),
        reps=reps,
        completed_at=datetime.now(UTC),
    )


async def training(person: Person, **more: Any) -> Workout:
    now = datetime.now(UTC)
    made = {"name": "Evening", "started_at": now, "local_date": now.date(), **more}
    return await Workout.create(user=person.user, **made)


def numbers(execution: Any) -> list[tuple[float, int]]:
    return [(each["weight"], each["clean_reps"]) for each in execution["sets"]]


async def test_kilograms_are_told_in_pounds_and_stay_kilograms(ann: Person) -> None:
    made = await training(ann)
    squats = await item(ann, made, 1, "squat-barbell")
    one = await done(ann, squats, "82.5", 5)
    path = f"/workouts/{made.id}"
    [shown] = (await ok(ann, "GET", path))["exercise_executions"]
    assert numbers(shown) == [(181.88, 5)]
    at = f"{path}/exercise-executions/{shown['exercise_id']}/sets/{one.id}"
    await ok(ann, "PATCH", at, {"clean_reps": 6})
    await one.refresh_from_db()
    assert (str(one.weight), one.weight_unit, one.reps) == ("82.5", "kg", 6)
    assert (await ok(ann, "PATCH", at, {"weight": 180}))["weight"] == 180.0
    await one.refresh_from_db()
    assert (str(one.weight), one.weight_unit, one.weight_grams) == ("180", "lb", 81647)


async def test_an_exercise_that_is_twice_in_a_workout_is_told_once(ann: Person) -> None:
    made = await training(ann)
    first = await item(ann, made, 1, "squat-barbell")
    between = await item(ann, made, 2, "plank")
    again = await item(ann, made, 3, "squat-barbell", note="Second round")
    last = await item(ann, made, 4, "bench-press-barbell")
    for each, reps in ((first, 5), (again, 3), (again, 2), (between, None), (last, 8)):
        await done(ann, each, "100", reps)
    path = f"/workouts/{made.id}"
    squat, plank, bench = (each.exercise_id for each in (first, between, last))
    assert await order(ann, path) == [(squat, 1), (plank, 2), (bench, 3)]
    shown = await ok(ann, "GET", f"{path}/exercise-executions/{squat}")
    assert (numbers(shown), shown["note_text"]) == (
        [(220.46, 5), (220.46, 3), (220.46, 2)],
        "Second round",
    )
    added = await ok(
        *(ann, "POST", f"{path}/exercise-executions/{squat}/sets"), {"clean_reps": 1}, 201
    )
    at = f"{path}/exercise-executions"
    assert (await ok(ann, "GET", f"{at}/{squat}"))["sets"] == [*shown["sets"], added]
    assert (await ok(ann, "PATCH", f"{at}/{squat}", {"note_text": None}))["note_text"] is None
    ids = {"exercise_ids": [bench, plank, squat]}
    moved = (await ok(ann, "PATCH", f"{at}/reorder", ids))["exercise_executions"]
    assert [each["exercise_id"] for each in moved] == ids["exercise_ids"]
    assert numbers(moved[2]) == [*numbers(shown), (0.0, 1)]
    whole = await execution(ann, path, squat, sets=[{"clean_reps": 4}])
    assert (numbers(whole), whole["exercise_order"]) == ([(0.0, 4)], 3)
    assert await WorkoutItem.filter(exercise_id=squat, workout=made).count() == 1


async def test_deleting_an_exercise_that_is_twice_in_a_workout_leaves_none(ann: Person) -> None:
    made = await training(ann)
    first = await item(ann, made, 1, "squat-barbell")
    await done(ann, await item(ann, made, 2, "squat-barbell"), "100", 5)
    path = f"/workouts/{made.id}"
    at = f"{path}/exercise-executions/{first.exercise_id}"
    assert await ask(ann, "DELETE", at) == (204, None)
    assert await order(ann, path) == []


async def test_a_routine_with_rests_and_cardio_reads_as_its_exercises(ann: Person) -> None:
    made = await training(ann)
    await WorkoutItem.create(user=ann.user, workout=made, position=0, kind="cardio")
    squats = await item(ann, made, 1, "squat-barbell")
    await WorkoutItem.create(user=ann.user, workout=made, position=2, kind="rest")
    plank = await item(ann, made, 3, "plank")
    removed = await item(ann, made, 4, "bench-press-barbell", status="removed")
    await done(ann, removed, "60", 8)
    await done(ann, plank, None, None)
    path = f"/workouts/{made.id}"
    assert await order(ann, path) == [(squats.exercise_id, 1), (plank.exercise_id, 2)]
    [timed] = (await ok(ann, "GET", path))["exercise_executions"][1]["sets"]
    assert (tuple(timed), timed["weight"], timed["clean_reps"]) == (SET, 0.0, 0)
    ids = {"exercise_ids": [plank.exercise_id, squats.exercise_id]}
    await ok(ann, "PATCH", f"{path}/exercise-executions/reorder", ids)
    assert await order(ann, path) == [(plank.exercise_id, 1), (squats.exercise_id, 2)]
    kinds = await WorkoutItem.filter(workout=made).exclude(status="removed").order_by("position")
    assert [each.kind for each in kinds] == ["cardio", "exercise", "exercise", "rest"]


async def test_planned_sets_show_when_they_are_done_and_are_filled_one_by_one(ann: Person) -> None:
    ann.token = await make_token(ann.user)
    await gym.start(ann, await gym.classic(ann))
    shown = await gym.sets(ann)
    await gym.tap(ann, shown[0]["id"])
    await speaks(ann)
    [running] = (await ok(ann, "GET", "/workouts"))["workouts"]
    squat, bench, plank = running["exercise_executions"]
    assert all(tuple(each) == EXECUTION for each in (squat, bench, plank))
    assert (numbers(squat), bench["sets"], plank["sets"]) == ([(176.37, 5)], [], [])
    assert bench["note_text"] == "Feet planted"
    at = f"/workouts/{running['id']}/exercise-executions/{squat['exercise_id']}/sets"
    for reps in (4, 3, 2):
        await ok(ann, "POST", at, {"weight": 175.0, "clean_reps": reps}, 201)
    ann.token = await make_token(ann.user)
    logged = await gym.sets(ann)
    assert [(each["reps"], each["weight"]) for each in logged] == [
        (5, 80),
        (4, 79.38),
        (3, 79.38),
        (2, 79.38),
    ]


async def test_a_set_through_executions_starts_the_rest_on_the_phone(ann: Person) -> None:
    ann.token = await make_token(ann.user)
    await gym.start(ann, await gym.classic(ann))
    await speaks(ann)
    [running] = (await ok(ann, "GET", "/workouts"))["workouts"]
    squat = running["exercise_executions"][0]["exercise_id"]
    at = f"/workouts/{running['id']}/exercise-executions/{squat}/sets"
    await ok(ann, "POST", at, {"clean_reps": 5}, 201)
    ann.token = await make_token(ann.user)
    assert (await gym.seen(ann))["rest"] is not None


async def test_a_workout_of_executions_goes_on_on_the_phone(ann: Person) -> None:
    path = await workout(ann)
    squat = await gym.exercise("squat-barbell")
    await execution(ann, path, squat.id, sets=[{"weight": 220.5, "clean_reps": 5}])
    await execution(ann, path, (await gym.exercise("plank")).id)
    ann.token = await make_token(ann.user)
    seen = await gym.seen(ann)
    names = [each["exercise_name"] for each in seen["exercises"]]
    assert names == [squat.name, "Plank"]
    [one] = seen["exercises"][0]["sets"]
    assert (one["weight"], one["reps"], one["completed_at"] is None) == (100.02, 5, False)
    assert (await ann.page("GET", "/session")).status_code == 200


async def test_deleted_and_foreign_workouts_are_never_shown(ann: Person, bob: Person) -> None:
    await training(ann, deleted_at=datetime.now(UTC))
    await training(bob)
    assert (await ok(ann, "GET", "/workouts"))["total"] == 0


async def test_two_workouts_on_a_day_and_a_stopped_one_are_all_there(ann: Person) -> None:
    now = datetime.now(UTC)
    stopped = await training(ann, status="stopped", ended_at=now + LATER)
    running = await training(ann, started_at=now + LATER)
    found = (await ok(ann, "GET", f"/workouts?start_date={now:%Y-%m-%d}"))["workouts"]
    assert [each["id"] for each in found] == [running.id, stopped.id]
    assert (found[0]["finished_at"], found[1]["finished_at"] is None) == (None, False)
    past = (await ok(ann, "GET", "/workouts?finished=true"))["workouts"]
    assert [each["id"] for each in past] == [stopped.id]


async def test_what_came_later_than_it_was_done_tells_when_it_was_done(ann: Person) -> None:
    then = datetime(2019, 5, 1, 18, tzinfo=UTC)
    made = await training(ann, started_at=then, ended_at=then + LATER, status="finished")
    one = await done(ann, await item(ann, made, 1, "squat-barbell"), "60", 5)
    await WorkoutSet.filter(id=one.id).update(completed_at=then + LATER)
    found = await ok(ann, "GET", f"/workouts/{made.id}")
    [shown] = found["exercise_executions"]
    assert (found["created_at"], found["finished_at"]) == (
        *("2019-05-01T18:00:00Z", "2019-05-01T18:01:00Z"),
    )
    assert shown["created_at"] == shown["sets"][0]["created_at"] == "2019-05-01T18:01:00Z"
