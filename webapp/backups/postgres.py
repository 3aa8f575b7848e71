"""Backups of PostgreSQL by its own COPY, in our own file: pg_dump may not be there."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from webapp.backups import archive as archives
from webapp.backups import tables
from webapp.backups.common import (
    Refused,
    another_feed,
    refuse_empty,
    refuse_full,
    refuse_newer,
)
from webapp.db.copying import sync
from webapp.db.migrate import applied_to_postgres, migrate
from webapp.db.postgres import connect
from webapp.db.snapshot import of_postgres
from webapp.settings import Settings

# What is written as text reads the same everywhere.
_PLAIN = "SET datestyle = 'ISO, MDY'; SET timezone = 'UTC'; SET intervalstyle = 'postgres'; "
_PLAIN += "SET bytea_output = 'hex'; SET extra_float_digits = 1"
CSV: dict[str, Any] = {"format": "csv", "header": True, "encoding": "utf-8"}


async def backup(settings: Settings, target: Path) -> int:
    """See `backups.backup`."""
    refuse_empty(await applied_to_postgres(settings))
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        async with of_postgres(settings) as connection:
            amount = await _write(connection, part)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise Refused(f"{target} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return amount


async def _write(connection: "asyncpg.Connection", part: Path) -> int:
    await connection.execute(_PLAIN.replace("SET ", "SET LOCAL "))
    listed: dict[str, Any] = {"setlog_backup": archives.VERSION, "tables": {}}
    listed["made_at"] = datetime.now(UTC).isoformat()
    listed["migrations"] = await tables.migrations(connection)
    with archives.writing(part) as archive:
        for name in await tables.in_order(connection):
            listed["tables"][name] = await _table(connection, archive, name)
        archive.writestr(archives.LIST, orjson.dumps(listed, option=orjson.OPT_INDENT_2))
    return sum(each["rows"] for each in listed["tables"].values())


async def _table(connection: "asyncpg.Connection", archive: Any, name: str) -> dict[str, Any]:
    columns = await tables.columns(connection, name)
    with archives.member(archive, name) as file:
        told = await connection.copy_from_table(name, columns=columns, output=file, **CSV)
    rows = int(told.rpartition(" ")[2])
    return {"columns": columns, "rows": rows, "sha256": file.digest.hexdigest()}


async def restore(settings: Settings, source: Path, is_forced: bool) -> int:
    """See `backups.restore`."""
    with archives.reading(source) as (archive, listed):
        refuse_newer(source, listed["migrations"])
        refuse_full(await people(settings), is_forced)
        await _stand_at(settings, listed["migrations"])
        connection = await connect(settings)
        try:
            async with connection.transaction():
                await _read(connection, archive, listed["tables"])
        except asyncpg.PostgresError as error:
            raise Refused(f"{source} cannot be put back: {error}") from error
        finally:
            await connection.close()
    return sum(each["rows"] for each in listed["tables"].values())


async def people(settings: Settings) -> int:
    """How many accounts there are; none in a database that is new."""
    if not await applied_to_postgres(settings):
        return 0
    connection = await connect(settings)
    try:
        amount: int = await connection.fetchval("SELECT COUNT(*) FROM users")
        return amount
    finally:
        await connection.close()


async def _stand_at(settings: Settings, migrations: list[str]) -> None:
    """Bring the tables to the version the backup is of; those of another version go."""
    if await applied_to_postgres(settings) not in ([], migrations):
        connection = await connect(settings)
        try:
            await tables.drop(connection)
        finally:
            await connection.close()
    await migrate(settings, last=migrations[-1])


async def _read(connection: "asyncpg.Connection", archive: Any, listed: dict[str, Any]) -> None:
    """Fill the tables, all or none of them, and count what is in them then."""
    await connection.execute(_PLAIN.replace("SET ", "SET LOCAL "))
    await tables.empty(connection, listed)
    for name, table in listed.items():
        if name != tables.MIGRATIONS:
            await tables.fire(connection, name, False)
            with archive.open(f"{name}.csv") as file:
                await connection.copy_to_table(name, source=file, columns=table["columns"], **CSV)
            await tables.fire(connection, name, True)
        found = await connection.fetchval(f"SELECT COUNT(*) FROM {tables.quoted(name)}")  # noqa: S608
        if found != table["rows"]:
            raise Refused(f"{name} has {found} rows after it was put back, not {table['rows']}")
        await tables.number_on(connection, name)
    if "feeds" in listed:
        await connection.execute("UPDATE feeds SET name = $1", another_feed())
