"""The sets of the workout in progress: log with one tap, undo, change, add, remove."""

from functools import partial
from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, edge, talk, toasts
from webapp.history.bests import bests_of_exercise
from webapp.problems import not_found
from webapp.routing import live, pages
from webapp.sessions import still_running
from webapp.training import changing_sets, exercising, logging, sheet
from webapp.training.change import Change, remembered


async def told(change: Change, **more: Any) -> Response:
    """What looks different after a tap."""
    to = f"/session#item-{change.item.uuid}"
    if not change.sheet.is_running:
        to = f"/workouts/{change.sheet.uuid}"
    facts: dict[str, Any] = {"person": auth.me(), "bests": lambda: _bests(change)}
    facts |= {"sheet": change.sheet, "item": change.item}
    shown = partial(remembered, change)
    return await talk.reply("logged", to=to, change=shown, **facts, **more)


async def _bests(change: Change) -> Any:
    """Of the exercise that is shown again, in one statement when there are none."""
    exercise, me = change.item.exercise_id, auth.me().user_id
    if exercise is None or not change.item.done:
        return []
    return await bests_of_exercise(me, change.sheet.id, exercise)


def _seen() -> dict[str, Any]:
    """The version and the workout that were seen, and what to tell of the tap: to a phone that has
    carried it out itself nothing but the set."""
    of = "set" if edge.is_replayed() else "card"
    return {"version": edge.version(), "meant": edge.meant(), "of": of}


@pages.post("/session/sets/<uuid:uuid>/log")
async def log_set(uuid: UUID) -> Response:
    """Log the set with the numbers said; what is not said is as it was offered."""
    said, at = await talk.read("SetIn"), edge.tapped()
    now = at if edge.is_replayed() else edge.at()
    change = await logging.log(auth.me(), uuid, said, at, now=now, **_seen())
    return await told(change, stays=False)


@pages.post("/session/sets/<uuid:uuid>/undo")
async def undo_set(uuid: UUID) -> Response:
    """Take the logging of the set back."""
    return await told(await logging.undo(auth.me(), uuid, **_seen()))


@pages.get("/session/sets/<uuid:uuid>")
async def show_set(uuid: UUID) -> Response:
    """The details of a set: numbers, kind, RPE, note."""
    me = auth.me()
    found = await sheet.of_set(me.user_id, uuid)
    both = found.set(str(uuid)) if found else None
    if found is None or both is None:
        raise not_found("Set")
    change = Change(found, *both)
    facts: dict[str, Any] = {"item": change.item, "set": change.set}
    facts |= {"bests": lambda: _bests(change)}
    return await talk.reply("set_edit", **facts, person=me, is_part=talk.is_fragment())


@pages.post("/session/sets/<uuid:uuid>/edit")
async def edit_set(uuid: UUID) -> Response:
    """Change the numbers, kind, RPE or note of the set; what is not said stays."""
    said = await talk.read("SetIn")
    change = await logging.edit(auth.me(), uuid, said, **_seen())
    return await told(change)


@pages.post("/session/sets/<uuid:uuid>/remove")
async def remove_set(uuid: UUID) -> Response:
    """Remove the set; it can be taken back."""
    change = await changing_sets.remove_set(auth.me(), uuid)
    return await _removed(change, str(uuid))


async def _removed(change: Change, uuid: str) -> Response:
    still_running(change.sheet)
    toast = toasts.tell("Set removed", f"/session/sets/{uuid}/restore")
    return await told(change, toast=toast)


@pages.post("/session/sets/<uuid:uuid>/restore")
async def restore_set(uuid: UUID) -> Response:
    """Take a removed set back."""
    return await told(await changing_sets.restore_set(auth.me(), uuid))


@pages.post("/session/items/<uuid:item>/sets")
async def add_set(item: UUID) -> Response:
    """One more set, like the last one."""
    said = await talk.read("Made")
    change = await changing_sets.add_set(auth.me(), item, said.get("uuid"))
    still_running(change.sheet)
    return await told(change)


@pages.post("/session/items/<uuid:item>/sets/drop")
async def drop_set(item: UUID) -> Response:
    """Remove the last set, if it is not logged."""
    change, uuid = await changing_sets.drop_set(auth.me(), item)
    return await _removed(change, uuid)


@live.put("/session/workout/exercise/log")
async def log_exercise_set() -> Response:
    """Log a set of the running exercise (live: LogExerciseSet)."""
    said, me = await talk.read("ExerciseLog"), auth.me()
    number = said.pop("set_number", None)
    # A bare number is in the person's unit, whatever the exercise's scale or the set had before.
    if said["weight"] is not None:
        said["weight_unit"] = said.get("weight_unit") or me.weight_unit
    each = await exercising.log_next(me, said, number, edge.tapped())
    return await talk.reply("session_set", set=each, person=me)
