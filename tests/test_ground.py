"""The one PostgreSQL database of the tests: nothing that a test does to it reaches the next."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from tests.conftest import SECRET
from tests.support.ground import OTHERS, Ground
from tests.support.postgres import create_database, database_url, drop_database
from tests.test_copying import TABLES, lived_in
from webapp.settings import Settings

SEEN = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE conrelid >= 16384""",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE oid >= 16384",
    "sequences": """SELECT sequencename, start_value, min_value, max_value, increment_by, cycle
        FROM pg_sequences""",
    "schemas": "SELECT nspname FROM pg_namespace",
    "settings": "SELECT name, setting FROM pg_settings WHERE source = 'database'",
    "statistics": "SELECT tablename, attname, n_distinct FROM pg_stats WHERE schemaname = 'public'",
    "sizes": "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND oid >= 16384",
}
ROWS_ALONE = [
    "DELETE FROM exercises WHERE slug = 'plank'",
    "UPDATE exercises SET name = 'Something' WHERE slug = 'plank'",
    "UPDATE exercises SET name = name",
    "TRUNCATE exercises CASCADE",
    "DELETE FROM tortoise_migrations",
    "INSERT INTO tortoise_migrations SELECT 99, app, 'new', now() FROM tortoise_migrations LIMIT 1",
]
SCHEMAS = [
    "CREATE TABLE another (id int)",
    "DROP TABLE feeds CASCADE",
    "ALTER TABLE users ADD COLUMN another int",
    "ALTER TABLE users ALTER COLUMN first_name SET DEFAULT 'Ann'",
    "ALTER TABLE workouts DISABLE TRIGGER USER",
    "ALTER SEQUENCE users_id_seq INCREMENT BY 7",
    "CREATE INDEX another ON users (first_name)",
    "CREATE FUNCTION another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA another",
    "ALTER DATABASE dirty SET default_transaction_read_only = on",
    "ANALYZE exercises",
]


@pytest.fixture(scope="module")
def own(server_url: str | None, template: Settings) -> Iterator[Ground]:
    if server_url is None:
        pytest.skip("on SQLite each test has a file of its own")
    ground = Ground(server_url, "dirty")
    yield ground
    ground.close()


@pytest.fixture(scope="module")
def clean(own: Ground) -> Iterator[dict[str, list[str]]]:
    """What a database says of itself that was made of the template and not touched."""
    asyncio.run(create_database(own.server_url, "clean", own.template))
    yield asyncio.run(told(database_url(own.server_url, "clean")))
    asyncio.run(drop_database(own.server_url, "clean"))


async def told(url: str) -> dict[str, list[str]]:
    """All that can be read in a database: its schema, its rows, and where its sequences are."""
    connection = await asyncpg.connect(url)
    try:
        kinds = await connection.fetch("SELECT relname FROM pg_class WHERE relkind IN ('r', 'S') "
                                       "AND oid >= 16384")  # fmt: skip
        rows = {name: f"SELECT * FROM {name}" for [name] in kinds}
        rows |= {
            name: f"SELECT last_value, is_called FROM {name}" for name in rows if "_seq" in name
        }
        asked = {**SEEN, **rows}
        return {name: sorted(map(str, await connection.fetch(sql))) for name, sql in asked.items()}
    finally:
        await connection.close()


async def do(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


def test_rows_of_every_table_and_all_sequences_are_put_back_without_a_new_database(
    own: Ground, clean: dict[str, list[str]]
) -> None:
    url = own.renew()
    assert asyncio.run(told(url)) == clean
    asyncio.run(lived_in(Settings(url, SECRET, insecure_http=True)))
    dirty, made = asyncio.run(told(url)), own.made
    changed = {name for name in clean if dirty[name] != clean[name]}
    assert set(TABLES) <= changed
    assert {f"{name}_id_seq" for name in TABLES} <= changed
    assert asyncio.run(told(own.renew())) == clean
    assert own.made == made


@pytest.mark.parametrize("sql", ROWS_ALONE + SCHEMAS)
def test_what_was_changed_or_lost_comes_back(
    own: Ground, clean: dict[str, list[str]], sql: str
) -> None:
    asyncio.run(do(own.renew(), sql))
    dirty = asyncio.run(told(own.url))
    assert dirty != clean or sql.endswith("name = name")
    assert asyncio.run(told(own.renew())) == clean


def test_who_still_holds_rows_and_tables_is_disconnected(
    own: Ground, clean: dict[str, list[str]]
) -> None:
    loop, url = asyncio.new_event_loop(), own.renew()
    made, left = own.made, loop.run_until_complete(_left(url))
    assert asyncio.run(told(own.renew())) == clean
    assert own.made == made
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        loop.run_until_complete(left.execute("SELECT 1"))
    loop.close()


async def _left(url: str) -> Any:
    """A connection in the middle of a transaction that has locked and changed everything."""
    connection = await asyncpg.connect(url)
    await connection.execute("BEGIN; LOCK TABLE users, exercises; DELETE FROM exercises")
    return connection


def test_a_database_full_of_dead_rows_is_made_anew(
    own: Ground, clean: dict[str, list[str]]
) -> None:
    url, made = own.renew(), own.made
    grow = (
        "INSERT INTO throttles (key, failures, last_at) "
        "SELECT md5(n::text), 0, now() FROM generate_series(1, 120000) AS n"
    )
    asyncio.run(do(url, grow))
    assert asyncio.run(told(own.renew())) == clean
    assert own.made == made + 1


def test_a_server_that_ended_the_connection_is_connected_to_again(
    own: Ground, clean: dict[str, list[str]]
) -> None:
    asyncio.run(do(own.renew(), OTHERS))
    assert asyncio.run(told(own.renew())) == clean
