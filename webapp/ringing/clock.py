"""The clock that rings: looks at the rests that are over, in every process that serves.

A rest is in its workout since the transaction that began it, so it survives a restart; a logged
set, a skipped or a paused rest takes it away. Of several processes one gets to ring.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from quart import Quart

from webapp import housekeeping, logs
from webapp.db import Row, moment, rows
from webapp.ringing.sending import GONE, LATE, send
from webapp.settings import Settings
from webapp.training import sheet as sheets
from webapp.training.turn import next_set, turn
from webapp.views.cards import number_of, title

LOOK_SECONDS = 3.0  # a rest that another process began is noticed within this time
AT_ONCE = 50

_RESTS = (
    "SELECT p.id, p.user_id, p.endpoint, p.p256dh, p.auth, p.contact, w.id AS workout_id, "
    "w.rest_ends_at FROM push_subscriptions p JOIN users u ON u.id = p.user_id AND u.is_active "
    "JOIN workouts w ON w.user_id = p.user_id AND w.status = 'in_progress' "
    "AND w.deleted_at IS NULL LEFT JOIN login_sessions s ON s.id = p.session_id "
    "WHERE w.rest_ends_at > ? AND w.rest_left_seconds IS NULL "
    "AND (p.rung_for IS NULL OR p.rung_for <> w.rest_ends_at) "
    "AND (s.id IS NULL OR (s.revoked_at IS NULL AND s.expires_at > ?)) "
    "ORDER BY w.rest_ends_at, p.id LIMIT ?"
)
_CLAIM = (
    "UPDATE push_subscriptions SET rung_for = ? WHERE id = ? AND user_id = ? "
    "AND (rung_for IS NULL OR rung_for <> ?) "
    "AND EXISTS (SELECT 1 FROM workouts w WHERE w.id = ? AND w.rest_ends_at = ? "
    "AND w.rest_left_seconds IS NULL AND w.status = 'in_progress' AND w.deleted_at IS NULL) "
    "RETURNING id"
)
_FORGET = "DELETE FROM push_subscriptions WHERE id = ? AND user_id = ?"


def install(app: Quart, every: float = LOOK_SECONDS) -> None:
    """Ring as long as the app serves; the last look ends before the database is closed."""
    housekeeping.repeat(app, lambda: _look(app.config["SETLOG"], every))


async def _look(settings: Settings, every: float) -> float:
    try:
        return min(await ring(settings), every)
    except Exception as error:
        logs.ERRORS.error("ringing failed", exc_info=error)
        return every


async def ring(settings: Settings) -> float:
    """Ring for every rest that is over; seconds until the next one is (LOOK_SECONDS at most)."""
    now = datetime.now(UTC)
    found = await rows(_RESTS, now - timedelta(seconds=LATE), now, AT_ONCE)
    due = [each for each in found if _end(each) <= now]
    await asyncio.gather(*(_ring(settings, each) for each in due))
    left = [(_end(each) - now).total_seconds() for each in found if _end(each) > now]
    return min([*left, LOOK_SECONDS])


def _end(rest: Row) -> datetime:
    end = moment(rest["rest_ends_at"])
    assert end is not None  # noqa: S101 - asked for
    return end


async def _ring(settings: Settings, rest: Row) -> None:
    """Ring one browser, unless another process has or the rest is gone meanwhile."""
    end, owner = _end(rest), (rest["id"], rest["user_id"])
    if not await rows(_CLAIM, end, *owner, end, rest["workout_id"], end):
        return
    status = await send(settings, rest, orjson.dumps(await _message(rest)))
    if status in GONE:
        await rows(_FORGET, *owner)


async def _message(rest: Row) -> dict[str, Any]:
    """What the phone shows: {title, body, url, at}; `at` the end in milliseconds."""
    sheet = await sheets.by_id(rest["user_id"], rest["workout_id"])
    item = turn(sheet) if sheet else None
    each = next_set(item)
    known = item is not None and each is not None
    body = f"{item.exercise_name} · {title(each, number_of(item, each))}" if known else ""  # type: ignore[union-attr,arg-type]
    at = int(_end(rest).timestamp() * 1000)
    return {"title": "The rest is over", "body": body, "url": "/session", "at": at}
