"""A SQLite connection without a thread between the event loop and the file.

A statement on an indexed row takes some ten microseconds, handing it to a thread and back ten
times that. So statements run where they are awaited; what may take long (a commit that waits for
the disk, a write that commits by itself, another process' lock) never holds the loop up.
"""

import asyncio
import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
WAIT_SECONDS = 10.0
STATEMENTS_KEPT = 512
# A disk that syncs faster than this is waited for: the way to a thread and back takes longer.
QUICK_COMMIT_SECONDS = 0.002
_CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)

# How Tortoise writes a moment, too.
sqlite3.register_adapter(datetime, lambda moment: moment.isoformat(" "))


class InlineConnection:
    """The part of aiosqlite's connection that Tortoise uses, over a plain sqlite3 connection."""

    def __init__(self, path: str, pragmas: dict[str, str]) -> None:
        self._conn = sqlite3.connect(
            path,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
            timeout=WAIT_SECONDS,  # while it opens: the last one out may be putting its log away
        )
        self._conn.row_factory = sqlite3.Row
        self._conn.create_function("casefold", 1, _casefold, deterministic=True)
        for name, value in pragmas.items():
            self._conn.execute(f"PRAGMA {name}={value}")
        if "busy_timeout" not in pragmas:
            self._conn.execute("PRAGMA busy_timeout=0")  # from here on it waits as it is told
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._commit_seconds = 0.0
        self.is_aside = False  # then its thread has it

    @property
    def in_transaction(self) -> bool:
        return self._conn.in_transaction

    @property
    def total_changes(self) -> int:
        return self._conn.total_changes

    def data_version(self) -> int:
        """A number that changes with every commit of another connection."""
        version: int = self._conn.execute("PRAGMA data_version").fetchone()[0]
        return version

    def watch(self, name: str, function: Callable[[Any], Any], triggers: Iterable[str]) -> None:
        """Let triggers of this connection alone call a function of one value."""
        self._conn.create_function(name, 1, function)
        for each in triggers:
            self._conn.execute(each)

    async def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        return self._conn.execute(sql, values or ())

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        self._conn.executemany(sql, values)

    async def executescript(self, sql: str) -> None:
        await self._patiently(lambda: self._conn.executescript(sql))

    def fetch(self, sql: str, values: Sequence[Any]) -> list[sqlite3.Row]:
        return self._conn.execute(sql, values).fetchall()

    async def execute_fetchall(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        return self._conn.execute(sql, values or ()).fetchall()

    async def fetch_aside(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        """For what may take long: the rows, without holding the loop meanwhile."""
        return await self.aside(lambda: self._conn.execute(sql, values or ()).fetchall())

    async def execute_insert(self, sql: str, values: Any = ()) -> tuple[int | None]:
        return (self._conn.execute(sql, values or ()).lastrowid,)

    async def begin(self, until: float | None = None) -> None:
        """BEGIN IMMEDIATE: a deferred one that reads and then writes fails at once when another
        process wrote in between (https://www.sqlite.org/lang_transaction.html). It is tried until
        then on the monotonic clock, for WAIT_SECONDS unless it is said."""
        await self._patiently(lambda: self._conn.execute("BEGIN IMMEDIATE"), True, until)

    async def commit(self) -> None:
        if not self._conn.in_transaction:
            return
        began = time.perf_counter()
        if self._commit_seconds < QUICK_COMMIT_SECONDS:
            self._conn.commit()
        else:
            await self.aside(self._conn.commit)
        took = time.perf_counter() - began
        self._commit_seconds += (took - self._commit_seconds) / 8

    async def rollback(self) -> None:
        self._conn.rollback()

    async def close(self) -> None:
        self._thread.shutdown(wait=True)
        self._conn.close()

    async def aside(self, work: Callable[[], T]) -> T:
        """Run `work` in this connection's thread, to its end even when the caller is cancelled
        (because of what `work` failed with): until then nobody else may have the connection."""
        future = asyncio.get_running_loop().run_in_executor(self._thread, work)
        self.is_aside = True
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError as cancelled:
            await asyncio.wait([future])
            raise cancelled from future.exception()
        finally:
            self.is_aside = False

    async def _patiently(
        self, work: Callable[[], T], is_quick: bool = False, until: float | None = None
    ) -> T:
        """Run `work`; while another process holds the lock, try again without holding the loop."""
        end = until or time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return work() if is_quick else await self.aside(work)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
            await asyncio.sleep(random.uniform(0.0005, 0.005))  # noqa: S311 - jitter


@lru_cache(maxsize=1024)
def only_reads(sql: str) -> bool:
    """True for a SELECT, also behind a WITH."""
    first = sql.split(None, 1)[0].upper() if sql.strip() else ""
    return first == "SELECT" or (first == "WITH" and not _CHANGES.search(sql))


def _casefold(text: Any) -> Any:
    """Our own folding for SQL: SQLite's lower() knows ASCII only."""
    return text.casefold() if isinstance(text, str) else text
