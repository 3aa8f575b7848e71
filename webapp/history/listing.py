"""The list of past workouts: a page at a time, newest first, each with its totals."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.db import is_postgres, moment, rows

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
_FOUND = "({fold}(w.name) LIKE ? ESCAPE '!' OR {fold}(w.notes) LIKE ? ESCAPE '!') AND "
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
    """A page of the history; `older` is the cursor of the next one, None at the end."""

    workouts: list[Past]
    older: str | None


async def page(user_id: int, before: str | None = None, q: str = "", limit: int = PAGE) -> Page:
    """Past workouts, newest first, from the cursor on (a bad one is the first page), those whose
    name or notes have `q` in them; one statement."""
    cursor = _opened(before)
    where = (_FOUND.format(fold=fold_name()) if q else "") + _PAST
    where += "AND (w.started_at, w.id) < (?, ?) " if cursor else ""
    sql = f"WITH page AS ({_MINE} {where} {_NEWEST} LIMIT ?) {_WITH_TOTALS} {_NEWEST}"
    pattern = [folded_pattern(q)] * 2 if q else []
    found = _workouts(await rows(sql, user_id, *pattern, *(cursor or ()), limit + 1))
    is_more = len(found) > limit
    return Page(found[:limit], _cursor(found[limit - 1]) if is_more else None)


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
    day, routine = each["local_date"], each["routine_uuid"]
    same = ("id", "name", "status", "notes", "rating", "location_name")
    times = ("started_at", "ended_at", "deleted_at", "created_at")
    facts: dict[str, Any] = {name: each[name] for name in same}
    facts |= {name: moment(each[name]) for name in times}
    facts |= {name: int(each[name] or 0) for name in ("total", "done", "sets", "grams")}
    facts["local_date"] = date.fromisoformat(day) if isinstance(day, str) else day
    return Past(uuid=str(each["uuid"]), routine_uuid=str(routine) if routine else None, **facts)


def fold_name() -> str:
    """The database's function that folds a text's case."""
    return "lower" if is_postgres() else "casefold"


def folded_pattern(q: str) -> str:
    """What LIKE ... ESCAPE '!' looks for in a folded text to find these words in it."""
    folded = q.lower() if is_postgres() else q.casefold()
    for special in "!%_":
        folded = folded.replace(special, f"!{special}")
    return f"%{folded}%"


def _cursor(last: Past) -> str:
    plain = f"{last.started_at.isoformat()}|{last.id}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _opened(cursor: str | None) -> tuple[datetime, int] | None:
    try:
        plain = base64.urlsafe_b64decode((cursor or "") + "===").decode()
        when, _, number = plain.partition("|")
        start = datetime.fromisoformat(when)
        return (start, int(number)) if start.tzinfo and int(number) < 2**63 else None
    except ValueError:
        return None
