"""Answers as they go over the wire, and how long a connection is kept for the next request."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypercorn.asyncio import serve

from tests.support.serving import free_port
from tests.test_wire import CLOSE, GET, HOST, statuses
from webapp import server, wire
from webapp.wire import line as lines

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


UPGRADES = {
    "HTTP/2": b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n",
    "a WebSocket": b"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n",
}


@pytest.mark.parametrize("wish", UPGRADES)
async def test_the_body_of_who_wishes_for_another_protocol_is_no_request(wish: str) -> None:
    hidden = GET + b"X-Hidden: yes\r\n\r\n"
    length = b"Content-Length: %d\r\n" % len(hidden)
    post = b"POST / HTTP/1.1\r\n" + HOST + UPGRADES[wish]
    chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)
    for sent in (post + length + b"\r\n" + hidden, post + chunks):
        got = await said(answering(b"hello"), sent + GET + CLOSE)
        assert statuses(got) == [200, 200], "its own and the one behind it"
        whole = sent + GET + CLOSE
        pieces = [whole[at : at + 7] for at in range(0, len(whole), 7)]
        assert statuses(await said_slowly(answering(b"hello"), *pieces)) == [200, 200]


async def said_slowly(app: Any, *sent: bytes) -> bytes:
    """The same, when each piece is read before the next one comes."""
    async with line(app) as (reader, writer):
        for each in sent:
            writer.write(each)
            await writer.drain()
            await asyncio.sleep(0.002)
        everything: bytes = await reader.read()
        return everything


async def test_a_request_in_pieces_is_the_request() -> None:
    heard: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        body = b""

        async def overheard() -> Any:
            nonlocal body
            message = await receive()
            body += message["body"]
            return message

        await answering(b"hello")(scope, overheard, send)
        heard.append((scope["method"], scope["raw_path"], list(scope["headers"]), body))

    post = b"POST /%61?b=c HTTP/1.1\r\n" + HOST + b"X-A: \xe4 b \r\nTransfer-Encoding: chunked\r\n"
    sent = post + CLOSE + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-B: c\r\n\r\n"
    await said(app, sent)
    await said_slowly(app, *(sent[at : at + 1] for at in range(len(sent))))
    assert heard[0] == heard[1]
    assert heard[0][:2] == ("POST", b"/%61") and heard[0][3] == b"abcde"
    assert (b"x-a", b"\xe4 b") in heard[0][2] and b"x-b" not in dict(heard[0][2])


async def test_who_goes_on_listening_after_the_end_hears_nothing_until_the_answer() -> None:
    heard: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        heard.append(await receive())
        more = asyncio.ensure_future(receive())
        heard.append((await asyncio.wait([more], timeout=0.01))[0])
        more.cancel()
        await send({"type": "http.response.start", "status": 200, "headers": (LENGTH,)})
        await send({"type": "http.response.body", "body": b"hello", "more_body": False})

    assert statuses(await said(app, GET + CLOSE)) == [200]
    assert (heard[0]["more_body"], heard[1]) == (False, set())


async def test_a_crowd_of_wishes_is_answered_one_by_one() -> None:
    wish = GET + UPGRADES["a WebSocket"] + b"\r\n"
    assert statuses(await said(answering(b"hello"), wish * 900 + GET + CLOSE)) == [200] * 901


async def test_a_connection_carries_any_number_of_heads() -> None:
    large = GET + b"X-A: " + b"a" * 5000 + b"\r\n"
    async with line(answering(b"hello")) as (reader, writer):
        for _ in range(50):
            writer.write(large + b"\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
    assert (
        statuses(await said(answering(b"hello"), (large + b"\r\n") * 50 + GET + CLOSE))
        == [200] * 51
    )


@pytest.mark.parametrize("body", [b"-2\r\n{}", b"2\n{}", b"1\r\n{}\r\n0\r\n\r\n"])
async def test_what_is_no_body_is_refused_at_once(body: bytes) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        """Waits for the whole body, for ever, and answers nothing without it."""
        while scope["type"] == "http" and (await receive())["type"] != "http.disconnect":
            pass

    post = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert statuses(await said(app, post + body)) == [400]


@pytest.mark.parametrize("wish", [b"100-continue", b"100-Continue"])
async def test_a_body_is_asked_for_when_its_client_waits_for_that(wish: bytes) -> None:
    async with line(answering(b"hello")) as (reader, writer):
        writer.write(
            b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nExpect: " + wish + b"\r\n"
        )
        writer.write(CLOSE)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        writer.write(b"abc")
        assert statuses(await reader.read()) == [200]


async def test_a_body_that_comes_in_pieces_is_asked_for_once() -> None:
    """Go's client gives up at the sixth time."""
    heard = asyncio.Queue[bytes]()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while scope["type"] == "http" and (message := await receive())["more_body"]:
            heard.put_nowait(message["body"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": ()})
            await send({"type": "http.response.body", "body": b""})

    async with line(app) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\n" + CLOSE[:-2])
        writer.write(b"Expect: 100-continue\r\n\r\n")
        for piece in (b"a", b"b", b"c"):
            writer.write(piece)
            assert await heard.get() == piece
        writer.write(b"d")
        assert statuses(await reader.read()).count(100) <= 1


async def test_an_answer_that_breaks_off_is_not_taken_for_whole() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        await send({"type": "http.response.start", "status": 200, "headers": ()})
        await send({"type": "http.response.body", "body": b"hello", "more_body": True})
        await asyncio.sleep(0.05)
        raise OSError("The rest cannot be read")

    async with line(app) as (reader, writer):
        writer.write(GET + b"\r\n")
        assert (await reader.read()).endswith(b"\r\n5\r\nhello\r\n")  # the last chunk is missing


async def test_who_reads_nothing_is_waited_for_and_then_left() -> None:
    sent: list[int] = []
    piece = {"type": "http.response.body", "body": bytes(65536), "more_body": True}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        await send({"type": "http.response.start", "status": 200, "headers": ()})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                while True:
                    await send(piece)
                    sent.append(65536)
        sent.append(0)

    async with line(app) as (_, writer), asyncio.timeout(30):
        writer.write(GET + b"\r\n")
        while not sent or sent[-1]:
            await asyncio.sleep(0.01)
        while any("Line" in repr(each) for each in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
    assert 0 < sum(sent) < 64 * 2**20


@pytest.mark.parametrize("pieces", [1, 10])
async def test_a_connection_whose_client_reads_nothing_is_ended(
    monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    monkeypatch.setattr(lines, "PIECE_SECONDS", 0.2)
    app = answering(*[bytes(9_999_999)] * pieces, headers=())
    async with line(app) as (_, writer), asyncio.timeout(30):
        writer.write(GET + CLOSE)
        while not any("Line" in repr(each) for each in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
        while any("Line" in repr(each) for each in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
