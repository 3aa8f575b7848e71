"""Sessions by number: start them backdated, beside each other; list, name, complete, delete."""

from datetime import UTC, datetime
from uuid import UUID

from quart import Response

from webapp import auth, talk
from webapp.history import changing, numbered
from webapp.history.records import record_sets
from webapp.models import sharing
from webapp.models.others import absent
from webapp.problems import conflict
from webapp.routing import routines
from webapp.training import finishing, logbook
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet
from webapp.training.storing import hold


async def found(workout: int, *, lock: bool = False) -> Sheet:
    """The caller's session. Raises Problem 404, and 403 for another person's."""
    user = auth.me().user_id
    if lock:
        await hold(user, workout)
    sheet = await sheets.by_id(user, workout)
    if sheet is None:
        raise await absent("workouts", user, workout, "Session")
    return sheet


async def open_one(workout: int) -> Sheet:
    """The caller's session for writing its sets. Raises Problem 404, 403, 409 when complete."""
    sheet = await found(workout, lock=True)
    if not sheet.is_running:
        raise conflict("The session is completed; its sets stay as they are", "Session")
    return sheet


async def _said(workout: int, status: int = 200) -> Response:
    sheet = await found(workout)
    bests = [] if sheet.is_running else await record_sets(sheet.user_id, [sheet.id])
    return await talk.reply("numbered_session", status, sheet=sheet, bests=set(bests))


@routines.post("/workouts")
async def start_session() -> Response:
    """Start a session from a routine or freely; others may be in progress."""
    said, me = await talk.read("SessionStart"), auth.me()
    routine = said.pop("routine", None)
    plan = await sharing.readable(me.user_id, routine) if routine else None
    return await _said(await logbook.start(me, plan, **said), 201)


@routines.get("/workouts")
async def list_sessions() -> Response:
    """The caller's sessions, the one that began last first."""
    asked = await talk.query("SessionsQuery")
    page, limit = asked["page"], asked["limit"]
    here = (limit, (page - 1) * limit)
    found, total = await numbered.sessions(auth.me().user_id, asked["status"], *here)
    facts = {"page": page, "limit": limit, "total": total}
    return await talk.reply("numbered_sessions", sessions=found, **facts)


@routines.get("/workouts/<id:workout>")
async def show_session(workout: int) -> Response:
    """A session with its sets, slot by slot."""
    return await _said(workout)


@routines.patch("/workouts/<id:workout>")
async def edit_session(workout: int) -> Response:
    """Change a session's name or notes; absent stays."""
    sheet, said = await found(workout, lock=True), await talk.read("SessionEdit")
    await changing.edit(auth.me(), UUID(sheet.uuid), said)
    return await _said(workout)


@routines.post("/workouts/<id:workout>/complete")
async def complete_session(workout: int) -> Response:
    """Complete a session; what was planned and not done stays. A complete one stays as it is."""
    sheet = await found(workout, lock=True)
    if sheet.is_running:
        ended = max(datetime.now(UTC), sheet.started_at)
        uuid = UUID(sheet.uuid)
        await finishing.finish(auth.me(), uuid=uuid, unlogged="keep", ended_at=ended)
    return await _said(workout)


@routines.delete("/workouts/<id:workout>")
async def delete_session(workout: int) -> Response:
    """Delete a session with all its sets."""
    sheet = await found(workout, lock=True)
    await changing.trash(sheet.user_id, UUID(sheet.uuid), running=True)
    return await talk.reply("numbered_session_deleted", 204)
