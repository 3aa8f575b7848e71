"""The ground every test stands on: a migrated database of its own, an app, ann and bob."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
from quart import Quart

from tests.support.documented import watch
from tests.support.ground import Ground
from tests.support.models_once import make_once
from tests.support.postgres import create_database, running_postgres
from tests.support.wiring import wired
from tests.support.world import Person, register
from webapp import create_app
from webapp.catalogue import prepare
from webapp.settings import Settings

ENGINE = os.environ.get("SETLOG_TEST_DATABASE", "sqlite")
watch()
make_once()
# The same examples at every run, so that a failure is about the change that was made.
hypothesis.settings.register_profile("setlog", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("setlog")
SECRET = "a secret of the tests, long enough to be one"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never asks for a database does the same beside either engine: SQLite's run does it."""
    if ENGINE != "postgres":
        return
    asks = [each for each in items if "server_url" in getattr(each, "fixturenames", ())]
    others = [each for each in items if "server_url" not in getattr(each, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = asks


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again took a tenth."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def server_url() -> Iterator[str | None]:
    """The PostgreSQL server of this run; None on SQLite."""
    if ENGINE != "postgres":
        yield None
        return
    # Statistics are what a test makes them, on whatever machine.
    with running_postgres(autovacuum="off") as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(server_url: str | None, tmp_path_factory: Any) -> Settings:
    """A database with the catalogue and nobody in it, that each test gets a copy of."""
    if server_url is None:
        url = f"sqlite://{tmp_path_factory.mktemp('template')}/template.sqlite3"
    else:
        url = await create_database(server_url, "template_setlog")
    settings = Settings(database_url=url, secret_key=SECRET, insecure_http=True)
    await prepare(settings)
    return settings


@pytest.fixture(scope="session")
def ground(template: Settings, server_url: str | None) -> Iterator[Ground | None]:
    """The PostgreSQL database that the tests have one after the other; None on SQLite."""
    made = Ground(server_url, "test_setlog") if server_url else None
    yield made
    if made:
        made.close()


@pytest.fixture
def settings(template: Settings, ground: Ground | None, tmp_path: Path) -> Settings:
    """Settings that name a database of this test's own, as the template is."""
    if ground is not None:
        return Settings(database_url=ground.renew(), secret_key=SECRET, insecure_http=True)
    path = tmp_path / "setlog.sqlite3"
    shutil.copy(template.sqlite_path, path)
    return Settings(database_url=f"sqlite://{path}", secret_key=SECRET, insecure_http=True)


@pytest.fixture
async def app(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Quart]:
    """The app, serving: its database is open."""
    is_own = request.node.get_closest_marker("own_app") is not None
    made = create_app(settings) if is_own else wired(settings)
    async with made.test_app():
        yield made


@pytest.fixture
async def ann(app: Quart) -> Person:
    return await register(app, "ann")


@pytest.fixture
async def bob(app: Quart) -> Person:
    """The one who must not see ann's rows."""
    return await register(app, "bob")
