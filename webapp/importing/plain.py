"""What every format is read into: workouts as the file has them, and what could not be read."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson


class Unreadable(Exception):
    """A line that cannot be imported; its text says why, to a person."""


@dataclass(slots=True)
class LineProblem:
    """Something about a line: `is_lost` when it is not imported, else only a part of it is not.

    `line` is 0 in a file that has none; `said` is how the line begins, for finding it again.
    """

    line: int
    text: str
    said: str = ""
    is_lost: bool = True


@dataclass(slots=True)
class ImportedSet:
    """A set as the file has it. Numbers are plain texts ("82.5"), reps whole; a unit is None where
    the file does not say it. `set_type` is one of models.workouts.SET_TYPES, `completed` when it
    was done."""

    line: int
    set_type: str = "working"
    reps: int | None = None
    weight: str | None = None
    weight_unit: str | None = None
    seconds: str | None = None
    distance: str | None = None
    distance_unit: str | None = None
    rpe: str | None = None
    forced_reps: int | None = None
    band: str | None = None
    notes: str | None = None
    bodyweight: str | None = None
    bodyweight_unit: str | None = None
    completed: datetime | None = None


@dataclass(slots=True)
class ImportedItem:
    """An exercise of a workout by its name in the file. `category` is the file's own word for a
    muscle group, `superset` is shared by those done in turn; `facts` are columns of the item (its
    kind, and what sort of exercise it is) where the file says them."""

    name: str
    category: str = ""
    superset: int | None = None
    rest_seconds: int | None = None
    note: str | None = None
    sets: list[ImportedSet] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ImportedWorkout:
    """A workout. `started` and `ended` are on the person's clock (naive) unless the file names an
    offset; without `has_time` only the day is known. `day` is what it counts for where that is
    said; `location` and `routine` are names, `rating` is from 1 to 5."""

    line: int
    name: str
    started: datetime
    has_time: bool = True
    ended: datetime | None = None
    notes: str | None = None
    day: date | None = None
    status: str = "finished"
    rating: int | None = None
    location: str | None = None
    routine: str | None = None
    items: list[ImportedItem] = field(default_factory=list)

    @property
    def sets(self) -> Iterator[ImportedSet]:
        return (each for item in self.items for each in item.sets)


@dataclass(slots=True)
class Reading:
    """A whole file: `format` is one of FORMATS; workouts from the oldest on, problems by line."""

    format: str
    lines: int = 0
    workouts: list[ImportedWorkout] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a file: its format, the report of its preview, and its pieces to keep."""

    format: str
    report: dict[str, Any]
    pieces: list[bytes]


def packed(workouts: Sequence[Any], problems: Sequence[LineProblem]) -> bytes:
    """A piece of a reading as bytes to store."""
    return zlib.compress(orjson.dumps([workouts, problems]), 3)


def unpacked(data: bytes) -> tuple[list[ImportedWorkout], list[LineProblem]]:
    """The piece again."""
    workouts, problems = rows_of(data)
    return [_workout(each) for each in workouts], problems


def rows_of(data: bytes) -> tuple[list[Any], list[LineProblem]]:
    """The piece with its rows as they were said."""
    said, problems = orjson.loads(zlib.decompress(data))
    return said, [LineProblem(**each) for each in problems]


def _workout(data: dict[str, Any]) -> ImportedWorkout:
    data["items"] = [_item(each) for each in data["items"]]
    for name in ("started", "ended"):
        data[name] = data[name] and datetime.fromisoformat(data[name])
    if data.get("day"):
        data["day"] = date.fromisoformat(data["day"])
    return ImportedWorkout(**data)


def _item(data: dict[str, Any]) -> ImportedItem:
    data["sets"] = [_set(each) for each in data["sets"]]
    return ImportedItem(**data)


def _set(data: dict[str, Any]) -> ImportedSet:
    if data.get("completed"):
        data["completed"] = datetime.fromisoformat(data["completed"])
    return ImportedSet(**data)


def pieces(reading: Reading, size: int) -> Iterator[bytes]:
    """The reading in pieces of about `size` sets or problems, each a moment's work to import."""
    workouts: list[ImportedWorkout] = []
    sets = 0
    for each in reading.workouts:
        workouts.append(each)
        sets += sum(1 for _ in each.sets)
        if sets >= size:
            yield packed(workouts, [])
            workouts, sets = [], 0
    if workouts:
        yield packed(workouts, [])
    yield from problem_pieces(reading.problems, 10 * size)


def problem_pieces(problems: Sequence[LineProblem], size: int) -> Iterator[bytes]:
    """What could not be read, so many to a piece; they stand behind all others."""
    for start in range(0, len(problems), size):
        yield packed([], problems[start : start + size])
