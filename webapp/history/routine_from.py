"""A routine made from what was done: the sets as they were lifted become the plan."""

from typing import Any
from uuid import UUID

from webapp.history.changing import past
from webapp.history.totals import best_set
from webapp.models import Routine, RoutineItem, plans
from webapp.training.lines import Sheet, SheetItem


async def routine_from(user_id: int, uuid: UUID, made_uuid: UUID | None, name: str) -> Routine:
    """Make a routine of the workout's exercises (those that were done), at the end of the list;
    the same `made_uuid` again returns the same routine. Raises Problem 404."""
    sheet = await past(user_id, uuid)
    position = await plans.next_position(user_id)
    routine = await Routine.made(user_id, position, made_uuid, name=name or sheet.name)
    if not await RoutineItem.exists(user_id=user_id, routine_id=routine.id):
        await RoutineItem.bulk_create(_items(sheet, user_id, routine.id))
    return routine


def _items(sheet: Sheet, user_id: int, routine_id: int) -> list[RoutineItem]:
    done = [item for item in sheet.items if item.done]
    return [
        RoutineItem(user_id=user_id, routine_id=routine_id, position=place, **_plan(item))
        for place, item in enumerate(done)
    ]


def _plan(item: SheetItem) -> dict[str, Any]:
    best = best_set(item)
    worked = [each for each in item.done if not each.is_warm_up]
    reps = [each.reps for each in worked if each.reps]
    seconds = best.duration_seconds if best else None
    return {
        "kind": item.kind,
        "exercise_id": item.exercise_id,
        "exercise_name": item.exercise_name,
        "superset": item.superset,
        "sets": max(len(worked), 1),
        "warm_up_sets": len(item.done) - len(worked),
        "reps_min": min(reps, default=None),
        "reps_max": max(reps, default=None),
        "weight": best.weight if best else None,
        "weight_unit": best.weight_unit if best else None,
        "duration_seconds": None if seconds is None or reps else int(float(seconds)),
        "distance": best.distance if best else None,
        "distance_unit": best.distance_unit if best else None,
        "rest_seconds": item.rest_seconds,
        "note": item.note,
    }
