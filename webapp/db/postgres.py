"""The PostgreSQL engine: Tortoise's, with connections as the URL says and limits to waiting.

The URL may name several hosts (`HOST1,HOST2` with `target_session_attrs=primary`), and PgBouncer
(`statement_cache_size=0`); see docs/operations.md.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import (
    PoolConnectionWrapper,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

from webapp import database_url
from webapp.db.pool import Pool
from webapp.db.together import Transaction
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


class Taken(Exception):
    """Another transaction has the lock that ours wanted."""


class _Connection(PoolConnectionWrapper[Any]):
    """A connection of the pool for one statement, waited for with a limit."""

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await self.client._pool.acquire(TURN_SECONDS)
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        is_well = exc_type is None or issubclass(exc_type, asyncpg.PostgresError)
        await self.client._pool.release(self.connection, is_well=is_well)


class _Transaction(TransactionContextPooled):
    """Tortoise's own keeps the connection and the task's place in it when BEGIN or ROLLBACK fails:
    nothing could be tried again in that task, and in the end nobody would get a connection."""

    client: Any
    alone: Sequence[str] = ()

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.pool = self.client._parent._pool
        self.client._connection = await self.pool.acquire(TURN_SECONDS)
        try:
            await self._begin()
        except BaseException:
            await self.pool.release(self.client._connection, is_well=False)
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
        is_well = False
        try:
            await (self.client.rollback() if exc_type else self._keep())
            is_well = True
        finally:
            await self.pool.release(self.client._connection, is_well=is_well)

    async def _keep(self) -> None:
        try:
            await self.client.send_waiting()
        except asyncpg.PostgresError:
            await self.client.rollback()
            raise
        await self._commit()

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

    async def create_pool(self, **_: Any) -> Pool:
        url, one, wanted = database_url.split(self.url)
        size = {**POOL, **wanted}
        patience = size.pop("command_timeout", self.command_timeout)
        limits = {"timeout": CONNECT_SECONDS, "command_timeout": patience, **one}

        async def connect() -> asyncpg.Connection:
            return await asyncpg.connect(url, **limits)

        setup = None if self.lock_timeout is None else self._wait_no_longer
        pool = Pool(connect, size["max_size"], setup)
        await pool.open(size["min_size"])
        return pool

    async def _wait_no_longer(self, connection: Any) -> None:
        await connection.execute(f"SET lock_timeout = '{self.lock_timeout}s'")

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return _Connection(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        return self.turn()

    def turn(self, alone: Sequence[str] = ()) -> _Transaction:
        """A transaction; until it ends, another that says the same words raises Taken when it
        begins."""
        wrapper = Transaction(cast(AsyncpgDBClient, self))
        transaction = _Transaction(wrapper, self._pool_init_lock)
        transaction.alone = alone
        return transaction


def _number(words: Sequence[str]) -> int:
    """A lock of 64 bits with a sign."""
    found = hashlib.sha256("\n".join(words).encode()).digest()
    return int.from_bytes(found[:8], signed=True)


client_class = SetlogPostgresClient
