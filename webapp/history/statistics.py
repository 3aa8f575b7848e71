"""What somebody's training came to over any range of days: totals, records, streaks.

The database adds up; three statements, however long the history is. A set counts once it is done
and its workout has ended, warm-ups too. What was lifted is weight times clean reps, exact, because
equal weights are added up as entered; what assistance takes off is no load.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from webapp.db import Row, rows
from webapp.models.fields import GRAMS

DAY, WEEK = timedelta(days=1), 7

_RANGE = (
    "w.user_id = ? AND w.deleted_at IS NULL AND w.status <> 'in_progress' "
    "AND w.local_date >= ? AND w.local_date <= ?"
)
_DONE = (
    "FROM workouts w JOIN workout_sets s ON s.workout_id = w.id "
    f"WHERE {_RANGE} AND s.completed_at IS NOT NULL AND s.exercise_id IS NOT NULL"
)
_DAYS = f"SELECT w.local_date, COUNT(*) AS amount FROM workouts w WHERE {_RANGE} "  # noqa: S608
_DAYS += "GROUP BY w.local_date ORDER BY w.local_date"
_EXERCISES = (
    "SELECT e.id, e.name, e.body_part, e.load, d.workouts, d.sets FROM exercises e JOIN "  # noqa: S608
    "(SELECT s.exercise_id, COUNT(DISTINCT s.workout_id) AS workouts, COUNT(*) AS sets "
    f"{_DONE} GROUP BY s.exercise_id) d ON d.exercise_id = e.id "
    "ORDER BY d.workouts DESC, d.sets DESC, e.id"
)
# Every weight an exercise was done with is one row.
_WEIGHTS = (
    "SELECT s.exercise_id, s.weight, s.weight_unit, SUM(s.reps) AS reps, MAX(s.reps) AS most, "
    f"MIN(w.local_date) AS first_day {_DONE} AND s.weight IS NOT NULL AND s.reps > 0 "
    "GROUP BY s.exercise_id, s.weight, s.weight_unit"
)


@dataclass(frozen=True, slots=True)
class Record:
    """The heaviest set of an exercise, as entered, the day it was first lifted, and the most
    grams (weight times reps) of any single set."""

    weight: Decimal
    unit: str
    day: date
    volume: Decimal


@dataclass(frozen=True, slots=True)
class Performed:
    """An exercise: in how many `workouts`, how many `sets`, grams lifted; `record` is None where
    no load was lifted."""

    id: int
    name: str
    body_part: str
    workouts: int
    sets: int
    grams: Decimal
    record: Record | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """`days` is how many workouts ended well on which days, in order; `exercises` come by how
    often they were done. `until` is the day as of which a streak is current."""

    days: dict[date, int]
    exercises: list[Performed] = field(default_factory=list)
    until: date = date.max

    @property
    def workouts(self) -> int:
        return sum(self.days.values())

    @property
    def performed(self) -> int:
        """Exercises done, counted once in every workout."""
        return sum(each.workouts for each in self.exercises)

    @property
    def sets(self) -> int:
        return sum(each.sets for each in self.exercises)

    @property
    def grams(self) -> Decimal:
        return sum((each.grams for each in self.exercises), Decimal(0))

    @property
    def weekly(self) -> Decimal:
        """Workouts a week, from the first day with one until the end; at least one week."""
        if not self.days:
            return Decimal(0)
        first, last = min(self.days), max(*self.days, self.until)
        return Decimal(self.workouts * WEEK) / max((last - first).days + 1, WEEK)

    @property
    def monthly(self) -> dict[str, int]:
        """Workouts by month ("2024-01"), for months that have some."""
        months: Counter[str] = Counter()
        for day, amount in self.days.items():
            months[f"{day:%Y-%m}"] += amount
        return dict(months)

    @property
    def body_parts(self) -> dict[str, int]:
        """How often an exercise of each body part was done, the most first."""
        parts: Counter[str] = Counter()
        for each in self.exercises:
            parts[each.body_part] += each.workouts
        return dict(sorted(parts.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def longest_streak(self) -> int:
        """The most days in a row with a workout."""
        return max((len(each) for each in _in_a_row(self.days)), default=0)

    @property
    def current_streak(self) -> int:
        """Days in a row up to `until`, or to the day before: that day is not over."""
        past = [day for day in self.days if day <= self.until]
        streaks = list(_in_a_row(past))
        return len(streaks[-1]) if streaks and streaks[-1][-1] >= self.until - DAY else 0


def _in_a_row(days: Iterable[date]) -> Iterable[list[date]]:
    """The days, in order, in groups that have no gap."""
    numbered = enumerate(sorted(days))
    for _, group in groupby(numbered, key=lambda pair: pair[1].toordinal() - pair[0]):
        yield [day for _, day in group]


async def statistics(
    user_id: int, today: date, first: date | None = None, last: date | None = None
) -> Statistics:
    """The person's statistics from `first` to `last`, local dates that are both included."""
    asked = (user_id, first or date.min, last or date.max)
    days = {_date(each["local_date"]): each["amount"] for each in await rows(_DAYS, *asked)}
    lifted: dict[int, list[Row]] = {}
    for each in await rows(_WEIGHTS, *asked):
        lifted.setdefault(each["exercise_id"], []).append(each)
    found = await rows(_EXERCISES, *asked)
    exercises = [_performed(each, lifted.get(each["id"], [])) for each in found]
    return Statistics(days, exercises, min(last or today, today))


def _performed(found: Row, lifted: Sequence[Row]) -> Performed:
    loads = [] if found["load"] == "assisted" else [each for each in lifted if _grams(each)]
    return Performed(
        id=found["id"],
        name=found["name"],
        body_part=found["body_part"],
        workouts=found["workouts"],
        sets=found["sets"],
        grams=sum((_grams(each) * each["reps"] for each in loads), Decimal(0)),
        record=_record(loads),
    )


def _record(lifted: Sequence[Row]) -> Record | None:
    if not lifted:
        return None
    top = max(lifted, key=lambda each: (_grams(each), -_date(each["first_day"]).toordinal()))
    return Record(
        weight=Decimal(top["weight"]),
        unit=top["weight_unit"] or "kg",
        day=_date(top["first_day"]),
        volume=max(_grams(each) * each["most"] for each in lifted),
    )


def _grams(each: Row) -> Decimal:
    return Decimal(each["weight"]) * GRAMS[each["weight_unit"] or "kg"]


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
