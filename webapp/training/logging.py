"""Logging a set with one tap, taking it back, and changing what was logged: the hot path."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from webapp.auth import Caller
from webapp.problems import Problem, not_found
from webapp.training import resting
from webapp.training import sheet as sheets
from webapp.training.change import Change, told
from webapp.training.entering import MEASURED, check, if_any, put, weigh
from webapp.training.equipment import distance_unit_of, unit_of
from webapp.training.last_time import remember
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.prefill import numbers
from webapp.training.standings import standings
from webapp.training.storing import as_said, store_set
from webapp.training.turn import Stands, rest_after, turn

Version = frozenset[str] | None  # of a set, as the caller saw it; None where that is not said
# What the caller tells of afterwards: the workout, the card of the set and those whose turn it was
# and is, or nothing but the set.
Of = Literal["workout", "card", "set"]

LATE = timedelta(days=30)


class Elsewhere(Exception):
    """The set is not in the workout that was meant, or that has ended; nothing is written yet."""


def tapped(header: str | None, now: datetime) -> datetime:
    """The moment of the tap: what the header says when that is sane (ISO 8601 with an offset, not
    in the future, at most 30 days ago), else now."""
    try:
        said = datetime.fromisoformat(header or "")
    except ValueError:
        return now
    return said.astimezone(UTC) if said.tzinfo and now - LATE <= said <= now else now


async def log(
    caller: Caller,
    uuid: UUID,
    said: dict[str, Any],
    at: datetime,
    *,
    now: datetime | None = None,
    version: Version = None,
    is_checked: bool = False,
    of: Of = "workout",
    meant: str | None = None,
) -> Change:
    """Log the set with these numbers (what is not said is as it was offered); starts the rest,
    from `now` when that is only a moment after the tap.

    Logged again it takes the new numbers and keeps its moment. `is_checked`: the caller has seen
    to it that enough is said. No more of the change is known than what is told `of`. `meant`
    is the UUID of the workout in progress that has it (None: whichever). Raises Problem 404, 400;
    412 when it is not of this `version` and not logged so already; Elsewhere.
    """
    change, was = await _find(caller, uuid, said, of, meant)
    if _is_stale(change, version):
        return _as_it_is(caller, change, said, is_done=True)
    if of == "set":
        await log_alone(caller, change, said, at, now=now, is_checked=is_checked)
        return change
    return await log_found(caller, change, was, said, at, now=now, is_checked=is_checked)


def _is_stale(change: Change, version: Version) -> bool:
    """Whether the caller saw another version of the set."""
    assert change.set is not None  # noqa: S101 - it was found
    return version is not None and str(change.set.version) not in version


def _as_it_is(caller: Caller, change: Change, said: dict[str, Any], is_done: bool) -> Change:
    """The set unchanged, where what is said comes to what there is. Problem 412."""
    each = change.set
    assert each is not None  # noqa: S101 - it was found
    wanted = replace(each)
    put(caller, change.item, wanted, said)
    if wanted == each and each.is_done == is_done:
        return change
    text = "This set was changed on another device"
    raise Problem(412, text, code="changed", noun="Set", facts={"current": each})


async def log_found(
    caller: Caller,
    change: Change,
    was: Stands | None,
    said: dict[str, Any],
    at: datetime,
    *,
    now: datetime | None = None,
    is_checked: bool = False,
) -> Change:
    """The same for a set on a sheet that was read with a lock; `was` is whose turn it was."""
    sheet = change.sheet
    is_new = await _write(caller, change, said, at, is_checked=is_checked)
    if is_new:
        seconds = _seconds_to_rest(change) if _rests(caller, sheet) else 0
        await resting.begin(sheet, seconds, at, now)
    else:
        await _count(sheet)
    return told(change, was)


async def log_alone(
    caller: Caller,
    change: Change,
    said: dict[str, Any],
    at: datetime,
    *,
    now: datetime | None = None,
    is_checked: bool = False,
) -> SheetSet:
    """The same for who is told of this set and nothing else: the sheet has its item alone."""
    sheet, each = change.sheet, change.set
    assert each is not None  # noqa: S101 - it was found
    if await _write(caller, change, said, at, is_checked=is_checked):
        if is_resting := _rests(caller, sheet):
            change.standings = await standings(sheet.user_id, sheet.id)
        await resting.begin(sheet, _seconds_to_rest(change) if is_resting else 0, at, now)
    else:
        await _count(sheet)
    return each


async def _write(
    caller: Caller,
    change: Change,
    said: dict[str, Any],
    at: datetime,
    *,
    is_checked: bool = False,
) -> bool:
    """Put what is said on the set and store it; whether it was not done before."""
    sheet, item, each = change.sheet, change.item, change.set
    assert each is not None  # noqa: S101 - it was found
    is_new, was = not each.is_done, as_said(each)
    if is_new:
        await _fill(caller, sheet, item, each, said)
        each.completed_at = max(at, sheet.started_at)
    put(caller, item, each, said)
    if not is_checked:
        check(item, each)
    await _store(change, was)
    return is_new


async def _store(change: Change, was: tuple[Any, ...]) -> None:
    assert change.set is not None  # noqa: S101 - it was found
    await store_set(change.set, change.sheet.user_id, was)
    if change.standings is not None:
        change.standings.recount(change.item)


async def undo(
    caller: Caller,
    uuid: UUID,
    *,
    version: Version = None,
    of: Of = "workout",
    meant: str | None = None,
) -> Change:
    """Take the logging of the set back; its numbers stay offered, the rest ends. `of`, `meant` and
    what is raised as for `log`."""
    change, was = await _find(caller, uuid, {}, of, meant)
    if _is_stale(change, version):
        return _as_it_is(caller, change, {}, is_done=False)
    assert change.set is not None  # noqa: S101 - it was found
    was_said = as_said(change.set)
    change.set.completed_at = None
    await _store(change, was_said)
    await resting.set_rest(change.sheet, resting.NO_REST, datetime.now(UTC))
    return change if of == "set" else told(change, was)


async def edit(
    caller: Caller,
    uuid: UUID,
    said: dict[str, Any],
    *,
    version: Version = None,
    is_checked: bool = False,
    of: Of = "workout",
    meant: str | None = None,
) -> Change:
    """Change what is said of the set, done or not; the rest as in `log`."""
    change, was = await _find(caller, uuid, said, of, meant)
    assert change.set is not None  # noqa: S101 - it was found
    if _is_stale(change, version):
        return _as_it_is(caller, change, said, is_done=change.set.is_done)
    was_said = as_said(change.set)
    put(caller, change.item, change.set, said)
    if change.set.is_done and not is_checked:
        check(change.item, change.set)
    await _store(change, was_said)
    await _count(change.sheet)
    return change if of == "set" else told(change, was)


async def _find(
    caller: Caller, uuid: UUID, said: dict[str, Any], of: Of, meant: str | None
) -> tuple[Change, Stands | None]:
    """The set and whose turn it is (where somebody is told) before anything changes."""
    # Of another kind, sets are counted otherwise, and the whole card is told, with its place.
    is_whole = of == "workout" or (of == "card" and "set_type" in said)
    sheet = await (
        sheets.of_set(caller.user_id, uuid, lock=True, last=False)
        if is_whole
        else sheets.alone(caller.user_id, uuid)
    )
    found = sheet.set(str(uuid)) if sheet else None
    if meant is not None and not (sheet and found and sheet.is_running and sheet.uuid == meant):
        raise Elsewhere
    if sheet is None or found is None:
        raise not_found("Set")
    if of == "set":
        return Change(sheet, *found), None
    stand = None if is_whole else await standings(caller.user_id, sheet.id)
    change = Change(sheet, *found, was=replace(found[1]), standings=stand)
    return change, turn(change.all)


async def _fill(
    caller: Caller, sheet: Sheet, item: SheetItem, each: SheetSet, said: dict[str, Any]
) -> None:
    """Put what was offered where nothing is said, so that an empty body logs what was shown."""
    wanted = [*MEASURED[item.measure], *(["weight"] if item.load != "none" else [])]
    if all(name in said for name in wanted):
        return
    await remember(sheet, [item])
    units = (unit_of(caller, item), distance_unit_of(caller, item))
    offered = numbers(item, each, *units)
    each.reps = offered.reps if item.measure == "reps" else None
    if item.load != "none":
        each.weight = offered.weight
        each.weight_unit = if_any(offered.weight, offered.weight_unit)
    if item.measure != "reps":
        each.duration_seconds = offered.seconds
    if item.measure == "distance":
        each.distance = offered.distance
        each.distance_unit = if_any(offered.distance, offered.distance_unit)
    weigh(each)


def _rests(caller: Caller, sheet: Sheet) -> bool:
    return caller.rest_timer_on and sheet.is_running


def _seconds_to_rest(change: Change) -> int:
    found = change.standings
    return (
        rest_after(found, found.item(change.item.id))
        if found
        else rest_after(change.sheet, change.item)
    )


async def _count(sheet: Sheet) -> None:
    """Count the change; the rest goes on as it is."""
    rest = (sheet.rest_started_at, sheet.rest_ends_at, sheet.rest_left_seconds)
    await resting.set_rest(sheet, rest, datetime.now(UTC))
