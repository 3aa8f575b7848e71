"""What an exercise is done with: units, steps, the bar, and the ramp towards its weight; pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.training import plates, warmups
from webapp.training.lines import SheetItem
from webapp.training.prefill import numbers
from webapp.training.turn import next_set


def unit_of(caller: Caller, item: SheetItem) -> str:
    """The unit of the scale this exercise is done with."""
    return item.weight_unit or caller.weight_unit


def distance_unit_of(caller: Caller, item: SheetItem) -> str:
    """Carries are measured in steps of a hall, journeys in the person's unit."""
    if item.load == "none":
        return caller.distance_unit
    return "yd" if caller.distance_unit == "mi" else "m"


def step_of(item: SheetItem, unit: str) -> Decimal:
    """One tap of the weight's stepper, in this unit."""
    usual = item.exercise_increment_lb if unit == "lb" else item.exercise_increment_kg
    step = Decimal(item.increment or usual or 0)
    return step if step > 0 else Decimal("5" if unit == "lb" else "2.5")


def bar_of(item: SheetItem, unit: str, bars: Any) -> Decimal | None:
    """The bar of a barbell lift: the one chosen for it, else the person's first; else None."""
    if item.implement != "Barbell":
        return None
    return Decimal(item.bar_weight) if item.bar_weight else plates.bars(bars, unit)[0]


def working_weight(caller: Caller, item: SheetItem) -> Decimal | None:
    """The heaviest weight offered or done in the working sets, in the exercise's unit."""
    unit = unit_of(caller, item)
    working = (each for each in item.sets if not each.is_warm_up)
    offered = (numbers(item, each, unit, distance_unit_of(caller, item)) for each in working)
    weights = [Decimal(each.weight) for each in offered if each.weight and each.weight_unit == unit]
    return max(weights, default=None)


def ramp_of(caller: Caller, item: SheetItem, bars: Any) -> list[warmups.WarmUp]:
    """The warm-up sets towards the working weight; none while that is unknown."""
    unit, weight = unit_of(caller, item), working_weight(caller, item)
    if not weight or item.load != "external":
        return []
    return warmups.ramp(weight, step_of(item, unit), bar_of(item, unit, bars))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bar with its plates: the weight wanted, the bars to choose from, and what comes near."""

    weight: Decimal
    unit: str
    step: Decimal
    bar: Decimal
    bars: list[Decimal]
    loading: plates.Loading


def loaded(
    caller: Caller,
    item: SheetItem,
    owned: tuple[Any, Any],
    weight: Decimal | None = None,
    bar: Decimal | None = None,
) -> Loaded:
    """What to put on the bar for a weight (None: of the next set), from the plates and bars
    owned."""
    unit = unit_of(caller, item)
    bars = plates.bars(owned[1], unit)
    bar = bar or bar_of(item, unit, owned[1]) or bars[0]
    wanted = weight if weight is not None else _next_weight(caller, item) or bar
    made = plates.load(wanted, bar, plates.stock(owned[0], unit))
    known = bars if bar in bars else [*bars, bar]
    return Loaded(wanted, unit, step_of(item, unit), bar, known, made)


def _next_weight(caller: Caller, item: SheetItem) -> Decimal | None:
    each, unit = next_set(item), unit_of(caller, item)
    if each is None:
        return working_weight(caller, item)
    offered = numbers(item, each, unit, distance_unit_of(caller, item)).weight
    return Decimal(offered) if offered else None
