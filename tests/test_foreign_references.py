"""Rows of another person cannot be named in a body either, through any contract or page."""

from typing import Any

import pytest
from quart import Quart

from tests.support.everything import fill, owned
from tests.support.world import Person
from webapp.models import Exercise, RoutineItem, Workout, WorkoutItem

DAY = {"date": "2024-01-29"}
# Method, path and body: {ann.x} and {bob.x} are ids of rows, {ann_x} and {bob_x} UUIDs.
CLAIMS: list[tuple[str, str, Any]] = [
    ("POST", "/api/session/start", {"workout_id": "{ann_routine}"}),
    ("POST", "/api/session/workout/exercise/start", {"exercise_id": "{ann_exercise}"}),
    ("POST", "/api/session/workout/exercise/start", {"workout_exercise_id": "{ann_routine_item}"}),
    ("POST", "/api/workouts/exercises", {"workout_id": "{ann_routine}"}),
    ("POST", "/api/workouts/exercises", {"exercise_id": "{ann_exercise}"}),
    ("PUT", "/api/workouts/exercises/{bob_routine_item}", {"workout_id": "{ann_routine}"}),
    ("PUT", "/api/workouts/exercises/{bob_routine_item}", {"exercise_id": "{ann_exercise}"}),
    ("POST", "/session/start", {"workout_id": "{ann_routine}"}),
    ("POST", "/session/start", {"repeat": "{ann_past}"}),
    ("POST", "/session/items", {"exercise": "{ann_exercise}"}),
    ("POST", "/session/items/{bob_item}/swap", {"exercise": "{ann_exercise}"}),
    ("POST", "/routines/order", {"order": ["{ann_routine}"]}),
    ("POST", "/routines/{bob_routine}/items/order", {"order": ["{ann_routine_item}"]}),
    ("POST", "/routines/{ann_routine}/items/order", {"order": ["{bob_routine_item}"]}),
    ("POST", "/workouts/{bob_past}/items/{ann_past_item}/sets", {}),
    ("POST", "/workouts/{bob_past}/sets/{ann_past_set}/edit", {"reps": 9}),
    ("POST", "/workouts/{bob_past}/sets/{ann_past_set}/remove", {}),
    ("POST", "/workouts/{bob_past}/sets/{ann_past_set}/restore", {}),
    ("POST", "/api/Workouts", {"workoutTemplateId": "{ann.routine}"}),
    ("PUT", "/api/Workouts/{bob.past}", {"id": "{bob.past}", "locationId": "{ann.location}"}),
    ("PUT", "/api/Workouts/{bob.running}/Exercises",
     {"workoutId": "{bob.running}", "exercises": [{"exerciseTemplateId": "{ann.exercise}"}]}),
    ("POST", "/api/Workouts/{bob.running}/Exercises/{ann.item}/Sets", {"reps": 5}),
    ("PUT", "/api/Workouts/{bob.running}/Exercises/{bob.item}/Sets/{ann.set}", {"reps": 9}),
    ("DELETE", "/api/Workouts/{bob.running}/Exercises/{bob.item}/Sets/{ann.set}", None),
    ("POST", "/api/WorkoutTemplates", {"name": "Push", "locationId": "{ann.location}"}),
    ("PUT", "/api/WorkoutTemplates/{bob.routine}",
     {"id": "{bob.routine}", "name": "Push", "locationId": "{ann.location}"}),
    ("PUT", "/api/WorkoutTemplates/{bob.routine}/Exercises",
     {"workoutTemplateId": "{bob.routine}",
      "exercises": [{"exerciseTemplateId": "{ann.exercise}"}]}),
    ("POST", "/api/ExerciseTemplates",
     {"name": "Row", "implementType": "Barbell", "exerciseType": "Reps",
      "locationId": "{ann.location}"}),
    ("GET", "/api/WorkoutTemplates?locationId={ann.location}", None),
    ("GET", "/api/ExerciseTemplates?locationId={ann.location}", None),
    ("GET", "/api/Workouts?locationId={ann.location}", None),
    ("POST", "/api/v1/workouts", {"routineId": "{ann.routine}"}),
    ("POST", "/api/v1/workouts/{bob.running}/sets",
     {"itemType": "EXERCISE", "exerciseId": "{ann.exercise}", "actualReps": 5}),
    ("PATCH", "/api/v1/workouts/{bob.running}/sets/{ann.set}", {"actualReps": 9}),
    ("DELETE", "/api/v1/workouts/{bob.running}/sets/{ann.set}", None),
    ("POST", "/api/v1/routines",
     {"name": "Push", "items": [{"order": 1, "type": "EXERCISE", "exerciseName": "x", "sets": 3,
      "exerciseId": "{ann.exercise}", "repsPerSet": 5, "weightKg": "60"}]}),
    ("PUT", "/api/v1/workouts/{bob.running}/exercise-executions/{ann.exercise}", {}),
    ("POST", "/api/v1/workouts/{bob.running}/exercise-executions/{ann.exercise}/sets",
     {"clean_reps": 5}),
    ("PATCH", "/api/v1/workouts/{bob.running}/exercise-executions/{bob.exercise}/sets/{ann.set}",
     {"clean_reps": 9}),
    ("DELETE", "/api/v1/workouts/{bob.running}/exercise-executions/{bob.exercise}/sets/{ann.set}",
     None),
    ("PATCH", "/api/v1/workouts/{bob.running}/exercise-executions/reorder",
     {"exercise_ids": ["{ann.exercise}", "{bob.exercise}"]}),
    ("POST", "/api/v1.0/workouts",
     {**DAY, "workoutExercises": [{"exerciseId": "{ann_exercise}", "exerciseOrder": 1}]}),
    ("PUT", "/api/v1.0/workouts/{bob_past}",
     {"workoutExercises": [{"exerciseId": "{ann_exercise}", "exerciseOrder": 1}]}),
]  # fmt: skip
STARTS = ("/api/session/start", "/session/start", "/api/Workouts", "/api/v1/workouts")
# An order may name what was deleted meanwhile; what is not one's own is passed over alike.
PASSED_OVER = ("/routines/order", "/routines/{bob_routine}/items/order")
ITEM = {"sets": 3, "reps_min": 5, "reps_max": 8, "weight": 60}


