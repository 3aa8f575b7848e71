"""Axes of a chart: sensible steps for values, for lengths of time, and for dates; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import ceil, floor, log10

from webapp.views.text import MONTHS, clock

DAY = timedelta(days=1)
MOST_TICKS = 5
THOUSANDS = 6000  # from here on an axis counts in thousands
_STEPS = (1, 2, 2.5, 5, 10)
_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400)
_DAYS = (1, 2, 4, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Axis:
    """What lies at 0 and at 1 of an axis, and its ticks: values with their labels."""

    low: float
    high: float
    ticks: list[tuple[float, str]]

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def of_values(low: float, high: float, *, whole: bool = False) -> Axis:
    """An axis for numbers from `low` to `high`, in steps of 1, 2, 2.5 or 5 times a power of ten;
    `whole` ones where there is nothing between two numbers."""
    low, high = _apart(low, high)
    power: float = 10 ** floor(log10((high - low) / (MOST_TICKS - 1)))
    steps = [step * power for step in _STEPS if not whole or step * power >= 1]
    steps = [step for step in steps if not whole or step == int(step)] or [1]
    large = max(abs(low), abs(high)) >= THOUSANDS
    return _stepped(low, high, steps, _thousands if large else _number)


def of_seconds(low: float, high: float) -> Axis:
    """An axis for lengths of time, as a clock counts them."""
    low, high = _apart(low, high)
    longer = [days * 86_400 for days in (2, 5, 10, 20, 50, 100, 200, 500, 1000)]
    return _stepped(low, high, [*_SECONDS, *longer], lambda seconds: clock(int(seconds)) or "0:00")


def _apart(low: float, high: float) -> tuple[float, float]:
    """Two ends that differ: around a single value lies a tenth of it, but not below nothing."""
    if high > low:
        return low, high
    room = abs(high) / 10 or 1
    return (max(low - room, 0) if low >= 0 else low - room), high + room


def _stepped(low: float, high: float, steps: list[float], label: Callable[[float], str]) -> Axis:
    step = next((each for each in steps if _many(low, high, each) <= MOST_TICKS), steps[-1])
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = [(n * step, label(n * step)) for n in range(first, max(last, first + 1) + 1)]
    return Axis(ticks[0][0], ticks[-1][0], ticks)


def _many(low: float, high: float, step: float) -> int:
    return ceil(high / step - 1e-9) - floor(low / step + 1e-9) + 1


def _number(value: float) -> str:
    """ "1,250", "2.5", "−20"."""
    return ("−" if value < 0 else "") + f"{round(abs(value), 6):,.10g}"


def _thousands(value: float) -> str:
    """ "12k", "0"."""
    return f"{_number(value / 1000)}k" if value else "0"


def of_days(first: date, last: date) -> Axis:
    """An axis for days; its ticks are days, months or years, as many as one can read."""
    last = max(last, first + DAY)
    span = (last - first).days
    ticks = _days(first, last, span) if span < 63 else _months(first, last)
    return Axis(first.toordinal(), last.toordinal(), ticks)


def _days(first: date, last: date, span: int) -> list[tuple[float, str]]:
    step = next((each for each in _DAYS if span / each <= MOST_TICKS - 1), _DAYS[-1])
    days = (last - DAY * back for back in range(0, span + 1, step))
    return [(float(day.toordinal()), day_label(day)) for day in reversed(list(days))]


def _months(first: date, last: date) -> list[tuple[float, str]]:
    pairs = product(range(first.year, last.year + 1), range(1, 13))
    starts = [day for day in (date(*each, 1) for each in pairs) if first <= day <= last]
    step = next((each for each in _MONTHS if len(starts) / each <= MOST_TICKS), _MONTHS[-1])
    chosen = [day for day in starts if (day.year * 12 + day.month - 1) % step == 0]
    return [(float(day.toordinal()), _month_label(day, step)) for day in chosen]


def _month_label(day: date, step: int) -> str:
    return str(day.year) if step >= 12 or day.month == 1 else MONTHS[day.month - 1]


def day_label(day: date) -> str:
    """ "3 Oct"."""
    return f"{day.day} {MONTHS[day.month - 1]}"
