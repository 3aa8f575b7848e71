"""A write whose COMMIT is not answered is not carried out twice, and its caller is told so."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from quart import Quart, Response

from tests.support.silence import Mode, Silence, silence
from tests.support.world import Person, register
from webapp import create_app, db
from webapp.models import Location
from webapp.settings import Settings

pytestmark = [pytest.mark.own_app]
PATH = "/settings/locations"


@pytest.fixture
async def line(settings: Settings) -> AsyncIterator[tuple[Silence, Settings]]:
    """The way to PostgreSQL, and the settings of an app that goes it."""
    if settings.is_sqlite:
        pytest.skip("SQLite is never away")
    folder = Path(tempfile.mkdtemp(prefix="setlog-"))  # a socket's path is short
    try:
        async with silence(settings.database_url, folder) as (proxy, url):
            yield proxy, replace(settings, database_url=url)
    finally:
        shutil.rmtree(folder)


async def _make(person: Person, name: str, **headers: str) -> Response:
    return await person.json("POST", PATH, {"name": name}, **headers)


async def _made(name: str, rows: int) -> None:
    """The server behind the proxy has committed by now, or within a moment."""
    for _ in range(200):
        if await Location.filter(name=name).count() == rows:
            return
        await asyncio.sleep(0.02)
    assert await Location.filter(name=name).count() == rows


@pytest.mark.parametrize(("mode", "rows"), [("before", 0), ("after", 1)])
async def test_what_may_be_committed_is_not_repeated_and_says_so(
    line: tuple[Silence, Settings], mode: Mode, rows: int
) -> None:
    proxy, settings = line
    app = create_app(settings)
    async with app.test_app():
        ann = await register(app, "ann")
        proxy.mode = mode
        answer = await _make(ann, "Iron Hall")
        assert (answer.status_code, proxy.commits) == (503, 1)
        assert "Look if it is there" in await answer.get_data(as_text=True)
        assert "Retry-After" not in answer.headers
        await _made("Iron Hall", rows)
        proxy.mode = mode
        said = await ann.page("POST", PATH, {"name": "Garage"})
        assert said.status_code == 503
        assert "Look if it is there" in await said.get_data(as_text=True)
        assert (await _make(ann, "Barn")).status_code == 201
        await _made("Barn", 1)


@pytest.mark.parametrize("mode", ["before", "after"])
async def test_what_has_a_key_is_repeated_and_done_once(
    line: tuple[Silence, Settings], mode: Mode
) -> None:
    proxy, settings = line
    app = create_app(settings)
    async with app.test_app():
        ann, bob = await register(app, "ann"), await register(app, "bob")
        for person in (ann, bob):
            proxy.mode = mode
            answer = await _make(person, "Iron Hall", Idempotency_Key="k1")
            assert answer.status_code == 201
        assert proxy.commits == 2
        for person in (ann, bob):
            assert await Location.filter(user=person.user, name="Iron Hall").count() == 1


_CANCELLED = (
    "CREATE SEQUENCE commits_tried",
    "CREATE FUNCTION cancelled() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN "
    "IF nextval('commits_tried') % 2 = 1 THEN RAISE 'too slow' USING ERRCODE = '57014'; END IF; "
    "RETURN NULL; END $$",
    "CREATE CONSTRAINT TRIGGER cancelled AFTER INSERT ON locations "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cancelled()",
)


async def test_a_commit_that_is_cancelled_says_so_too(app: Quart, ann: Person, bob: Person) -> None:
    if not db.is_postgres():
        pytest.skip("SQLite cancels no commit")
    for each in _CANCELLED:
        await db.rows(each)
    refused = await _make(ann, "Iron Hall")
    assert refused.status_code == 503
    assert "Look if it is there" in await refused.get_data(as_text=True)
    assert await Location.filter(user=ann.user).count() == 0
    assert (await _make(ann, "Iron Hall")).status_code == 201
    assert (await _make(bob, "Garage", Idempotency_Key="k1")).status_code == 201
    assert await Location.filter(user=bob.user, name="Garage").count() == 1
