"""One exercise after the other, as the document `live` tells it: start, log, stop, finish."""

from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from webapp.auth import Caller
from webapp.db import rows
from webapp.ids import uuid7
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.change import Change
from webapp.training.changing_items import add_item, running
from webapp.training.changing_sets import MOST_SETS
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.logging import log_alone
from webapp.training.planning import planned_set
from webapp.training.storing import store_sets, touch

_BEGIN = (
    "UPDATE workout_items SET status = 'active', started_at = COALESCE(started_at, ?), "
    "ended_at = NULL, version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
_END = (
    "UPDATE workout_items SET status = ?, ended_at = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)


async def start_exercise(
    caller: Caller, routine_item: UUID | None = None, exercise: UUID | None = None
) -> SheetItem:
    """Begin an exercise of the session in progress, named by its line in the routine (or in the
    session), or by the exercise; one that is not in the session is added. Problem 404, 409."""
    sheet = await running(caller)
    if any(item.status == "active" for item in sheet.items):
        raise conflict("Another exercise is running; finish or stop it first", "Exercise")
    if sheet.part_finished_at is not None:
        raise conflict("The workout is finished already", "Session")
    item = _named(sheet, routine_item) if routine_item else _waiting(sheet, exercise)
    if item is None and exercise is not None:
        uuid = uuid7()
        item = (await add_item(caller, exercise, uuid)).item(str(uuid))
    if item is None:
        raise not_found("Exercise")
    now = datetime.now(UTC)
    await rows(_BEGIN, now, now, caller.user_id, item.id)
    await touch(caller.user_id, sheet.id)
    return await _again(caller, item)


def _named(sheet: Sheet, uuid: UUID) -> SheetItem | None:
    names = (item for item in sheet.items if str(uuid) in (item.routine_item_uuid, item.uuid))
    return next(names, None)


def _waiting(sheet: Sheet, exercise: UUID | None) -> SheetItem | None:
    alike = [item for item in sheet.items if item.exercise_uuid == str(exercise)]
    return next((item for item in alike if item.status == "pending"), None)


async def running_exercise(caller: Caller) -> tuple[Sheet, SheetItem]:
    """The exercise that runs now, and its session with nothing else in it. Problem 404."""
    sheet = await sheets.active(caller.user_id)
    if sheet is None:
        raise not_found("Session")
    if not sheet.items:
        raise not_found("Running exercise")
    return sheet, sheet.items[0]


async def log_next(
    caller: Caller, said: dict[str, Any], number: int | None, at: datetime
) -> SheetSet:
    """Log a set of the running exercise: the one of this number (from 1; over what it said, if
    it was logged), else the first not done, else one more. Problem 404, 400, 409."""
    sheet, item = await running_exercise(caller)
    each = _chosen(item, number)
    if each is None:
        last = max((each.position for each in item.sets), default=0)
        await _one_more(caller, sheet, item, number or last + 1)
        sheet, item = await running_exercise(caller)
        each = _chosen(item, number)
    return await log_alone(caller, Change(sheet, item, each), said, at)


def _chosen(item: SheetItem, number: int | None) -> SheetSet | None:
    if number is not None:
        return next((each for each in item.sets if each.position == number), None)
    return next((each for each in item.sets if not each.is_done), None)


async def _one_more(caller: Caller, sheet: Sheet, item: SheetItem, number: int) -> None:
    if len(item.sets) >= MOST_SETS:
        raise conflict("There can be no more sets here", "Set")
    made = planned_set(item.exercise_id) | {"item_id": item.id, "position": number}
    await store_sets(caller.user_id, sheet.id, [made])


async def end_exercise(caller: Caller, status: Literal["stopped", "finished"]) -> SheetItem:
    """End the running exercise: `stopped` is ended early. Problem 404."""
    sheet, item = await running_exercise(caller)
    now = datetime.now(UTC)
    await rows(_END, status, now, now, caller.user_id, item.id)
    await touch(caller.user_id, sheet.id)
    return await _again(caller, item)


async def _again(caller: Caller, item: SheetItem) -> SheetItem:
    found = (await running(caller)).item(item.uuid)
    assert found is not None  # noqa: S101 - it is in the session
    return found
