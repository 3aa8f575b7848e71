"""Past workouts: the history, one of them, changing it, the trash."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk, toasts
from webapp.history import changing, changing_sets, listing
from webapp.history.bests import bests_of_workout, bests_of_workouts
from webapp.history.routine_from import routine_from
from webapp.history.streaks import streak, today_of
from webapp.history.totals import sets_by_muscle
from webapp.routing import or_again, pages
from webapp.training.lines import Sheet, SheetItem


@pages.get("/workouts")
async def list_workouts() -> Response:
    """The history, newest first, 20 a page; `q` looks into names and notes, `before` goes on."""
    me, asked = auth.me(), await talk.query("PastQuery")
    page = await listing.page(me.user_id, asked.get("before"), asked.get("q", ""))
    return await talk.reply(
        "workouts",
        page=page,
        bests=await bests_of_workouts(me.user_id, [each.id for each in page.workouts]),
        person=me,
        q=asked.get("q", ""),
        month=asked.get("month", "") if talk.is_fragment() else "",
        is_more=bool(asked.get("before")),
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
    sheet = await changing.past(auth.me().user_id, uuid)
    return await talk.reply("workout_edit", sheet=sheet, person=auth.me())


@pages.post("/workouts/<uuid:uuid>/edit")
@or_again(workout_form)
async def edit_workout(uuid: UUID) -> Response:
    """Change name, notes, rating, and when it was; absent stays."""
    sheet = await changing.edit(auth.me(), uuid, await talk.read("PastEdit"))
    return await _workout("workout_edited", sheet, to=f"/workouts/{uuid}")


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/edit")
async def edit_past_set(uuid: UUID, set_uuid: UUID) -> Response:
    """Change a set of a past workout; absent stays."""
    said = await talk.read("PastSet")
    said.pop("uuid", None)
    sheet, item = await changing_sets.edit_set(auth.me(), uuid, set_uuid, said)
    return await _item(sheet, item, name="past_set", toast=toasts.made("Saved"))


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/sets")
async def add_past_set(uuid: UUID, item_uuid: UUID) -> Response:
    """Add a set that was done, like the last one where nothing is said."""
    said = await talk.read("PastSet")
    return await _item(*await changing_sets.add_set(auth.me(), uuid, item_uuid, said), status=201)


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/remove")
async def remove_past_set(uuid: UUID, set_uuid: UUID) -> Response:
    """Remove a set of a past workout; it can be taken back."""
    sheet, item = await changing_sets.remove_set(auth.me(), uuid, set_uuid)
    said = ("Set removed", f"/workouts/{uuid}/sets/{set_uuid}/restore")
    if not talk.is_fragment():
        toasts.leave(*said)
    return await _item(sheet, item, toast=toasts.made(*said))


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/restore")
async def restore_past_set(uuid: UUID, set_uuid: UUID) -> Response:
    """Take a removed set of a past workout back."""
    return await _item(*await changing_sets.restore_set(auth.me(), uuid, set_uuid))


async def _item(
    sheet: Sheet, item: SheetItem, status: int = 200, name: str = "past_item", toast: Any = None
) -> Response:
    to = f"/workouts/{sheet.uuid}/edit#item-{item.uuid}"
    return await talk.reply(
        name, status, to=to, sheet=sheet, item=item, person=auth.me(), toast=toast
    )


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
