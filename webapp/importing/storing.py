"""The workouts of a piece as rows: dates on the person's clock, sets spread over the time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from webapp.db import rows
from webapp.history import places
from webapp.ids import uuid7
from webapp.importing.content import Units, day_of, start
from webapp.importing.plain import ImportedItem, ImportedSet, ImportedWorkout
from webapp.models.fields import grams, millimetres
from webapp.models.library import fold
from webapp.training.planning import SNAPSHOT
from webapp.training.storing import insert

SOURCE = "import"
Snapshots = Mapping[int, Any]
Named = Mapping[str, int | None]  # ids by the folded name

_ROUTINES = "SELECT id, name FROM routines WHERE user_id = ? AND deleted_at IS NULL ORDER BY id"


@dataclass(frozen=True, slots=True)
class Target:
    """Whose the rows are and what the names mean: `ids` by name, `exercises` by id."""

    user_id: int
    batch_id: int
    units: Units
    ids: Mapping[str, int]
    exercises: Snapshots


async def store(target: Target, workouts: Sequence[ImportedWorkout]) -> int:
    """Store the workouts as finished ones, without what was left out; returns how many sets."""
    named = await _named(target.user_id, workouts)
    made = [_workout(target, each, *named) for each in workouts]
    ids = await _inserted("workouts", [columns for columns, _ in made])
    items, sets = [], []
    for workout, (_, parts) in zip(ids, made, strict=True):
        owner = {"user_id": target.user_id, "workout_id": workout}
        for item, some in parts:
            items.append({**item, **owner})
            sets.append([{**each, **owner} for each in some])
    for item_id, some in zip(await _inserted("workout_items", items), sets, strict=True):
        for each in some:
            each["item_id"] = item_id
    flat = [each for some in sets for each in some]
    await insert("workout_sets", flat)
    return len(flat)


async def _inserted(table: str, made: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows; their ids, in the order of the rows."""
    ids = {str(each["uuid"]): each["id"] for each in await insert(table, made)}
    return [ids[str(each["uuid"])] for each in made]


async def _named(user_id: int, workouts: Sequence[ImportedWorkout]) -> tuple[Named, Named]:
    """The person's locations and routines, as far as one of the workouts names any."""
    known = await places.known(user_id) if any(each.location for each in workouts) else {}
    plans = await rows(_ROUTINES, user_id) if any(each.routine for each in workouts) else []
    locations = {name: id for name, (id, _) in known.items()}
    return locations, {fold(each["name"]): each["id"] for each in plans}


def _workout(
    target: Target, workout: ImportedWorkout, locations: Named, routines: Named
) -> tuple[dict[str, Any], list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
    """The columns of a workout, and of each item with its sets."""
    zone = target.units.zone
    began = min(start(workout, zone), datetime.now(UTC))
    ended = _end(workout, began, target)
    items = [item for item in workout.items if item.name in target.ids]
    moments = _spread(began, ended, sum(len(item.sets) for item in items))
    parts, at = [], began
    for position, item in enumerate(items, 1):
        done = [_moment(each.completed, zone) or next(moments) for each in item.sets]
        columns = _item(target, item, position) | {"started_at": at, "ended_at": max(done)}
        parts.append((columns, _sets(target, item, done)))
        at = max(done)
    columns = {
        "uuid": uuid7(),
        "user_id": target.user_id,
        "name": workout.name,
        "status": workout.status,
        "started_at": began,
        "ended_at": ended,
        "local_date": day_of(workout, zone),
        "notes": workout.notes,
        "rating": workout.rating,
        **_reference("location", workout.location, locations),
        **_reference("routine", workout.routine, routines),
        "source": SOURCE,
        "batch_id": target.batch_id,
    }
    return columns, parts


def _reference(column: str, name: str | None, known: Named) -> dict[str, Any]:
    """The columns of what a workout names: the person's own of this name, or the name alone."""
    return {f"{column}_id": known.get(fold(name)) if name else None, f"{column}_name": name}


def _end(workout: ImportedWorkout, began: datetime, target: Target) -> datetime:
    """When it ended; when that is not known, when it began."""
    if workout.ended is None or not workout.has_time:
        return began
    return max(began, _moment(workout.ended, target.units.zone) or began)


def _moment(said: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment of the file, which is on this clock unless it names an offset."""
    if said is None:
        return None
    return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(UTC)


def _spread(began: datetime, ended: datetime, amount: int) -> Iterator[datetime]:
    """So many moments one after another, the last one at the end, in whole seconds."""
    step = (ended - began) / max(amount, 1)
    return ((began + step * (n + 1)).replace(microsecond=0) for n in range(amount))


def _item(target: Target, item: ImportedItem, position: int) -> dict[str, Any]:
    exercise = target.exercises.get(target.ids[item.name])
    columns: dict[str, Any] = {
        "uuid": uuid7(),
        "position": position,
        "kind": "exercise",
        "exercise_id": exercise["id"] if exercise else None,
        "exercise_name": exercise["name"] if exercise else item.name,
        "superset": item.superset,
        "status": "finished",
        "rest_seconds": item.rest_seconds,
        "plan": "{}",
        "note": item.note,
    }
    like = {name: exercise[name] for name in SNAPSHOT} if exercise else _UNKNOWN
    return columns | like | _shown(like, item) | item.facts


_UNKNOWN = {
    "muscle_group": "other",
    "body_part": "other",
    "modality": "barbell",
    "implement": "Barbell",
    "measure": "reps",
    "load": "external",
}


def _shown(like: Mapping[str, Any], item: ImportedItem) -> dict[str, str]:
    """What the sets count here, so that no number is hidden: a plank may be counted in reps, and
    weighted."""
    has = {
        "reps": any(each.reps is not None for each in item.sets),
        "duration": any(each.seconds for each in item.sets),
        "distance": any(each.distance for each in item.sets),
    }
    measure = like["measure"]
    if not has[measure]:
        measure = next((name for name in ("distance", "reps", "duration") if has[name]), measure)
    is_weighted = any(each.weight for each in item.sets)
    load = "bodyweight" if like["load"] == "none" and is_weighted else like["load"]
    return {"measure": measure, "load": load}


def _sets(target: Target, item: ImportedItem, done: Sequence[datetime]) -> list[dict[str, Any]]:
    exercise = target.exercises.get(target.ids[item.name])
    exercise_id = exercise["id"] if exercise else None
    return [
        {"exercise_id": exercise_id, "position": position, **_set(target.units, each, at)}
        for position, (each, at) in enumerate(zip(item.sets, done, strict=True), 1)
    ]


def _set(units: Units, each: ImportedSet, at: datetime) -> dict[str, Any]:
    unit = each.weight_unit or (units.weight if each.weight else None)
    far = each.distance_unit or (units.distance if each.distance else None)
    return {
        "uuid": uuid7(),
        "set_type": each.set_type,
        "reps": each.reps,
        "forced_reps": each.forced_reps,
        "weight": each.weight,
        "weight_unit": unit,
        "weight_grams": grams(each.weight, unit),
        "duration_seconds": each.seconds,
        "distance": each.distance,
        "distance_unit": far,
        "distance_mm": millimetres(each.distance, far),
        "band": each.band,
        "rpe": each.rpe,
        "bodyweight": each.bodyweight,
        "bodyweight_unit": each.bodyweight_unit,
        "notes": each.notes,
        "completed_at": at,
    }
