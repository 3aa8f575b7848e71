"""Ranges of days that progress is looked at, and the range before each; pure."""

from dataclasses import dataclass
from datetime import date, timedelta

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


def back(name: str, today: date, earliest: date | None) -> Range:
    """The last 3 months, the last year, or all days since the `earliest`, until today."""
    if name == EVER:
        return Range(min(earliest or today, today), today, EVER)
    return Range(months_before(today, MONTHS[name]), today, name)


def whole_weeks(name: str, today: date, earliest: date | None, first_day_of_week: int) -> Range:
    """Like `back`, from the first day of a week on: this week and those before it."""
    start = week_of(today, first_day_of_week)
    if name == EVER:
        return Range(min(earliest or start, today), today, EVER)
    return Range(start - timedelta(days=WEEK * (WEEKS[name] - 1)), today, name)


def said(first: date | None, last: date | None, today: date, earliest: date | None) -> Range:
    """The days that were said: without a beginning since the `earliest`, without an end until
    today, and never beyond today."""
    until = min(last or today, today)
    return Range(min(first or earliest or until, until), until)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    end = date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY
    return date(year, month + 1, min(day.day, end.day))
