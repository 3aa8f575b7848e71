"""Weeks in a row with training, and the days of this week; one statement, by the index."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from webapp.db import is_postgres, rows
from webapp.db.remembering import remembered_past
from webapp.zones import local

WEEK = 7
_TRAINED = "w.user_id = ? AND w.deleted_at IS NULL AND w.status <> 'in_progress'"
# From week to week backwards until one without training: a look at the index for each.
_STREAK = (
    "WITH RECURSIVE weeks (monday) AS (SELECT {first} UNION ALL SELECT {earlier} FROM weeks "
    "WHERE EXISTS (SELECT 1 FROM workouts w WHERE {trained} "
    "AND w.local_date >= {earlier} AND w.local_date < monday)) "
    "SELECT 'weeks' AS kind, COUNT(*) - 1 AS amount, NULL AS day FROM weeks "
    "UNION ALL SELECT 'day', COUNT(*), w.local_date FROM workouts w WHERE {trained} "
    "AND w.local_date >= ? AND w.local_date < ? GROUP BY w.local_date "
    "UNION ALL SELECT 'ever', CASE WHEN EXISTS (SELECT 1 FROM workouts w WHERE {trained}) "
    "THEN 1 ELSE 0 END, NULL"
)
_ON_POSTGRES = _STREAK.format(first="?::date", earlier="monday - 7", trained=_TRAINED)
_ON_SQLITE = _STREAK.format(first="?", earlier="date(monday, '-7 days')", trained=_TRAINED)


@dataclass(frozen=True, slots=True)
class Streak:
    """`weeks` in a row with training; this week counts once it has some, and does not break the
    row before. `first` is this week's first day, `days` how often was trained on which of its
    days, `ever` whether there is any training at all."""

    weeks: int
    today: date
    first: date
    days: dict[date, int]
    ever: bool

    @property
    def this_week(self) -> int:
        return sum(self.days.values())


def today_of(timezone: str, now: datetime | None = None) -> date:
    """The day it is on the person's clock."""
    return local(now or datetime.now(UTC), timezone).date()


def week_of(day: date, first_day_of_week: int) -> date:
    """The first day of the week of this day; days of the week count as ISO's, Monday is 1 (and
    Sunday 7 or 0)."""
    return day - timedelta(days=(day.isoweekday() - first_day_of_week) % WEEK)


@remembered_past
async def streak(user_id: int, today: date, first_day_of_week: int) -> Streak:
    """The person's streak as of `today`, by the local date of each finished workout."""
    first = week_of(today, first_day_of_week)
    sql = _ON_POSTGRES if is_postgres() else _ON_SQLITE
    end = first + timedelta(days=WEEK)
    found = await rows(sql, first, user_id, user_id, first, end, user_id)
    amounts = {each["kind"]: each["amount"] for each in found if each["kind"] != "day"}
    days = {day_of(each["day"]): each["amount"] for each in found if each["kind"] == "day"}
    return Streak(
        weeks=amounts["weeks"] + bool(days),
        today=today,
        first=first,
        days=days,
        ever=bool(amounts["ever"]),
    )


def day_of(value: date | str) -> date:
    """A stored day as a date; SQLite hands back text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
