"""Bringing the database to the version of the program, by one process at a time."""

import asyncio
import fcntl
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api import migrate as apply

from webapp import db
from webapp.db import config, copying
from webapp.db.postgres import connect
from webapp.settings import Settings

ADVISORY_LOCK = 7_355_464
LOCK_SECONDS = 1.0  # what a migration waits for a table at most, before it lets others pass
ATTEMPTS, PAUSE_SECONDS = 60, 0.5
_TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1)"
LOG = logging.getLogger("setlog.migrations")


async def migrate(settings: Settings, last: str | None = None) -> None:
    """Apply what is not applied yet, up to the migration `last`. Harmless to repeat, and to run
    from two processes at once. A SQLite database with data is copied before it is changed. Raises
    FileNotFoundError when it is gone in the end."""
    # On SQLite a rebuilt table would cascade its deletion to every child row.
    wanted = config(settings, foreign_keys="OFF")
    target = f"models.{last}" if last else None

    async def look(_: str, plan: Sequence[Any], *__: bool) -> None:
        if plan:
            await _before(settings, plan[0].migration.name)

    if not settings.is_sqlite:
        wanted["connections"]["default"]["credentials"]["lock_timeout"] = LOCK_SECONDS
    async with _alone(settings):
        for left in reversed(range(ATTEMPTS)):
            try:
                await apply(config=wanted, target=target, reporter=look)
                break
            except asyncpg.LockNotAvailableError:
                # Whoever waits for a table makes all others wait behind it. Better come again.
                if not left:
                    raise
            finally:
                await Tortoise.close_connections()
            await asyncio.sleep(PAUSE_SECONDS)
    # Whoever opens it next would make an empty one where it was taken away meanwhile.
    if settings.is_sqlite and not copying.applied(settings.sqlite_path):
        raise FileNotFoundError(f"{settings.sqlite_path} was taken away while it was made ready")


async def _before(settings: Settings, name: str) -> None:
    if settings.is_sqlite:
        if copying.applied(settings.sqlite_path):
            made = await copying.keep(settings.sqlite_path, name)
            LOG.warning("The database as it was before this update is kept in %s", made)
    elif await applied_to_postgres(settings):
        LOG.warning("PostgreSQL is updated without a copy; `setlog backup FILE` makes one")


async def applied_to_postgres(settings: Settings) -> list[str]:
    """The migrations a PostgreSQL database has had, in order; none for one that is new."""
    connection = await connect(settings)
    try:
        if await connection.fetchval("SELECT to_regclass('tortoise_migrations')") is None:
            return []
        found = await connection.fetch("SELECT name FROM tortoise_migrations ORDER BY name")
        return [each["name"] for each in found]
    finally:
        await connection.close()


def known() -> list[str]:
    """The migrations this program has, in order."""
    package = import_module(db.MIGRATIONS)
    return sorted(each.name for each in iter_modules(package.__path__))


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[None]:
    if settings.is_sqlite:
        with open(f"{settings.sqlite_path}.migrating", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    # A connection of its own: the pool of the migration may open, close and swap its connections.
    connection = await connect(settings)
    try:
        lock = await _locked(connection)
        yield
        await lock.rollback()
    finally:
        await connection.close()


async def _locked(connection: Any) -> Any:
    """The transaction that holds the lock; a session's would be lent to others by PgBouncer.

    It is asked for again and again: whoever made a concurrent index would wait for a statement
    that waits, and for one whose last row nobody has asked for.
    """
    while True:
        lock = connection.transaction()
        await lock.start()
        if await connection.fetchval(_TRY_LOCK, ADVISORY_LOCK):
            await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            return lock
        await lock.rollback()
        await asyncio.sleep(PAUSE_SECONDS)
