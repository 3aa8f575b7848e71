"""`make soak`: one server process under mixed load; does it keep what it does not need?

People log and read all the time, new connections come and old ones go, some in the middle of a
request or of an answer; some ask for what is not there. Memory, open files and tasks are written
down while that goes on.
"""

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import Request, request, same
from bench.servers import handles, memory, wait_until_listening
from bench.tables import head, line
from bench.visits import begin, visits
from bench.world import SECRET, World, make
from tests.support.serving import free_port

SETS, CLIENTS, MOST_SAMPLES = 10_000, 6, 30
FLAT_MB, FLAT_SHARE, FLAT_COUNT = 4.0, 0.03, 6
HARSH = 0.05  # of the connections are dropped in the middle of something


@dataclass(frozen=True)
class Sample:
    """What the process held `at` so many seconds, and the requests answered by then."""

    at: float
    megabytes: float
    handles: int
    tasks: int
    requests: int


class Load:
    """Clients that go on until they are stopped."""

    def __init__(self, port: int, makers: Sequence[Callable[[], Request]]) -> None:
        self.port, self.makers, self.answered, self.dropped = port, makers, 0, 0
        self.chance = random.Random(1)

    async def client(self) -> None:
        """Connections of one to sixty requests each, without end."""
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                for _ in range(self.chance.randint(1, 60)):
                    await self._ask(reader, writer)
            writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = self.chance.choice(self.makers)()
        is_harsh = self.chance.random() < HARSH
        writer.write(asked[: self.chance.randint(1, len(asked))] if is_harsh else asked)
        if is_harsh:
            await asyncio.sleep(self.chance.choice((0, 0.01)))
            self.dropped += 1
            writer.transport.abort()
            raise ConnectionAbortedError
        text = (await reader.readuntil(b"\r\n\r\n")).lower()
        at = text.find(b"content-length:")
        if at >= 0:
            await reader.readexactly(int(text[at + 15 : text.index(b"\r", at)]))
        self.answered += 1


@contextlib.contextmanager
def _served(folder: Path, world: World) -> Iterator[tuple[int, int, Path]]:
    port, file = free_port(), folder / "tasks"
    env = {**os.environ, "SETLOG_DATABASE_URL": world.database_url, "SETLOG_SECRET_KEY": SECRET}
    env |= {"SETLOG_INSECURE_HTTP": "1", "SETLOG_MAX_REQUESTS": "0"}
    command = [sys.executable, "-m", "bench.watched", str(port), str(file)]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            wait_until_listening(port)
            yield port, process.pid, file
        finally:
            process.kill()
            process.wait()


def _makers(world: World, port: int) -> list[Callable[[], Request]]:
    asked = visits(world, begin(world, port))
    person = {"Cookie": f"setlog={world.cookie}", "Accept": "text/html"}
    others = ("/nothing/here", "/exercises", "/routines", "/stats?range=1y", "/calendar", "/login")
    reads = [same(request("GET", path, person)) for path in others]
    logs = [each.make for each in asked if each.name.startswith("log")]
    wrong = same(request("POST", "/session/items", person, b"exercise=x"))
    return [*logs * 4, *(each.make for each in asked), *reads, wrong]


async def _watch(port: int, pid: int, file: Path, world: World, seconds: float) -> list[Sample]:
    load = Load(port, await asyncio.to_thread(_makers, world, port))
    clients = [asyncio.create_task(load.client()) for _ in range(CLIENTS)]
    began, samples = time.monotonic(), list[Sample]()
    head("held by the process", ("minute", "MB", "files", "tasks", "requests", "dropped"))
    while (at := time.monotonic() - began) < seconds:
        await asyncio.sleep(min(60, seconds / MOST_SAMPLES))
        found = Sample(at, memory(pid), handles(pid), _tasks(file), load.answered)
        samples.append(found)
        facts = (f"{at / 60:.1f}", f"{found.megabytes:.1f}", str(found.handles), str(found.tasks))
        line("", (*facts, str(found.requests), str(load.dropped)))
    for each in clients:
        each.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    return samples


def _tasks(file: Path) -> int:
    """The number in the file, which may just be written."""
    while not (said := file.read_text()):
        time.sleep(0.001)
    return int(said)


def verdict(samples: Sequence[Sample]) -> list[str]:
    """What grew from the second quarter (the first warms up) to the last; empty for nothing."""
    quarter = max(len(samples) // 4, 1)
    early, late = samples[quarter : 2 * quarter], samples[-quarter:]
    grew = []
    held, holds = (statistics.median(each.megabytes for each in some) for some in (early, late))
    if holds - held > max(FLAT_MB, held * FLAT_SHARE):
        grew.append(f"memory: {held:.1f} to {holds:.1f} MB")
    for name in ("handles", "tasks"):
        had, has = (
            statistics.median(getattr(each, name) for each in some) for some in (early, late)
        )
        if has - had > FLAT_COUNT:
            grew.append(f"{name}: {had:.0f} to {has:.0f}")
    return grew


def main() -> None:
    """Watch and print; exit 1 when something grew."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = make(folder, SETS)
        with _served(folder, world) as (port, pid, file):
            samples = asyncio.run(_watch(port, pid, file, world, asked.minutes * 60))
    grew = verdict(samples)
    print("\nNOT FLAT: " + "; ".join(grew) if grew else "\nflat: memory, files and tasks")
    sys.exit(bool(grew))


if __name__ == "__main__":
    main()
