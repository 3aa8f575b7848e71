"""A PostgreSQL of the bench's own, that keeps what it acknowledges, and worlds in it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg

from bench.floor import INSERT, POSTGRES_TABLE
from bench.world import World, made
from tests.support.postgres import create_database, running_postgres

DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
}


class Postgres:
    """A running server, by the URL of its database `postgres`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._made = 0

    def make(self, folder: Path, past_sets: int, people: int = 1) -> World:
        """Like `world.make`, in a database of this server."""
        self._made += 1
        url = asyncio.run(create_database(self.url, f"bench_{self._made}"))
        return made(url, past_sets, people)

    def commits(self, seconds: float = 2.0) -> float:
        """INSERT + COMMIT a second by one connection of asyncpg."""
        return asyncio.run(self._commits(seconds))

    async def _commits(self, seconds: float) -> float:
        host = parse_qs(urlsplit(self.url).query)["host"][0]
        connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
        await connection.execute(POSTGRES_TABLE)
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            await connection.execute(INSERT)
            count += 1
        took = time.perf_counter() - began
        await connection.close()
        return count / took


@contextmanager
def of_its_own() -> Iterator[Postgres]:
    """Run such a server until the block ends."""
    with running_postgres(**DURABLE) as url:
        yield Postgres(url)
