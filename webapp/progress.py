"""Progress: what the person's training came to over a range of days, beside the one before."""

from datetime import date
from typing import Any

from quart import Response, g

from webapp import auth, kept, talk, views
from webapp.auth import Caller
from webapp.db.remembering import remembered_past
from webapp.history import progress, ranges, weeks
from webapp.history.streaks import today_of
from webapp.routing import live, pages

Asked = tuple[tuple[str, Any], ...]  # a ProgressQuery, by name


@pages.get("/stats")
@live.get("/stats")
async def show_progress() -> Response:
    """Workouts, volume, sets by muscle, streaks and records of a range of days."""
    me, asked = auth.me(), await talk.query("ProgressQuery")
    today, said = today_of(me.timezone), tuple(asked.items())
    if g.wants_json:
        return await talk.reply("stats", **await _facts(me, said, today))
    page = await _page(me.user_id, me, said, today)
    return talk.as_html(kept.filled(page, {"toast": kept.toast()}))


@remembered_past
async def _page(user_id: int, person: Caller, asked: Asked, today: date) -> kept.Parts:
    view = views.stats(**await _facts(person, asked, today))
    return kept.page("stats.html", person.theme, **view)


async def _facts(person: Caller, asked: Asked, today: date) -> dict[str, Any]:
    user_id, first_day, wanted = person.user_id, person.first_day_of_week, dict(asked)
    trained = await weeks.trained(user_id, today, first_day)
    shown = ranges.chosen(wanted, today, list(trained.days), first_day)
    found = await progress.progress(user_id, person.timezone, shown, trained.days)
    is_whole = wanted.get("records") == "all"
    about = {"weeks": trained.weeks, "person": person, "today": today}
    return {"found": found, "is_whole": is_whole, **about}
