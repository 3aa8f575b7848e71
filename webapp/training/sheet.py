"""A workout with its items, sets and last time's numbers, read in a constant 3 statements.

Everything a page or a contract shows of one workout is on the sheet (see lines.py). Each function
returns None when the user has no such workout.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import orjson

from webapp.db import is_postgres, moment, rows
from webapp.training.last_time import remember
from webapp.training.lines import Sheet, SheetItem, SheetSet


def _columns(kind: type, alias: str, elsewhere: dict[str, str]) -> str:
    names = [each.name for each in fields(kind) if each.name not in ("items", "sets", "last")]
    return ", ".join(elsewhere.get(name, f"{alias}.{name}") for name in names)


_OF_WORKOUT = _columns(Sheet, "w", {"routine_uuid": "r.uuid"})
_OF_ITEM = _columns(
    SheetItem,
    "i",
    {
        "routine_item_uuid": "ri.uuid",
        "exercise_uuid": "e.uuid",
        "exercise_increment_kg": "e.increment_kg",
        "exercise_increment_lb": "e.increment_lb",
        "weight_unit": "x.weight_unit",
        "increment": "x.increment",
        "bar_weight": "x.bar_weight",
    },
)
_WIDTH = _OF_WORKOUT.count(",") + 1
_PLAN = [each.name for each in fields(SheetItem)].index("plan")
_ITEMS = (
    f"SELECT {_OF_WORKOUT}, {_OF_ITEM} FROM workouts w "  # noqa: S608 - our own column names
    "LEFT JOIN routines r ON r.id = w.routine_id AND r.user_id = w.user_id "
    "AND r.deleted_at IS NULL "
    "LEFT JOIN workout_items i ON i.workout_id = w.id AND i.status <> 'removed' "
    "LEFT JOIN routine_items ri ON ri.id = i.routine_item_id AND ri.deleted_at IS NULL "
    "LEFT JOIN exercises e ON e.id = i.exercise_id "
    "LEFT JOIN exercise_settings x ON x.exercise_id = i.exercise_id AND x.user_id = w.user_id "
    "WHERE w.user_id = ? AND w.deleted_at IS NULL AND w.id = "
)
_ACTIVE = _ITEMS.replace("i.status <> 'removed'", "i.status = 'active'")
_REMOVED = _ITEMS.replace("i.status <> 'removed'", "i.status = 'removed'") + "? ORDER BY i.id"
_IN_ORDER = " ORDER BY i.position, i.id"
_HOLD = "SELECT w.id FROM workouts w WHERE w.user_id = ? AND w.id = "
_RUNNING = (
    "(SELECT id FROM workouts WHERE user_id = ? AND status = 'in_progress' "
    "AND deleted_at IS NULL ORDER BY id DESC LIMIT 1)"
)
_BY_ID = "(SELECT id FROM workouts WHERE user_id = ? AND id = ?)"
_BY_UUID = "(SELECT id FROM workouts WHERE user_id = ? AND uuid = ?)"
_BY_ITEM = "(SELECT workout_id FROM workout_items WHERE user_id = ? AND uuid = ?)"
_ENDED = (
    "(SELECT id FROM workouts WHERE user_id = ? AND status <> 'in_progress' "
    "AND deleted_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1)"
)
_BY_SET = "(SELECT workout_id FROM workout_sets WHERE user_id = ? AND uuid = ?)"
_SETS = (
    f"SELECT {_columns(SheetSet, 's', {})} FROM workout_sets s "  # noqa: S608
    "WHERE s.user_id = ? AND s.workout_id = ? ORDER BY s.position, s.id"
)
_SETS_OF_ITEM = _SETS.replace("ORDER BY", "AND s.item_id = ? ORDER BY")
_WITH_SET = " AND i.id = (SELECT item_id FROM workout_sets WHERE user_id = ? AND uuid = ?)"


async def running(user_id: int, *, lock: bool = False, last: bool = True) -> Sheet | None:
    """The sheet of the user's workout in progress, or None."""
    return await _load(user_id, _RUNNING, (), lock, last)


async def last_ended(user_id: int) -> Sheet | None:
    """The sheet of the user's newest workout that has ended, or None."""
    return await _load(user_id, _ENDED, (), False, False)


async def by_id(user_id: int, id: int, *, lock: bool = False, last: bool = False) -> Sheet | None:
    """The sheet of the user's workout of that integer id (of any status, not deleted), or None."""
    return await _load(user_id, _BY_ID, (id,), lock, last)


async def of_workout(
    user_id: int, uuid: object, *, lock: bool = False, last: bool = False
) -> Sheet | None:
    """The sheet of the user's workout of that UUID (of any status, not deleted), or None."""
    return await _load(user_id, _BY_UUID, (str(uuid),), lock, last)


