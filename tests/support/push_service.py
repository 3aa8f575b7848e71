"""A push service of our own: a real server on the loopback, and a browser that can read."""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webapp.ringing.vapid import CURVE, POINT, encoded


def _derived(key: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt=salt, info=info).derive(key)


@dataclass
class Browser:
    """A browser with its own keys, at an address of the push service."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = b"0123456789abcdef"

    @property
    def subscription(self) -> dict[str, str]:
        """What it says to the site."""
        public = self.key.public_key().public_bytes(*POINT)
        return {"endpoint": self.endpoint, "p256dh": encoded(public), "auth": encoded(self.secret)}

    def read(self, body: bytes) -> Any:
        """The message, as RFC 8291 has it read."""
        salt, size, text = body[:16], body[20], body[21:]
        theirs, sealed = text[:size], text[size:]
        own = self.key.public_key().public_bytes(*POINT)
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
        )
        mixed = _derived(shared, self.secret, b"WebPush: info\0" + own + theirs, 32)
        key = _derived(mixed, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(mixed, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        assert padded[-1:] == b"\2"
        return orjson.loads(padded[:-1])


@dataclass
class PushService:
    """What was sent: (path, headers with small names, body); `status` is what it answers."""

    origin: str = ""
    status: int = 201
    sent: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def browser(self, name: str) -> Browser:
        return Browser(f"{self.origin}/{name}")

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.sent.append((first.split(" ")[1], headers, body))
        self.arrived.set()
        text = f"HTTP/1.1 {self.status} Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(text.encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """A push service that listens on a port of the loopback."""
    service = PushService()
    server = await asyncio.start_server(service.answer, "127.0.0.1", 0)
    service.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield service


def claims(header: str) -> tuple[dict[str, Any], str]:
    """What a VAPID header claims (unchecked), and the key it names."""
    token, key = header.removeprefix("vapid t=").split(", k=")
    middle = token.split(".")[1]
    return orjson.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4))), key
