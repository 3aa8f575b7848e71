"""The rest timer of the workout in progress: pause, resume, shorter, longer, skip."""

from collections.abc import Callable
from datetime import datetime

from quart import Response

from webapp import auth, edge, talk
from webapp.routing import pages
from webapp.training import resting
from webapp.training.changing_items import running
from webapp.training.last_time import remember
from webapp.training.lines import Sheet


async def _changed(how: Callable[[Sheet, datetime], resting.Rest]) -> Response:
    sheet, now = await running(auth.me()), edge.at()
    await resting.set_rest(sheet, how(sheet, now), now)
    await remember(sheet, sheet.items)
    return await talk.reply("rest_timer", to="/session", sheet=sheet, person=auth.me())


@pages.post("/session/rest/pause")
async def pause_rest() -> Response:
    """Let the timer stand."""
    return await _changed(resting.paused)


@pages.post("/session/rest/resume")
async def resume_rest() -> Response:
    """Let the timer run on."""
    return await _changed(resting.resumed)


@pages.post("/session/rest/minus")
async def shorten_rest() -> Response:
    """15 seconds less."""
    return await _changed(lambda sheet, now: resting.shifted(sheet, -resting.STEP, now))


@pages.post("/session/rest/plus")
async def lengthen_rest() -> Response:
    """15 seconds more."""
    return await _changed(lambda sheet, now: resting.shifted(sheet, resting.STEP, now))


@pages.post("/session/rest/skip")
async def skip_rest() -> Response:
    """No more rest."""
    return await _changed(lambda sheet, now: resting.NO_REST)
