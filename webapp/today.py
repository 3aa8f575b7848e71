"""The first page: resume, start or repeat a workout."""

from typing import Any

from quart import Response

from webapp import auth, starters, talk
from webapp.auth import Caller
from webapp.history import listing
from webapp.history.streaks import streak, today_of
from webapp.models import plans
from webapp.routing import pages

RECENT = 5


@pages.get("/")
async def today() -> Response:
    """What to do now: the workout in progress, the routines, the week, the last workouts."""
    me = auth.me()
    running, recent = await listing.running(me.user_id), await listing.recent(me.user_id, RECENT)
    shown: dict[str, Any] = {"recent": recent.workouts, "bests": recent.bests}
    return await talk.reply("today", person=me, running=running, **shown, **await beside(me))


async def beside(me: Caller) -> dict[str, Any]:
    """What else Today shows of a person: routines with their items, the streak, and the programs
    there are to begin with."""
    return {
        "routines": await plans.listed(me.user_id),
        "items": lambda: plans.items_by_routine(me.user_id),
        "streak": await streak(me.user_id, today_of(me.timezone), me.first_day_of_week),
        "programs": starters.offered(),
    }
