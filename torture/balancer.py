"""A proxy before several servers that tries another when one is going down: what HAProxy does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from torture.faults import read_request

TRIES = 200
PAUSE_SECONDS = 0.05


class Balancer:
    """Takes the servers in turn. A request that was not answered, or by 503, goes to the next one,
    when repeating it is harmless: it reads, or it has an Idempotency-Key."""

    def __init__(self, ports: Callable[[], Sequence[int]]) -> None:
        self.ports, self.port = ports, 0
        self.again = 0
        self._next = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one request."""
        with contextlib.suppress(OSError, EOFError):
            request = await read_request(reader)
            writer.write(await self._answer(request))
            await writer.drain()
        writer.close()

    async def _answer(self, request: bytes) -> bytes:
        is_harmless = request.startswith(b"GET ") or b"\r\nidempotency-key:" in request.lower()
        for _ in range(TRIES):
            ports = self.ports()
            self._next += 1
            with contextlib.suppress(OSError):
                answer = await _asked(ports[self._next % len(ports)], request)
                if not is_harmless or (answer and not answer.startswith(b"HTTP/1.1 503")):
                    return answer
            self.again += 1
            await asyncio.sleep(PAUSE_SECONDS)
        return b""


async def _asked(port: int, request: bytes) -> bytes:
    """The whole answer; nothing when the server went away before it said anything."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        writer.write(request)
        while piece := await reader.read(64 * 1024):
            answer += piece
    except ConnectionError:
        pass
    finally:
        writer.close()
    return answer


@asynccontextmanager
async def before(ports: Callable[[], Sequence[int]]) -> AsyncIterator[Balancer]:
    """A balancer in this event loop; its port is `balancer.port`."""
    balancer = Balancer(ports)
    server = await asyncio.start_server(balancer.serve, "127.0.0.1", 0, limit=1024 * 1024)
    balancer.port = server.sockets[0].getsockname()[1]
    try:
        yield balancer
    finally:
        server.close()
