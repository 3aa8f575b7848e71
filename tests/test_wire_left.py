"""Clients that leave take along what waited for them."""

import asyncio
from typing import Any

import pytest
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio import serve
from hypercorn.asyncio.worker_context import WorkerContext
from quart import Quart

from tests.support.serving import free_port
from webapp import server, wire
from webapp.wire.line import Line

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"


async def opened(port: int) -> asyncio.StreamWriter:
    """A connection, as soon as the server listens."""
    for _ in range(500):
        try:
            return (await asyncio.open_connection("127.0.0.1", port))[1]
        except OSError:
            await asyncio.sleep(0.02)
    raise TimeoutError("the server did not start")


@pytest.mark.parametrize("sent", [b"", GET[:9], GET, POST])
async def test_who_has_left_is_not_waited_for(app: Quart, sent: bytes) -> None:
    wire.install()
    stop, port = asyncio.Event(), free_port()
    served = asyncio.create_task(
        serve(app, server._config("127.0.0.1", port), shutdown_trigger=stop.wait)
    )
    (await opened(port)).close()
    for _ in range(10):
        line = await opened(port)
        line.write(sent)
        await line.drain()
        line.transport.abort()
    # Far below the 75 s in which Hypercorn would close each of them.
    async with asyncio.timeout(30):
        while any("Line" in repr(each) for each in asyncio.all_tasks()):
            await asyncio.sleep(0.05)
    stop.set()
    await served


async def test_who_comes_when_the_server_has_begun_to_end_is_not_heard() -> None:
    """Nobody waits for that connection: the database would be closed while it is answered."""
    asked, context, loop = [], WorkerContext(None), asyncio.get_running_loop()
    await context.terminated.set()
    config = server._config("127.0.0.1", free_port())

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])

    async def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Line(ASGIWrapper(app), loop, config, context, {}, reader, writer)

    host, port = config.bind[0].split(":")
    async with await asyncio.start_server(accepted, host, int(port)):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(GET)
        assert await reader.read() == b""
        writer.close()
    assert asked == []
