"""What one person may take: so many requests a minute, and so much room in the database.

Requests are counted by each process for itself. Room is measured aside, now and then, when
somebody has written much: no write waits for it, so a person may go past the limit by what fits
between two looks.
"""

import asyncio
import re
import time
from dataclasses import dataclass
from math import ceil

from quart import Quart
from tortoise import Tortoise, fields
from tortoise.models import Model

from webapp import logs
from webapp.auth import Caller
from webapp.db.snapshot import snapshot
from webapp.here import current_app, request
from webapp.problems import Problem, forbidden
from webapp.security import SAFE
from webapp.settings import Settings

MEGABYTE = 1_000_000
WRITES = 1000  # between two looks at the room that a person takes
LOOK_AGAIN = 10.0  # seconds, for who is full and deletes
MOST_PEOPLE = 10_000  # that are remembered; who comes anew has the whole share
A_ROW = 200  # bytes of a row beside its texts, its places in indexes included
_FREES = re.compile(
    r"/(delete|discard|erase|remove|revoke|sign-out|sign-out-others|logout|finish|stop|complete"
    r"|unshare|unlink|undo|off|password)\Z",
    re.IGNORECASE,
)
_LARGE = ("/import",)  # one write of these may be as much as a year of others
_TEXTS = (fields.CharField, fields.TextField, fields.BinaryField, fields.JSONField)


@dataclass(slots=True)
class Share:
    """What is left to a person: requests at the moment `at`, and writes until the next look."""

    left: float
    at: float
    writes: int = WRITES
    is_full: bool = False
    looked_at: float = 0.0
    is_looking: bool = False


class Quotas:
    """The shares of everybody who was here lately, in this process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shares: dict[int, Share] = {}
        self.looks: set[asyncio.Task[None]] = set()

    def admit(self, caller: Caller) -> None:
        """Count a request. Raises Problem 429 for too many, 403 for a write without room."""
        now, most = time.monotonic(), self.settings.max_requests
        share = self.shares.get(caller.user_id) or self._new(caller.user_id, now)
        if most:
            share.left = min(most, share.left + (now - share.at) * most / 60)
            share.at = now
            if share.left < 1:
                raise _too_many((1 - share.left) * 60 / most)
            share.left -= 1
        if self.settings.max_megabytes and request.method not in SAFE:
            self._count_write(caller.user_id, share, now)

    def _new(self, user_id: int, now: float) -> Share:
        if len(self.shares) >= MOST_PEOPLE:
            self.shares.clear()
        share = self.shares[user_id] = Share(self.settings.max_requests, now)
        return share

    def _count_write(self, user_id: int, share: Share, now: float) -> None:
        share.writes -= WRITES if request.path.startswith(_LARGE) else 1
        is_due = now - share.looked_at > LOOK_AGAIN if share.is_full else share.writes < 0
        if is_due and not share.is_looking:
            share.is_looking = True
            look = asyncio.create_task(self.look(user_id, share))
            self.looks.add(look)
            look.add_done_callback(self.looks.discard)
        if share.is_full and not frees(request.method, str(request.url_rule)):
            raise forbidden(_full(self.settings.max_megabytes))

    async def look(self, user_id: int, share: Share) -> None:
        """Measure the room that a person takes. What fails is tried again with the next writes."""
        try:
            taken = await room_of(self.settings, user_id)
            share.is_full = taken > self.settings.max_megabytes * MEGABYTE
        except Exception as error:
            logs.ERRORS.error("measuring the room of a person failed", exc_info=error)
        share.writes, share.looked_at, share.is_looking = WRITES, time.monotonic(), False

    async def end(self) -> None:
        """Wait for the looks that are under way."""
        await asyncio.gather(*self.looks)


def frees(method: str, rule: str) -> bool:
    """Whether a write makes room, ends something or lets somebody out, which is always allowed."""
    return method == "DELETE" or _FREES.search(rule) is not None


def _too_many(seconds: float) -> Problem:
    wait = ceil(seconds)
    text = "These are too many requests. Please wait a moment and try again"
    return Problem(429, text, code="too_many", retry_after=wait)


def _full(megabytes: int) -> str:
    return (
        f"Your account is full: it may take {megabytes:,} MB. Delete what you do not need, "
        "or ask whoever runs this server for more"
    )


async def room_of(settings: Settings, user_id: int) -> int:
    """The bytes that the rows of a person take, about."""
    taken = 0
    async with snapshot(settings) as fetch:
        for model in Tortoise.apps["models"].values():
            if "user_id" in model._meta.fields_map:
                (found,) = await fetch(_measure(model, settings.is_sqlite), user_id)
                taken += found["number"] * A_ROW + int(found["bytes"] or 0)
    return taken


def _measure(model: type[Model], is_sqlite: bool) -> str:
    table, size = model._meta.db_table, "pg_column_size(t)"
    if is_sqlite:
        known = model._meta.fields_map.items()
        texts = [name for name, each in known if isinstance(each, _TEXTS)]
        size = " + ".join(f"COALESCE(LENGTH(t.{name}), 0)" for name in texts) or "0"
    select = f"SELECT COUNT(*) AS number, SUM({size}) AS bytes"
    return f"{select} FROM {table} t WHERE t.user_id = ?"


def of_app() -> Quotas:
    found: Quotas = current_app.config["QUOTAS"]
    return found


def install(app: Quart) -> None:
    """Begin with everybody's whole share whenever the app begins to serve."""

    @app.before_serving
    async def begin() -> None:
        app.config["QUOTAS"] = Quotas(app.config["SETLOG"])

    async def end() -> None:
        await app.config["QUOTAS"].end()

    app.after_serving_funcs.insert(0, end)
