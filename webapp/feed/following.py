"""Waiting for something to happen, without holding more than a look at the database a second."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from webapp.feed import reading
from webapp.feed.reading import Page, Place

LOOK_SECONDS = 1.0
# Shorter than a server that is being stopped waits for its requests.
LONGEST_SECONDS = 15.0
AT_ONCE = 3  # requests of one person that wait in this process; further ones are answered at once
_waiting: Counter[int] = Counter()


async def follow(
    user_id: int, place: Place, limit: int, kinds: Sequence[str], seconds: float
) -> Page:
    """The page after `place`; when there is nothing on it, the first in so many seconds on which
    there is something."""
    end = monotonic() + min(seconds, LONGEST_SECONDS)
    found = await reading.page(user_id, place, limit, kinds)
    with _seat(user_id) as may_wait:
        while may_wait and not found.events and monotonic() < end:
            await asyncio.sleep(min(LOOK_SECONDS, max(0.0, end - monotonic())))
            if await reading.is_news(user_id, found.next.number):
                found = await reading.page(user_id, place, limit, kinds)
    return found


@contextmanager
def _seat(user_id: int) -> Iterator[bool]:
    _waiting[user_id] += 1
    try:
        yield _waiting[user_id] <= AT_ONCE
    finally:
        _waiting[user_id] -= 1
        if not _waiting[user_id]:
            del _waiting[user_id]
