"""The list of past workouts: a page at a time, each with its totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.db import moment, rows
from webapp.history import narrowing, sorting
from webapp.history.streaks import day_of

PAGE = 20
TRASH = 200

_FACTS = (
    "w.id, w.uuid, w.name, w.status, w.started_at, w.ended_at, w.local_date, w.notes, w.rating, "
    "w.location_name, w.deleted_at, w.created_at, w.routine_id"
)
_DONE = "SUM(CASE WHEN s.completed_at IS NOT NULL THEN 1 ELSE 0 END)"
_WORKED = "s.completed_at IS NOT NULL AND s.set_type <> 'warm_up'"
# Volume is what was lifted: no warm-ups, and no assistance, which is the opposite of a load.
_WITH_TOTALS = (
    "SELECT page.*, r.uuid AS routine_uuid, t.total, t.done, t.sets, t.grams "  # noqa: S608
    "FROM page "
    # A workout may come from another person's public routine, which is not this one's plan.
    "LEFT JOIN routines r ON r.id = page.routine_id AND r.deleted_at IS NULL "
    "AND r.user_id = (SELECT v.user_id FROM workouts v WHERE v.id = page.id) "
    f"LEFT JOIN (SELECT s.workout_id, COUNT(*) AS total, {_DONE} AS done, "
    f"SUM(CASE WHEN {_WORKED} THEN 1 ELSE 0 END) AS sets, "
    f"SUM(CASE WHEN {_WORKED} AND i.load <> 'assisted' "
    "THEN COALESCE(s.weight_grams * s.reps, 0) ELSE 0 END) AS grams "
    "FROM workout_items i JOIN workout_sets s ON s.item_id = i.id "
    "WHERE i.workout_id IN (SELECT id FROM page) AND i.status <> 'removed' "
    "GROUP BY s.workout_id) t ON t.workout_id = page.id "
)
_MINE = f"SELECT {_FACTS} FROM workouts w WHERE w.user_id = ? AND "  # noqa: S608
_NEWEST = "ORDER BY started_at DESC, id DESC"
_PAST = "w.deleted_at IS NULL AND w.status <> 'in_progress' "
_TODAY = (
    f"WITH page AS (SELECT * FROM ({_MINE} w.deleted_at IS NULL "  # noqa: S608
    "AND w.status = 'in_progress' ORDER BY id DESC LIMIT 1) running "
    f"UNION ALL SELECT * FROM ({_MINE} {_PAST} {_NEWEST} LIMIT ?) past) {_WITH_TOTALS} {_NEWEST}"
)
_TRASH = (
    f"WITH page AS ({_MINE} w.deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC LIMIT ?) "
    f"{_WITH_TOTALS} ORDER BY deleted_at DESC, id DESC"
)


@dataclass(frozen=True, slots=True)
class Past:
    """A workout with its totals: `total` sets on its sheet, `done` of them, `sets` done without
    the warm-ups, and the volume of those in grams. Times are aware, ids of the public texts."""

    id: int
    uuid: str
    name: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    local_date: date
    notes: str | None
    rating: int | None
    location_name: str | None
    deleted_at: datetime | None
    created_at: datetime
    routine_uuid: str | None
    total: int
    done: int
    sets: int
    grams: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the history. `older` is the cursor of the next one, None at the end; `month` the
    one ("2026-11") that the page before ended with, None on the first page."""

    workouts: list[Past]
    older: str | None
    month: str | None = None


async def page(user_id: int, asked: narrowing.Asked, limit: int = PAGE) -> Page:
    """The past workouts that are asked for, in the order asked for, from the cursor on (one that
    says nothing is the first page); one statement."""
    cursor = sorting.opened(asked.before, asked.sort)
    found = await rows(*_asking(user_id, asked, cursor), limit + 1)
    older = sorting.sealed(asked.sort, found[limit - 1]) if len(found) > limit else None
    return Page(_workouts(found[:limit]), older, cursor.month if cursor else None)


def _asking(user_id: int, asked: narrowing.Asked, cursor: sorting.Cursor | None) -> list[Any]:
    """The statement and its arguments, all but the limit."""
    order = sorting.order(asked.sort)
    conditions, args = narrowing.where(user_id, asked)
    sql = (
        f"WITH {order.beside} page AS (SELECT {_FACTS}, {order.value} AS sort_value "  # noqa: S608
        f"FROM workouts w {order.join} WHERE w.user_id = ? AND {_PAST} {conditions}"
        f"{order.beyond if cursor else ''}"
        f"ORDER BY {order.value} {order.direction}, w.id {order.direction} LIMIT ?) "
        f"{_WITH_TOTALS} ORDER BY page.sort_value {order.direction}, page.id {order.direction}"
    )
    place = [cursor.value, cursor.id] if cursor else []
    return [sql, *[user_id] * order.users, user_id, *args, *place]


async def running_and_recent(user_id: int, limit: int) -> tuple[Past | None, list[Past]]:
    """The workout in progress, if any, and the last few past ones; one statement."""
    found = _workouts(await rows(_TODAY, user_id, user_id, limit))
    running = next((each for each in found if each.status == "in_progress"), None)
    return running, [each for each in found if each.status != "in_progress"]


async def trash(user_id: int) -> list[Past]:
    """The deleted workouts, the one deleted last first."""
    return _workouts(await rows(_TRASH, user_id, TRASH))


def _workouts(found: Sequence[Any]) -> list[Past]:
    return [_workout(each) for each in found]


def _workout(each: Any) -> Past:
    routine = each["routine_uuid"]
    same = ("id", "name", "status", "notes", "rating", "location_name")
    times = ("started_at", "ended_at", "deleted_at", "created_at")
    facts: dict[str, Any] = {name: each[name] for name in same}
    facts |= {name: moment(each[name]) for name in times}
    facts |= {name: int(each[name] or 0) for name in ("total", "done", "sets", "grams")}
    facts["local_date"] = day_of(each["local_date"])
    return Past(uuid=str(each["uuid"]), routine_uuid=str(routine) if routine else None, **facts)
