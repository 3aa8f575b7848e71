"""The exercises of the workout in progress: add, swap, move, remove, tune, keep; live's steps."""

from typing import Any
from uuid import UUID

from quart import Response, request

from webapp import auth, edge, picking, talk, toasts
from webapp.problems import not_found
from webapp.routing import live, pages
from webapp.sessions import facts, running, still_running
from webapp.sets import told
from webapp.training import changing_items, equipment, exercising, keeping, sheet, tuning
from webapp.training.lines import Sheet, SheetItem

LIST = "#picker-list"


async def _found(uuid: UUID) -> SheetItem:
    found = await sheet.of_item(auth.me().user_id, uuid)
    item = found.item(str(uuid)) if found else None
    if item is None:
        raise not_found("Exercise")
    return item


async def _cards(changed: Sheet, opened: object = "", **more: Any) -> Response:
    still_running(changed)
    to = f"/session#item-{opened}" if opened else "/session"
    return await talk.reply("cards_changed", to=to, opened=opened, **facts(changed), **more)


@pages.get("/session/add")
async def pick_exercise() -> Response:
    """The picker that adds an exercise."""
    await running()
    return await _picker(None)


@pages.get("/session/items/<uuid:item>/swap")
async def pick_other_exercise(item: UUID) -> Response:
    """The picker of another exercise to do instead."""
    return await _picker(await _found(item))


async def _picker(item: SheetItem | None) -> Response:
    asked = request.args.get("q") or request.args.get("muscle")
    return await talk.reply(
        "exercise_picker",
        item=item,
        alike=await picking.alike(item.exercise_id) if item and not asked else [],
        is_part=talk.is_fragment(),
        is_list=request.headers.get("HX-Target", "").endswith(LIST),
        **await picking.offers(),
    )


@pages.post("/session/items")
async def add_item() -> Response:
    """Put an exercise at the end of the workout."""
    said = await talk.read("Chosen")
    changed = await changing_items.add_item(auth.me(), **said)
    return await _cards(changed, said.get("uuid") or changed.items[-1].uuid)


@pages.post("/session/items/<uuid:item>/swap")
async def swap_item(item: UUID) -> Response:
    """Do another exercise instead; what is logged stays with the old one."""
    said = await talk.read("Chosen")
    uuid = said.get("uuid")
    changed = await changing_items.swap_item(auth.me(), item, said["exercise"], uuid)
    return await _cards(changed, uuid if uuid and changed.item(str(uuid)) else item)


@pages.post("/session/items/<uuid:item>/up")
async def move_up(item: UUID) -> Response:
    """One place up."""
    return await _cards(await changing_items.move_item(auth.me(), item, -1))


@pages.post("/session/items/<uuid:item>/down")
async def move_down(item: UUID) -> Response:
    """One place down."""
    return await _cards(await changing_items.move_item(auth.me(), item, 1))


@pages.post("/session/items/<uuid:item>/remove")
async def remove_item(item: UUID) -> Response:
    """Remove the exercise with its sets; it can be taken back."""
    changed = await changing_items.remove_item(auth.me(), item)
    toast = toasts.tell("Exercise removed", f"/session/items/{item}/restore")
    return await _cards(changed, toast=toast)


@pages.post("/session/items/<uuid:item>/restore")
async def restore_item(item: UUID) -> Response:
    """Take a removed exercise back."""
    return await _cards(await changing_items.restore_item(auth.me(), item))


@pages.post("/session/items/<uuid:item>/keep")
async def keep_item(item: UUID) -> Response:
    """Write what the exercise became back to the routine."""
    said = await talk.read("Made")
    changed = await keeping.keep_item(auth.me(), item, said.get("uuid"))
    return await _cards(changed, item, toast=toasts.tell("Kept in the routine"))


@pages.post("/session/items/<uuid:item>/rest")
async def take_rest(item: UUID) -> Response:
    """Start the timer of a timed rest."""
    change = await tuning.take_rest(auth.me(), item, edge.at())
    still_running(change.sheet)
    return await told(change)


@pages.get("/session/items/<uuid:item>/edit")
async def item_form(item: UUID) -> Response:
    """Note, rest and unit of the exercise."""
    found = await _found(item)
    return await talk.reply("item_edit", item=found, person=auth.me(), is_part=talk.is_fragment())


@pages.post("/session/items/<uuid:item>/edit")
async def edit_item(item: UUID) -> Response:
    """Change note, rest and unit; what is not said stays."""
    said = await talk.read("SessionItemEdit")
    return await _cards(await tuning.edit_item(auth.me(), item, said), item)


@pages.get("/session/items/<uuid:item>/plates")
async def show_plates(item: UUID) -> Response:
    """Which plates make a weight, from those the person owns."""
    me, found, asked = auth.me(), await _found(item), await talk.query("PlatesQuery")
    owned = await tuning.owned(me)
    loaded = equipment.loaded(me, found, owned, asked.get("weight"), asked.get("bar"))
    return await talk.reply("plate_sheet", item=found, loaded=loaded, is_part=talk.is_fragment())


@pages.get("/session/items/<uuid:item>/warmup")
async def show_warm_ups(item: UUID) -> Response:
    """The warm-up sets towards the working weight."""
    me, found = auth.me(), await _found(item)
    ramp = equipment.ramp_of(me, found, (await tuning.owned(me))[1])
    return await talk.reply(
        "warm_ups", item=found, ramp=ramp, person=me, is_part=talk.is_fragment()
    )


@pages.post("/session/items/<uuid:item>/warmup")
async def add_warm_ups(item: UUID) -> Response:
    """Put the warm-up sets before the working sets."""
    said = await talk.read("Made")
    return await _cards(await tuning.warm_up(auth.me(), item, said.get("uuid")), item)


@live.post("/session/workout/exercise/start")
async def start_exercise() -> Response:
    """Begin an exercise of the session (live: StartExercise)."""
    started = await exercising.start_exercise(auth.me(), **await talk.read("ExerciseStart"))
    return await talk.reply("session_exercise", 201, item=started, person=auth.me())


@live.put("/session/workout/exercise/stop")
async def stop_exercise() -> Response:
    """End the running exercise early (live: StopExercise)."""
    ended = await exercising.end_exercise(auth.me(), "stopped")
    return await talk.reply("session_exercise", item=ended, person=auth.me())


@live.put("/session/workout/exercise/finish")
async def finish_exercise() -> Response:
    """Finish the running exercise (live: FinishExercise)."""
    ended = await exercising.end_exercise(auth.me(), "finished")
    return await talk.reply("session_exercise", item=ended, person=auth.me())
