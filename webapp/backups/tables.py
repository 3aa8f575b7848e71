"""Our tables in a PostgreSQL database, as its catalogue has them."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

import asyncpg
from tortoise.models import Model

from webapp import models

MIGRATIONS = "tortoise_migrations"
# The database may have tables of others, which are none of our business.
OURS = {MIGRATIONS, *(
    each._meta.db_table
    for each in vars(models).values()
    if isinstance(each, type) and issubclass(each, Model)
)}  # fmt: skip

_TABLES = (
    "SELECT table_name AS name FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_name = ANY($1::text[])"
)
_REFERENCES = (
    "SELECT c.relname AS name, f.relname AS needs FROM pg_constraint k "
    "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid "
    "WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace "
    "AND c.oid <> f.oid ORDER BY c.relname, f.relname"
)
_COLUMNS = (
    "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 "
    "AND table_schema = current_schema() AND is_generated = 'NEVER' ORDER BY ordinal_position"
)

_KINDS = _COLUMNS.replace("column_name AS name", "column_name AS name, udt_name AS kind")


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


async def in_order(connection: "asyncpg.Connection") -> list[str]:
    """The tables, each behind those whose rows it names."""
    there = await connection.fetch(_TABLES, OURS)
    needs: dict[str, list[str]] = {name: [] for name in sorted(each["name"] for each in there)}
    for each in await connection.fetch(_REFERENCES):
        if each["name"] in needs:
            needs[each["name"]].append(each["needs"])
    return list(TopologicalSorter(needs).static_order())


async def columns(connection: "asyncpg.Connection", table: str) -> list[str]:
    """The columns of a table that can be written."""
    return [each["name"] for each in await connection.fetch(_COLUMNS, table)]


async def migrations(connection: "asyncpg.Connection") -> list[str]:
    """The migrations the database has had, in order."""
    found = await connection.fetch(f"SELECT name FROM {MIGRATIONS} ORDER BY name")  # noqa: S608
    return [each["name"] for each in found]


async def empty(connection: "asyncpg.Connection", names: Iterable[str]) -> None:
    """Empty these tables, but not the list of migrations."""
    those = ", ".join(quoted(name) for name in names if name != MIGRATIONS)
    await connection.execute(f"TRUNCATE {those}")


async def fire(connection: "asyncpg.Connection", table: str, do: bool) -> None:
    """Let writing to the table fire its triggers, or not: what they write is copied, too."""
    word = "ENABLE" if do else "DISABLE"
    await connection.execute(f"ALTER TABLE {quoted(table)} {word} TRIGGER USER")


async def drop(connection: "asyncpg.Connection") -> None:
    """Drop our tables."""
    for each in await connection.fetch(_TABLES, OURS):
        await connection.execute(f"DROP TABLE {quoted(each['name'])} CASCADE")


async def number_on(connection: "asyncpg.Connection", table: str) -> None:
    """Let new rows be numbered after those that are there."""
    sequence = await connection.fetchval("SELECT pg_get_serial_sequence($1, 'id')", quoted(table))
    if sequence is not None:
        last = f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {quoted(table)})"  # noqa: S608
        await connection.execute(f"SELECT setval('{sequence}', {last}, false)")


async def last_number(connection: "asyncpg.Connection", table: str) -> int:
    """The last number that a row of the table was given, also when it is gone; 0 for none."""
    sequence = await connection.fetchval("SELECT pg_get_serial_sequence($1, 'id')", quoted(table))
    if sequence is None:
        return 0
    told = await connection.fetchrow(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
    return int(told["last_value"]) if told["is_called"] else 0


async def number_from(connection: "asyncpg.Connection", table: str, last: int) -> None:
    """Let new rows be numbered after this."""
    sequence = await connection.fetchval("SELECT pg_get_serial_sequence($1, 'id')", quoted(table))
    if sequence is not None and last:
        await connection.execute("SELECT setval($1::text::regclass, $2)", sequence, last)


async def kinds(connection: "asyncpg.Connection", table: str) -> dict[str, str]:
    """The columns of a table that can be written, each with the type of its values."""
    found = await connection.fetch(_KINDS, table)
    return {each["name"]: each["kind"] for each in found}
