"""Slowing down who guesses: failures are counted for each account and for each address.

The counts are in the database, so that all processes share them, under hashes of what they are
for. The first failures are free; each one more doubles the wait, and time forgives them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from webapp.auth import digest
from webapp.db import moment, row, rows, transaction
from webapp.problems import Problem

LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
_SPARE = (
    "UPDATE throttles SET failures = CASE WHEN failures > ? THEN failures - ? ELSE 0 END "
    "WHERE key = ?"
)


@dataclass(frozen=True)
class Limit:
    """How many failures are free, and how long it takes until one is forgiven."""

    free: int
    forgiven_every: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long to wait after so many failures: nothing, then 1 s, 2 s, 4 s ... 15 minutes."""
        over = failures - self.free
        return min(LONGEST, timedelta(seconds=2 ** min(over, 30))) if over >= 0 else timedelta()


ACCOUNT = Limit(free=5, forgiven_every=timedelta(minutes=15))
# Many people train behind one address of their gym, and each of them mistypes.
ADDRESS = Limit(free=50, forgiven_every=timedelta(minutes=1))

Counters = Mapping[str, Limit]  # by the hash of what is counted


def counters(account: str, address: str, is_known_there: bool) -> Counters:
    """What an attempt counts against.

    An address this account has signed in from before has a count of its own, so that strangers
    who guess elsewhere cannot keep the person out.
    """
    place = _network(address)
    where = place if is_known_there else "elsewhere"
    return {digest(f"account {account} {where}"): ACCOUNT, digest(f"address {place}"): ADDRESS}


def by_address(what: str, address: str) -> Counters:
    """What an attempt counts against that names no account, each kind (`what`) for itself."""
    return {digest(f"{what} {_network(address)}"): ADDRESS}


def _network(address: str) -> str:
    """An IPv6 customer has a whole /64 to try from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{parsed.exploded}/64", strict=False))
    return address


async def admit(counted: Counters) -> None:
    """Raise Problem 429 while one of these has to wait."""
    now = datetime.now(UTC)
    marks = ", ".join("?" for _ in counted)
    sql = f"SELECT MAX(blocked_until) AS until FROM throttles WHERE key IN ({marks})"  # noqa: S608
    found = await row(sql, *counted)
    until = moment(found["until"]) if found else None
    if until and until > now:
        seconds = ceil((until - now).total_seconds())
        text = f"Too many failed attempts. Please wait {_words(seconds)} and try again"
        raise Problem(429, text, code="too_many", retry_after=seconds)


def _words(seconds: int) -> str:
    if seconds < 90:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return f"{ceil(seconds / 60)} minutes"


async def failed(counted: Counters) -> None:
    """Count a failure."""

    async def count() -> None:
        for key in sorted(counted):  # always in one order, or two of these lock each other out
            await _count(key, counted[key])

    await transaction(count)


async def _count(key: str, limit: Limit) -> None:
    now = datetime.now(UTC)
    # Written first, so that the row is locked before it is read.
    found = await row(
        "INSERT INTO throttles (key, failures, last_at) VALUES (?, 0, ?) "
        "ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING failures, last_at",
        key,
        now,
    )
    assert found is not None  # noqa: S101 - RETURNING gives the row in either case
    # Another failure that went before may have been noted after `now`, while this one waited.
    since = max(now - (moment(found["last_at"]) or now), timedelta())
    failures = max(0, found["failures"] - since // limit.forgiven_every) + 1
    wait = limit.wait(failures)
    # None and not `now`, which is still to come for a request that asked a moment before.
    until = now + wait if wait else None
    sql = "UPDATE throttles SET failures = ?, last_at = ?, blocked_until = ? WHERE key = ?"
    await rows(sql, failures, now, until, key)


async def succeeded(counted: Counters) -> None:
    """Forget the failures of the account, and take them off the address: they were mistypes.

    The rest of the address stays: signing in to one's own account must not buy more guesses.
    """
    account, address = sorted(counted, key=lambda key: counted[key] is ADDRESS)

    async def forgive() -> None:
        spared = await row("DELETE FROM throttles WHERE key = ? RETURNING failures", account)
        if spared:
            await rows(_SPARE, spared["failures"], spared["failures"], address)
        await rows("DELETE FROM throttles WHERE last_at < ?", datetime.now(UTC) - FORGOTTEN)

    await transaction(forgive)