def _named(value: Any, rows: dict[str, Any]) -> Any:
    """The claim with ids and UUIDs in place of names."""
    if isinstance(value, dict):
        return {key: _named(each, rows) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, rows) for each in value]
    if not isinstance(value, str):
        return value
    for name, row in rows.items():
        value = value.replace(f"{{{name.replace('_', '.', 1)}}}", str(row.id))
        value = value.replace(f"{{{name}}}", str(row.uuid))
    return value


@pytest.fixture
async def rows(ann: Person, bob: Person) -> dict[str, Any]:
    """What ann and bob have, by name."""
    both = {"ann": await fill(ann), "bob": await fill(bob)}
    return {f"{who}_{name}": row for who, world in both.items() for name, row in world.items()}


async def _foreign(bob: Person) -> int:
    """How many rows of bob's refer to rows of somebody else."""
    mine = bob.user.id
    items = RoutineItem.filter(user_id=mine).exclude(routine__user_id=mine)
    placed = Workout.filter(user_id=mine, location_id__isnull=False).exclude(location__user_id=mine)
    lines = WorkoutItem.filter(user_id=mine).exclude(workout__user_id=mine)
    used = WorkoutItem.filter(user_id=mine, exercise__user_id__isnull=False)
    shelf = Exercise.filter(user_id=mine, location_id__isnull=False)
    return (
        await items.count() + await placed.count() + await lines.count()
        + await used.exclude(exercise__user_id=mine).count()
        + await shelf.exclude(location__user_id=mine).count()
    )  # fmt: skip


async def test_no_body_and_no_path_reaches_another_persons_row(
    app: Quart, ann: Person, bob: Person, rows: dict[str, Any]
) -> None:
    before = await owned(ann)
    await WorkoutItem.filter(user=bob.user).update(status="stopped")
    running = Workout.filter(id=rows["bob_running"].id)
    for method, path, body in CLAIMS:
        await running.update(status="stopped" if path in STARTS else "in_progress")
        if path == "/api/workouts/exercises":
            body = {"workout_id": "{bob_routine}", "exercise_id": "{bob_exercise}", **ITEM, **body}
        profile = "executions" if "execution" in path else "routines"
        sent, where = _named(body, rows), _named(path, rows)
        answer = await bob.json(method, where, sent, Accept_Profile=profile)
        text = await answer.get_data(as_text=True)
        if method == "GET":
            assert (await answer.get_json()) in ([], {"items": [], "nextCursor": None}), path
        elif not path.startswith(PASSED_OVER):
            assert 400 <= answer.status_code < 500, (method, path, body, text)
        assert await owned(ann) == before, (method, path)
        assert await _foreign(bob) == 0, (method, path)
