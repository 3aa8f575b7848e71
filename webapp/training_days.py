"""The calendar of the history: a month with a mark on each day of training."""

from quart import Response

from webapp import auth, talk
from webapp.history import training_days
from webapp.history.streaks import streak, today_of
from webapp.routing import pages


@pages.get("/workouts/calendar")
async def show_calendar() -> Response:
    """The days of training of a month ("2026-11", else this one) and the weeks in a row."""
    me, asked = auth.me(), await talk.query("MonthQuery")
    today = today_of(me.timezone)
    month = (asked.get("month") or today).replace(day=1)
    return await talk.reply(
        "calendar",
        month=await training_days.month(me.user_id, month),
        streak=await streak(me.user_id, today, me.first_day_of_week),
        person=me,
    )
