"""The orders a history can be read in, and the cursor that goes on behind a workout.

A cursor is the last workout's place in its order, in plain sight: it is looked for among the
person's own workouts, so another one only leads to another place of the same list.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from webapp.db import is_postgres, moment

MOST = 2**63 - 1
# The index workout_sets_volume answers the sum, workout_items_no_volume what does not count.
_LIFTED = (
    "lifted AS (SELECT s.workout_id, CAST(SUM(s.weight_grams * s.reps) AS BIGINT) AS grams "
    "FROM workout_sets s WHERE s.user_id = ? AND s.completed_at IS NOT NULL "
    "AND s.set_type <> 'warm_up' AND s.item_id NOT IN (SELECT i.id FROM workout_items i "
    "WHERE i.user_id = ? AND (i.load = 'assisted' OR i.status = 'removed')) "
    "GROUP BY s.workout_id), "
)
_SECONDS = {
    True: "CAST(EXTRACT(EPOCH FROM w.ended_at - w.started_at) AS BIGINT)",
    False: "CAST(ROUND((julianday(w.ended_at) - julianday(w.started_at)) * 86400) AS INTEGER)",
}


@dataclass(frozen=True, slots=True)
class Order:
    """An order of `workouts w`: by `value`, then id, rising or falling. `beside` is a CTE (with
    `users` marks for the person's id) that `join` brings in."""

    value: str
    is_rising: bool = False
    beside: str = ""
    join: str = ""
    users: int = 0

    @property
    def direction(self) -> str:
        return "ASC" if self.is_rising else "DESC"

    @property
    def beyond(self) -> str:
        """The condition for what comes after a cursor, whose place its two marks are."""
        return f"AND ({self.value}, w.id) {'>' if self.is_rising else '<'} (?, ?) "


def order(sort: str) -> Order:
    """The order of this name: newest, oldest, longest or volume (the most first)."""
    if sort == "longest":
        return Order(f"COALESCE({_SECONDS[is_postgres()]}, 0)")
    if sort == "volume":
        join = "LEFT JOIN lifted ON lifted.workout_id = w.id"
        return Order("COALESCE(lifted.grams, 0)", beside=_LIFTED, join=join, users=2)
    return Order("w.started_at", is_rising=sort == "oldest")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place behind a workout: its value in the order, its id, and the month ("2026-11") it
    counts for, whose heading stands already."""

    value: datetime | int
    id: int
    month: str


def sealed(sort: str, last: Any) -> str:
    """The cursor behind a row of the list, which has `sort_value`, `id` and `local_date`."""
    value = last["sort_value"]
    place = value if isinstance(value, int) else str(moment(value))
    return _coded([sort, place, last["id"], month_of(last["local_date"])])


def _coded(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def opened(cursor: str, sort: str) -> Cursor | None:
    """What a cursor of this order says; None for one that says nothing, or of another order."""
    try:
        said = orjson.loads(base64.urlsafe_b64decode(cursor + "==="))
        its_sort, value, id, month = said
        is_right = its_sort == sort and type(id) is int and abs(id) <= MOST
        place = _place(value, sort)
    except (ValueError, TypeError, OverflowError):
        return None
    return Cursor(place, id, str(month)) if is_right and place is not None else None


def _place(value: Any, sort: str) -> datetime | int | None:
    if sort in ("longest", "volume"):
        return value if type(value) is int and abs(value) <= MOST else None
    when = datetime.fromisoformat(value)
    return when.astimezone(UTC) if when.tzinfo else None


def month_of(day: date | str) -> str:
    """ "2026-11"."""
    return str(day)[:7]
