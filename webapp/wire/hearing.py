"""Requests as they come, told apart by llhttp (https://llhttp.org), the parser of Node.js.

It refuses what RFC 9112 lets a server refuse: lengths beside chunks, two lengths, lines that end
otherwise. What it lets through and a proxy before us could read another way is refused here.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import httptools

MOST_HEAD = 64 * 1024  # bytes
HOST = re.compile(rb"[A-Za-z0-9._:\[\]-]{1,255}\Z")
# A path, everything there is, or a whole URL, as proxies say it.
TARGET = re.compile(rb"(?:/|\*\Z|(?i:https?)://[A-Za-z0-9._-]+(?::\d+)?(?:[/?]|\Z))[!-~]*\Z")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
LENGTHS = (b"content-length", b"transfer-encoding")
UPGRADE = b"upgrade"

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Request:
    """One request, as far as it has come: its head whole, its body in pieces."""

    method: bytes
    target: bytes
    version: str
    headers: Headers
    is_kept: bool  # the client wants to ask more over this connection
    pieces: list[bytes] = field(default_factory=list)
    is_whole: bool = False


class _Refused(Exception):
    """Ends the parser's round; the status is kept already."""


class Ear:
    """Hears the requests of one connection, in their order.

    `refusal` is the status with which the connection ends after the answers to `requests`: nobody
    knows what follows what could not be read.
    """

    def __init__(self) -> None:
        self.requests: deque[Request] = deque()
        self.refusal: int | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._request: Request | None = None
        self._target = b""
        self._headers: Headers = []
        self._is_head = False  # one has begun and has not come whole
        self._size = 0  # of what came of it after its first piece

    def hear(self, data: bytes) -> None:
        """Take what has come; nothing is heard any more after a refusal."""
        while data and self.refusal is None:
            data = self._take(data)

    def _take(self, data: bytes) -> bytes:
        """Let the parser have it; returns what is still to be heard of it."""
        self._size += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            return self._unwished() + data[upgrade.args[0] :]
        except httptools.HttpParserError:
            self.refusal = self.refusal or 400
        if self._is_head and self._size >= MOST_HEAD:
            self.refusal = self.refusal or 431
        return b""

    def _unwished(self) -> bytes:
        """Ignore a wish to go over to another protocol, as RFC 9110 allows: the head of the request
        as if nobody had wished, to be read again, as the parser has not looked at its body."""
        request = self.requests.pop()  # the one that has just been heard
        headers = [each for each in request.headers if each[0] != UPGRADE]
        lines = b"".join([b"%s: %s\r\n" % each for each in headers])
        self._parser, self._request = httptools.HttpRequestParser(self), None
        version = request.version.encode()
        return b"%s %s HTTP/%s\r\n%s\r\n" % (request.method, request.target, version, lines)

    # What the parser calls.

    def on_message_begin(self) -> None:
        self._target, self._headers, self._request = b"", [], None
        self._is_head, self._size = True, 0

    def on_url(self, piece: bytes) -> None:
        self._target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._request is None:  # what comes behind a body says nothing that is heard
            self._headers.append((name.lower(), value.strip(b" \t")))

    def on_headers_complete(self) -> None:
        parser, headers, self._is_head = self._parser, self._headers, False
        method, version = parser.get_method(), parser.get_http_version()
        self.refusal = objection(method, self._target, version, headers)
        if self.refusal is not None:
            raise _Refused
        is_kept = version == "1.1" and parser.should_keep_alive()
        self._request = Request(method, self._target, version, headers, is_kept)
        self.requests.append(self._request)

    def on_body(self, piece: bytes) -> None:
        self._now.pieces.append(piece)

    def on_message_complete(self) -> None:
        self._now.is_whole, self._request = True, None

    @property
    def _now(self) -> Any:
        return self._request


def objection(method: bytes, target: bytes, version: str, headers: Headers) -> int | None:
    """The status that a request is refused with before anything hears it; None for most."""
    if version not in ("1.1", "1.0"):
        return 505
    if method == b"CONNECT":
        return 501
    lengths = hosts = 0
    for name, value in headers:
        if name in LENGTHS:
            lengths += 1
            if name == LENGTHS[1] and value.lower() != b"chunked":
                return 501
        elif name == b"host":
            hosts += 1
            if not HOST.match(value):
                return 400
    is_odd = lengths > 1 or hosts > 1 or (hosts == 0 and version == "1.1")
    said = b"".join([value for _, value in headers])
    return 400 if is_odd or not TARGET.match(target) or CONTROL.search(said) else None
