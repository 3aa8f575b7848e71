"""Exercises of a past workout: add, move, note, remove, take back."""

from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import rows
from webapp.history.changing import past
from webapp.ids import uuid7
from webapp.models import library
from webapp.problems import conflict, not_found
from webapp.training import changing_items, tuning
from webapp.training.lines import Sheet, SheetItem
from webapp.training.planning import of_exercise
from webapp.training.storing import store, touch

_PLACE = "UPDATE workout_items SET position = ? WHERE user_id = ? AND id = ?"


async def add_item(
    caller: Caller, workout_uuid: UUID, exercise: UUID, uuid: UUID | None = None
) -> tuple[Sheet, SheetItem]:
    """Put an exercise, without a set yet, at the end of a workout that has ended; the same `uuid`
    again adds nothing. Problem 404, 409."""
    sheet, made = await past(caller.user_id, workout_uuid, lock=True), uuid or uuid7()
    if sheet.is_running:
        raise conflict("This workout is in progress; add exercises there", "Workout")
    if sheet.item(str(made)) is None:
        await _store(caller, sheet, exercise, made)
    return await found_item(caller, workout_uuid, made)


async def _store(caller: Caller, sheet: Sheet, exercise: UUID, uuid: UUID) -> None:
    found = await library.one(caller.user_id, exercise)
    if found is None:
        raise not_found("Exercise")
    if len(sheet.items) >= changing_items.MOST_ITEMS:
        raise conflict("There can be no more exercises in a workout", "Exercise")
    usual = found["rest_seconds"]
    rest = caller.default_rest_seconds if usual is None else usual
    draft = of_exercise(dict(found), rest, 0, uuid)
    draft.item["status"] = "finished"
    last = max((item.position for item in sheet.items), default=0)
    await store(caller.user_id, sheet.id, [draft], last + 1)
    await touch(caller.user_id, sheet.id)


async def found_item(
    caller: Caller, workout_uuid: UUID, item_uuid: UUID, *, lock: bool = False
) -> tuple[Sheet, SheetItem]:
    """The workout and its exercise. Problem 404."""
    sheet = await past(caller.user_id, workout_uuid, lock=lock)
    item = sheet.item(str(item_uuid))
    if item is None:
        raise not_found("Exercise")
    return sheet, item


async def move_item(caller: Caller, workout_uuid: UUID, item_uuid: UUID, by: int) -> Sheet:
    """Let an exercise and the one above (-1) or below (1) it change places; at the edge it stays.
    Timed rests, which nobody sees any more, do not count. Problem 404."""
    sheet, item = await found_item(caller, workout_uuid, item_uuid, lock=True)
    seen = [each for each in sheet.items if each.kind != "rest" or each is item]
    place = seen.index(item) + by
    if not 0 <= place < len(seen):
        return sheet
    order = list(sheet.items)
    here, there = order.index(item), order.index(seen[place])
    order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order, 1):
        if each.position != position:
            await rows(_PLACE, position, caller.user_id, each.id)
    await touch(caller.user_id, sheet.id)
    return await past(caller.user_id, workout_uuid)


async def edit_item(
    caller: Caller, workout_uuid: UUID, item_uuid: UUID, said: dict[str, Any]
) -> tuple[Sheet, SheetItem]:
    """Change what is noted of an exercise. Problem 404."""
    _, item = await found_item(caller, workout_uuid, item_uuid, lock=True)
    await tuning.edit_item(caller, item_uuid, {"note": said.get("notes", item.note)})
    return await found_item(caller, workout_uuid, item_uuid)


async def remove_item(caller: Caller, workout_uuid: UUID, item_uuid: UUID) -> tuple[Sheet, str]:
    """Remove an exercise with its sets; `restore_item` takes it back. The workout after it, and
    the exercise's name. Problem 404."""
    _, item = await found_item(caller, workout_uuid, item_uuid, lock=True)
    return await changing_items.remove_item(caller, item_uuid), item.exercise_name


async def restore_item(caller: Caller, workout_uuid: UUID, item_uuid: UUID) -> Sheet:
    """Take a removed exercise back; harmless when it is there. Problem 404."""
    sheet = await past(caller.user_id, workout_uuid, lock=True)
    return await changing_items.put_back(caller, sheet, item_uuid)
