"""What a database fails with: what a repetition can cure, and what it cannot."""

import sqlite3

import asyncpg
from tortoise.exceptions import DBConnectionError, OperationalError

# Serialization, deadlock, shutdown, no more connections, and a standby that became the primary.
_TRANSIENT = ("40001", "40P01", "57P01", "57P02", "57P03", "55P03", "53300", "25006")
_FULL = ("53100", "58030")  # the disk is full, or fails
_REFUSALS = (
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    sqlite3.SQLITE_CANTOPEN,
)
_LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, DBConnectionError)


def takes_nothing(error: BaseException | None) -> bool:
    """True when the database is full, read-only or out of reach of its file: repeating at once
    does not help."""
    while error is not None:
        # The lower byte is the kind of it (https://www.sqlite.org/rescode.html).
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSALS:
            return True
        if getattr(error, "sqlstate", None) in _FULL:
            return True
        error = _reason(error)
    return False


def _reason(error: BaseException) -> BaseException | None:
    """What an error was made of; Tortoise's hold it as their text."""
    held = error.args[0] if error.args else None
    return error.__cause__ or (held if isinstance(held, BaseException) else None)


def is_transient(error: BaseException | None) -> bool:
    """True for failures that a repetition can cure (also when wrapped by another error)."""
    while error is not None:
        state = getattr(error, "sqlstate", None) or ""
        if state in _TRANSIENT or state.startswith("08"):
            return True
        if getattr(error, "is_transient", False):
            return True
        if isinstance(error, _LOST):
            return True
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            return True
        if isinstance(error, OperationalError) and "locked" in str(error):
            return True
        error = _reason(error)
    return False
