"""From nothing to the first answer, and what a process holds once it has worked."""

import asyncio
import statistics
import time
import urllib.request
from pathlib import Path

from bench.load import run
from bench.servers import Server, memory, setlog
from bench.tables import Budgets
from bench.visits import Visit
from bench.world import World

SECONDS, MEGABYTES, STARTS = 1.5, 110, 5


def show(folder: Path, world: World, budgets: Budgets) -> None:
    """Print how long a start takes until the site answers a person, median of some."""
    took = []
    for _ in range(STARTS):
        with setlog(folder, world) as server:
            took.append(server.took + _seconds_of_a_page(server, world))
    middle = statistics.median(took)
    kept = budgets.verdict(f"cold start: {middle:.2f} s, {SECONDS} promised", middle <= SECONDS)
    print(
        f"cold start to the first page: {middle:.2f} s ({min(took):.2f}-{max(took):.2f})  {kept}\n"
    )


def _seconds_of_a_page(server: Server, world: World) -> float:
    headers = {"Cookie": f"setlog={world.cookie}", "Accept": "text/html"}
    asked = urllib.request.Request(f"{server.url}/", headers=headers)  # noqa: S310 - loopback
    began = time.perf_counter()
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - began


def weigh(server: Server, asked: list[Visit], seconds: float, budgets: Budgets) -> None:
    """Print the memory of each process after a moment of every verb."""
    for visit in asked:
        asyncio.run(run(server.port, visit.make, 8, seconds))
    held = [memory(pid) for pid in server.pids]
    most = max(held)
    kept = budgets.verdict(f"memory: {most:.0f} MB, {MEGABYTES} promised", most <= MEGABYTES)
    print(f"memory per process: {', '.join(f'{each:.0f}' for each in held)} MB  {kept}\n")
