"""Starting a workout: from a routine, empty, or as a repeat of an earlier one."""

from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from webapp.auth import Caller
from webapp.db import row, rows
from webapp.ids import uuid7
from webapp.models import Workout
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet
from webapp.training.planning import Draft, of_earlier, of_routine_item
from webapp.training.storing import alone, store
from webapp.views.text import local

AnotherRuns = Literal["refuse", "resume", "allow"]

_ROUTINE = (
    "SELECT r.id, r.name, r.location_id, l.name AS location_name FROM routines r "
    "LEFT JOIN locations l ON l.id = r.location_id "
    "WHERE r.user_id = ? AND r.deleted_at IS NULL AND r."
)
_ROUTINE_ITEMS = (
    "SELECT ri.*, e.name, e.muscle_group, e.body_part, e.modality, e.implement, e.measure, e.load, "
    "e.increment_kg, e.increment_lb, e.rest_seconds AS usual_rest, x.rest_seconds AS own_rest "
    "FROM routine_items ri LEFT JOIN exercises e ON e.id = ri.exercise_id "
    "LEFT JOIN exercise_settings x ON x.exercise_id = ri.exercise_id AND x.user_id = ri.user_id "
    "WHERE ri.user_id = ? AND ri.routine_id = ? AND ri.deleted_at IS NULL "
    "ORDER BY ri.position, ri.id"
)
_MADE = "SELECT id, deleted_at FROM workouts WHERE user_id = ? AND uuid = ?"


async def start(
    caller: Caller,
    *,
    routine: UUID | int | None = None,
    repeat: UUID | None = None,
    uuid: UUID | None = None,
    another_runs: AnotherRuns = "refuse",
    source: str = "pages",
) -> Sheet:
    """Start a workout now and return its sheet; the same `uuid` again returns the same workout.
    `routine` is named by its UUID or its integer id.

    With another in progress: Problem 409 (`refuse`), that one (`resume`), or a second (`allow`).
    Raises Problem 404 when there is no such routine or earlier workout.
    """
    await alone(caller.user_id)
    found = await _made(caller, uuid) if uuid else None
    if found is None and another_runs != "allow":
        found = await sheets.running(caller.user_id, last=False)
        if found is not None and another_runs == "refuse":
            raise conflict("A workout is in progress; finish or stop it first", "Session")
    if found is not None:
        return found
    named, drafts = await _planned(caller, routine, repeat)
    workout = await _create(caller, uuid or uuid7(), named, source)
    await store(caller.user_id, workout.id, drafts)
    made = await sheets.of_workout(caller.user_id, workout.uuid)
    assert made is not None  # noqa: S101 - it was stored in this transaction
    return made


async def _made(caller: Caller, uuid: UUID) -> Sheet | None:
    made = await row(_MADE, caller.user_id, str(uuid))
    if made is None:
        return None
    if made["deleted_at"] is not None:
        raise conflict("This workout was discarded", "Session")
    return await sheets.of_workout(caller.user_id, uuid)


async def _planned(
    caller: Caller, routine: UUID | int | None, repeat: UUID | None
) -> tuple[dict[str, Any], list[Draft]]:
    if routine is not None:
        return await _from_routine(caller, routine)
    if repeat is not None:
        return await _from_earlier(caller, repeat)
    return {"name": _by_hour(caller)}, []


async def _from_routine(caller: Caller, which: UUID | int) -> tuple[dict[str, Any], list[Draft]]:
    by = ("id = ?", which) if isinstance(which, int) else ("uuid = ?", str(which))
    found = await row(_ROUTINE + by[0], caller.user_id, by[1])
    if found is None:
        raise not_found("Routine")
    items = await rows(_ROUTINE_ITEMS, caller.user_id, found["id"])
    named = {"name": found["name"], "routine_id": found["id"], "routine_name": found["name"]}
    named |= {"location_id": found["location_id"], "location_name": found["location_name"]}
    usual = (caller.weight_unit, caller.default_rest_seconds)
    return named, [of_routine_item(item, *usual) for item in items]


async def _from_earlier(caller: Caller, uuid: UUID) -> tuple[dict[str, Any], list[Draft]]:
    earlier = await sheets.of_workout(caller.user_id, uuid)
    if earlier is None:
        raise not_found("Workout")
    same = ("name", "routine_id", "routine_name", "location_id", "location_name")
    drafts = [of_earlier(item) for item in earlier.items if item.done or item.kind == "rest"]
    return {name: getattr(earlier, name) for name in same}, drafts


def _by_hour(caller: Caller) -> str:
    hour = local(datetime.now(UTC), caller.timezone).hour
    part = "Morning" if hour < 12 else "Afternoon" if hour < 17 else "Evening"
    return f"{part} workout"


async def _create(caller: Caller, uuid: UUID, named: dict[str, Any], source: str) -> Workout:
    now = datetime.now(UTC)
    return await Workout.create(
        user_id=caller.user_id,
        uuid=uuid,
        started_at=now,
        local_date=local(now, caller.timezone).date(),
        source=source,
        **named,
    )