async def of_item(
    user_id: int, uuid: object, *, lock: bool = False, last: bool = True
) -> Sheet | None:
    """The sheet of the workout that has the item of that UUID, or None."""
    return await _load(user_id, _BY_ITEM, (str(uuid),), lock, last)


async def of_set(
    user_id: int, uuid: object, *, lock: bool = False, last: bool = True
) -> Sheet | None:
    """The sheet of the workout that has the set of that UUID, or None."""
    return await _load(user_id, _BY_SET, (str(uuid),), lock, last)


async def _load(
    user_id: int, which: str, args: tuple[str | int, ...], lock: bool, last: bool
) -> Sheet | None:
    """`lock` lets others who write to this workout wait until our transaction ends. It is a
    statement of its own: one that waited and read at once would miss what was added meanwhile."""
    if lock:
        await _hold(user_id, which, args)
    found = await rows(_ITEMS + which + _IN_ORDER, user_id, user_id, *args)
    if not found:
        return None
    sheet = _sheet(found)
    by_id = {item.id: item for item in sheet.items}
    for row in await rows(_SETS, user_id, sheet.id):
        each = _set(row)
        if each.item_id in by_id:
            by_id[each.item_id].sets.append(each)
    if last:
        await remember(sheet, sheet.items)
    return sheet


async def _hold(user_id: int, which: str, args: tuple[str | int, ...] = ()) -> None:
    if is_postgres():
        await rows(_HOLD + which + " FOR NO KEY UPDATE", user_id, user_id, *args)


async def active(user_id: int) -> Sheet | None:
    """The user's workout in progress with the item that is active alone (none: no items) and its
    sets, which others cannot change meanwhile; or None. Two statements."""
    await _hold(user_id, _RUNNING)
    return await _of_one(user_id, await rows(_ACTIVE + _RUNNING + _IN_ORDER, user_id, user_id))


async def alone(user_id: int, uuid: object) -> Sheet | None:
    """The sheet of the workout that has the set of that UUID with the item alone that has it, and
    its sets, which others cannot change meanwhile; or None. Two statements."""
    where = (user_id, str(uuid))
    await _hold(user_id, _BY_SET, where[1:])
    return await _of_one(user_id, await rows(_ITEMS + _BY_SET + _WITH_SET, user_id, *where, *where))


async def item_of(sheet: Sheet, uuid: str) -> SheetItem | None:
    """An item that is not on the sheet, of the same workout, with its sets. Two statements."""
    one = "? AND i.uuid = ?"
    found = await _of_one(sheet.user_id, await rows(_ITEMS + one, sheet.user_id, sheet.id, uuid))
    return found.items[0] if found else None


async def _of_one(user_id: int, found: Sequence[Any]) -> Sheet | None:
    sheet = _sheet(found[:1]) if found else None
    for item in sheet.items if sheet else ():
        of_item = await rows(_SETS_OF_ITEM, user_id, found[0][0], item.id)
        item.sets = [_set(row) for row in of_item]
    return sheet


async def removed(sheet: Sheet) -> list[SheetItem]:
    """The items that were removed from the workout; their sets are in their plans. One
    statement."""
    found = await rows(_REMOVED, sheet.user_id, sheet.id)
    return _sheet(found).items if found else []


def _sheet(found: Any) -> Sheet:
    sheet = Sheet(*tuple(found[0])[:_WIDTH])
    sheet.uuid = str(sheet.uuid)
    sheet.routine_uuid = _text(sheet.routine_uuid)
    if isinstance(found[0]["local_date"], str):
        sheet.local_date = date.fromisoformat(found[0]["local_date"])
    for name in _WORKOUT_TIMES:
        setattr(sheet, name, moment(getattr(sheet, name)))
    sheet.items = [_item(tuple(row)[_WIDTH:]) for row in found if row[_WIDTH] is not None]
    return sheet


def _item(values: Any) -> SheetItem:
    item = SheetItem(*values)
    item.uuid = str(item.uuid)
    item.routine_item_uuid = _text(item.routine_item_uuid)
    item.exercise_uuid = _text(item.exercise_uuid)
    item.started_at, item.ended_at = moment(item.started_at), moment(item.ended_at)
    item.created_at = _time(item.created_at)
    item.plan = orjson.loads(values[_PLAN])
    return item


def _set(row: Any) -> SheetSet:
    each = SheetSet(*row)
    each.uuid = str(each.uuid)
    each.created_at = moment(each.created_at)  # type: ignore[assignment]  # is NOT NULL
    if each.completed_at is not None:
        each.completed_at = moment(each.completed_at)
    return each


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _time(value: Any) -> datetime:
    when = moment(value)
    assert when is not None  # noqa: S101 - the column is NOT NULL
    return when


_WORKOUT_TIMES = (
    *("started_at", "ended_at", "part_finished_at", "rest_started_at", "rest_ends_at"),
    *("created_at", "updated_at", "deleted_at"),
)
