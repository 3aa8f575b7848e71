"""A proxy between a browser and the server that does to requests what networks do.

It runs in a thread with a loop of its own, so that synchronous tests can switch its mode.
"""

import asyncio
import re
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from tests.support.serving import free_port

Mode = Literal[
    "pass", "refuse", "hang", "delay", "cut_request", "cut_answer", "bad_gateway", "portal"
]
START = re.compile(rb"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S+) HTTP/1\.1\r\n")
CHUNK = 64 * 1024
PATIENCE = 60  # seconds
WITHOUT_SYNC = b"delete self.SyncManager; delete ServiceWorkerRegistration.prototype.sync;\n"
PORTAL = b"<!doctype html><title>Welcome</title><p>Accept the terms of this network."
CANNED = {
    "bad_gateway": (b"502 Bad Gateway", b"<h1>502 Bad Gateway</h1>"),
    "portal": (b"200 OK", PORTAL),
}


def _canned(mode: str) -> bytes:
    status, body = CANNED[mode]
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n"
    return head % (status, len(body)) + b"\r\n" + body


@dataclass
class Faults:
    """The proxy. `url` is where browsers go; `seen` are the requests that the server was sent.

    `mode` applies to requests whose method is in `methods` (all when empty) and whose path `path`
    is found in; `seconds` is the delay of "delay".
    """

    upstream: str
    url: str = ""
    mode: Mode = "pass"
    methods: tuple[str, ...] = ()
    path: str = ""
    seconds: float = 0.0
    seen: list[tuple[str, str]] = field(default_factory=list)
    builds: tuple[bytes, bytes] = (b"", b"")
    instead: int = 0  # answers that were not the server's
    prelude: bytes = b""  # what every worker does first
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def set(self, mode: Mode, *methods: str, path: str = "", seconds: float = 0.0) -> None:
        """From now on networks do this; connections that are open are cut."""
        self._call(self._switch(mode, methods, path, seconds))

    def deploy(self, old: str, new: str) -> None:
        """From now on the server's build seems to be called `new`, in all that it says."""
        assert len(old) == len(new)
        self.builds = (old.encode(), new.encode())

    def posts(self, path: str = "") -> list[str]:
        """The paths that were posted to, as far as the server was sent them."""
        return [each for method, each in self.seen if method == "POST" and path in each]

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=PATIENCE)

    async def _switch(
        self, mode: Mode, methods: tuple[str, ...], path: str, seconds: float
    ) -> None:
        self.mode, self.methods, self.path, self.seconds = mode, methods, path, seconds
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if mode == "refuse" and self._server:
            self._server.close()
            self._server = None
        elif mode != "refuse" and self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._port = self._port or free_port()
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", self._port)
        self.url = f"http://127.0.0.1:{self._port}"

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: a request at a time, until either side has had enough."""
        where = urlsplit(self.upstream)
        to_reader, to_writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            while chunk := await reader.read(CHUNK):
                if not await self._request(chunk, reader, writer, to_reader, to_writer):
                    return
        finally:
            to_writer.close()

    async def _request(
        self,
        chunk: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        to_reader: asyncio.StreamReader,
        to_writer: asyncio.StreamWriter,
    ) -> bool:
        """Pass one request on, as the mode says; False when the connection is over."""
        request = await _whole(chunk, reader)
        mode = self._mode_for(request)
        if mode == "hang":
            await asyncio.sleep(3600)
        if mode in CANNED:
            self.instead += 1
            writer.write(_canned(mode))
            await writer.drain()
            return False
        if mode == "cut_request":
            return False
        if mode == "delay":
            await asyncio.sleep(self.seconds)
        self._note(request)
        to_writer.write(self._for_server(request))
        await to_writer.drain()
        answer = await _whole(await to_reader.read(CHUNK), to_reader)
        if mode == "cut_answer" or not answer:
            return False
        writer.write(self._for_browser(request, answer))
        await writer.drain()
        return True

    def _for_server(self, request: bytes) -> bytes:
        """The request with its own name of the build; in plain text what is to be changed."""
        old, new = self.builds
        if not (old or self._is_of_worker(request)):
            return request
        head, _, body = request.partition(b"\r\n\r\n")
        plain = re.sub(rb"(?im)^accept-encoding:.*\r\n", b"", head.replace(new, old) + b"\r\n")
        return plain + b"\r\n" + body

    def _for_browser(self, request: bytes, answer: bytes) -> bytes:
        """The answer as the browser is to see it."""
        answer = answer.replace(*self.builds) if self.builds[0] else answer
        if not self._is_of_worker(request):
            return answer
        head, _, body = answer.partition(b"\r\n\r\n")
        body = self.prelude + body
        head = re.sub(rb"(?im)^(content-length): \d+", rb"\1: %d" % len(body), head)
        return head + b"\r\n\r\n" + body

    def _is_of_worker(self, request: bytes) -> bool:
        return bool(self.prelude) and request.startswith(b"GET /worker.js ")

    def _mode_for(self, request: bytes) -> Mode:
        found = START.match(request)
        method, path = (found[1].decode(), found[2].decode()) if found else ("", "")
        is_meant = (not self.methods or method in self.methods) and self.path in path
        return self.mode if is_meant else "pass"

    def _note(self, request: bytes) -> None:
        if found := START.match(request):
            self.seen.append((found[1].decode(), found[2].decode()))


async def _whole(message: bytes, reader: asyncio.StreamReader) -> bytes:
    """A request or an answer to its end, which Content-Length or its last chunk says."""
    while b"\r\n\r\n" not in message:
        more = await reader.read(CHUNK)
        if not more:
            return message
        message += more
    head, _, body = message.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: (\d+)", head)
    is_chunked = re.search(rb"(?im)^transfer-encoding: chunked", head)
    while length and len(body) < int(length[1]):
        body += await reader.readexactly(int(length[1]) - len(body))
    while is_chunked and not body.endswith(b"0\r\n\r\n"):
        body += await reader.read(CHUNK)
    return head + b"\r\n\r\n" + body


@contextmanager
def faulty(upstream: str) -> Iterator[Faults]:
    """A proxy in front of `upstream` that passes everything until it is told otherwise."""
    faults = Faults(upstream)
    thread = threading.Thread(target=faults._loop.run_forever, daemon=True)
    thread.start()
    try:
        faults.set("refuse")
        faults.set("pass")
        yield faults
    finally:
        faults.set("refuse")
        faults._loop.call_soon_threadsafe(faults._loop.stop)
        thread.join(timeout=10)
        faults._loop.close()
