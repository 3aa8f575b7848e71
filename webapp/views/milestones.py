"""A record in the timeline: what was reached, and what it beat."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.history.measured import Measured
from webapp.history.milestones import Milestone
from webapp.history.progress import Performed
from webapp.models.fields import MILLIMETRES, from_grams, plain
from webapp.views.axes import day_label
from webapp.views.history import AFTER, together
from webapp.views.text import MONTHS, clock, count, number, tenths
from webapp.zones import local

SIGNS = {"bodyweight": "+", "assisted": "−"}
NAMES = {"e1rm": "e1RM", "reps": "Most reps", "duration": "Longest", "distance": "Farthest"}


def record(same: Sequence[Milestone], exercise: Performed, person: Caller) -> dict[str, Any]:
    """The records of one exercise in one workout as one line: "142.5 kg × 3", "e1RM 156.8 kg",
    and below it what the first of them beat."""
    day = local(same[0].made.when, person.timezone)
    return {
        "url": f"/exercises/{exercise.uuid}",
        "name": exercise.name,
        "month": f"{day:%B} {day.year}",
        "day": day_label(day.date()),
        "text": AFTER.join(together(made_text(each, person)) for each in same),
        "beat": beat_text(same[0], person),
    }


def made_text(each: Milestone, person: Caller) -> str:
    """ "142.5 kg × 3", "e1RM 156.8 kg", "Most reps 15", "Longest 1:15", "Farthest 6 km"."""
    if each.kind == "reps":
        return f"{NAMES['reps']} {each.made.reps}"
    said = _figure(each.kind, each.made, person)
    if each.kind == "heaviest":
        return f"{said} × {each.made.reps}" if each.made.reps else said
    return f"{NAMES[each.kind]} {said}"


def beat_text(each: Milestone, person: Caller) -> str:
    """ "beat 140 kg from 3 Oct 2026"."""
    day = local(each.beaten.when, person.timezone)
    said = _figure(each.kind, each.beaten, person)
    return f"beat {said} from {together(f'{day.day} {MONTHS[day.month - 1]} {day.year}')}"


def _figure(kind: str, each: Measured, person: Caller) -> str:
    unit = person.weight_unit
    if kind == "e1rm":
        return f"{tenths(each.e1rm or 0, unit)} {unit}"
    if kind == "reps":
        return count(each.reps or 0, "rep")
    if kind == "duration":
        return clock(each.seconds)
    if kind == "distance":
        far = Decimal(each.millimetres or 0) / MILLIMETRES[person.distance_unit]
        return f"{plain(far.quantize(Decimal('0.01')))} {person.distance_unit}"
    return f"{SIGNS.get(each.load, '')}{number(from_grams(each.grams or 0, unit))} {unit}"
