"""A month of training: what was done on which of its days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.db import row, rows
from webapp.history.streaks import day_of

_PAST = "w.user_id = ? AND w.deleted_at IS NULL AND w.status <> 'in_progress'"
_MONTH = (
    f"SELECT w.local_date, w.uuid, w.name FROM workouts w WHERE {_PAST} "  # noqa: S608
    "AND w.local_date >= ? AND w.local_date <= ? ORDER BY w.local_date, w.started_at, w.id"
)
_SINCE = f"SELECT MIN(w.local_date) FROM workouts w WHERE {_PAST}"  # noqa: S608
_UNTIL = _SINCE.replace("MIN(", "MAX(")
_BETWEEN = f"SELECT ({_SINCE}) AS first, ({_UNTIL}) AS last"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """A workout of a day."""

    uuid: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is the first day of the month, `days` the workouts of those that have some, `since`
    and `until` the days of the person's very first workout and of the last (None before them)."""

    first: date
    days: dict[date, list[Done]]
    since: date | None
    until: date | None

    @property
    def last(self) -> date:
        return last_of(self.first)

    @property
    def workouts(self) -> int:
        return sum(len(each) for each in self.days.values())


def last_of(first: date) -> date:
    """The last day of the month that begins on this day."""
    return first.replace(day=monthrange(first.year, first.month)[1])


async def month(user_id: int, first: date) -> Month:
    """The training of the month that begins on `first`; two statements, by the index."""
    days: dict[date, list[Done]] = {}
    for each in await rows(_MONTH, user_id, first, last_of(first)):
        done = Done(str(each["uuid"]), each["name"])
        days.setdefault(day_of(each["local_date"]), []).append(done)
    ends = await row(_BETWEEN, user_id, user_id)
    since, until = (each and day_of(each) for each in ends or (None, None))
    return Month(first, days, since, until)
