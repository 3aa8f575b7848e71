"""Exercises by number: one's own and the system's to choose from, one's own to change."""

from datetime import UTC, datetime

from quart import Response

from webapp import auth, talk
from webapp.db import Row
from webapp.forms.ids import matching
from webapp.locations import found as found_location
from webapp.models import Exercise, exercise_templates
from webapp.problems import not_found
from webapp.routing import gym


async def found(exercise: int) -> Row:
    """An exercise the caller may use. Raises Problem 404."""
    row = await exercise_templates.one(auth.me().user_id, exercise)
    if row is None:
        raise not_found("ExerciseTemplate")
    return row


async def _own(exercise: int) -> Row:
    """The caller's own exercise. Raises Problem 404 (the system's is nobody's to change)."""
    row = await found(exercise)
    if row["user_id"] is None:
        raise not_found("ExerciseTemplate")
    return row


@gym.get("/ExerciseTemplates")
async def list_exercise_templates() -> Response:
    """The exercises to choose from, by name; narrowed by words, implement, type and location."""
    asked = await talk.query("ExerciseTemplatesQuery")
    rows = await exercise_templates.listed(auth.me().user_id, **asked)
    return await talk.reply("exercise_templates", found=rows)


@gym.get("/ExerciseTemplates/<id:exercise>")
async def show_exercise_template(exercise: int) -> Response:
    """One exercise."""
    return await talk.reply("exercise_template", found=await found(exercise))


@gym.post("/ExerciseTemplates")
async def make_exercise_template() -> Response:
    """Make an exercise of one's own."""
    said = await talk.read("ExerciseTemplateIn")
    if said.get("location_id") is not None:
        await found_location(said["location_id"])
    id = await exercise_templates.make(auth.me().user_id, **said)
    place = {"Location": f"/api/ExerciseTemplates/{id}"}
    return await talk.reply("exercise_template_made", 201, headers=place, id=id)


@gym.put("/ExerciseTemplates/<id:exercise>")
async def edit_exercise_template(exercise: int) -> Response:
    """Change an exercise of one's own; absent stays."""
    row = await _own(exercise)
    said = matching(await talk.read("ExerciseTemplateEdit"), id=exercise)
    if said.get("location_id") is not None:
        await found_location(said["location_id"])
    await exercise_templates.change(auth.me().user_id, row, **said)
    return await talk.reply("exercise_template_changed")


@gym.delete("/ExerciseTemplates/<id:exercise>")
async def delete_exercise_template(exercise: int) -> Response:
    """Offer an exercise of one's own no longer; workouts and templates keep it."""
    row = await _own(exercise)
    await Exercise.change(auth.me().user_id, row["uuid"], archived_at=datetime.now(UTC))
    return await talk.reply("exercise_template_deleted")
