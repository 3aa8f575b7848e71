"""Counting the SQL statements a request costs, at the drivers, whoever sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import asyncpg

from webapp.db.sqlite import InlineConnection

_METHODS = {
    InlineConnection: ("execute", "executemany", "fetch", "execute_fetchall", "execute_insert"),
    asyncpg.Connection: ("fetch", "fetchrow", "fetchval", "execute", "executemany"),
}
# Transactions, and what asyncpg's pool says when it takes a connection back.
_FRAMES: tuple[str, ...] = (
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "PRAGMA",
    "START",
)
_FRAMES += ("SELECT PG_ADVISORY_UNLOCK_ALL", "DISCARD", "RESET")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent inside the block; a transaction's frame does not count.

    with counted() as statements:
        await ann.page("GET", "/routines")
    assert len(statements) == 3
    """
    seen: list[str] = []
    patches = [
        patch.object(driver, name, _noting(getattr(driver, name), seen))
        for driver, names in _METHODS.items()
        for name in names
    ]
    for each in patches:
        each.start()
    try:
        yield seen
    finally:
        for each in reversed(patches):
            each.stop()


def _noting(method: Any, seen: list[str]) -> Any:
    def call(self: Any, sql: str, *args: Any, **more: Any) -> Any:
        if not sql.lstrip().upper().startswith(_FRAMES):
            seen.append(sql)
        return method(self, sql, *args, **more)

    return call
