"""Rows of a workout on their way into the database: many in one statement."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson
from tortoise.exceptions import IntegrityError

from webapp.db import Row, is_postgres, row, rows
from webapp.db.marks import CHUNK, row_marks
from webapp.problems import conflict
from webapp.training.lines import SheetSet
from webapp.training.planning import Draft

_SAID = (
    *("set_type", "reps", "forced_reps", "weight", "weight_unit", "weight_grams"),
    *("duration_seconds", "distance", "distance_unit", "distance_mm", "bodyweight"),
    *("bodyweight_unit", "band", "rpe", "interval_seconds", "notes", "completed_at"),
)
as_said = attrgetter(*_SAID)  # what a set says of what was done
_TOUCH = (
    "UPDATE workouts SET version = version + 1, updated_at = ? WHERE user_id = ? AND id = ? "
    "RETURNING version"
)
_HOLD = "SELECT id FROM workouts WHERE user_id = ? AND id = ? FOR NO KEY UPDATE"


async def hold(user_id: int, workout_id: int) -> None:
    """Let others who change this workout wait, so that what is read next is what there is."""
    if is_postgres():
        await row(_HOLD, user_id, workout_id)


async def store(user_id: int, workout_id: int, drafts: Sequence[Draft], position: int = 1) -> None:
    """Store the drafts as items of the workout, with their sets; pending, and from this position
    on, unless they say otherwise."""
    owner = {"user_id": user_id, "workout_id": workout_id}
    placed = [
        {"position": n, "status": "pending", **draft.item, **owner, "plan": _json(draft.item)}
        for n, draft in enumerate(drafts, position)
    ]
    ids = {str(made["uuid"]): made["id"] for made in await insert("workout_items", placed)}
    sets = [
        {"position": n, **each, "item_id": ids[str(draft.item["uuid"])]}
        for draft in drafts
        for n, each in enumerate(draft.sets, 1)
    ]
    await store_sets(user_id, workout_id, sets)


def _json(item: dict[str, Any]) -> str:
    return orjson.dumps(item["plan"]).decode()


async def store_sets(user_id: int, workout_id: int, sets: Sequence[dict[str, Any]]) -> None:
    """Store sets, each with its `item_id` and `position`."""
    owner = {"user_id": user_id, "workout_id": workout_id}
    await insert("workout_sets", [{**each, **owner} for each in sets])


async def insert(table: str, made: Sequence[dict[str, Any]]) -> list[Row]:
    """Insert rows of one shape (the names are ours); returns id and uuid of each. Problem 409."""
    now = datetime.now(UTC)
    found: list[Row] = []
    for start in range(0, len(made), CHUNK):
        chunk = [
            {"version": 1, "created_at": now, "updated_at": now} | each
            for each in made[start : start + CHUNK]
        ]
        names = ", ".join(chunk[0])
        sql = f"INSERT INTO {table} ({names}) VALUES {row_marks(chunk)} RETURNING id, uuid"  # noqa: S608
        values = [_plain(value) for each in chunk for value in each.values()]
        try:
            found += await rows(sql, *values)
        except IntegrityError as error:  # a client has counted on from another UUID of its own
            raise conflict("A UUID of this names something else already") from error
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


async def touch(user_id: int, workout_id: int) -> int:
    """Count a change of the workout, so that nobody shows an older state over it; the version."""
    changed = await rows(_TOUCH, datetime.now(UTC), user_id, workout_id)
    version: int = changed[0]["version"] if changed else 0
    return version


async def store_set(each: SheetSet, user_id: int, was: tuple[Any, ...]) -> None:
    """Write what a set on the sheet says otherwise than it `was` (`as_said` of it then)."""
    each.version += 1
    new = {
        name: now for name, old, now in zip(_SAID, was, as_said(each), strict=True) if now != old
    }
    await rows(_storing(tuple(new)), *new.values(), datetime.now(UTC), user_id, each.id)


@lru_cache(maxsize=256)
def _storing(names: tuple[str, ...]) -> str:
    # Each column that is named makes its indexes be written again.
    columns = "".join(f"{name} = ?, " for name in names)
    return (
        f"UPDATE workout_sets SET {columns}version = version + 1, updated_at = ? "  # noqa: S608
        "WHERE user_id = ? AND id = ?"
    )
