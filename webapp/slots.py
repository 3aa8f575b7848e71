"""The sets of a numbered session, slot by slot: add, change, remove."""

from quart import Response

from webapp import auth, talk
from webapp.logbook import found, open_one
from webapp.routing import routines
from webapp.training import slots


async def _said(name: str, workout: int, id: int, status: int = 200) -> Response:
    return await talk.reply(name, status, placed=slots.find(await found(workout), id))


@routines.post("/workouts/<id:workout>/sets")
async def add_set(workout: int) -> Response:
    """Add a set, a rest or a cardio block; a slot that does not exist yet is made."""
    sheet = await open_one(workout)
    id = await slots.add(auth.me(), sheet, await talk.read("SetIn"))
    return await _said("set_added", workout, id, 201)


@routines.put("/workouts/<id:workout>/sets/<id:set>")
@routines.patch("/workouts/<id:workout>/sets/<id:set>")
async def edit_set(workout: int, set: int) -> Response:
    """Change what is said of a set; reps without a moment are done now."""
    sheet = await open_one(workout)
    placed = slots.find(sheet, set)
    said = talk.contract().set_changes(await talk.read("SetEdit"), placed)
    await slots.change(auth.me(), sheet, placed, said)
    return await _said("set_edited", workout, set)


@routines.delete("/workouts/<id:workout>/sets/<id:set>")
async def remove_set(workout: int, set: int) -> Response:
    """Remove a set, and with its last one the slot."""
    sheet = await open_one(workout)
    await slots.remove(auth.me(), sheet, slots.find(sheet, set))
    return await talk.reply("set_removed", 204)
