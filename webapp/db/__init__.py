"""The database: where it is, how it is opened, and the one way to write to it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

import asyncpg
from tortoise import Tortoise
from tortoise.backends.base.client import TransactionContext
from tortoise.connection import get_connection
from tortoise.exceptions import ConfigurationError, IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from webapp.db import editions
from webapp.db.editions import Topic
from webapp.db.failures import is_transient, takes_nothing
from webapp.db.postgres import STATEMENT_SECONDS, CommitLost, SetlogPostgresClient
from webapp.db.sqlite import SetlogSqliteClient
from webapp.settings import Settings

T = TypeVar("T")
Row = Any  # a mapping with item access: sqlite3.Row or asyncpg.Record

MODELS = "webapp.models"
MIGRATIONS = "migrations"
ATTEMPTS = 8
PATIENCE_SECONDS = 10.0  # no attempt begins later than this after the first
_inside: ContextVar[bool] = ContextVar("inside_a_transaction", default=False)


class _Opened:
    """The SQLite database this process has open, which `rows` talks to without a detour."""

    sqlite: SetlogSqliteClient | None = None
    is_closed = False


_opened = _Opened()


class Unavailable(Exception):
    """The database could not be reached or stayed busy; callers may try again later."""


class Undecided(Unavailable):
    """The database was lost while it committed: nobody knows whether it did. Callers may look."""


def config(settings: Settings, **pragmas: str) -> dict[str, Any]:
    """Return Tortoise's configuration. `pragmas` are for SQLite alone (migrations need one)."""
    return {
        "connections": {"default": _connection(settings, pragmas)},
        "apps": {
            "models": {
                "models": [MODELS],
                "default_connection": "default",
                "migrations": MIGRATIONS,
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(settings: Settings, pragmas: dict[str, str]) -> dict[str, Any]:
    if not settings.is_sqlite:
        return {"engine": "webapp.db.postgres", "credentials": {"url": settings.database_url}}
    settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    # FULL: an acknowledged set survives a power cut.
    chosen = {"synchronous": "FULL", "foreign_keys": "ON", **pragmas}
    # A log that is truncated at every checkpoint costs the next commits half their speed again.
    wal = {"journal_mode": "WAL", "journal_size_limit": "67108864"}
    credentials = {"file_path": str(settings.sqlite_path), **wal, **chosen}
    return {"engine": "webapp.db.sqlite", "credentials": credentials}


async def connect(settings: Settings) -> None:
    """Open the database for this process. A PostgreSQL that is away may come later."""
    wanted = config(settings)
    if not settings.is_sqlite:
        wanted["connections"]["default"]["credentials"]["command_timeout"] = STATEMENT_SECONDS
    await Tortoise.init(config=wanted, _enable_global_fallback=True)
    _opened.is_closed = False
    if settings.is_sqlite:
        client = cast(SetlogSqliteClient, get_connection("default"))
        # Made now: a first request that is dropped while it connects would keep the lock for ever.
        await client.create_connection(with_db=True)
        _opened.sqlite = client


async def disconnect() -> None:
    """Close every connection; without it the process does not exit."""
    _opened.sqlite, _opened.is_closed = None, True
    await Tortoise.close_connections()


def is_postgres() -> bool:
    return _opened.sqlite is None and get_connection("default").capabilities.dialect == "postgres"


@lru_cache(maxsize=512)
def numbered(sql: str) -> str:
    parts = sql.split("?")
    return "".join(f"{part}${n}" for n, part in enumerate(parts[:-1], 1)) + parts[-1]


async def rows(sql: str, *args: Any) -> Sequence[Row]:
    """Run `sql` (marks are `?`, on both engines) and return its rows, with item access."""
    if _opened.sqlite is not None:
        found: Sequence[Row] = await _opened.sqlite.fetch(sql, args, _inside.get())
        return found
    connection = get_connection("default")
    if connection.capabilities.dialect != "postgres":
        return (await connection.execute_query(sql, list(args)))[1]
    try:
        async with connection.acquire_connection() as raw:
            found = await raw.fetch(numbered(sql), *args)
    except (asyncpg.SyntaxOrAccessError, asyncpg.DataError) as error:
        raise OperationalError(error) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error
    return found


async def edition(user_id: int, topic: Topic = "training") -> object:
    """What stays equal for as long as nobody commits a change of what this person trains, has
    trained or plans, or of their past alone (see editions.py). What is read once this is known is
    at least as new. None where it is not known, and inside a transaction, which sees its own
    changes."""
    if _inside.get():
        return None
    if topic == "past":
        return editions.heard(user_id) or await _past(user_id)
    known = _opened.sqlite and _opened.sqlite.edition(user_id)
    # What is read for it of the past is as new as what was heard, which may be older.
    return known and (known, editions.heard(user_id))


async def _past(user_id: int) -> object:
    found = await rows(editions.PAST, user_id)
    return tuple(found[0]) if found else None


async def row(sql: str, *args: Any) -> Row | None:
    """Run `sql` and return its first row, or None."""
    found = await rows(sql, *args)
    return found[0] if found else None


def moment(value: Any) -> datetime | None:
    """A stored time as an aware datetime; SQLite hands back text, PostgreSQL a datetime."""
    if value is None or isinstance(value, datetime):
        return value
    parsed = datetime.fromisoformat(value)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


async def transaction(
    body: Callable[[], Awaitable[T]], *, finds_done: bool = False, alone: Sequence[str] = ()
) -> T:
    """Run `body` in one transaction and return what it returns; nested calls join the outer one.

    `body` may run several times: a serialization failure, a deadlock, a lost connection or a
    locked file is tried again with jitter. What remains after that raises Unavailable, and at once
    a database that takes nothing (full, read-only). What may have been committed is run again only
    where `body` finds out what it did (`finds_done`), and raises Undecided otherwise. Of those
    that say the same words (`alone`) one runs at a time, in all processes: another raises Taken at
    once on PostgreSQL, and waits on SQLite, where whoever writes is alone.
    """
    if _inside.get():
        return await body()
    end = time.monotonic() + PATIENCE_SECONDS
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await _once(body, alone)
        except Exception as error:
            if not is_unavailable(error):
                raise
            if isinstance(error, CommitLost) and not finds_done:
                raise Undecided(str(error)) from error
            is_hopeless = takes_nothing(error) or _is_too_late(error)
            if is_hopeless or attempt == ATTEMPTS or time.monotonic() > end:
                raise Unavailable(str(error)) from error
        await asyncio.sleep(random.uniform(0.2, 1) * min(0.02 * 2**attempt, 1))  # noqa: S311
    raise AssertionError("unreachable")


async def _once(body: Callable[[], Awaitable[T]], alone: Sequence[str]) -> T:
    mark = _inside.set(True)
    editions.forget()
    try:
        async with _turn(alone):
            return await body()
    finally:
        _inside.reset(mark)


def _turn(alone: Sequence[str]) -> TransactionContext:
    if _opened.sqlite:
        return _opened.sqlite.turn()
    client: Any = get_connection("default")
    is_ours = isinstance(client, SetlogPostgresClient)
    return client.turn(alone) if is_ours else in_transaction("default")


async def again(body: Callable[[], Awaitable[T]]) -> T:
    """Run `body`, which only reads, and once more if its connection was lost meanwhile."""
    try:
        return await body()
    except Exception as error:
        if not is_transient(error):
            raise
    return await body()


def is_unavailable(error: BaseException) -> bool:
    """True for what is the database's fault, not the program's: the same may work later. So for
    a request that was heard when this process had closed it already: the next one will do it."""
    known = isinstance(error, Unavailable | CommitLost)
    return known or is_transient(error) or takes_nothing(error) or _is_too_late(error)


def _is_too_late(error: BaseException) -> bool:
    """True for what Tortoise raises after it was closed; a refusal of ours stays what it is."""
    return _opened.is_closed and isinstance(error, RuntimeError | ConfigurationError)
