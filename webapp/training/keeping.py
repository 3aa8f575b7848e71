"""Keeping a change: writing what an exercise became in a workout back to its routine."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from webapp.auth import Caller
from webapp.db import row, rows
from webapp.ids import uuid7
from webapp.models import RoutineItem
from webapp.models.fields import plain
from webapp.problems import conflict
from webapp.training.changing_items import CLOSED, again
from webapp.training.changing_sets import find_item
from webapp.training.lines import Sheet, SheetItem
from webapp.training.prefill import converted

_LAST = "SELECT MAX(position) AS last FROM routine_items WHERE user_id = ? AND routine_id = ?"
_WRITE = (
    "UPDATE routine_items SET exercise_id = ?, exercise_name = ?, sets = ?, warm_up_sets = ?, "
    "rest_seconds = ?, note = ?, weight = ?, weight_unit = ?, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_CHANGED = "UPDATE routines SET updated_at = ? WHERE user_id = ? AND id = ?"
_LINK = (
    "UPDATE workout_items SET routine_item_id = ?, plan = ?, version = version + 1, "
    "updated_at = ? WHERE user_id = ? AND id = ?"
)


def is_changed(sheet: Sheet, item: SheetItem) -> bool:
    """True when the routine the workout came from says otherwise than what is done; pure."""
    if sheet.routine_uuid is None or item.kind == "rest" or CLOSED in item.plan:
        return False
    return item.routine_item_uuid is None or current(item) != planned(item)


def current(item: SheetItem) -> dict[str, Any]:
    """What the item is now, in the words of a routine's item; pure."""
    warm_ups = sum(each.is_warm_up for each in item.sets)
    weight, unit = _weight(item)
    return {
        "exercise_id": item.exercise_id,
        "sets": len(item.sets) - warm_ups,
        "warm_up_sets": warm_ups,
        "rest": item.rest_seconds,
        "note": item.note,
        "weight": weight,
        "weight_unit": unit,
    }


def planned(item: SheetItem) -> dict[str, Any]:
    """What the routine said, in the same words; pure."""
    said = {name: item.plan.get(name) for name in current(item)}
    sets = 1 if item.kind == "cardio" else said["sets"]
    return {**said, "sets": sets, "warm_up_sets": said["warm_up_sets"] or 0}


def _weight(item: SheetItem) -> tuple[str | None, str | None]:
    """The planned weight, or the heaviest working weight done; only where one was planned."""
    weight, unit = item.plan.get("weight"), item.plan.get("weight_unit")
    if weight is None or item.exercise_id != item.plan.get("exercise_id"):
        return (None, None)
    done = [each for each in item.done if each.weight and not each.is_warm_up]
    if not done:
        return weight, unit
    top = max(done, key=lambda each: each.weight_grams or 0)
    return converted(plain(Decimal(top.weight or 0)), top.weight_unit or "kg", unit or "kg"), unit


async def keep_item(caller: Caller, item_uuid: UUID, uuid: UUID | None = None) -> Sheet:
    """Write the item back to the workout's routine, as its line or as a new last one (of that
    `uuid`). Problem 404, 409 when the workout has no routine (any more)."""
    sheet, item = await find_item(caller, item_uuid)
    if sheet.routine_uuid is None or sheet.routine_id is None or item.kind == "rest":
        raise conflict("This workout has no routine to keep it in", "Routine")
    now, now_is = datetime.now(UTC), current(item)
    if item.routine_item_uuid is None:
        made = await _append(caller, sheet.routine_id, item, uuid or uuid7())
        item.routine_item_id = made.id
    is_same = now_is["rest"] == item.plan.get("rest")
    rest = item.plan.get("rest_seconds") if is_same else now_is["rest"]
    sets = (max(now_is["sets"], 1), now_is["warm_up_sets"])
    words = (now_is["exercise_id"], item.exercise_name, *sets)
    numbers = (rest, now_is["note"], now_is["weight"], now_is["weight_unit"])
    await rows(_WRITE, *words, *numbers, now, caller.user_id, item.routine_item_id)
    await rows(_CHANGED, now, caller.user_id, sheet.routine_id)
    plan = orjson.dumps({**item.plan, **now_is, "rest_seconds": rest}).decode()
    await rows(_LINK, item.routine_item_id, plan, now, caller.user_id, item.id)
    return await again(caller, sheet)


async def _append(caller: Caller, routine_id: int, item: SheetItem, uuid: UUID) -> RoutineItem:
    if await RoutineItem.filter(user_id=caller.user_id, uuid=uuid).exists():
        raise conflict("This UUID is another exercise's", "Routine")
    last = await row(_LAST, caller.user_id, routine_id)
    first = next((each for each in item.sets if not each.is_warm_up), None)
    return await RoutineItem.create(
        user_id=caller.user_id,
        uuid=uuid,
        routine_id=routine_id,
        position=((last and last["last"]) or 0) + 1,
        kind=item.kind,
        superset=None,
        reps_min=first.planned_reps if first else None,
        reps_max=first.planned_reps_max if first else None,
    )
