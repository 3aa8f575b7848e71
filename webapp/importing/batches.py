"""Imports as rows: made of a reading, found again, listed, thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from webapp.db import Row, moment, row, rows
from webapp.ids import uuid7
from webapp.importing.plain import LineProblem, rows_of, unpacked
from webapp.problems import conflict, not_found

KEPT_FOR = timedelta(days=30)
AGAIN_WITHIN = timedelta(minutes=10)
STATUSES = ("preview", "running", "done", "failed", "undone")

_MAKE = (
    "INSERT INTO imports (uuid, user_id, format, file_name, status, report, created_at, "
    "updated_at) VALUES (?, ?, ?, ?, 'preview', ?, ?, ?) RETURNING id"
)
_ADD = (
    "INSERT INTO import_parts (user_id, batch_id, number, data, outcome) VALUES (?, ?, ?, ?, '{}')"
)
_FOUND = (
    "SELECT b.id, b.uuid, b.user_id, b.format, b.file_name, b.status, b.report, b.created_at, "
    "b.updated_at, b.undone_at, (SELECT COUNT(*) FROM import_parts p WHERE p.batch_id = b.id) "
    "AS parts, (SELECT COUNT(p.done_at) FROM import_parts p WHERE p.batch_id = b.id) AS parts_done "
    "FROM imports b WHERE b.user_id = ? "
)
_ONE = _FOUND + "AND b.uuid = ?"
_NEWEST = _FOUND + "ORDER BY b.id DESC LIMIT ?"
_PART = "SELECT data FROM import_parts WHERE user_id = ? AND batch_id = ? AND number = ?"
_LAST = "SELECT MAX(number) AS last FROM import_parts WHERE user_id = ? AND batch_id = ?"
_DISCARD = (
    "DELETE FROM imports WHERE user_id = ? AND uuid = ? AND status IN ('preview', 'undone') "
    "AND NOT EXISTS (SELECT 1 FROM workouts w WHERE w.user_id = imports.user_id "
    "AND w.batch_id = imports.id) RETURNING id"
)
_REPORT = "UPDATE imports SET report = ?, updated_at = ? WHERE user_id = ? AND id = ?"
_DECIDE = f"{_REPORT} AND status IN ('preview', 'failed', 'undone') RETURNING id"
# A whole file at a time, so that nobody imports what is left of it.
_FORGET_FILE = (
    "DELETE FROM import_parts WHERE batch_id IN (SELECT i.id FROM imports i WHERE "
    "i.updated_at < ? AND i.status <> 'running' AND EXISTS (SELECT 1 FROM import_parts p "
    "WHERE p.batch_id = i.id) ORDER BY i.id LIMIT 1) RETURNING id"
)
_FORGET_PREVIEW = (
    "DELETE FROM imports WHERE id IN (SELECT id FROM imports WHERE status = 'preview' "
    "AND updated_at < ? ORDER BY id LIMIT 1) RETURNING id"
)


@dataclass(slots=True)
class Batch:
    """One import. `report` is what previewing.py and running.py wrote of it; `parts` of it,
    `parts_done` of them are imported."""

    id: int
    uuid: UUID
    user_id: int
    format: str
    file_name: str
    status: str
    report: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    undone_at: datetime | None
    parts: int
    parts_done: int

    @property
    def finished_at(self) -> datetime | None:
        """When the last line was imported."""
        said = self.report.get("finished_at")
        return datetime.fromisoformat(said) if said else None

    def can_undo(self, now: datetime) -> bool:
        """For 30 days after its end, and at once when it stopped half-way."""
        end = self.finished_at or self.updated_at
        return self.status in ("running", "failed", "done") and now - end < KEPT_FOR

    @property
    def can_start(self) -> bool:
        return self.status in ("preview", "failed", "undone") and self.parts > 0


async def last_choices(user_id: int, format: str) -> dict[str, Any]:
    """What was decided the last time a file of this format was imported."""
    found = await listed(user_id, 20)
    decided = (each for each in found if each.format == format and each.status != "preview")
    last = next(decided, None)
    return dict(last.report.get("choices", {})) if last else {}


async def again(user_id: int, digest: str) -> Batch | None:
    """The preview of the same file that was made a moment ago, as by a second tap."""
    since = datetime.now(UTC) - AGAIN_WITHIN
    recent = await listed(user_id, 5)
    fits = (each for each in recent if each.status == "preview" and each.created_at > since)
    return next((each for each in fits if each.report.get("digest") == digest), None)


async def make(
    user_id: int, format: str, file_name: str, report: dict[str, Any], pieces: Sequence[bytes]
) -> Batch:
    """Keep a reading for its preview, in pieces as plain.pieces makes them."""
    uuid, now = uuid7(), datetime.now(UTC)
    facts = (str(uuid), user_id, format, file_name[:255], _json(report), now, now)
    made = await row(_MAKE, *facts)
    assert made is not None  # noqa: S101 - RETURNING
    for number, data in enumerate(pieces, 1):
        await rows(_ADD, user_id, made["id"], number, data)
    return await found(user_id, uuid)


def _json(report: dict[str, Any]) -> str:
    return orjson.dumps(report).decode()


async def found(user_id: int, uuid: UUID) -> Batch:
    """The person's import. Raises Problem 404."""
    batch = await _one(user_id, uuid)
    if batch is None:
        raise not_found("Import")
    return batch


