"""Changing a past workout: what is said of it, when it was, and its way into the trash."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.auth import Caller
from webapp.db import is_postgres, row, rows
from webapp.problems import invalid, not_found
from webapp.training import sheet as sheets
from webapp.training.finishing import restore as take_back
from webapp.training.lines import Sheet
from webapp.zones import local

KEPT_FOR = timedelta(days=30)
LONGEST = timedelta(days=7)
DAY = timedelta(days=1)
PURGED_AT_ONCE = 20  # workouts with their sets, for which everybody waits
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)

_STORE = (
    "UPDATE workouts SET name = ?, notes = ?, rating = ?, location_id = ?, location_name = ?, "
    "started_at = ?, ended_at = ?, local_date = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_SHIFTED = {
    "workout_sets": ("completed_at",),
    "workout_items": ("started_at", "ended_at"),
}
_TRASH = (
    "UPDATE workouts SET deleted_at = COALESCE(deleted_at, ?), version = version + 1, "
    "updated_at = ? WHERE user_id = ? AND uuid = ? AND (status <> 'in_progress' OR ?) "
    "RETURNING routine_id, name"
)
_ERASE = "DELETE FROM workouts WHERE user_id = ? AND uuid = ? AND deleted_at IS NOT NULL"
_PURGE = (
    "DELETE FROM workouts WHERE id IN (SELECT id FROM workouts WHERE deleted_at < ? LIMIT ?) "
    "RETURNING id"
)
_ROUTINE_OF = "SELECT routine_id, name FROM workouts WHERE user_id = ? AND uuid = ?"
_DONE = (
    "UPDATE routines SET last_done_at = (SELECT MAX(w.ended_at) FROM workouts w "
    "WHERE w.user_id = routines.user_id AND w.routine_id = routines.id "
    "AND w.deleted_at IS NULL AND w.status <> 'in_progress') "
    "WHERE user_id = ? AND id = ?"
)


async def past(user_id: int, uuid: UUID, *, lock: bool = False) -> Sheet:
    """The workout with its items and sets, also the one in progress. Raises Problem 404."""
    sheet = await sheets.of_workout(user_id, uuid, lock=lock)
    if sheet is None:
        raise not_found("Workout")
    return sheet


async def edit(
    caller: Caller,
    uuid: UUID,
    said: dict[str, Any],
    *,
    ahead: timedelta = DAY,
    check: Callable[[datetime, datetime | None], None] | None = None,
) -> Sheet:
    """Change name, notes, rating, location (its id and name), and when it was (at most so far
    `ahead`; or as `check` allows instead); what is not said stays. The moments of its sets move
    with its start. Raises Problem 404, 400."""
    sheet = await past(caller.user_id, uuid, lock=True)
    start, end = _moments(sheet, said, ZoneInfo(caller.timezone))
    check(start, end) if check else _check(sheet, start, end, ahead)
    facts = (
        said.get("name") or sheet.name,
        said.get("notes", sheet.notes),
        said.get("rating", sheet.rating),
        said.get("location_id", sheet.location_id),
        said.get("location_name", sheet.location_name),
        start,
        end,
        local(start, caller.timezone).date(),
    )
    await rows(_STORE, *facts, datetime.now(UTC), caller.user_id, sheet.id)
    if start != sheet.started_at:
        await _shift(sheet, start - sheet.started_at)
    if end != sheet.ended_at:
        await _count_routine(caller.user_id, sheet.routine_id)
    return await past(caller.user_id, uuid)


def _moments(
    sheet: Sheet, said: dict[str, Any], zone: ZoneInfo
) -> tuple[datetime, datetime | None]:
    """Start and end after the edit: said as moments, or as day and hours on the person's clock."""
    if said.keys() & {"started_at", "ended_at"}:
        start = said.get("started_at") or sheet.started_at
        end = said.get("ended_at") or sheet.ended_at
        return _aware(start, zone), _aware(end, zone) if end else None
    start = on_clock(sheet.started_at, said.get("day"), said.get("start"), zone)
    if sheet.ended_at is None:
        return start, None
    was, ended = sheet.started_at.astimezone(zone), sheet.ended_at.astimezone(zone)
    hour = said.get("end")
    if hour is None or hour == _shown(ended):
        if start == sheet.started_at:
            return start, sheet.ended_at
        hour = hour or ended.time()
        if said.get("start") in (None, _shown(was)):
            return start, start + (sheet.ended_at - sheet.started_at)
    end = datetime.combine(start.astimezone(zone).date(), hour, zone)
    return start, end if end >= start else end + DAY


