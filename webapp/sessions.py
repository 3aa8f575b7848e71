"""The workout in progress: start, look at, finish, stop early, discard."""

from typing import Any

from quart import Response, g, redirect, request

from webapp import auth, edge, session_page, talk, toasts
from webapp.history.bests import bests_of_workout
from webapp.models import plans
from webapp.problems import conflict, not_found
from webapp.routing import live, or_again, pages
from webapp.training import finishing, sheet, starting
from webapp.training.lines import Sheet


async def running(last: bool = False, is_read: bool = False) -> Sheet:
    """The caller's workout in progress; one that is only read, with what was done `last`, may be
    remembered. Raises Problem 404."""
    user_id = auth.me().user_id
    of = session_page.running(user_id) if is_read else sheet.running(user_id, last=last)
    found = await of
    if found is None:
        raise not_found("Session")
    return found


def still_running(of: Sheet) -> None:
    """Raises Problem 409 (and so undoes what was done) when the workout has ended meanwhile: from
    then on it is changed at its own page."""
    if not of.is_running:
        raise conflict("This workout has ended", "Session")


def facts(of: Sheet) -> dict[str, Any]:
    """What every view of a workout may ask for."""
    me = auth.me()
    return {"sheet": of, "person": me, "bests": lambda: bests_of_workout(me.user_id, of.id)}


@pages.post("/session/start")
@live.post("/session/start")
async def start() -> Response:
    """Start a workout (live: SetWorkoutSession). With one in progress people go on with that, and
    programs are told 409."""
    said = await talk.read("SessionStart")
    another: starting.AnotherRuns = "refuse" if g.wants_json else "resume"
    source = request.blueprint or "pages"
    made = await starting.start(
        auth.me(), **said, at=edge.at(), another_runs=another, source=source
    )
    to = "/session" if made.is_running else f"/workouts/{made.uuid}"
    return await talk.reply("started", 201, to=to, **facts(made))


@pages.get("/session")
async def show_session() -> Any:
    """The workout with all its cards; without one people go to where they can start."""
    if g.wants_json:
        return await talk.reply("session", **facts(await running(is_read=True)))
    shown = await session_page.shown(auth.me())
    if shown is None:
        return redirect("/", 303)
    # Without a tag: with the keys of its forms it is another page each time.
    untagged = {"Cache-Control": "private, no-cache"}
    return talk.as_html(shown, headers=untagged)


@live.get("/session")
async def active_session() -> Response:
    """The session in progress (live: GetActiveWorkoutSession)."""
    return await talk.reply("active_session", **facts(await running(is_read=True)))


@live.get("/session/workout")
async def session_details() -> Response:
    """The session with its workout and exercises (live: GetWorkoutSessionDetails)."""
    return await _details(await running(is_read=True))


async def _details(found: Sheet) -> Response:
    uuid, plan = found.routine_uuid, None
    if uuid is not None:
        plan = await plans.routine_with_items(auth.me().user_id, uuid)
    return await talk.reply("session_workout", plan=plan, **facts(found))


@pages.get("/session/finish")
async def finish_form() -> Any:
    """What is not logged yet, a rating and a note."""
    found = await sheet.running(auth.me().user_id)
    if found is None and not g.wants_json:
        return redirect("/", 303)
    return await talk.reply("finish", **facts(found or await running()))


@pages.post("/session/finish")
@live.put("/session/finish")
@or_again(finish_form)
async def finish() -> Response:
    """Finish the workout (live: FinishActiveWorkoutSession)."""
    done = await finishing.finish(auth.me(), **await talk.read("Finish"), at=edge.at())
    return await talk.reply("finished", to=f"/session/summary/{done.uuid}", **facts(done))


@pages.post("/session/stop")
@live.put("/session/stop")
async def stop() -> Response:
    """End the workout early (live: StopActiveWorkoutSession)."""
    said = await talk.read("Finish")
    done = await finishing.finish(auth.me(), status="stopped", **said, at=edge.at())
    return await talk.reply("stopped", to=f"/session/summary/{done.uuid}", **facts(done))


@live.put("/session/workout/finish")
async def finish_part() -> Response:
    """Finish the workout part; the session stays open (live: FinishWorkoutSession)."""
    return await _details(await finishing.finish_part(auth.me()))


@pages.post("/session/discard")
async def discard() -> Response:
    """Throw the workout in progress away; it can be taken back for 30 days."""
    gone = await finishing.discard(auth.me(), edge.at())
    toasts.leave("Workout discarded", f"/workouts/{gone.uuid}/restore")
    return await talk.reply("discarded", to="/", sheet=gone)
