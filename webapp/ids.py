"""Public identities: UUIDv7 (RFC 9562), so rows sort by the moment they were made."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a new UUIDv7: 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def child(parent: UUID, number: int) -> UUID:
    """The UUID of the n-th thing (1, 2, ...) that one act makes beside `parent`: its last 48 bits
    counted on, so that whoever knows the act's UUID names all it makes alike."""
    low = (1 << 48) - 1
    return UUID(int=parent.int & ~low | (parent.int + number) & low)
