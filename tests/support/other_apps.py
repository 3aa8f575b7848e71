"""Other apps' exports of a history, written by us as those apps write them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ORDERS = {"warm_up": "W", "drop": "D", "failure": "F"}
HEVY_TYPES = {"warm_up": "warmup", "drop": "dropset", "failure": "failure", "working": "normal"}
FITNOTES_KINDS = {"warm_up": "Warmup", "drop": "Drop Set", "failure": "Failure", "working": ""}


@dataclass(frozen=True)
class Did:
    """A set: numbers as texts, "" for none; weight and distance in the history's units."""

    set_type: str = "working"
    weight: str = ""
    reps: str = ""
    distance: str = ""
    seconds: str = ""
    rpe: str = ""
    note: str = ""


@dataclass(frozen=True)
class Lift:
    """An exercise of a workout."""

    name: str
    sets: tuple[Did, ...]
    superset: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Training:
    """A workout; `length` in seconds."""

    name: str
    start: datetime
    length: int
    lifts: tuple[Lift, ...] = field(default=())
    notes: str = ""


History = Sequence[Training]
Rows = Iterator[Sequence[str]]


def written(rows: Rows, delimiter: str = ",", end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Rows as a file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def _each(history: History) -> Iterator[tuple[Training, Lift, Did, int]]:
    for training in history:
        for lift in training.lifts:
            for number, did in enumerate(lift.sets, 1):
                yield training, lift, did, number


def strong(history: History) -> Rows:
    """Strong's, without units."""
    yield (
        *("Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps"),
        *("Distance", "Seconds", "Notes", "Workout Notes", "RPE"),
    )
    for training, lift, did, number in _each(history):
        yield (
            f"{training.start:%Y-%m-%d %H:%M:%S}",
            training.name,
            _hours(training.length),
            lift.name,
            ORDERS.get(did.set_type, str(number)),
            did.weight or "0.0",
            did.reps or "0",
            did.distance or "0",
            did.seconds or "0",
            did.note,
            training.notes,
            did.rpe,
        )


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"


def strong_numbered(history: History, unit: str = "kg") -> Rows:
    """Strong's newer one, for semicolons, with decimal commas."""
    yield (
        *("Workout #", "Date", "Workout Name", "Duration (sec)", "Exercise Name", "Set Order"),
        *(f"Weight ({unit})", "Reps", "RPE", "Distance (meters)", "Seconds", "Notes"),
        "Workout Notes",
    )
    count = {id(each): number for number, each in enumerate(history, 1)}
    for training, lift, did, number in _each(history):
        yield (
            str(count[id(training)]),
            f"{training.start:%Y-%m-%d %H:%M:%S}",
            training.name,
            str(training.length),
            lift.name,
            ORDERS.get(did.set_type, str(number)),
            did.weight.replace(".", ","),
            did.reps,
            did.rpe.replace(".", ","),
            did.distance.replace(".", ","),
            did.seconds,
            did.note,
            training.notes,
        )


def strong_units(history: History, unit: str = "lbs", far: str = "mi") -> Rows:
    """Strong's with units, the duration last."""
    yield (
        *("Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps"),
        *("RPE", "Distance", "Distance Unit", "Seconds", "Notes", "Workout Notes"),
        "Workout Duration",
    )
    for training, lift, did, number in _each(history):
        yield (
            f"{training.start:%Y-%m-%d %H:%M:%S}",
            training.name,
            lift.name,
            ORDERS.get(did.set_type, str(number)),
            did.weight,
            unit if did.weight else "",
            did.reps,
            did.rpe,
            did.distance,
            far if did.distance else "",
            did.seconds,
            did.note,
            training.notes,
            str(timedelta(seconds=training.length)),
        )


def hevy(history: History, unit: str = "kg", far: str = "km") -> Rows:
    """Hevy's, the newest workout first; it has no notes of single sets."""
    yield (
        *("title", "start_time", "end_time", "description", "exercise_title", "superset_id"),
        *("exercise_notes", "set_index", "set_type", f"weight_{unit}", "reps", f"distance_{far}"),
        *("duration_seconds", "rpe"),
    )
    for training, lift, did, number in _each(list(reversed(history))):
        yield (
            training.name,
            _spoken(training.start),
            _spoken(training.start + timedelta(seconds=training.length)),
            training.notes,
            lift.name,
            "" if lift.superset is None else str(lift.superset),
            lift.note,
            str(number - 1),
            HEVY_TYPES[did.set_type],
            did.weight,
            did.reps,
            did.distance,
            did.seconds,
            did.rpe,
        )


def _spoken(when: datetime) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when:%Y, %H:%M}"


def fitnotes(history: History, unit: str = "kgs", far: str = "km") -> Rows:
    """FitNotes': days, no types, no RPE."""
    yield (
        *("Date", "Exercise", "Category", "Weight", "Weight Unit", "Reps", "Distance"),
        *("Distance Unit", "Time", "Comment"),
    )
    for training, lift, did, _ in _each(history):
        yield (
            f"{training.start:%Y-%m-%d}",
            lift.name,
            "Chest",
            did.weight,
            unit,
            did.reps,
            did.distance,
            far if did.distance else "",
            str(timedelta(seconds=int(did.seconds))) if did.seconds else "",
            did.note,
        )


def fitnotes_ios(history: History) -> Rows:
    """FitNotes' on iOS: each weight in both units, entered in kilograms, and the kind of set."""
    yield (
        *("Date", "Exercise", "Category", "Weight (kg)", "Weight (lbs)", "Reps", "Distance"),
        *("Distance Unit", "Time", "Notes", "Kind"),
    )
    for training, lift, did, _ in _each(history):
        yield (
            f"{training.start:%Y-%m-%d}",
            lift.name,
            "Legs",
            did.weight,
            f"{float(did.weight) / 0.45359237:.5f}" if did.weight else "",
            did.reps,
            did.distance,
            "m" if did.distance else "",
            str(timedelta(seconds=int(did.seconds))) if did.seconds else "",
            did.note,
            FITNOTES_KINDS[did.set_type],
        )


def by_days(history: History) -> list[Training]:
    """The history as an app knows it that has only days: one training each."""
    return [
        replace(each, name="Workout", start=each.start.replace(hour=0, minute=0, second=0))
        for each in history
    ]
