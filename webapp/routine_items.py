"""The items of a routine: adding, planning, ordering, grouping and removing them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from quart import Response, request

from webapp import auth, picking, talk, toasts
from webapp.db import Row
from webapp.models import RoutineItem, library, plans
from webapp.models.routines import named, usual_plan
from webapp.problems import invalid, not_found
from webapp.routines import found as found_routine
from webapp.routines import plan
from webapp.routing import live, or_again, pages
from webapp.training.progressing import ruled
from webapp.views.plans import name_of

REST = {"sets": 1, "duration_seconds": 120}  # a timed rest as it is added
LIST = "#routine-picks"


async def found(item: UUID) -> Row:
    """The caller's item. Raises Problem 404."""
    row = await plans.item(auth.me().user_id, item)
    if row is None:
        raise not_found("Exercise of the routine")
    return row


async def _exercise(uuid: UUID | None) -> Row:
    row = await library.one(auth.me().user_id, uuid) if uuid else None
    if row is None:
        raise not_found("Exercise")
    return row


async def _said(routine: UUID, item: UUID) -> Response:
    """The routine with its items, after a change to one of them."""
    to, me = f"/routines/{routine}#i-{item}", auth.me()
    return await talk.reply("routine_items", to=to, plan=lambda: plan(routine), person=me)


def _planned(said: dict[str, Any], stored: Row | None = None) -> dict[str, Any]:
    """What was said as columns: units and the rest completed. Raises Problem 400 for a range of
    reps that is upside down."""
    me = auth.me()
    for name, unit in (("weight", me.weight_unit), ("distance", me.distance_unit)):
        if name in said:
            said[f"{name}_unit"] = said.get(f"{name}_unit") or unit
    _add_up_rest(said, (stored and stored["rest_seconds"]) or 0)
    low, high = (said.get(name, stored and stored[name]) for name in ("reps_min", "reps_max"))
    if low is not None and high is not None and low > high:
        why = f"Must not be below the lower number of reps, {low}"
        raise invalid("The range of reps is upside down", reps_max=why)
    if said.get("progression", "off") != "off" and low is None and high is None:
        raise invalid("Say how many reps first", progression="Needs a number of reps to go by")
    return ruled(said)


def _add_up_rest(said: dict[str, Any], before: int) -> None:
    minutes, odd = said.pop("rest_minutes", None), said.pop("rest_odd_seconds", None)
    if said.get("rest_seconds") is None and not (minutes is None and odd is None):
        minutes = before // 60 if minutes is None else minutes
        said["rest_seconds"] = minutes * 60 + (before % 60 if odd is None else odd)


@pages.get("/routines/<uuid:uuid>/add")
async def pick_exercise(uuid: UUID) -> Response:
    """The picker of a routine: recent exercises first, then those the search finds."""
    routine, items = await plan(uuid)
    is_list = request.headers.get("HX-Target", "").endswith(LIST)
    name = "routine_add_list" if is_list else "routine_add"
    return await talk.reply(name, routine=routine, items=items, **await picking.offers())


@pages.post("/routines/<uuid:uuid>/items")
@live.post("/workouts/exercises")
async def add_item(uuid: UUID | None = None) -> Response:
    """Add an exercise, or a timed rest, at the end (live: CreateWorkoutExercise)."""
    said = _planned(await talk.read("RoutineItemIn"))
    routine = await found_routine(said.pop("routine", uuid))
    if said.get("kind") == "rest":
        made = await _added(routine, {**REST, **said})
        return await _said(routine["uuid"], made.uuid)
    exercise = await _exercise(said.pop("exercise", None))
    made = await _added(routine, {**usual_plan(exercise), **said})
    return await _picked(routine["uuid"], exercise, made.uuid)


async def _picked(routine: UUID, exercise: Row, made: UUID) -> Response:
    """The picker again, with what was added and how to take it back."""
    me, text = auth.me(), f"{exercise['name']} is added"
    return await talk.reply(
        "routine_item_added",
        201,
        to=f"/routines/{routine}/add",
        toast=toasts.tell(text, f"/routines/items/{made}/remove?then=add"),
        item=lambda: found(made),
        plan=lambda: plan(routine),
        offered=lambda: library.offered(me.user_id, exercise["uuid"]),
        person=me,
    )


