"""Routines by number: one's own, and the public ones of others to read and to copy."""

from datetime import UTC, datetime

from quart import Response

from webapp import auth, talk
from webapp.models import Routine, sharing
from webapp.routing import anonymous, routines


@routines.get("/health")
@anonymous
async def health() -> Response:
    """That the process runs, as clients of `routines` ask for it."""
    return await talk.reply("health")


async def _said(id: int, status: int = 200) -> Response:
    user = auth.me().user_id
    routine = await sharing.readable(user, id)
    plan = (routine, await sharing.items(user, routine))
    return await talk.reply("numbered_routine", status, plan=plan)


@routines.get("/routines")
async def list_routines() -> Response:
    """The routines the caller may start, their own first."""
    asked = await talk.query("RoutinesQuery")
    page, limit = asked["page"], asked["limit"]
    words = (asked["search"], asked["only_mine"])
    user = auth.me().user_id
    found, total = await sharing.offered(user, *words, limit, (page - 1) * limit)
    facts = {"page": page, "limit": limit, "total": total}
    return await talk.reply("numbered_routines", routines=found, **facts)


@routines.get("/routines/<id:routine>")
async def show_routine(routine: int) -> Response:
    """A routine with its items."""
    return await _said(routine)


@routines.post("/routines")
async def create_routine() -> Response:
    """Make a routine with its items."""
    made = await sharing.make(auth.me().user_id, await talk.read("RoutineIn"))
    return await _said(made, 201)


@routines.put("/routines/<id:routine>")
async def edit_routine(routine: int) -> Response:
    """Change a routine; absent stays, items replace the items."""
    user = auth.me().user_id
    found = await sharing.own(user, routine)
    await sharing.change(user, found, await talk.read("RoutineEdit"))
    return await _said(routine)


@routines.delete("/routines/<id:routine>")
async def delete_routine(routine: int) -> Response:
    """Put a routine into the trash; past sessions keep its name."""
    user = auth.me().user_id
    found = await sharing.own(user, routine)
    await Routine.change(user, found["uuid"], deleted_at=datetime.now(UTC))
    return await talk.reply("numbered_routine_deleted", 204)


@routines.post("/routines/<id:routine>/clone")
async def clone_routine(routine: int) -> Response:
    """Make a private copy of a routine, one's own or a public one."""
    user = auth.me().user_id
    return await _said(await sharing.copy(user, await sharing.readable(user, routine)), 201)
