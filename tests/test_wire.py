"""Requests as no browser writes them, byte for byte, to a real server of its own process."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypercorn.asyncio import serve
from quart import Quart

from tests.support.serving import free_port, setlog_process
from webapp import server, wire

HOST = b"Host: localhost\r\n"
GET = b"GET /healthz HTTP/1.1\r\n" + HOST
POST = b"POST /login HTTP/1.1\r\n" + HOST
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CLOSE = b"Connection: close\r\n\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\n" + HOST + CLOSE
PATIENCE = 30


@pytest.fixture(scope="module")
def port(tmp_path_factory: Any) -> Iterator[int]:
    folder: Path = tmp_path_factory.mktemp("wire")
    with setlog_process(folder) as url:
        yield int(url.rpartition(":")[2])


def exchange(port: int, sent: bytes) -> bytes:
    """All that the server says until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        said = bytearray()
        try:
            line.sendall(sent)
            while piece := line.recv(65536):
                said += piece
        except ConnectionError:  # it closed before it had heard all of it
            pass
        return bytes(said)


def statuses(said: bytes) -> list[int]:
    """The status of each answer in what was said."""
    return [int(each[:3]) for each in said.split(b"HTTP/1.1 ")[1:]]


# What a proxy before us could read another way, so that its rest becomes somebody else's request.
AMBIGUOUS = {
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
    "a list of lengths": POST + b"Content-Length: 0, 44\r\n\r\n",
    "a length and chunks": POST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks and a length": POST + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "a signed length": POST + b"Content-Length: +5\r\n\r\n",
    "a length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 5\r\n\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks that are not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "two codings": POST + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "twice chunked": POST + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n",
    "a coding behind a tabulator": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "packed chunks": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "an empty coding before chunks": POST + b"Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
    "an extension that ends its line": POST + CHUNKED + b"\r\n2;a\rb\r\n{}\r\n0\r\n\r\n",
    "a length behind the chunks": POST + CHUNKED + b"\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n",
    "a chunk of more than there is": POST + CHUNKED + b"\r\n10000000000000002\r\n{}\r\n0\r\n\r\n",
    "half a host in the address": b"GET http://[::1/healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "a user in the address": b"GET http://a@evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a negative chunk": POST + CHUNKED + b"\r\n-2\r\n{}\r\n0\r\n\r\n",
    "a chunk with a prefix": POST + CHUNKED + b"\r\n0x2\r\n{}\r\n0\r\n\r\n",
    "an extension without an end": POST + CHUNKED + b"\r\n2;\nxx\r\n50\r\n{}",
    "a folded line": GET + b"X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n",
    "a line that ends early": GET + b"X-A: b\nTransfer-Encoding: chunked\r\n\r\n",
    "a bare line end behind the head": GET + b"X-A: b\r\n\n",
    "a chunk that ends early": POST + CHUNKED + b"\r\n2\n{}\r\n0\r\n\r\n",
    "a chunk of another length": POST + CHUNKED + b"\r\n1\r\n{}\r\n0\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "two hosts": GET + b"Host: evil.example\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "an empty host": b"GET / HTTP/1.1\r\nHost: \r\n\r\n",
    "a host that is markup": b'GET / HTTP/1.1\r\nHost: a"><script>\r\n\r\n',
    "a host with a user": b"GET / HTTP/1.1\r\nHost: a@evil.example\r\n\r\n",
    "a host with a path": b"GET / HTTP/1.1\r\nHost: localhost/evil\r\n\r\n",
    "a host of no encoding": b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    "a NUL in a header": GET + b"X-A: b\x00c\r\n\r\n",
    "a carriage return in a header": GET + b"X-A: b\rX-B: c\r\n\r\n",
    "a path of no encoding": b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "a method in small letters": b"get /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "an endless method": b"G" * 3000 + b" /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "another version": b"GET /healthz HTTP/3.0\r\n" + HOST + b"\r\n",
    "what is no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_an_ambiguous_request_is_refused_and_nothing_behind_it_is_heard(
    port: int, kind: str
) -> None:
    (status,) = statuses(exchange(port, AMBIGUOUS[kind] + HIDDEN))
    assert status in (400, 501, 505)


def test_what_is_read_one_way_is_heard(port: int) -> None:
    json = b"Content-Type: application/json\r\nAccept: application/json\r\n"
    chunks = b"2;name=value\r\n{}\r\n0\r\nAuthorization: Bearer x\r\n\r\n"
    said = exchange(port, POST + json + CHUNKED + b"\r\n" + chunks + HIDDEN)
    assert statuses(said) == [400, 404]
    assert b"Field is required" in said, "an extension and a trailer change nothing"
    twice = b"Content-Length: 2\r\nContent-Length: 2\r\n"
    assert statuses(exchange(port, POST + json + twice + CLOSE + b"{}")) == [400]
    assert statuses(exchange(port, GET + b"\r\n" + GET + CLOSE)) == [200, 200]


