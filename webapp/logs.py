"""The log: one line of JSON a request, tracebacks beside it, no secret in either."""

import asyncio
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

import orjson
from quart import Response

from webapp.here import g, heard

REQUESTS = logging.getLogger("setlog.requests")
ERRORS = logging.getLogger("setlog.errors")


class JsonLines(logging.Formatter):
    """Each record as one JSON object; a traceback is a string in it, never a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class Together(logging.StreamHandler[Any]):
    """Writes the lines of one round of the event loop at once; what went wrong, right away."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record) + "\n")
        if len(self._lines) == 1 or record.levelno > logging.INFO:
            self._flush_soon(record.levelno > logging.INFO)

    def _flush_soon(self, is_urgent: bool) -> None:
        try:
            loop = None if is_urgent else asyncio.get_running_loop()
        except RuntimeError:
            loop = None
        if loop is None:
            self.flush()
        else:
            loop.call_soon(self.flush)

    def flush(self) -> None:
        with self.lock:  # type: ignore[union-attr]
            lines, self._lines = self._lines, []
            self.stream.write("".join(lines))
            super().flush()


def configure() -> None:
    """Send every log to standard error as JSON lines."""
    handler = Together(sys.stderr)
    handler.setFormatter(JsonLines())
    # No line names a place in the source, a thread or a process: what finds them out is left out
    # (docs.python.org/3/howto/logging.html, "Optimization").
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("hypercorn.access").disabled = True
    # It would name the addresses that we ask, and some of them hold a token.
    logging.getLogger("httpx2").setLevel(logging.WARNING)


def begin() -> None:
    """Note when the request came in."""
    g.began = time.perf_counter()


def facts() -> dict[str, Any]:
    """What names a request in the log. The route is the rule, not the path, which holds ids."""
    caller, said = g.get("caller"), heard()
    rule = said.url_rule
    return {
        "request_id": g.get("request_id"),
        "method": said.method,
        "route": rule.rule if rule else "-",
        "user_id": caller.user_id if caller else None,
    }


def finish(response: Response) -> Response:
    """Write the request's line."""
    if REQUESTS.isEnabledFor(logging.INFO):
        now = time.perf_counter()
        took = round((now - g.get("began", now)) * 1000, 1)
        REQUESTS.handle(_line({**facts(), "status": response.status_code, "ms": took}))
    return response


_BLANK = vars(REQUESTS.makeRecord(REQUESTS.name, logging.INFO, "", 0, "request", (), None))


def _line(said: dict[str, Any]) -> logging.LogRecord:
    """A record that is made of another one: each would ask anew who and where it is."""
    line = logging.LogRecord.__new__(logging.LogRecord)
    vars(line).update(_BLANK, created=time.time(), facts=said)
    return line
