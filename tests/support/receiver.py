"""A program that receives webhooks: a real server on the loopback, which fails in every way."""

import asyncio
import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

HUGE = 4_000_000
WAYS = (
    "500", "503", "429", "redirect", "slow", "dripping", "huge", "reset", "cut", "closed",
    "nonsense", "endless head",
)  # fmt: skip


@dataclass
class Receiver:
    """What was heard: (headers with small names, body), in order; `ways` is how the next ones are
    answered, one after the other, and well after the last."""

    url: str = ""
    secret: str = ""
    ways: list[str] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)  # what was answered well, or half well
    at_once: int = 0
    most_at_once: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way = self.ways.pop(0) if self.ways else "200"
        if way == "closed":
            return
        _, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(": ") for line in lines if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.heard.append((headers, body))
        self.check(headers, body)
        if way in ("200", "dripping", "huge", "cut"):
            self.taken.append(orjson.loads(body))
        await self._say(way, writer)

    def check(self, headers: dict[str, str], body: bytes) -> None:
        """What a receiver does to know who speaks, as the documentation has it."""
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = b64decode(self.secret.removeprefix("whsec_"))
        right = "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert hmac.compare_digest(right, headers["webhook-signature"])

    async def _say(self, way: str, writer: asyncio.StreamWriter) -> None:
        text = {
            "429": b"HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n",
            "redirect": f"HTTP/1.1 307 There\r\nLocation: {self.url}/other\r\n"
            "Content-Length: 0\r\n\r\n".encode(),
            "nonsense": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
            "dripping": b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
            "huge": f"HTTP/1.1 200 OK\r\nContent-Length: {HUGE}\r\n\r\n".encode(),
            "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nThank",
            "reset": b"HTTP/1.1 5",
            "endless head": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000,
        }
        status = way if way.isdigit() else "200"
        plain = f"HTTP/1.1 {status} Said\r\nContent-Length: 6\r\n\r\nH\x00llo!".encode()
        if way == "slow":
            await asyncio.sleep(30)
        self.at_once -= 1  # whoever has begun to answer is not waited for
        writer.write(text.get(way, plain))
        if way == "huge":
            writer.write(b"x" * HUGE)
        if way == "dripping":
            for _ in range(900):
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.05)
        await writer.drain()
        if way in ("reset", "cut"):
            writer.transport.abort()


@asynccontextmanager
async def receiver(tls: Any = None, port: int = 0) -> AsyncIterator[Receiver]:
    """A receiver that listens on a port of the loopback."""
    made = Receiver()
    server = await asyncio.start_server(made.answer, "127.0.0.1", port, ssl=tls)
    scheme = "https" if tls else "http"
    made.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield made
