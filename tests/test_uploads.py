"""Files on their way in: as slow as a phone's line, and larger than anybody takes."""

import asyncio
from typing import Any

from quart import Quart

from tests.support.importing import file
from tests.support.serving import serving
from tests.support.world import Person
from webapp.wire import exchange

LIMIT = 16 * 1024 * 1024
PIECE = b"x" * 65536


def head(person: Person, size: int) -> bytes:
    """The beginning of a program's request whose body has so many bytes."""
    return (
        f"POST /import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {person.token}\r\n"
        f"Accept: application/json\r\nContent-Type: text/csv\r\nContent-Length: {size}\r\n\r\n"
    ).encode()


async def answered(reader: asyncio.StreamReader) -> int:
    """The status of the answer; 0 when the connection was closed without one."""
    line = await reader.readline()
    return int(line.split()[1]) if line else 0


async def test_a_file_that_is_too_large_is_answered_when_all_of_it_was_sent(
    app: Quart, ann: Person
) -> None:
    async with serving(app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head(ann, LIMIT + len(PIECE)))
        for _ in range(LIMIT // len(PIECE) + 1):
            writer.write(PIECE)
            await writer.drain()
        assert await answered(reader) == 413
        writer.close()


async def test_a_file_is_waited_for_as_long_as_it_comes(
    app: Quart, ann: Person, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exchange, "PATIENCE", 0.4)
    monkeypatch.setattr(exchange, "SLOWEST", 100)  # bytes a second
    data = file("strong.csv")
    assert await slowly(app, ann, data) == 201
    monkeypatch.setattr(exchange, "SLOWEST", 1_000_000)
    assert await slowly(app, ann, data) in (0, 408)  # 0: closed before that could be read


async def slowly(app: Quart, person: Person, data: bytes) -> int:
    """Send the body in pieces, in all for longer than usual patience lasts."""
    async with serving(app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head(person, len(data)))
        step = len(data) // 4 + 1
        try:
            for start in range(0, len(data), step):
                await asyncio.sleep(0.2)
                writer.write(data[start : start + step])
                await writer.drain()
            return await answered(reader)
        except ConnectionError:
            return 0
        finally:
            writer.close()


async def test_a_page_whose_form_is_too_large_is_shown_again(app: Quart, ann: Person) -> None:
    for path in ("/import", "/settings", "/exercises"):
        answer = await ann.page("POST", path, {"name": "x" * LIMIT})
        assert answer.status_code == 413
        text = await answer.get_data(as_text=True)
        assert "larger than 16 MB" in text if path == "/import" else "too large" in text
