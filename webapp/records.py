"""What was done of one exercise, by its number: the history and the personal bests."""

from collections.abc import Sequence

from quart import Response

from webapp import auth, talk
from webapp.db import Row
from webapp.history import numbered
from webapp.history.records import record_sets
from webapp.models import library
from webapp.models.others import absent
from webapp.routing import routines
from webapp.training.slots import Placed


async def found(exercise: int) -> Row:
    """An exercise the caller may use. Raises Problem 404, and 403 for another person's."""
    user = auth.me().user_id
    row = await library.by_id(user, exercise)
    if row is None:
        raise await absent("exercises", user, exercise, "Exercise")
    return row


async def _bests(sets: Sequence[Placed]) -> set[int]:
    user, workouts = auth.me().user_id, {each.workout_id for each in sets}
    return set(await record_sets(user, await numbered.completed(user, workouts)))


@routines.get("/exercises/<id:exercise>/history")
async def show_history(exercise: int) -> Response:
    """The caller's done sets of an exercise, the last first."""
    await found(exercise)
    asked, user = await talk.query("HistoryQuery"), auth.me().user_id
    page, limit = asked["page"], asked["limit"]
    sets, total = await numbered.sets_of(user, exercise, limit, (page - 1) * limit)
    facts = {"page": page, "limit": limit, "total": total}
    return await talk.reply("exercise_history", sets=sets, bests=await _bests(sets), **facts)


@routines.get("/exercises/<id:exercise>/pbs")
async def show_bests(exercise: int) -> Response:
    """The caller's heaviest set of each number of reps."""
    await found(exercise)
    sets = await numbered.heaviest_by_reps(auth.me().user_id, exercise)
    return await talk.reply("exercise_bests", sets=sets, bests=await _bests(sets))
