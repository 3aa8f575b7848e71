"""Reading the whole database as it is at one moment, while others go on writing."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import asyncpg

from webapp.db import Row, numbered
from webapp.db.inline import InlineConnection
from webapp.db.postgres import connect
from webapp.settings import Settings

Fetch = Callable[..., Awaitable[Sequence[Row]]]


@asynccontextmanager
async def snapshot(settings: Settings) -> AsyncIterator[Fetch]:
    """Yields what `db.rows` is, over a connection of its own that sees nothing written later and
    blocks nobody; its statements do not hold the loop."""
    if settings.is_sqlite:
        async with _of_sqlite(settings) as fetch:
            yield fetch
    else:
        async with of_postgres(settings) as connection:
            yield lambda sql, *args: connection.fetch(numbered(sql), *args)


@asynccontextmanager
async def _of_sqlite(settings: Settings) -> AsyncIterator[Fetch]:
    connection = InlineConnection(
        str(settings.sqlite_path), {"query_only": "ON", "busy_timeout": "10000"}
    )
    try:
        await connection.fetch_aside("BEGIN")
        yield lambda sql, *args: connection.fetch_aside(sql, args)
    finally:
        await connection.close()


@asynccontextmanager
async def of_postgres(settings: Settings) -> AsyncIterator["asyncpg.Connection"]:
    """A connection in a transaction that reads one state of the database."""
    connection = await connect(settings)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection
    finally:
        await connection.close()
