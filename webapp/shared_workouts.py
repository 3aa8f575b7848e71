"""Sharing a workout: as a text to copy, and by a link that its owner makes and takes back."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk, toasts
from webapp.history import changing, shared
from webapp.history.bests import bests_of_workout
from webapp.routing import anonymous, pages
from webapp.security import absolute

# What is taken back must not be shown from any cache, nor be found by anybody without the link.
UNLISTED = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


def _link(key: str | None) -> dict[str, Any]:
    """Where the key leads, and whether the notes go along."""
    url = absolute(f"/s/{key}") if key else None
    return {"url": url, "has_notes": bool(key and shared.has_notes(key))}


@pages.get("/workouts/<uuid:uuid>/share")
async def share_form(uuid: UUID) -> Response:
    """The workout as a text, with the notes when `notes` is said, and its link if it has one."""
    me, asked = auth.me(), await talk.query("ShareIn")
    sheet = await changing.past(me.user_id, uuid)
    return await talk.reply(
        "workout_share",
        sheet=sheet,
        bests=await bests_of_workout(me.user_id, sheet.id),
        with_notes=bool(asked.get("notes")),
        person=me,
        **_link(await shared.key_of(me.user_id, uuid)),
    )


@pages.post("/workouts/<uuid:uuid>/share")
async def share_workout(uuid: UUID) -> Response:
    """Make a link that shows the workout to anybody who has it, with `notes` only when said."""
    with_notes = bool((await talk.read("ShareIn")).get("notes"))
    key = await shared.share(auth.me().user_id, uuid, with_notes=with_notes)
    to = f"/workouts/{uuid}/share" + ("?notes=1" if with_notes else "")
    return await talk.reply("workout_shared", 201, to=to, **_link(key))


@pages.post("/workouts/<uuid:uuid>/unshare")
async def unshare_workout(uuid: UUID) -> Response:
    """Take the link back: from now on it leads nowhere."""
    await shared.unshare(auth.me().user_id, uuid)
    toasts.leave("The link is gone")
    return await talk.reply("workout_unshared", 204, to=f"/workouts/{uuid}/share")


@pages.get("/s/<slug>")
@anonymous
async def show_shared(slug: str) -> Response:
    """A workout that somebody shares; nobody needs to sign in. 404."""
    found = await shared.by_key(slug)
    return await talk.reply("shared_workout", headers=UNLISTED, shared=found)
