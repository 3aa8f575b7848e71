"""Statistics: what the person's training came to."""

from quart import Response

from webapp import auth, talk
from webapp.history.statistics import statistics
from webapp.history.streaks import today_of
from webapp.routing import executions


@executions.get("/users/me/stats")
async def show_statistics() -> Response:
    """Totals, frequency, records and streaks over a range of days."""
    me, asked = auth.me(), await talk.query("StatisticsQuery")
    days = (asked.get("start_date"), asked.get("end_date"))
    found = await statistics(me.user_id, today_of(me.timezone), *days)
    return await talk.reply("statistics", found=found)
