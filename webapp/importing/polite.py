"""Long work beside others: a few milliseconds at a time, so that a tap never waits for a file."""

import asyncio
import time
from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")
SLICE_SECONDS = 0.002


async def politely(steps: Generator[Any, None, T]) -> T:
    """Run a computation to its end and return what it returns; between its steps others get their
    turn when it has had one."""
    while True:
        end = time.monotonic() + SLICE_SECONDS
        try:
            while time.monotonic() < end:
                next(steps)
        except StopIteration as done:
            value: T = done.value
            return value
        await asyncio.sleep(0)
