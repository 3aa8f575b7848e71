"""Ending a workout: finish, stop early, discard, and take a discarded one back."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from webapp.auth import Caller
from webapp.db import moment, row, rows
from webapp.db.turns import alone
from webapp.problems import Problem, conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.changing_items import running
from webapp.training.lines import Sheet, SheetItem
from webapp.training.logging import log

FORGOTTEN = timedelta(hours=3)

_DROP_SETS = (
    "DELETE FROM workout_sets WHERE user_id = ? AND workout_id = ? AND completed_at IS NULL"
)
_DROP_ITEM = "DELETE FROM workout_items WHERE user_id = ? AND id = ?"
_DROP_REMOVED = (
    "DELETE FROM workout_items WHERE user_id = ? AND workout_id = ? AND status = 'removed'"
)
_CLOSE_ITEMS = (
    "UPDATE workout_items SET status = ?, ended_at = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND workout_id = ? AND status = 'active'"
)
_END = (
    "UPDATE workouts SET status = ?, ended_at = ?, part_finished_at = ?, rating = ?, notes = ?, "
    "rest_started_at = NULL, rest_ends_at = NULL, rest_left_seconds = NULL, "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
_PART = (
    "UPDATE workouts SET part_finished_at = COALESCE(part_finished_at, ?), "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
# A workout of last week may come in after this week's.
_ROUTINE_DONE = (
    "UPDATE routines SET last_done_at = ? WHERE user_id = ? AND id = ? "
    "AND (last_done_at IS NULL OR last_done_at < ?)"
)
_USED = (
    "INSERT INTO exercise_settings (user_id, exercise_id, last_used_at, is_favourite, is_hidden) "
    "VALUES %s ON CONFLICT (user_id, exercise_id) DO UPDATE SET "
    "last_used_at = excluded.last_used_at"
)
_DISCARD = (
    "UPDATE workouts SET deleted_at = ?, rest_started_at = NULL, rest_ends_at = NULL, "
    "rest_left_seconds = NULL, version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
_DISCARDED = (
    "SELECT w.id, w.status, w.deleted_at, w.started_at, (SELECT MAX(s.completed_at) "
    "FROM workout_sets s WHERE s.workout_id = w.id) AS last_at FROM workouts w "
    "WHERE w.user_id = ? AND w.uuid = ?"
)
_RESTORE = (
    "UPDATE workouts SET deleted_at = NULL, status = ?, ended_at = COALESCE(?, ended_at), "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)


async def finish(
    caller: Caller,
    *,
    uuid: UUID | None = None,
    status: Literal["finished", "stopped"] = "finished",
    unlogged: Literal["drop", "log", "keep"] = "drop",
    untouched: Literal["drop", "keep"] = "drop",
    rating: int | None = None,
    notes: str | None = None,
    at: datetime | None = None,
    ended_at: datetime | None = None,
) -> Sheet:
    """End the workout in progress (or the one of this `uuid`): `stopped` is ended early. Sets not
    logged are dropped, or logged as they are offered where that is enough to go by, or kept as
    planned, with every exercise; else exercises never begun are dropped or kept. `ended_at` is
    when it was said (`at`: now), not before the last set, or the last set of a workout that was
    forgotten. Returns the sheet of what was done.
    Problem 404; 409 when that one has ended.
    """
    sheet, now = await _open(caller, uuid), datetime.now(UTC)
    if unlogged == "log":
        await _log_all(caller, sheet, at or now)
        sheet = await _open(caller, uuid)
    if unlogged != "keep":
        await _clear(sheet, untouched)
    ended = ended_at or _end_of(sheet, at or now)
    await close_items(sheet, status, ended)
    part = sheet.part_finished_at or (ended if status == "finished" else None)
    said = (rating or sheet.rating, notes or sheet.notes)
    await rows(_END, status, ended, part, *said, now, caller.user_id, sheet.id)
    await _note_use(sheet, ended)
    done = await sheets.of_workout(caller.user_id, sheet.uuid)
    assert done is not None  # noqa: S101 - it was just ended
    return done


async def _open(caller: Caller, uuid: UUID | None) -> Sheet:
    """The workout of this UUID, which must be in progress; without one, the one that is."""
    if uuid is None:
        return await running(caller)
    sheet = await sheets.of_workout(caller.user_id, uuid, lock=True)
    if sheet is None:
        raise not_found("Workout")
    if not sheet.is_running:
        raise conflict("The workout is not in progress", "Workout")
    return sheet


async def _log_all(caller: Caller, sheet: Sheet, at: datetime) -> None:
    """Log what is left, as offered; what nothing is known of stays and is dropped."""
    for each in sheet.sets:
        if not each.is_done:
            with suppress(Problem):
                await log(caller, UUID(each.uuid), {}, at)


async def _clear(sheet: Sheet, untouched: str) -> None:
    """Drop what was not done: sets, and items that were never begun unless they are kept."""
    await rows(_DROP_SETS, sheet.user_id, sheet.id)
    await rows(_DROP_REMOVED, sheet.user_id, sheet.id)
    for item in sheet.items:
        if untouched == "drop" and _is_untouched(item):
            await rows(_DROP_ITEM, sheet.user_id, item.id)


def _is_untouched(item: SheetItem) -> bool:
    return item.status == "pending" and not item.done and item.note in (None, item.plan.get("note"))


def _end_of(sheet: Sheet, at: datetime) -> datetime:
    """Then, and not before the last set; or the last set of a workout that was left running for
    hours after it."""
    last = max((each.completed_at for each in sheet.sets if each.completed_at), default=None)
    is_forgotten = last is not None and at - last > FORGOTTEN
    return last if last and is_forgotten else max(at, last or sheet.started_at)


async def close_items(sheet: Sheet, status: str, now: datetime) -> None:
    """End the exercise that is running."""
    await rows(_CLOSE_ITEMS, status, now, now, sheet.user_id, sheet.id)


async def finish_part(caller: Caller) -> Sheet:
    """Finish the workout part of the session in progress; again is harmless. Problem 404."""
    sheet, now = await running(caller), datetime.now(UTC)
    await close_items(sheet, "finished", now)
    await rows(_PART, now, now, caller.user_id, sheet.id)
    return await running(caller)


async def _note_use(sheet: Sheet, when: datetime) -> None:
    """Remember when the routine and its exercises were done."""
    if sheet.routine_id is not None and any(item.done for item in sheet.items):
        await rows(_ROUTINE_DONE, when, sheet.user_id, sheet.routine_id, when)
    used = sorted({item.exercise_id for item in sheet.items if item.exercise_id and item.done})
    values: Iterable[Any] = (v for id in used for v in (sheet.user_id, id, when, False, False))
    if used:
        await rows(_USED % ", ".join(["(?, ?, ?, ?, ?)"] * len(used)), *values)


async def discard(caller: Caller, at: datetime | None = None) -> Sheet:
    """Put the workout in progress into the trash; `restore` takes it back. Problem 404."""
    sheet, now = await running(caller), datetime.now(UTC)
    await rows(_DISCARD, at or now, now, caller.user_id, sheet.id)
    sheet.version += 1
    return sheet


async def restore(caller: Caller, uuid: UUID) -> str:
    """Take a discarded workout back and return its status: it goes on, unless another one runs;
    then it counts as stopped. One that is not in the trash stays as it is. Problem 404."""
    await alone(caller.user_id)
    found, now = await row(_DISCARDED, caller.user_id, str(uuid)), datetime.now(UTC)
    if found is None:
        raise not_found("Workout")
    status: str = found["status"]
    if found["deleted_at"] is None:
        return status
    another = await sheets.running(caller.user_id, last=False)
    ended = None
    if status == "in_progress" and another is not None:
        status, ended = "stopped", moment(found["last_at"] or found["started_at"])
    await rows(_RESTORE, status, ended, now, caller.user_id, found["id"])
    return status
