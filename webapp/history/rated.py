"""The list of completed workouts by their end or their rating, a page at a time."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import orjson

from webapp.db import moment, rows
from webapp.db.marks import marks
from webapp.history.narrowing import fold_name, folded_pattern

RECENT = 3

# An import may not know when a workout ended.
_AT = "COALESCE(w.ended_at, w.started_at)"
_RATING = "COALESCE(w.rating, 0)"  # what was not rated stands below the worst
_COMPLETED = (
    "SELECT w.id, w.name, w.routine_name, w.started_at, w.ended_at, w.rating, "  # noqa: S608
    f"w.location_name, {_AT} AS at FROM workouts w WHERE w.user_id = ? "
    "AND w.deleted_at IS NULL AND w.status <> 'in_progress' "
)
_ORDER = {"date": (_AT, "w.id"), "rating": (_RATING, _AT, "w.id")}

Sort = Literal["date", "rating"]
Direction = Literal["asc", "desc"]


@dataclass(frozen=True, slots=True)
class Rated:
    """A completed workout; its names are snapshots."""

    id: int
    name: str
    routine_name: str | None
    started_at: datetime
    ended_at: datetime | None
    rating: int | None
    location_name: str | None


@dataclass(frozen=True, slots=True)
class RatedPage:
    """A page of them; `next` is the cursor of the next one, None at the end."""

    workouts: list[Rated]
    next: str | None


async def recent(user_id: int) -> list[Rated]:
    """The three workouts that were completed last."""
    return (await page(user_id, page_size=RECENT)).workouts


async def page(
    user_id: int,
    *,
    sort_by: Sort = "date",
    sort_direction: Direction = "desc",
    location_id: int | None = None,
    min_rating: int | None = None,
    search: str = "",
    cursor: str = "",
    page_size: int = 20,
) -> RatedPage:
    """Completed workouts from the cursor on (a bad one is the first page); one statement.

    `search` looks into the notes, without case. Unrated ones sort below those rated 1.
    """
    sql, args = _COMPLETED, [user_id]
    for condition, value in _wanted(location_id, min_rating, search):
        sql, args = f"{sql}AND {condition} ", [*args, value]
    if place := _opened(cursor, sort_by):
        sign = "<" if sort_direction == "desc" else ">"
        sql += f"AND ({', '.join(_ORDER[sort_by])}) {sign} ({marks(place)}) "
    order = ", ".join(f"{column} {sort_direction}" for column in _ORDER[sort_by])
    found = await rows(f"{sql}ORDER BY {order} LIMIT ?", *args, *place, page_size + 1)
    more = _cursor(found[page_size - 1], sort_by) if len(found) > page_size else None
    return RatedPage([_rated(each) for each in found[:page_size]], more)


def _wanted(
    location_id: int | None, min_rating: int | None, search: str
) -> Sequence[tuple[str, Any]]:
    asked = (
        ("w.location_id = ?", location_id),
        ("w.rating >= ?", min_rating),
        (f"{fold_name()}(w.notes) LIKE ? ESCAPE '!'", folded_pattern(search) if search else None),
    )
    return [(condition, value) for condition, value in asked if value is not None]


def _rated(each: Any) -> Rated:
    started = moment(each["started_at"])
    assert started is not None  # noqa: S101 - the column is NOT NULL
    same = ("id", "name", "routine_name", "rating", "location_name")
    facts = {name: each[name] for name in same}
    return Rated(started_at=started, ended_at=moment(each["ended_at"]), **facts)


def _cursor(last: Any, sort_by: Sort) -> str:
    at = moment(last["at"])
    place = {"e": at.isoformat().replace("+00:00", "Z") if at else None, "i": last["id"]}
    if sort_by == "rating":
        place["r"] = last["rating"] or 0
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode()


def _opened(cursor: str, sort_by: Sort) -> tuple[Any, ...]:
    """The values of the sort columns that a page goes on from; () for a bad cursor."""
    try:
        place = orjson.loads(base64.urlsafe_b64decode(cursor + "==="))
        at, id = datetime.fromisoformat(place["e"]), place["i"]
        rating = place["r"] if sort_by == "rating" else 0
        is_sane = type(id) is type(rating) is int and abs(id) < 2**63 and abs(rating) < 2**15
        if at.tzinfo is None or not is_sane:
            return ()
        end = at.astimezone(UTC)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return ()
    return (rating, end, id) if sort_by == "rating" else (end, id)
