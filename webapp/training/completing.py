"""Changing, completing and erasing a workout that is rated and timed by who asks."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import rows
from webapp.history import changing
from webapp.problems import invalid
from webapp.training.finishing import finish
from webapp.training.lines import Sheet

TIMES = ("started_at", "ended_at")

_ERASE = "DELETE FROM workouts WHERE user_id = ? AND id = ? AND status = 'in_progress'"


async def edit(caller: Caller, sheet: Sheet, said: dict[str, Any]) -> None:
    """Change location (id and name), notes, rating and times; None clears all but the times. Also
    one in progress can be given an end. Raises Problem 404, 400."""
    told = {name: value for name, value in said.items() if name not in TIMES or value is not None}
    check = in_order if told.keys() & set(TIMES) else None
    await changing.edit(caller, UUID(sheet.uuid), told, check=check)


async def complete(caller: Caller, sheet: Sheet, said: dict[str, Any]) -> None:
    """Complete a workout in progress, with notes, rating and times as said (None: as they are, and
    the end is now). Exercises without a set stay. Raises Problem 404, 400, 409."""
    told = {name: value for name, value in said.items() if value is not None}
    ended_at = told.setdefault("ended_at", datetime.now(UTC))
    await changing.edit(caller, UUID(sheet.uuid), told, check=in_order)
    await finish(caller, uuid=UUID(sheet.uuid), untouched="keep", ended_at=ended_at)


def in_order(start: datetime, end: datetime | None) -> None:
    """Raises Problem 400 unless the end is after the start."""
    if end is not None and end <= start:
        raise invalid("The end is not after the start", ended_at="Must be after the start")


async def erase(sheet: Sheet) -> None:
    """Delete a workout in progress for ever, with all its sets."""
    await rows(_ERASE, sheet.user_id, sheet.id)
