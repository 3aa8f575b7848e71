"""`make torture`: lifters log sets through a breaking wire while servers are killed at random."""

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import create_database, running_postgres
from tests.support.world import make_token
from torture.audit import audit, is_sound
from torture.faults import Proxy, between
from torture.killing import Killer, Server
from torture.lifter import Lifter
from torture.starter import Starter
from webapp import db
from webapp.catalogue import prepare
from webapp.models import User
from webapp.settings import Settings

SECRET = "the key of a torture, long enough to be one"


def main() -> None:
    """Torture each engine, print what happened, and fail when a promise was broken."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgres"))
    parser.add_argument("--kills", type=int, default=100, help="kill points")
    parser.add_argument("--lifters", type=int, default=6)
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.engine is None:  # the two never share a process
        sys.exit(max(_other(engine) for engine in ("sqlite", "postgres")))
    with _database(asked.engine) as (folder, url):
        settings = Settings(url, SECRET, insecure_http=True)
        sys.exit(bool(asyncio.run(_torture(asked, folder, settings))))


def _other(engine: str) -> int:
    return subprocess.call([sys.executable, "-m", "torture", *sys.argv[1:], "--engine", engine])


@contextmanager
def _database(engine: str) -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory(prefix="setlog-torture-") as name:
        if engine == "sqlite":
            yield Path(name), f"sqlite://{name}/setlog.sqlite3"
            return
        with running_postgres() as url:
            yield Path(name), asyncio.run(create_database(url, "torture"))


async def _torture(asked: argparse.Namespace, folder: Path, settings: Settings) -> list[str]:
    chance = random.Random(asked.seed)
    await prepare(settings)
    people = await _people(settings, asked.lifters, chance)
    environment = {
        "SETLOG_DATABASE_URL": settings.database_url,
        "SETLOG_SECRET_KEY": SECRET,
    }
    starter = Starter()
    servers = [Server(starter, folder, number, environment) for number in range(asked.servers)]
    killer = Killer(servers, chance)
    began = time.monotonic()
    try:
        await asyncio.gather(*(server.start() for server in servers))
        async with between(lambda: chance.choice(servers).port, chance) as proxy:
            await _train(list(people.values()), killer, proxy, asked.kills)
    finally:
        await asyncio.gather(*(server.end() for server in servers))
        starter.end()
    wrong = await _audit(settings, people)
    _print(asked.engine, people, killer, proxy, time.monotonic() - began, wrong)
    return wrong


async def _people(settings: Settings, many: int, chance: random.Random) -> dict[int, Lifter]:
    await db.connect(settings)
    try:
        users = [
            await User.create(username=f"ann{n}", username_key=f"ann{n}", first_name="Ann")
            for n in range(many)
        ]
        seeds = [random.Random(chance.random()) for _ in users]
        tokens = [await make_token(user, "gym") for user in users]
        made = zip(users, tokens, seeds, strict=True)
        return {user.id: Lifter(token, seed) for user, token, seed in made}
    finally:
        await db.disconnect()


async def _train(lifters: list[Lifter], killer: Killer, proxy: Proxy, kills: int) -> None:
    stop = asyncio.Event()
    for lifter in lifters:
        lifter.port = proxy.port
    async with asyncio.TaskGroup() as group:
        for lifter in lifters:
            group.create_task(lifter.train(stop))
        await killer.kill(kills)
        proxy.is_calm = True
        stop.set()


async def _audit(settings: Settings, people: dict[int, Lifter]) -> list[str]:
    await db.connect(settings)
    try:
        found = [await audit(user_id, lifter) for user_id, lifter in people.items()]
        return [each for wrong in found for each in wrong] + await is_sound()
    finally:
        await db.disconnect()


def _print(
    engine: str,
    people: dict[int, Lifter],
    killer: Killer,
    proxy: Proxy,
    seconds: float,
    wrong: list[str],
) -> None:
    sets = sum(len(each.acknowledged) for each in people.values())
    workouts = sum(len(each.finished) for each in people.values())
    tries = sum(each.tries for each in people.values())
    points = dict(killer.points)
    print(f"{engine}: {sum(points.values())} kill points in {seconds:.0f} s {points}")
    print(f"  connections {dict(proxy.fates)}")
    print(f"  {sets} sets and {workouts} workouts acknowledged, {tries} requests sent")
    print(
        "  every one of them is there exactly once" if not wrong else "\n".join(wrong), flush=True
    )


if __name__ == "__main__":
    main()
