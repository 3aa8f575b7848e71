"""What a phone has carried out by itself, met with what is here: the headers of its operations.

The worker sends each tap again as it was made (see docs/decisions.md): `Setlog-Form` (the form of
the operation; it marks such a request), `Setlog-User` and `Setlog-Workout` (whom and what it was
meant for), `Setlog-Tapped-At`, `If-Match` (the version of a set) and the field `anyway`. Our
answers carry `Setlog-Answers`, so that nobody else's is taken for one.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from quart import Response, redirect

from webapp import auth, talk, writes
from webapp.auth import Caller
from webapp.contracts import edge as words
from webapp.db import Row, moment, row
from webapp.here import g, request
from webapp.problems import Problem, invalid, not_found
from webapp.training import late, logging

FLOW = "/session/"
ENDINGS = ("/session/finish", "/session/stop")
# What may be said of a set in a workout that has ended.
OF_A_SET = tuple(f"/session/sets/<uuid:uuid>/{verb}" for verb in ("log", "undo", "edit"))

_MEANT = (
    "SELECT w.id, w.uuid, w.name, w.status, w.version, w.ended_at, w.deleted_at, "
    "(SELECT MAX(r.id) FROM workouts r WHERE r.user_id = ? AND r.status = 'in_progress' "
    "AND r.deleted_at IS NULL) AS running_id FROM workouts w WHERE w.user_id = ? AND w.uuid = ?"
)


def is_replayed() -> bool:
    """Whether a phone has carried this out already."""
    return talk.contract() is words and "Setlog-Form" in request.headers


def tapped() -> datetime:
    """The moment of the tap that caused this request, else now."""
    return logging.tapped(request.headers.get("Setlog-Tapped-At"), _now())


def _now() -> datetime:
    """Now, in milliseconds: a phone counts in no less, and must come to the same second."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def at() -> datetime:
    """When it counts: from the tap for what the phone has carried out, so that both count from
    the same moment; else from now."""
    return tapped() if is_replayed() else _now()


def version() -> frozenset[str] | None:
    """The version of the set that the caller saw; None when that is not said."""
    said = request.if_match if "If-Match" in request.headers else None
    return None if not said or said.star_tag else frozenset(said.as_set())


def meant() -> str | None:
    """The UUID of the workout in progress that a set has to be in; None where any will do."""
    said: str | None = g.get("meant")
    return said


def refuse_another(caller: Caller | None) -> None:
    """Raise Problem 401 when this was meant for somebody else than who is signed in."""
    meant = request.headers.get("Setlog-User", "").lower()
    if meant and caller is not None and meant != str(caller.user_uuid):
        raise Problem(401, "Somebody else is signed in on this phone", code="other_user")


def answer(response: Response) -> Response:
    """Say which key this answers; one that was kept is said to whoever asks now."""
    key = request.headers.get(writes.HEADER)
    if g.get("is_repeated"):
        response = _reworded(response)
    if key is not None:
        response.headers["Setlog-Answers"] = key
    return response


def _reworded(kept: Response) -> Response:
    """A page that was kept is an acknowledgement to the phone, and what the phone was told is
    something to look at for a page."""
    is_json, said = kept.mimetype == "application/json", kept
    if talk.contract() is words and not is_json:
        said = talk.as_json({})
    elif is_json and not g.wants_json:
        said = cast(Response, redirect("/session", 303))
    said.headers["Idempotent-Replayed"] = "true"
    return said


def held(view: Callable[..., Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """The view; for what a phone has carried out, once that fits what is here. Problem 409, 404."""
    if not is_replayed():
        return view

    @wraps(view)
    async def fitting(**where: Any) -> Response:
        _refuse_old_form()
        if str(request.url_rule) in OF_A_SET:
            try:
                g.meant = request.headers.get("Setlog-Workout")
                return await view(**where)
            except (logging.Elsewhere, Problem):
                # Nothing is written yet, and that it does not fit goes before what else is wrong.
                g.meant = None
        return await _already() or await view(**where)

    return fitting


def _refuse_old_form() -> None:
    if request.headers["Setlog-Form"] not in {str(words.FORM), str(max(words.FORM - 1, 1))}:
        text = "Setlog was updated since; open it again with a connection"
        raise Problem(409, text, code="old_form")


async def _already() -> Response | None:
    """The acknowledgement of an end that has come; None where the verb has to do it. Problem
    where the workout that was meant does not go on any more."""
    said, rule = request.headers.get("Setlog-Workout"), str(request.url_rule)
    if said is None or not rule.startswith(FLOW):
        return None
    found = await _meant(said)
    if found["id"] == found["running_id"]:
        return None
    if found["deleted_at"] is not None:
        return _discarded(found, rule)
    if found["status"] == "in_progress":
        raise _refusal(found, "another_runs", "Another workout is in progress")
    if rule in ENDINGS:
        return _done(found)
    if rule in OF_A_SET and (await talk.body()).get("anyway") == "1":
        await _late(found, rule)
        return None
    raise _refusal(found, "ended", f"{found['name']} has ended")


async def _meant(said: str) -> Row:
    try:
        uuid = UUID(said)
    except ValueError as error:
        raise invalid("Setlog-Workout must be a UUID") from error
    me = auth.me().user_id
    found = await row(_MEANT, me, me, str(uuid))
    if found is None:
        raise not_found("Workout")
    return found


def _discarded(found: Row, rule: str) -> Response:
    if rule != "/session/discard":
        raise _refusal(found, "discarded", f"{found['name']} was discarded")
    return _done(found)


async def _late(found: Row, rule: str) -> None:
    """What was not logged was dropped when the workout ended elsewhere; it is made again."""
    if rule.endswith("/log"):
        said = await talk.read("LateSet")
        await late.make(auth.me(), found["id"], request.view_args["uuid"], **said)  # type: ignore[index]


def _done(found: Row) -> Response:
    return talk.as_json({"version": found["version"]})


def _refusal(found: Row, code: str, text: str) -> Problem:
    ended = moment(found["ended_at"])
    current = {"uuid": str(found["uuid"]), "name": found["name"], "ended_at": ended}
    return Problem(409, text, code=code, facts={"current": words.known(current)})
