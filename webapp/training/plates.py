"""Which plates make a weight: the nearest a person's own plates and bar can come to it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

BARS = {"kg": ("20", "15", "10"), "lb": ("45", "35", "15")}
PLATES = {
    "kg": (("25", 8), ("20", 8), ("15", 4), ("10", 4), ("5", 4), ("2.5", 4), ("1.25", 4)),
    "lb": (("45", 12), ("35", 4), ("25", 4), ("10", 4), ("5", 4), ("2.5", 4)),
}
MOST_PAIRS = 20
MOST_SIDE = 1_000_000  # hundredths: 10,000 kg a side is beyond every bar

Stock = tuple[tuple[Decimal, int], ...]


@dataclass(frozen=True, slots=True)
class Loading:
    """Plates of one side from the collar outwards, and what bar and both sides weigh."""

    side: tuple[Decimal, ...]
    total: Decimal
    is_exact: bool


def bars(owned: Any, unit: str) -> list[Decimal]:
    """The bars of this unit a person owns ({"kg": [20, 15]}), else the usual ones."""
    mine = owned.get(unit) if isinstance(owned, dict) else None
    return _numbers(mine or BARS[unit]) or _numbers(BARS[unit])


def of_place(account: Any, place: Any) -> Any:
    """What is owned where the place has its own: plates or bars, unit by unit."""
    return {**(account or {}), **(place or {})}


def stock(owned: Any, unit: str) -> Stock:
    """The plates of this unit as (weight, pairs), the heaviest first.

    `owned` is {"kg": {"25": 4, ...}} or {"kg": [[25, 4], ...]}, counted in single plates.
    """
    mine = owned.get(unit) if isinstance(owned, dict) else None
    listed = mine.items() if isinstance(mine, dict) else mine
    return _stock(listed or PLATES[unit]) or _stock(PLATES[unit])


def _stock(listed: Any) -> Stock:
    pairs = ((_number(weight), min(int(count) // 2, MOST_PAIRS)) for weight, count in listed)
    return tuple(sorted(((w, n) for w, n in pairs if w and n > 0), reverse=True))


def _numbers(values: Sequence[Any]) -> list[Decimal]:
    return [number for number in map(_number, values) if number is not None]


def _number(value: Any) -> Decimal | None:
    number = Decimal(str(value))
    return number if 0 < number < 1000 else None


def load(weight: Decimal, bar: Decimal, plates: Stock) -> Loading:
    """The loading nearest to `weight` (of two as near the lighter), with the fewest plates.

    Greedy is not enough when pairs are limited: 2 x 20 + 2 x 15 makes 15 + 15 a side only by
    leaving the 20 on the floor.
    """
    wanted = max(_hundredths(weight - bar), 0)
    scaled = tuple((_hundredths(2 * each), pairs) for each, pairs in plates)
    reached = _sums(scaled)
    made = min(reached, key=lambda each: (abs(each - wanted), each))
    side = tuple(plates[n][0] for n in reached[made])
    total = bar + 2 * sum(side, Decimal(0))
    return Loading(side, total, total == weight)


def totals(bar: Decimal, plates: Stock) -> list[Decimal]:
    """Every weight the bar and the plates can make, the lightest first."""
    scaled = tuple((_hundredths(2 * each), pairs) for each, pairs in plates)
    return [bar + Decimal(made) / 100 for made in sorted(_sums(scaled))]


def _hundredths(weight: Decimal) -> int:
    return min(int(weight * 100), MOST_SIDE)


@lru_cache(maxsize=64)
def _sums(plates: tuple[tuple[int, int], ...]) -> dict[int, tuple[int, ...]]:
    """Every weight the plates can make, by the fewest plates, of these by the heaviest first."""
    sums: dict[int, tuple[int, ...]] = {0: ()}
    for number, (weight, pairs) in enumerate(plates):
        for made, used in list(sums.items()):
            for count in range(1, pairs + 1):
                total, using = made + weight * count, used + (number,) * count
                if total not in sums or (len(using), using) < (len(sums[total]), sums[total]):
                    sums[total] = using
    return sums
