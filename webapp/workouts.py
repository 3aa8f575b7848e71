"""Past workouts: the history, one of them, changing it, the trash."""

from typing import Any
from uuid import UUID

from quart import Response, g

from webapp import auth, history_page, talk, toasts
from webapp.history import changing, listing, narrowing, places
from webapp.history.bests import bests_of_workout
from webapp.history.routine_from import routine_from
from webapp.history.streaks import streak, today_of
from webapp.history.totals import sets_by_muscle
from webapp.routing import or_again, pages
from webapp.training.lines import Sheet


@pages.get("/workouts")
async def list_workouts() -> Response:
    """The history, 20 a page, narrowed and sorted as asked; `before` goes on."""
    me, asked = auth.me(), narrowing.understood(await talk.query("PastQuery"))
    name = "workout_list" if talk.is_fragment() else "workouts"
    if g.wants_json:
        page = await listing.page(me.user_id, asked)
        return await talk.reply(name, page=page, bests=page.bests, asked=asked, person=me)
    year = today_of(me.timezone).year
    shown = await history_page.shown(me.user_id, me, asked, year, talk.is_fragment())
    return talk.as_html(talk.page(f"{name}.html", **shown))


@pages.get("/workouts/filter")
async def filter_form() -> Response:
    """What the history can be narrowed to."""
    asked = narrowing.understood(await talk.query("PastQuery"))
    offered = await narrowing.choices(auth.me().user_id)
    return await talk.reply(
        "workouts_filter", asked=asked, offered=offered, is_part=talk.is_fragment()
    )


@pages.get("/workouts/<uuid:uuid>")
async def show_workout(uuid: UUID) -> Response:
    """One workout with all its sets and personal bests."""
    sheet = await changing.past(auth.me().user_id, uuid)
    return await _workout("workout", sheet)


async def _workout(name: str, sheet: Sheet, **more: Any) -> Response:
    me = auth.me()
    bests = await bests_of_workout(me.user_id, sheet.id)
    return await talk.reply(name, sheet=sheet, bests=bests, person=me, **more)


@pages.get("/session/summary/<uuid:uuid>")
async def show_summary(uuid: UUID) -> Response:
    """What a workout came to: volume, sets by muscle, what was beaten, the streak."""
    me = auth.me()
    sheet = await changing.past(me.user_id, uuid)
    return await _workout(
        "summary",
        sheet,
        muscles=await sets_by_muscle(sheet),
        streak=await streak(me.user_id, today_of(me.timezone), me.first_day_of_week),
    )


@pages.get("/workouts/<uuid:uuid>/edit")
async def workout_form(uuid: UUID) -> Response:
    """The form of a workout and its sets."""
    me = auth.me()
    sheet = await changing.past(me.user_id, uuid)
    return await talk.reply(
        "workout_edit", sheet=sheet, person=me, known=lambda: places.known(me.user_id)
    )


@pages.post("/workouts/<uuid:uuid>/edit")
@or_again(workout_form)
async def edit_workout(uuid: UUID) -> Response:
    """Change name, notes, rating, and when and where it was; absent stays."""
    said = await places.placed(auth.me().user_id, await talk.read("PastEdit"))
    sheet = await changing.edit(auth.me(), uuid, said)
    return await _workout("workout_edited", sheet, to=f"/workouts/{uuid}")


@pages.post("/workouts/<uuid:uuid>/delete")
async def delete_workout(uuid: UUID) -> Response:
    """Put a workout into the trash, from where it can be taken back for 30 days."""
    name = await changing.trash(auth.me().user_id, uuid)
    toasts.leave(f"{name} deleted", f"/workouts/{uuid}/restore")
    return await talk.reply("workout_deleted", to="/workouts")


@pages.post("/workouts/<uuid:uuid>/restore")
async def restore_workout(uuid: UUID) -> Response:
    """Take a workout back from the trash; one that was in progress goes on."""
    status = await changing.restore(auth.me(), uuid)
    to = "/session" if status == "in_progress" else f"/workouts/{uuid}"
    sheet = await changing.past(auth.me().user_id, uuid)
    return await _workout("workout_restored", sheet, to=to)


@pages.get("/workouts/trash")
async def show_trash() -> Response:
    """The deleted workouts that can still be taken back."""
    me = auth.me()
    return await talk.reply("trash", workouts=await listing.trash(me.user_id), person=me)


@pages.post("/workouts/<uuid:uuid>/erase")
async def erase_workout(uuid: UUID) -> Response:
    """Delete a workout of the trash for ever."""
    await changing.erase(auth.me().user_id, uuid)
    toasts.leave("Deleted for ever")
    return await talk.reply("workout_erased", to="/workouts/trash")


@pages.post("/workouts/<uuid:uuid>/routine")
async def save_as_routine(uuid: UUID) -> Response:
    """Make a routine of what was done."""
    said = await talk.read("SaveAs")
    made = await routine_from(auth.me().user_id, uuid, said.get("uuid"), said.get("name", ""))
    toasts.leave("Saved as a routine")
    return await talk.reply("workout_saved_as_routine", 201, to=f"/routines/{made.uuid}", made=made)
