"""One HTTP/1.1 request on a connection of its own, with a limit: the least a client can do."""

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson

LIMIT_SECONDS = 4.0


class Unanswered(Exception):
    """Nobody knows whether the request was carried out."""


@dataclass(frozen=True)
class Answer:
    """What the server said: its status, its headers (names in small letters) and its JSON."""

    status: int
    headers: dict[str, str]
    data: Any


async def ask(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str],
    said: Any = None,
    limit: float = LIMIT_SECONDS,
) -> Answer:
    """Send one request and return the whole answer. Raises Unanswered."""
    try:
        return await asyncio.wait_for(_ask(port, method, path, headers, said), limit)
    except (OSError, EOFError, ValueError, IndexError, TimeoutError) as error:
        raise Unanswered(f"{method} {path}: {error!r}") from error


async def _ask(port: int, method: str, path: str, headers: dict[str, str], said: Any) -> Answer:
    body = b"" if said is None else orjson.dumps(said)
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        return _read(await reader.read(-1))
    finally:
        writer.close()


def _read(raw: bytes) -> Answer:
    """The answer, only when all of it is there: what was cut off says nothing."""
    head, end, body = raw.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    length = int(headers.get("content-length", "0"))
    if not end or len(body) != length:
        raise EOFError(f"{len(body)} of {length} bytes")
    return Answer(int(first.split(" ")[1]), headers, orjson.loads(body) if body else None)