async def _one(user_id: int, uuid: UUID) -> Batch | None:
    stored = await row(_ONE, user_id, str(uuid))
    return _batch(stored) if stored else None


async def listed(user_id: int, limit: int = 50) -> list[Batch]:
    """The person's imports, the newest first."""
    return [_batch(each) for each in await rows(_NEWEST, user_id, limit)]


def _batch(stored: Row) -> Batch:
    values = dict(stored)
    values["uuid"] = UUID(str(values["uuid"]))
    values["report"] = orjson.loads(values["report"])
    for name in ("created_at", "updated_at", "undone_at"):
        values[name] = moment(values[name])
    return Batch(**values)


async def part(batch: Batch, number: int) -> tuple[Sequence[Any], list[LineProblem]]:
    """The workouts and problems of a piece, numbered from 1."""
    stored = await row(_PART, batch.user_id, batch.id, number)
    return unpacked(bytes(stored["data"])) if stored else ([], [])


async def problems(batch: Batch) -> list[LineProblem]:
    """All that could not be read, line by line; they stand in the last pieces."""
    last = await row(_LAST, batch.user_id, batch.id)
    collected: list[LineProblem] = []
    for number in range((last and last["last"]) or 0, 0, -1):
        stored = await row(_PART, batch.user_id, batch.id, number)
        workouts, some = rows_of(bytes(stored["data"])) if stored else ([], [])
        if workouts:
            break
        collected = some + collected
    return collected


def said(batch: Batch) -> bytes:
    """What the person has decided so far, to be compared."""
    names = [each["to"] for each in batch.report.get("names", [])]
    return orjson.dumps([batch.report.get("choices"), names])


async def keep(batch: Batch) -> None:
    """Write the report."""
    await rows(_REPORT, _json(batch.report), datetime.now(UTC), batch.user_id, batch.id)


async def keep_decisions(batch: Batch) -> None:
    """The same before the start. Raises Problem 409 when it has begun meanwhile."""
    facts = (_json(batch.report), datetime.now(UTC), batch.user_id, batch.id)
    if await row(_DECIDE, *facts) is None:
        raise conflict("This import has begun meanwhile", "Import")


async def discard(user_id: int, uuid: UUID) -> None:
    """Throw a preview away. Problem 404; 409 for one that was imported."""
    await found(user_id, uuid)
    if await row(_DISCARD, user_id, str(uuid)) is None:
        raise conflict("This import is not only a preview; undo it instead", "Import")


async def forget_old(now: datetime | None = None) -> bool:
    """Delete a preview that nobody imported, and the file of an import that can no longer be
    undone; whether there may be more."""
    end = (now or datetime.now(UTC)) - KEPT_FOR
    gone = (await rows(_FORGET_PREVIEW, end), await rows(_FORGET_FILE, end))
    return any(gone)
