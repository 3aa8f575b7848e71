"""The exercise library page by page and by integer id, which admins edit for everybody."""

from quart import Response

from webapp import auth, talk
from webapp.models import shelf
from webapp.routing import executions


@executions.get("/exercises")
async def list_shelf() -> Response:
    """The exercises to choose from, narrowed by owner, body part and modality."""
    return await _page(**await talk.query("ExercisesQuery"))


@executions.get("/exercises/search")
async def search_shelf() -> Response:
    """The same by a term of the name."""
    return await _page(**await talk.query("ExercisesSearch"))


async def _page(page: int, per_page: int, **asked: object) -> Response:
    user_id = auth.me().user_id
    found, total = await shelf.page(user_id, page=page, per_page=per_page, **asked)  # type: ignore[arg-type]
    return await talk.reply("exercise_page", found=found, total=total, page=page, per_page=per_page)


@executions.get("/exercises/<id:exercise>")
async def show_from_shelf(exercise: int) -> Response:
    """One exercise. 404, 403 for another person's."""
    return await _exercise(exercise)


@executions.post("/exercises")
async def put_on_shelf() -> Response:
    """Make an exercise of one's own."""
    return await _exercise(await shelf.make(auth.me(), await talk.read("ExerciseIn")), 201)


@executions.patch("/exercises/<id:exercise>")
async def edit_on_shelf(exercise: int) -> Response:
    """Change an own exercise, or as an admin the system's. 404, 403."""
    found = await shelf.editable(auth.me(), exercise)
    await shelf.change(auth.me(), found, await talk.read("ExerciseEdit"))
    return await _exercise(exercise)


@executions.delete("/exercises/<id:exercise>")
async def take_off_shelf(exercise: int) -> Response:
    """Offer an exercise no longer; past workouts keep it. 404, 403."""
    await shelf.archive(auth.me(), await shelf.editable(auth.me(), exercise))
    return await talk.reply("exercise_archived", 204)


async def _exercise(id: int, status: int = 200) -> Response:
    found = await shelf.usable(auth.me().user_id, id)
    return await talk.reply("exercise", status, exercise=found)
