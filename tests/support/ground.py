"""One PostgreSQL database for all tests, put back to what its template is before each of them."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncpg

from tests.support.postgres import create_database, drop_database

T = TypeVar("T")
SPARE = 8 << 20  # bytes of dead rows before a new database is quicker than looking past them
OTHERS = """SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
CATALOGS = """SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace
AND relkind = 'r' AND NOT relisshared ORDER BY 1"""
TABLES = """SELECT format('%I.%I', nspname, relname) AS name FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE pg_class.oid >= 16384 AND relkind = '{kind}' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1"""

# Statistics are changed in place, and the settings of a database are not in it.
UNSEEN = """SELECT 'sizes', sum(reltuples)::bigint, sum(relpages) FROM pg_class UNION ALL
SELECT 'settings', 0, count(*) FROM pg_db_role_setting JOIN pg_database ON setdatabase =
pg_database.oid WHERE datname = current_database()"""


class Ground:
    """The database `name`, a copy of the database `template` of the same server.

    A catalog or a table is as it was while it has as many rows, none of them written later than
    the youngest was then (`xmin`). What cannot be put back by deleting the new rows (a changed
    schema, changed or lost rows of the template, statistics) makes the database anew.
    """

    def __init__(self, server_url: str, name: str, template: str = "template_setlog") -> None:
        self.server_url, self.name, self.template = server_url, name, template
        self.url, self.made = urlsplit(server_url)._replace(path=f"/{name}").geturl(), 0
        self._loop = asyncio.new_event_loop()
        self._connection: Any = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it in the loop that the connection belongs to; no other may be running."""
        return self._loop.run_until_complete(work)

    def renew(self) -> str:
        """Put the database back, disconnecting whoever uses it; its URL."""
        self.run(self._renew())
        return self.url

    def close(self) -> None:
        """Remove the database."""
        self.run(self._drop())
        self._loop.close()

    async def _renew(self) -> None:
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            if self._connection is not None and await self._is_put_back():
                return
        await self._drop()
        await create_database(self.server_url, self.name, self.template)
        self.made += 1
        self._connection = await asyncpg.connect(self.url)
        await self._remember()

    async def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
        await drop_database(self.server_url, self.name)

    async def _remember(self) -> None:
        """Note what the template is like, and prepare what puts the database back to it."""
        fetch, prepare = self._connection.fetch, self._connection.prepare
        await self._connection.execute("SET session_replication_role = replica")  # no triggers
        sequences = [each["name"] for each in await fetch(TABLES.format(kind="S"))]
        tables = [each["name"] for each in await fetch(TABLES.format(kind="r"))]
        counted = await fetch(_edition(tables))
        catalogs = _edition([each["relname"] for each in await fetch(CATALOGS)])
        self._look = await prepare(f"{catalogs} UNION ALL {UNSEEN}")
        self._wipe = await prepare(_wipe(counted, [await self._at(each) for each in sequences]))
        self._count = await prepare(_edition(tables))
        sizes = " + ".join(f"pg_relation_size('{each}')" for each in tables)
        self._size = await prepare(f"SELECT {sizes}")
        self._rows, self._schema = counted, await self._look.fetch()
        self._most = await self._size.fetchval() + SPARE

    async def _at(self, sequence: str) -> str:
        """The expression that puts a sequence where it is."""
        [at] = await self._connection.fetch(f"SELECT last_value, is_called FROM {sequence}")
        return f"setval('{sequence}', {at['last_value']}, {at['is_called']})"

    async def _is_put_back(self) -> bool:
        await self._connection.fetch(OTHERS)
        if await self._look.fetch() != self._schema:
            return False
        await self._wipe.fetch()
        return await self._count.fetch() == self._rows and await self._size.fetchval() < self._most


def _edition(tables: list[str]) -> str:
    """A statement that tells of each table how many rows it has and how young the youngest is."""
    parts = (
        f"SELECT '{each}' AS name, max(xmin::text::bigint) AS youngest, count(*) AS n FROM {each}"
        for each in tables
    )
    return " UNION ALL ".join(parts)


def _wipe(counted: list[Any], sequences: list[str]) -> str:
    """A statement that deletes the rows younger than those counted, and sets the sequences."""
    deletes = (
        f"d{n} AS (DELETE FROM {each['name']} WHERE xmin::text::bigint > {each['youngest'] or 0})"
        for n, each in enumerate(counted)
    )
    return f"WITH {', '.join(deletes)} SELECT {', '.join(sequences)}"
