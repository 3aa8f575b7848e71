"""Lists by page number with a total, as the document `routines` asks for them."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from webapp.db import Row, moment, row, rows
from webapp.db.marks import marks
from webapp.training.slots import NUMBERS, Placed

Status = Literal["in_progress", "completed"]

_SESSIONS = "FROM workouts w WHERE w.user_id = ? AND w.deleted_at IS NULL "
_STATUS = {
    None: "",
    "in_progress": "AND w.status = 'in_progress' ",
    "completed": "AND w.status <> 'in_progress' ",
}
_COMPLETED = (
    "SELECT id FROM workouts WHERE user_id = ? AND id IN (%s) AND status <> 'in_progress' "
    "ORDER BY id"
)
_SESSION = (
    "SELECT w.id, w.name, w.routine_id, w.routine_name, w.status, w.started_at, w.ended_at, "
    "w.updated_at "
)
_PLACED = (
    "s.id, s.workout_id, i.kind, i.position AS place, s.exercise_id, i.exercise_name, "
    "s.position, " + ", ".join(f"s.{name}" for name in NUMBERS)
)
_DONE = (
    "FROM workout_sets s JOIN workouts w ON w.id = s.workout_id "
    "JOIN workout_items i ON i.id = s.item_id "
    "WHERE s.user_id = ? AND s.exercise_id = ? AND s.completed_at IS NOT NULL "
    "AND i.kind = 'exercise' AND i.status <> 'removed' AND w.deleted_at IS NULL "
)
_BEST = (
    f"SELECT * FROM (SELECT {_PLACED}, ROW_NUMBER() OVER (PARTITION BY s.reps "  # noqa: S608
    f"ORDER BY s.weight_grams DESC, s.completed_at, s.id) AS rank_of {_DONE} "
    "AND w.status <> 'in_progress' AND s.reps > 0 AND s.weight_grams > 0) ranked "
    "WHERE rank_of = 1 ORDER BY reps DESC"
)


async def sessions(
    user_id: int, status: Status | None, limit: int, offset: int
) -> tuple[Sequence[Row], int]:
    """A page of the person's sessions, the one that began last first, and how many there are.

    Rows: id, name, routine_id, routine_name, status, started_at, ended_at, updated_at.
    """
    where = _SESSIONS + _STATUS[status]
    sql = f"{_SESSION}{where}ORDER BY w.started_at DESC, w.id DESC LIMIT ? OFFSET ?"
    return await rows(sql, user_id, limit, offset), await _total(where, user_id)


async def sets_of(
    user_id: int, exercise_id: int, limit: int, offset: int
) -> tuple[list[Placed], int]:
    """A page of the person's done sets of an exercise, the last first, and how many there are."""
    sql = f"SELECT {_PLACED} {_DONE} ORDER BY s.completed_at DESC, s.id DESC LIMIT ? OFFSET ?"
    found = await rows(sql, user_id, exercise_id, limit, offset)
    return [_placed(each) for each in found], await _total(_DONE, user_id, exercise_id)


async def heaviest_by_reps(user_id: int, exercise_id: int) -> list[Placed]:
    """Of each number of reps the heaviest set of completed sessions (the first of equals), the
    most reps first."""
    return [_placed(each) for each in await rows(_BEST, user_id, exercise_id)]


async def completed(user_id: int, workout_ids: Iterable[int]) -> list[int]:
    """Which of these workouts are completed."""
    wanted = sorted(workout_ids)
    found = await rows(_COMPLETED % marks(wanted), user_id, *wanted) if wanted else []
    return [each["id"] for each in found]


async def _total(where: str, *args: Any) -> int:
    counted = await row(f"SELECT COUNT(*) AS total {where}", *args)
    total: int = counted["total"] if counted else 0
    return total


def _placed(found: Row) -> Placed:
    placed = Placed(*tuple(found)[: 7 + len(NUMBERS)])
    placed.completed_at = moment(placed.completed_at)
    return placed
