"""What backups of both engines share."""

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from webapp.db.migrate import known

SQLITE, ZIP = b"SQLite format 3\x00", b"PK\x03\x04"


class Refused(Exception):
    """A backup that cannot be made or put back; its text says why and what to do."""


def begins(source: Path, mark: bytes) -> bool:
    """Whether the file begins so. Raises Refused when it cannot be read."""
    try:
        with source.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise Refused(f"{source}: {error.strerror}") from error


def refuse_empty(migrations: Sequence[str]) -> None:
    """Refuse to back up a database that Setlog has never been in."""
    if not migrations:
        text = "nothing of Setlog is in the database; SETLOG_DATABASE_URL says which one it is"
        raise Refused(text)


def refuse_newer(source: Path, migrations: Iterable[str]) -> None:
    """Refuse a backup of a version that this program does not know."""
    strange = [name for name in migrations if name not in known()]
    if strange:
        raise Refused(f"{source} is of a newer Setlog ({strange[0]}); update this one first")


def refuse_full(people: int, is_forced: bool) -> None:
    """Refuse to put a backup over the data of people."""
    if people and not is_forced:
        text = f"the database has {people} account(s); --force replaces them"
        raise Refused(text)


def another_feed() -> str:
    """A new name for the feeds of events that were put back: whoever has followed them has read
    what is not there any more, and has to begin again."""
    return secrets.token_hex(8)
