"""Passwords: which are accepted, and how they are hashed: argon2id, off the loop, two at once."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.problems import Problem

SHORTEST, LONGEST = 8, 128
COMMONEST = Path(__file__).parent / "data" / "common_passwords.txt"
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# What an unknown user's password is compared with, so that the answer takes as long.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$4s7fdVYWMw9qi5dThUdY3A"
    "$sQ9dqCtWJGytVc3oh2L0GHAMyYB/NTLRq6la3aIm3bY"
)
MOST_WAITING = 100


class _Line:
    """Those who wait to have a password hashed, in one event loop."""

    def __init__(self) -> None:
        self.turns, self.waiting = asyncio.Semaphore(2), 0


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """Held while hashing: 19 MiB and a core each, so no more than two at once in a process.

    Raises Problem 503 when so many wait that nobody new would have a turn in seconds.
    """
    line = _lines.setdefault(asyncio.get_running_loop(), _Line())
    if line.waiting >= MOST_WAITING:
        text = "Too many people are signing in just now; please try again in a moment"
        raise Problem(503, text, code="unavailable", retry_after=5)
    line.waiting += 1
    try:
        await line.turns.acquire()
    finally:
        line.waiting -= 1
    try:
        yield
    finally:
        line.turns.release()


@cache
def _common() -> frozenset[str]:
    return frozenset(line.casefold() for line in COMMONEST.read_text("utf-8").split("\n"))


def objection(password: str, own: Iterable[str | None] = ()) -> str | None:
    """Why this password is not accepted, in words for its person; None when it is.

    `own` are names and addresses of the person, which are what others guess first.
    """
    if len(password) < SHORTEST:
        return f"Must be at least {SHORTEST} characters long"
    if len(password) > LONGEST:
        return f"Must be at most {LONGEST} characters long"
    folded = password.casefold()
    if folded in _common():
        return "This is one of the most common passwords; please choose another"
    if folded in _names(own):
        return "Must not be your own name or e-mail"
    return None


def _names(own: Iterable[str | None]) -> set[str]:
    said = [text.casefold() for text in own if text]
    return {*said, *(text.partition("@")[0] for text in said), "".join(said[:2]), " ".join(said)}


def _bytes(password: str) -> bytes:
    # The same characters reach us composed or not, by which keyboard typed them.
    return unicodedata.normalize("NFKC", password).encode()


async def hashed(password: str) -> str:
    """The hash to store. Slow: never call it inside a transaction."""
    async with turn():
        return await asyncio.to_thread(HASHER.hash, _bytes(password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; the caller holds a `turn`. As slow for a user without one."""
    right = await asyncio.to_thread(_verify, stored or NOBODY, _bytes(password))
    return right and stored is not None


def _verify(stored: str, password: bytes) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_dated(stored: str) -> bool:
    """Whether the hash was made with other parameters than those of today."""
    return HASHER.check_needs_rehash(stored)
