"""A load of a fixed length over keep-alive connections, from one process, by raw sockets.

The client does as little as HTTP/1.1 allows, so that what is measured is the server.
"""

import asyncio
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Request = bytes
PAUSE = 0.02  # seconds between what is written beside a load


@dataclass(frozen=True)
class Run:
    """What one run of `seconds` gave: requests a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p95: float
    p99: float
    bytes_each: int


def request(
    method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> Request:
    """One HTTP/1.1 request, ready to be written."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def run(
    port: int,
    make: Callable[[], Request],
    concurrency: int,
    seconds: float,
    meanwhile: Callable[[], Request] | None = None,
    elsewhere: int | None = None,
) -> Run:
    """Send what `make` makes, over `concurrency` connections, for `seconds`. What `meanwhile`
    makes is not timed: it is sent before each request where there is one connection, else by one
    more, PAUSE apart; to the port `elsewhere` where one client has another process do it."""
    before, beside = (meanwhile, None) if concurrency == 1 else (None, meanwhile)
    latencies: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds
    began = time.perf_counter()
    ports = port, elsewhere or port
    clients = (_client(ports, make, end, latencies, sizes, before) for _ in range(concurrency))
    await asyncio.gather(*clients, *([_writer(port, beside, end)] if beside else []))
    took = sum(latencies) if before else time.perf_counter() - began
    cuts = statistics.quantiles(latencies, n=100)
    return Run(
        rate=len(latencies) / took,
        p50=cuts[49] * 1000,
        p95=cuts[94] * 1000,
        p99=cuts[98] * 1000,
        bytes_each=round(statistics.mean(sizes)),
    )


async def _client(
    ports: tuple[int, int],
    make: Callable[[], Request],
    end: float,
    latencies: list[float],
    sizes: list[int],
    before: Callable[[], Request] | None,
) -> None:
    port, beside = ports
    line = await asyncio.open_connection("127.0.0.1", port)
    other = line if beside == port else await asyncio.open_connection("127.0.0.1", beside)
    # A percentile takes two.
    while time.perf_counter() < end or len(latencies) < 2:
        try:
            if before:
                await _ask(other, before)
            began = time.perf_counter()
            sizes.append(await _ask(line, make))
        except asyncio.IncompleteReadError:
            # Hypercorn ends a connection after a number of requests; a client opens the next.
            line = await asyncio.open_connection("127.0.0.1", port)
            other = line if beside == port else await asyncio.open_connection("127.0.0.1", beside)
            continue
        latencies.append(time.perf_counter() - began)
    line[1].close()
    other[1].close()


async def _writer(port: int, make: Callable[[], Request], end: float) -> None:
    line = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        try:
            await _ask(line, make)
            await asyncio.sleep(PAUSE)
        except asyncio.IncompleteReadError:
            line = await asyncio.open_connection("127.0.0.1", port)
    line[1].close()


async def _ask(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], make: Callable[[], Request]
) -> int:
    line[1].write(make())
    return await _answer(line[0])


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read one answer; its body's length. Anything but a 2xx stops the measurement."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    body = await _body(reader, head.lower())
    if not 200 <= status < 300:
        raise RuntimeError(f"the server answered {status}: {body[:300]!r}")
    return len(body)


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    at = head.find(b"content-length:")
    if at >= 0:
        return await reader.readexactly(int(head[at + 15 : head.index(b"\r", at)]))
    if b"transfer-encoding: chunked" not in head:
        return b""
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def in_turn(requests: Iterator[Request]) -> Callable[[], Request]:
    """A maker that hands out the requests of an endless iterator."""
    return lambda: next(requests)


def same(one: Request) -> Callable[[], Request]:
    """A maker that always hands out the same request."""
    return in_turn(itertools.repeat(one))
