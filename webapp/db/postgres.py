"""The PostgreSQL engine: Tortoise's, with connections as the URL says and limits to waiting.

The URL may name several hosts (`HOST1,HOST2` with `target_session_attrs=primary`), and PgBouncer
(`statement_cache_size=0`); see docs/operations.md.
"""

from typing import Any, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
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


class CommitLost(Exception):
    """The connection was lost while a transaction was being committed: it may be kept, or not."""


# Of what a commit can fail with, what does not say whether it failed (class 57: shut down).
_LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresConnectionError)
_SILENT = (*_LOST, asyncpg.OperatorInterventionError, OSError)


class _Connection(PoolConnectionWrapper[Any]):
    """A connection of the pool for one statement, waited for with a limit."""

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await self.client._pool.acquire(timeout=TURN_SECONDS)
        return self.connection


class _Transaction(TransactionContextPooled):
    """Tortoise's own keeps the connection and the task's place in it when BEGIN or ROLLBACK fails:
    nothing could be tried again in that task, and in the end nobody would get a connection."""

    client: Any

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.pool = self.client._parent._pool
        self.client._connection = await self.pool.acquire(timeout=TURN_SECONDS)
        try:
            await self.client.begin()
        except BaseException:
            await self.pool.release(self.client._connection)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

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
        limits: dict[str, Any] = {"timeout": CONNECT_SECONDS}
        limits["command_timeout"] = self.command_timeout
        if self.lock_timeout is not None:
            limits["setup"] = self._wait_no_longer
        return await asyncpg.create_pool(url, **{**POOL, **limits, **one, **pool})

    async def _wait_no_longer(self, connection: Any) -> None:
        await connection.execute(f"SET lock_timeout = '{self.lock_timeout}s'")

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return _Connection(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        wrapper = TransactionWrapper(cast(AsyncpgDBClient, self))
        return _Transaction(wrapper, self._pool_init_lock)


client_class = SetlogPostgresClient
