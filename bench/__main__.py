"""`make bench`: Setlog's hot verbs beside the floor of this machine, in one run."""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import first_load, floor, growth, hot, starting, taps
from bench.growth import Size
from bench.postgres import of_its_own
from bench.servers import Server, bare, setlog
from bench.tables import Budgets
from bench.visits import Visit, begin, visits
from bench.world import World, make

PARTS = ("floor", "hot", "start", "growth", "load", "taps", "workers", "postgres")
SHORT = ("floor", "hot", "start", "growth", "load", "taps")
FEW = (Size(1_000), Size(100_000))
MANY = (Size(1_000), Size(10_000), Size(100_000), Size(1_000_000), Size(1_000, 10_000))
BESIDE = (Size(1_000), Size(100_000), Size(1_000_000))
MANY_POSTGRES = (Size(1_000), Size(100_000), Size(1_000_000), Size(1_000, 10_000))


def main() -> None:
    """Measure and print; the budgets that were missed stand at the end."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all parts and sizes: half an hour")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.8, help="of each run")
    parser.add_argument("--sets", type=int, default=10_000, help="in the history")
    parser.add_argument("--sizes", type=int, nargs="+", help="of the histories that are compared")
    asked = parser.parse_args()
    budgets = Budgets()
    with tempfile.TemporaryDirectory() as name:
        _measure(Path(name), asked, set(asked.only or (PARTS if asked.full else SHORT)), budgets)
    budgets.sum_up()


def _measure(folder: Path, asked: argparse.Namespace, parts: set[str], budgets: Budgets) -> None:
    if "floor" in parts:
        _print_commits(folder)
    if parts & {"hot", "start", "load", "taps", "workers"}:
        _on_sqlite(folder, asked, parts, budgets)
    sizes = [Size(each) for each in asked.sizes or ()] or (MANY if asked.full else FEW)
    if "growth" in parts:
        growth.show("growth, SQLite", make, sizes, asked.rounds, asked.seconds, budgets)
    if "workers" in parts:
        title = "growth, SQLite, 2 processes"
        beside = [Size(each) for each in asked.sizes or ()] or BESIDE
        growth.show(title, make, beside, asked.rounds, asked.seconds, budgets, 2)
    if "postgres" in parts:
        _on_postgres(folder, asked, budgets)


def _on_sqlite(folder: Path, asked: argparse.Namespace, parts: set[str], budgets: Budgets) -> None:
    world = make(folder, asked.sets)
    title = f"SQLite, {asked.sets:,} sets behind"
    with _both(folder, world) as (server, port, every):
        if "hot" in parts:
            hot.measure(title, every, (port, server.port), asked.rounds, asked.seconds, budgets)
        if "start" in parts:
            starting.weigh(server, every, asked.seconds, budgets)
        if "load" in parts:
            first_load.show(server.url, world.cookie)
        if "taps" in parts:
            taps.show(server.url)
    if "start" in parts:
        starting.show(folder, world, budgets)
    if "workers" in parts:
        with _both(folder, world, "--workers", "2") as (server, port, every):
            ports = (port, server.port)
            hot.measure(f"{title}, 2 workers", every, ports, asked.rounds, asked.seconds, None)
            starting.weigh(server, every, asked.seconds, budgets)


def _on_postgres(folder: Path, asked: argparse.Namespace, budgets: Budgets) -> None:
    with of_its_own() as built:
        print(f"INSERT + COMMIT, PostgreSQL, asyncpg (a second): {built.commits():.0f}\n")
        world = built.make(folder, asked.sets)
        for workers in ("1", "2"):
            with _both(folder, world, "--workers", workers) as (server, port, every):
                title = f"PostgreSQL, {asked.sets:,} sets behind, {workers} worker(s)"
                ports = (port, server.port)
                hot.measure(title, every, ports, asked.rounds, asked.seconds, None)
                starting.weigh(server, every, asked.seconds, budgets)
        sizes = [Size(each) for each in asked.sizes or ()] or MANY_POSTGRES
        title = "growth, PostgreSQL, 2 processes"
        growth.show(title, built.make, sizes, asked.rounds, asked.seconds, budgets, 2)


@contextmanager
def _both(folder: Path, world: World, *arguments: str) -> Iterator[tuple[Server, int, list[Visit]]]:
    """Setlog over that world with a workout begun, the bare handler's port, and what is asked."""
    with setlog(folder, world, *arguments) as server, bare() as port:
        yield server, port, visits(world, begin(world, server.port))


def _print_commits(folder: Path) -> None:
    bare_driver = [floor.commits(folder, 0.5) for _ in range(5)]
    threaded = [asyncio.run(floor.asynchronous_commits(folder, 0.5)) for _ in range(5)]
    print("INSERT + COMMIT, SQLite, synchronous=FULL (a second, median of 5)")
    print(f"  bare driver {statistics.median(bare_driver):8.0f}")
    print(f"  aiosqlite   {statistics.median(threaded):8.0f}\n")


if __name__ == "__main__":
    main()
