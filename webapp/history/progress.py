"""What training came to over a range of days, and over the one before it, in five statements.

A set counts once it is done and its workout has ended; warm-ups never. Volume is what the history
says of each workout: weight times reps, without assistance and without a body weight.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from webapp.db import Row, is_postgres, rows
from webapp.db.marks import marks
from webapp.db.remembering import remembered_past
from webapp.history.bests import first_times
from webapp.history.milestones import Milestone, milestones
from webapp.history.performed import day_of
from webapp.history.ranges import Range
from webapp.history.totals import muscles_of

DAY = timedelta(days=1)
_ENDED = "w.user_id = ? AND w.deleted_at IS NULL AND w.status <> 'in_progress' "
_RANGE = f"{_ENDED} AND w.local_date >= ? AND w.local_date <= ? "
_LENGTH = {
    True: "EXTRACT(EPOCH FROM w.ended_at - w.started_at)",
    False: "(julianday(w.ended_at) - julianday(w.started_at)) * 86400",
}
_DAYS = (
    "SELECT w.local_date, COUNT(*) AS workouts, SUM(CASE WHEN w.ended_at IS NULL THEN 0 "  # noqa: S608
    f"ELSE %s END) AS seconds FROM workouts w WHERE {_ENDED} "
    "GROUP BY w.local_date ORDER BY w.local_date"
)
_WORKED = "s.completed_at IS NOT NULL AND s.set_type <> 'warm_up'"
_WORK = (
    "SELECT w.local_date, COUNT(*) AS sets, SUM(CASE WHEN s.item_id IN "  # noqa: S608
    "(SELECT i.id FROM workout_items i WHERE i.user_id = ? "
    "AND (i.load = 'assisted' OR i.status = 'removed')) THEN 0 "
    "ELSE COALESCE(s.weight_grams * s.reps, 0) END) AS grams "
    "FROM workouts w JOIN workout_sets s ON s.user_id = w.user_id AND s.workout_id = w.id "
    f"WHERE {_RANGE} AND {_WORKED} GROUP BY w.local_date"
)
# CROSS JOIN lets SQLite begin with the few workouts of the range, not with every set there is. The
# sets of an item lie together in the index: counted there, they need not be sorted by exercise.
_PERFORMED = (
    "SELECT i.exercise_id, SUM(CASE WHEN d.local_date >= ? THEN d.sets ELSE 0 END) AS sets, "  # noqa: S608
    "SUM(d.sets) AS total FROM (SELECT w.local_date, s.item_id, COUNT(*) AS sets "
    "FROM workouts w CROSS JOIN workout_sets s "
    f"WHERE {_RANGE} AND s.user_id = w.user_id AND s.workout_id = w.id AND {_WORKED} "
    "GROUP BY w.local_date, w.id, s.item_id) d CROSS JOIN workout_items i "
    "WHERE i.id = d.item_id AND i.exercise_id IS NOT NULL GROUP BY i.exercise_id"
)
_EXERCISES = (
    "SELECT id, uuid, name, load, muscle_group, primary_muscles FROM exercises WHERE id IN (%s)"
)


class Spent(NamedTuple):
    """A day with training: its workouts, and their seconds from start to end."""

    workouts: int
    seconds: int


class Work(NamedTuple):
    """What was done: workouts, sets, grams lifted, seconds from start to end."""

    workouts: int = 0
    sets: int = 0
    grams: int = 0
    seconds: int = 0


def together(found: Sequence[Work]) -> Work:
    """What all of it came to."""
    return Work(*map(sum, zip(*found, strict=True))) if found else Work()


@dataclass(frozen=True, slots=True)
class Performed:
    """An exercise (uuid, name, muscles: those it works first, or its muscle group when it names
    none) with its sets in the range and in the one before."""

    id: int
    uuid: str
    name: str
    load: str
    muscles: tuple[str, ...]
    sets: int
    sets_before: int


@dataclass(frozen=True, slots=True)
class Progress:
    """`days` has every day that was trained on, ever, in order; `work` what was done on the days
    of both ranges; `performed` the exercises, the most sets first; `records` the newest first."""

    shown: Range
    days: dict[date, Spent]
    work: dict[date, Work]
    performed: list[Performed]
    records: list[Milestone]

    def total(self, range: Range | None) -> Work:
        """What the days of a range came to together."""
        if range is None:
            return Work()
        first, last = range.first, range.last
        return together([done for day, done in self.work.items() if first <= day <= last])

    def muscles(self) -> list[tuple[str, int, int]]:
        """Muscles with the sets that worked them first, in the range and in the one before; the
        most first. A set counts for each of its exercise's."""
        now: dict[str, int] = {}
        before: dict[str, int] = {}
        for each in self.performed:
            for muscle in each.muscles:
                now[muscle] = now.get(muscle, 0) + each.sets
                before[muscle] = before.get(muscle, 0) + each.sets_before
        found = [(muscle, sets, before[muscle]) for muscle, sets in now.items()]
        return sorted(found, key=lambda each: (-each[1], -each[2], each[0]))


