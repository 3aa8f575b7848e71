"""Connections to PostgreSQL are lent one at a time, come back as they were, and none is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import pytest
from quart import Quart

from webapp import db
from webapp.db.pool import Pool, Setup
from webapp.db.postgres import Taken, connect
from webapp.settings import Settings

PATIENCE = 30.0
Lend = Callable[..., AbstractAsyncContextManager[Pool]]


@pytest.fixture
def lend(settings: Settings) -> Lend:
    """Pools of so many connections to the database of the tests."""
    if settings.is_sqlite:
        pytest.skip("SQLite has no pool")

    @asynccontextmanager
    async def opened(most: int, least: int = 0, setup: Setup | None = None) -> AsyncIterator[Pool]:
        pool = Pool(lambda: connect(settings), most, setup)
        await pool.open(least)
        try:
            yield pool
        finally:
            await pool.close()

    return opened


async def _pid(pool: Pool) -> int:
    connection = await pool.acquire(PATIENCE)
    try:
        found: int = await connection.fetchval("SELECT pg_backend_pid()")
        return found
    finally:
        await pool.release(connection)


async def test_the_connection_used_last_is_lent_again_and_as_many_as_may_be(lend: Lend) -> None:
    async with lend(2) as pool:
        assert await _pid(pool) == await _pid(pool)
        first, second = await pool.acquire(), await pool.acquire()
        assert first is not second
        with pytest.raises(TimeoutError):
            await pool.acquire(0.01)
        await pool.release(first)
        assert await pool.acquire(PATIENCE) is first
        await pool.release(first)
        await pool.release(second)


async def test_who_has_waited_longest_gets_what_comes_back(lend: Lend) -> None:
    async with lend(1) as pool:
        lent = await pool.acquire()
        order: list[tuple[str, bool]] = []

        async def want(name: str) -> None:
            connection = await pool.acquire(PATIENCE)
            order.append((name, connection is lent))
            await pool.release(connection)

        waiting = [asyncio.create_task(want(name)) for name in "abc"]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await pool.release(lent)
        await asyncio.gather(*waiting, return_exceptions=True)
        assert order == [("a", True), ("c", True)]


async def test_who_leaves_with_a_connection_in_hand_passes_it_on(lend: Lend) -> None:
    async with lend(1) as pool:
        lent = await pool.acquire()
        first, second = (asyncio.create_task(pool.acquire(PATIENCE)) for _ in range(2))
        await asyncio.sleep(0)
        await pool.release(lent)  # it is the first one's, who has not heard of it
        first.cancel()
        assert await second is lent
        await pool.release(lent)
        assert first.cancelled()


async def test_a_dead_connection_makes_room_for_another(lend: Lend) -> None:
    async with lend(1) as pool:
        dead = await pool.acquire()
        waiting = asyncio.create_task(pool.acquire(PATIENCE))
        await asyncio.sleep(0)
        dead.terminate()
        await pool.release(dead)
        other = await waiting
        assert other is not dead and await other.fetchval("SELECT 1") == 1
        await pool.release(other)
        other.terminate()  # while nobody has it
        assert await _pid(pool)


async def test_what_cannot_connect_takes_no_room(lend: Lend) -> None:
    tries: list[int] = []
    async with lend(1) as pool:
        known = pool._connect

        async def failing() -> asyncpg.Connection:
            tries.append(1)
            if len(tries) == 1:
                raise ConnectionRefusedError
            return await known()

        pool._connect = failing
        with pytest.raises(ConnectionRefusedError):
            await pool.acquire(PATIENCE)
        assert await _pid(pool) and len(tries) == 2


async def test_one_that_comes_back_in_a_transaction_is_not_lent_again(lend: Lend) -> None:
    async with lend(1) as pool:
        open_still = await pool.acquire()
        await open_still.execute("BEGIN")
        await pool.release(open_still)
        other = await pool.acquire(PATIENCE)
        assert other is not open_still and not other.is_in_transaction()
        await pool.release(other, is_well=False)
        third = await pool.acquire(PATIENCE)
        assert third is not other
        await pool.release(third)


async def test_one_that_is_set_up_is_reset(lend: Lend) -> None:
    async def setup(connection: asyncpg.Connection) -> None:
        await connection.execute("SET lock_timeout = '1234ms'")

    async with lend(1, 1, setup) as pool:
        connection = await pool.acquire()
        assert await connection.fetchval("SHOW lock_timeout") == "1234ms"
        await pool.release(connection)
        assert await connection.fetchval("SHOW lock_timeout") == "0"


async def test_closing_waits_for_what_is_lent_and_lends_no_more(lend: Lend) -> None:
    async with lend(1) as pool:
        lent = await pool.acquire()
        closing = asyncio.create_task(pool.close())
        await asyncio.sleep(0)
        with pytest.raises(asyncpg.InterfaceError):
            await pool.acquire()
        assert not closing.done()
        await pool.release(lent)
        await closing
        assert lent.is_closed()


def test_a_pool_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Pool(asyncpg.connect, 0)


async def test_of_twins_in_two_processes_one_runs(app: Quart, settings: Settings) -> None:
    if settings.is_sqlite:
        pytest.skip("SQLite's lock makes the second wait")
    twin = await connect(settings)
    try:
        async with twin.transaction():
            # What the other process would hold; the number is that of every release.
            await twin.execute("SELECT pg_advisory_xact_lock(8452472867300624100)")
            with pytest.raises(Taken):
                await db.transaction(lambda: db.rows("SELECT 1"), alone=("user 1", "POST", "k"))
            assert await db.transaction(lambda: db.row("SELECT 2 AS n"), alone=("user 2", "", "k"))
        assert await db.transaction(lambda: db.row("SELECT 3 AS n"), alone=("user 1", "POST", "k"))
    finally:
        await twin.close()
