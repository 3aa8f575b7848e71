"""HTTP as it comes over the wire: version 1.1 alone, and nothing that two readers read two ways.

Hypercorn takes HTTP/2 and WebSockets when a client asks, which nobody here speaks and which let a
client tunnel through a proxy that trusts us. It also hears a request of two lengths by one of
them: a proxy that hears it by the other would take its rest for a request of somebody else.
"""

import re

import h11
import hypercorn.protocol
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.typing import H11SendableEvent

METHOD = re.compile(rb"[A-Z]{1,16}\Z")
HOST = re.compile(rb"[A-Za-z0-9._:\[\]-]{1,255}\Z")
LENGTHS = (b"content-length", b"transfer-encoding")


def objection(request: h11.Request) -> int | None:
    """The status that a request is refused with before anything hears it; None for most."""
    if request.http_version not in (b"1.1", b"1.0"):
        return 505
    if not METHOD.match(request.method):
        return 501
    lengths = 0
    for name, value in request.headers:
        if name in LENGTHS:
            lengths += 1
        elif name == b"host" and not HOST.match(value):
            return 400
    return 400 if lengths > 1 else None


class StrictProtocol(H11Protocol):
    """Refuses what is ambiguous and closes the connection, as nobody knows what follows."""

    _head = b""  # of an answer whose body has not begun
    _has_left = False

    async def _send_h11_event(self, event: H11SendableEvent) -> None:
        """The head of an answer goes out with the beginning of its body, in one packet."""
        try:
            data = self._head + self.connection.send(event)
        except h11.LocalProtocolError:
            if self.connection.their_state != h11.ERROR:
                raise
            return
        self._head = data if isinstance(event, h11.Response) else b""
        if data and not self._head:
            await self.send(RawData(data=data))

    async def handle(self, event: Event) -> None:
        """Nobody waits for the next request of a client that has left, which Hypercorn does until
        the connection would have been idle for too long."""
        if isinstance(event, Closed) and not self._has_left:
            self._has_left, self._tell, self.send = True, self.send, self._told
            await self._tell(Updated(idle=False))
        await super().handle(event)

    async def _told(self, event: Event) -> None:
        if not isinstance(event, Updated):
            await self._tell(event)

    async def _check_protocol(self, event: h11.Request) -> None:
        """HTTP/2 is not gone over to, whoever asks."""

    async def _create_stream(self, request: h11.Request) -> None:
        status = objection(request)
        if status is not None:
            await self._send_error_response(status)
            await self.send(Closed())
            return
        await super()._create_stream(_kept(request))


def _kept(request: h11.Request) -> h11.Request:
    """The request without a wish to go over to another protocol, which may be ignored."""
    if not any(name == b"upgrade" for name, _ in request.headers):
        return request
    return h11.Request(
        method=request.method,
        target=request.target,
        headers=[each for each in request.headers if each[0] != b"upgrade"],
        http_version=request.http_version,
    )


def install() -> None:
    """Let Hypercorn in this process speak so; it has no setting for it."""
    hypercorn.protocol.H11Protocol = StrictProtocol  # type: ignore[misc]
