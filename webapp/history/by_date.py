"""Workouts as a diary keeps them: one a date, written and replaced as a whole.

One a date is the diary's rule alone: others may have written two, and both can be read.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.auth import Caller
from webapp.db import Row, rows
from webapp.db.marks import marks
from webapp.db.turns import alone
from webapp.history.changing import edit
from webapp.history.changing import trash as put_into_trash
from webapp.models import Workout
from webapp.models.fields import grams, plain
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet
from webapp.training.planning import Draft, of_exercise, planned_set
from webapp.training.storing import store, touch

NOON = time(12)
ANY_TIME = timedelta(days=100_000)

_BETWEEN = (
    "SELECT uuid, local_date FROM workouts WHERE user_id = ? AND deleted_at IS NULL "
    "AND local_date >= ? AND local_date <= ? ORDER BY local_date DESC, started_at DESC, id DESC"
)
_USABLE = (
    "SELECT e.* FROM exercises e WHERE e.uuid IN (%s) AND (e.id IN (%s) "
    "OR (e.user_id = ? AND e.archived_at IS NULL AND e.merged_into_id IS NULL))"
)
_NAMES = "SELECT id, uuid, name, muscle_group FROM exercises WHERE id IN (%s)"
_CLEAR = (
    "DELETE FROM workout_items WHERE user_id = ? AND workout_id = ? AND exercise_id IS NOT NULL"
)


async def between(user_id: int, first: date, last: date) -> Sequence[Row]:
    """uuid and local_date of the workouts from `first` to `last` (both included), newest first."""
    return await rows(_BETWEEN, user_id, first, last)


async def found(caller: Caller, uuid: UUID, *, lock: bool = False) -> Sheet:
    """The workout with its items and sets. Raises Problem 404."""
    sheet = await sheets.of_workout(caller.user_id, uuid, lock=lock)
    if sheet is None:
        raise not_found("Workout", id=uuid, user_id=caller.user_uuid)
    return sheet


async def exercises_of(sheet: Sheet) -> Mapping[int, Row]:
    """The exercises of a workout by id, called as they are now, archived ones too."""
    ids = sorted({item.exercise_id for item in sheet.items if item.exercise_id is not None})
    known = await rows(_NAMES % marks(ids), *ids) if ids else []
    return {each["id"]: each for each in known}


async def write(caller: Caller, day: date, exercises: Sequence[dict[str, Any]]) -> Sheet:
    """Write the workout of a date: `exercises` are {exercise_uuid, position, sets: [{reps,
    weight (in the person's unit), set_type, notes?}]}. Raises Problem 404, 409."""
    await alone(caller.user_id)
    await _refuse_taken(caller, day)
    known = await _usable(caller, exercises)
    at = _moment_of(caller, day)
    made = await Workout.create(
        user_id=caller.user_id,
        name="Workout",
        status="finished",
        started_at=at,
        ended_at=at,
        local_date=day,
        source="diary",
    )
    await store(caller.user_id, made.id, _drafts(caller, exercises, known, at))
    return await found(caller, made.uuid)


async def rewrite(
    caller: Caller, uuid: UUID, day: date | None, exercises: Sequence[dict[str, Any]] | None
) -> Sheet:
    """Move the workout to another date and replace its exercises; None stays. What has no
    exercise (a rest) stays, too. Raises Problem 404, 409."""
    await alone(caller.user_id)
    sheet = await found(caller, uuid, lock=True)
    if day is not None and day != sheet.local_date:
        await _refuse_taken(caller, day)
        sheet = await edit(caller, uuid, {"day": day}, ahead=ANY_TIME)
    if exercises is not None:
        await _replace(caller, sheet, exercises)
    return await found(caller, uuid)


async def trash(caller: Caller, uuid: UUID) -> None:
    """Put the workout into the trash, one in progress too. Raises Problem 404."""
    await found(caller, uuid, lock=True)
    await put_into_trash(caller.user_id, uuid, running=True)


async def _refuse_taken(caller: Caller, day: date) -> None:
    if await between(caller.user_id, day, day):
        raise conflict(f"A workout already exists for date {day}", "Workout")


async def _usable(
    caller: Caller, exercises: Sequence[dict[str, Any]], sheet: Sheet | None = None
) -> dict[str, Row]:
    """The exercises that are named, by UUID: one's own, and what the workout has already."""
    wanted = list(dict.fromkeys(str(each["exercise_uuid"]) for each in exercises))
    if not wanted:
        return {}
    items = sheet.items if sheet else []
    present = sorted({item.exercise_id for item in items if item.exercise_id is not None})
    sql = _USABLE % (marks(wanted), marks(present) or "NULL")
    known = {str(e["uuid"]): e for e in await rows(sql, *wanted, *present, caller.user_id)}
    missing = next((uuid for uuid in wanted if uuid not in known), None)
    if missing is not None:
        raise not_found("Exercise", id=missing, user_id=caller.user_uuid)
    return known


async def _replace(caller: Caller, sheet: Sheet, exercises: Sequence[dict[str, Any]]) -> None:
    known = await _usable(caller, exercises, sheet)
    done = (each.completed_at for each in sheet.sets if each.completed_at)
    at = max(done, default=sheet.ended_at or sheet.started_at)
    await rows(_CLEAR, caller.user_id, sheet.id)
    await store(caller.user_id, sheet.id, _drafts(caller, exercises, known, at))
    await touch(caller.user_id, sheet.id)


def _moment_of(caller: Caller, day: date) -> datetime:
    """Noon of the day on the person's clock, or now when it is not noon yet today."""
    noon, now = datetime.combine(day, NOON, ZoneInfo(caller.timezone)), datetime.now(UTC)
    is_today = now.astimezone(ZoneInfo(caller.timezone)).date() == day
    return min(noon.astimezone(UTC), now) if is_today else noon.astimezone(UTC)


def _drafts(
    caller: Caller, exercises: Sequence[dict[str, Any]], known: Mapping[str, Row], at: datetime
) -> list[Draft]:
    return [_draft(caller, each, known[str(each["exercise_uuid"])], at) for each in exercises]


def _draft(caller: Caller, said: dict[str, Any], exercise: Row, at: datetime) -> Draft:
    draft = of_exercise(exercise, None, 0)
    # A diary counts repetitions, whatever the exercise is measured by elsewhere.
    draft.item |= {"position": said["position"], "status": "finished", "measure": "reps"}
    draft.sets = [_set(caller, each, exercise["id"], at) for each in said["sets"]]
    return draft


def _set(caller: Caller, said: dict[str, Any], exercise_id: int, at: datetime) -> dict[str, Any]:
    unit = caller.weight_unit
    return planned_set(
        exercise_id,
        set_type=said["set_type"],
        reps=said["reps"],
        weight=plain(said["weight"]),
        weight_unit=unit,
        weight_grams=grams(said["weight"], unit),
        notes=said.get("notes"),
        completed_at=at,
    )
