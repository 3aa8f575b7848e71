"""Answers as they go over the wire, and how long a connection is kept for the next request."""

import asyncio
import contextlib
from typing import Any

import pytest

from tests.support.line import LENGTH, answering, line, said
from tests.test_wire import CLOSE, GET, HOST, statuses
from webapp.wire import line as lines


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


@pytest.mark.parametrize("status", [204, 304])
async def test_an_answer_without_a_body_says_nothing_of_one(status: int) -> None:
    headers = ((b"content-length", b"0"), (b"Content-Type", b"text/html"), (b"etag", b'"a"'))
    app = answering(headers=headers, status=status)
    got = await said(app, GET + b"\r\n", GET + CLOSE)
    assert statuses(got) == [status] * 2
    assert got.count(b'etag: "a"') == 2
    assert b"content-" not in got.lower() and b"transfer-" not in got.lower()


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
