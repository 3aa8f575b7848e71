"""`make bench`: Setlog's hot verbs beside the floor of this machine, in one run."""

import argparse
import asyncio
import contextlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench import first_load, floor, taps
from bench.load import Run, request, run, same
from bench.visits import Visit, begin, visits
from bench.world import SECRET, World, make
from tests.support.serving import free_port, setlog_process

FLOOR = "bare Quart handler"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--sets", type=int, default=10_000, help="in the history")
    parser.add_argument("--without-browser", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = make(folder, asked.sets)
        _print_commits(folder)
        database = f"sqlite://{folder}/bench.sqlite3"
        environment = {"SETLOG_DATABASE_URL": database, "SETLOG_SECRET_KEY": SECRET}
        with setlog_process(folder, **environment) as url, _bare() as bare:
            _measure(world, int(url.rpartition(":")[2]), bare, asked.rounds, asked.seconds)
            first_load.show(url, world.cookie)
            if not asked.without_browser:
                taps.show(url)


def _print_commits(folder: Path) -> None:
    bare = [floor.commits(folder, 0.5) for _ in range(5)]
    threaded = [asyncio.run(floor.asynchronous_commits(folder, 0.5)) for _ in range(5)]
    print("INSERT + COMMIT, SQLite, synchronous=FULL (a second, median of 5)")
    print(f"  bare driver {statistics.median(bare):8.0f}")
    print(f"  aiosqlite   {statistics.median(threaded):8.0f}\n")


@contextlib.contextmanager
def _bare() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bench.floor", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait_until_listening(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_until_listening(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise TimeoutError("the bare handler did not start")


def _measure(world: World, port: int, bare: int, rounds: int, seconds: float) -> None:
    asked = visits(world, begin(world, port))
    nothing = Visit(FLOOR, same(request("POST", "/", {"Content-Type": "text/plain"}, b"{}")))
    for concurrency in (1, 32):
        found: dict[str, list[Run]] = defaultdict(list)
        for _ in range(rounds):
            for visit in (nothing, *asked):
                where = bare if visit is nothing else port
                found[visit.name].append(asyncio.run(run(where, visit.make, concurrency, seconds)))
        _print_table(found, concurrency, rounds, world.past_sets)


def _print_table(found: dict[str, list[Run]], concurrency: int, rounds: int, sets: int) -> None:
    print(f"concurrency {concurrency}, {sets:,} sets behind, median of {rounds} rounds")
    heads = ("a second", "of floor", "(range)", "p50 ms", "p99 ms", "bytes")
    print(f"  {'':26}" + "".join(f"{head:>11}" for head in heads))
    base = [each.rate for each in found[FLOOR]]
    for name, runs in found.items():
        ratios = sorted(each.rate / under for each, under in zip(runs, base, strict=True))
        middle = statistics.median(ratios)
        spread = f"{ratios[0]:.0%}-{ratios[-1]:.0%}"
        rate = statistics.median(each.rate for each in runs)
        p50 = statistics.median(each.p50 for each in runs)
        p99 = statistics.median(each.p99 for each in runs)
        size = runs[-1].bytes_each
        print(f"  {name:26}{rate:11.0f}{middle:11.0%}{spread:>11}{p50:11.2f}{p99:11.2f}{size:11}")
    print()


if __name__ == "__main__":
    main()
