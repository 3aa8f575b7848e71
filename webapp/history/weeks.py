"""Training in stretches of time, and the weeks in a row that had some."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.db.remembering import remembered_past
from webapp.history.progress import Spent, Work, days, together
from webapp.history.ranges import Range, months_before
from webapp.history.streaks import WEEK, week_of

DAY = timedelta(days=1)
MOST_DAYS, MOST_WEEKS, MOST_MONTHS = 14, 54, 60  # as many bars as one can tell apart


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was done from `first` to `last`, both included; `kind` is day, week, month or year."""

    kind: str
    first: date
    last: date
    work: Work


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks in a row with training: until now (this week counts once it has some, and does not
    break the row before), and the most there ever were."""

    current: int
    longest: int


@dataclass(frozen=True, slots=True)
class Trained:
    """Every day with training, ever, in order, and what they are in weeks."""

    days: dict[date, Spent]
    weeks: Weeks


def stretches(work: Mapping[date, Work], shown: Range, first_day_of_week: int) -> list[Stretch]:
    """The range in days, weeks, months or years, as many as a chart can show; in order."""
    kind = _kind(shown)
    found: list[Stretch] = []
    day = shown.first
    while day <= shown.last:
        end = min(_end(day, kind, first_day_of_week), shown.last)
        found.append(Stretch(kind, day, end, Work()))
        day = end + DAY
    return _filled(found, work)


def _kind(shown: Range) -> str:
    if shown.days <= MOST_DAYS:
        return "day"
    if shown.days <= MOST_WEEKS * WEEK:
        return "week"
    return "month" if shown.days / 30.44 <= MOST_MONTHS + 1 else "year"


def _end(day: date, kind: str, first_day_of_week: int) -> date:
    """The last day of the day, week, month or year that this day is in."""
    if kind == "day":
        return day
    if kind == "week":
        return week_of(day, first_day_of_week) + timedelta(days=WEEK - 1)
    if kind == "year":
        return date(day.year, 12, 31)
    return months_before(day.replace(day=1), -1) - DAY


def _filled(found: list[Stretch], work: Mapping[date, Work]) -> list[Stretch]:
    days = sorted(work)
    return [
        Stretch(each.kind, each.first, each.last, together([work[day] for day in inside]))
        for each in found
        for inside in [days[bisect_left(days, each.first) : bisect_right(days, each.last)]]
    ]


@remembered_past
async def trained(user_id: int, today: date, first_day_of_week: int) -> Trained:
    """The person's days with training, and the weeks in a row as of `today`; one statement."""
    found = await days(user_id)
    return Trained(found, weeks_in_a_row(found, today, first_day_of_week))


def weeks_in_a_row(days: Iterable[date], today: date, first_day_of_week: int) -> Weeks:
    """The weeks in a row with a workout, of all `days` that had one."""
    # Counted as numbers: of many years a date for each day takes longer than all the rest.
    weeks = sorted({(day.toordinal() - first_day_of_week) // WEEK for day in days})
    longest = length = 0
    last: int | None = None
    for week in weeks:
        length = length + 1 if last is not None and week == last + 1 else 1
        longest, last = max(longest, length), week
    this = (today.toordinal() - first_day_of_week) // WEEK
    is_current = last is not None and last >= this - 1
    return Weeks(length if is_current else 0, longest)
