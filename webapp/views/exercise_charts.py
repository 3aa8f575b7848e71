"""What an exercise's progress looks like: which charts its sets are good for, and their words."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from webapp.db import Row
from webapp.history.performed import Session
from webapp.history.ranges import Range
from webapp.models.fields import GRAMS, MILLIMETRES
from webapp.views.axes import day_label
from webapp.views.charts import Look, Point, line
from webapp.views.text import clock, thousands

Chart = dict[str, Any]
Value = Callable[[Session], float | int | Decimal | None]
TOP = {"bodyweight": "Most weight added", "assisted": "Least help"}


def charts(
    exercise: Row, sessions: Sequence[Session], shown: Range, unit: str, far: str
) -> list[Chart]:
    """A chart for everything that was measured in these sessions; `unit` and `far` are the units
    of weights and distances."""
    drawn = [
        _estimates(sessions, shown, unit),
        _top(exercise, sessions, shown, unit),
        *_lifted(sessions, shown, unit),
        *_timed(sessions, shown, far),
    ]
    return [each for each in drawn if each is not None]


def _estimates(sessions: Sequence[Session], shown: Range, unit: str) -> Chart | None:
    names = ("Epley", "Brzycki")
    look = Look("Estimated 1RM", unit, _weight, names, picked="best")
    points = [
        Point(each.day, _in(best.epley or 0, unit), _in(each.brzycki or 0, unit))
        for each in sessions
        if (best := each.strongest)
    ]
    return _drawn(look, points, shown)


def _top(exercise: Row, sessions: Sequence[Session], shown: Range, unit: str) -> Chart | None:
    if not any(each.heaviest.effort for each in sessions):
        return None
    name = TOP.get(exercise["load"], "Top set")
    look = Look(name, unit, _weight, (name,))
    lifted = [each for each in sessions if each.heaviest.effort or exercise["load"] != "external"]
    return _drawn(look, _points(lifted, lambda each: _in(each.heaviest.effort, unit)), shown)


def _lifted(sessions: Sequence[Session], shown: Range, unit: str) -> list[Chart | None]:
    reps = [each for each in sessions if each.reps]
    volume = Look("Volume", unit, thousands, ("Volume",))
    most = Look("Most reps in a set", "", _whole, ("Reps",), counts="whole")
    total = Look("Reps in a workout", "", _whole, ("Reps",), counts="whole")
    has_weight = any(each.heaviest.effort for each in sessions)
    loaded = [each for each in reps if each.volume]
    return [
        _drawn(volume, _points(loaded, lambda each: _in(each.volume, unit)), shown),
        None if has_weight else _drawn(most, _points(reps, lambda each: each.most_reps), shown),
        _drawn(total, _points(reps, lambda each: each.reps), shown),
    ]


def _timed(sessions: Sequence[Session], shown: Range, far: str) -> list[Chart | None]:
    still = [each for each in sessions if each.seconds and not each.reps]
    moved = [each for each in sessions if each.millimetres]
    mm = MILLIMETRES[far]
    longest = Look("Longest set", "", _clock, ("Time",), counts="seconds")
    total = Look("Time in a workout", "", _clock, ("Time",), counts="seconds")
    distance = Look("Distance in a workout", far, _weight, ("Distance",))
    return [
        _drawn(distance, _points(moved, lambda each: float(each.millimetres / mm)), shown),
        _drawn(longest, _points(still, lambda each: each.longest), shown),
        _drawn(total, _points(still, lambda each: each.seconds), shown),
    ]


def _points(sessions: Sequence[Session], value: Value) -> list[Point]:
    return [Point(each.day, float(value(each) or 0)) for each in sessions]


def _drawn(look: Look, points: Sequence[Point], shown: Range) -> Chart | None:
    if not points:
        return None
    top = max(points, key=lambda each: each.value)
    first = max(shown.first, min(each.day for each in points))
    lead = f"{look.say(top.value)} {look.unit}".strip()
    when = day_label(top.day) + ("" if top.day.year == shown.last.year else f" {top.day.year}")
    return {**line(look, points, first, shown.last), "lead": f"Best {lead}, {when}"}


def _in(grams: int, unit: str) -> float:
    return float(grams / GRAMS[unit])


def _weight(value: float) -> str:
    """ "102.5", "−20"."""
    exact = Decimal(f"{value:.6f}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{exact.normalize():,f}".replace("-", "−")


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _clock(value: float) -> str:
    return clock(round(value)) or "0:00"
