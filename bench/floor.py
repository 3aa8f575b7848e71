"""The floor: what this machine does when the program does nothing.

`serve` is a bare Quart handler under Hypercorn; `commits` is the same INSERT and COMMIT that a
logged set costs, through the bare drivers.
"""

import asyncio
import sqlite3
import sys
import time
from pathlib import Path

import aiosqlite
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from quart import Quart

TABLE = "CREATE TABLE IF NOT EXISTS sets (id INTEGER PRIMARY KEY, item INT, reps INT, weight TEXT)"
POSTGRES_TABLE = TABLE.replace("INTEGER PRIMARY KEY", "SERIAL PRIMARY KEY")
INSERT = "INSERT INTO sets (item, reps, weight) VALUES (1, 8, '82.5')"


def bare_app() -> Quart:
    """A Quart app with one handler that does nothing, for GET and POST."""
    app = Quart(__name__)

    @app.route("/", methods=["GET", "POST", "PUT"])
    async def nothing() -> tuple[str, int]:
        return "{}", 200

    return app


def serve(port: int) -> None:
    """Serve the bare app until it is killed."""
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.include_server_header = False
    asyncio.run(hypercorn_serve(bare_app(), config))


def commits(folder: Path, seconds: float) -> float:
    """INSERT + COMMIT a second through sqlite3, WAL, synchronous=FULL."""
    connection = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
        connection.execute(statement)
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        for statement in ("BEGIN IMMEDIATE", INSERT, "COMMIT"):
            connection.execute(statement)
        count += 1
    took = time.perf_counter() - began
    connection.close()
    return count / took


async def asynchronous_commits(folder: Path, seconds: float) -> float:
    """The same through aiosqlite, which the ORM uses."""
    async with aiosqlite.connect(folder / "floor.sqlite3", isolation_level=None) as connection:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
            await connection.execute(statement)
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            for statement in ("BEGIN IMMEDIATE", INSERT, "COMMIT"):
                await connection.execute(statement)
            count += 1
        return count / (time.perf_counter() - began)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
