"""Backups: whole while others write, refused when they are not, put back where they belong."""

import asyncio
import logging
import os
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest

from tests.conftest import SECRET
from tests.support.accounts import exported
from tests.support.everything import fill
from tests.support.history import train
from tests.support.postgres import create_database, drop_database
from tests.support.wiring import wired
from tests.support.world import Person, register
from webapp import backups, create_app, db
from webapp.backups import Refused
from webapp.catalogue import prepare
from webapp.db import copying, migrate
from webapp.ids import uuid7
from webapp.models import Exercise, User, Workout, WorkoutItem, WorkoutSet
from webapp.settings import ROOT, Settings

LATER = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "%s")]
    operations = [
        ops.AddField(
            model_name="Location", name="is_open", field=fields.BooleanField(db_default=True)
        )
    ]
"""


async def another(server_url: str | None, tmp_path: Path, like: Settings | None) -> Settings:
    """Another database: a copy of the one it is like, else with nothing in it."""
    if server_url is None:
        path = tmp_path / f"another-{os.urandom(4).hex()}" / "b.sqlite3"
        path.parent.mkdir()
        if like:
            shutil.copy(like.sqlite_path, path)
        url = f"sqlite://{path}"
    else:
        name = f"another_{os.urandom(4).hex()}"
        url = await create_database(server_url, name, "template_setlog" if like else "template1")
    return Settings(database_url=url, secret_key=SECRET, insecure_http=True)


@pytest.fixture
async def empty(server_url: str | None, tmp_path: Path) -> AsyncIterator[Settings]:
    """Another database, in which nothing is yet."""
    made = await another(server_url, tmp_path, None)
    yield made
    await gone(server_url, made)


@pytest.fixture
async def elsewhere(
    server_url: str | None, tmp_path: Path, template: Settings
) -> AsyncIterator[Settings]:
    """Another database, in which nobody is yet."""
    made = await another(server_url, tmp_path, template)
    yield made
    await gone(server_url, made)


async def gone(server_url: str | None, made: Settings) -> None:
    if server_url is not None:
        await drop_database(server_url, urlsplit(made.database_url).path[1:])


async def setlog(settings: Settings, *arguments: str | Path) -> tuple[int, str]:
    """Run the command in a process of its own, beside a server; its code and what it said."""
    command = [str(Path(sys.executable).with_name("setlog")), *map(str, arguments)]
    environment = {**os.environ, "SETLOG_DATABASE_URL": settings.database_url}
    environment["SETLOG_SECRET_KEY"] = SECRET
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def people(settings: Settings) -> list[str]:
    app = wired(settings)
    async with app.test_app():
        found = await User.all().order_by("id")
        return [user.username or "" for user in found]


async def lived_in(settings: Settings, *names: str) -> dict[str, Any]:
    """Give the database people who trained; the first one's account as data."""
    app = wired(settings)
    async with app.test_app():
        made = [await register(app, name) for name in names]
        await fill(made[0])
        for each in made:
            await train(each.user, workouts=3)
        return await exported(made[0])


async def account_of(settings: Settings, name: str) -> dict[str, Any]:
    app = wired(settings)
    async with app.test_app():
        user = await User.get(username=name)
        return await exported(Person(app, user, None, ""))