def on_clock(now: datetime, day: date | None, hour: time | None, zone: ZoneInfo) -> datetime:
    """The moment with another day or hour of the person's clock; itself when they are the same."""
    shown = now.astimezone(zone)
    if hour is None or hour == _shown(shown):
        hour = shown.time()
    if (day or shown.date()) == shown.date() and hour == shown.time():
        return now
    return datetime.combine(day or shown.date(), hour, zone).astimezone(UTC)


def _shown(when: datetime) -> time:
    """The hour as a form shows it: said again, it is no change."""
    return when.time().replace(second=0, microsecond=0)


def _aware(when: datetime, zone: ZoneInfo) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _check(sheet: Sheet, start: datetime, end: datetime | None, ahead: timedelta) -> None:
    if (start, end) == (sheet.started_at, sheet.ended_at):
        return
    if not EARLIEST <= start <= datetime.now(UTC) + ahead:
        raise invalid("The day is not right", day="Must be a day in the past")
    if end is not None and end < start:
        raise invalid("The end is before the start", ended_at="Must not be before the start")
    if end is not None and end - start > LONGEST:
        raise invalid("The workout is too long", ended_at="Must be within a week of the start")
    if end is not None and sheet.ended_at is None:
        raise invalid("The workout is in progress", ended_at="Finish the workout instead")


async def _shift(sheet: Sheet, by: timedelta) -> None:
    """Move the moments of items and sets along."""
    for table, columns in _SHIFTED.items():
        changes = ", ".join(f"{name} = {_later(name)}" for name in columns)
        sql = f"UPDATE {table} SET {changes} WHERE user_id = ? AND workout_id = ?"  # noqa: S608
        seconds = by.total_seconds()
        said = seconds if is_postgres() else f"{seconds:+.3f} seconds"
        await rows(sql, *[said] * len(columns), sheet.user_id, sheet.id)


def _later(name: str) -> str:
    if is_postgres():
        return f"{name} + make_interval(secs => ?)"
    return f"strftime('%Y-%m-%d %H:%M:%f', {name}, ?) || '+00:00'"


async def trash(user_id: int, uuid: UUID, *, running: bool = False) -> str:
    """Put a past workout (or one that is `running`, too) into the trash, from where it can be
    taken back for 30 days; again is harmless. Returns its name. Raises Problem 404."""
    now = datetime.now(UTC)
    found = await row(_TRASH, now, now, user_id, str(uuid), running)
    if found is None:
        raise not_found("Workout")
    await _count_routine(user_id, found["routine_id"])
    name: str = found["name"]
    return name


async def restore(caller: Caller, uuid: UUID) -> str:
    """Take a workout back from the trash and return its status. Raises Problem 404."""
    status = await take_back(caller, uuid)
    found = await row(_ROUTINE_OF, caller.user_id, str(uuid))
    await _count_routine(caller.user_id, found["routine_id"] if found else None)
    return status


async def erase(user_id: int, uuid: UUID) -> None:
    """Delete a workout of the trash for ever. Raises Problem 404 for one that is not in it."""
    if await row(_ERASE + " RETURNING id", user_id, str(uuid)) is None:
        raise not_found("Workout")


async def _count_routine(user_id: int, routine_id: int | None) -> None:
    """Whose turn it is follows from what was done."""
    if routine_id is not None:
        await rows(_DONE, user_id, routine_id)


async def purge_trash(now: datetime | None = None) -> bool:
    """Delete for ever some of what has been in anybody's trash for 30 days; whether there may be
    more of it."""
    end = (now or datetime.now(UTC)) - KEPT_FOR
    return len(await rows(_PURGE, end, PURGED_AT_ONCE)) == PURGED_AT_ONCE
