"""The words of `live` for the calendar of training, where the document is silent."""

from webapp.auth import Caller
from webapp.contracts.live.history_shapes import Calendar
from webapp.history.streaks import Streak
from webapp.history.training_days import Month


def calendar(month: Month, streak: Streak, person: Caller) -> Calendar:
    """GET /workouts/calendar?month=2026-11: the days with training, each with its sessions."""
    return {
        "month": f"{month.first:%Y-%m}",
        "first_day_of_week": person.first_day_of_week,
        "days": [
            {"date": str(day), "sessions": [{"id": each.uuid, "name": each.name} for each in done]}
            for day, done in month.days.items()
        ],
        "streak": {"weeks": streak.weeks, "this_week": streak.this_week},
    }
