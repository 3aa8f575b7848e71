"""Progress: what the person's training came to over a range of days, beside the one before."""

from quart import Response

from webapp import auth, talk
from webapp.history import progress, ranges
from webapp.history.streaks import today_of
from webapp.routing import live, pages


@pages.get("/stats")
@live.get("/stats")
async def show_progress() -> Response:
    """Workouts, volume, sets by muscle, streaks and records of a range of days."""
    me, asked = auth.me(), await talk.query("ProgressQuery")
    today = today_of(me.timezone)
    trained = await progress.days(me.user_id)
    first, last = asked.get("first"), asked.get("last")
    if first or last:
        shown = ranges.said(first, last, today, list(trained))
    else:
        name = asked.get("range", "3m")
        shown = ranges.whole_weeks(name, today, list(trained), me.first_day_of_week)
    return await talk.reply(
        "stats",
        found=await progress.progress(me.user_id, me.timezone, shown, trained),
        person=me,
        today=today,
        is_whole=asked.get("records") == "all",
    )
