"""Routines: listing, making, changing, copying, ordering and deleting them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, starters, talk, toasts
from webapp.db import Row
from webapp.locations import everywhere
from webapp.locations import found as found_place
from webapp.models import Routine, plans
from webapp.problems import not_found
from webapp.routing import live, or_again, pages


async def found(uuid: UUID) -> Row:
    """The caller's routine. Raises Problem 404."""
    routine = await plans.routine(auth.me().user_id, uuid)
    if routine is None:
        raise not_found("Routine")
    return routine


async def plan(uuid: UUID) -> tuple[Row, Any]:
    """The caller's routine with its items. Raises Problem 404."""
    routine, items = await plans.routine_with_items(auth.me().user_id, uuid)
    if routine is None:
        raise not_found("Routine")
    return routine, items


async def _list(status: int = 200, to: str = "/routines") -> Response:
    return await talk.reply("routines_list", status, to=to, **_facts())


def _facts() -> dict[str, Any]:
    me = auth.me()
    return {
        "person": me,
        "routines": lambda: plans.listed(me.user_id),
        "items": lambda: plans.items_by_routine(me.user_id),
    }


async def _said(uuid: UUID, status: int = 200) -> Response:
    return await talk.reply(
        "routine", status, to=f"/routines/{uuid}", plan=lambda: plan(uuid), person=auth.me()
    )


@pages.get("/routines")
@live.get("/workouts")
async def list_routines() -> Response:
    """The caller's routines in their order, with their items (live: GetWorkouts)."""
    return await talk.reply("routines", **_facts())


@pages.get("/routines/new")
async def new_routine() -> Response:
    """The form of a new routine."""
    return await talk.reply("routine_new")


@pages.post("/routines")
@live.post("/workouts")
@or_again(new_routine)
async def create_routine() -> Response:
    """Make a routine, at the end of the list (live: CreateWorkout)."""
    me, said = auth.me(), await talk.read("RoutineIn")
    uuid = said.pop("uuid", None)
    made = await Routine.made(me.user_id, await plans.next_position(me.user_id), uuid, **said)
    return await _said(made.uuid, 201)


@pages.get("/routines/<uuid:uuid>")
async def show_routine(uuid: UUID) -> Response:
    """One routine with its items."""
    return await talk.reply("routine", plan=await plan(uuid), person=auth.me())


@pages.get("/routines/<uuid:uuid>/edit")
async def routine_form(uuid: UUID) -> Response:
    """The form of a routine's name, description and place."""
    return await talk.reply("routine_edit", plan=await plan(uuid), places=everywhere)


@pages.post("/routines/<uuid:uuid>/edit")
@live.put("/workouts/<uuid:uuid>")
@or_again(routine_form)
async def edit_routine(uuid: UUID) -> Response:
    """Rename, describe or place a routine; absent stays (live: EditWorkout)."""
    await found(uuid)
    said = await talk.read("RoutineEdit")
    if "location" in said:
        place = said.pop("location")
        said["location_id"] = (await found_place(place)).id if place else None
    await Routine.change(auth.me().user_id, uuid, **said)
    return await _said(uuid)


@pages.post("/routines/<uuid:uuid>/duplicate")
async def duplicate_routine(uuid: UUID) -> Response:
    """Make a copy of a routine with all its items, at the end of the list."""
    me, said = auth.me(), await talk.read("RoutineCopy")
    routine = await Routine.get_or_none(user_id=me.user_id, uuid=uuid, deleted_at=None)
    if routine is None:
        raise not_found("Routine")
    copy = await routine.copied(await plans.next_position(me.user_id), said.get("uuid"))
    return await _said(copy.uuid, 201)


@pages.post("/routines/<uuid:uuid>/delete")
@live.delete("/workouts/<uuid:uuid>")
async def delete_routine(uuid: UUID) -> Response:
    """Put a routine into the trash, from where it can be taken back (live: DeleteWorkout)."""
    routine = await found(uuid)
    await Routine.change(auth.me().user_id, uuid, deleted_at=datetime.now(UTC))
    undone = toasts.tell(f"{routine['name']} is deleted", f"/routines/{uuid}/restore")
    return await talk.reply("routine_deleted", 204, to="/routines", toast=undone, **_facts())


@pages.post("/routines/<uuid:uuid>/restore")
async def restore_routine(uuid: UUID) -> Response:
    """Take a routine back from the trash."""
    if not await Routine.change(auth.me().user_id, uuid, deleted_at=None):
        raise not_found("Routine")
    return await _list()


async def _move(uuid: UUID, by: int) -> Response:
    me = auth.me()
    now = await plans.listed(me.user_id)
    if all(str(each["uuid"]) != str(uuid) for each in now):
        raise not_found("Routine")
    await plans.arrange("routines", me.user_id, now, plans.moved(now, uuid, by))
    return await _list()


@pages.post("/routines/<uuid:uuid>/up")
async def routine_up(uuid: UUID) -> Response:
    """Move a routine one place up."""
    return await _move(uuid, -1)


@pages.post("/routines/<uuid:uuid>/down")
async def routine_down(uuid: UUID) -> Response:
    """Move a routine one place down."""
    return await _move(uuid, 1)


@pages.post("/routines/order")
async def order_routines() -> Response:
    """Put the routines into the order said."""
    me, said = auth.me(), await talk.read("OrderIn")
    await plans.arrange("routines", me.user_id, await plans.listed(me.user_id), said["order"])
    return await _list()


@pages.get("/routines/starters")
async def show_starters() -> Response:
    """The starter programs, with everything that is in them."""
    mine = await starters.taken(auth.me().user_id)
    return await talk.reply("starters", programs=starters.programs(), mine=mine)


@pages.post("/routines/starters/<slug>")
async def take_starter(slug: str) -> Response:
    """RoutineCopy a program's routines into one's own; done twice it is done once."""
    if slug not in {each["slug"] for each in starters.programs()}:
        raise not_found("Program")
    await starters.take(auth.me(), slug)
    return await _list(201, "/")
