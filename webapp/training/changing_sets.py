"""More sets or fewer: add, remove, take back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from webapp.auth import Caller
from webapp.db import row, rows
from webapp.ids import uuid7
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.change import Change
from webapp.training.last_time import remember
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.planning import planned_set
from webapp.training.storing import insert, touch
from webapp.training.turn import turn

MOST_SETS = 200
REMOVED = "removed_sets"  # key of an item's plan: what was removed, so that it can be taken back

_WHERE_SET = "SELECT item_id FROM workout_sets WHERE user_id = ? AND uuid = ?"
_WHOLE = "SELECT * FROM workout_sets WHERE user_id = ? AND id = ?"
_DELETE = "DELETE FROM workout_sets WHERE user_id = ? AND id = ?"
_SHIFT = (
    "UPDATE workout_sets SET position = position + ? "
    "WHERE user_id = ? AND item_id = ? AND position >= ?"
)
_PLAN = (
    "UPDATE workout_items SET plan = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_DERIVED = ("id", "created_at", "updated_at")


async def add_set(caller: Caller, item_uuid: UUID, uuid: UUID | None = None) -> Change:
    """One more planned set of the item; the same `uuid` again adds nothing. Problem 404, 409."""
    sheet, item = await find_item(caller, item_uuid)
    if uuid is not None and await row(_WHERE_SET, caller.user_id, str(uuid)):
        return await _again(caller, sheet, uuid)
    if item.kind == "rest" or len(item.sets) >= MOST_SETS:
        raise conflict("There can be no more sets here", "Set")
    place = {"user_id": caller.user_id, "workout_id": sheet.id, "item_id": item.id}
    like = item.sets[-1] if item.sets and not item.sets[-1].is_warm_up else None
    made = planned_set(item.exercise_id, uuid=uuid or uuid7(), **_planned_like(like))
    position = item.sets[-1].position + 1 if item.sets else 1
    await insert("workout_sets", [{**made, **place, "position": position}])
    return await changed(caller, sheet, item, made["uuid"])


async def _again(caller: Caller, sheet: Sheet, uuid: UUID) -> Change:
    found = sheet.set(str(uuid))
    if found is None:
        raise conflict("This UUID is another set's", "Set")
    await remember(sheet, sheet.items)
    return Change(sheet, *found)


def _planned_like(like: SheetSet | None) -> dict[str, Any]:
    names = ("planned_reps", "planned_reps_max", "planned_weight", "planned_weight_unit")
    return {name: getattr(like, name) for name in (*names, "planned_seconds")} if like else {}


async def drop_set(caller: Caller, item_uuid: UUID) -> tuple[Change, str]:
    """Remove the item's last set, which must not be done; also its UUID. Problem 404, 409."""
    sheet, item = await find_item(caller, item_uuid)
    if not item.sets or item.sets[-1].is_done:
        raise conflict("The last set is logged; undo it first", "Set")
    last = item.sets[-1]
    return await _remove(caller, sheet, item, last), last.uuid


async def remove_set(caller: Caller, uuid: UUID) -> Change:
    """Remove the set, done or not; `restore_set` takes it back. Problem 404."""
    sheet = await sheets.of_set(caller.user_id, uuid, lock=True, last=False)
    found = sheet.set(str(uuid)) if sheet else None
    if sheet is None or found is None:
        raise not_found("Set")
    return await _remove(caller, sheet, *found)


async def _remove(caller: Caller, sheet: Sheet, item: SheetItem, each: SheetSet) -> Change:
    whole = await row(_WHOLE, caller.user_id, each.id)
    item.plan[REMOVED] = [*item.plan.get(REMOVED, []), plainly(whole)][-MOST_SETS:]
    await rows(_DELETE, caller.user_id, each.id)
    await rows(_SHIFT, -1, caller.user_id, item.id, each.position + 1)
    await write_plan(caller, item)
    return await changed(caller, sheet, item, None)


async def restore_set(caller: Caller, uuid: UUID) -> Change:
    """Take a removed set of the workout in progress back, where it was; harmless when it is
    there. Problem 404."""
    sheet = await sheets.running(caller.user_id, lock=True, last=False)
    if sheet is None:
        raise not_found("Set")
    return await take_back(caller, sheet, uuid)


async def take_back(caller: Caller, sheet: Sheet, uuid: UUID) -> Change:
    """The same on the sheet of any workout, read with a lock. Problem 404."""
    for item in sheet.items:
        for kept in item.plan.get(REMOVED, []):
            if kept["uuid"] == str(uuid):
                return await _restore(caller, sheet, item, kept)
    found = sheet.set(str(uuid))
    if found is None:
        raise not_found("Set")
    return await changed(caller, sheet, found[0], uuid)


async def _restore(caller: Caller, sheet: Sheet, item: SheetItem, kept: dict[str, Any]) -> Change:
    item.plan[REMOVED] = [each for each in item.plan[REMOVED] if each is not kept]
    await rows(_SHIFT, 1, caller.user_id, item.id, kept["position"])
    # Its exercise may have been swapped since.
    here = {"item_id": item.id, "exercise_id": item.exercise_id}
    await insert("workout_sets", [{**timely(kept), **here}])
    await write_plan(caller, item)
    return await changed(caller, sheet, item, kept["uuid"])


async def write_plan(caller: Caller, item: SheetItem) -> None:
    """Store the item's plan as it stands on the sheet."""
    text = orjson.dumps(item.plan).decode()
    await rows(_PLAN, text, datetime.now(UTC), caller.user_id, item.id)


def plainly(whole: Any) -> dict[str, Any]:
    """A set's row as JSON can keep it."""
    kept = {name: value for name, value in dict(whole).items() if name not in _DERIVED}
    plain: dict[str, Any] = orjson.loads(orjson.dumps(kept, default=str))
    return plain


def timely(kept: dict[str, Any]) -> dict[str, Any]:
    """A kept row as it is stored again, a version later."""
    when = kept["completed_at"]
    done = {"completed_at": datetime.fromisoformat(when) if when else None}
    return {**kept, **done, "version": kept.get("version", 1) + 1}


async def find_item(caller: Caller, uuid: UUID) -> tuple[Sheet, SheetItem]:
    """The item and the sheet it is on, which others cannot change meanwhile. Problem 404."""
    sheet = await sheets.of_item(caller.user_id, uuid, lock=True, last=False)
    item = sheet.item(str(uuid)) if sheet else None
    if sheet is None or item is None:
        raise not_found("Exercise")
    return sheet, item


async def changed(caller: Caller, before: Sheet, item: SheetItem, set_uuid: object) -> Change:
    """Count the change and read the sheet again: the item, the set, and whose turn it is now."""
    await touch(caller.user_id, before.id)
    return await seen_again(caller, before, item, set_uuid)


async def seen_again(caller: Caller, before: Sheet, item: SheetItem, set_uuid: object) -> Change:
    """The same where the change is counted already."""
    sheet = await sheets.of_workout(caller.user_id, before.uuid, last=True)
    now = sheet.item(item.uuid) if sheet else None
    if sheet is None or now is None or item.uuid is None:
        raise not_found("Workout")
    found = sheet.set(str(set_uuid)) if set_uuid else None
    turns = {it.uuid for it in (turn(before), turn(sheet)) if it and it.uuid != item.uuid}
    others = [it for it in sheet.items if it.uuid in turns]
    return Change(sheet, now, found[1] if found else None, others)
