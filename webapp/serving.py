"""One request over HTTP: hear all of it, let the handler run to its end, then answer at once.

Quart runs a second task that listens for the client going away and then cancels the handler;
cancelled inside a transaction, it would keep the SQLite lock or a pooled connection for ever.
Here nothing listens while the handler runs, so nothing can cancel it, and two tasks are saved.
"""

from typing import Any
from urllib.parse import urlsplit

from quart.asgi import ASGIHTTPConnection, _handle_exception
from quart.utils import encode_headers
from quart.wrappers import Request

from webapp.hearing import HeardHeaders

OVERSIZE = 64 * 1024 * 1024  # more is not even heard


async def _push_nothing(path: str, headers: Any) -> None:
    """Nothing is pushed: what a page links is in the cache."""


class PatientConnection(ASGIHTTPConnection):
    """A request is handled when its body has arrived whole; a client that left is not answered."""

    async def __call__(self, receive: Any, send: Any) -> None:
        request = self._create_request_from_scope(send)
        if await self._has_arrived(request, receive):
            await self.handle_request(request, send)

    def _create_request_from_scope(self, send: Any) -> Request:
        scope, path = self.scope, self.scope["path"]
        client = (scope.get("client") or ["<local>"])[0]
        heard = [
            (name.decode("latin1"), value.decode("latin1")) for name, value in scope["headers"]
        ]
        return self.app.request_class(
            scope["method"],
            scope["scheme"],
            path if path.startswith("/") else urlsplit(path).path,
            scope["query_string"],
            HeardHeaders([("Remote-Addr", client), *heard]),
            scope.get("root_path", ""),
            scope["http_version"],
            max_content_length=self.app.config["MAX_CONTENT_LENGTH"],
            send_push_promise=_push_nothing,
            scope=scope,
        )

    async def _has_arrived(self, request: Request, receive: Any) -> bool:
        """Read the body; False when the client left or was too slow before the end of it.

        One that is too large is heard to its end, too, and dropped: a browser reads no answer
        before it has sent everything.
        """
        heard, size, more = 0, request.content_length or 0, True
        while more and max(heard, size) <= OVERSIZE:
            message = await receive()
            if message["type"] != "http.request":
                return False
            request.body.append(message["body"])
            heard += len(message["body"])
            more = message["more_body"]
        return True  # too large: asking for the body says so

    async def handle_request(self, request: Request, send: Any) -> None:
        try:
            response = await self.app.handle_request(request)
        except Exception as error:  # Quart's own last resort
            response = await _handle_exception(self.app, error)
        await self._send(send, response)

    async def _send(self, send: Any, response: Any) -> None:
        """Send the headers with those that every answer has, and the body; all but files have one
        piece."""
        headers = encode_headers(response.headers) + self.app.config["FIXED_HEADERS"]
        await send(
            {"type": "http.response.start", "status": response.status_code, "headers": headers}
        )
        piece = b""
        async with response.response as parts:
            async for part in parts:
                if piece:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = part
        await send({"type": "http.response.body", "body": piece, "more_body": False})
