"""The words of `live` for what happened to a person's things."""

from typing import Literal, TypedDict

from webapp.contracts.live.base import known
from webapp.contracts.live.shapes import Instant, Uuid
from webapp.feed.reading import Event, Page

Type = Literal[
    "workout.created", "workout.changed", "workout.deleted",
    "routine.created", "routine.changed", "routine.deleted",
    "exercise.created", "exercise.changed", "exercise.deleted",
    "body_weight.created", "body_weight.changed", "body_weight.deleted",
    "location.created", "location.changed", "location.deleted",
]  # fmt: skip
PAGES = {
    "workout": "/workouts/",
    "routine": "/routines/",
    "exercise": "/exercises/",
    "body_weight": "/body/",
    "location": "/settings/locations/",
}


class Thing(TypedDict):
    """What it is about. `url` answers it in JSON as it is now (null: it is gone); of two events of
    one thing the one with the higher `version` is the newer."""

    id: Uuid
    url: str | None
    version: int


class Happened(TypedDict):
    """The last change of a thing, and when it was noticed."""

    type: Type
    timestamp: Instant
    data: Thing


class Events(TypedDict):
    """What happened since, oldest first. `next` is the `since` of the next request; `more` says
    that there is more already."""

    events: list[Happened]
    next: str
    more: bool


def event(event: Event) -> Happened:
    """One event, as in the feed and in the body of a webhook."""
    url = None if event.what == "deleted" else f"{PAGES[event.kind]}{event.uuid}"
    thing: Thing = {"id": str(event.uuid), "url": url, "version": event.number}
    return {"type": event.type, "timestamp": known(event.at), "data": thing}  # type: ignore[typeddict-item]


def events(page: Page, next: str) -> Events:
    """GET /api/events; `next` is the sealed place after the page."""
    return {"events": [event(each) for each in page.events], "next": next, "more": page.more}
