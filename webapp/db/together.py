"""A transaction on PostgreSQL that sends its last changes together.

A round trip costs more than most of the statements that make it. Where nobody asks what a change
came to, it waits for the next one, and three go as one: WITH w0 AS (UPDATE ...), w1 AS (UPDATE ...)
INSERT ... (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING).
"""

import re
from collections.abc import Sequence
from typing import Any, cast

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionContext,
)

from webapp.db.marks import numbered

# All parts of one statement see the rows as they were before it, so each has a table of its own.
_TABLE = re.compile(r"(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)")


class _Within(ConnectionWrapper[Any]):
    """The connection of a transaction for one statement, which sees all that was said before."""

    async def __aenter__(self) -> Any:
        connection = await super().__aenter__()
        try:
            await cast(Transaction, self.client).send_waiting()
        except BaseException:
            self._lock.release()
            raise
        return connection


class Transaction(TransactionWrapper):
    """Tortoise's, whose frame is plain statements: asyncpg's own objects only hold their names."""

    _depth = 0

    def __init__(self, connection: AsyncpgDBClient) -> None:
        super().__init__(connection)
        self._waiting: dict[str, tuple[str, Sequence[Any]]] = {}  # by their tables

    async def later(self, sql: str, args: Sequence[Any]) -> None:
        """Send it in one round trip with others that change other tables, before anything is read
        and at the latest with the commit. Raises ValueError for what is no change of a table."""
        found = _TABLE.match(sql)
        if found is None:
            raise ValueError(f"{sql} does not begin with the change of a table")
        if found[1] in self._waiting:
            await self.send_waiting()
        self._waiting[found[1]] = sql, args

    async def send_waiting(self) -> None:
        """One statement; their triggers run at its end."""
        if not self._waiting:
            return
        waiting, self._waiting = list(self._waiting.values()), {}
        *others, last = [sql for sql, _ in waiting]
        beside = ", ".join(f"w{n} AS ({sql})" for n, sql in enumerate(others))
        whole = f"WITH {beside} {last}" if others else last
        await self._connection.fetch(numbered(whole), *(arg for _, args in waiting for arg in args))

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _Within(self._lock, self)

    async def begin(self) -> None:
        await self._connection.execute("BEGIN")

    async def commit(self) -> None:
        await self._connection.execute("COMMIT;")

    async def rollback(self) -> None:
        self._waiting.clear()
        await self._connection.execute("ROLLBACK")

    def _in_transaction(self) -> TransactionContext:
        inner = Transaction(cast(AsyncpgDBClient, self))
        inner._depth = self._depth + 1
        return NestedTransactionContext(inner)

    async def savepoint(self) -> None:
        await cast(Transaction, self._parent).send_waiting()
        await self._connection.execute(f"SAVEPOINT s{self._depth}")

    async def release_savepoint(self) -> None:
        await self.send_waiting()
        await self._connection.execute(f"RELEASE SAVEPOINT s{self._depth}")

    async def savepoint_rollback(self) -> None:
        cast(Transaction, self._parent)._waiting.clear()
        await self._connection.execute(f"ROLLBACK TO SAVEPOINT s{self._depth}")
