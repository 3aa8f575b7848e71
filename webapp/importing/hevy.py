"""Hevy's export: a line a set, with the workout's title, start and end on each."""

from webapp.importing.entries import Entry
from webapp.importing.table import NOTES, Row

COLUMNS = {
    "title": "workout",
    "start_time": "date",
    "end_time": "end",
    "description": "workout_notes",
    "exercise_title": "exercise",
    "superset_id": "superset",
    "exercise_notes": "notes",
    "set_index": "order",
    "set_type": "set_type",
    "weight_kg": "weight_kg",
    "weight_lbs": "weight_lb",
    "weight_lb": "weight_lb",
    "reps": "reps",
    "distance_km": "distance_km",
    "distance_miles": "distance_mi",
    "distance_meters": "distance_m",
    "duration_seconds": "seconds",
    "rpe": "rpe",
}
NEEDED = ("date", "exercise")
DATES = ("date", "end")
SET_TYPES = {
    "warmup": "warm_up",
    "warm_up": "warm_up",
    "dropset": "drop",
    "drop": "drop",
    "failure": "failure",
}


def entry(row: Row) -> Entry:
    """What a line says. Raises Unreadable."""
    started, has_time = row.moment("date")
    name = row.text("workout", 200)
    made = Entry(
        line=row.line,
        key=(row.short("date"), name),
        workout=name,
        started=started,
        has_time=has_time,
        seconds=row.length(),
        workout_notes=row.prose("workout_notes", NOTES),
        exercise=row.exercise("exercise"),
        note=row.prose("notes"),
        superset=row.short("superset") or None,
        order=_number(row.short("order")),
    )
    made.set = row.done(SET_TYPES.get(row.short("set_type").lower(), "working"), notes="")
    return made


def _number(order: str) -> int | None:
    return int(order) if order.isascii() and order.isdigit() else None
