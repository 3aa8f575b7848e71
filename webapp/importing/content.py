"""What a workout consists of, for telling whether it is there already; pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from webapp.importing.plain import ImportedSet, ImportedWorkout
from webapp.models.fields import grams, millimetres

NOON = time(12)
Verdict = Literal["new", "there", "differs"]
Numbers = tuple[int, int, int, int]  # reps, grams, milliseconds, millimetres


@dataclass(frozen=True, slots=True)
class Units:
    """What a weight or a distance without a unit is meant in, and whose clock the times are on."""

    weight: str
    distance: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Content:
    """A workout as it is compared: its minute, its day, its sets with and without exercises.

    `batch_id` is the import that brought it, None for one that was logged here.
    """

    minute: int
    day: date
    has_time: bool
    sets: tuple[Numbers, ...]
    whole: tuple[tuple[int, Numbers], ...]
    batch_id: int | None = None


class Present:
    """The workouts that are there, to be looked up by minute and by day."""

    def __init__(self) -> None:
        self._by_minute: dict[int, list[Content]] = defaultdict(list)
        self._by_day: dict[date, list[Content]] = defaultdict(list)
        self.days: set[date] = set()  # that were looked at

    def add(self, each: Content) -> None:
        self._by_minute[each.minute].append(each)
        self._by_day[each.day].append(each)

    def judge(self, mine: Content) -> Verdict:
        """Whether a workout is new, there already, or there with other sets.

        Nobody begins two workouts in one minute, so there the sets tell. On another minute of the
        day (the zone or the start was changed since), or where only days are known, exercises and
        sets must be the same; two alike within one file are two.
        """
        twins = self._by_minute[mine.minute] if mine.has_time else []
        if twins:
            return "there" if any(each.sets == mine.sets for each in twins) else "differs"
        others = self._by_day[mine.day]
        is_own = mine.has_time
        alike = (each for each in others if not is_own or each.batch_id != mine.batch_id)
        if any(each.whole == mine.whole for each in alike):
            return "there"
        imported = (each.batch_id is not None and not each.has_time for each in others)
        return "differs" if not mine.has_time and any(imported) else "new"


def start(workout: ImportedWorkout, zone: ZoneInfo) -> datetime:
    """When it began: noon where only the day is known."""
    when = workout.started
    if not workout.has_time:
        when = datetime.combine(when.date(), NOON)
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def minute(when: datetime) -> int:
    """The minute of a moment, counted from 1970."""
    return int(when.timestamp()) // 60


def day_of(workout: ImportedWorkout, zone: ZoneInfo) -> date:
    """The day it counts for: as said, or that of its start on this clock."""
    return workout.day or start(workout, zone).astimezone(zone).date()


def of_imported(
    workout: ImportedWorkout, exercises: Mapping[str, int | None], units: Units, batch_id: int
) -> Content:
    """The content of a workout of a file. `exercises` is the id that each name means: None for one
    that is made by the import, absent for what is left out."""
    began = start(workout, units.zone)
    sets = [
        (_id(item.name, exercises[item.name]), numbers(each, units))
        for item in workout.items
        if item.name in exercises
        for each in item.sets
    ]
    return _content(minute(began), day_of(workout, units.zone), workout.has_time, sets, batch_id)


def _id(name: str, exercise_id: int | None) -> int:
    # An exercise that is not there yet is like itself only, and like none that is.
    return exercise_id if exercise_id is not None else -1 - abs(hash(name))


def _content(
    at: int, day: date, has_time: bool, sets: Iterable[tuple[int, Numbers]], batch_id: int | None
) -> Content:
    whole = tuple(sorted(sets))
    only = tuple(sorted(each for _, each in whole))
    return Content(at, day, has_time, only, whole, batch_id)


def numbers(each: ImportedSet, units: Units) -> Numbers:
    """The numbers of a set of a file."""
    return (
        each.reps or 0,
        grams(each.weight, each.weight_unit or units.weight) or 0,
        _milliseconds(each.seconds),
        millimetres(each.distance, each.distance_unit or units.distance) or 0,
    )


def _milliseconds(seconds: str | None) -> int:
    return int(Decimal(seconds) * 1000) if seconds else 0


def of_stored(
    workout: Any, sets: Iterable[Any], moment: Callable[[Any], datetime | None]
) -> Content:
    """The content of a workout that is there: rows with started_at, ended_at, local_date,
    batch_id; and exercise_id, reps, weight_grams, duration_seconds, distance_mm."""
    began, ended = moment(workout["started_at"]), moment(workout["ended_at"])
    assert began is not None  # noqa: S101 - the column is NOT NULL
    day = workout["local_date"]
    day = date.fromisoformat(day) if isinstance(day, str) else day
    found = [(each["exercise_id"] or 0, _stored(each)) for each in sets]
    return _content(minute(began), day, began != ended, found, workout["batch_id"])


def _stored(each: Any) -> Numbers:
    seconds = _milliseconds(each["duration_seconds"])
    return each["reps"] or 0, each["weight_grams"] or 0, seconds, each["distance_mm"] or 0
