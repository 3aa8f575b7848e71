"""A proxy before PostgreSQL that ends a connection at its COMMIT: before it, or in place of its
answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

COMMIT = b"COMMIT;"
NAME = ".s.PGSQL.5432"  # what clients call the socket in a folder
CHUNK = 64 * 1024
Mode = Literal["pass", "before", "after"]


class Silence:
    """The proxy. In the mode "before" the server never hears a COMMIT, in "after" it carries it
    out and the client never hears of it; `commits` counts those that were met in such a mode.
    After one of them everything passes again."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self.mode: Mode = "pass"
        self.commits = 0

    async def serve(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        """Carry one connection to its end."""
        server, asked = await asyncio.open_unix_connection(self._socket)
        back = asyncio.create_task(self._back(server, answers))
        with contextlib.suppress(OSError):
            while said := await client.read(CHUNK):
                if COMMIT in said and self.mode != "pass":
                    await self._silence(said, back, asked)
                    break
                asked.write(said)
        back.cancel()
        asked.close()
        answers.close()

    async def _silence(
        self, said: bytes, back: "asyncio.Task[None]", asked: asyncio.StreamWriter
    ) -> None:
        mode, self.mode = self.mode, "pass"
        self.commits += 1
        back.cancel()
        if mode == "after":
            asked.write(said + b"X\0\0\0\4")  # it hangs up when it has committed
            asked.write_eof()

    async def _back(self, server: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while answer := await server.read(CHUNK):
                answers.write(answer)
        answers.close()


@asynccontextmanager
async def silence(database_url: str, folder: Path) -> AsyncIterator[tuple[Silence, str]]:
    """The proxy with its socket in `folder`, and the URL of the same database through it."""
    parts = urlsplit(database_url)
    asked = parse_qs(parts.query)
    proxy = Silence(f"{asked['host'][0]}/.s.PGSQL.{asked.get('port', ['5432'])[0]}")
    server = await asyncio.start_unix_server(proxy.serve, folder / NAME)
    try:
        yield proxy, parts._replace(query=f"host={folder}").geturl()
    finally:
        server.close()
