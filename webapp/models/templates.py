"""Routines as templates of workouts: by their integer ids, each with its place."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from webapp.db import Row, row, rows
from webapp.models.plans import next_position
from webapp.models.routines import Routine, RoutineItem, usual_plan

_TEMPLATE = (
    "SELECT r.id, r.uuid, r.name, r.description, r.location_id, l.name AS location_name, "
    "r.created_at, r.updated_at, (SELECT COUNT(*) FROM routine_items i WHERE i.routine_id = r.id "
    "AND i.deleted_at IS NULL AND i.kind <> 'rest') AS exercise_count FROM routines r "
    "LEFT JOIN locations l ON l.id = r.location_id AND l.user_id = r.user_id "
    "WHERE r.user_id = ? AND r.deleted_at IS NULL "
)
_AT_PLACE = "AND r.location_id = ? "
_ORDER = "ORDER BY r.position, r.id"
_ITEMS = (
    "SELECT i.id, i.uuid, i.kind, i.position, i.exercise_id, "
    "COALESCE(e.name, i.exercise_name) AS name, "
    "COALESCE(e.implement, 'Bodyweight') AS implement, COALESCE(e.measure, 'duration') AS measure "
    "FROM routine_items i LEFT JOIN exercises e ON e.id = i.exercise_id "
    "WHERE i.user_id = ? AND i.routine_id = ? AND i.deleted_at IS NULL "
    "ORDER BY i.position, i.id"
)
_PLACE = "UPDATE routine_items SET position = ?, updated_at = ? WHERE user_id = ? AND id = ?"
_REMOVE = (
    "UPDATE routine_items SET deleted_at = ?, updated_at = ? "
    "WHERE user_id = ? AND routine_id = ? AND id = ?"
)


async def listed(user_id: int, location_id: int | None = None) -> Sequence[Row]:
    """The person's templates in their order (only those of a location): id, uuid, name,
    description, location_id, location_name, exercise_count (without rests), the two times."""
    if location_id is None:
        return await rows(_TEMPLATE + _ORDER, user_id)
    return await rows(_TEMPLATE + _AT_PLACE + _ORDER, user_id, location_id)


async def one(user_id: int, id: int) -> Row | None:
    """One template as in `listed`."""
    return await row(_TEMPLATE + "AND r.id = ?", user_id, id)


async def items(user_id: int, routine_id: int) -> Sequence[Row]:
    """Its items in order: id, kind, position, exercise_id, and the exercise's name, implement and
    measure as they are now."""
    return await rows(_ITEMS, user_id, routine_id)


async def make(user_id: int, **said: Any) -> int:
    """Make a template at the end of the list; its id."""
    made = await Routine.made(user_id, await next_position(user_id), None, **said)
    id: int = made.id
    return id


async def place(user_id: int, routine_id: int, order: Sequence[Row | int], known: Any) -> None:
    """Give the template these items, in this order; `order` has the rows of those that stay and
    the ids of exercises to add, which `known` has the rows of. What is left out is removed."""
    now, kept = datetime.now(UTC), {each["id"] for each in order if not isinstance(each, int)}
    for each in await items(user_id, routine_id):
        if each["id"] not in kept:
            await rows(_REMOVE, now, now, user_id, routine_id, each["id"])
    for position, each in enumerate(order):
        if isinstance(each, int):
            plan = usual_plan(known[each])
            await RoutineItem.made(user_id, routine_id, position, None, **plan)
        elif each["position"] != position:
            await rows(_PLACE, position, now, user_id, each["id"])
    await Routine.filter(user_id=user_id, id=routine_id).update(updated_at=now)
