"""Routines by number, as templates of workouts: list, look at, make, change, arrange, delete."""

from datetime import UTC, datetime

from quart import Response

from webapp import auth, talk
from webapp.db import Row
from webapp.forms.ids import matching
from webapp.locations import found as found_location
from webapp.models import Routine, templates
from webapp.problems import not_found
from webapp.routing import gym
from webapp.training import arranging


async def found(template: int) -> Row:
    """The caller's template. Raises Problem 404."""
    row = await templates.one(auth.me().user_id, template)
    if row is None:
        raise not_found("Routine")
    return row


@gym.get("/WorkoutTemplates")
async def list_templates() -> Response:
    """The caller's templates in their order; `locationId` asks for those of a place."""
    asked = await talk.query("TemplatesQuery")
    return await talk.reply("templates", found=await templates.listed(auth.me().user_id, **asked))


@gym.get("/WorkoutTemplates/<id:template>")
async def show_template(template: int) -> Response:
    """One template with its exercises."""
    row = await found(template)
    items = await templates.items(auth.me().user_id, template)
    return await talk.reply("template", found=row, items=items)


@gym.post("/WorkoutTemplates")
async def make_template() -> Response:
    """Make a template without exercises, at the end of the list."""
    said = await talk.read("TemplateIn")
    if said.get("location_id") is not None:
        await found_location(said["location_id"])
    id = await templates.make(auth.me().user_id, **said)
    place = {"Location": f"/api/WorkoutTemplates/{id}"}
    return await talk.reply("template_made", 201, headers=place, id=id)


@gym.put("/WorkoutTemplates/<id:template>")
async def edit_template(template: int) -> Response:
    """Change name, notes and location; absent stays."""
    row = await found(template)
    said = matching(await talk.read("TemplateEdit"), id=template)
    if said.get("location_id") is not None:
        await found_location(said["location_id"])
    await Routine.change(auth.me().user_id, row["uuid"], **said)
    return await talk.reply("template_changed")


@gym.delete("/WorkoutTemplates/<id:template>")
async def delete_template(template: int) -> Response:
    """Delete a template; workouts that came from it stay as they are."""
    row = await found(template)
    await Routine.change(auth.me().user_id, row["uuid"], deleted_at=datetime.now(UTC))
    return await talk.reply("template_deleted")


@gym.put("/WorkoutTemplates/<id:template>/Exercises")
async def arrange_template(template: int) -> Response:
    """Replace, reorder, add and remove the exercises of a template."""
    await found(template)
    said = matching(await talk.read("TemplateExercises"), workout_template_id=template)
    wanted = [each.exercise for each in said["exercises"]]
    await arranging.arrange_template(auth.me().user_id, template, wanted)
    return await talk.reply("template_arranged")