async def test_a_backup_made_while_others_write_is_of_one_moment(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    app, file = create_app(settings), tmp_path / "setlog.backup"
    async with app.test_app():
        ann = await register(app, "ann")
        await train(ann.user, workouts=40)
        running = asyncio.create_task(backups.backup(settings, file))
        written = 0
        while not running.done():
            await db.transaction(lambda: _one_workout(ann.user))
            written += 1
        await running
    await backups.restore(elsewhere, file)
    again = create_app(elsewhere)
    async with again.test_app():
        kept = await Workout.filter(name="Written meanwhile").count()
        assert await WorkoutSet.filter(workout__name="Written meanwhile").count() == 3 * kept
        assert await WorkoutItem.filter(workout__name="Written meanwhile").count() == kept
        assert await Workout.filter(name__not="Written meanwhile").count() == 40
    assert 0 <= kept <= written
    assert written > 0


async def _one_workout(user: User) -> None:
    """A workout with three sets, all or nothing of it."""
    now, day = datetime.now(UTC), date(2025, 11, 21)
    workout = await Workout.create(
        user=user, name="Written meanwhile", started_at=now, local_date=day, status="finished"
    )
    item = await WorkoutItem.create(user=user, workout=workout, position=1)
    for position in (1, 2, 3):
        await WorkoutSet.create(user=user, workout=workout, item=item, position=position)


async def test_a_backup_has_its_name_on_the_disk_before_it_is_said_to_be_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, synced, fsync = tmp_path / "setlog.backup", [], os.fsync

    def seen(opened: int) -> None:
        synced.append((os.path.realpath(f"/proc/self/fd/{opened}"), file.exists()))
        fsync(opened)

    monkeypatch.setattr("os.fsync", seen)
    await backups.backup(settings, file)
    assert synced == [(f"{file}.part", False), (str(tmp_path), True)]


async def test_everything_comes_back_and_new_rows_follow(
    settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    before, file = await lived_in(settings, "ann", "bob"), tmp_path / "b"
    rows = await backups.backup(settings, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert await backups.restore(empty, file) == rows > 500
    assert await people(empty) == ["ann", "bob"]
    assert await account_of(empty, "ann") == before
    app = create_app(empty)
    async with app.test_app():
        last = await User.all().order_by("-id").first()
        cleo = await register(app, "cleo")
        assert last is not None
        assert cleo.user.id > last.id
        assert await Exercise.filter(user=None).count() > 100
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("b.")] == []


async def test_people_are_not_replaced_unless_it_is_said(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "b"
    await lived_in(settings, "ann")
    await backups.backup(settings, file)
    await lived_in(elsewhere, "bob", "cleo")
    with pytest.raises(Refused, match=r"has 2 account.*--force"):
        await backups.restore(elsewhere, file)
    assert await people(elsewhere) == ["bob", "cleo"]
    code, said = await setlog(elsewhere, "restore", file, "--force")
    assert code == 0, said
    assert await people(elsewhere) == ["ann"]
    if elsewhere.is_sqlite:
        kept = list(elsewhere.sqlite_path.parent.glob("*.before-restore-*"))
        assert len(kept) == 1
        with copying.opened(kept[0]) as copy:
            assert copy.execute("SELECT COUNT(*) FROM users").fetchone() == (2,)


async def test_a_server_that_has_it_open_goes_on_with_what_came_back(
    settings: Settings, tmp_path: Path
) -> None:
    file, app = tmp_path / "b", create_app(settings)
    async with app.test_app():
        ann = await register(app, "ann")
        await train(ann.user, workouts=2)
        await backups.backup(settings, file)
        await train(ann.user, workouts=5)
        await register(app, "bob")
        code, said = await setlog(settings, "restore", file, "--force")
        assert code == 0, said
        assert await User.all().count() == 1
        told = await (await ann.json("GET", "/settings/export")).get_json()
        assert told["workouts"] == 2
        assert (await ann.json("POST", "/settings", {"theme": "dark"})).status_code == 200
        await register(app, "cleo")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])


def _spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(len(data[middle : middle + 4096]))
    file.write_bytes(data)


def _other_engine(file: Path) -> None:
    is_sqlite = file.read_bytes().startswith(b"SQLite")
    if is_sqlite:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("backup.json", "{}")
    else:
        file.unlink()
        sqlite3.connect(file).execute("CREATE TABLE users (id)").connection.close()


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _words(file: Path) -> None:
    file.write_text("Date,Workout Name")


def _newer(file: Path) -> None:
    if file.read_bytes().startswith(b"SQLite"):
        with sqlite3.connect(file) as kept:
            kept.execute("UPDATE tortoise_migrations SET name = '0999_later' WHERE id = 1")
        kept.close()
        return
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listed = orjson.loads(members["backup.json"])
    listed["migrations"].append("0999_later")
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {**members, "backup.json": orjson.dumps(listed)}.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_cut, "damaged"),
        (_spoil, "damaged"),
        (_other_engine, "setlog copy"),
        (_nothing, "no backup"),
        (_words, "no backup"),
        (_newer, "newer Setlog"),
        (Path.unlink, "No such file"),
    ],
)
async def test_a_backup_that_is_not_whole_or_not_for_here_changes_nothing(
    settings: Settings, elsewhere: Settings, tmp_path: Path, harm: Any, why: str
) -> None:
    file = tmp_path / "b"
    await lived_in(settings, "ann")
    await backups.backup(settings, file)
    harm(file)
    await lived_in(elsewhere, "bob")
    with pytest.raises(Refused, match=why):
        await backups.restore(elsewhere, file, is_forced=True)
    assert await people(elsewhere) == ["bob"]


