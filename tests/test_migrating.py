"""Migrating while others work: the version before goes on writing, a migration that fails leaves
everything as it was, and one that has to wait for a table lets others pass."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tortoise.exceptions import OperationalError
from tortoise.migrations.api.migrate import migrate as apply

from tests.conftest import SECRET
from tests.support.history import train
from tests.support.world import register
from webapp import create_app, db
from webapp.catalogue import prepare
from webapp.db import copying, rows
from webapp.db.migrate import applied_to_postgres, known, migrate
from webapp.ids import uuid7
from webapp.models import User
from webapp.settings import ROOT, Settings

FIRST = known()[0]
TABLES = ("users", "exercises", "workouts", "workout_items", "workout_sets")
_COLUMNS = {
    True: "SELECT column_name AS name FROM information_schema.columns WHERE table_name = ?",
    False: "SELECT name FROM pragma_table_info(?)",
}
FAILING = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "%s")]
    operations = [
        ops.AddField(
            model_name="Location", name="is_open", field=fields.BooleanField(db_default=True)
        ),
        ops.RunSQL("UPDATE no_such_table SET a = 1", ""),
    ]
"""


async def columns(table: str) -> set[str]:
    return {each["name"] for each in await rows(_COLUMNS[db.is_postgres()], table)}


async def applied(settings: Settings) -> list[str]:
    if settings.is_sqlite:
        return copying.applied(settings.sqlite_path)
    return await applied_to_postgres(settings)


@pytest.fixture
async def at_first(settings: Settings) -> AsyncIterator[Settings]:
    """A database of the first version, in which somebody has trained."""
    await apply(config=db.config(settings, foreign_keys="OFF"), target=f"models.{FIRST}")
    await db.disconnect()
    await db.connect(settings)
    await train(await User.create(username="ann", username_key="ann"), workouts=2)
    yield settings
    await db.disconnect()


async def test_the_first_version_goes_on_writing_when_this_one_has_migrated(
    at_first: Settings,
) -> None:
    before = {table: await columns(table) for table in TABLES}
    amounts = {table: await _amount(table) for table in TABLES}
    await db.disconnect()
    await migrate(at_first)
    await db.connect(at_first)
    for table in TABLES:
        assert before[table] <= await columns(table), "a column of the version before is gone"
        await _as_before(table, before[table])
        assert await _amount(table) == amounts[table] + 1


async def _amount(table: str) -> int:
    return int((await rows(f"SELECT COUNT(*) AS n FROM {table}"))[0]["n"])


async def _as_before(table: str, names: set[str]) -> None:
    """Insert a row by the columns that the first version knows, like the last there is."""
    copied = sorted(names - {"id", "uuid", "username", "username_key", "slug", "position", "key"})
    fresh: dict[str, Any] = {"uuid": uuid7() if db.is_postgres() else str(uuid7())}
    fresh |= {"username": "old", "username_key": "old", "position": 99}
    said = {name: value for name, value in fresh.items() if name in names}
    every, marks = ", ".join([*copied, *said]), ", ".join("?" for _ in said)
    last = f"SELECT {', '.join(copied)}, {marks} FROM {table} ORDER BY id DESC LIMIT 1"
    await rows(f"INSERT INTO {table} ({every}) {last}", *said.values())


async def test_a_migration_that_fails_leaves_the_version_before_working(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await applied(settings)
    package = tmp_path / f"failing_{uuid7().hex}"
    shutil.copytree(ROOT / "migrations", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "0997_failing.py").write_text(FAILING % known()[-1])
    with monkeypatch.context() as update:
        update.syspath_prepend(tmp_path)
        update.setattr(db, "MIGRATIONS", package.name)
        with pytest.raises((OperationalError, asyncpg.PostgresError), match="no_such_table"):
            await migrate(settings)
    assert await applied(settings) == before
    app = create_app(settings)
    async with app.test_app():
        assert "is_open" not in await columns("locations")
        ann = await register(app, "ann")
        made = await ann.json("POST", "/settings/locations", {"name": "Iron Hall"})
        assert made.status_code == 201


async def test_who_waits_for_a_table_lets_others_pass(at_first: Settings) -> None:
    if at_first.is_sqlite:
        pytest.skip("SQLite's writers wait for each other anyway")
    url = at_first.database_url
    await db.disconnect()
    await migrate(at_first, last="0004_push_subscriptions")  # its indexes are made concurrently
    writer, other = await asyncpg.connect(url), await asyncpg.connect(url)
    writing = writer.transaction()
    await writing.start()
    for table in ("workouts", "workout_sets"):  # touched, though no row is
        await writer.execute(f"UPDATE {table} SET notes = '' WHERE FALSE")
    migrating = asyncio.create_task(migrate(at_first))
    waits = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
    while not await writer.fetchval(waits):
        assert not migrating.done(), "nothing had to wait"
        await asyncio.sleep(0.01)
    # Were the migration to wait on, this would wait behind it for ever.
    await other.execute("UPDATE workouts SET notes = 'meanwhile'")
    await other.execute("UPDATE workout_sets SET notes = 'meanwhile'")
    assert not migrating.done()
    await writing.rollback()
    await migrating
    await asyncio.gather(writer.close(), other.close())
    assert await applied(at_first) == known()


async def test_a_database_that_is_taken_away_meanwhile_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    settings = Settings(database_url=f"sqlite://{folder}/setlog.sqlite3", secret_key=SECRET)

    async def apply_and_lose(**how: Any) -> None:
        await apply(**how)
        shutil.rmtree(folder)

    monkeypatch.setattr("webapp.db.migrate.apply", apply_and_lose)
    with pytest.raises(FileNotFoundError, match="was taken away"):
        await prepare(settings)
    assert not folder.exists()
