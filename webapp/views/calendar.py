"""A month of training as people see it: a grid of weeks with a mark on each day that has some."""

from datetime import date, timedelta
from typing import Any

from webapp.auth import Caller
from webapp.history.streaks import WEEK, Streak, week_of
from webapp.history.training_days import DAY, Done, Month
from webapp.views.text import DAYS, LONG_DAYS, count

FIRST_YEAR = 1971  # the days that may be asked for begin in the year before


def calendar(month: Month, streak: Streak, person: Caller) -> dict[str, Any]:
    """The month with its weeks, the months beside it, and the years there is training of."""
    first, today = month.first, streak.today
    return {
        "current": "history",
        "heading": f"{first:%B} {first.year}",
        "is_empty": month.since is None,
        "weekdays": _weekdays(person.first_day_of_week),
        "weeks": _weeks(month, today, person.first_day_of_week),
        "total_text": _total_text(month),
        "streak_text": _streak_text(streak),
        "before": _link(first - DAY, first.year >= FIRST_YEAR),
        "after": _link(month.last + DAY, (first.year, first.month) < (today.year, today.month)),
        "is_now": (first.year, first.month) == (today.year, today.month),
        "years": _years(month, today),
        "newest": _newest(month),
    }


def _newest(month: Month) -> dict[str, str] | None:
    """Where the last training is, in a month without any."""
    if month.days or month.until is None:
        return None
    return _link(month.until, True)


def _weekdays(first_day_of_week: int) -> list[dict[str, str]]:
    order = [(first_day_of_week - 1 + n) % WEEK for n in range(WEEK)]
    return [{"short": DAYS[each], "long": LONG_DAYS[each]} for each in order]


def _weeks(month: Month, today: date, first_day_of_week: int) -> list[list[dict[str, Any]]]:
    weeks, day = [], week_of(month.first, first_day_of_week)
    while day <= month.last:
        days = [day + timedelta(days=n) for n in range(WEEK)]
        weeks.append([_cell(each, month, today) for each in days])
        day += timedelta(days=WEEK)
    return weeks


def _cell(day: date, month: Month, today: date) -> dict[str, Any]:
    if not month.first <= day <= month.last:
        return {"day": ""}
    done = month.days.get(day, [])
    return {
        "day": str(day.day),
        "is_today": day == today,
        "is_done": bool(done),
        "many": str(len(done)) if len(done) > 1 else "",
        "names": [each.name for each in done],
        "url": _url(day, done),
        "label": _label(day, done),
    }


def _url(day: date, done: list[Done]) -> str:
    """The workout of the day; several are a list."""
    if len(done) == 1:
        return f"/workouts/{done[0].uuid}"
    return f"/workouts?from={day}&to={day}"


def _label(day: date, done: list[Done]) -> str:
    named = ", ".join(each.name for each in done)
    return f"{LONG_DAYS[day.weekday()]} {day.day} {day:%B}, {count(len(done), 'workout')}: {named}"


def _total_text(month: Month) -> str:
    """ "9 workouts on 8 days"; "" for none."""
    if not month.days:
        return ""
    several = len(month.days) < month.workouts
    days = f" on {count(len(month.days), 'day')}" if several else ""
    return count(month.workouts, "workout") + days


def _streak_text(streak: Streak) -> str:
    return f"{count(streak.weeks, 'week')} in a row" if streak.weeks else ""


def _link(day: date, is_offered: bool) -> dict[str, str]:
    url = f"/workouts/calendar?month={day:%Y-%m}" if is_offered else ""
    return {"url": url, "name": f"{day:%B} {day.year}"}


def _years(month: Month, today: date) -> list[dict[str, Any]]:
    """The years with training to jump between, the newest first; none while there is only one."""
    begun = max(month.since.year, FIRST_YEAR) if month.since else today.year
    years = range(max(today.year, month.first.year), min(begun, month.first.year) - 1, -1)
    shown = month.first.month
    return [
        {
            "year": str(year),
            "url": f"/workouts/calendar?month={year:04}-{_within(year, shown, today):02}",
            "is_on": year == month.first.year,
        }
        for year in years
        if len(years) > 1
    ]


def _within(year: int, month: int, today: date) -> int:
    return min(month, today.month) if year == today.year else month
