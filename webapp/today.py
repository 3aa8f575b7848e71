"""The first page: resume, start or repeat a workout."""

from datetime import date
from typing import Any

from markupsafe import escape
from quart import Response, g

from webapp import auth, kept, starters, talk, views
from webapp.auth import Caller
from webapp.db.remembering import remembered
from webapp.history import listing
from webapp.history.listing import Past
from webapp.history.streaks import streak, today_of
from webapp.models import plans
from webapp.routing import pages
from webapp.views.plans import key
from webapp.views.today import resume

RECENT = 5


@pages.get("/")
async def today() -> Response:
    """What to do now: the workout in progress, the routines, the week, the last workouts."""
    me = auth.me()
    if g.wants_json:
        return await talk.reply("today", **await _facts(me))
    page, running = await _page(me.user_id, me, today_of(me.timezone))
    since = escape(resume(running)["text"]) if running else ""
    known = {"key": key().encode(), "uuid": key().encode(), "resume": since.encode()}
    return talk.as_html(kept.filled(page, {**known, "toast": kept.toast()}))


@remembered
async def _page(user_id: int, person: Caller, day: date) -> tuple[kept.Parts, Past | None]:
    """The page as it is on this day, and the workout in progress."""
    facts = await _facts(person)
    view = views.today(**{**facts, "items": await facts["items"]()})
    view["today"] |= {"key": kept.mark("key"), "start_uuid": kept.mark("uuid")}
    if facts["running"]:
        view["today"]["resume"]["text"] = kept.mark("resume")
    return kept.page("today.html", person.theme, **view), facts["running"]


async def _facts(me: Caller) -> dict[str, Any]:
    running, recent = await listing.running(me.user_id), await listing.recent(me.user_id, RECENT)
    shown: dict[str, Any] = {"recent": recent.workouts, "bests": recent.bests}
    return {"person": me, "running": running, **shown, **await beside(me)}


async def beside(me: Caller) -> dict[str, Any]:
    """What else Today shows of a person: routines with their items, the streak, and the programs
    there are to begin with."""
    return {
        "routines": await plans.listed(me.user_id),
        "items": lambda: plans.items_by_routine(me.user_id),
        "streak": await streak(me.user_id, today_of(me.timezone), me.first_day_of_week),
        "programs": starters.offered(),
    }
