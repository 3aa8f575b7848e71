"""What stands in a set before it is logged: the plan, else last time, else this workout; pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from webapp.models.fields import GRAMS, MILLIMETRES, plain
from webapp.training.lines import PastSet, SheetItem, SheetSet

HALF = Decimal("0.5")
HUNDREDTH = Decimal("0.01")


@dataclass(slots=True)
class Numbers:
    """The numbers of a set as they are shown: weight and distance as text in their unit."""

    reps: int | None = None
    weight: str | None = None
    weight_unit: str | None = None
    seconds: str | None = None
    distance: str | None = None
    distance_unit: str | None = None
    band: str | None = None


def numbers(item: SheetItem, each: SheetSet, weight_unit: str, distance_unit: str) -> Numbers:
    """The set's numbers as entered; before it is done, what is missing is offered."""
    entered = Numbers(
        reps=each.reps,
        weight=each.weight,
        weight_unit=each.weight_unit or weight_unit,
        seconds=each.duration_seconds,
        distance=each.distance,
        distance_unit=each.distance_unit or distance_unit,
        band=each.band,
    )
    return entered if each.is_done else _offered(item, each, entered)


def _offered(item: SheetItem, each: SheetSet, known: Numbers) -> Numbers:
    last, before = last_of(item, each), _before(item, each)
    if known.reps is None:
        known.reps = _reps(each, last, before)
    if known.weight is None:
        known.weight = _weight(each, last, before, known.weight_unit or "kg")
    if known.seconds is None:
        known.seconds = _seconds(each, last, before)
    if known.distance is None:
        known.distance = _distance(item, last, before, known.distance_unit or "km")
    if known.band is None:
        known.band = next((past.band for past in (last, before) if past and past.band), None)
    return known


def last_of(item: SheetItem, each: SheetSet) -> PastSet | None:
    """The set of the same number (warm-ups counted apart) when this exercise was last done."""
    if not item.last:
        return None
    number = 0
    for other in item.sets:
        if other is each:
            break
        number += other.is_warm_up == each.is_warm_up
    alike = [past for past in item.last if (past.set_type == "warm_up") == each.is_warm_up]
    return alike[number] if number < len(alike) else None


def _before(item: SheetItem, each: SheetSet) -> SheetSet | None:
    """The last set of its kind that was logged in this workout."""
    alike = (s for s in reversed(item.sets) if s.is_done and s.is_warm_up == each.is_warm_up)
    return next(alike, None)


def _reps(each: SheetSet, last: PastSet | None, before: SheetSet | None) -> int | None:
    low, high = each.planned_reps, each.planned_reps_max
    if low is not None and high in (None, low):
        return low
    told = next((past.reps for past in (last, before) if past and past.reps is not None), None)
    if low is None and high is None:
        return told
    low, high = low if low is not None else high, high if high is not None else low
    if low is None or high is None or told is None:
        return low
    return max(low, min(told, high))


def _weight(each: SheetSet, last: PastSet | None, before: SheetSet | None, unit: str) -> str | None:
    if each.planned_weight is not None:
        return converted(each.planned_weight, each.planned_weight_unit or unit, unit)
    for past in (last, before):
        if past is not None and past.weight is not None:
            return converted(past.weight, past.weight_unit or unit, unit)
    return None


def _seconds(each: SheetSet, last: PastSet | None, before: SheetSet | None) -> str | None:
    if each.planned_seconds is not None:
        return str(each.planned_seconds)
    past = (p.duration_seconds for p in (last, before) if p and p.duration_seconds is not None)
    return next(past, None)


def _distance(
    item: SheetItem, last: PastSet | None, before: SheetSet | None, unit: str
) -> str | None:
    planned = item.plan.get("distance")
    if planned is not None:
        return far(str(planned), item.plan.get("distance_unit") or unit, unit)
    for past in (last, before):
        if past is not None and past.distance is not None:
            return far(past.distance, past.distance_unit or unit, unit)
    return None


def converted(weight: str, unit: str, wanted: str) -> str:
    """A weight in the unit of the scale at hand, to the half: scales have no "176.37 lb"."""
    if unit == wanted:
        return weight
    exact = Decimal(weight) * GRAMS[unit] / GRAMS[wanted]
    return plain((exact / HALF).quantize(Decimal(1), ROUND_HALF_UP) * HALF)


def far(distance: str, unit: str, wanted: str) -> str:
    """A distance in another unit, to two decimals."""
    if unit == wanted:
        return distance
    exact = Decimal(distance) * MILLIMETRES[unit] / MILLIMETRES[wanted]
    return plain(exact.quantize(HUNDREDTH, ROUND_HALF_UP))
