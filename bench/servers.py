"""Setlog and the bare handler as processes of their own, and what those processes hold."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.world import SECRET, World
from tests.support.serving import free_port, setlog_process


@dataclass(frozen=True)
class Server:
    """A running Setlog: its site, its first process, and how long it took to answer (seconds)."""

    url: str
    pid: int
    took: float

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def pids(self) -> list[int]:
        """The processes that serve: the one, or its workers."""
        return _serving(self.pid) or [self.pid]


@contextlib.contextmanager
def setlog(folder: Path, world: World, *arguments: str) -> Iterator[Server]:
    """`setlog serve` over that world, until the block ends."""
    known = {"SETLOG_DATABASE_URL": world.database_url, "SETLOG_SECRET_KEY": SECRET}
    others, began = set(children(os.getpid())), time.perf_counter()
    with setlog_process(folder, *arguments, **known) as url:
        took = time.perf_counter() - began
        pid = (set(children(os.getpid())) - others).pop()
        yield Server(url, pid, took)


@contextlib.contextmanager
def bare() -> Iterator[int]:
    """The bare Quart handler; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.floor", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_until_listening(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait_until_listening(port: int) -> None:
    """Return when somebody listens there. Raises TimeoutError after a minute."""
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def children(pid: int) -> list[int]:
    """The processes that this one has started (Linux)."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text().split()]


def _serving(pid: int) -> list[int]:
    """The workers among the children: one of those keeps track of what is shared, and is small."""
    return [each for each in children(pid) if b"resource_tracker" not in _command(each)]


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def memory(pid: int) -> float:
    """What the process has in memory, in MB (a million bytes)."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def handles(pid: int) -> int:
    """How many files and sockets it has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))
