"""What the phone keeps a copy of, so that the gym flow works without signal.

Cookie only, each document with an ETag. Nothing of one person is ever served to another: the ETag
is of the content, and the content names its user.
"""

from typing import Any

from quart import Response, request

from webapp import auth, talk
from webapp.auth import Caller
from webapp.history import listing
from webapp.history.bests import bests_of_workout
from webapp.models import library, mirrored
from webapp.problems import forbidden
from webapp.routing import edge
from webapp.today import RECENT, beside
from webapp.training import beginning, sheet
from webapp.training.last_time import last_time_of_all

ALL = 1_000_000


def _me() -> Caller:
    """Who is signed in with this browser. Raises Problem 403 for a program's token."""
    if "Authorization" in request.headers:
        raise forbidden("This is for the pages alone; programs have the API")
    return auth.me()


async def _once(answer: Response) -> Response:
    """The answer, or 304 for whoever has it already."""
    answer.headers["Vary"] = "Cookie"
    await answer.add_etag()
    return await answer.make_conditional(request)


@edge.get("/now")
async def now() -> Response:
    """The workout in progress, what Today shows, the last workouts."""
    me = _me()
    running, recent = await _running(me), await listing.recent(me.user_id, RECENT)
    last: dict[str, Any] = {"recent": recent.workouts, "recent_bests": recent.bests}
    return await _once(await talk.reply("now", person=me, **running, **last, **await beside(me)))


async def _running(me: Caller) -> dict[str, Any]:
    found = await sheet.running(me.user_id)
    if found is None:
        return {"sheet": None, "removed": [], "uuids": {}, "bests": []}
    removed = await sheet.removed(found)
    planned = [item.plan.get("exercise_id") for item in (*found.items, *removed)]
    named = await mirrored.by_ids(me.user_id, [id for id in planned if id is not None])
    return {
        "sheet": found,
        "removed": removed,
        "uuids": {each["id"]: str(each["uuid"]) for each in named},
        "bests": await bests_of_workout(me.user_id, found.id),
    }


@edge.get("/plans")
async def templates() -> Response:
    """What a start would make of each routine and of the last workout, and last time's numbers."""
    me = _me()
    last = await sheet.last_ended(me.user_id)
    answer = await talk.reply(
        "plans",
        person=me,
        beginnings=await beginning.of_routines(me),
        last_ended=(last.uuid, beginning.again(last)) if last else None,
        exercises={each["id"]: each for each in await mirrored.whole(me.user_id)},
        last=await last_time_of_all(me.user_id),
        used=await library.recent(me.user_id, limit=ALL),
        owned=await mirrored.owned(me.user_id),
    )
    return await _once(answer)


@edge.get("/library")
async def exercises() -> Response:
    """Every exercise there is to add or swap in."""
    me = _me()
    found, called = await mirrored.whole(me.user_id), await mirrored.called(me.user_id)
    return await _once(await talk.reply("library", person=me, exercises=found, called=called))


@edge.get("/shell")
async def shell() -> Response:
    """The frame of a page, with a mark where each part goes."""
    _me()
    # A toast is left for a page that is read; this one is kept.
    return await _once(talk.as_html(talk.page("shell.html", current="today", toast={"text": ""})))
