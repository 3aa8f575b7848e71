"""A routine made from what was done: the sets as they were lifted become the plan."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from webapp.history.changing import past
from webapp.history.totals import best_set
from webapp.models import Routine, RoutineItem, plans
from webapp.training.lines import Sheet, SheetItem, SheetSet


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
    worked = [each for each in item.done if not each.is_warm_up]
    best, usual = best_set(item), _usual(worked) if worked else best_set(item)
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
        "weight": usual.weight if usual else None,
        "weight_unit": usual.weight_unit if usual else None,
        "duration_seconds": None if seconds is None or reps else int(float(seconds)),
        "distance": best.distance if best else None,
        "distance_unit": best.distance_unit if best else None,
        "rest_seconds": item.rest_seconds,
        "note": item.note,
    }


def _usual(sets: Sequence[SheetSet]) -> SheetSet:
    """A set of the weight that most of them had, of two such weights the heavier: one heavy single
    is no plan for five sets."""
    amounts = Counter(each.weight_grams or 0 for each in sets)
    return max(sets, key=lambda each: (amounts[each.weight_grams or 0], each.weight_grams or 0))
