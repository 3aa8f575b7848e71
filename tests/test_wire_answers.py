"""Answers as they go over the wire, and how long a connection is kept for the next request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypercorn.asyncio import serve

from tests.support.serving import free_port
from tests.test_wire import CLOSE, GET, HOST, statuses
from webapp import server, wire

LENGTH = (b"content-length", b"5")


def answering(*pieces: bytes, headers: Any = (LENGTH,), wait: float = 0) -> Callable[..., Any]:
    """An ASGI app that says this to everybody."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(wait)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
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


async def test_requests_that_come_together_are_answered_in_order() -> None:
    post = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc"
    got = await said(answering(b"hello"), GET + b"\r\n" + post + post, GET + CLOSE)
    assert statuses(got) == [200] * 4
    assert got.count(b"\r\n\r\nhello") == 4
    assert got.lower().count(b"connection: close") == 1


async def test_an_answer_to_an_old_or_last_request_closes_the_connection() -> None:
    old = b"GET / HTTP/1.0\r\n" + HOST + b"\r\n"
    for last in (old, GET + CLOSE):
        got = await said(answering(b"hello"), last)
        assert (statuses(got), got[-5:]) == ([200], b"hello")


async def test_a_head_has_no_body_and_the_next_request_is_heard() -> None:
    head = b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n"
    got = await said(answering(b"hello"), head, head, GET + CLOSE)
    assert statuses(got) == [200] * 3
    assert got.count(b"hello") == 1


async def test_an_answer_in_pieces_or_of_no_length_comes_whole() -> None:
    got = await said(answering(b"he", b"llo"), GET + b"\r\n", GET + CLOSE)
    assert got.count(b"\r\n\r\nhello") == 2
    got = await said(answering(b"hello", headers=()), GET + b"\r\n", GET + CLOSE)
    assert got.count(b"5\r\nhello\r\n0\r\n\r\n") == 2


@pytest.mark.parametrize("pieces", [(b"hello!",), (b"hello", b"!"), (b"hell",)])
async def test_an_answer_of_another_length_than_it_says_ends_the_connection(
    pieces: tuple[bytes, ...],
) -> None:
    got = await said(answering(*pieces), GET + b"\r\n", GET + b"\r\n")
    assert len(statuses(got)) <= 1
    assert b"!" not in got


@pytest.mark.parametrize("bad", [(b"x-a", b"b\r\nset-cookie: c=d"), (b"x a", b"b"), (b"x", b"\0")])
async def test_no_header_ends_its_line(bad: tuple[bytes, bytes]) -> None:
    got = await said(answering(b"hello", headers=(LENGTH, bad)), GET + b"\r\n")
    assert b"hello" not in got
    assert b"set-cookie" not in got


async def test_a_connection_is_kept_for_a_while_after_each_answer() -> None:
    app, began = answering(b"hello", wait=0.6), asyncio.get_running_loop().time()
    got = await said(app, GET + b"\r\n" + GET + b"\r\n", keep_alive_timeout=0.2)
    # Longer under way than a connection may be idle, both are answered; then it is closed.
    assert statuses(got) == [200, 200]
    assert asyncio.get_running_loop().time() - began >= 1.2


async def test_an_idle_connection_ends_with_the_server() -> None:
    async with line(answering(b"hello")) as (reader, writer):
        writer.write(GET + b"\r\n")
        assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
