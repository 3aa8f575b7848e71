"""FitNotes' export: a line a set, by the day; a workout is what was done on one."""

from webapp.importing.entries import Entry
from webapp.importing.table import Row

COLUMNS = {
    "date": "date",
    "exercise": "exercise",
    "category": "category",
    "weight": "weight",
    "weight unit": "weight_unit",
    "weight (kgs)": "weight_kg",
    "weight (kg)": "weight_kg",
    "weight (lbs)": "weight_lb",
    "weight (lb)": "weight_lb",
    "reps": "reps",
    "distance": "distance",
    "distance unit": "distance_unit",
    "time": "seconds",
    "comment": "notes",
    "notes": "notes",
    "kind": "kind",
}
NEEDED = ("date", "exercise", "category")
DATES = ("date",)
SET_TYPES = {
    "warmup": "warm_up",
    "drop": "drop",
    "dropset": "drop",
    "failure": "failure",
    "tofailure": "failure",
}


def entry(row: Row) -> Entry:
    """What a line says. Raises Unreadable."""
    started, has_time = row.moment("date")
    kind = "".join(letter for letter in row.short("kind").lower() if letter.isalpha())
    return Entry(
        line=row.line,
        key=(row.short("date"),),
        workout="",
        started=started,
        has_time=has_time,
        exercise=row.exercise("exercise"),
        category=row.text("category", 200),
        set=row.done(SET_TYPES.get(kind, "working")),
    )
