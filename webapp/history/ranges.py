"""Ranges of days that progress is looked at, and the range before each; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from webapp.history.streaks import WEEK, week_of

DAY = timedelta(days=1)
EVER = "all"
MONTHS = {"3m": 3, "1y": 12}
WEEKS = {"4w": 4, "3m": 13, "1y": 52}


@dataclass(frozen=True, slots=True)
class Range:
    """Days from `first` to `last`, both included. `name` is how it was chosen: 4w, 3m, 1y, all,
    or "" for days that were said."""

    first: date
    last: date
    name: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> float:
        """How many weeks it has, at least one."""
        return max(self.days / WEEK, 1.0)

    @property
    def before(self) -> "Range | None":
        """As many days just before; None before everything."""
        if self.name == EVER:
            return None
        days = min(timedelta(days=self.days), self.first - date.min)
        return Range(self.first - days, self.first - DAY) if days else None

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


def back(name: str, today: date, days: Sequence[date]) -> Range:
    """The last 3 months or the last year until today, or all of these `days` (in order)."""
    if name == EVER:
        return _ever(today, days)
    return Range(months_before(today, MONTHS[name]), today, name)


def whole_weeks(name: str, today: date, days: Sequence[date], first_day_of_week: int) -> Range:
    """Like `back`, from the first day of a week on: this week and those before it."""
    if name == EVER:
        return _ever(today, days)
    start = week_of(today, first_day_of_week)
    return Range(start - timedelta(days=WEEK * (WEEKS[name] - 1)), today, name)


def chosen(
    asked: Mapping[str, Any], today: date, days: Sequence[date], first_day_of_week: int
) -> Range:
    """The days that were asked for (`first`, `last`), else whole weeks by the name of a `range`:
    the last 3 months when nothing is said."""
    first, last = asked.get("first"), asked.get("last")
    if first or last:
        return said(first, last, today, days)
    return whole_weeks(asked.get("range", "3m"), today, days, first_day_of_week)


def said(first: date | None, last: date | None, today: date, days: Sequence[date]) -> Range:
    """The days that were said, in either order: without a beginning or an end all of `days` before
    or after the other, and never beyond today and those."""
    if first and last:
        first, last = min(first, last), max(first, last)
    ever = _ever(today, days)
    until = min(last or ever.last, ever.last)
    return Range(min(first or ever.first, until), until)


def _ever(today: date, days: Sequence[date]) -> Range:
    first, last = (days[0], days[-1]) if days else (today, today)
    return Range(min(first, today), max(last, today), EVER)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    end = date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY
    return date(year, month + 1, min(day.day, end.day))
