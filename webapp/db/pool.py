"""Connections to PostgreSQL that are lent one at a time and come back as they were.

Nobody leaves a lock or a setting behind in one (`postgres.py`), so it is not reset: asyncpg's own
pool spends a round trip on that at every return, and a task each on lending and on taking back.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg

IDLE_SECONDS = 300.0  # what nobody used for longer may be dead without a word
GOODBYE_SECONDS = 10.0

Connect = Callable[[], Awaitable["asyncpg.Connection"]]
Setup = Callable[["asyncpg.Connection"], Awaitable[None]]


class Pool:
    """At most `most` connections. With a `setup`, each is set up when it is lent, and reset when it
    comes back. Raises ValueError for less than one."""

    def __init__(self, connect: Connect, most: int, setup: Setup | None = None) -> None:
        if most < 1:
            raise ValueError("a pool has at least one connection")
        self._connect, self._setup = connect, setup
        self._room = most
        self._idle: list[tuple[float, asyncpg.Connection]] = []  # the one used last at the end
        self._lent: set[asyncpg.Connection] = set()
        self._waiting: deque[asyncio.Future[asyncpg.Connection | None]] = deque()
        self._leaving: set[asyncio.Task[None]] = set()
        self._users = 0
        self._is_closed = False
        self._is_quiet = asyncio.Event()

    async def open(self, least: int) -> None:
        """Make so many connections now, or as many as there may be. Raises what asyncpg raises."""
        try:
            made = [await self.acquire() for _ in range(min(least, self._room))]
        except BaseException:
            self.terminate()
            raise
        for each in made:
            await self.release(each)

    async def acquire(self, timeout: float | None = None) -> "asyncpg.Connection":
        """The connection that was used last, or a new one, or whichever comes back first. Raises
        TimeoutError after so many seconds, and what asyncpg raises."""
        if self._is_closed:
            raise asyncpg.InterfaceError("the pool is closed")
        self._users += 1
        try:
            return await self._acquired(timeout)
        except BaseException:
            self._leave()
            raise

    async def _acquired(self, timeout: float | None) -> "asyncpg.Connection":
        connection = self._rested()
        if connection is None:
            async with asyncio.timeout(timeout):
                connection = await self._another()
        self._lent.add(connection)
        try:
            if self._setup is not None:
                await self._setup(connection)
        except BaseException:
            self._back(connection, is_well=False)
            raise
        return connection

    async def release(self, connection: "asyncpg.Connection", *, is_well: bool = True) -> None:
        """Take it back, for others only if it is well: no statement, no transaction is left."""
        if is_well and self._setup is not None:
            try:
                await connection.reset()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                is_well = False
        self._back(connection, is_well)
        self._leave()

    def _back(self, connection: "asyncpg.Connection", is_well: bool) -> None:
        self._lent.discard(connection)
        if is_well and not connection.is_closed() and not connection.is_in_transaction():
            self._hand(connection)
        else:
            self._let_go(connection)

    def _leave(self) -> None:
        self._users -= 1
        if self._is_closed and not self._users:
            self._is_quiet.set()

    async def close(self) -> None:
        """Lend no more, wait until all have come back, and say goodbye to them."""
        self._is_closed = True
        if self._users:
            await self._is_quiet.wait()
        while self._idle:
            self._let_go(self._idle.pop()[1])
        await asyncio.gather(*self._leaving)

    def terminate(self) -> None:
        """Drop all of them, whatever they do."""
        self._is_closed = True
        for each in [*self._lent, *(connection for _, connection in self._idle)]:
            each.terminate()
        self._idle.clear()

    def _rested(self) -> "asyncpg.Connection | None":
        since = time.monotonic() - IDLE_SECONDS
        while self._idle and self._idle[0][0] < since:
            self._let_go(self._idle.pop(0)[1])
        while self._idle:
            connection = self._idle.pop()[1]
            if not connection.is_closed():
                return connection
            self._let_go(connection)
        return None

    async def _another(self) -> "asyncpg.Connection":
        if not self._room:
            connection = await self._turn()
            if connection is not None:
                return connection
        else:
            self._room -= 1
        try:
            return await self._connect()
        except BaseException:
            self._hand(None)
            raise

    async def _turn(self) -> "asyncpg.Connection | None":
        """What somebody gives back; None for the room of one that is gone."""
        place: asyncio.Future[asyncpg.Connection | None] = (
            asyncio.get_running_loop().create_future()
        )
        self._waiting.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._hand(place.result())
            raise

    def _hand(self, connection: "asyncpg.Connection | None") -> None:
        """Give the connection, or the room for one, to who has waited longest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(connection)
                return
        if connection is None:
            self._room += 1
        else:
            self._idle.append((time.monotonic(), connection))

    def _let_go(self, connection: "asyncpg.Connection") -> None:
        self._hand(None)
        if not connection.is_closed():
            task = asyncio.create_task(_goodbye(connection))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)


async def _goodbye(connection: Any) -> None:
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        await connection.close(timeout=GOODBYE_SECONDS)
