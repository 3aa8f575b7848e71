"""Backups of SQLite: a copy of the database, which any SQLite program opens."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from webapp.backups.common import (
    SQLITE,
    ZIP,
    Refused,
    another_feed,
    begins,
    refuse_empty,
    refuse_full,
    refuse_newer,
)
from webapp.db import copying
from webapp.db.inline import WAIT_SECONDS
from webapp.settings import Settings

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


async def backup(settings: Settings, target: Path) -> int:
    """See `backups.backup`."""
    try:
        if settings.sqlite_path.exists():
            refuse_empty(copying.applied(settings.sqlite_path))
        await copying.copy(settings.sqlite_path, target)
        return sum(_counts(target).values())
    except copying.BadCopy as error:
        raise Refused(str(error)) from error


async def restore(settings: Settings, source: Path, is_forced: bool) -> int:
    """See `backups.restore`. What a forced one replaces is kept beside the database."""
    try:
        _refuse(source)
        here = people(settings.sqlite_path)
        refuse_full(here, is_forced)
        if here:
            await copying.keep(settings.sqlite_path, "restore")
        await asyncio.to_thread(_put, source, settings.sqlite_path)
        wanted, there = _counts(source), _counts(settings.sqlite_path)
    except copying.BadCopy as error:
        raise Refused(str(error)) from error
    if wanted != there:
        raise Refused(f"{settings.sqlite_path} does not have what {source} has; try again")
    if "feeds" in there:
        await asyncio.to_thread(_rename_feeds, settings.sqlite_path)
    return sum(there.values())


def _rename_feeds(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as there, there:
        there.execute("UPDATE feeds SET name = ?", (another_feed(),))


def _refuse(source: Path) -> None:
    if begins(source, ZIP):
        text = "is a backup of PostgreSQL; restore it there, and setlog copy brings it to SQLite"
        raise Refused(f"{source} {text}")
    if not begins(source, SQLITE):
        raise Refused(f"{source} is no backup of Setlog")
    copying.check(source)
    migrations = copying.applied(source)
    if not migrations:
        raise Refused(f"{source} is a database, but none of Setlog")
    refuse_newer(source, migrations)


def people(path: Path) -> int:
    """How many accounts there are; none in a database that is new."""
    if not copying.applied(path):
        return 0
    with copying.opened(path) as connection:
        amount: int = connection.execute("SELECT COUNT(*) FROM users").fetchone()[0]
        return amount


def _counts(path: Path) -> dict[str, int]:
    """Rows by table."""
    with copying.opened(path) as connection:
        names = [name for (name,) in connection.execute(_TABLES).fetchall()]
        counting = (f'SELECT COUNT(*) FROM "{name}"' for name in names)  # noqa: S608 - its own
        found = [connection.execute(sql).fetchone()[0] for sql in counting]
        return dict(zip(names, found, strict=True))


def _put(source: Path, target: Path) -> None:
    """Write the pages over those of the database, in one transaction of it: a server that has it
    open goes on with what it finds then."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            closing(sqlite3.connect(source)) as kept,
            closing(sqlite3.connect(target, timeout=WAIT_SECONDS)) as there,
        ):
            there.execute("PRAGMA journal_mode=WAL")
            there.execute("PRAGMA synchronous=FULL")
            kept.backup(there)
    except sqlite3.Error as error:
        raise Refused(f"{target} could not be written: {error}") from error
