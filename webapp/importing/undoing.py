"""Taking a whole import back: at once out of sight, then cleared away a few workouts at a time."""

from datetime import UTC, datetime
from typing import Any

import orjson

from webapp.auth import Caller
from webapp.db import Row, row, rows
from webapp.db.turns import alone
from webapp.importing import returning
from webapp.importing.batches import Batch
from webapp.problems import conflict

AT_ONCE = 20  # workouts erased in one transaction

_UNDO = (
    "UPDATE imports SET status = 'undone', undone_at = ?, updated_at = ? WHERE user_id = ? "
    "AND id = ? AND status IN ('running', 'failed', 'done') RETURNING id"
)
# With the moment of the undoing, by which the erasing knows them from what was trashed by hand.
_HIDE = (
    "UPDATE workouts SET deleted_at = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND batch_id = ?"
)
_ERASE = (
    "DELETE FROM workouts WHERE id IN (SELECT id FROM workouts WHERE user_id = ? "
    "AND batch_id = ? AND deleted_at = ? LIMIT ?) RETURNING id"
)
_UNFINISHED = (
    "SELECT b.id FROM imports b WHERE b.status = 'undone' AND (EXISTS (SELECT 1 FROM workouts w "  # noqa: S608
    "WHERE w.user_id = b.user_id AND w.batch_id = b.id AND w.deleted_at = b.undone_at) "
    f"OR EXISTS (SELECT 1 FROM import_parts p WHERE p.batch_id = b.id AND {returning.IS_LEFT}))"
)
_CHANGED = (
    "SELECT COUNT(*) AS amount FROM workouts WHERE user_id = ? AND batch_id = ? "
    "AND deleted_at IS NULL AND version > 1"
)


async def undo(caller: Caller, batch: Batch) -> None:
    """Take back all workouts of an import, also what was changed in them since. Raises Problem
    409 when it is too late, or there is nothing to undo."""
    now = datetime.now(UTC)
    if not batch.can_undo(now):
        raise conflict("This import cannot be undone any more", "Import")
    await alone(caller.user_id)
    if await row(_UNDO, now, now, caller.user_id, batch.id) is None:
        raise conflict("This import is undone already", "Import")
    await rows(_HIDE, now, now, caller.user_id, batch.id)


async def changed(batch: Batch) -> int:
    """How many workouts of an import the person has changed since."""
    found = await row(_CHANGED, batch.user_id, batch.id)
    amount: int = found["amount"] if found else 0
    return amount


async def erase(batch: Row) -> bool:
    """Delete some workouts of an undone import for ever, at the end its exercises that nothing
    else uses; False when nothing is left."""
    user_id, undone_at = batch["user_id"], batch["undone_at"]
    if await rows(_ERASE, user_id, batch["id"], undone_at, AT_ONCE):
        return True
    report: dict[str, Any] = orjson.loads(batch["report"])
    await returning.delete_unused(user_id, "exercises", report.get("made", []))
    await returning.take_back(user_id, batch["id"])
    return False


async def unfinished() -> list[int]:
    """The undone imports of which something is still to be cleared away."""
    return [each["id"] for each in await rows(_UNFINISHED)]
