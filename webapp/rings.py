"""Whether this phone is rung when the rest is over."""

from typing import Any

from quart import Response

from webapp import auth, talk, toasts
from webapp.problems import invalid
from webapp.ringing import reach, subscribing
from webapp.routing import or_again, pages
from webapp.security import absolute, settings


async def _facts() -> dict[str, Any]:
    from webapp.ringing import vapid  # cryptography is 9 MB that only who rings needs

    phones = await subscribing.phones(auth.me())
    return {"public_key": vapid.public_key(settings().secret_key), "phones": phones}


@pages.get("/settings/ring")
async def show_ring() -> Response:
    """What ringing can do and cannot, and the switch of this phone."""
    return await talk.reply("ring", **await _facts())


@pages.post("/settings/ring")
@or_again(show_ring)
async def ring_here() -> Response:
    """Ring this browser from now on."""
    said = await talk.read("RingIn")
    try:
        reach.check(said["endpoint"], settings())
    except reach.Unreachable as error:
        raise invalid("This browser cannot be rung", endpoint=f"Not there: {error}") from error
    await subscribing.subscribe(auth.me(), contact=absolute("/"), **said)
    toasts.leave("This phone rings when the rest is over")
    return await talk.reply("ring", to="/settings/ring", **await _facts())


@pages.post("/settings/ring/off")
async def ring_no_more() -> Response:
    """Do not ring this browser any more; without its endpoint, none."""
    said = await talk.read("RingOff")
    await subscribing.unsubscribe(auth.me(), said.get("endpoint"))
    toasts.leave("No more ringing" if said.get("endpoint") is None else "This phone stays quiet")
    return await talk.reply("ring", to="/settings/ring", **await _facts())
