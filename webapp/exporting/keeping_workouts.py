"""What the workouts of an exported account become here."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from webapp.db import row
from webapp.exporting.storing import Ids, insert, stored, text
from webapp.exporting.workouts import Plan, Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams, millimetres

_RUNNING = (
    "SELECT uuid FROM workouts WHERE user_id = ? AND status = 'in_progress' "
    "AND deleted_at IS NULL LIMIT 1"
)


async def keep_workouts(
    user_id: int, said: Sequence[Workout], ids: Ids, batch_id: int
) -> Counter[str]:
    """Keep those that are not there yet, with all their sets, as brought by this import; how many
    are new."""
    workouts = await _with_one_running(user_id, said)
    mine = {"user_id": user_id, "version": 1, "batch_id": batch_id}
    lines = [stored(each, ids, **mine) for each in workouts]
    made = await insert("workouts", lines)
    new = [each for each in workouts if str(each.uuid) in made]
    items = await insert(
        "workout_items",
        [
            stored(item, ids, user_id=user_id, version=1, workout_id=made[str(each.uuid)])
            | {"plan": _plan(item.plan, ids)}
            for each in new
            for item in each.items
        ],
    )
    sets = [
        _set(line, item, ids)
        | {"user_id": user_id, "version": 1, "workout_id": made[str(each.uuid)]}
        | {"item_id": items[str(item.uuid)]}
        for each in new
        for item in each.items
        if str(item.uuid) in items
        for line in item.sets
    ]
    return Counter(workouts=len(made), sets=len(await insert("workout_sets", sets)))


async def _with_one_running(user_id: int, said: Sequence[Workout]) -> Sequence[Workout]:
    """One workout can be in progress: where there is one, others arrive as stopped."""
    if all(each.status != "in_progress" or each.deleted_at for each in said):
        return said
    found = await row(_RUNNING, user_id)
    running = found and str(found["uuid"])
    kept = []
    for each in said:
        if each.status == "in_progress" and not each.deleted_at:
            running = running or str(each.uuid)
            each = each if running == str(each.uuid) else _stopped(each)
        kept.append(each)
    return kept


def _stopped(workout: Workout) -> Workout:
    done = [line.completed_at for item in workout.items for line in item.sets if line.completed_at]
    now: dict[str, Any] = {"status": "stopped", "ended_at": max(done, default=workout.started_at)}
    now |= dict.fromkeys(("rest_started_at", "rest_ends_at", "rest_left_seconds"))
    return workout.model_copy(update=now)


def _plan(plan: Plan | None, ids: Ids) -> str:
    if plan is None:
        return "{}"
    told = plan.model_dump(exclude_none=True, exclude_defaults=True, exclude={"exercise"})
    exercise = ids["exercise"].get(plan.exercise or "")
    return text(told if exercise is None else {**told, "exercise_id": exercise})


def _set(line: WorkoutSet, item: WorkoutItem, ids: Ids) -> dict[str, Any]:
    exercise = ids["exercise"].get(line.exercise or item.exercise or "")
    return stored(line, ids) | {
        "exercise_id": exercise,
        "weight_grams": grams(line.weight, line.weight_unit),
        "distance_mm": millimetres(line.distance, line.distance_unit),
    }