async def _added(routine: Row, said: dict[str, Any]) -> RoutineItem:
    me, uuid = auth.me(), said.pop("uuid", None)
    place = await plans.next_position(me.user_id, routine["id"])
    return await RoutineItem.made(me.user_id, routine["id"], place, uuid, **said)


@pages.get("/routines/items/<uuid:item>")
async def item_form(item: UUID) -> Response:
    """The form of what is planned of an item."""
    return await talk.reply("routine_item", item=await found(item), person=auth.me())


@pages.post("/routines/items/<uuid:item>")
@live.put("/workouts/exercises/<uuid:item>")
@or_again(item_form)
async def edit_item(item: UUID) -> Response:
    """Change what is planned; absent stays (live: EditWorkoutExercise)."""
    stored = await found(item)
    said = _planned(await talk.read("RoutineItemEdit"), stored)
    if exercise := said.pop("exercise", None):
        said |= named(await _exercise(exercise))
    if (routine := said.pop("routine", None)) and str(routine) != str(stored["routine_uuid"]):
        said |= await _elsewhere(routine)
    await RoutineItem.change(auth.me().user_id, item, **said)
    to = f"/routines/{routine or stored['routine_uuid']}#i-{item}"
    return await talk.reply("routine_item", to=to, item=lambda: found(item), person=auth.me())


async def _elsewhere(routine: UUID) -> dict[str, Any]:
    target = await found_routine(routine)
    place = await plans.next_position(auth.me().user_id, target["id"])
    return {"routine_id": target["id"], "position": place, "superset": None}


@pages.post("/routines/items/<uuid:item>/remove")
@live.delete("/workouts/exercises/<uuid:item>")
async def remove_item(item: UUID) -> Response:
    """Take an item out of its routine; it can be taken back (live: DeleteWorkoutExercise).

    `?then=add` is the undo of the picker, and leads back to it.
    """
    stored = await found(item)
    await RoutineItem.change(auth.me().user_id, item, deleted_at=datetime.now(UTC))
    routine = stored["routine_uuid"]
    to = f"/routines/{routine}" + ("/add" if request.args.get("then") == "add" else "")
    undone = toasts.tell(f"{name_of(stored)} is removed", f"/routines/items/{item}/restore")
    return await talk.reply(
        "routine_item_removed", 204, to=to, plan=lambda: plan(routine), toast=undone
    )


@pages.post("/routines/items/<uuid:item>/restore")
async def restore_item(item: UUID) -> Response:
    """Take a removed item back, to where it was."""
    await RoutineItem.change(auth.me().user_id, item, deleted_at=None)
    return await _said((await found(item))["routine_uuid"], item)


async def _move(item: UUID, by: int) -> Response:
    stored, me = await found(item), auth.me()
    _, items = await plan(stored["routine_uuid"])
    await plans.arrange("routine_items", me.user_id, items, plans.moved(items, item, by))
    return await _said(stored["routine_uuid"], item)


@pages.post("/routines/items/<uuid:item>/up")
async def item_up(item: UUID) -> Response:
    """Move an item one place up."""
    return await _move(item, -1)


@pages.post("/routines/items/<uuid:item>/down")
async def item_down(item: UUID) -> Response:
    """Move an item one place down."""
    return await _move(item, 1)


@pages.post("/routines/<uuid:uuid>/items/order")
async def order_items(uuid: UUID) -> Response:
    """Put a routine's items into the order said."""
    (_, items), said = await plan(uuid), await talk.read("OrderIn")
    await plans.arrange("routine_items", auth.me().user_id, items, said["order"])
    return await _said(uuid, uuid)


@pages.post("/routines/items/<uuid:item>/group")
async def group_item(item: UUID) -> Response:
    """Make a superset of an item and the one above it. Raises Problem 409 without one."""
    routine = (await found(item))["routine_uuid"]
    _, items = await plan(routine)
    await plans.group(auth.me().user_id, items, item)
    return await _said(routine, item)


@pages.post("/routines/items/<uuid:item>/ungroup")
async def ungroup_item(item: UUID) -> Response:
    """Take an item out of its superset."""
    routine = (await found(item))["routine_uuid"]
    _, items = await plan(routine)
    await plans.ungroup(auth.me().user_id, items, item)
    return await _said(routine, item)
