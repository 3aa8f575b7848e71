"""Hypercorn, set up for Setlog: one worker in this process, more in processes of their own."""

import asyncio
import gc
import logging
import signal

from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.run import run as run_workers
from quart import Quart

from webapp import create_app, housekeeping, logs, wire
from webapp.importing import running
from webapp.ringing import clock
from webapp.settings import Settings, from_environment

GRACE_SECONDS = 20


def _config(host: str, port: int, workers: int) -> Config:
    config = Config()
    config.bind = [f"{host}:{port}"]
    config.workers = workers
    config.application_path = "webapp.server:worker_app()"
    config.include_server_header = False
    config.errorlog = logging.getLogger("setlog.server")  # else it prints lines that are no JSON
    config.graceful_timeout = GRACE_SECONDS
    config.shutdown_timeout = GRACE_SECONDS
    # The time in which the head of a request has to come; a body has its own, see serving.py. A
    # limit for each read as well would cost a task and a timer a request, and end nothing sooner.
    config.keep_alive_timeout = 75
    config.h11_max_incomplete_size = 64 * 1024
    return config


def worker_app() -> Quart:
    """The app of one of several worker processes; the environment holds the settings."""
    logs.configure()
    return _kept(create_app(from_environment()))


def _kept(app: Quart) -> Quart:
    wire.install()
    housekeeping.install(app)
    clock.install(app)
    running.go_on(app)
    # What is there now stays: it need not be looked through for garbage again and again.
    gc.collect()
    gc.freeze()
    return app


def run(settings: Settings, host: str, port: int, workers: int) -> int:
    """Serve until a signal; 0 for a clean end. Requests under way are finished first."""
    config = _config(host, port, workers)
    if workers > 1:
        return run_workers(config)
    asyncio.run(_serve_here(_kept(create_app(settings)), config))
    return 0


async def _serve_here(app: Quart, config: Config) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(app, config, shutdown_trigger=stop.wait)
