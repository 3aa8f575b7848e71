"""The numbers of a set as fields to step, chips to tap and short texts; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.models.fields import plain
from webapp.training.equipment import distance_unit_of, step_of, unit_of
from webapp.training.lines import PastSet, SheetItem, SheetSet
from webapp.training.prefill import Numbers, last_of, numbers
from webapp.views.plans import SIGNS, choice, numbers_text
from webapp.views.text import clock

BANDS = ("yellow", "red", "green", "blue", "black")
RPES = ("6", "7", "7.5", "8", "8.5", "9", "9.5", "10")
MOST_CHIPS = 6
USUAL_REPS = (5, 6, 8, 10, 12)
WEIGHTS = {"external": "Weight", "bodyweight": "Added weight", "assisted": "Assistance"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A set's numbers and how they are called on this person's equipment."""

    item: SheetItem
    each: SheetSet
    numbers: Numbers

    @property
    def text(self) -> str:
        """ "82.5 kg × 8", "8 reps", "" when nothing is known."""
        known = self.numbers
        weight, unit = (known.weight, known.weight_unit) if self.item.load != "none" else (None, "")
        long = known.seconds if self.item.measure != "reps" or known.reps is None else None
        reps = known.reps if self.item.measure == "reps" else None
        far = known.distance if self.item.measure == "distance" else None
        band = known.band if has_bands(self.item, self.each) else None
        numbers = (reps, long, far, known.distance_unit, band)
        said = numbers_text(self.item.load, weight, unit, *numbers)
        return f"{said} reps" if said.isdigit() else said


def shown(item: SheetItem, each: SheetSet, person: Caller) -> Shown:
    """The set as it stands for this person: as entered, or as it is offered."""
    units = (unit_of(person, item), distance_unit_of(person, item))
    return Shown(item, each, numbers(item, each, *units))


def fields(this: Shown, has_chips: bool) -> list[dict[str, Any]]:
    """The fields of a set in the order they are shown; chips only where asked for."""
    item, known = this.item, this.numbers
    found = [_weight(this)] if item.load != "none" else []
    if item.measure == "reps":
        sep = "×" if found else ""
        found.append(field("reps", _number(known.reps), "Reps", "reps", sep=sep))
        chips = _chips(this) if has_chips else []
        found[-1] |= {"chips": chips, "has_chips": bool(chips)}
    if item.measure == "distance":
        found.append(_distance(this, "×" if found else ""))
    if item.measure == "duration" or (item.measure == "distance" and item.load == "none"):
        sep = {"distance": "in"}.get(item.measure, "×" if found else "")
        found.append(_time(this, sep))
    return found


def field(
    name: str, value: str, label: str, unit: str, *, step: str = "", sep: str = ""
) -> dict[str, Any]:
    """One number of a set, to be stepped by `step` ("": by 1)."""
    return {
        "name": name,
        "label": label,
        "value": value,
        "unit": unit,
        "step": step,
        "sep": sep,
        "prefix": "",
        "is_time": False,
        "chips": [],
        "has_chips": False,
    }


def _weight(this: Shown) -> dict[str, Any]:
    item, known = this.item, this.numbers
    unit = known.weight_unit or "kg"
    value = known.weight if known.weight is not None else "0" if item.load == "bodyweight" else ""
    made = field("weight", value, WEIGHTS[item.load], unit, step=plain(step_of(item, unit)))
    return {**made, "prefix": SIGNS.get(item.load, "")}


def _distance(this: Shown, sep: str) -> dict[str, Any]:
    unit = this.numbers.distance_unit or "km"
    step = "0.1" if unit in ("km", "mi") else "5"
    return field("distance", this.numbers.distance or "", "Distance", unit, step=step, sep=sep)


def _time(this: Shown, sep: str) -> dict[str, Any]:
    seconds = this.numbers.seconds
    step = "30" if this.item.kind == "cardio" else "5" if this.item.measure == "duration" else "15"
    value = clock(Decimal(seconds)) if seconds is not None else ""
    return {**field("duration", value, "Time", "", step=step, sep=sep), "is_time": True}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _chips(this: Shown) -> list[dict[str, Any]]:
    """Reps around the target: the planned range, or two less to two more; the usual ones while
    nothing is known."""
    reps, low, high = this.numbers.reps, this.each.planned_reps, this.each.planned_reps_max
    least = max(1, (reps or 1) - 2)
    around: Iterable[int] = range(least, least + 5) if reps is not None else USUAL_REPS
    if low is not None and high is not None and 0 < high - low < MOST_CHIPS:
        around = range(low, high + 1)
    return [{"value": str(each), "is_on": each == reps} for each in around]


def has_bands(item: SheetItem, each: SheetSet) -> bool:
    """A band is chosen by its colour."""
    return item.implement == "Band" or bool(each.band)


def bands(this: Shown) -> list[dict[str, Any]]:
    """The bands to choose from; one of another name that was used is among them."""
    if not has_bands(this.item, this.each):
        return []
    mine = this.numbers.band
    names = BANDS if mine is None or mine in BANDS else (*BANDS, mine)
    return [choice(name, name.capitalize(), name == mine) for name in names]


def rpes(each: SheetSet) -> list[dict[str, Any]]:
    """How hard it was, to choose from."""
    names = RPES if each.rpe is None or each.rpe in RPES else (each.rpe, *RPES)
    return [{"value": name, "is_on": name == each.rpe} for name in names]


def last_text(this: Shown) -> str:
    """ "80 × 8": last time's numbers, with a unit only where it is another one than now."""
    past = last_of(this.item, this.each)
    if past is None:
        return ""
    said = past_text(this.item, past)
    is_same = past.weight_unit == this.numbers.weight_unit
    return said.replace(f" {past.weight_unit}", "", 1) if is_same else said


def past_text(item: SheetItem, past: PastSet) -> str:
    """ "80 kg × 8": a set of last time."""
    weight = (past.weight, past.weight_unit)
    far = (past.distance, past.distance_unit)
    return numbers_text(item.load, *weight, past.reps, past.duration_seconds, *far, past.band)
