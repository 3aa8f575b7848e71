"""Requests as they come over the wire: in pieces, in crowds, with wishes, and one after another."""

import asyncio
from typing import Any

import pytest

from tests.support.line import LENGTH, answering, line, said, said_slowly
from tests.test_wire import CLOSE, GET, HOST, statuses

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
