"""One more set that was done, said whole: into the next planned one, or after the last."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from webapp.auth import Caller
from webapp.problems import conflict
from webapp.training.change import Change
from webapp.training.changing_sets import MOST_SETS
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.logging import log_found
from webapp.training.planning import planned_set
from webapp.training.storing import insert
from webapp.training.turn import turn


async def add_done(
    caller: Caller, sheet: Sheet, item: SheetItem, said: dict[str, Any], now: datetime
) -> SheetSet:
    """Log one more set of the item, on a sheet that was read with a lock. It takes the place of
    the first planned working set after the last one done, so that it is the last of those done;
    without one it is added. In an ended workout it was done at the end. Problem 409.
    """
    was = turn(sheet)
    each = _planned(item) or await _one_more(caller, sheet, item)
    at = now if sheet.is_running else _end_of(sheet)
    await log_found(caller, Change(sheet, item, each), was, said, at, is_checked=True)
    return each


def _planned(item: SheetItem) -> SheetSet | None:
    last = max((place for place, each in enumerate(item.sets) if each.is_done), default=-1)
    left = (each for each in item.sets[last + 1 :] if not each.is_warm_up)
    return next(left, None)


def _end_of(sheet: Sheet) -> datetime:
    last = max((each.completed_at for each in sheet.sets if each.completed_at), default=None)
    return last or sheet.ended_at or sheet.started_at


async def _one_more(caller: Caller, sheet: Sheet, item: SheetItem) -> SheetSet:
    if item.kind == "rest" or len(item.sets) >= MOST_SETS:
        raise conflict("There can be no more sets here", "Set")
    place = {"user_id": caller.user_id, "workout_id": sheet.id, "item_id": item.id}
    place["position"] = max((each.position for each in item.sets), default=0) + 1
    made = {**planned_set(item.exercise_id), **place}
    (row,) = await insert("workout_sets", [made])
    empty: dict[str, Any] = dict.fromkeys(each.name for each in fields(SheetSet))
    known = {name: value for name, value in made.items() if name in empty}
    known |= {"id": row["id"], "uuid": str(row["uuid"]), "version": 1}
    added = SheetSet(**{**empty, **known, "created_at": sheet.created_at})
    item.sets.append(added)
    return added
