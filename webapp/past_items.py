"""The exercises of a past workout and their sets: add, change, move, remove, take back."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, picking, talk, toasts
from webapp.history import changing, changing_items, changing_sets
from webapp.routing import pages
from webapp.training.lines import Sheet, SheetItem


async def _item(
    sheet: Sheet, item: SheetItem, status: int = 200, name: str = "past_item", toast: Any = None
) -> Response:
    """One exercise after a change, with all its sets."""
    to = f"/workouts/{sheet.uuid}/edit#item-{item.uuid}"
    return await talk.reply(
        name, status, to=to, sheet=sheet, item=item, person=auth.me(), toast=toast
    )


async def _items(sheet: Sheet, at: object = "", toast: Any = None) -> Response:
    """All exercises, after their order or number has changed."""
    to = f"/workouts/{sheet.uuid}/edit" + (f"#item-{at}" if at else "#sets")
    return await talk.reply("past_items", to=to, sheet=sheet, person=auth.me(), toast=toast)


@pages.get("/workouts/<uuid:uuid>/add")
async def pick_exercise(uuid: UUID) -> Response:
    """The exercises to choose from: recent ones first, then those the search finds."""
    sheet = await changing.past(auth.me().user_id, uuid)
    name = "past_add_list" if talk.is_fragment() else "past_add"
    return await talk.reply(name, sheet=sheet, **await picking.offers())


@pages.post("/workouts/<uuid:uuid>/items")
async def add_past_item(uuid: UUID) -> Response:
    """Add an exercise, which has no set yet."""
    said = await talk.read("Chosen")
    made = said.get("uuid")
    changed = await changing_items.add_item(auth.me(), uuid, said["exercise"], made)
    return await _item(*changed, status=201)


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/edit")
async def edit_past_item(uuid: UUID, item_uuid: UUID) -> Response:
    """Change what is noted of an exercise; absent stays."""
    said = await talk.read("PastItem")
    changed = await changing_items.edit_item(auth.me(), uuid, item_uuid, said)
    return await _item(*changed, name="past_set", toast=toasts.made("Saved"))


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/up")
async def move_past_item_up(uuid: UUID, item_uuid: UUID) -> Response:
    """One place up."""
    changed = await changing_items.move_item(auth.me(), uuid, item_uuid, -1)
    return await _items(changed, item_uuid)


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/down")
async def move_past_item_down(uuid: UUID, item_uuid: UUID) -> Response:
    """One place down."""
    changed = await changing_items.move_item(auth.me(), uuid, item_uuid, 1)
    return await _items(changed, item_uuid)


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/remove")
async def remove_past_item(uuid: UUID, item_uuid: UUID) -> Response:
    """Remove an exercise with its sets; it can be taken back."""
    changed, name = await changing_items.remove_item(auth.me(), uuid, item_uuid)
    undo = f"/workouts/{uuid}/items/{item_uuid}/restore"
    return await _items(changed, toast=toasts.tell(f"{name} removed", undo))


@pages.post("/workouts/<uuid:uuid>/items/<uuid:item_uuid>/restore")
async def restore_past_item(uuid: UUID, item_uuid: UUID) -> Response:
    """Take a removed exercise back, with its sets."""
    changed = await changing_items.restore_item(auth.me(), uuid, item_uuid)
    return await _items(changed, item_uuid)


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


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/up")
async def move_past_set_up(uuid: UUID, set_uuid: UUID) -> Response:
    """One place up."""
    return await _item(*await changing_sets.move_set(auth.me(), uuid, set_uuid, -1))


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/down")
async def move_past_set_down(uuid: UUID, set_uuid: UUID) -> Response:
    """One place down."""
    return await _item(*await changing_sets.move_set(auth.me(), uuid, set_uuid, 1))


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/remove")
async def remove_past_set(uuid: UUID, set_uuid: UUID) -> Response:
    """Remove a set of a past workout; it can be taken back."""
    sheet, item = await changing_sets.remove_set(auth.me(), uuid, set_uuid)
    undone = toasts.tell("Set removed", f"/workouts/{uuid}/sets/{set_uuid}/restore")
    return await _item(sheet, item, toast=undone)


@pages.post("/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/restore")
async def restore_past_set(uuid: UUID, set_uuid: UUID) -> Response:
    """Take a removed set of a past workout back."""
    return await _item(*await changing_sets.restore_set(auth.me(), uuid, set_uuid))
