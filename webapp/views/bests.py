"""Personal bests in words: what was done and what it beats."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from webapp.history.bests import Best
from webapp.history.measured import Measured
from webapp.models.fields import GRAMS, MILLIMETRES, from_grams, plain
from webapp.views.text import MONTHS, clock, count, number
from webapp.zones import local

_NAMES = {
    "heaviest": "Heaviest",
    "e1rm": "Best e1RM",
    "reps": "Most reps",
    "duration": "Longest",
    "distance": "Farthest",
}


def name(best: Best) -> str:
    """A short name: "Heaviest", "Best e1RM", "Most reps", "Longest", "Farthest"."""
    if best.kind == "heaviest" and best.made.load == "assisted":
        return "Least help"
    return _NAMES[best.kind]


def value(best: Best, unit: str) -> str:
    """What was reached: "82.5 kg × 8", "104.5 kg", "9 × 80 kg", "1:15", "6 km". `unit` is the
    person's weight unit, for sets that have none."""
    said = _figure(best, best.made, unit)
    made, weighed = best.made, best.unit or unit
    if best.kind == "heaviest" and made.reps:
        return f"{said} × {made.reps}"
    if best.kind == "reps" and made.grams:
        return f"{said} at {_weight(made, weighed)}"
    return said


def beats(best: Best, unit: str, timezone: str) -> str:
    """What it beat, with its day: "beats 80 kg from 3 Oct"; the year where it is another one."""
    day, now = local(best.beaten.when, timezone), local(best.made.when, timezone)
    return f"beats {_figure(best, best.beaten, unit)} from {_day(day, now)}"


def line(best: Best, unit: str, timezone: str) -> str:
    """All of it: "82.5 kg beats 80 kg from 3 Oct", "e1RM 104.5 kg beats 101.3 kg from 3 Oct"."""
    lead = "e1RM " if best.kind == "e1rm" else ""
    return f"{lead}{_figure(best, best.made, unit)} {beats(best, unit, timezone)}"


def _figure(best: Best, each: Measured, unit: str) -> str:
    weighed = best.unit or unit
    if best.kind == "e1rm":
        rounded = (Decimal(each.e1rm or 0) / GRAMS[weighed]).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{plain(rounded)} {weighed}"
    if best.kind == "reps":
        return count(each.reps or 0, "rep")
    if best.kind == "duration":
        return clock(each.seconds)
    if best.kind == "distance":
        return _distance(each, best.unit or "km")
    return _weight(each, weighed)


def _weight(each: Measured, unit: str) -> str:
    sign = {"bodyweight": "+", "assisted": "−"}.get(each.load, "")
    return f"{sign}{number(from_grams(each.grams or 0, unit))} {unit}"


def _distance(each: Measured, unit: str) -> str:
    far = (Decimal(each.millimetres or 0) / MILLIMETRES[unit]).quantize(Decimal("0.01"))
    return f"{plain(far)} {unit}"


def _day(day: datetime, now: datetime) -> str:
    year = "" if day.year == now.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"
