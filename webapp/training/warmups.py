"""The sets before the first heavy one: lighter, fewer reps each time; pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

RAMP = ((50, 5), (70, 3), (85, 2))
BAR_REPS = 10
# A ramp of one, two or three sets, when a plan asks for that many.
SHORTER = {1: ((60, 5),), 2: ((50, 5), (75, 3)), 3: RAMP}


@dataclass(frozen=True, slots=True)
class WarmUp:
    """One warm-up set; `share` is of the working weight in per cent, 0 for the empty bar."""

    weight: Decimal
    reps: int
    share: int


def ramp(weight: Decimal, step: Decimal, bar: Decimal | None) -> list[WarmUp]:
    """Warm-up sets towards `weight`: the empty bar (if there is one), then 50, 70 and 85 %.

    Each is rounded to the step, is no lighter than the bar and lighter than the next one.
    """
    start = [WarmUp(bar, BAR_REPS, 0)] if bar and bar < weight else []
    return _rising([*start, *_shares(weight, RAMP, step, bar)], weight)


def few(count: int, weight: Decimal, step: Decimal, bar: Decimal | None) -> list[WarmUp]:
    """At most `count` warm-up sets towards `weight`, for a plan that says how many."""
    shares = SHORTER.get(count)
    made = (
        _rising(_shares(weight, shares, step, bar), weight) if shares else ramp(weight, step, bar)
    )
    return made[:count]


def _shares(
    weight: Decimal, shares: tuple[tuple[int, int], ...], step: Decimal, bar: Decimal | None
) -> list[WarmUp]:
    base = bar or Decimal(0)
    return [WarmUp(_round(weight * n / 100, base, step), reps, n) for n, reps in shares]


def _round(weight: Decimal, base: Decimal, step: Decimal) -> Decimal:
    steps = ((weight - base) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return base + max(steps, Decimal(0)) * step


def _rising(sets: list[WarmUp], weight: Decimal) -> list[WarmUp]:
    kept: list[WarmUp] = []
    for each in sets:
        if each.weight < weight and each.weight > (kept[-1].weight if kept else Decimal(0)):
            kept.append(each)
    return kept