async def days(user_id: int) -> dict[date, Spent]:
    """Every day with a workout that has ended, in order; one statement."""
    found = await rows(_DAYS % _LENGTH[is_postgres()], user_id)
    return {day_of(day): Spent(amount, round(seconds)) for day, amount, seconds in found}


async def progress(
    user_id: int, timezone: str, shown: Range, trained: dict[date, Spent]
) -> Progress:
    """The person's progress over a range, whose days begin at midnight on the clock of `timezone`;
    `trained` is what `days` found."""
    first, last = (shown.before or shown).first, shown.last
    done = await _done(user_id, first, last)
    performed = await _performed_in(user_id, shown.first, first, last)
    return Progress(
        shown=shown,
        days=trained,
        work=_work(trained, first, last, done),
        performed=performed,
        records=await _records(user_id, ZoneInfo(timezone), shown, performed),
    )


def _work(
    trained: dict[date, Spent], first: date, last: date, done: dict[date, tuple[int, int]]
) -> dict[date, Work]:
    every = list(trained)
    inside = every[bisect_left(every, first) : bisect_right(every, last)]
    spent = [(day, trained[day]) for day in inside]
    return {day: Work(its.workouts, *done.get(day, (0, 0)), its.seconds) for day, its in spent}


@remembered_past
async def _done(user_id: int, first: date, last: date) -> dict[date, tuple[int, int]]:
    """By day the sets, and the grams lifted."""
    found = await rows(_WORK, user_id, user_id, first, last)
    return {day_of(day): (sets, int(grams)) for day, sets, grams in found}


@remembered_past
async def _performed_in(user_id: int, start: date, first: date, last: date) -> list[Performed]:
    """The exercises done from `first` to `last`; what is before `start` is the range before."""
    performed = await rows(_PERFORMED, start, user_id, first, last)
    known = await _exercises([each["exercise_id"] for each in performed])
    return sorted(
        (_performed(each, known[each["exercise_id"]]) for each in performed),
        key=lambda each: (-each.sets, -each.sets_before, each.name, each.id),
    )


async def _exercises(ids: Sequence[int]) -> Mapping[int, Row]:
    found = await rows(_EXERCISES % marks(ids), *ids) if ids else []
    return {each["id"]: each for each in found}


def _performed(each: Row, exercise: Row) -> Performed:
    muscles = muscles_of(exercise["primary_muscles"]) or [exercise["muscle_group"]]
    return Performed(
        id=exercise["id"],
        uuid=str(exercise["uuid"]),
        name=exercise["name"],
        load=exercise["load"],
        muscles=tuple(muscles),
        sets=int(each["sets"]),
        sets_before=int(each["total"] - each["sets"]),
    )


async def _records(
    user_id: int, zone: ZoneInfo, shown: Range, performed: Sequence[Performed]
) -> list[Milestone]:
    done = [each for each in performed if each.sets]
    if not done:
        return []
    start = datetime.combine(shown.first, time(), zone)
    end = datetime.combine(shown.last + DAY, time(), zone)
    found = await _milestones(user_id, tuple((each.id, each.load) for each in done))
    return [each for each in found if start <= each.made.when < end]


@remembered_past
async def _milestones(user_id: int, loads: Sequence[tuple[int, str]]) -> list[Milestone]:
    """All records ever of these exercises, each with what a weight means; the newest first."""
    firsts = await first_times(user_id, [id for id, _ in loads])
    return milestones(firsts, dict(loads))
