"""Strong's export: a line a set, `Set Order` a number, W, D, F, or Rest Timer."""

from webapp.importing import numbers
from webapp.importing.entries import Entry
from webapp.importing.plain import Unreadable
from webapp.importing.table import NOTES, Row

COLUMNS = {
    "workout #": "number",
    "date": "date",
    "workout name": "workout",
    "duration": "length",
    "workout duration": "length",
    "duration (sec)": "length_seconds",
    "exercise name": "exercise",
    "set order": "order",
    "weight": "weight",
    "weight unit": "weight_unit",
    "weight (kg)": "weight_kg",
    "weight (kgs)": "weight_kg",
    "weight (lb)": "weight_lb",
    "weight (lbs)": "weight_lb",
    "reps": "reps",
    "rpe": "rpe",
    "distance": "distance",
    "distance unit": "distance_unit",
    "distance (meters)": "distance_m",
    "distance (km)": "distance_km",
    "distance (miles)": "distance_mi",
    "seconds": "seconds",
    "notes": "notes",
    "workout notes": "workout_notes",
}
NEEDED = ("date", "exercise", "order")
DATES = ("date",)
LONGEST_REST = 3600
SET_TYPES = {"w": "warm_up", "d": "drop", "f": "failure"}


def entry(row: Row) -> Entry:
    """What a line says. Raises Unreadable."""
    started, has_time = row.moment("date")
    name = row.text("workout", 200)
    made = Entry(
        line=row.line,
        key=(row.short("date"), name, row.short("number")),
        workout=name,
        started=started,
        has_time=has_time,
        seconds=_length(row),
        workout_notes=row.prose("workout_notes", NOTES),
        exercise=row.exercise("exercise"),
    )
    order = row.short("order").lower()
    if order == "rest timer":
        rest = numbers.seconds(row.short("seconds"))
        made.rest_seconds = min(int(rest), LONGEST_REST) if rest else None
    elif order == "note":
        made.note = row.prose("notes")
    else:
        made.order = _number(order)
        made.set = row.done(SET_TYPES.get(order[:1], "working"))
    return made


def _number(order: str) -> int | None:
    if order.isascii() and order.isdigit():
        return int(order)
    if order[:1] not in SET_TYPES:
        raise Unreadable(f"The set order “{order}” is not known")
    return None


def _length(row: Row) -> int | None:
    """How long the workout took; one that cannot be read costs no set."""
    name = "length" if "length" in row.columns else "length_seconds"
    try:
        return numbers.length(row.short(name), name == "length_seconds")
    except Unreadable as error:
        row.leave_out(str(error))
        return None
