"""Progress: what the person's training came to over a range of days, beside the one before."""

from quart import Response

from webapp import auth, talk
from webapp.history import progress, ranges, weeks
from webapp.history.streaks import today_of
from webapp.routing import live, pages


@pages.get("/stats")
@live.get("/stats")
async def show_progress() -> Response:
    """Workouts, volume, sets by muscle, streaks and records of a range of days."""
    me, asked = auth.me(), await talk.query("ProgressQuery")
    today, first_day = today_of(me.timezone), me.first_day_of_week
    trained = await weeks.trained(me.user_id, today, first_day)
    shown = ranges.chosen(asked, today, list(trained.days), first_day)
    found = await progress.progress(me.user_id, me.timezone, shown, trained.days)
    is_whole = asked.get("records") == "all"
    return await talk.reply(
        "stats", found=found, weeks=trained.weeks, person=me, today=today, is_whole=is_whole
    )
