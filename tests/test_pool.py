"""Connections to PostgreSQL are lent as they came back, and what a key locks out stays out."""

from typing import Any

import pytest
from quart import Quart
from tortoise.connection import get_connection

from webapp import db
from webapp.db.postgres import Taken, connect
from webapp.settings import Settings


@pytest.fixture
async def pool(app: Quart, settings: Settings) -> Any:
    """The pool that requests are answered from, of one connection for as long as nobody waits."""
    if settings.is_sqlite:
        pytest.skip("SQLite has no pool")
    await db.rows("SELECT 1")
    client: Any = get_connection("default")
    return client._pool


async def test_a_connection_that_comes_back_is_not_reset(pool: Any) -> None:
    async with pool.acquire() as connection:
        first = await connection.fetchval("SELECT pg_backend_pid()")
        await connection.execute("SET work_mem = '1234kB'")
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT pg_backend_pid()") == first
        assert await connection.fetchval("SHOW work_mem") == "1234kB"
        await connection.execute("RESET work_mem")


async def test_a_transaction_that_was_left_open_is_undone_before_another_begins(pool: Any) -> None:
    async with pool.acquire() as connection:
        await connection.execute("BEGIN; UPDATE past_editions SET edition = 'left open'")
    async with pool.acquire() as connection:
        assert not connection.is_in_transaction()
        sql = "SELECT COUNT(*) FROM past_editions WHERE edition = 'left open'"
        assert await connection.fetchval(sql) == 0


async def test_of_twins_in_two_processes_one_runs(pool: Any, settings: Settings) -> None:
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
