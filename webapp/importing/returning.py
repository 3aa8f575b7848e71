"""Taking back what an account brought beside its workouts, as far as nothing else uses it."""

from collections.abc import Sequence
from typing import Any

import orjson

from webapp.db import rows
from webapp.db.marks import marks
from webapp.models import User

AT_ONCE = 500  # ids of one statement

IS_LEFT = """CAST(outcome AS TEXT) LIKE '%"made"%'"""  # a condition on import_parts
_LEFT = (
    "SELECT id, outcome FROM import_parts WHERE user_id = ? AND batch_id = ? "  # noqa: S608 - ours
    f"AND {IS_LEFT}"
)
_DONE = "UPDATE import_parts SET outcome = '{}' WHERE user_id = ? AND id = ?"
_UNUSED = {  # in this order, as the later ones are used by those before
    "exercise_merges": (),
    "exercise_settings": (),
    "exercise_aliases": (),
    "body_weights": (),
    "routines": (("workouts", "routine_id"),),
    "exercises": (
        ("workout_items", "exercise_id"),
        ("workout_sets", "exercise_id"),
        ("routine_items", "exercise_id"),
    ),
    "locations": (
        ("workouts", "location_id"),
        ("routines", "location_id"),
        ("exercises", "location_id"),
    ),
}


async def take_back(user_id: int, batch_id: int) -> None:
    """Delete what an undone import made, when its workouts are gone; again is harmless."""
    for part in await rows(_LEFT, user_id, batch_id):
        outcome = part["outcome"]
        outcome = orjson.loads(outcome) if isinstance(outcome, str) else outcome
        for table in _UNUSED:
            await delete_unused(user_id, table, outcome["made"].get(table, []))
        await _settings(user_id, outcome["before"], outcome["after"])
        await rows(_DONE, user_id, part["id"])


async def delete_unused(user_id: int, table: str, ids: Sequence[int]) -> None:
    """Delete these rows of a person but those that something uses."""
    used = "".join(
        f" AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.user_id = {table}.user_id "  # noqa: S608
        f"AND o.{column} = {table}.id)"
        for other, column in _UNUSED[table]
    )
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        sql = f"DELETE FROM {table} WHERE user_id = ? AND id IN ({marks(some)}){used}"  # noqa: S608
        await rows(sql, user_id, *some)


async def _settings(user_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Give the account its settings back, but those that were changed since."""
    person = await User.get(id=user_id)
    same = {name: was for name, was in before.items() if getattr(person, name) == after[name]}
    if same:
        await User.filter(id=user_id).update(**same)
