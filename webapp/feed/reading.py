"""Reading what happened, a page at a time, from any place on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.db import Row, moment, rows
from webapp.feed import numbering
from webapp.problems import Problem, invalid

KINDS = ("workout", "routine", "exercise", "body_weight", "location")
LONGEST = 500
# Whoever never heard of a thing needs not hear that it is gone.
_PAGE = (
    "SELECT kind, uuid, seq, created_seq, is_deleted, changed_at FROM changes "
    "WHERE user_id = ? AND seq > ? AND seq <= ? "
    "AND NOT (is_deleted AND COALESCE(created_seq, seq) > ?)%s ORDER BY seq LIMIT ?"
)
_SINCE = "SELECT MIN(seq) AS seq FROM changes WHERE user_id = ? AND seq > 0 AND changed_at >= ?"


@dataclass(frozen=True, slots=True)
class Event:
    """The last change of a thing: its number, and what it is to whoever has read up to `since`."""

    kind: str
    uuid: UUID
    number: int
    what: str  # created, changed or deleted
    at: datetime

    @property
    def type(self) -> str:
        return f"{self.kind}.{self.what}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a feed: after this number. Without a name it is one of the feed there is."""

    number: int = 0
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Events in their order; `next` is where to read on, `more` whether there is more already."""

    events: list[Event]
    next: Place
    more: bool


async def page(user_id: int, place: Place, limit: int, kinds: Sequence[str] = ()) -> Page:
    """What happened after the place, of these kinds (none: all). Two statements when nothing is
    new. Raises Problem 400 for a place in another feed."""
    since, feed = place.number, await numbering.numbered(user_id, limit + 1)
    if place.feed and (place.feed != feed.name or feed.last < since):
        raise lost()
    only = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    found = await rows(_PAGE % only, user_id, since, feed.last, since, *kinds, limit + 1)
    events = [_event(each, since) for each in found[:limit]]
    more = len(found) > limit
    last = events[-1].number if more else feed.last
    return Page(events, Place(last, feed.name), more or feed.is_pending)


def lost() -> Problem:
    """A cursor that leads nowhere: begin again with an empty one."""
    text = "Is no cursor of yours; leave it out to read everything there is, and forget the rest"
    return invalid("This cursor leads nowhere", since=text)


def _event(each: Row, since: int) -> Event:
    at, created = moment(each["changed_at"]), each["created_seq"]
    assert at is not None  # noqa: S101 - the column is NOT NULL
    is_new = created is not None and created > since
    what = "deleted" if each["is_deleted"] else "created" if is_new else "changed"
    return Event(each["kind"], UUID(str(each["uuid"])), each["seq"], what, at)


async def is_news(user_id: int, since: int) -> bool:
    """Whether there is anything after the number `since`. One statement, and nothing is written."""
    feed = await numbering.state(user_id)
    return feed is None or feed.is_pending or feed.last > since


async def since_then(user_id: int, then: datetime) -> int:
    """The number after which everything lies that changed at this moment or later."""
    last = await end(user_id)
    first = (await rows(_SINCE, user_id, then))[0]["seq"]
    return last if first is None else first - 1


async def end(user_id: int) -> int:
    """The last number there is, after everything that is pending was numbered."""
    feed = await numbering.numbered(user_id, LONGEST)
    while feed.is_pending:
        feed = await numbering.numbered(user_id, LONGEST)
    return feed.last
