"""What is thrown away by itself, once an hour while the server runs."""

import asyncio
from collections.abc import Awaitable, Callable

from quart import Quart

from webapp import logs, writes
from webapp.db import transaction
from webapp.history.changing import purge_trash
from webapp.importing import batches
from webapp.models import SignInAttempt

EVERY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05  # for everybody else, between pieces of what there is much of


def install(app: Quart, every: float = EVERY_SECONDS) -> None:
    """Tidy up as long as the app serves."""

    async def work() -> float:
        await tidy()
        return every

    repeat(app, work, every)


def repeat(app: Quart, work: Callable[[], Awaitable[float]], first: float = 0) -> None:
    """Do this again and again as long as the app serves, each time after the seconds that it
    returned; the last time ends before the database is closed."""
    stop = asyncio.Event()
    running: list[asyncio.Task[None]] = []

    @app.before_serving
    async def begin() -> None:
        stop.clear()
        running.append(asyncio.create_task(_repeating(stop, work, first)))

    async def end() -> None:
        stop.set()
        await asyncio.gather(*running)
        running.clear()

    app.after_serving_funcs.insert(0, end)


async def _repeating(
    stop: asyncio.Event, work: Callable[[], Awaitable[float]], pause: float
) -> None:
    while not await _is_set(stop, pause):
        # A task of its own each time: a failed transaction spoils the task that it was in.
        pause = await asyncio.ensure_future(work())


async def _is_set(stop: asyncio.Event, within: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), within)
    except TimeoutError:
        return False
    return True


async def tidy() -> None:
    """Delete for ever what has been in the trash, or was kept to answer a repetition or to undo
    an import, for 30 days, and sign-ins that nobody can end any more. What fails is in the log
    and tried again an hour later."""
    for work in (purge_trash, writes.forget_old, SignInAttempt.forget_old, batches.forget_old):
        try:
            while await transaction(work):
                await asyncio.sleep(PAUSE_SECONDS)
        except Exception as error:
            logs.ERRORS.error("tidying up failed", exc_info=error)
