"""The app behind a real Hypercorn: in this process, or as `setlog serve` in one of its own."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart

from webapp import wire

START_SECONDS = 90
_chance = random.SystemRandom()


def free_port() -> int:
    """A port of the loopback interface that nobody uses at this moment. It stays free: those that
    the system gives to connections begin above, and another of the test runs takes another."""
    while True:
        port = _chance.randrange(10_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@asynccontextmanager
async def serving(app: Quart) -> AsyncIterator[int]:
    """Serve `app` in this event loop, as `setlog serve` does; yields the port."""
    wire.install()
    config, stop = Config(), asyncio.Event()
    port = free_port()
    config.bind = [f"127.0.0.1:{port}"]
    config.errorlog = None
    task = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    try:
        await _until_listening(port)
        yield port
    finally:
        stop.set()
        await task


async def _until_listening(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise TimeoutError("the server did not start")


@contextmanager
def setlog_process(folder: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """Run `setlog serve` on a database in `folder`; yields the URL of the site."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("setlog")), "serve", "--port", str(port)]
    env = {
        **os.environ,
        "SETLOG_DATABASE_URL": f"sqlite://{folder}/setlog.sqlite3",
        "SETLOG_INSECURE_HTTP": "1",
        "SETLOG_MAX_REQUESTS": "0",  # one person is a crowd here
        **environment,
    }
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen([*command, *arguments], env=env, stderr=log, stdout=log)
        try:
            wait_until_well(process, url, folder / "server.log")
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def wait_until_well(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Wait until the process that was started answers; raises what it wrote when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"setlog did not start:\n{log.read_text()}")
