"""Workouts by number, as `gym` tells them: started from a template, snapshots, rated, completed."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk
from webapp.edge import tapped
from webapp.forms.ids import matching
from webapp.history import rated
from webapp.locations import placed
from webapp.problems import conflict, not_found
from webapp.routing import gym
from webapp.training import adding, arranging, changing_sets, completing, logging, starting
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet, SheetItem, SheetSet

SETS = "/Workouts/<id:workout>/Exercises/<id:exercise>/Sets"


async def found(workout: int, lock: bool = False) -> Sheet:
    """The caller's workout. Raises Problem 404."""
    sheet = await sheets.by_id(auth.me().user_id, workout, lock=lock)
    if sheet is None:
        raise not_found("Workout")
    return sheet


async def _item(workout: int, exercise: int, lock: bool = False) -> tuple[Sheet, SheetItem]:
    sheet = await found(workout, lock)
    named = (item for item in sheet.items if item.id == exercise and item.kind != "rest")
    item = next(named, None)
    if item is None:
        raise not_found("Exercise")
    return sheet, item


async def _set(workout: int, exercise: int, set: int) -> SheetSet:
    _, item = await _item(workout, exercise)
    each = next((each for each in item.done if each.id == set), None)
    if each is None:
        raise not_found("Set")
    return each


@gym.post("/Workouts")
async def start_training() -> Response:
    """Start a workout from a template; 400 while another one is in progress."""
    made = await starting.start(auth.me(), **await talk.read("WorkoutStart"), source="gym")
    place = {"Location": f"/api/Workouts/{made.id}"}
    return await talk.reply("training_started", 201, headers=place, sheet=made)


@gym.get("/Workouts/InProgress")
async def show_training_in_progress() -> Response:
    """The workout in progress, or nothing."""
    running = await sheets.running(auth.me().user_id, last=False)
    return await talk.reply("training_in_progress", sheet=running)


@gym.get("/Workouts/Recent")
async def list_recent_trainings() -> Response:
    """The three workouts that were completed last."""
    return await talk.reply("recent_trainings", workouts=await rated.recent(auth.me().user_id))


@gym.get("/Workouts")
async def list_trainings() -> Response:
    """The completed workouts by date or rating, a page at a time."""
    page = await rated.page(auth.me().user_id, **await talk.query("HistoryQuery"))
    return await talk.reply("trainings", page=page)


@gym.get("/Workouts/<id:workout>")
async def show_training(workout: int) -> Response:
    """One workout with all its exercises and sets."""
    return await talk.reply("training", sheet=await found(workout))


@gym.put("/Workouts/<id:workout>")
async def edit_training(workout: int) -> Response:
    """Change location, notes, rating and times of a workout, in progress or completed."""
    sheet = await found(workout)
    said = matching(await talk.read("WorkoutEdit"), id=workout)
    if said.get("location_id") is not None and said["location_id"] == sheet.location_id:
        del said["location_id"]  # the snapshot of its name stays, too
    await completing.edit(auth.me(), sheet, await placed(said))
    return await talk.reply("training_changed")


@gym.put("/Workouts/<id:workout>/Complete")
async def complete_training(workout: int) -> Response:
    """Complete a workout in progress."""
    sheet = await found(workout, lock=True)
    said = matching(await talk.read("WorkoutComplete"), id=workout)
    await completing.complete(auth.me(), _running(sheet), said)
    return await talk.reply("training_completed")


@gym.delete("/Workouts/<id:workout>")
async def discard_training(workout: int) -> Response:
    """Discard a workout in progress for ever."""
    await completing.erase(_running(await found(workout, lock=True)))
    return await talk.reply("training_discarded")


def _running(sheet: Sheet) -> Sheet:
    if not sheet.is_running:
        raise conflict("The workout is not in progress", "Workout")
    return sheet


@gym.put("/Workouts/<id:workout>/Exercises")
async def arrange_training(workout: int) -> Response:
    """Replace, reorder, add and remove the exercises of a workout in progress."""
    sheet = await found(workout, lock=True)
    said = matching(await talk.read("WorkoutExercises"), workout_id=workout)
    wanted = [each.exercise for each in said["exercises"]]
    await arranging.arrange(auth.me(), _running(sheet), wanted)
    return await talk.reply("training_arranged")


@gym.post(SETS)
async def add_training_set(workout: int, exercise: int) -> Response:
    """Add a set that was done."""
    sheet, item = await _item(workout, exercise, lock=True)
    said = await _said(workout_id=workout, exercise_id=exercise)
    each = await adding.add_done(auth.me(), sheet, item, said, tapped())
    place = {"Location": f"/api/Workouts/{workout}/Exercises/{exercise}/Sets/{each.id}"}
    return await talk.reply("training_set_added", 201, headers=place, set=each)


async def _said(**address: int) -> dict[str, Any]:
    said = matching(await talk.read("WorkoutSetIn"), **address)
    said.pop("id", None)
    said.pop("set_id", None)
    return said


@gym.put(f"{SETS}/<id:set>")
async def edit_training_set(workout: int, exercise: int, set: int) -> Response:
    """Say anew what was done in a set."""
    each = await _set(workout, exercise, set)
    said = await _said(workout_id=workout, exercise_id=exercise, set_id=set, id=set)
    await logging.edit(auth.me(), UUID(each.uuid), said, is_checked=True)
    return await talk.reply("training_set_changed")


@gym.delete(f"{SETS}/<id:set>")
async def remove_training_set(workout: int, exercise: int, set: int) -> Response:
    """Remove a set; those after it move up."""
    each = await _set(workout, exercise, set)
    await changing_sets.remove_set(auth.me(), UUID(each.uuid))
    return await talk.reply("training_set_removed")
