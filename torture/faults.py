"""A proxy that breaks connections on purpose: late, cut, reset, never answered."""

import asyncio
import contextlib
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

FATES = (
    *(("pass", 60), ("delay", 10), ("cut the request", 8), ("cut the answer", 12)),
    *(("reset", 6), ("half-open", 4)),
)
CHUNK = 64 * 1024


class Proxy:
    """Forwards each connection to the port that `target` names, unless fate has it otherwise.

    `is_calm` lets everything pass. `fates` counts what happened to how many connections.
    """

    def __init__(self, target: Callable[[], int], chance: random.Random) -> None:
        self.target, self.chance, self.is_calm = target, chance, False
        self.port = 0
        self.fates: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to the end it is meant to have."""
        names, weights = [name for name, _ in FATES], [weight for _, weight in FATES]
        fate = "pass" if self.is_calm else self.chance.choices(names, weights)[0]
        self.fates[fate] += 1
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            await self._carry(fate, reader, writer)
        if fate == "reset":
            _reset(writer)
        writer.close()

    async def _carry(
        self, fate: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if fate == "delay":
            await asyncio.sleep(self.chance.uniform(0.05, 1.0))
        inward, outward = await asyncio.open_connection("127.0.0.1", self.target())
        try:
            request = await read_request(reader)
            if fate == "cut the request":
                request = request[: self.chance.randrange(len(request))]
            outward.write(request)
            await outward.drain()
            if fate not in ("cut the request", "reset"):
                answer = await inward.read(-1)
                await self._tell(fate, answer, writer)
        finally:
            outward.close()

    async def _tell(self, fate: str, answer: bytes, writer: asyncio.StreamWriter) -> None:
        if fate == "half-open":  # carried out, and the client never hears of it
            await asyncio.sleep(5)
            return
        if fate == "cut the answer" and answer:
            answer = answer[: self.chance.randrange(len(answer))]
        writer.write(answer)
        await writer.drain()


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """A request to its end, as Content-Length says. Raises EOFError."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0].split(b":")[1]) if lengths else 0)


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, AttributeError):
        known: socket.socket = writer.get_extra_info("socket")
        known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@asynccontextmanager
async def between(target: Callable[[], int], chance: random.Random) -> AsyncIterator[Proxy]:
    """A proxy in this event loop; its port is `proxy.port`."""
    proxy = Proxy(target, chance)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, limit=1024 * 1024)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
