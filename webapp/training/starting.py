"""Starting a workout: from a routine, empty, or as a repeat of an earlier one."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from webapp.auth import Caller
from webapp.db import row
from webapp.db.turns import alone
from webapp.ids import uuid7
from webapp.models import Workout
from webapp.problems import Problem, conflict
from webapp.training import finishing
from webapp.training import sheet as sheets
from webapp.training.beginning import Beginning, as_said, number, of_routine, of_workout
from webapp.training.lines import Sheet
from webapp.training.storing import store
from webapp.zones import local

AnotherRuns = Literal["refuse", "resume", "allow"]

_MADE = "SELECT id, deleted_at FROM workouts WHERE user_id = ? AND uuid = ?"


async def start(
    caller: Caller,
    *,
    routine: UUID | int | None = None,
    repeat: UUID | None = None,
    uuid: UUID | None = None,
    at: datetime | None = None,
    name: str | None = None,
    plan: Sequence[Mapping[str, Any]] | None = None,
    anyway: bool = False,
    another_runs: AnotherRuns = "refuse",
    source: str = "pages",
) -> Sheet:
    """Start a workout now (or `at` a moment before) and return its sheet; the same `uuid` again
    returns the same workout. `routine` is named by its UUID or its integer id.

    A phone that has begun it already says its `name` and `plan` (see beginning.as_said), and
    these hold, whatever became of the routine. With another in progress: Problem 409 (`refuse`),
    that one (`resume`), or a second (`allow`); `anyway` finishes it as it stands. Raises Problem
    404 when there is no such routine or earlier workout.
    """
    await alone(caller.user_id)
    found = await _made(caller, uuid) if uuid else None
    if found is None and another_runs != "allow":
        found = await _another(caller, another_runs, anyway, at)
    if found is not None:
        return found
    at = at or datetime.now(UTC)
    begun = await _beginning(caller, routine, repeat, at, name, plan)
    workout = await _create(caller, uuid or uuid7(), begun.named, at, source)
    number(begun.drafts, workout.uuid)
    await store(caller.user_id, workout.id, begun.drafts)
    made = await sheets.of_workout(caller.user_id, workout.uuid)
    assert made is not None  # noqa: S101 - it was stored in this transaction
    return made


async def _another(
    caller: Caller, wish: AnotherRuns, anyway: bool, at: datetime | None
) -> Sheet | None:
    """The workout in progress, to go on with; it is ended first where that is wished."""
    found = await sheets.running(caller.user_id, last=False)
    if found is None:
        return None
    if anyway:
        await finishing.finish(caller, uuid=UUID(found.uuid), at=at)
        return None
    if wish == "refuse":
        text, code = "A workout is in progress; finish or stop it first", "another_runs"
        raise conflict(text, "Session", code=code, current=found)
    return found


async def _made(caller: Caller, uuid: UUID) -> Sheet | None:
    made = await row(_MADE, caller.user_id, str(uuid))
    if made is None:
        return None
    if made["deleted_at"] is not None:
        raise conflict("This workout was discarded", "Session", code="discarded")
    return await sheets.of_workout(caller.user_id, uuid)


async def _beginning(
    caller: Caller,
    routine: UUID | int | None,
    repeat: UUID | None,
    at: datetime,
    name: str | None,
    plan: Sequence[Mapping[str, Any]] | None,
) -> Beginning:
    if plan is None:
        return await _planned(caller, routine, repeat, at)
    begun = Beginning({"name": name or _by_hour(caller, at)})
    with suppress(Problem):  # it may have been deleted since
        begun = await _planned(caller, routine, repeat, at)
    begun.drafts = await as_said(caller, plan)
    return begun


async def _planned(
    caller: Caller, routine: UUID | int | None, repeat: UUID | None, at: datetime
) -> Beginning:
    if routine is not None:
        return await of_routine(caller, routine)
    if repeat is not None:
        return await of_workout(caller, repeat)
    return Beginning({"name": _by_hour(caller, at)})


def _by_hour(caller: Caller, at: datetime) -> str:
    hour = local(at, caller.timezone).hour
    part = "Morning" if hour < 12 else "Afternoon" if hour < 17 else "Evening"
    return f"{part} workout"


async def _create(
    caller: Caller, uuid: UUID, named: dict[str, Any], at: datetime, source: str
) -> Workout:
    return await Workout.create(
        user_id=caller.user_id,
        uuid=uuid,
        started_at=at,
        local_date=local(at, caller.timezone).date(),
        source=source,
        **named,
    )
