"""The history as people see it: a page of workouts, what they are narrowed to and sorted by."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.history.listing import Page, Past
from webapp.history.narrowing import Asked, Choices
from webapp.history.sorting import month_of
from webapp.history.streaks import today_of
from webapp.views.history import AFTER, RATINGS, listed, month_text, together
from webapp.views.plans import choice
from webapp.views.text import MONTHS

SORTS = {"newest": "Newest", "oldest": "Oldest", "longest": "Longest", "volume": "Most volume"}
BY_DAY = ("newest", "oldest")
UNKNOWN = {"routine": "Another routine", "exercise": "Another exercise"}


def workouts(
    page: Page,
    bests: dict[int, list[Best]],
    asked: Asked,
    names: dict[str, str],
    person: Caller,
) -> dict[str, Any]:
    """A page of the history with what was asked for; lists by day stand under their months."""
    return _shown(page, bests, asked, names, person, None)


def workout_list(
    page: Page,
    bests: dict[int, list[Best]],
    asked: Asked,
    names: dict[str, str],
    person: Caller,
) -> dict[str, Any]:
    """The same below the page before, whose last heading need not be said again."""
    return _shown(page, bests, asked, names, person, page.month)


def _shown(
    page: Page,
    bests: dict[int, list[Best]],
    asked: Asked,
    names: dict[str, str],
    person: Caller,
    known: str | None,
) -> dict[str, Any]:
    chips = _chips(asked, names)
    lines = [_line(each, bests.get(each.id, []), asked, person) for each in page.workouts]
    return {
        "current": "history",
        "q": asked.q,
        "hidden": _said(asked, q="", before=""),
        "is_asked": bool(asked.q or chips or asked.sort != "newest"),
        "chips": chips,
        "clear_url": _url(asked, **_NOTHING, q=""),
        "filter_url": f"/workouts/filter{_query(asked, before='')}",
        "sort": SORTS[asked.sort],
        "sorts": [
            {**choice(name, text, name == asked.sort), "url": _url(asked, sort=name, before="")}
            for name, text in SORTS.items()
        ],
        "groups": _groups(page.workouts, known, asked, lines),
        "is_by_day": asked.sort in BY_DAY,
        "older_url": _url(asked, before=page.older) if page.older else "",
        "is_found": bool(page.workouts),
        "is_first": page.month is None,
    }


def _groups(
    workouts: Sequence[Past], known: str | None, asked: Asked, lines: Sequence[dict[str, str]]
) -> list[dict[str, Any]]:
    """The lines under headings of months, or by size under one; `known` is the month that the
    page before ended with."""
    groups: list[dict[str, Any]] = []
    for each, line in zip(workouts, lines, strict=True):
        month = month_of(each.local_date) if asked.sort in BY_DAY else ""
        if not groups or groups[-1]["key"] != month:
            title = month_text(each.local_date) if month else f"{SORTS[asked.sort]} first"
            is_known = not groups and (known == month if month else known is not None)
            groups.append({"key": month, "title": title, "is_known": is_known, "workouts": []})
        groups[-1]["workouts"].append(line)
    return groups


def _line(each: Past, bests: Sequence[Best], asked: Asked, person: Caller) -> dict[str, str]:
    felt = RATINGS.get(each.rating or 0, "")
    shown = listed(each, bests, person)
    if each.status == "stopped":
        shown["sub"] += AFTER + together("stopped early")
    if asked.sort not in BY_DAY:  # no heading says the month
        day = each.local_date
        year = "" if day.year == today_of(person.timezone).year else f"{day.year} · "
        shown |= {"weekday": MONTHS[day.month - 1], "sub": year + shown["sub"]}
    return {
        **shown,
        "aside": " · ".join(part for part in (each.location_name, felt) if part),
        "note": each.notes if asked.q and each.notes else "",
    }


_NOTHING: dict[str, Any] = {
    **{"first": None, "last": None, "place": "", "rating": ()},
    **{"routine": None, "exercise": None, "before": ""},
}
_WORDS = {"first": "from", "last": "to"}


def _said(asked: Asked, **instead: Any) -> list[dict[str, str]]:
    """What is asked for as the fields of a form, in one order; nothing is left out."""
    found = []
    for name in ("q", "first", "last", "place", "rating", "routine", "exercise", "sort", "before"):
        value = instead.get(name, getattr(asked, name))
        for each in value if isinstance(value, list | tuple) else [value]:
            if each and not (name == "sort" and each == "newest"):
                found.append({"name": _WORDS.get(name, name), "value": str(each)})
    return found


def _query(asked: Asked, **instead: Any) -> str:
    pairs = [(each["name"], each["value"]) for each in _said(asked, **instead)]
    return f"?{urlencode(pairs)}" if pairs else ""


def _url(asked: Asked, **instead: Any) -> str:
    return f"/workouts{_query(asked, **instead)}"


def _chips(asked: Asked, names: dict[str, str]) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the URL of the list without it."""
    ratings = ", ".join(RATINGS[each] for each in asked.rating)
    offered: list[tuple[Any, str, dict[str, Any]]] = [
        (asked.first or asked.last, _days_text(asked), {"first": None, "last": None}),
        (asked.place, asked.place, {"place": ""}),
        (asked.rating, ratings, {"rating": ()}),
        (asked.routine, names.get("routine", UNKNOWN["routine"]), {"routine": None}),
        (asked.exercise, names.get("exercise", UNKNOWN["exercise"]), {"exercise": None}),
    ]
    return [
        {"text": text, "url": _url(asked, **without, before="")}
        for is_on, text, without in offered
        if is_on
    ]


def _days_text(asked: Asked) -> str:
    """ "1 Nov 2026 to 30 Nov 2026", "since ...", "until ...", or the one day."""
    first, last = asked.first, asked.last
    if first and last:
        return _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    if first:
        return f"Since {_day(first)}"
    return f"Until {_day(last)}" if last else ""


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def workouts_filter(asked: Asked, offered: Choices, is_part: bool) -> dict[str, Any]:
    """The form that narrows the history."""
    told = {
        "hidden": [each for each in _said(asked, before="") if each["name"] in ("q", "sort")],
        "first": str(asked.first or ""),
        "last": str(asked.last or ""),
        "places": [("", "Any place"), *((each, each) for each in offered.places)],
        "place": asked.place,
        "ratings": [choice(str(n), text, n in asked.rating) for n, text in RATINGS.items()],
        "routines": _options("Any routine", offered.routines),
        "routine": str(asked.routine or ""),
        "exercises": _options("Any exercise", offered.exercises),
        "exercise": str(asked.exercise or ""),
        "clear_url": _url(asked, **_NOTHING),
        "is_narrowed": asked.is_narrowed,
    }
    page = {"current": "history", "heading": "Filter", "back": _url(asked)}
    return {**page, "filter": told, "is_part": is_part, "part": "parts/workouts_filter.html"}


def _options(first: str, found: Sequence[Any]) -> list[tuple[str, str]]:
    return [("", first), *((str(each["uuid"]), each["name"]) for each in found)]
