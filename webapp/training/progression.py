"""How the weight of a planned exercise grows from workout to workout, and why, in words; pure.

`double`: once every set fills the range of reps, a step more and back to the low end. `linear`:
once every set is done, a step more. Three misses in a row at one weight take a tenth off.
Assistance is turned round: less of it is more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from webapp.models.fields import plain

Rule = Literal["double", "linear"]
MISSES = 3
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Ladder:
    """The weights there are: `made` by the plates, else any number of steps away."""

    step: Decimal
    made: tuple[Decimal, ...] = ()

    def above(self, weight: Decimal) -> Decimal | None:
        """A step more, as near as the plates come; None above the last."""
        wanted = weight + self.step
        return _nearest(wanted, [n for n in self.made if n > weight]) if self.made else wanted

    def below(self, weight: Decimal, can_be_none: bool = False) -> Decimal | None:
        """A tenth less, at least a step; None below the lightest. `can_be_none`: 0 is a weight."""
        wanted, fewer = weight * (1 - TENTH), [max(weight - self._tenth(weight), Decimal(0))]
        lower = [n for n in self.made or fewer if n < weight]
        return _nearest(wanted, [n for n in lower if n > 0 or can_be_none])

    def _tenth(self, weight: Decimal) -> Decimal:
        steps = (weight * TENTH / self.step).quantize(Decimal(1), ROUND_HALF_UP)
        return max(steps, Decimal(1)) * self.step

    def eased(self, assistance: Decimal) -> Decimal:
        """A tenth more assistance, at least a step."""
        return assistance + self._tenth(assistance)


def _nearest(wanted: Decimal, there: Sequence[Decimal]) -> Decimal | None:
    return min(there, key=lambda each: (abs(each - wanted), each), default=None)


@dataclass(frozen=True, slots=True)
class Done:
    """A working set as it was done; without a weight it was 0."""

    reps: int
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked for in an earlier workout (`asked`: the weight), and what was done."""

    sets: int
    low: int
    high: int
    asked: Decimal | None
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to lift this time, and why; with `reps`, so many instead of the plan's range."""

    weight: Decimal
    unit: str
    text: str
    reps: int | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A workout seen by a rule: its weight, whether that is done with, or was too much."""

    weight: Decimal
    is_filled: bool
    is_missed: bool


def advise(
    rule: Rule, past: Sequence[Past], ladder: Ladder, unit: str, load: str = "external"
) -> Advice | None:
    """What to lift after the workouts of the `past`, the newest first; None when nothing is known.

    `load` says what a weight means, as an exercise's does; weights are in `unit`.
    """
    judged = [_judged(rule, each, load) for each in past if each.done]
    if not judged or (load == "external" and not judged[0].weight):
        return None
    weight, asked, misses = judged[0].weight, _asked(rule, past[0]), _misses(judged)
    if judged[0].is_filled:
        more, text = _more(weight, ladder, unit, load)
        return Advice(more, unit, f"{asked} done{text}", past[0].low if more != weight else None)
    if misses >= MISSES:
        weight, text = _less(weight, ladder, load)
        return Advice(weight, unit, f"Third miss: {text}")
    if misses:
        return Advice(weight, unit, f"Missed {('last time', 'twice')[misses - 1]}: same again")
    return Advice(weight, unit, f"{asked} not done yet: same weight, more reps")


def _goal(rule: Rule, past: Past) -> int:
    return past.high if rule == "double" else past.low


def _asked(rule: Rule, past: Past) -> str:
    return f"{past.sets}×{_goal(rule, past)}"


def _judged(rule: Rule, past: Past, load: str) -> _Judged:
    """The workout's weight is the one that every set reached; else what was asked for, when some
    did; else the hardest."""
    sign = -1 if load == "assisted" else 1
    hard = sorted((sign * each.weight for each in past.done), reverse=True)
    asked = hard[0] if past.asked is None else sign * past.asked
    every = hard[past.sets - 1] if len(hard) >= past.sets else None
    weight = every if every is not None and every >= asked else min(asked, hard[0])
    reps = [each.reps for each in past.done if sign * each.weight >= weight]
    filled = sum(each >= _goal(rule, past) for each in reps) >= past.sets
    missed = sum(each >= past.low for each in reps) < past.sets
    return _Judged(sign * weight, filled, missed)


def _misses(judged: Sequence[_Judged]) -> int:
    """How many of the last workouts in a row were missed at the weight of the last."""
    count = 0
    for each in judged:
        if not each.is_missed or each.weight != judged[0].weight:
            break
        count += 1
    return count


def _more(weight: Decimal, ladder: Ladder, unit: str, load: str) -> tuple[Decimal, str]:
    if load == "assisted":
        less = max(weight - ladder.step, Decimal(0))
        by = f" last time: −{plain(weight - less)} {unit}"
        return less, by if weight else " without assistance"
    heavier = ladder.above(weight)
    if heavier is None:
        return weight, f", and your plates end at {plain(weight)} {unit}"
    if heavier - weight > max(2 * ladder.step, weight * TENTH):
        return weight, f", but your plates go on at {plain(heavier)} {unit}: more reps"
    return heavier, f" last time: +{plain(heavier - weight)} {unit}"


def _less(weight: Decimal, ladder: Ladder, load: str) -> tuple[Decimal, str]:
    if load == "assisted":
        return ladder.eased(weight), "10 % more assistance"
    lighter = ladder.below(weight, can_be_none=load == "bodyweight")
    return (weight, "it goes no lighter") if lighter is None else (lighter, "−10 %")
