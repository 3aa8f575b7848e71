"""Bringing the database to the version of the program, by one process at a time."""

import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api import migrate as apply

from webapp.db import config
from webapp.settings import Settings

ADVISORY_LOCK = 7_355_464


async def migrate(settings: Settings) -> None:
    """Apply what is not applied yet. Harmless to repeat, and to run from two processes at once."""
    # On SQLite a rebuilt table would cascade its deletion to every child row.
    wanted = config(settings, foreign_keys="OFF")
    try:
        async with _alone(settings):
            await apply(config=wanted)
    finally:
        await Tortoise.close_connections()


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[None]:
    if settings.is_sqlite:
        with open(f"{settings.sqlite_path}.migrating", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    # A connection of its own: the pool of the migration may open, close and swap its connections.
    connection = await asyncpg.connect(settings.database_url)
    try:
        await connection.execute(f"SELECT pg_advisory_lock({ADVISORY_LOCK})")
        yield
    finally:
        await connection.close()
