"""The messages of a webhook, one after the other: claimed, taken from the feed, and recorded.

What is to be sent is in the database before it is sent, so a killed server sends it again, with
the same id. A claim lets one process at a time send to an address; it lapses when that is killed.
"""

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from webapp.contracts.live.events import event as told
from webapp.db import Row, is_postgres, row, rows, transaction
from webapp.feed import reading
from webapp.feed.reading import Event, Place
from webapp.hooks.sending import Outcome
from webapp.ids import uuid7

CLAIM = timedelta(seconds=45)  # longer than a message and its record take
AT_ONCE = 20
KEPT = 100  # messages of a webhook that are over
MINUTE, HOUR = 60, 3600
# After so many seconds it is tried again; after the last, some five days on, it is paused.
PAUSES: tuple[int, ...] = (
    5,
    30,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
)
PAUSES += (12 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR)
GONE = 410

_DUE = (
    "SELECT h.id FROM webhooks h JOIN users u ON u.id = h.user_id AND u.is_active "
    "LEFT JOIN feeds f ON f.user_id = h.user_id WHERE h.status = 'on' AND h.next_try_at <= ? "
    "AND (h.claimed_until IS NULL OR h.claimed_until < ?) AND (f.last_seq > h.cursor "
    "OR EXISTS (SELECT 1 FROM changes c WHERE c.user_id = h.user_id AND c.is_pending) "
    "OR EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = h.id "
    "AND d.status = 'waiting')) ORDER BY h.next_try_at, h.id LIMIT ?"
)
_CLAIM = (
    "UPDATE webhooks SET claimed_by = ?, claimed_until = ? WHERE id = ? AND status = 'on' "
    "AND next_try_at <= ? AND (claimed_until IS NULL OR claimed_until < ?) "
    "RETURNING id, uuid, user_id, url, secret, claimed_by"
)
_MINE = (
    "SELECT cursor, kinds, failures FROM webhooks WHERE id = ? AND user_id = ? AND claimed_by = ?"
)
_HEAD = (
    "SELECT id, uuid, body FROM webhook_deliveries WHERE webhook_id = ? AND user_id = ? "
    "AND status = 'waiting' ORDER BY id LIMIT 1"
)
_ADD = (
    "INSERT INTO webhook_deliveries (uuid, user_id, webhook_id, type, number, body, status, "
    "attempts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)"
)
_MOVE = "UPDATE webhooks SET cursor = ? WHERE id = ? AND user_id = ?"
_TRIED = (
    "UPDATE webhook_deliveries SET status = ?, attempts = attempts + 1, tried_at = ?, "
    "answer_status = ?, answer_ms = ?, answer = ?, error = ?, updated_at = ? "
    "WHERE id = ? AND user_id = ?"
)
_GOES_ON = (
    "UPDATE webhooks SET failures = 0, next_try_at = ?, claimed_until = ? "
    "WHERE id = ? AND user_id = ? AND claimed_by = ? AND status = 'on' RETURNING id"
)
_FAILS = (
    "UPDATE webhooks SET failures = failures + 1, next_try_at = ?, claimed_by = NULL, "
    "claimed_until = NULL, status = CASE WHEN status = 'paused' THEN status ELSE ? END, "
    "reason = CASE WHEN status = 'paused' THEN reason ELSE ? END "
    "WHERE id = ? AND user_id = ? AND claimed_by = ?"
)
_RELEASE = (
    "UPDATE webhooks SET claimed_by = NULL, claimed_until = NULL "
    "WHERE id = ? AND user_id = ? AND claimed_by = ?"
)
_FORGET = (
    "DELETE FROM webhook_deliveries WHERE webhook_id = ? AND user_id = ? AND status <> 'waiting' "
    "AND id <= (SELECT id FROM webhook_deliveries WHERE webhook_id = ? AND user_id = ? "
    "AND status <> 'waiting' ORDER BY id DESC LIMIT 1 OFFSET ?)"
)


async def due(most: int) -> list[int]:
    """Webhooks that have something to say and may; one statement."""
    now = datetime.now(UTC)
    return [each["id"] for each in await rows(_DUE, now, now, most)]


async def claim(hook_id: int) -> Row | None:
    """The webhook, which nobody else sends to until the claim is over; None when it is taken."""
    now = datetime.now(UTC)
    found = await rows(_CLAIM, secrets.token_hex(8), now + CLAIM, hook_id, now, now)
    return found[0] if found else None


async def release(hook: Row) -> None:
    """Let others send to it."""
    await rows(_RELEASE, *_which(hook), hook["claimed_by"])


def _which(hook: Row) -> tuple[int, int]:
    return hook["id"], hook["user_id"]


async def head(hook: Row) -> Row | None:
    """The message that is next: {id, uuid, body}; None when all is said, or the claim is lost."""
    found = await row(_HEAD, *_which(hook))
    return found or await transaction(lambda: _more(hook))


async def _more(hook: Row) -> Row | None:
    """Take the next events from the feed and make messages of them."""
    lock = " FOR NO KEY UPDATE" if is_postgres() else ""
    mine = await row(_MINE + lock, *_which(hook), hook["claimed_by"])
    if mine is None:
        return None
    place, kinds = Place(mine["cursor"]), orjson.loads(mine["kinds"])
    page = await reading.page(hook["user_id"], place, AT_ONCE, kinds)
    await _store(hook, page.events)
    await rows(_MOVE, page.next.number, *_which(hook))
    return await row(_HEAD, *_which(hook))


async def _store(hook: Row, events: Sequence[Event]) -> None:
    now = datetime.now(UTC)
    for each in events:
        body = orjson.dumps(told(each)).decode()
        about = (hook["user_id"], hook["id"], each.type, each.number)
        await rows(_ADD, str(uuid7()), *about, body, now, now)


async def record(hook: Row, message: Row, outcome: Outcome) -> bool:
    """Keep what came of a message; whether the next one may follow at once."""
    return await transaction(lambda: _record(hook, message, outcome))


async def _record(hook: Row, message: Row, outcome: Outcome) -> bool:
    now = datetime.now(UTC)
    status = "delivered" if outcome.is_delivered else "waiting"
    said = (outcome.status, outcome.ms, outcome.answer, outcome.error)
    await rows(_TRIED, status, now, *said, now, message["id"], hook["user_id"])
    if not outcome.is_delivered:
        await _fail(hook, outcome, now)
        return False
    await forget(*_which(hook))
    return bool(await rows(_GOES_ON, now, now + CLAIM, *_which(hook), hook["claimed_by"]))


async def forget(hook_id: int, user_id: int) -> None:
    """Delete what a webhook was told before the last messages that are over."""
    await rows(_FORGET, hook_id, user_id, hook_id, user_id, KEPT)


async def _fail(hook: Row, outcome: Outcome, now: datetime) -> None:
    mine = await row(_MINE, *_which(hook), hook["claimed_by"])
    failures: int = mine["failures"] if mine else 0
    status, reason = ("on", None) if failures < len(PAUSES) else ("paused", "failing")
    if outcome.status == GONE:
        status, reason = "paused", "gone"
    pause = max(pause_after(failures), timedelta(seconds=outcome.retry_after))
    which: tuple[Any, ...] = (*_which(hook), hook["claimed_by"])
    await rows(_FAILS, now + pause, status, reason, *which)


def pause_after(failures: int) -> timedelta:
    """How long to wait after one failure more, a fifth more or less, so that not all come back
    at the same moment."""
    seconds = PAUSES[min(failures, len(PAUSES) - 1)]
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - jitter
