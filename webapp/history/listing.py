"""The list of past workouts: a page at a time, each with its totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from webapp.db import Row, moment, row, rows
from webapp.db.remembering import remembered, remembered_past
from webapp.history import narrowing, sorting
from webapp.history.bests import Best, bests_among
from webapp.history.first_times import DONE
from webapp.history.lifted import lifted, totals
from webapp.history.measured import known_moment
from webapp.history.streaks import day_of

PAGE = 20
TRASH = 200

_FACTS = (
    "w.id, w.uuid, w.name, w.status, w.started_at, w.ended_at, w.local_date, w.notes, w.rating, "
    "w.location_name, w.deleted_at, w.created_at, w.routine_id, w.user_id"
)
_WITH_ROUTINE = (
    "SELECT page.*, r.uuid AS routine_uuid FROM page "
    # A workout may come from another person's public routine, which is not this one's plan.
    "LEFT JOIN routines r ON r.id = page.routine_id AND r.deleted_at IS NULL "
    "AND r.user_id = page.user_id "
)
_MINE = f"SELECT {_FACTS} FROM workouts w WHERE w.user_id = ? AND "  # noqa: S608
_NEWEST = "ORDER BY started_at DESC, id DESC"
_PAST = "w.deleted_at IS NULL AND w.status <> 'in_progress' "
_DONE = DONE.format(o="s")
# By the index of its own sets, however many workouts lie behind it.
_SO_FAR = (
    "SELECT s.workout_id, COUNT(*) AS total, COUNT(s.completed_at) AS done, "  # noqa: S608
    f"COUNT(CASE WHEN {_DONE} THEN 1 END) AS sets, SUM(CASE WHEN {_DONE} AND i.load <> 'assisted' "
    "THEN CAST(s.weight_grams AS BIGINT) * s.reps END) AS grams FROM workout_sets s "
    "JOIN workout_items i ON i.id = s.item_id AND i.status <> 'removed' "
    "WHERE s.user_id = ? AND s.workout_id = (SELECT id FROM page) GROUP BY s.workout_id"
)
_RUNNING = (
    f"WITH page AS ({_MINE} w.deleted_at IS NULL AND w.status = 'in_progress' "  # noqa: S608
    f"ORDER BY id DESC LIMIT 1), so_far AS ({_SO_FAR}) "
    "SELECT of.*, so_far.total, so_far.done, so_far.sets, so_far.grams "
    f"FROM ({_WITH_ROUTINE}) of LEFT JOIN so_far ON so_far.workout_id = of.id"
)
_RECENT = f"WITH page AS ({_MINE} {_PAST} {_NEWEST} LIMIT ?) {_WITH_ROUTINE} {_NEWEST}"
_TRASH = (
    f"WITH page AS ({_MINE} w.deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC LIMIT ?) "
    f"{_WITH_ROUTINE} ORDER BY deleted_at DESC, id DESC"
)


@dataclass(frozen=True, slots=True)
class Past:
    """A workout with its totals: `sets` done without the warm-ups, and the volume of those in
    grams; the one in progress has `total` sets on its sheet, `done` of them. Times are aware, ids
    the public texts."""

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
    sets: int
    grams: int
    total: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the history, with the personal bests of its workouts by their ids. `older` is the
    cursor of the next one, None at the end; `month` the one ("2026-11") that the page before ended
    with, None on the first page."""

    workouts: list[Past]
    bests: dict[int, list[Best]]
    older: str | None
    month: str | None = None


@remembered_past
async def page(user_id: int, asked: narrowing.Asked, limit: int = PAGE) -> Page:
    """The past workouts that are asked for, in the order asked for, from the cursor on (one that
    says nothing is the first page); four statements."""
    cursor = sorting.opened(asked.before, asked.sort)
    found = await rows(*_asking(user_id, asked, cursor), limit + 1)
    older = sorting.sealed(asked.sort, found[limit - 1]) if len(found) > limit else None
    sets = await _sets(user_id, found[:limit])
    bests = await bests_among(user_id, sets)
    return Page(_workouts(found[:limit], sets), bests, older, cursor.month if cursor else None)


def _asking(user_id: int, asked: narrowing.Asked, cursor: sorting.Cursor | None) -> list[Any]:
    """The statement and its arguments, all but the limit."""
    order = sorting.order(asked.sort)
    conditions, args = narrowing.where(user_id, asked)
    sql = (
        f"WITH {order.beside} page AS (SELECT {_FACTS}, {order.value} AS sort_value "  # noqa: S608
        f"FROM workouts w {order.join} WHERE w.user_id = ? AND {_PAST} {conditions}"
        f"{order.beyond if cursor else ''}"
        f"ORDER BY {order.value} {order.direction}, w.id {order.direction} LIMIT ?) "
        f"{_WITH_ROUTINE} ORDER BY page.sort_value {order.direction}, page.id {order.direction}"
    )
    place = [cursor.value, cursor.id] if cursor else []
    return [sql, *[user_id] * order.users, user_id, *args, *place]


@remembered
async def running(user_id: int) -> Past | None:
    """The workout in progress with how far it is, if there is one; one statement."""
    found = await row(_RUNNING, user_id, user_id)
    if found is None:
        return None
    workout = _workout(found, (found["sets"] or 0, int(found["grams"] or 0)))
    return replace(workout, total=found["total"] or 0, done=found["done"] or 0)


@remembered_past
async def recent(user_id: int, limit: int) -> Page:
    """The last few past workouts; four statements at most."""
    found = await rows(_RECENT, user_id, limit)
    sets = await _sets(user_id, found)
    return Page(_workouts(found, sets), await bests_among(user_id, sets), None)


async def trash(user_id: int) -> list[Past]:
    """The deleted workouts, the one deleted last first."""
    found = await rows(_TRASH, user_id, TRASH)
    return _workouts(found, await _sets(user_id, found))


async def _sets(user_id: int, workouts: Sequence[Row]) -> Sequence[Row]:
    return await lifted(user_id, [each["id"] for each in workouts])


def _workouts(found: Sequence[Row], sets: Sequence[Row]) -> list[Past]:
    came_to = totals(sets)
    return [_workout(each, came_to.get(each["id"], (0, 0))) for each in found]


def _workout(each: Row, came_to: tuple[int, int]) -> Past:
    routine = each["routine_uuid"]
    return Past(
        each["id"],
        str(each["uuid"]),
        each["name"],
        each["status"],
        known_moment(each["started_at"]),
        moment(each["ended_at"]),
        day_of(each["local_date"]),
        each["notes"],
        each["rating"],
        each["location_name"],
        moment(each["deleted_at"]),
        known_moment(each["created_at"]),
        str(routine) if routine else None,
        *came_to,
    )
