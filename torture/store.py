"""The store fails for a while: a full disk, another process' lock, a database that is away."""

import asyncio
import random
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from pathlib import Path

from torture.cluster import Node, cluster
from torture.failover import at_work
from torture.lifter import Lifter
from torture.rolling import some_sets
from torture.scene import SECRET, audited, people, told
from webapp.catalogue import prepare
from webapp.settings import Settings

MEGABYTES = 64
Fault = Callable[[], AbstractAsyncContextManager[None]]


async def torture(engine: str, lifters: int, seconds: float) -> list[str]:
    """Each fault for so long; what was wrong in the end."""
    if engine == "sqlite":
        with _small_disk() as folder:
            path = folder / "setlog.sqlite3"
            faults = {"a full disk": lambda: _full(folder), "a locked file": lambda: _locked(path)}
            return await _each(f"sqlite://{path}", faults, lifters, seconds)
    with cluster() as there:
        await there.start()
        node = there.primary
        kinds = {"PostgreSQL away": lambda: _away(node), "read-only": lambda: _read_only(node)}
        return await _each(node.url, kinds, lifters, seconds)


async def _each(url: str, faults: Mapping[str, Fault], lifters: int, seconds: float) -> list[str]:
    settings = Settings(url, SECRET, insecure_http=True)
    await prepare(settings)
    made = await people(settings, lifters, random.Random(1))
    with tempfile.TemporaryDirectory(prefix="setlog-torture-") as logs:
        async with at_work(settings, Path(logs), 2, list(made.values())) as those:
            for name, fault in faults.items():
                await _one(name, fault, those, seconds)
    wrong = await audited(settings, made)
    print(told(made, wrong), flush=True)
    return wrong


async def _one(name: str, fault: Fault, lifters: Sequence[Lifter], seconds: float) -> None:
    before = sum(each.refused[503] for each in lifters)
    async with fault():
        await asyncio.sleep(seconds)
    refused = sum(each.refused[503] for each in lifters) - before
    assert refused, f"{name}: nobody was told to come back later"
    over = time.monotonic()
    await some_sets(lifters)
    took = time.monotonic() - over
    print(f"{name} for {seconds:.0f} s: {refused} times 503; all go on {took:.1f} s after it")


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A file system of its own, which one may fill; only root may make one."""
    with tempfile.TemporaryDirectory(prefix="setlog-disk-") as name:
        options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", name]
        subprocess.run(["mount", *options], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


@asynccontextmanager
async def _full(folder: Path) -> AsyncIterator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


@asynccontextmanager
async def _locked(path: Path) -> AsyncIterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@asynccontextmanager
async def _away(node: Node) -> AsyncIterator[None]:
    await asyncio.to_thread(node.end)
    try:
        yield
    finally:
        await asyncio.to_thread(node.start)


@asynccontextmanager
async def _read_only(node: Node) -> AsyncIterator[None]:
    await _say(node, "ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        yield
    finally:
        await _say(node, "ALTER SYSTEM RESET default_transaction_read_only")


async def _say(node: Node, sql: str) -> None:
    for each in (sql, "SELECT pg_reload_conf()"):
        await node.say(each)
