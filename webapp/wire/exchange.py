"""One request and its answer: the ASGI messages of both, as HTTP/1.1 words them (RFC 9112)."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from webapp.wire.hearing import Headers, Request

# The headers of an answer: as many lines as there are headers, or one has ended its line.
LINES = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\x00\r\n]*\r\n)+")
CONTINUE = b"HTTP/1.1 100 \r\n\r\n"
CLOSE = (b"connection", b"close")
CHUNKED = (b"transfer-encoding", b"chunked")
BODYLESS = (204, 304)
# What such an answer must not say (RFC 9110, 8.6), or a cache would take for its page's own.
OF_A_BODY = (b"content-length", b"content-type")
PATIENCE = 20  # seconds that a body may take, and as many more as the slowest line needs
SLOWEST = 32 * 1024  # bytes a second


def head(status: int, headers: Headers) -> bytes:
    """The head of an answer. Raises ValueError when a header would end its line."""
    lines = b"".join([b"%s: %s\r\n" % each for each in headers])
    if not LINES.fullmatch(lines) or lines.count(b"\n") != len(headers):
        raise ValueError("A header of the answer ends its line")
    return b"HTTP/1.1 %d \r\n%s\r\n" % (status, lines)


def refused(status: int, fixed: Headers) -> bytes:
    """An answer that says nothing but its status; the connection ends with it."""
    return head(status, [(b"content-length", b"0"), CLOSE, *fixed])


def _is_waiting(request: Request) -> bool:
    """Whether the client wants to be asked for the body."""
    said = [value.lower() for name, value in request.headers if name == b"expect"]
    return b"100-continue" in said and request.version == "1.1"


class Exchange:
    """A request, and the answer that is given when all of it was heard.

    `more` waits for more of the request, so many seconds at most, and is False when none comes;
    `say` sends bytes. `fixed` are the headers of every answer; with `is_last` the connection ends
    after this one.
    """

    def __init__(
        self,
        request: Request,
        more: Callable[[float], Awaitable[bool]],
        say: Callable[[bytes], Awaitable[None]],
        fixed: Headers,
        is_last: bool,
    ) -> None:
        self.request, self._more, self._say, self._fixed = request, more, say, fixed
        self._is_last = is_last or not request.is_kept
        self._is_bodyless = request.method == b"HEAD"
        self._is_chunked = False
        self._left: int | None = None  # bytes of the body that are still to be said, when known
        self._start: Any = None
        self._began, self._heard = time.monotonic(), 0
        self._is_heard = self.is_begun = self.is_answered = False

    @property
    def goes_on(self) -> bool:
        """Whether the connection is fit for another request."""
        return self.is_answered and self.request.is_whole and not self._is_last

    async def receive(self) -> dict[str, Any]:
        """The body as far as it has come; waits for more only when there is none. After its end
        nothing comes: whoever still asks, as Quart's own apps do, asks until they have answered."""
        request = self.request
        if self._is_heard:
            await asyncio.get_running_loop().create_future()
        if not request.pieces and not request.is_whole and not await self._wait():
            return {"type": "http.disconnect"}
        body = b"".join(request.pieces)
        request.pieces.clear()
        self._heard += len(body)
        self._is_heard = request.is_whole
        return {"type": "http.request", "body": body, "more_body": not request.is_whole}

    async def _wait(self) -> bool:
        request = self.request
        if not self._heard and _is_waiting(request):  # once: some clients count them
            await self._say(CONTINUE)
        end = self._began + PATIENCE + self._heard / SLOWEST
        while not request.pieces and not request.is_whole:
            if not await self._more(end - time.monotonic()):
                return False
        return True

    async def send(self, message: Any) -> None:
        """Say the answer: its head goes out with the first piece of its body, often all of it.
        Raises ValueError for an answer that is not what it says it is."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        body, is_more = message.get("body", b""), message.get("more_body", False)
        said = b"" if self.is_begun else self._head(len(body), is_more)
        said += self._piece(body, is_more)
        self.is_begun = True
        await self._say(said)
        self.is_answered = not is_more

    def _head(self, size: int, is_more: bool) -> bytes:
        status, headers = self._start["status"], [*self._start["headers"], *self._fixed]
        if status in BODYLESS:
            self._is_bodyless = True
            headers = [each for each in headers if each[0].lower() not in OF_A_BODY]
        known = dict(headers).get(b"content-length")
        if known is not None:
            self._left = int(known)
        else:
            headers += self._framed(size, is_more)
        # The rest of a request that has not come whole would be taken for the next one.
        self._is_last = self._is_last or not self.request.is_whole
        return head(status, [*headers, CLOSE] if self._is_last else headers)

    def _framed(self, size: int, is_more: bool) -> Headers:
        """What tells where an answer ends that does not say its length."""
        if self._is_bodyless:
            return []
        if not is_more:
            return [(b"content-length", b"%d" % size)]
        self._is_chunked = self.request.version == "1.1"
        self._is_last = self._is_last or not self._is_chunked  # the connection's end tells it
        return [CHUNKED] if self._is_chunked else []

    def _piece(self, body: bytes, is_more: bool) -> bytes:
        if self._is_bodyless:
            return b""
        if self._is_chunked:
            said = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
            return said if is_more else said + b"0\r\n\r\n"
        if self._left is not None:
            self._left -= len(body)
            if self._left < 0 or (self._left and not is_more):
                raise ValueError("The answer has another length than it says")
        return body
