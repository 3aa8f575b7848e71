"""Lines put together to workouts, whatever order a file has them in; pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from webapp.importing.numbers import LENGTH_MOST
from webapp.importing.plain import ImportedItem, ImportedSet, ImportedWorkout, Unreadable

UNNAMED = "Workout"
MOST_LINES = 2_000  # of one workout, so that importing it takes a moment


@dataclass(slots=True)
class Entry:
    """What a line says: its workout (`key` tells which), exercise, and a set or what is said of
    the exercise. `order` is the number of the set where the file counts them, `item` that of the
    exercise in its workout. Of an exact line nothing is put together otherwise than it stands."""

    line: int
    key: tuple[Any, ...]
    workout: str
    started: datetime
    has_time: bool
    exercise: str
    seconds: int | None = None
    workout_notes: str | None = None
    category: str = ""
    superset: str | None = None
    note: str | None = None
    rest_seconds: int | None = None
    order: int | None = None
    set: ImportedSet | None = None
    item: int | None = None
    is_exact: bool = False
    ended: datetime | None = None
    day: date | None = None
    status: str = "finished"
    rating: int | None = None
    location: str | None = None
    routine: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Item:
    made: ImportedItem
    superset: str | None
    is_exact: bool
    orders: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Workout:
    made: ImportedWorkout
    items: list[_Item] = field(default_factory=list)
    latest: dict[Any, _Item] = field(default_factory=dict)  # of each exercise
    lines: int = 0


class Gathering:
    """Workouts in the making. A set whose number was there before begins its exercise anew."""

    def __init__(self) -> None:
        self._workouts: dict[tuple[Any, ...], _Workout] = {}

    def add(self, entry: Entry, section: int = 0) -> None:
        """Put a line where it belongs; a `section` is what follows a repeated heading. Raises
        Unreadable for a workout without end."""
        key = (section, *entry.key)
        workout = self._workouts.get(key)
        if workout is None:
            workout = self._workouts[key] = _Workout(_workout(entry))
        workout.lines += 1
        if workout.lines > MOST_LINES:
            raise Unreadable(f"A workout of more than {MOST_LINES:,} lines")
        made = workout.made
        made.notes = made.notes or entry.workout_notes
        if made.ended is None and entry.seconds is not None:
            made.ended = _end(made.started, entry.seconds)
        self._put(workout, entry)

    def _put(self, workout: _Workout, entry: Entry) -> None:
        item = _place(workout, entry)
        if item is None:
            new = ImportedItem(entry.exercise, entry.category, facts=entry.facts)
            item = _Item(new, entry.superset, entry.is_exact)
            workout.items.append(item)
            workout.latest[_which(entry)] = item
        made = item.made
        made.note = made.note or entry.note
        made.rest_seconds = made.rest_seconds or entry.rest_seconds
        if entry.order is not None:
            item.orders.add(entry.order)
        if entry.set is not None:
            made.sets.append(entry.set)

    def workouts(self) -> list[ImportedWorkout]:
        """Those in which something was done, the oldest first."""
        made = [_finished(each) for each in self._workouts.values()]
        done = [each for each in made if each.items]
        return sorted(done, key=lambda each: (each.started.replace(tzinfo=None), each.line))


def _workout(entry: Entry) -> ImportedWorkout:
    names = ("ended", "day", "status", "rating", "location", "routine")
    said = {name: getattr(entry, name) for name in names}
    name = entry.workout or UNNAMED
    return ImportedWorkout(entry.line, name, entry.started, entry.has_time, **said)


def _end(started: datetime, seconds: int) -> datetime | None:
    return started + timedelta(seconds=seconds) if 0 < seconds <= LENGTH_MOST else None


def _place(workout: _Workout, entry: Entry) -> _Item | None:
    """The item that a line goes on with: the last of its exercise, unless it begins anew."""
    item = workout.latest.get(_which(entry))
    if item is None or entry.item is not None:
        return item
    if entry.order is not None and entry.order in item.orders:
        return None
    is_counted = entry.order is not None or entry.set is None or not item.orders
    return item if is_counted or item is workout.items[-1] else None


def _which(entry: Entry) -> Any:
    return entry.exercise if entry.item is None else (entry.item, entry.exercise)


def _finished(workout: _Workout) -> ImportedWorkout:
    done = [item for item in workout.items if item.made.sets]
    shared = Counter(item.superset for item in done if item.superset is not None)
    letters = [each for each, amount in shared.items() if amount > 1]
    for item in done:
        if item.is_exact:
            item.made.superset = int(item.superset) if item.superset else None
        else:
            at = letters.index(item.superset) + 1 if item.superset in letters else None
            item.made.superset = at
            _lift_note(item.made)
    workout.made.items = [item.made for item in done]
    return workout.made


def _lift_note(item: ImportedItem) -> None:
    """A note that stands at every set of an exercise is the exercise's."""
    notes = {each.notes for each in item.sets}
    if len(item.sets) > 1 and len(notes) == 1 and item.note is None:
        item.note = notes.pop()
        for each in item.sets:
            each.notes = None
