"""Body weight as people see it: what they weigh, how it went, every entry."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from webapp.auth import Caller
from webapp.history.ranges import Range
from webapp.models.body import Log, Weighing
from webapp.models.fields import GRAMS, in_unit
from webapp.views.charts import Look, Point, line
from webapp.views.exercise_detail import RANGES, day_text
from webapp.views.plans import key
from webapp.views.text import number, tenths
from webapp.zones import local

PAGE = 20


def page(entries: Sequence[Weighing], before: str) -> tuple[list[Weighing], str]:
    """Twenty entries, newest first, before the one of this UUID (else the newest), and the UUID
    to go on from ("" at the end); `entries` come oldest first."""
    newest = list(reversed(entries))
    place = next((n for n, each in enumerate(newest, 1) if each.uuid == before), 0)
    past = newest[place : place + PAGE]
    return past, past[-1].uuid if len(newest) > place + PAGE else ""


def body(
    log: Log,
    past: Sequence[Weighing],
    older: str,
    shown: Range,
    person: Caller,
    now: datetime,
) -> dict[str, Any]:
    """The log with its chart over a range, and the form of an entry more."""
    unit, inside = person.weight_unit, [each for each in log.entries if shown.holds(each.day)]
    here = local(now, person.timezone)
    newest = log.entries[-1] if log.entries else None
    months = groupby(past, key=lambda each: f"{each.day:%B} {each.day.year}")
    return {
        "current": "progress",
        "key": key(),
        "uuid": key(),
        "unit": unit,
        "day": here.date().isoformat(),
        "hour": f"{here:%H:%M}",
        "weight": number(in_unit(newest.weight, newest.unit, unit)) if newest else "",
        "tiles": _tiles(log, inside, unit, shown),
        "ranges": [
            {"url": f"/body?range={name}", "label": label, "is_on": name == shown.name}
            for name, label in RANGES.items()
        ],
        "chart": _chart(inside, shown, unit),
        "is_entered": newest is not None,
        "months": [
            {"month": month, "entries": [_entry(each, person) for each in its]}
            for month, its in months
        ],
        "older_url": f"/body?range={shown.name}&before={older}" if older else "",
    }


def _tiles(log: Log, inside: Sequence[Weighing], unit: str, shown: Range) -> list[dict[str, str]]:
    if not log.entries:
        return []
    newest = log.entries[-1]
    found = [("Now", _text(newest.grams, unit), day_text(newest.day, shown.last.year))]
    if len(inside) > 1:
        change = inside[-1].grams - inside[0].grams
        sign = "+" if change > 0 else "−" if change < 0 else "±"
        since = f"since {day_text(inside[0].day, shown.last.year)}"
        found.append(("Change", f"{sign}{_text(abs(change), unit)}", since))
        low, high = (choose(each.grams for each in inside) for choose in (min, max))
        found.append(("Range", f"{tenths(low, unit)}–{tenths(high, unit)}", unit))
    return [{"label": label, "text": text, "sub": sub} for label, text, sub in found]


def _chart(inside: Sequence[Weighing], shown: Range, unit: str) -> dict[str, Any] | None:
    if not inside:
        return None
    look = Look("Body weight", unit, _say, ("Weight",), pick=_mean, picked="average")
    points = [Point(each.day, float(each.grams / GRAMS[unit])) for each in inside]
    return line(look, points, max(shown.first, inside[0].day), shown.last)


def _mean(points: Sequence[Point]) -> Point:
    return Point(points[0].day, sum(each.value for each in points) / len(points))


def _say(value: float) -> str:
    return f"{value:.1f}"


def _text(grams: int, unit: str) -> str:
    return f"{tenths(grams, unit)} {unit}"


def _entry(each: Weighing, person: Caller) -> dict[str, str]:
    when, unit = local(each.at, person.timezone), person.weight_unit
    return {
        "url": f"/body/{each.uuid}",
        "text": f"{number(in_unit(each.weight, each.unit, unit))} {unit}",
        "date": f"{day_text(each.day, each.day.year)}, {when:%H:%M}",
    }


def body_edit(entry: Weighing, person: Caller) -> dict[str, Any]:
    """The form of an entry; its hour is the person's."""
    when = local(entry.at, person.timezone)
    weight: Decimal = in_unit(entry.weight, entry.unit, person.weight_unit)
    return {
        "current": "progress",
        "heading": "Edit entry",
        "back": "/body",
        "key": key(),
        "url": f"/body/{entry.uuid}",
        "unit": person.weight_unit,
        "values": {
            "weight": number(weight),
            "day": when.date().isoformat(),
            "hour": f"{when:%H:%M}",
        },
    }
