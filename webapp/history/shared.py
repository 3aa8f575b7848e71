"""Sharing a workout by a link that nobody can guess, which ends the moment its owner says so."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from webapp.db import row, rows
from webapp.history.bests import Best, bests_of_workout
from webapp.history.changing import past
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet

BYTES = 24
# The first letter of a key says whether the notes go along; with another one it is no key.
WITH_NOTES, WITHOUT = "n", "w"
_SHAPE = re.compile(r"[\w-]{33}", re.ASCII)

_KEY = "SELECT share_key FROM workouts WHERE user_id = ? AND uuid = ? AND deleted_at IS NULL"
_PUT = "UPDATE workouts SET share_key = ?, updated_at = ? WHERE user_id = ? AND uuid = ?"
_SHARED = (
    "SELECT w.uuid, w.user_id, u.timezone, u.weight_unit, u.distance_unit FROM workouts w "
    "JOIN users u ON u.id = w.user_id WHERE w.share_key = ? AND w.deleted_at IS NULL "
    "AND w.status <> 'in_progress' AND u.is_active"
)


@dataclass(frozen=True, slots=True)
class Teller:
    """How a shared workout is told: on its owner's clock and in its owner's units."""

    timezone: str
    weight_unit: str
    distance_unit: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A workout as anybody with the link may see it."""

    sheet: Sheet
    bests: list[Best]
    teller: Teller
    has_notes: bool


async def key_of(user_id: int, uuid: UUID) -> str | None:
    """The key of the person's workout, None while it is not shared. Problem 404."""
    found = await row(_KEY, user_id, str(uuid))
    if found is None:
        raise not_found("Workout")
    key: str | None = found["share_key"]
    return key


def has_notes(key: str) -> bool:
    """Whether whoever has this key may read the notes, too."""
    return key.startswith(WITH_NOTES)


async def share(user_id: int, uuid: UUID, *, with_notes: bool) -> str:
    """Share a workout that has ended, and return its key: the one it has when that tells as much,
    else a new one in its place. Problem 404, 409."""
    sheet = await past(user_id, uuid, lock=True)
    if sheet.is_running:
        raise conflict("Finish the workout before you share it", "Workout")
    key = await key_of(user_id, uuid)
    if key is None or has_notes(key) != with_notes:
        key = (WITH_NOTES if with_notes else WITHOUT) + secrets.token_urlsafe(BYTES)
        await rows(_PUT, key, datetime.now(UTC), user_id, str(uuid))
    return key


async def unshare(user_id: int, uuid: UUID) -> None:
    """End the sharing; harmless when there is none. Problem 404."""
    await key_of(user_id, uuid)
    await rows(_PUT, None, datetime.now(UTC), user_id, str(uuid))


async def by_key(key: str) -> Shared:
    """The workout that was shared under this key. Problem 404."""
    found = await row(_SHARED, key) if _SHAPE.fullmatch(key) else None
    sheet = await sheets.of_workout(found["user_id"], found["uuid"]) if found else None
    if found is None or sheet is None:
        raise not_found("Shared workout")
    bests = await bests_of_workout(sheet.user_id, sheet.id)
    units = (found["weight_unit"], found["distance_unit"])
    return Shared(sheet, bests, Teller(found["timezone"], *units), has_notes(key))
