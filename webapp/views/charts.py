"""Charts as view models with ready coordinates, for the macros of parts/charts.html; pure.

Places are shares of the plot as texts ("12.5%"), so that a chart fits any width while its letters
keep their size; lines are paths in a square of 1000, which the template stretches.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from webapp.views import axes
from webapp.views.axes import Axis
from webapp.views.text import MONTHS, aligned, count

MOST_POINTS = 100
DENSE = 30  # more points than these are drawn small
SLOTS = ("week", "month", "quarter", "year")
SIDE = 1000
GAP = 0.3  # of a bar's room
WIDEST = 0.09

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a day; `second` is another measure of the same, drawn as a thinner line."""

    day: date
    value: float
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a stretch of time: `label` stands below it where there is room, `name` says it
    whole ("Week of 3 Oct")."""

    label: str
    name: str
    value: float
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart's values are said: its title, their unit ("" for none), the text of one value,
    the names of the measures, what stands for many points of a stretch of time, and how its axis
    counts."""

    title: str
    unit: str
    say: Say
    names: tuple[str, ...]
    pick: Callable[[Sequence[Point]], Point] = lambda points: max(points, key=lambda p: p.value)
    picked: str = "best"
    counts: str = "numbers"  # or "whole", "seconds"


def line(look: Look, points: Sequence[Point], first: date, last: date) -> dict[str, Any]:
    """A line over days from `first` to `last`; beyond 100 points the best of each week, month,
    quarter or year stand for all."""
    shown, slot = thinned(look, points)
    across = axes.of_days(min(first, shown[0].day), max(last, shown[-1].day))
    every = [v for each in shown for v in (each.value, each.second) if v is not None]
    up = _axis(look, min(every), max(every))
    top = max(shown, key=lambda each: each.value)
    return {
        **_about(look, slot, len(points)),
        "alt": _alt(look, shown),
        "grid": _grid(up),
        "ticks": [_tick(across.share(at), label) for at, label in across.ticks],
        "paths": _paths(shown, across, up),
        "points": [_point(look, each, across, up, slot, each is top) for each in shown],
        "is_dense": len(shown) > DENSE,
        "bars": [],
        "columns": ["Date" if not slot else slot.capitalize(), *_columns(look)],
        "rows": _rows(
            [_slot_text(each.day, slot), *_said(look, each.value, each.second)]
            for each in reversed(shown)
        ),
    }


def bars(look: Look, stretches: Sequence[Bar], name: str) -> dict[str, Any]:
    """Bars side by side, from nothing upwards; `name` is what a bar stands for ("Week")."""
    up = _axis(look, 0, max((each.value for each in stretches), default=0) or 1)
    room = 1 / max(len(stretches), 1)
    most = max(stretches, key=lambda each: each.value, default=None)
    middle = f"most {look.say(most.value)}, {most.name}" if most else ""
    return {
        **_about(look, "", 0),
        "alt": f"{look.title}: {count(len(stretches), 'bar')}, {middle}",
        "grid": _grid(up),
        "ticks": [_tick((n + 0.5) * room, each.label) for n, each in enumerate(stretches)
                  if each.label],
        "paths": [],
        "points": [],
        "is_dense": False,
        "bars": [_bar(look, each, n, room, up) for n, each in enumerate(stretches)],
        "columns": [name, *_columns(look)],
        "rows": _rows([each.name, look.say(each.value)] for each in reversed(stretches)),
    }  # fmt: skip


def _rows(found: Iterable[list[str]]) -> list[list[str]]:
    names, *columns = list(zip(*found, strict=True)) or [()]
    return [list(each) for each in zip(names, *map(aligned, columns), strict=True)]


def thinned(look: Look, points: Sequence[Point]) -> tuple[list[Point], str]:
    """The points to draw, and the stretch of time that each stands for ("" for a day)."""
    if len(points) <= MOST_POINTS:
        return list(points), ""
    for slot in SLOTS:
        groups = _groups(points, slot)
        if len(groups) <= MOST_POINTS * 1.3:
            break
    return [look.pick(group) for group in groups], slot


def _groups(points: Sequence[Point], slot: str) -> list[list[Point]]:
    return [list(group) for _, group in groupby(points, lambda each: _slot(each.day, slot))]


