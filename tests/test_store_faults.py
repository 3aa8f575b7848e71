"""A store that is full, read-only, locked or away: a clear 503, nothing half-written or lost, and
recovery by itself."""

import asyncio
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from quart import Quart, Response
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from tests.conftest import SECRET
from tests.support.postgres import CLUSTER, LOCALE, execute, give_away, programs, run, serving
from tests.support.world import Person, register
from webapp import create_app, db
from webapp.catalogue import prepare
from webapp.db.inline import InlineConnection
from webapp.db.sqlite import GroupLost, SetlogSqliteClient
from webapp.models import Location, LoginSession, Token
from webapp.settings import Settings

Fault = Callable[[Settings], Any]


def writer() -> sqlite3.Connection:
    return cast(SetlogSqliteClient, get_connection("default")).writer._conn


@asynccontextmanager
async def full(settings: Settings) -> AsyncIterator[None]:
    """No page more may be added: what a full disk answers."""
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL's disk is filled by torture.store")
    (pages,) = writer().execute("PRAGMA page_count").fetchone()
    writer().execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        writer().execute("PRAGMA max_page_count=1073741823")


@asynccontextmanager
async def read_only(settings: Settings) -> AsyncIterator[None]:
    """Every write is refused, as on a file system that is mounted read-only, or a standby."""
    if settings.is_sqlite:
        writer().execute("PRAGMA query_only=ON")
        try:
            yield
        finally:
            writer().execute("PRAGMA query_only=OFF")
        return
    name = (await db.rows("SELECT current_database() AS name"))[0]["name"]
    await _by_itself(settings, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    await _drop_connections(settings)
    try:
        yield
    finally:
        await _by_itself(settings, f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        await _drop_connections(settings)


@asynccontextmanager
async def locked(settings: Settings) -> AsyncIterator[None]:
    """Another process has the lock and keeps it."""
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL has no lock on everything")
    with closing(sqlite3.connect(settings.sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def _drop_connections(settings: Settings) -> None:
    name = settings.database_url.partition("?")[0].rpartition("/")[2]
    await _by_itself(
        settings,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{name}' AND pid <> pg_backend_pid()",
    )


async def _by_itself(settings: Settings, sql: str) -> None:
    await execute(settings.database_url, sql)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in earnest waits for a moment here."""
    monkeypatch.setattr("webapp.db.sqlite.WAIT_SECONDS", 0.05)
    monkeypatch.setattr("webapp.db.PATIENCE_SECONDS", 0.05)


# Two of them are longer than a page of the database, so that the second needs one more.
GYM = {"name": "Iron Hall", "notes": "x" * 2000}
PATH = "/settings/locations"


async def made(person: Person, key: str) -> Response:
    return await person.json("POST", PATH, GYM, Idempotency_Key=key)


async def heard(answer: Response) -> str:
    """What a 503 said, after it was found to say when to come back."""
    assert answer.status_code == 503, await answer.get_data()
    assert int(answer.headers["Retry-After"]) > 0
    return str(await answer.get_data(as_text=True))


@pytest.mark.parametrize("fault", [full, read_only, locked])
async def test_what_cannot_be_written_is_a_503_in_both_words_and_written_later(
    app: Quart, ann: Person, bob: Person, fault: Fault, impatient: None
) -> None:
    assert (await made(bob, "before")).status_code == 201
    async with fault(app.config["SETLOG"]):
        assert "again" in orjson.loads(await heard(await made(ann, "k1")))["error"]
        for said in (
            await ann.htmx("POST", PATH, GYM, Idempotency_Key="k2"),
            await ann.page("POST", PATH, GYM, Idempotency_Key="k3"),
        ):
            assert "please try again in a moment" in await heard(said)
        assert (await bob.json("GET", PATH)).status_code == 200, "there is still reading"
        assert "Iron Hall" in await (await bob.page("GET", PATH)).get_data(as_text=True)
        assert await Location.filter(user=ann.user).count() == 0
    assert (await made(ann, "k1")).status_code == 201
    assert (await made(ann, "k1")).headers["Idempotent-Replayed"] == "true"
    assert await Location.filter(user=ann.user).count() == 1
    assert await Location.filter(user=bob.user).count() == 1


async def test_who_was_seen_last_is_not_worth_refusing_to_read(
    app: Quart, ann: Person, impatient: None
) -> None:
    await LoginSession.all().update(last_seen_at=datetime.now(UTC) - timedelta(hours=30))
    await Token.all().update(last_used_at=None)
    async with read_only(app.config["SETLOG"]):
        assert (await ann.page("GET", PATH)).status_code == 200
        assert (await ann.json("GET", PATH)).status_code == 200
    await ann.json("GET", PATH)
    assert await Token.filter(user=ann.user, last_used_at=None).count() == 0


async def test_nobody_is_told_of_what_a_full_disk_undid(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers share a transaction; the one that the disk had no room for undoes it for all."""
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL's writers share nothing")
    monkeypatch.setattr("webapp.db.sqlite.GROUP_SECONDS", 60)
    await db.connect(settings)
    try:
        await db.rows("CREATE TABLE kept (name TEXT UNIQUE)")
        client = cast(SetlogSqliteClient, get_connection("default"))
        first_is_in, others_wait = asyncio.Event(), asyncio.Event()

        async def write(name: str, text: str) -> None:
            async with client._in_transaction() as turn:
                if name == "small":
                    first_is_in.set()
                    await others_wait.wait()
                await turn.execute_query("INSERT INTO kept VALUES (?)", [name + text])

        async with full(settings):
            small = asyncio.create_task(write("small", ""))
            await first_is_in.wait()
            large = asyncio.create_task(write("large", "x" * 300_000))
            later = asyncio.create_task(write("later", ""))
            await asyncio.sleep(0)
            others_wait.set()
            ended = await asyncio.gather(small, large, later, return_exceptions=True)
        told = {name for name, end in zip(("small", "later"), ended[::2], strict=True) if not end}
        assert isinstance(ended[1], OperationalError)
        assert {each["name"] for each in await db.rows("SELECT name FROM kept")} == told
        assert isinstance(ended[0], GroupLost)
    finally:
        await db.disconnect()


async def test_who_waits_behind_others_for_a_locked_file_waits_no_longer_than_they(
    app: Quart, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr("webapp.db.sqlite.WAIT_SECONDS", 0.05)
        impatient.setattr("webapp.db.PATIENCE_SECONDS", 0.05)
        async with locked(app.config["SETLOG"]):
            told = await asyncio.gather(*(made(ann, f"k{n}") for n in range(40)))
        assert {each.status_code for each in told} == {503}
    again = await asyncio.gather(*(made(ann, f"k{n}") for n in range(40)))
    assert {each.status_code for each in again} == {201}
    assert await Location.filter(user=ann.user).count() == 40


@pytest.fixture
def own_postgres(server_url: str | None) -> Iterator[Path]:
    """The folder of a PostgreSQL of this test's own, which is not running."""
    if server_url is None:
        pytest.skip("a file is not away")
    home = Path(tempfile.mkdtemp(prefix="setlog-pg-"))
    try:
        give_away(home)
        initdb = programs(home) / "initdb"
        run(initdb, "-D", home / "data", *CLUSTER, *LOCALE, home=home)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.mark.own_app
async def test_a_postgresql_that_was_away_is_used_again_without_a_restart(
    own_postgres: Path, impatient: None
) -> None:
    url = f"postgres://postgres@/postgres?host={own_postgres}"
    settings = Settings(url, SECRET, insecure_http=True)
    bin_folder = programs(own_postgres)
    with serving(bin_folder, own_postgres):
        await prepare(settings)
    app = create_app(settings)
    async with app.test_app():  # it comes up while the database is away
        assert (await app.test_client().get("/healthz")).status_code == 200
        await heard(await app.test_client().get("/readyz"))
        with serving(bin_folder, own_postgres):
            ann = await register(app, "ann")
            assert (await made(ann, "k1")).status_code == 201
        assert "again" in orjson.loads(await heard(await made(ann, "k2")))["error"]
        said = await ann.page("POST", PATH, GYM, Idempotency_Key="k3")
        assert "please try again in a moment" in await heard(said)
        await heard(await ann.htmx("GET", PATH))
        with serving(bin_folder, own_postgres):
            assert (await app.test_client().get("/readyz")).status_code == 200
            assert [(await made(ann, key)).status_code for key in ("k1", "k2")] == [201, 201]
            assert await Location.filter(user=ann.user).count() == 2
            await Tortoise.close_connections()


async def test_a_connection_that_is_killed_costs_nobody_an_answer(
    app: Quart, ann: Person, impatient: None
) -> None:
    if app.config["SETLOG"].is_sqlite:
        pytest.skip("SQLite has no connections to kill")
    assert (await made(ann, "before")).status_code == 201
    for n in range(3):
        await _drop_connections(app.config["SETLOG"])
        assert (await ann.page("GET", PATH)).status_code == 200
        await _drop_connections(app.config["SETLOG"])
        assert (await made(ann, f"k{n}")).status_code == 201
    assert await Location.filter(user=ann.user).count() == 4


async def test_a_file_that_another_process_is_closing_is_waited_for(tmp_path: Path) -> None:
    """The last one out has the file alone while it puts its log away."""
    path = str(tmp_path / "setlog.sqlite3")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.2, other.execute, ("COMMIT",)).start()
    connection = InlineConnection(path, {"journal_mode": "WAL"})
    (timeout,) = (await connection.execute_fetchall("PRAGMA busy_timeout"))[0]
    assert timeout == 0, "once it is open nobody holds the loop up"
    await connection.close()
    other.close()
