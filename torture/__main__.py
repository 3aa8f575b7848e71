"""`make torture`: lifters log sets while servers, connections, disks and databases fail."""

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
from torture import failover, store
from torture.faults import between
from torture.killing import Killer, Server
from torture.lifter import Lifter
from torture.rolling import Strict, roll
from torture.scene import SECRET, audited, people, serving, told
from webapp.catalogue import prepare
from webapp.settings import Settings


def main() -> None:
    """Torture each engine, print what happened, and fail when a promise was broken."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("what", nargs="?", default="kills", choices=(*WAYS, "store", "failover"))
    parser.add_argument("--engine", choices=("sqlite", "postgres"))
    parser.add_argument("--kills", type=int, default=100, help="kill points, restarts, failures")
    parser.add_argument(
        "--seconds", type=float, default=30, help="how long a store is away, over 10"
    )
    parser.add_argument("--lifters", type=int, default=6)
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.what == "failover":
        sys.exit(bool(asyncio.run(failover.torture(asked.lifters, asked.servers, asked.seed))))
    if asked.engine is None:  # the two never share a process
        sys.exit(max(_other(engine) for engine in ("sqlite", "postgres")))
    if asked.what == "store":
        sys.exit(bool(asyncio.run(store.torture(asked.engine, asked.lifters, asked.seconds))))
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
    kind: type[Lifter] = Strict if asked.what == "rolling" else Lifter
    lifters = await people(settings, asked.lifters, chance, kind)
    began = time.monotonic()
    async with serving(settings, folder, asked.servers) as servers:
        said = await WAYS[asked.what](asked, servers, list(lifters.values()), chance)
    wrong = await audited(settings, lifters)
    print(f"{asked.engine}: {said} in {time.monotonic() - began:.0f} s")
    print(told(lifters, wrong), flush=True)
    return wrong


async def _kills(
    asked: argparse.Namespace, servers: list[Server], lifters: list[Lifter], chance: random.Random
) -> str:
    """Kill the servers at random moments, behind a wire that breaks."""
    killer, stop = Killer(servers, chance), asyncio.Event()
    async with between(lambda: chance.choice(servers).port, chance) as proxy:
        for lifter in lifters:
            lifter.port = proxy.port
        async with asyncio.TaskGroup() as group:
            for lifter in lifters:
                group.create_task(lifter.train(stop))
            await killer.kill(asked.kills)
            proxy.is_calm = True
            stop.set()
    return f"{asked.kills} kill points {dict(killer.points)}, connections {dict(proxy.fates)}"


async def _rolling(
    asked: argparse.Namespace, servers: list[Server], lifters: list[Lifter], _: random.Random
) -> str:
    """Restart the servers in turn; a lifter who sees a failure ends it."""
    again = await roll(servers, lifters, asked.kills)
    return f"{asked.kills} restarts, none seen, {again} requests asked elsewhere"


WAYS = {"kills": _kills, "rolling": _rolling}


if __name__ == "__main__":
    main()
