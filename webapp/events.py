"""What happened, for programs that follow it."""

from quart import Response, request

from webapp import auth, talk
from webapp.feed import cursors, following
from webapp.routing import live
from webapp.security import settings


@live.get("/events")
async def list_events() -> Response:
    """What was created, changed and deleted since: the last change of each thing, in order and
    without gaps. 400 for a cursor that is not one of the person's."""
    me, asked = auth.me(), await talk.query("EventsQuery")
    secret = settings().secret_key
    place = cursors.opened(secret, me.user_id, asked.get("since", ""))
    wanted = (asked.get("limit", 100), asked.get("kinds", []), asked.get("wait", 0))
    page = await following.follow(me.user_id, place, *wanted)
    following_on = cursors.sealed(secret, me.user_id, page.next)
    answer = await talk.reply("events", page=page, next=following_on)
    await answer.add_etag()
    return await answer.make_conditional(request)
