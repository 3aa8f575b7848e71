"""Sets of a past workout: change, add, move, remove, take back."""

from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import rows
from webapp.history.changing import past
from webapp.ids import uuid7
from webapp.problems import conflict, not_found
from webapp.training import changing_sets, logging
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.planning import planned_set
from webapp.training.storing import insert, touch

_PLACE = "UPDATE workout_sets SET position = ? WHERE user_id = ? AND id = ?"


async def edit_set(
    caller: Caller, workout_uuid: UUID, uuid: UUID, said: dict[str, Any]
) -> tuple[Sheet, SheetItem]:
    """Change what is said of a set; the workout and the item it is in. Problem 404, 400."""
    await _found(caller, workout_uuid, uuid)
    change = await logging.edit(caller, uuid, said)
    return change.sheet, change.item


async def add_set(
    caller: Caller, workout_uuid: UUID, item_uuid: UUID, said: dict[str, Any]
) -> tuple[Sheet, SheetItem]:
    """One more set that was done, like the last one where nothing is said; the same `uuid` again
    adds nothing. Problem 404, 400, 409."""
    sheet = await past(caller.user_id, workout_uuid, lock=True)
    item = sheet.item(str(item_uuid))
    if item is None:
        raise not_found("Exercise")
    uuid = said.pop("uuid", None) or uuid7()
    if sheet.set(str(uuid)) is None:
        if item.kind == "rest" or len(item.sets) >= changing_sets.MOST_SETS:
            raise conflict("There can be no more sets here", "Set")
        await _insert(caller, sheet, item, uuid, said)
    return await _again(caller, workout_uuid, item_uuid)


async def _insert(
    caller: Caller, sheet: Sheet, item: SheetItem, uuid: UUID, said: dict[str, Any]
) -> None:
    like = item.done[-1] if item.done else None
    place = {"user_id": caller.user_id, "workout_id": sheet.id, "item_id": item.id}
    position = item.sets[-1].position + 1 if item.sets else 1
    made = planned_set(item.exercise_id, uuid=uuid)
    at = max((each.completed_at for each in sheet.sets if each.completed_at), default=None)
    done = {"completed_at": at or sheet.ended_at or sheet.started_at, "position": position}
    await insert("workout_sets", [{**made, **place, **done}])
    names = ("reps", "weight", "weight_unit", "duration_seconds", "distance", "distance_unit")
    alike = {name: getattr(like, name) for name in (*names, "band")} if like else {}
    await logging.edit(caller, uuid, {**alike, **said})


async def move_set(
    caller: Caller, workout_uuid: UUID, uuid: UUID, by: int
) -> tuple[Sheet, SheetItem]:
    """Let a set and the one above (-1) or below (1) it change places; at the edge it stays.
    Problem 404."""
    sheet, item, each = await _found(caller, workout_uuid, uuid)
    order, done = list(item.sets), item.done
    place = done.index(each) + by if each in done else -1
    if 0 <= place < len(done):
        here, there = order.index(each), order.index(done[place])
        order[here], order[there] = order[there], each
        for position, other in enumerate(order, 1):
            if other.position != position:
                await rows(_PLACE, position, caller.user_id, other.id)
        await touch(caller.user_id, sheet.id)
    return await _again(caller, workout_uuid, UUID(item.uuid))


async def remove_set(caller: Caller, workout_uuid: UUID, uuid: UUID) -> tuple[Sheet, SheetItem]:
    """Remove a set; `restore_set` takes it back. Problem 404."""
    await _found(caller, workout_uuid, uuid)
    change = await changing_sets.remove_set(caller, uuid)
    return change.sheet, change.item


async def restore_set(caller: Caller, workout_uuid: UUID, uuid: UUID) -> tuple[Sheet, SheetItem]:
    """Take a removed set back; harmless when it is there. Problem 404."""
    sheet = await past(caller.user_id, workout_uuid, lock=True)
    change = await changing_sets.take_back(caller, sheet, uuid)
    return change.sheet, change.item


async def _found(
    caller: Caller, workout_uuid: UUID, uuid: UUID
) -> tuple[Sheet, SheetItem, SheetSet]:
    sheet = await past(caller.user_id, workout_uuid, lock=True)
    found = sheet.set(str(uuid))
    if found is None:
        raise not_found("Set")
    return sheet, *found


async def _again(caller: Caller, workout_uuid: UUID, item_uuid: UUID) -> tuple[Sheet, SheetItem]:
    sheet = await past(caller.user_id, workout_uuid)
    item = sheet.item(str(item_uuid))
    if item is None:
        raise not_found("Exercise")
    return sheet, item
