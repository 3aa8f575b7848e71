"""The log: one line of JSON a request, tracebacks beside it, no secret in either."""

import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

import orjson
from quart import Response, g, request

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


def configure() -> None:
    """Send every log to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("hypercorn.access").disabled = True
    # It would name the addresses that we ask, and some of them hold a token.
    logging.getLogger("httpx2").setLevel(logging.WARNING)


def begin() -> None:
    """Note when the request came in."""
    g.began = time.perf_counter()


def facts() -> dict[str, Any]:
    """What names a request in the log. The route is the rule, not the path, which holds ids."""
    caller = g.get("caller")
    return {
        "request_id": g.get("request_id"),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "-",
        "user_id": caller.user_id if caller else None,
    }


def finish(response: Response) -> Response:
    """Write the request's line."""
    began = g.get("began", time.perf_counter())
    took = round((time.perf_counter() - began) * 1000, 1)
    REQUESTS.info(
        "request", extra={"facts": {**facts(), "status": response.status_code, "ms": took}}
    )
    return response
