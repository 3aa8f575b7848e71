"""Rows that are another person's: for contracts that tell so (403) instead of 404."""

from webapp.db import row
from webapp.problems import Problem, forbidden, not_found

_ANOTHERS = {
    "workouts": "SELECT id FROM workouts WHERE user_id <> ? AND id = ? AND deleted_at IS NULL",
    "routines": "SELECT id FROM routines WHERE user_id <> ? AND id = ? AND deleted_at IS NULL",
    "exercises": "SELECT id FROM exercises WHERE user_id <> ? AND id = ?",
}


async def absent(table: str, user_id: int, id: int, noun: str) -> Problem:
    """Why the person has no such row: 403 when it is another's, 404 when there is none."""
    if await row(_ANOTHERS[table], user_id, id) is not None:
        return forbidden(f"This {noun.lower()} is not yours")
    return not_found(noun)
