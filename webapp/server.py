"""Hypercorn, set up for Setlog: one worker in this process, more in processes of their own."""

import asyncio
import gc
import logging
import signal

from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart

from webapp import create_app, housekeeping, wire
from webapp.hooks import clock as hooks
from webapp.importing import running
from webapp.ringing import clock
from webapp.settings import Settings
from webapp.workers import Workers

GRACE_SECONDS = 20


def _config(host: str, port: int) -> Config:
    config = Config()
    config.bind = [f"{host}:{port}"]
    config.include_server_header = False
    config.errorlog = logging.getLogger("setlog.server")  # else it prints lines that are no JSON
    config.graceful_timeout = GRACE_SECONDS
    config.shutdown_timeout = GRACE_SECONDS
    # The time in which the head of a request has to come; a body has its own, see serving.py. A
    # limit for each read as well would cost a task and a timer a request, and end nothing sooner.
    config.keep_alive_timeout = 75
    config.h11_max_incomplete_size = 64 * 1024
    return config


def _kept(app: Quart) -> Quart:
    wire.install()
    housekeeping.install(app)
    clock.install(app)
    hooks.install(app)
    running.go_on(app)
    # What is there now stays: it need not be looked through for garbage again and again.
    gc.collect()
    gc.freeze()
    return app


def run(settings: Settings, host: str, port: int, workers: int) -> int:
    """Serve until a signal; 0 for a clean end. Requests under way are finished first."""
    config, app = _config(host, port), _kept(create_app(settings))
    if workers == 1:
        asyncio.run(_serve_here(app, config))
        return 0
    # Bound once, for all: what has been sent to one that dies before it took it is another's.
    (shared,) = config.create_sockets().insecure_sockets
    config.bind = [f"fd://{shared.fileno()}"]
    return Workers(lambda alive: asyncio.run(_serve_here(app, config, alive)), workers).run()


async def _serve_here(app: Quart, config: Config, alive: int | None = None) -> None:
    """Serve until a signal, or until `alive` ends: with the process that started this one."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if alive is not None:
        loop.add_reader(alive, stop.set)
    await serve(app, config, shutdown_trigger=stop.wait)