def _slot(day: date, slot: str) -> tuple[int, int]:
    if slot == "week":
        return day.isocalendar()[:2]
    months = {"month": 1, "quarter": 3, "year": 12}[slot]
    return day.year, (day.month - 1) // months


def _slot_text(day: date, slot: str) -> str:
    month = MONTHS[day.month - 1]
    if slot in ("", "week"):
        return ("Week of " if slot else "") + f"{day.day} {month} {day.year}"
    if slot == "quarter":
        return f"Q{(day.month + 2) // 3} {day.year}"
    return f"{month} {day.year}" if slot == "month" else str(day.year)


def _about(look: Look, slot: str, all_points: int) -> dict[str, Any]:
    note = f"The {look.picked} of each {slot}, of {all_points:,} days" if slot else ""
    return {"title": look.title, "unit": look.unit, "note": note, "names": look.names}


def _alt(look: Look, shown: Sequence[Point]) -> str:
    first, last = shown[0], shown[-1]
    top = max(shown, key=lambda each: each.value)
    if first is last:
        return f"{look.title}: {look.say(first.value)}, {_slot_text(first.day, '')}"
    return (
        f"{look.title}: from {look.say(first.value)}, {_slot_text(first.day, '')}, "
        f"to {look.say(last.value)}, {_slot_text(last.day, '')}; most {look.say(top.value)}"
    )


def _axis(look: Look, low: float, high: float) -> Axis:
    if look.counts == "seconds":
        return axes.of_seconds(low, high)
    return axes.of_values(low, high, whole=look.counts == "whole")


def _columns(look: Look) -> list[str]:
    return [f"{name}, {look.unit}" if look.unit else name for name in look.names]


def _said(look: Look, *values: float | None) -> list[str]:
    wanted = values[: len(look.names)]
    return ["–" if each is None else look.say(each) for each in wanted]


def _grid(up: Axis) -> list[dict[str, str]]:
    return [{"y": _percent(1 - up.share(at)), "label": label} for at, label in up.ticks]


def _tick(share: float, label: str) -> dict[str, str]:
    anchor = "start" if share < 0.04 else "end" if share > 0.96 else "middle"
    return {"x": _percent(share), "label": label, "anchor": anchor}


def _paths(shown: Sequence[Point], across: Axis, up: Axis) -> list[dict[str, str]]:
    places = [(across.share(each.day.toordinal()), each.value) for each in shown]
    seconds = [
        (across.share(each.day.toordinal()), each.second)
        for each in shown
        if each.second is not None
    ]
    found = [
        ("area", _area(places, up)),
        ("second", _path(seconds, up)),
        ("line", _path(places, up)),
    ]
    return [{"kind": kind, "d": path} for kind, path in found if path]


def _path(places: Sequence[tuple[float, float]], up: Axis) -> str:
    if len(places) < 2:
        return ""
    return "M" + "L".join(f"{SIDE * x:.1f} {SIDE * (1 - up.share(v)):.1f}" for x, v in places)


def _area(places: Sequence[tuple[float, float]], up: Axis) -> str:
    path = _path(places, up)
    ends = f"L{SIDE * places[-1][0]:.1f} {SIDE}L{SIDE * places[0][0]:.1f} {SIDE}Z"
    return path and path + ends


def _point(
    look: Look, each: Point, across: Axis, up: Axis, slot: str, is_top: bool
) -> dict[str, Any]:
    said = [text for text in _said(look, each.value, each.second) if text != "–"]
    values = " / ".join(f"{text} {look.unit}".strip() for text in said)
    return {
        "x": _percent(across.share(each.day.toordinal())),
        "y": _percent(1 - up.share(each.value)),
        "title": f"{_slot_text(each.day, slot)}: {values}",
        "is_top": is_top,
    }


def _bar(look: Look, each: Bar, number: int, room: float, up: Axis) -> dict[str, Any]:
    width = min(room * (1 - GAP), WIDEST)
    high = up.share(each.value)
    return {
        "x": _percent((number + 0.5) * room - width / 2),
        "y": _percent(1 - high),
        "width": _percent(width),
        "height": _percent(high),
        "title": f"{each.name}: {look.say(each.value)} {look.unit}".strip(),
        "is_open": each.is_open,
    }


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
