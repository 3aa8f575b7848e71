"""Giving pending changes their numbers, which are the order that everybody sees.

It is done by whoever reads, and by one at a time for each person: what is committed gets its
number then, and what is committed later gets a later one. So a number that was passed is never
used again, however writers overlap.
"""

import secrets
from dataclasses import dataclass

from webapp.db import Row, is_postgres, row, rows, transaction
from webapp.db.marks import marks

_STATE = (
    "SELECT f.name, f.last_seq, EXISTS (SELECT 1 FROM changes c WHERE c.user_id = f.user_id "
    "AND c.is_pending) AS is_pending FROM feeds f WHERE f.user_id = ?"
)
_ALONE = "SELECT name, last_seq FROM feeds WHERE user_id = ?"
_LAST = "SELECT COALESCE(MAX(seq), 0) AS seq FROM changes WHERE user_id = ?"
_OPEN = "INSERT INTO feeds (user_id, name, last_seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_PENDING = "SELECT id FROM changes WHERE user_id = ? AND is_pending ORDER BY changed_at, id LIMIT ?"
_NUMBER = (
    "UPDATE changes SET is_pending = ?, seq = n.seq, "
    "created_seq = COALESCE(changes.created_seq, n.seq) FROM (SELECT id, CAST(? AS BIGINT) + "
    "ROW_NUMBER() OVER (ORDER BY changed_at, id) AS seq FROM changes WHERE user_id = ? "
    "AND id IN (%s)) n WHERE changes.id = n.id AND changes.user_id = ?"
)
_COUNT = "UPDATE feeds SET last_seq = ? WHERE user_id = ?"


@dataclass(frozen=True, slots=True)
class State:
    """A person's feed: its name, its last number, and whether changes wait for theirs."""

    name: str
    last: int
    is_pending: bool


async def state(user_id: int) -> State | None:
    """How far the feed is; None before anybody has read it. One statement."""
    found = await row(_STATE, user_id)
    if found is None:
        return None
    return State(found["name"], found["last_seq"], bool(found["is_pending"]))


async def numbered(user_id: int, most: int) -> State:
    """The feed after up to so many pending changes were numbered; `is_pending` when there may be
    more. Nothing is written when nothing is pending."""
    known = await state(user_id)
    if known is not None and not known.is_pending:
        return known
    return await transaction(lambda: _number(user_id, most), finds_done=True)


async def _number(user_id: int, most: int) -> State:
    feed = await _alone(user_id)
    # What another transaction is changing gets its number after that is committed.
    lock = " FOR NO KEY UPDATE SKIP LOCKED" if is_postgres() else ""
    ids = [each["id"] for each in await rows(_PENDING + lock, user_id, most)]
    last: int = feed["last_seq"]
    if ids:
        await rows(_NUMBER % marks(ids), False, last, user_id, *ids, user_id)
        last += len(ids)
        await rows(_COUNT, last, user_id)
    return State(feed["name"], last, len(ids) == most)


async def _alone(user_id: int) -> Row:
    """The person's feed, which nobody else numbers until the transaction ends."""
    lock = " FOR NO KEY UPDATE" if is_postgres() else ""
    feed = await row(_ALONE + lock, user_id)
    if feed is None:
        last = await row(_LAST, user_id)
        await rows(_OPEN, user_id, secrets.token_hex(8), last["seq"] if last else 0)
        feed = await row(_ALONE + lock, user_id)
    assert feed is not None  # noqa: S101 - it was made
    return feed
