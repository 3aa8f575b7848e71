"""Workouts as exercise executions with their sets, by integer id, until they are finished."""

from quart import Response

from webapp import auth, talk
from webapp.routing import executions
from webapp.training import executed, executing, starting

WORKOUT = "/workouts/<id:workout>"
EXECUTIONS = f"{WORKOUT}/exercise-executions"
EXECUTION = f"{EXECUTIONS}/<id:exercise>"
SET = f"{EXECUTION}/sets/<id:set>"


@executions.get("/workouts")
async def list_executed() -> Response:
    """The workouts of some days, finished or not, the newest first."""
    asked = await talk.query("WorkoutsQuery")
    found, total = await executed.workouts(auth.me().user_id, **asked)
    shown = {"page": asked["page"], "per_page": asked["per_page"]}
    return await talk.reply("executed_workouts", found=found, total=total, **shown)


@executions.get(WORKOUT)
async def show_executed(workout: int) -> Response:
    """One workout. 404."""
    return await _workout(workout)


@executions.post("/workouts")
async def begin_executed() -> Response:
    """Begin an empty workout, also beside another one."""
    await talk.read("Nothing")
    sheet = await starting.start(auth.me(), another_runs="allow", source="executions")
    return await _workout(sheet.id, 201)


@executions.patch(f"{WORKOUT}/finish")
async def finish_executed(workout: int) -> Response:
    """Finish a workout, an empty one too. 404, 400 already finished."""
    await talk.read("Nothing")
    await executing.finish(auth.me(), workout)
    return await _workout(workout)


@executions.delete(WORKOUT)
async def delete_executed(workout: int) -> Response:
    """Put a workout into the trash. 404."""
    await executing.delete(auth.me(), workout)
    return await talk.reply("workout_deleted", 204)


async def _workout(id: int, status: int = 200, name: str = "executed_workout") -> Response:
    found = await executed.workout(auth.me().user_id, id)
    return await talk.reply(name, status, workout=found)


@executions.get(EXECUTION)
async def show_execution(workout: int, exercise: int) -> Response:
    """An exercise of a workout, with its sets. 404."""
    return await _execution(workout, exercise)


@executions.put(EXECUTION)
async def replace_execution(workout: int, exercise: int) -> Response:
    """Put an exercise with its sets into a workout, in place of what was there of it."""
    await executing.replace(auth.me(), workout, exercise, await talk.read("ExecutionIn"))
    return await _execution(workout, exercise)


@executions.patch(EXECUTION)
async def edit_execution(workout: int, exercise: int) -> Response:
    """Change note and order of an exercise in a workout; absent stays."""
    await executing.edit(auth.me(), workout, exercise, await talk.read("ExecutionEdit"))
    return await _execution(workout, exercise)


@executions.delete(EXECUTION)
async def remove_execution(workout: int, exercise: int) -> Response:
    """Remove an exercise from a workout, with its sets."""
    await executing.remove(auth.me(), workout, exercise)
    return await talk.reply("execution_removed", 204)


@executions.patch(f"{EXECUTIONS}/reorder")
async def reorder_executions(workout: int) -> Response:
    """Bring all exercises of a workout into an order."""
    said = await talk.read("ReorderIn")
    await executing.reorder(auth.me(), workout, said["exercise_ids"])
    return await _workout(workout, name="reordered")


async def _execution(workout: int, exercise: int) -> Response:
    found = await executed.workout(auth.me().user_id, workout)
    return await talk.reply("execution", performed=found.execution(exercise))


@executions.post(f"{EXECUTION}/sets")
async def add_executed_set(workout: int, exercise: int) -> Response:
    """Log a set of an exercise in a workout."""
    said = await talk.read("SetIn")
    return await _set(workout, await executing.add_set(auth.me(), workout, exercise, said), 201)


@executions.patch(SET)
async def edit_executed_set(workout: int, exercise: int, set: int) -> Response:
    """Change a set; absent stays."""
    await executing.edit_set(auth.me(), workout, exercise, set, await talk.read("SetEdit"))
    return await _set(workout, set)


@executions.delete(SET)
async def remove_executed_set(workout: int, exercise: int, set: int) -> Response:
    """Remove a set; those after it move up."""
    await executing.remove_set(auth.me(), workout, exercise, set)
    return await talk.reply("executed_set_removed", 204)


async def _set(workout: int, set: int, status: int = 200) -> Response:
    found = await executed.workout(auth.me().user_id, workout)
    return await talk.reply("executed_set", status, done=found.set(set))
