"""Setlog's own table for spreadsheets: a line a set, texts defused."""

from decimal import Decimal

from webapp.exporting.spreadsheet import undefused
from webapp.importing.entries import Entry
from webapp.importing.table import NOTES, Row

COLUMNS = {
    "started_at": "date",
    "ended_at": "end",
    "workout": "workout",
    "workout_notes": "workout_notes",
    "exercise": "exercise",
    "superset": "superset",
    "exercise_notes": "note",
    "set": "order",
    "set_type": "set_type",
    "reps": "reps",
    "forced_reps": "forced_reps",
    "weight": "weight",
    "weight_unit": "weight_unit",
    "duration_seconds": "seconds",
    "distance": "distance",
    "distance_unit": "distance_unit",
    "band": "band",
    "rpe": "rpe",
    "notes": "notes",
}
NEEDED = ("date", "exercise", "set_type")
SET_TYPES = ("warm_up", "working", "drop", "failure")
_TEXTS = ("workout", "workout_notes", "exercise", "note", "band", "notes")


def entry(row: Row) -> Entry:
    """What a line says. Raises Unreadable."""
    _undefuse(row)
    started, has_time = row.moment("date")
    name, order = row.text("workout", 200), row.number("order", "set number", Decimal(10_000))
    made = Entry(
        line=row.line,
        key=(row.short("date"), name),
        workout=name,
        started=started,
        has_time=has_time,
        seconds=row.length(),
        workout_notes=row.prose("workout_notes", NOTES),
        exercise=row.exercise("exercise"),
        note=row.prose("note"),
        superset=row.short("superset") or None,
        order=None if order is None else int(order),
    )
    kind = row.short("set_type")
    made.set = row.done(kind if kind in SET_TYPES else "working")
    made.set.forced_reps = int(row.number("forced_reps", "forced reps", Decimal(100)) or 0) or None
    made.set.band = row.text("band", 50) or None
    return made


def _undefuse(row: Row) -> None:
    cells = list(row.record.cells)
    for place in (row.columns[name] for name in _TEXTS if name in row.columns):
        cells[place] = undefused(cells[place])
    row.record.cells = cells
