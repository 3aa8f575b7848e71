"""The PostgreSQL engine: Tortoise's, with connections as the URL says and limits to waiting.

The URL may name several hosts (`HOST1,HOST2` with `target_session_attrs=primary`), and PgBouncer
(`statement_cache_size=0`); see docs/operations.md.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    NestedTransactionContext,
    PoolConnectionWrapper,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

from webapp import database_url
from webapp.settings import Settings

CONNECT_SECONDS = 10.0  # for each host
TURN_SECONDS = 10.0  # for a connection of the pool
STATEMENT_SECONDS = 30.0  # of one that serves; what is silent longer is gone
POOL = {"min_size": 1, "max_size": 5}


async def connect(settings: Settings) -> "asyncpg.Connection":
    """A connection of its own, for what takes long or locks. Raises what asyncpg raises."""
    url, one, _ = database_url.split(settings.database_url)
    return await asyncpg.connect(url, **one)


async def _as_it_is(_: Any) -> None:
    """No lock and no setting outlives its transaction, so a connection that comes back is as it
    was: asyncpg's own reset is a round trip after each."""


class CommitLost(Exception):
    """The connection was lost while a transaction was being committed: it may be kept, or not."""


# Of what a commit can fail with, what does not say whether it failed (class 57: shut down).
_LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresConnectionError)
_SILENT = (*_LOST, asyncpg.OperatorInterventionError, OSError)


class Taken(Exception):
    """Another transaction has the lock that ours wanted."""


class _Connection(PoolConnectionWrapper[Any]):
    """A connection of the pool for one statement, waited for with a limit."""

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await self.client._pool.acquire(timeout=TURN_SECONDS)
        return self.connection


class _Wrapper(TransactionWrapper):
    """Tortoise's, whose frame is plain statements: asyncpg's own objects only hold their names."""

    _depth = 0

    async def begin(self) -> None:
        await self._connection.execute("BEGIN")

    async def commit(self) -> None:
        await self._connection.execute("COMMIT;")

    async def rollback(self) -> None:
        await self._connection.execute("ROLLBACK")

    def _in_transaction(self) -> TransactionContext:
        inner = _Wrapper(cast(AsyncpgDBClient, self))
        inner._depth = self._depth + 1
        return NestedTransactionContext(inner)

    async def savepoint(self) -> None:
        await self._connection.execute(f"SAVEPOINT s{self._depth}")

    async def release_savepoint(self) -> None:
        await self._connection.execute(f"RELEASE SAVEPOINT s{self._depth}")

    async def savepoint_rollback(self) -> None:
        await self._connection.execute(f"ROLLBACK TO SAVEPOINT s{self._depth}")


class _Transaction(TransactionContextPooled):
    """Tortoise's own keeps the connection and the task's place in it when BEGIN or ROLLBACK fails:
    nothing could be tried again in that task, and in the end nobody would get a connection."""

    client: Any
    alone: Sequence[str] = ()

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.pool = self.client._parent._pool
        self.client._connection = await self.pool.acquire(timeout=TURN_SECONDS)
        try:
            await self._begin()
        except BaseException:
            await self.pool.release(self.client._connection)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def _begin(self) -> None:
        """The lock comes along with BEGIN, in one round trip: the answer tells how many rows there
        were. What is read next is read with the lock held, as every statement begins anew."""
        if not self.alone:
            await self.client.begin()
            return
        lock = f"SELECT WHERE pg_try_advisory_xact_lock({_number(self.alone)})"
        if await self.client._connection.execute(f"BEGIN; {lock}") != "SELECT 1":
            await self.client.rollback()
            raise Taken

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        get_connections().reset(self.token)
        try:
            await (self.client.rollback() if exc_type else self._commit())
        finally:
            await self.pool.release(self.client._connection)

    async def _commit(self) -> None:
        is_sent = not self.client._connection.is_closed()
        try:
            await self.client.commit()
        except _SILENT as error:
            if is_sent:
                raise CommitLost(str(error) or repr(error)) from error
            raise


class SetlogPostgresClient(AsyncpgDBClient):
    """Tortoise's client; see the module for what is different."""

    def __init__(
        self,
        url: str,
        command_timeout: float | None = None,
        lock_timeout: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.url, self.command_timeout, self.lock_timeout = url, command_timeout, lock_timeout

    async def create_pool(self, **_: Any) -> "asyncpg.Pool":
        url, one, pool = database_url.split(self.url)
        limits: dict[str, Any] = {"timeout": CONNECT_SECONDS, "reset": _as_it_is}
        limits["command_timeout"] = self.command_timeout
        if self.lock_timeout is not None:
            limits |= {"setup": self._wait_no_longer, "reset": None}
        return await asyncpg.create_pool(url, **{**POOL, **limits, **one, **pool})

    async def _wait_no_longer(self, connection: Any) -> None:
        await connection.execute(f"SET lock_timeout = '{self.lock_timeout}s'")

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return _Connection(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        return self.turn()

    def turn(self, alone: Sequence[str] = ()) -> _Transaction:
        """A transaction; until it ends, another that says the same words raises Taken when it
        begins."""
        wrapper = _Wrapper(cast(AsyncpgDBClient, self))
        transaction = _Transaction(wrapper, self._pool_init_lock)
        transaction.alone = alone
        return transaction


def _number(words: Sequence[str]) -> int:
    """A lock of 64 bits with a sign."""
    found = hashlib.sha256("\n".join(words).encode()).digest()
    return int.from_bytes(found[:8], signed=True)


client_class = SetlogPostgresClient
