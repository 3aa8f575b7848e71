"""One connection, from its first request to its end: each is answered before the next is read."""

import asyncio
import contextlib
from typing import Any
from urllib.parse import unquote

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.utils import parse_socket_addr

from webapp.wire.exchange import Exchange, refused
from webapp.wire.hearing import Ear, Request

MOST_READ = 64 * 1024  # bytes at a time
PIECE_SECONDS = 60  # that one piece of an answer may take on its way out
ASGI = {"spec_version": "2.1", "version": "3.0"}


class ClientLeft(ConnectionError):
    """Nobody hears the answer any more."""


class Line(TCPServer):
    """A connection to Hypercorn's server, whose sockets, limits and end it shares.

    Nothing is read while a request is handled, so a client that sends more than the buffers hold
    has to wait.
    """

    _idle_since: float | None = 0.0  # on the loop's clock; None while a request is under way
    _answered = 0

    async def run(self) -> None:
        socket = self.writer.get_extra_info("socket")
        self._ear, patience = Ear(), self.loop.create_task(self._be_patient())
        try:
            self._client = parse_socket_addr(socket.family, socket.getpeername())
            self._server = parse_socket_addr(socket.family, socket.getsockname())
            # One that came after the end had begun is not waited for with the others.
            while not self.context.terminated.is_set() and await self._answer_next():
                pass
        except OSError:  # the client has left
            pass
        finally:
            patience.cancel()
            await self._end()

    async def _end(self) -> None:
        """Let what was said go out, if somebody reads it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PIECE_SECONDS):
                await self._close()
        self.writer.transport.abort()

    async def _answer_next(self) -> bool:
        """Answer the next request; whether one more may be heard."""
        ear = self._ear
        while not ear.requests:
            if ear.refusal is not None:
                await self._say(refused(ear.refusal, self._fixed()))
                return False
            if not await self._hear() and ear.refusal is None:
                return False  # while it waits, `_be_patient` may close the connection
        self._idle_since = None
        exchange = self._exchange(ear.requests.popleft())
        # In a task of its own, so that no request finds what the one before it left in its context.
        await self.loop.create_task(self._carry_out(exchange))
        self._idle_since = self.loop.time()
        return exchange.goes_on

    def _exchange(self, request: Request) -> Exchange:
        self._answered += 1
        is_last = self._answered >= self.config.keep_alive_max_requests
        return Exchange(request, self._hear_more, self._say, self._fixed(), is_last)

    def _fixed(self) -> list[tuple[bytes, bytes]]:
        return self.config.response_headers("h11")

    async def _carry_out(self, exchange: Exchange) -> None:
        app: Any = self.app  # nothing of ours asks for threads, which are its last two arguments
        try:
            await app(self._scope(exchange.request), exchange.receive, exchange.send, None, None)
        except ClientLeft:
            pass
        except Exception:
            await self.config.log.exception("An answer could not be given")
        if exchange.is_answered:
            return
        if exchange.is_begun:
            self.writer.transport.abort()  # so that nobody takes what there is of it for all
        else:
            await self._give_up(exchange.request)

    async def _give_up(self, request: Request) -> None:
        status = self._ear.refusal or (500 if request.is_whole else 408)
        await self._say(refused(status, self._fixed()))

    async def _hear(self) -> bool:
        """Wait for more to come; False when nothing more does, or none that can be understood."""
        if self._ear.refusal is not None:
            return False
        data = await self.reader.read(MOST_READ)
        self._ear.hear(data)
        return bool(data) and self._ear.refusal is None

    async def _hear_more(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self._hear()
        return False

    async def _say(self, data: bytes) -> None:
        """Send it, and wait while more is on its way than buffers hold."""
        transport = self.writer.transport
        if transport.is_closing():
            raise ClientLeft
        transport.write(data)
        if transport.get_write_buffer_size():
            try:
                async with asyncio.timeout(PIECE_SECONDS):
                    await self.writer.drain()
            except (ConnectionError, TimeoutError) as error:
                raise ClientLeft from error

    def _scope(self, request: Request) -> dict[str, Any]:
        path, _, query = request.target.partition(b"?")
        return {
            "type": "http",
            "asgi": ASGI,
            "http_version": request.version,
            "method": request.method.decode(),
            "scheme": "http",
            "path": unquote(path.decode()),
            "raw_path": path,
            "query_string": query,
            "root_path": self.config.root_path,
            "headers": request.headers,
            "client": self._client,
            "server": self._server,
            "state": self.state.copy(),
            "extensions": {},
        }

    async def _be_patient(self) -> None:
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
            self.writer.close()
