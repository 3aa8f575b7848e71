"""The SQLite engine: Tortoise's, with one connection that writes and one that reads.

Writers take turns. Those that wait when one ends join its transaction, each in a savepoint of its
own, and one commit serves them all: nobody is answered before it. Reads outside a transaction
have their own connection: in WAL mode they wait for nobody.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from typing import Any, cast

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from webapp.db.editions import Editions
from webapp.db.inline import WAIT_SECONDS, InlineConnection, only_reads

GROUP_SIZE = 32
GROUP_SECONDS = 0.02


class GroupLost(OperationalError):
    """The transaction that several writers shared was not committed; each may try again."""

    is_transient = True


def _tell(group: Sequence[asyncio.Future[None]], error: BaseException | None = None) -> None:
    """Tell those who still wait for the commit what came of it."""
    for each in (each for each in group if not each.done()):  # done: its writer was cancelled
        if error is None:
            each.set_result(None)
            continue
        lost = GroupLost(str(error))
        lost.__cause__ = error
        each.set_exception(lost)


class _Turn(TransactionContext):
    """One writer's turn: `async with` it is one transaction, committed when the block is left."""

    client: Any

    def __init__(self, client: "SetlogSqliteClient") -> None:
        self.client = client
        self.connection = SqliteTransactionWrapper(client)

    async def __aenter__(self) -> Any:
        await self.client.take_turn()
        self.connection._connection = cast(Any, self.client.writer)
        self.token = self.client.known.set(self.client.connection_name, self.connection)
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        self.client.known.reset(self.token)
        committed = await self.client.end_turn(is_kept=exc_type is None)
        if committed is not None:
            await committed


class SetlogSqliteClient(SqliteClient):
    """Tortoise's client; see the module for what is different."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._reader: InlineConnection | None = None
        self._editions: Editions | None = None
        self._waiting = 0
        self._is_first = False
        self._group: list[asyncio.Future[None]] = []
        self._group_ends = 0.0

    @property
    def writer(self) -> InlineConnection:
        return cast(InlineConnection, self._connection)

    def _in_transaction(self) -> TransactionContext:
        return _Turn(self)

    turn = _in_transaction

    async def take_turn(self) -> None:
        """Wait for the writer's connection and begin, or join the group that is open."""
        asked = time.monotonic()
        self._waiting += 1
        try:
            await self._lock.acquire()
        except asyncio.CancelledError:
            if self._waiting == 1 and self._group:
                self._closing = asyncio.ensure_future(self._close_group())
            raise
        finally:
            self._waiting -= 1
        try:
            if not self._connection:
                await self.create_connection(with_db=True)
            # The first of a group has nobody's writes to leave as they are.
            self._is_first = not self.writer.in_transaction
            if self._is_first:
                await self._begin(asked)
            else:
                await self.writer.execute("SAVEPOINT turn")
        except BaseException:
            # Tortoise's own would keep the lock, and with it the whole process, for ever.
            self._lock.release()
            raise

    async def _begin(self, asked: float) -> None:
        """Begin; the time spent behind other writers is part of what a writer waits."""
        self._group_ends = time.monotonic() + GROUP_SECONDS
        try:
            await self.writer.begin(asked + WAIT_SECONDS)
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    async def end_turn(self, is_kept: bool) -> "asyncio.Future[None] | None":
        """Keep or undo what the turn wrote; the future is done when it is on the disk."""
        committed = asyncio.get_running_loop().create_future() if is_kept else None
        try:
            if not is_kept:
                await self._undo_turn()
            elif not self._is_first and self.writer.in_transaction:
                await self.writer.execute("RELEASE turn")
            if committed is not None:
                self._group.append(committed)
            # A full disk undoes the whole transaction, and those who shared it must hear of it
            # before the next one begins.
            is_undone = bool(self._group) and not self.writer.in_transaction
            if is_undone or self._is_group_over():
                await self._commit_group()
            elif not self._waiting:
                asyncio.get_running_loop().call_soon(self._commit_unless_joined)
        finally:
            self._lock.release()
        return committed

    async def _undo_turn(self) -> None:
        if self._is_first:
            await self.writer.rollback()
        elif self.writer.in_transaction:
            await self.writer.execute("ROLLBACK TO turn")

    def _is_group_over(self) -> bool:
        return len(self._group) >= GROUP_SIZE or time.monotonic() > self._group_ends

    def _commit_unless_joined(self) -> None:
        """Commit one round of the loop later: writers that are ready by then have joined."""
        if self.writer.in_transaction and not self._lock.locked():
            self._closing = asyncio.ensure_future(self._close_group())

    async def _close_group(self) -> None:
        async with self._lock:
            if self._connection:  # else closed meanwhile, after a turn that was undone
                await self._commit_group()

    async def _commit_group(self) -> None:
        group, self._group = self._group, []
        try:
            if group and not self.writer.in_transaction:
                raise GroupLost("SQLite rolled the transaction back")
            await self.writer.commit()
        except (sqlite3.Error, GroupLost) as error:
            await self.writer.rollback()
            _tell(group, error)
        except asyncio.CancelledError as cancelled:  # who commits; it has run to its end
            if cancelled.__cause__ is not None:
                await self.writer.rollback()
            _tell(group, cancelled.__cause__)
            raise
        else:
            _tell(group)

    async def create_connection(self, with_db: bool) -> None:
        if self._connection:
            return
        self.known = get_connections()
        try:
            self._connection = cast(Any, self._opened())
            self._reader = self._opened(query_only="ON", busy_timeout="1000")
            self._editions = Editions(self.writer)
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        await self._post_connect()

    def edition(self, user_id: int) -> object:
        """Another one whenever what this person trains may have changed; see Editions."""
        return None if self._editions is None else self._editions.of(user_id)

    def _opened(self, **more: str) -> InlineConnection:
        return InlineConnection(self.filename, {**self.pragmas, **more})

    async def close(self) -> None:
        if self._reader:
            await self._reader.close()
            self._reader = self._editions = None
        await super().close()

    @translate_exceptions
    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[Any]]:
        if self._reader is None:
            async with self.acquire_connection():
                pass  # opens the connections
        if self._reader and only_reads(query):
            found = await self._reader.execute_fetchall(query, values)
            return len(found), found
        async with self._in_transaction() as turn:
            result: tuple[int, Sequence[Any]] = await turn.execute_query(query, values)
            return result

    async def fetch(self, query: str, values: Sequence[Any], in_turn: bool) -> Sequence[Any]:
        """What `execute_query` does, on the short way: by the turn this task has, or reading."""
        if in_turn or (self._reader is not None and only_reads(query)):
            connection = self.writer if in_turn else cast(InlineConnection, self._reader)
            try:
                return connection.fetch(query, values)
            except sqlite3.OperationalError as error:
                raise OperationalError(error) from error
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error
        return (await self.execute_query(query, list(values)))[1]

    @translate_exceptions
    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        return [dict(found) for found in (await self.execute_query(query, values))[1]]

    @translate_exceptions
    async def execute_insert(self, query: str, values: list[Any]) -> int:
        async with self._in_transaction() as turn:
            made: int = await turn.execute_insert(query, values)
            return made

    @translate_exceptions
    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as turn:
            await turn.execute_many(query, values)


client_class = SetlogSqliteClient
