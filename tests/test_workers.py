"""Several processes at one address: what one knows all know, and none is missed."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SECRET
from tests.support.world import Person, make_token
from torture.killing import Server
from torture.rolling import Strict, roll
from torture.starter import Starter
from torture.wire import Answer, Unanswered, ask
from webapp.models import Location, Throttle, WorkoutSet
from webapp.settings import Settings

GYM = {"name": "Iron Hall"}


@pytest.fixture(scope="module")
def starter() -> Iterator[Starter]:
    made = Starter()
    yield made
    made.end()


@pytest.fixture
async def servers(
    settings: Settings, starter: Starter, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[list[Server]]:
    """Running servers on this test's database; the parameter says how many workers each has."""
    there = {"SETLOG_DATABASE_URL": settings.database_url, "SETLOG_SECRET_KEY": SECRET}
    workers: list[int] = request.param
    made = [
        Server(starter, tmp_path, number, there, "--workers", str(amount))
        for number, amount in enumerate(workers)
    ]
    try:
        await asyncio.gather(*(each.start() for each in made))
        yield made
    finally:
        await asyncio.gather(*(each.end() for each in made))


def forks(server: Server) -> list[int]:
    """The process ids of its workers."""
    told = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(each) for each in told.split()]


async def many(
    server: list[Server],
    times: int,
    method: str,
    path: str,
    headers: dict[str, str],
    said: Any = None,
) -> list[Answer]:
    """The same request so many times at once, each on a connection of its own."""
    ports = [server[n % len(server)].port for n in range(times)]
    asked = (ask(port, method, path, headers, said, limit=60) for port in ports)
    return await asyncio.gather(*asked)


def signed(person: Person, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}", "Accept": "application/json", **more}


ALL = pytest.mark.parametrize("servers", [[2], [1, 1]], indirect=True, ids=["workers", "processes"])


@ALL
async def test_what_one_process_knows_all_know(
    servers: list[Server], ann: Person, bob: Person
) -> None:
    key = {"Idempotency-Key": "k1"}
    made = await many(servers, 12, "POST", "/settings/locations", signed(ann, **key), GYM)
    assert {each.status for each in made} <= {201, 409}, "done, or still running elsewhere"
    assert len({str(each.data) for each in made if each.status == 201}) == 1
    assert await Location.filter(user=ann.user).count() == 1
    assert await Location.filter(user=bob.user).count() == 0
    wrong = {"login": "ann", "password": "not the one", "username": "ann"}
    plain = {"Accept": "application/json"}
    await many(servers, 8, "POST", "/login", plain, wrong)
    last = await ask(servers[-1].port, "POST", "/login", plain, wrong, limit=60)
    assert (last.status, "retry-after" in last.headers) == (429, True)
    assert await Throttle.all().count() == 2, "the account and the address"
    seen = await many(servers, 6, "GET", "/settings/locations", signed(ann))
    assert {each.status for each in seen} == {200}
    await ann.json("POST", "/settings/locations", {"name": "Other"})
    seen = await many(servers, 6, "GET", "/settings/locations", signed(ann))
    assert {len(each.data) for each in seen} == {2}


@pytest.mark.parametrize("servers", [[2]], indirect=True)
async def test_a_worker_that_dies_is_replaced_and_all_end_together(
    servers: list[Server], ann: Person
) -> None:
    (server,) = servers
    first = forks(server)
    assert len(first) == 2
    os.kill(first[0], signal.SIGKILL)
    while len(now := forks(server)) < 2 or first[0] in now:
        await asyncio.sleep(0.02)
    seen = await many(servers, 8, "GET", "/settings/locations", signed(ann))
    assert {each.status for each in seen} == {200}
    assert "is replaced" in server.log.read_text()
    os.kill(server.pid, signal.SIGKILL)  # nobody is left to end them
    for pid in now:
        while Path(f"/proc/{pid}").exists():
            await asyncio.sleep(0.02)
    with pytest.raises(Unanswered):
        await ask(server.port, "GET", "/healthz", {})


@ALL
async def test_a_rolling_restart_under_load_fails_nobody(
    servers: list[Server], ann: Person, bob: Person, settings: Settings
) -> None:
    tokens = [await make_token(each.user, "gym") for each in (ann, bob)]
    lifters = [Strict(token, random.Random(n)) for n, token in enumerate(tokens)]
    await roll(servers, lifters, times=2)
    for lifter, person in zip(lifters, (ann, bob), strict=True):
        done = WorkoutSet.filter(user=person.user, completed_at__not_isnull=True)
        assert {each.id for each in await done} == set(lifter.acknowledged)