def test_headers_are_of_one_size(port: int) -> None:
    many = b"".join(b"X-%d: %d\r\n" % (number, number) for number in range(100_000))
    assert statuses(exchange(port, GET + many + b"\r\n")) in ([431], [])
    assert statuses(exchange(port, GET + b"X-A: " + b"a" * 2_000_000 + b"\r\n\r\n")) in ([431], [])
    assert statuses(exchange(port, b"GET /" + b"a" * 2_000_000)) in ([431], [])
    assert statuses(exchange(port, GET + CLOSE)) == [200]


@pytest.mark.parametrize(
    "wish",
    [
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ],
    ids=["HTTP/2", "a WebSocket"],
)
def test_no_other_protocol_is_gone_over_to(port: int, wish: bytes) -> None:
    """Through a proxy that trusts us a tunnel would carry requests that it has not looked at."""
    said = exchange(port, GET + wish + b"\r\n\r\n" + GET + CLOSE)
    assert statuses(said) == [200, 200]
    assert statuses(exchange(port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) in ([505], [400])


def test_other_methods_and_addresses_find_nothing(port: int) -> None:
    found = {
        b"TRACE /healthz": [405],
        b"OPTIONS *": [404],
        b"GET http://evil.example/healthz": [200],
        b"GET //evil.example/..": [404],
        b"GET /static/../../webapp/auth.py": [404],
        b"GET /static/%2e%2e/%2e%2e/webapp/auth.py": [404],
        b"GET /static/%252e%252e/%252e%252e/webapp/auth.py": [404],
        b"GET /static/..%2f..%2fwebapp%2fauth.py": [404],
        b"GET /static/x/..%5c..%5cwebapp%5cauth.py": [404],
        b"GET /static//etc/passwd": [404],
        b"GET /static/app.css%00.js": [404],
        b"GET /%ff%fe%00": [404],
        b"GET /var/setlog.sqlite3": [404],
        b"GET /HEALTHZ": [404],
        b"GET /healthz/": [200],
    }
    for line, expected in found.items():
        said = exchange(port, line + b" HTTP/1.1\r\n" + HOST + CLOSE)
        assert statuses(said) == expected, line
        assert b"evil.example" not in said.partition(b"\r\n\r\n")[0], line


SPOKEN = (
    *(b"Cookie: setlog=", b"Authorization: Bearer ", b"Accept: ", b"User-Agent: ", b"Range: "),
    *(b"Accept-Profile: ", b"Idempotency-Key: ", b"X-Request-Id: ", b"HX-Request: "),
    *(b"If-None-Match: ", b"If-Match: ", b"X-Forwarded-For: ", b"Origin: "),
)


def test_headers_of_no_encoding_are_answered(port: int) -> None:
    for name in SPOKEN:
        for path in (b"/api/session", b"/login", b"/static/app.css"):
            line = b"GET " + path + b" HTTP/1.1\r\n"
            said = exchange(port, line + HOST + name + b"\xff\xfe\x80" * 9 + b"\r\n" + CLOSE)
            assert statuses(said)[0] < 500, (name, path)


def test_a_header_that_is_told_again_is_told_as_one_line(port: int) -> None:
    for value in (b"a" * 65, b"abcdefgh\x7f", b"<script>alert(1)</script>", b"a b c d e f g h"):
        said = exchange(port, GET + b"X-Request-Id: " + value + b"\r\n" + CLOSE)
        assert value not in said
    for path in (b"/%0d%0aSet-Cookie:%20a=b", b"/workouts?q=%0d%0aSet-Cookie:%20a=b"):
        said = exchange(port, b"GET " + path + b" HTTP/1.1\r\n" + HOST + CLOSE)
        assert b"\r\nset-cookie: a=b" not in said.lower()


async def test_headers_that_trickle_in_are_not_waited_for(
    app: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = server._config("127.0.0.1", free_port())
    assert (config.read_timeout, config.keep_alive_timeout) == (None, 75)
    config.keep_alive_timeout = 0.5
    wire.install()
    stop = asyncio.Event()
    task = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    port = int(config.bind[0].rpartition(":")[2])
    reader, writer = await _connected(port)
    writer.write(GET)
    ended = asyncio.create_task(reader.read())
    async with asyncio.timeout(PATIENCE):
        while not ended.done():
            writer.write(b"X-A: b\r\n")
            await asyncio.wait([ended], timeout=0.05)
    assert await ended == b""
    writer.close()
    stop.set()
    await task


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for _ in range(500):
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
    raise TimeoutError("the server did not start")
