"""Migrations: the models and the migrations agree, and two processes may migrate at once."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from tests.conftest import SECRET
from tests.support.postgres import create_database, drop_database
from webapp import db
from webapp.db.migrate import migrate
from webapp.settings import Settings


@pytest.fixture
async def empty(server_url: str | None, tmp_path: Path):
    """Settings of a database in which nothing is yet."""
    if server_url is None:
        yield Settings(database_url=f"sqlite://{tmp_path}/new.sqlite3", secret_key=SECRET)
        return
    name = f"empty_{os.urandom(4).hex()}"
    url = await create_database(server_url, name)
    yield Settings(database_url=url, secret_key=SECRET)
    await drop_database(server_url, name)


async def test_the_models_hold_nothing_that_no_migration_makes(settings: Settings) -> None:
    config = db.config(settings)
    await Tortoise.init(config=config)
    try:
        detector = MigrationAutodetector(Tortoise.apps, config["apps"])
        changes = await detector.changes()
        assert not changes
    finally:
        await Tortoise.close_connections()


async def test_migrating_again_changes_nothing(empty: Settings) -> None:
    await migrate(empty)
    await migrate(empty)
    await db.connect(empty)
    try:
        assert (await db.row("SELECT count(*) AS n FROM users") or {})["n"] == 0
    finally:
        await db.disconnect()


async def test_processes_that_migrate_at_once_do_not_hurt_each_other(empty: Settings) -> None:
    command = [str(Path(sys.executable).with_name("setlog")), "migrate"]
    environment = {**os.environ, "SETLOG_DATABASE_URL": empty.database_url}
    environment["SETLOG_SECRET_KEY"] = SECRET
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(3)]
    ended = await asyncio.gather(*(asyncio.to_thread(p.communicate) for p in started))
    assert [p.returncode for p in started] == [0, 0, 0], ended
