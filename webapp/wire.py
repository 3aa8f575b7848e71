"""HTTP as it comes over the wire: version 1.1 alone, and nothing that two readers read two ways.

Hypercorn takes HTTP/2 and WebSockets when a client asks, which nobody here speaks and which let a
client tunnel through a proxy that trusts us. It also hears a request of two lengths by one of
them: a proxy that hears it by the other would take its rest for a request of somebody else.
"""

import asyncio
import re

import h11
import hypercorn.asyncio.run
import hypercorn.protocol
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol.events import Body, Response, StreamClosed
from hypercorn.protocol.events import Event as StreamEvent
from hypercorn.protocol.h11 import H11Protocol

METHOD = re.compile(rb"[A-Z]{1,16}\Z")
HOST = re.compile(rb"[A-Za-z0-9._:\[\]-]{1,255}\Z")
LENGTHS = (b"content-length", b"transfer-encoding")
SPECIAL = frozenset((b"connection", b"transfer-encoding"))
# The headers of an answer: as many lines as there are headers, or one has ended its line.
LINES = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\x00\r\n]*\r\n)+")


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

    _answer: Response | None = None  # whose body has not begun
    _is_plain = False

    async def stream_send(self, event: StreamEvent) -> None:
        """An answer in one piece goes out in one packet, past what h11 asks of each header and of
        each state; h11 words all others."""
        if isinstance(event, Response) and event.status_code >= 200:
            self._answer = event
        elif isinstance(event, Body) and self._answer is not None:
            await self._begin(self._answer, event)
        elif not self._is_plain:
            await self._worded(event)
        elif isinstance(event, StreamClosed):
            await self._next_request()
        elif isinstance(event, Body):
            self._is_plain = False  # so the connection will be closed
            raise h11.LocalProtocolError("Too much data for declared Content-Length")

    async def _begin(self, answer: Response, body: Body) -> None:
        """Send the head of an answer with the beginning of its body, which is often all of it."""
        head = self._head(answer, len(body.data))
        if head is None:
            await self._worded(body)
        else:
            self._answer, self._is_plain = None, True
            await self.send(RawData(data=head + body.data))

    def _head(self, answer: Response, size: int) -> bytes | None:
        """The head of an answer of that size; None where there is more to say than it does."""
        # Done: the request has come whole, and its client waits for this answer and may ask again.
        is_last = self.keep_alive_requests >= self.config.keep_alive_max_requests
        if self.connection.their_state is not h11.DONE or is_last:
            return None
        said = [*answer.headers, *self.config.response_headers("h11")]
        known = dict(said)
        if known.get(b"content-length") != b"%d" % size or not SPECIAL.isdisjoint(known):
            return None
        lines = b"".join([b"%s: %s\r\n" % each for each in said])
        if not LINES.fullmatch(lines) or lines.count(b"\n") != len(said):
            return None  # h11 says what is wrong
        return b"HTTP/1.1 %d \r\n%s\r\n" % (answer.status_code, lines)

    async def _worded(self, event: StreamEvent) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            await super().stream_send(answer)
        await super().stream_send(event)

    async def _next_request(self) -> None:
        """Hear the next request by a new reader: the last one waits for an answer of its own."""
        self._is_plain = False
        if self.context.terminated.is_set():
            await super()._maybe_recycle()  # closes the connection
            return
        come, is_end = self.connection.trailing_data
        await self._close_stream()
        self.connection = h11.Connection(
            h11.SERVER, max_incomplete_event_size=self.config.h11_max_incomplete_size
        )
        for data in [come] * bool(come) + [b""] * is_end:
            self.connection.receive_data(data)
        await self.can_read.set()
        await self.send(Updated(idle=True))

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


class StrictTCPServer(TCPServer):
    """One connection, whose patience is one task for as long as it lives: Hypercorn begins one
    after each request, and waits for its end before the next."""

    _idle_since: float | None = 0.0  # on the loop's clock; None while a request is under way

    async def protocol_send(self, event: Event) -> None:
        if isinstance(event, Updated):
            self._idle_since = self.loop.time() if event.idle else None
        else:
            await super().protocol_send(event)

    async def _read_data(self) -> None:
        """Nobody waits for the next request of a client that has left."""
        await super()._read_data()
        await self.idle_task.stop()

    async def _idle_timeout(self) -> None:
        """Close the connection when nothing has come for too long, or the server ends; a request
        that is under way then closes it when it is answered."""
        patience = left = self.config.keep_alive_timeout
        while left > 0:
            try:
                await asyncio.wait_for(self.context.terminated.wait(), left)
            except TimeoutError:
                since = self._idle_since
                left = patience if since is None else since + patience - self.loop.time()
            else:
                break
        if self._idle_since is not None:
            await asyncio.shield(self._initiate_server_close())


def install() -> None:
    """Let Hypercorn in this process speak so; it has no setting for it."""
    hypercorn.protocol.H11Protocol = StrictProtocol  # type: ignore[misc]
    hypercorn.asyncio.run.TCPServer = StrictTCPServer  # type: ignore[misc]
