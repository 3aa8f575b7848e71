"""Two exercises become one: choosing the one to keep, what would move, and taking it back."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk, toasts
from webapp.db import Row
from webapp.exercises import found
from webapp.models import library, merging
from webapp.problems import not_found
from webapp.routing import live, or_again, pages

PAGE = 50


async def _kept(uuid: UUID) -> Row:
    """An exercise that is still offered. Raises Problem 404."""
    exercise = await library.offered(auth.me().user_id, uuid)
    if exercise is None:
        raise not_found("Exercise")
    return exercise


@pages.get("/exercises/<uuid:uuid>/merge")
@live.get("/exercises/<uuid:uuid>/merge")
async def show_merge(uuid: UUID) -> Response:
    """What would move when an exercise becomes part of another; without `into`, which there are."""
    me, source, asked = auth.me(), await found(uuid), await talk.query("MergeQuery")
    into = asked.get("into")
    return await talk.reply(
        "exercise_merge",
        source=source,
        target=await _kept(into) if into else None,
        moves=await merging.preview(me.user_id, source),
        others=await library.search(me.user_id, asked.get("q", ""), limit=PAGE) if not into else [],
        q=asked.get("q", ""),
    )


@pages.post("/exercises/<uuid:uuid>/merge")
@live.post("/exercises/<uuid:uuid>/merge")
@or_again(show_merge)
async def merge_exercise(uuid: UUID) -> Response:
    """Move all that was done and planned of an exercise to another one, which is kept."""
    me, source, said = auth.me(), await found(uuid), await talk.read("MergeIn")
    target = await _kept(said["into"])
    await merging.merge(me.user_id, source, target)
    toasts.leave(
        f"{source['name']} is part of {target['name']} now", f"/exercises/{uuid}/merge/undo"
    )
    return await _exercise("exercise_merged", said["into"])


@pages.post("/exercises/<uuid:uuid>/merge/undo")
@live.post("/exercises/<uuid:uuid>/merge/undo")
async def undo_merge(uuid: UUID) -> Response:
    """Take a merge back: what moved returns; again is harmless."""
    source = await found(uuid)
    if await merging.undo(auth.me().user_id, source):
        toasts.leave(f"{source['name']} stands by itself again")
    return await _exercise("exercise_kept", uuid)


async def _exercise(name: str, uuid: UUID) -> Response:
    facts: dict[str, Any] = {"exercise": await found(uuid)}
    return await talk.reply(name, to=f"/exercises/{uuid}", **facts)
