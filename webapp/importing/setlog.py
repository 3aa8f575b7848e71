"""Setlog's own table for spreadsheets: a line a set, texts defused; read exactly as it was told."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from webapp.exporting.spreadsheet import undefused
from webapp.importing import moments, numbers
from webapp.importing.entries import Entry
from webapp.importing.plain import ImportedSet, Unreadable
from webapp.importing.table import NAME, Row
from webapp.models.exercises import IMPLEMENTS, LOADS, MEASURES, MUSCLE_GROUPS
from webapp.models.workouts import SET_TYPES

COLUMNS = {
    "started_at": "date",
    "ended_at": "end",
    "date": "day",
    "duration_seconds": "seconds",
    **{
        name: name
        for name in (
            *("workout", "location", "rating", "workout_notes", "exercise_number", "exercise"),
            *("superset", "exercise_notes", "set", "set_type", "reps", "forced_reps", "weight"),
            *("weight_unit", "distance", "distance_unit", "band", "rpe", "bodyweight"),
            *("bodyweight_unit", "notes", "completed_at", "workout_number", "status", "routine"),
            *("rest_seconds", "kind", "muscle_group", "implement", "measure", "load"),
        )
    },
}
NEEDED = ("date", "exercise", "set_type")
PROSE = 100_000
_FACTS = {
    "kind": ("exercise", "rest", "cardio"),
    "muscle_group": MUSCLE_GROUPS,
    "implement": IMPLEMENTS,
    "measure": MEASURES,
    "load": LOADS,
}
_PLAIN = re.compile(r"\d{1,12}(\.\d{1,18})?")
_UNITS = ("m", "km", "mi", "yd")
_A_DAY = timedelta(days=1)


def entry(row: Row) -> Entry:
    """What a line says. Raises Unreadable."""
    started, has_time = row.moment("date")
    workout, exercise = _text(row, "workout", NAME) or "", _text(row, "exercise", NAME) or ""
    if not exercise.strip():
        raise Unreadable("No exercise")
    return Entry(
        line=row.line,
        key=(row.short("date"), workout, row.short("workout_number")),
        is_exact=True,
        workout=workout,
        started=started,
        has_time=has_time,
        ended=_moment(row, "end"),
        day=_day(row, started),
        status=_one_of(row, "status", ("finished", "stopped")) or "finished",
        rating=_rating(row),
        location=_text(row, "location", NAME),
        routine=_text(row, "routine", NAME),
        workout_notes=_text(row, "workout_notes"),
        item=_whole(row, "exercise_number"),
        exercise=exercise,
        superset=str(_whole(row, "superset") or "") or None,
        note=_text(row, "exercise_notes"),
        rest_seconds=_whole(row, "rest_seconds"),
        facts=_facts(row),
        order=_whole(row, "set"),
        set=_set(row),
    )


def _set(row: Row) -> ImportedSet:
    made = ImportedSet(row.line, set_type=_one_of(row, "set_type", SET_TYPES) or "working")
    reps = row.number("reps", "number of reps", numbers.REPS_MOST)
    forced = row.number("forced_reps", "number of forced reps", numbers.REPS_MOST)
    made.reps, made.forced_reps = (None if n is None else int(n) for n in (reps, forced))
    made.weight = _amount(row, "weight", numbers.WEIGHT_MOST)
    made.weight_unit = numbers.weight_unit(row.short("weight_unit"))
    made.bodyweight = _amount(row, "bodyweight", numbers.WEIGHT_MOST)
    made.bodyweight_unit = numbers.weight_unit(row.short("bodyweight_unit"))
    made.seconds = _exactly(row.short("seconds"), numbers.seconds(row.short("seconds")))
    made.distance, made.distance_unit = _distance(row)
    made.band, made.notes = _text(row, "band", 50), _text(row, "notes")
    made.rpe = row.rpe()
    made.completed = _moment(row, "completed_at")
    return made


def _text(row: Row, name: str, most: int = PROSE) -> str | None:
    """A text as it was before it was defused, spaces around it included."""
    place = row.columns.get(name)
    text = "" if place is None else undefused(row.record.cells[place])
    if len(text) > most:
        row.leave_out(f"“{text[:40]}…” is longer than {most:,} letters and was cut")
    return text[:most] or None


def _amount(row: Row, name: str, most: Decimal) -> str | None:
    return _exactly(row.short(name), row.number(name, name, most))


def _exactly(said: str, number: Decimal | None) -> str | None:
    """A number as it was entered ("80.0"), unless a spreadsheet wrote it its own way ("80,0")."""
    if number is None:
        return None
    return said if _PLAIN.fullmatch(said) else numbers.rounded(number, 6)


def _distance(row: Row) -> tuple[str | None, str | None]:
    said, unit = _amount(row, "distance", numbers.DISTANCE_MOST), row.short("distance_unit")
    if said is None or unit in ("", *_UNITS):
        return said, unit or None
    return numbers.distance(Decimal(said), unit)


def _whole(row: Row, name: str) -> int | None:
    """A count; what is none is as if it was not said."""
    said = row.short(name)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _rating(row: Row) -> int | None:
    found = _whole(row, "rating")
    return found if found and found <= 5 else None


def _one_of(row: Row, name: str, known: Sequence[str]) -> str | None:
    said = row.short(name)
    return said if said in known else None


def _facts(row: Row) -> dict[str, str]:
    said = {name: _one_of(row, name, known) for name, known in _FACTS.items()}
    return {name: value for name, value in said.items() if value}


def _moment(row: Row, name: str) -> datetime | None:
    """A moment beside the beginning; one that cannot be read costs no set."""
    said = row.short(name)
    try:
        return moments.moment(said, row.day_first)[0] if said else None
    except Unreadable as error:
        row.leave_out(str(error))
        return None


def _day(row: Row, started: datetime) -> date | None:
    """The day it counts for, which may be the one before or after where the clock was another."""
    said = _moment(row, "day")
    is_near = said is not None and abs(said.date() - started.date()) <= _A_DAY
    return said.date() if said is not None and is_near else None
