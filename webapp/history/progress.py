"""What training came to over a range of days, and over the one before it, in five statements.

A set counts once it is done and its workout has ended; warm-ups never. Volume is what the history
says of each workout: weight times reps, without assistance and without a body weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from webapp.auth import Caller
from webapp.db import Row, is_postgres, rows
from webapp.history.bests import first_times, marks
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
    "SELECT w.local_date, COUNT(*) AS workouts "  # noqa: S608 - our own words
    f"FROM workouts w WHERE {_ENDED} GROUP BY w.local_date ORDER BY w.local_date"
)
_SPENT = (
    f"SELECT w.local_date, SUM(%s) AS seconds FROM workouts w WHERE {_RANGE} "  # noqa: S608
    "AND w.ended_at IS NOT NULL GROUP BY w.local_date"
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
# CROSS JOIN lets SQLite begin with the few workouts of the range, not with every set there is.
_PERFORMED = (
    "SELECT s.exercise_id, SUM(CASE WHEN w.local_date >= ? THEN 1 ELSE 0 END) AS sets, "  # noqa: S608
    "COUNT(*) AS total FROM workouts w CROSS JOIN workout_sets s "
    f"WHERE {_RANGE} AND s.workout_id = w.id AND {_WORKED} AND s.exercise_id IS NOT NULL "
    "GROUP BY s.exercise_id"
)
_EXERCISES = (
    "SELECT id, uuid, name, load, muscle_group, primary_muscles FROM exercises WHERE id IN (%s)"
)


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
    """`days` has every day that was trained on, ever, in order, with its workouts; `work` what was
    done on the days of both ranges; `performed` the exercises, the most sets first; `records` the
    newest first."""

    shown: Range
    days: dict[date, int]
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


async def days(user_id: int) -> dict[date, int]:
    """Every day with a workout that has ended, in order, with how many; one statement."""
    return {day_of(each["local_date"]): each["workouts"] for each in await rows(_DAYS, user_id)}


async def progress(caller: Caller, shown: Range, trained: dict[date, int]) -> Progress:
    """The person's progress over a range; `trained` is what `days` found."""
    asked = (caller.user_id, (shown.before or shown).first, shown.last)
    performed = await rows(_PERFORMED, shown.first, *asked)
    known = await _exercises([each["exercise_id"] for each in performed])
    every = sorted(
        (_performed(each, known[each["exercise_id"]]) for each in performed),
        key=lambda each: (-each.sets, -each.sets_before, each.name, each.id),
    )
    return Progress(
        shown=shown,
        days=trained,
        work=await _work(trained, *asked),
        performed=every,
        records=await _records(caller, shown, every),
    )


async def _work(
    workouts: Mapping[date, int], user_id: int, first: date, last: date
) -> dict[date, Work]:
    asked = (user_id, first, last)
    done = {day_of(each["local_date"]): each for each in await rows(_WORK, user_id, *asked)}
    spent = await rows(_SPENT % _LENGTH[is_postgres()], *asked)
    seconds = {day_of(each["local_date"]): round(each["seconds"]) for each in spent}
    return {
        day: Work(amount, *_lifted(done.get(day)), seconds.get(day, 0))
        for day, amount in workouts.items()
        if first <= day <= last
    }


def _lifted(done: Row | None) -> tuple[int, int]:
    return (done["sets"], int(done["grams"] or 0)) if done else (0, 0)


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
        sets=each["sets"],
        sets_before=each["total"] - each["sets"],
    )


async def _records(caller: Caller, shown: Range, performed: Sequence[Performed]) -> list[Milestone]:
    done = [each for each in performed if each.sets]
    if not done:
        return []
    zone = ZoneInfo(caller.timezone)
    start = datetime.combine(shown.first, time(), zone)
    end = datetime.combine(shown.last + DAY, time(), zone)
    firsts = await first_times(caller.user_id, [each.id for each in done])
    found = milestones(firsts, {each.id: each.load for each in done})
    return [each for each in found if start <= each.made.when < end]
