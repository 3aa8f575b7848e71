"""Delivering as long as the server runs, in every process: each address has a task of its own, so
that one that is slow holds up no other."""

import asyncio

from quart import Quart

from webapp import housekeeping, logs
from webapp.hooks import queue
from webapp.hooks.sending import send
from webapp.settings import Settings

LOOK_SECONDS = 2.0
AT_ONCE = 20  # addresses a process sends to at the same time


class Deliverer:
    """The tasks of a process, by the webhooks they send to."""

    def __init__(self) -> None:
        self.running: dict[int, asyncio.Task[None]] = {}
        self._is_over = False

    async def look(self, settings: Settings) -> None:
        """Begin to deliver what is due."""
        self._is_over = False
        room = AT_ONCE - len(self.running)
        for hook_id in await queue.due(AT_ONCE) if room > 0 else []:
            if hook_id not in self.running and len(self.running) < AT_ONCE:
                task = asyncio.create_task(self._safely(settings, hook_id))
                self.running[hook_id] = task
                task.add_done_callback(lambda _, done=hook_id: self.running.pop(done, None))  # type: ignore[misc]

    async def _safely(self, settings: Settings, hook_id: int) -> None:
        try:
            await self._deliver(settings, hook_id)
        except Exception as error:
            logs.ERRORS.error("a webhook was not delivered", exc_info=error)

    async def _deliver(self, settings: Settings, hook_id: int) -> None:
        """Send one message after the other, until all is said or one fails."""
        hook = await queue.claim(hook_id)
        if hook is None:
            return
        while not self._is_over and (message := await queue.head(hook)) is not None:
            outcome = await send(settings, hook, str(message["uuid"]), message["body"])
            if not await queue.record(hook, message, outcome):
                break
        await queue.release(hook)

    async def end(self) -> None:
        """Finish the messages under way; the rest is for later."""
        self._is_over = True
        await asyncio.gather(*self.running.values())


def install(app: Quart, every: float = LOOK_SECONDS) -> None:
    """Deliver as long as the app serves; what is under way ends before the database is closed."""
    deliverer = Deliverer()
    app.after_serving_funcs.insert(0, deliverer.end)

    async def look() -> float:
        try:
            await deliverer.look(app.config["SETLOG"])
        except Exception as error:
            logs.ERRORS.error("webhooks were not looked at", exc_info=error)
        return every

    housekeeping.repeat(app, look)
