"""A SQLite database, read as it is at one moment or filled in one transaction, piece by piece."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from webapp.backups.common import Refused
from webapp.backups.tables import quoted
from webapp.db.inline import InlineConnection
from webapp.settings import Settings

AT_ONCE = 200  # rows in memory
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = ?"


class Lite:
    """The database over a connection of its own, in a transaction."""

    def __init__(self, connection: InlineConnection) -> None:
        self.connection = connection

    async def rows(self, table: str, columns: Sequence[str]) -> AsyncIterator[tuple[Any, ...]]:
        """Every row of the table, these columns of it."""
        names = ", ".join(quoted(each) for each in columns)
        sql = f"SELECT rowid, {names} FROM {quoted(table)} "  # noqa: S608 - names of the catalogue
        sql += "WHERE rowid > ? ORDER BY rowid LIMIT ?"
        last = -(2**63)
        while found := await self.connection.fetch_aside(sql, (last, AT_ONCE)):
            for each in found:
                yield tuple(each)[1:]
            last = found[-1][0]

    async def write(self, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        names, marks = ", ".join(map(quoted, columns)), ", ".join("?" for _ in columns)
        sql = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608
        await self.connection.aside(lambda: self.connection._conn.executemany(sql, rows))

    async def empty(self, names: Iterable[str]) -> None:
        for name in names:
            await self.connection.fetch_aside(f"DELETE FROM {quoted(name)}")  # noqa: S608

    async def last_number(self, table: str) -> int:
        """The last number that a row of the table was given, also when it is gone; 0 for none."""
        found = await self.connection.fetch_aside(_LAST, (table,))
        return int(found[0][0]) if found else 0

    async def number_from(self, table: str, last: int) -> None:
        """Let new rows be numbered after this, and after those that are there."""
        sql = "UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?"
        await self.connection.fetch_aside(sql, (last, table, last))
        if last and not await self.connection.fetch_aside(_LAST, (table,)):
            sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)"
            await self.connection.fetch_aside(sql, (table, last))


@asynccontextmanager
async def read_lite(settings: Settings) -> AsyncIterator[Lite]:
    """The database as it is now; nobody has to wait for it."""
    pragmas = {"query_only": "ON", "busy_timeout": "10000"}
    connection = InlineConnection(str(settings.sqlite_path), pragmas)
    try:
        await connection.fetch_aside("BEGIN")
        yield Lite(connection)
    finally:
        await connection.close()


@asynccontextmanager
async def written_lite(settings: Settings) -> AsyncIterator[Lite]:
    """The database to be filled, without its triggers, whose rows are copied, too. What was
    written stays when the block ends without an error and every reference names a row."""
    pragmas = {"synchronous": "FULL", "foreign_keys": "OFF", "busy_timeout": "10000"}
    connection = InlineConnection(str(settings.sqlite_path), pragmas)
    try:
        await connection.begin()
        triggers = await connection.fetch_aside(_TRIGGERS)
        for each in triggers:
            await connection.fetch_aside(f"DROP TRIGGER {quoted(each['name'])}")
        yield Lite(connection)
        for each in triggers:
            await connection.fetch_aside(each["sql"])
        broken = await connection.fetch_aside("PRAGMA foreign_key_check")
        if broken:
            raise Refused(f"{broken[0][0]} names rows that are not there; nothing was changed")
        await connection.aside(connection._conn.commit)
    finally:
        await connection.close()
