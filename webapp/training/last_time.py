"""What was done of an exercise last time: in the last workout that has ended and had it."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any, cast

from webapp.db import moment, rows
from webapp.db.marks import marks
from webapp.db.remembering import remembered_past
from webapp.training.lines import PastSet, Sheet, SheetItem

_COLUMNS = ", ".join(f"s.{each.name}" for each in fields(PastSet))
_ALL = "SELECT id FROM exercises WHERE user_id = ? OR user_id IS NULL"
# The unary + keeps SQLite from walking all sets of the exercise: the workout's index is narrower.
_LAST = (
    "WITH latest AS MATERIALIZED (SELECT e.id AS exercise_id, (SELECT p.workout_id "  # noqa: S608
    "FROM workout_sets p JOIN workouts v ON v.id = p.workout_id "
    "WHERE p.user_id = ? AND p.exercise_id = e.id AND p.completed_at IS NOT NULL AND v.id <> ? "
    "AND v.status <> 'in_progress' AND v.deleted_at IS NULL "
    "ORDER BY p.completed_at DESC LIMIT 1) AS workout_id FROM exercises e WHERE e.id IN (%s)) "
    f"SELECT {_COLUMNS} FROM latest "
    "JOIN workout_sets s ON s.user_id = ? AND s.workout_id = latest.workout_id "
    "AND +s.exercise_id = latest.exercise_id JOIN workout_items i ON i.id = s.item_id "
    "WHERE s.completed_at IS NOT NULL ORDER BY i.position, s.position, s.id"
)


async def remember(sheet: Sheet, items: list[SheetItem]) -> None:
    """Fill `last` of these items of the sheet, in one statement."""
    wanted = [item.exercise_id for item in items if item.exercise_id is not None]
    past = await last_time(sheet.user_id, sheet.id, wanted)
    for item in items:
        item.last = past.get(item.exercise_id or 0, [])


async def last_time(
    user_id: int, workout_id: int, exercise_ids: Iterable[int]
) -> dict[int, list[PastSet]]:
    """What was done of each exercise in the last ended workout (but this one) that had it."""
    wanted = tuple(sorted(set(exercise_ids)))
    return await _last_time(user_id, workout_id, wanted) if wanted else {}


@remembered_past
async def _last_time(
    user_id: int, workout_id: int, wanted: tuple[int, ...]
) -> dict[int, list[PastSet]]:
    return _past(await rows(_LAST % marks(wanted), user_id, workout_id, *wanted, user_id))


async def last_time_of_all(user_id: int) -> dict[int, list[PastSet]]:
    """The same of every exercise the user may choose, in one statement."""
    return _past(await rows(_LAST % _ALL, user_id, 0, user_id, user_id))


def _past(found: Iterable[Any]) -> dict[int, list[PastSet]]:
    past: dict[int, list[PastSet]] = {}
    for row in found:
        each = PastSet(*row)
        each.completed_at = cast(datetime, moment(each.completed_at))  # it is done
        past.setdefault(each.exercise_id, []).append(each)
    return past
