"""A line to a server of one small app, in this process, and all that is said over it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from hypercorn.asyncio import serve

from tests.support.serving import free_port
from webapp import server, wire

LENGTH = (b"content-length", b"5")


def answering(
    *pieces: bytes, headers: Any = (LENGTH,), wait: float = 0, status: int = 200
) -> Callable[..., Any]:
    """An ASGI app that says this to everybody."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(wait)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return app


@asynccontextmanager
async def line(app: Any, **set: float) -> AsyncIterator[Any]:
    """A connection to a server of this app, with these of its settings."""
    config, stop = server._config("127.0.0.1", free_port()), asyncio.Event()
    for name, value in set.items():
        setattr(config, name, value)
    wire.install()
    served = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    port = int(config.bind[0].rpartition(":")[2])
    async with asyncio.timeout(30):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.02)
        yield reader, writer
        writer.close()
        stop.set()
        await served


async def said(app: Any, *sent: bytes, **set: float) -> bytes:
    """All that is said until the server closes the connection."""
    async with line(app, **set) as (reader, writer):
        for each in sent:
            writer.write(each)
        everything: bytes = await reader.read()
        return everything


async def said_slowly(app: Any, *sent: bytes) -> bytes:
    """The same, when each piece is read before the next one comes."""
    async with line(app) as (reader, writer):
        for each in sent:
            writer.write(each)
            await writer.drain()
            await asyncio.sleep(0.002)
        everything: bytes = await reader.read()
        return everything
