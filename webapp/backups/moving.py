"""A whole account base from one engine to the other, as of one moment, and the proof of it."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import asyncpg

from webapp.backups import postgres, sqlite, tables
from webapp.backups.common import Refused, refuse_full
from webapp.backups.lite import Lite, read_lite, written_lite
from webapp.backups.values import Sum, to_postgres, to_sqlite
from webapp.catalogue import prepare
from webapp.db import copying
from webapp.db.migrate import applied_to_postgres, known
from webapp.db.postgres import connect
from webapp.db.snapshot import of_postgres
from webapp.settings import Settings

AT_ONCE = 200  # rows in memory


@dataclass(frozen=True)
class Copied:
    """A table that was copied: its rows and what they come to, the same at both ends."""

    name: str
    rows: int
    checksum: str


async def copy(source: Settings, target: Settings, is_forced: bool = False) -> list[Copied]:
    """Copy everything but the secret key; both may be served meanwhile. All of it is there
    afterwards, with its numbers, or nothing. Raises Refused, before anything is changed, for a
    source of another version and for a target with people in it unless forced."""
    if source.is_sqlite == target.is_sqlite:
        raise Refused("these are of one engine; setlog backup and setlog restore copy them")
    await _refuse_version(source)
    here = sqlite.people(target.sqlite_path) if target.is_sqlite else await postgres.people(target)
    refuse_full(here, is_forced)
    if here and target.is_sqlite:
        await copying.keep(target.sqlite_path, "copy")
    await prepare(target)
    return await (_to_sqlite if target.is_sqlite else _to_postgres)(source, target)


async def _refuse_version(source: Settings) -> None:
    if source.is_sqlite:
        if not source.sqlite_path.exists():
            raise Refused(f"there is no {source.sqlite_path}")
        there = copying.applied(source.sqlite_path)
    else:
        there = await applied_to_postgres(source)
    if there != known():
        raise Refused("the source is not of this version; run setlog migrate on it first")


async def _to_postgres(source: Settings, target: Settings) -> list[Copied]:
    connection = await connect(target)
    try:
        async with read_lite(source) as lite, connection.transaction():
            await connection.execute("SET LOCAL statement_timeout = 0")
            names = await _names(connection)
            await tables.empty(connection, names)
            return [await _fill_postgres(lite, connection, name) for name in names]
    except asyncpg.PostgresError as error:
        raise Refused(f"the target does not take it: {error}") from error
    finally:
        await connection.close()


async def _names(connection: "asyncpg.Connection") -> list[str]:
    return [name for name in await tables.in_order(connection) if name != tables.MIGRATIONS]


async def _fill_postgres(lite: Lite, connection: "asyncpg.Connection", name: str) -> Copied:
    kinds, read = await tables.kinds(connection, name), Sum()
    await tables.fire(connection, name, False)
    try:
        records = _counted(lite.rows(name, list(kinds)), kinds.values(), read)
        await connection.copy_records_to_table(name, records=records, columns=list(kinds))
    except (ValueError, TypeError) as error:
        raise Refused(f"{name} holds what PostgreSQL does not take: {error}") from error
    await tables.fire(connection, name, True)
    last = await lite.last_number(name)
    await tables.number_from(connection, name, max(last, await _last_id(connection, name)))
    return _proved(name, read, await _sum(connection, name, kinds))


async def _last_id(connection: "asyncpg.Connection", name: str) -> int:
    if "id" not in await tables.columns(connection, name):
        return 0
    sql = f"SELECT COALESCE(MAX(id), 0) FROM {tables.quoted(name)}"  # noqa: S608
    return int(await connection.fetchval(sql))


async def _counted(
    found: AsyncIterator[Any], kinds: Iterable[str], into: Sum
) -> AsyncIterator[tuple[Any, ...]]:
    async for each in found:
        row = to_postgres(kinds, each)
        into.add(kinds, row)
        yield row


async def _sum(connection: "asyncpg.Connection", name: str, kinds: dict[str, str]) -> Sum:
    there = Sum()
    async for row in _rows(connection, name, kinds):
        there.add(kinds.values(), row)
    return there


async def _rows(
    connection: "asyncpg.Connection", name: str, kinds: dict[str, str]
) -> AsyncIterator[tuple[Any, ...]]:
    columns = ", ".join(tables.quoted(each) for each in kinds)
    sql = f"SELECT {columns} FROM {tables.quoted(name)}"  # noqa: S608 - names of the catalogue
    async for each in connection.cursor(sql, prefetch=AT_ONCE):
        yield tuple(each.values())


async def _to_sqlite(source: Settings, target: Settings) -> list[Copied]:
    async with of_postgres(source) as connection, written_lite(target) as lite:
        names = await _names(connection)
        await lite.empty(names)
        return [await _fill_sqlite(connection, lite, name) for name in names]


async def _fill_sqlite(connection: "asyncpg.Connection", lite: Lite, name: str) -> Copied:
    kinds, read, there = await tables.kinds(connection, name), Sum(), Sum()
    rows: list[tuple[Any, ...]] = []
    async for each in _rows(connection, name, kinds):
        read.add(kinds.values(), each)
        rows.append(to_sqlite(kinds.values(), each))
        if len(rows) == AT_ONCE:
            await lite.write(name, list(kinds), rows)
            rows = []
    await lite.write(name, list(kinds), rows)
    await lite.number_from(name, await tables.last_number(connection, name))
    async for found in lite.rows(name, list(kinds)):
        there.add(kinds.values(), to_postgres(kinds.values(), found))
    return _proved(name, read, there)


def _proved(name: str, read: Sum, there: Sum) -> Copied:
    if (read.rows, read.told) != (there.rows, there.told):
        text = f"{name}: of {read.rows} rows {there.rows} arrived, or some are not the same"
        raise Refused(f"{text}; nothing was changed")
    return Copied(name, read.rows, read.told)