async def test_what_cannot_be_copied_is_one_line(
    empty: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"there is no|nothing of Setlog"):
        await backups.backup(empty, tmp_path / "b")
    code, said = await setlog(elsewhere, "backup", tmp_path / "nowhere" / "b")
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "could not be written" in said
    assert not (tmp_path / "b").exists()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the program have one more migration than it has."""
    package = tmp_path / f"later_{uuid7().hex}"
    shutil.copytree(ROOT / "migrations", package, ignore=shutil.ignore_patterns("__pycache__"))
    last = migrate.known()[-1]
    (package / "0998_later.py").write_text(LATER % last)

    def update() -> None:
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(db, "MIGRATIONS", package.name)

    return update


async def test_before_an_update_sqlite_is_copied_and_postgresql_says_that_it_is_not(
    settings: Settings, later: Any, caplog: pytest.LogCaptureFixture
) -> None:
    before = await lived_in(settings, "ann")
    caplog.set_level(logging.WARNING, "setlog.migrations")
    await migrate.migrate(settings)
    assert caplog.messages == [], "there was nothing to do"
    later()
    await migrate.migrate(settings)
    assert len(caplog.messages) == 1
    if not settings.is_sqlite:
        assert "setlog backup FILE" in caplog.messages[0]
        return
    copies = list(settings.sqlite_path.parent.glob("*.before-0998_later-*"))
    assert len(copies) == 1
    assert str(copies[0]) in caplog.messages[0]
    assert copying.applied(copies[0])[-1] != "0998_later"
    assert copying.applied(settings.sqlite_path)[-1] == "0998_later"
    assert before["workouts"]


async def test_a_database_without_setlog_is_no_backup(empty: Settings, tmp_path: Path) -> None:
    if empty.is_sqlite:
        with closing(sqlite3.connect(empty.sqlite_path)) as there:
            there.execute("CREATE TABLE notes (id INTEGER)")
    code, said = await setlog(empty, "backup", tmp_path / "kept")
    assert code == 1 and "SETLOG_DATABASE_URL" in said and not (tmp_path / "kept").exists()


async def test_a_new_database_is_not_copied(
    empty: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "setlog.migrations")
    await migrate.migrate(empty)
    assert caplog.messages == []
    if empty.is_sqlite:
        assert not list(empty.sqlite_path.parent.glob("*.before-*"))


async def test_the_last_three_copies_are_kept(elsewhere: Settings) -> None:
    if not elsewhere.is_sqlite:
        pytest.skip("PostgreSQL keeps no copies by itself")
    made = [await copying.keep(elsewhere.sqlite_path, f"{9 - n}_x") for n in range(5)]
    assert [path.exists() for path in made] == [False, False, True, True, True]


async def test_a_backup_of_an_older_version_is_brought_to_this_one(
    settings: Settings, elsewhere: Settings, tmp_path: Path, later: Any
) -> None:
    file, before = tmp_path / "b", await lived_in(settings, "ann")
    await backups.backup(settings, file)
    later()
    await prepare(elsewhere)
    await backups.restore(elsewhere, file)
    assert migrate.known()[-1] == "0998_later"
    await db.connect(elsewhere)
    try:
        place = await db.row("SELECT is_open FROM locations")
        assert place is not None
        assert place["is_open"]
    finally:
        await db.disconnect()
    assert (await account_of(elsewhere, "ann"))["workouts"] == before["workouts"]
