"""Whole copies of a SQLite database, made while others go on writing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from webapp.db.inline import WAIT_SECONDS, InlineConnection

KEPT = 3
BEFORE = ".before-"


class BadCopy(Exception):
    """A database that cannot be copied, or is damaged; its text says what and where."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database in that file, to read. Raises BadCopy where there is none."""
    if not path.exists():
        raise BadCopy(f"there is no database at {path}")
    # Not mode=ro: it could not read what is still in the log of a server that was killed.
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA query_only=ON")
            yield connection
        except sqlite3.OperationalError as error:
            raise BadCopy(f"{path} cannot be read: {error}") from error
        except sqlite3.DatabaseError as error:
            raise BadCopy(f"{path} is damaged: {error}") from error


async def copy(source: Path, target: Path) -> None:
    """Copy the database as it is at one moment, checked and on the disk before it has its name.
    Writers are not held up. Raises BadCopy."""
    part = target.with_name(target.name + ".part")
    if not source.exists():
        raise BadCopy(f"there is no database at {source}")
    try:
        part.unlink(missing_ok=True)
        # Made here, and empty, because only its owner may read what is in it.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        await _vacuum(source, part)
        check(part)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise BadCopy(f"{target} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)


async def _vacuum(source: Path, part: Path) -> None:
    connection = InlineConnection(str(source), {"busy_timeout": str(int(WAIT_SECONDS * 1000))})
    try:
        await connection.fetch_aside("VACUUM INTO ?", (str(part),))
    finally:
        await connection.close()


def check(path: Path) -> None:
    """Raises BadCopy unless the database is whole: every page, every reference."""
    with opened(path) as connection:
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            raise BadCopy(f"{path} is damaged: {told}")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise BadCopy(f"{path} is damaged: it names rows that are not there")


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on. Raises OSError."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def applied(path: Path) -> list[str]:
    """The migrations a database has had, in order; none for one that is new."""
    if not path.exists():
        return []
    with opened(path) as connection:
        sql = "SELECT name FROM sqlite_master WHERE name = 'tortoise_migrations'"
        if connection.execute(sql).fetchone() is None:
            return []
        found = connection.execute("SELECT name FROM tortoise_migrations ORDER BY name")
        return [name for (name,) in found]


async def keep(path: Path, why: str) -> Path:
    """Keep a copy beside the database, named by what comes after it; the oldest beyond three go.
    Raises BadCopy."""
    now = datetime.now(UTC)
    target = path.with_name(f"{path.name}{BEFORE}{why}-{now:%Y%m%d-%H%M%S-%f}")
    await copy(path, target)
    kept = sorted(path.parent.glob(f"{path.name}{BEFORE}*"), key=lambda each: each.name[-22:])
    for old in kept[:-KEPT]:
        old.unlink()
    return target
