"""Workouts as exercise executions: each exercise once, with the sets that were done of it.

Where others wrote an exercise twice into a workout, its sets follow each other under the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from webapp.db import Row, moment, row, rows
from webapp.db.marks import marks
from webapp.problems import not_found
from webapp.training.lines import DONE
from webapp.training.ordering import orders

_WORKOUT = (
    "SELECT w.id, w.user_id, w.status, w.started_at, w.ended_at, w.updated_at FROM workouts w "
)
_MINE = "WHERE w.user_id = ? AND w.deleted_at IS NULL "
_COUNT = f"SELECT COUNT(*) AS total FROM workouts w {_MINE}"  # noqa: S608
_FROM = "AND w.local_date >= ? "
_UNTIL = "AND w.local_date <= ? "
_FINISHED = "AND w.status <> 'in_progress' "
_RUNNING = "AND w.status = 'in_progress' "
_NEWEST = "ORDER BY w.started_at DESC, w.id DESC LIMIT ? OFFSET ?"
_ITEMS = (
    "SELECT i.id, i.workout_id, i.position, i.kind, i.exercise_id, i.exercise_name, i.note, "
    "i.started_at, i.created_at, i.updated_at FROM workout_items i "
    "WHERE i.user_id = ? AND i.status <> 'removed' AND i.workout_id IN (%s) "
    "ORDER BY i.position, i.id"
)
_SETS = (
    "SELECT s.id, s.item_id, s.notes, s.weight, s.weight_unit, s.reps, s.forced_reps, "
    "s.completed_at, s.updated_at FROM workout_sets s "
    "WHERE s.user_id = ? AND s.completed_at IS NOT NULL AND s.workout_id IN (%s) "
    "ORDER BY s.position, s.id"
)


@dataclass(slots=True)
class DoneSet:
    """A set that was done: weight as entered, reps done cleanly, reps somebody helped with."""

    id: int
    exercise_id: int
    notes: str | None
    weight: str | None
    weight_unit: str | None
    reps: int | None
    forced_reps: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True)
class Performed:
    """An exercise of a workout; `order` is its number in it."""

    exercise_id: int
    exercise_name: str
    order: int
    note: str | None
    created_at: datetime
    updated_at: datetime
    sets: list[DoneSet] = field(default_factory=list)


@dataclass(slots=True)
class Executed:
    """A workout; `created_at` is when it began."""

    id: int
    user_id: int
    finished_at: datetime | None
    created_at: datetime
    updated_at: datetime
    executions: list[Performed] = field(default_factory=list)

    def execution(self, exercise_id: int) -> Performed:
        """The execution of this exercise. Raises Problem 404."""
        for each in self.executions:
            if each.exercise_id == exercise_id:
                return each
        raise not_found("Exercise execution")

    def set(self, id: int) -> DoneSet:
        """The set of this id. Raises Problem 404."""
        for each in (each for performed in self.executions for each in performed.sets):
            if each.id == id:
                return each
        raise not_found("Set")


async def workout(user_id: int, id: int) -> Executed:
    """The user's workout, in 3 statements. Raises Problem 404."""
    found = await row(_WORKOUT + _MINE + "AND w.id = ?", user_id, id)
    if found is None:
        raise not_found("Workout")
    return (await _whole(user_id, [found]))[0]


async def workouts(
    user_id: int,
    *,
    page: int,
    per_page: int,
    start_date: date | None = None,
    end_date: date | None = None,
    finished: bool | None = None,
) -> tuple[list[Executed], int]:
    """A page of the user's workouts of these days, the newest first, and how many there are on
    all pages; 4 statements."""
    where = (_FROM if start_date else "") + (_UNTIL if end_date else "")
    where += "" if finished is None else _FINISHED if finished else _RUNNING
    args = [user_id, *(day for day in (start_date, end_date) if day)]
    counted = await row(_COUNT + where, *args)
    place = (per_page, (page - 1) * per_page)
    found = await rows(_WORKOUT + _MINE + where + _NEWEST, *args, *place)
    return await _whole(user_id, found), counted["total"] if counted else 0


async def _whole(user_id: int, found: Sequence[Row]) -> list[Executed]:
    ids = [each["id"] for each in found]
    if not ids:
        return []
    items = await rows(_ITEMS % marks(ids), user_id, *ids)
    sets: dict[int, list[Row]] = {}
    for each in await rows(_SETS % marks(ids), user_id, *ids):
        sets.setdefault(each["item_id"], []).append(each)
    by_workout: dict[int, list[Row]] = {}
    for item in items:
        by_workout.setdefault(item["workout_id"], []).append(item)
    return [_executed(each, by_workout.get(each["id"], []), sets) for each in found]


def _executed(found: Row, items: Iterable[Row], sets: dict[int, list[Row]]) -> Executed:
    began = _time(found["started_at"])
    ended = moment(found["ended_at"]) or began
    return Executed(
        id=found["id"],
        user_id=found["user_id"],
        finished_at=ended if found["status"] in DONE else None,
        created_at=began,
        updated_at=max(_time(found["updated_at"]), began),
        executions=_executions(list(items), sets),
    )


def _executions(items: list[Row], sets: dict[int, list[Row]]) -> list[Performed]:
    numbers = orders([(_exercise(item), item["position"]) for item in items])
    found: dict[int, Performed] = {}
    for item in items:
        exercise = _exercise(item)
        if exercise is not None:
            performed = _performed(item, numbers[exercise], sets.get(item["id"], []))
            known = found.get(exercise)
            found[exercise] = _merged(known, performed) if known else performed
    return list(found.values())


def _exercise(item: Row) -> int | None:
    exercise: int | None = item["exercise_id"]
    return exercise if item["kind"] == "exercise" else None


def _performed(item: Row, order: int, sets: Iterable[Row]) -> Performed:
    done = [_set(each, item["exercise_id"]) for each in sets]
    began = [moment(item["started_at"]), _time(item["created_at"])]
    # What came by an import is made later than it was done.
    first = min(when for when in (*began, *(each.created_at for each in done)) if when)
    changed = (_time(item["updated_at"]), *(each.updated_at for each in done))
    name, note = item["exercise_name"], item["note"]
    return Performed(item["exercise_id"], name, order, note, first, max(changed), done)


def _merged(one: Performed, more: Performed) -> Performed:
    one.note = more.note if one.note is None else one.note
    one.created_at = min(one.created_at, more.created_at)
    one.updated_at = max(one.updated_at, more.updated_at)
    one.sets += more.sets
    return one


def _set(found: Row, exercise_id: int) -> DoneSet:
    done = _time(found["completed_at"])
    same = {name: found[name] for name in ("id", "notes", "weight", "weight_unit", "reps")}
    return DoneSet(
        **same,
        exercise_id=exercise_id,
        forced_reps=found["forced_reps"],
        created_at=done,
        updated_at=max(done, _time(found["updated_at"])),
    )


def _time(value: Any) -> datetime:
    when = moment(value)
    assert when is not None  # noqa: S101 - the column is NOT NULL
    return when
