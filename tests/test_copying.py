"""`setlog copy`: a whole server moves to the other engine and back, and nothing is another."""

import os
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tortoise import fields
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from tests.conftest import SECRET
from tests.support.accounts import exported
from tests.support.everything import fill
from tests.support.history import train
from tests.support.postgres import create_database, drop_database, running_postgres
from tests.support.world import Person, register
from tests.test_backups import setlog
from webapp import create_app, models
from webapp.db import rows
from webapp.models import Location, User
from webapp.settings import Settings

ONE = {"name": "Iron Hall"}
TABLES: dict[str, type[Model]] = {
    each._meta.db_table: each
    for each in vars(models).values()
    if isinstance(each, type) and issubclass(each, Model) and each._meta.db_table
}
MADE_UP: dict[type, Any] = {
    fields.CharField: "x",
    fields.TextField: "Zoë's \U0001f4aa\n",
    fields.DatetimeField: datetime(2026, 11, 21, 17, 5, 0, 1, UTC),
    fields.DateField: date(2026, 11, 21),
    fields.IntField: 5,
    fields.SmallIntField: 5,
    fields.BigIntField: 2**53 + 1,
    fields.BooleanField: True,
    fields.BinaryField: bytes(range(256)),
    fields.JSONField: {"b": [1, 2.5, None, "é"], "a": {"x": 1e30}},
}


@pytest.fixture(scope="session")
def any_postgres(server_url: str | None) -> Iterator[str]:
    """A PostgreSQL server, also where the tests themselves are on SQLite."""
    if server_url is not None:
        yield server_url
        return
    with running_postgres() as url:
        yield url


@pytest.fixture
async def new_postgres(any_postgres: str) -> AsyncIterator[Settings]:
    """A PostgreSQL database in which nothing is yet."""
    name = f"copied_{os.urandom(4).hex()}"
    yield Settings(await create_database(any_postgres, name), SECRET, insecure_http=True)
    await drop_database(any_postgres, name)


@pytest.fixture
def new_sqlite(tmp_path: Path) -> Settings:
    """The place for a SQLite database."""
    return Settings(f"sqlite://{tmp_path}/copied.sqlite3", SECRET, insecure_http=True)


async def lived_in(settings: Settings) -> tuple[Person, dict[str, Any]]:
    """Fill every table; ann, and her account as data."""
    app = create_app(settings)
    async with app.test_app():
        ann, bob = await register(app, "ann"), await register(app, "bob")
        for each in (ann, bob):
            await fill(each)
            await train(each.user, workouts=3)
        await ann.json("POST", "/settings/locations", ONE, Idempotency_Key="kept")
        await _fill_what_is_empty()
        gone = await Location.create(user=ann.user, name="gone")
        await gone.delete()
        empty = [each for each in TABLES if not (await rows(f"SELECT 1 AS n FROM {each}"))]
        assert not empty, "tables that nothing would be copied of"
        return ann, await exported(ann)


async def _fill_what_is_empty() -> None:
    """A made-up row in each table that nothing above has filled, whatever tables there are."""
    for _ in TABLES:  # a row may need one of another of these
        for name, model in TABLES.items():
            if not await rows(f"SELECT 1 AS n FROM {name} LIMIT 1"):
                await model.create(**await _made_up(model))


async def _made_up(model: type[Model]) -> dict[str, Any]:
    meta = model._meta
    fields = [meta.fields_map[name] for name in meta.fields_map if name != meta.pk_attr]
    said = {}
    for field in fields:
        if isinstance(field, ForeignKeyFieldInstance):
            said[field.model_field_name] = await field.related_model.first()
        elif type(field) in MADE_UP and not field.reference:
            said[field.model_field_name] = MADE_UP[type(field)]
    return said


async def same(settings: Settings, ann: Person, before: dict[str, Any]) -> None:
    """Hold ann's account there against what it was, by her own cookie and token."""
    app = create_app(settings)
    async with app.test_app():
        user = await User.get(username="ann")
        client = app.test_client()
        client.cookie_jar = ann.client.cookie_jar
        there = Person(app, user, client, ann.token)
        assert await exported(there) == before
        assert (await there.page("GET", "/settings/locations")).status_code == 200
        kept = await there.json("POST", "/settings/locations", ONE, Idempotency_Key="kept")
        assert kept.headers["Idempotent-Replayed"] == "true"
        last = await Location.all().order_by("-id").first()
        assert last is not None
        assert (await Location.create(user=user, name="new")).id > last.id + 1, "one was deleted"
        await Location.filter(name="new").delete()
        await there.json("PATCH", "/api/me", {"first_name": "Anna"})
        await register(app, "cleo")


def told(said: str) -> dict[str, tuple[int, str]]:
    """Rows and checksum by table, as the command printed them."""
    lines = re.findall(r"^(\w+) +([\d,]+)  ([0-9a-f]{32})$", said, re.MULTILINE)
    return {name: (int(amount.replace(",", "")), checksum) for name, amount, checksum in lines}


async def test_a_server_moves_to_the_other_engine_and_back_with_everything(
    settings: Settings, new_postgres: Settings, new_sqlite: Settings, tmp_path: Path
) -> None:
    ann, before = await lived_in(settings)
    there, back = (new_postgres, new_sqlite) if settings.is_sqlite else (new_sqlite, new_postgres)
    code, said = await setlog(settings, "copy", settings.database_url, there.database_url)
    assert code == 0, said
    first = told(said)
    assert set(first) == set(TABLES)
    assert min(amount for amount, _ in first.values()) > 0
    assert "are the same at both ends" in said
    code, said = await setlog(settings, "copy", there.database_url, back.database_url)
    assert code == 0, said
    assert told(said) == first
    await same(back, ann, before)
    await _refuses(there, back, first)


async def test_a_file_that_is_not_there_is_said_to_be_missing(
    new_postgres: Settings, tmp_path: Path
) -> None:
    missing = tmp_path / "mistyped.sqlite3"
    code, said = await setlog(
        new_postgres, "copy", f"sqlite://{missing}", new_postgres.database_url
    )
    assert (code, said) == (1, f"Error: there is no {missing}\n")


async def _refuses(there: Settings, back: Settings, first: dict[str, tuple[int, str]]) -> None:
    """What is not copied leaves the target as it was."""
    code, said = await setlog(there, "copy", there.database_url, back.database_url)
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "has 3 account(s); --force" in said
    code, said = await setlog(there, "copy", there.database_url, there.database_url)
    assert code == 1
    assert "setlog backup" in said
    if back.is_sqlite:
        with closing(sqlite3.connect(back.sqlite_path)) as spoiled, spoiled:
            spoiled.execute("UPDATE users SET first_name = 'a' || char(0) WHERE username = 'bob'")
        code, said = await setlog(there, "copy", back.database_url, there.database_url, "--force")
        assert code == 1
        assert "users" in said or "target" in said
        assert len(said.splitlines()) == 1, said
    code, said = await setlog(there, "copy", there.database_url, back.database_url, "--force")
    assert code == 0, said
    assert told(said) == first, "what was refused has changed nothing"
