"""How a write is carried out: in one transaction, at most once for each Idempotency-Key."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import orjson
from quart import Request, Response
from quart.wrappers.response import DataBody

from webapp.db import row, rows, transaction
from webapp.db.postgres import Taken
from webapp.here import g, heard
from webapp.problems import Problem, invalid
from webapp.security import settings

Effect = Callable[[], Awaitable[Response]]
FORGOTTEN_AT_ONCE = 500  # answers, for which everybody waits
KEPT_FOR = timedelta(days=30)
KEPT_HEADERS = frozenset(
    ("content-type", "location", "link", "vary", "etag", "hx-trigger", "hx-redirect")
)
HEADER = "Idempotency-Key"
_running: set[tuple[str, str, str]] = set()

_FIND = (
    "SELECT fingerprint, status, headers, body FROM kept_answers "
    "WHERE scope = ? AND route = ? AND key = ? AND created_at > ?"
)
_FORGET = (
    "DELETE FROM kept_answers WHERE id IN (SELECT id FROM kept_answers WHERE created_at <= ? "
    "ORDER BY created_at LIMIT ?) RETURNING id"
)
# An answer older than KEPT_FOR is overwritten by the next use of its key.
_KEEP = (
    "INSERT INTO kept_answers "
    "(scope, user_id, route, key, fingerprint, status, headers, body, created_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, route, key) DO UPDATE SET "
    "fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers, "
    "body = excluded.body, created_at = excluded.created_at"
)


def own_transaction(view: Any) -> Any:
    """Mark a view that opens its transaction itself, because it does slow things before it, or
    whose answer holds a secret that must not be kept."""
    view.own_transaction = True
    return view


async def carry_out(view: Callable[..., Awaitable[Response]], where: dict[str, Any]) -> Response:
    """Run a write and return its answer; repeated with the same key, return the kept answer.

    The answer is kept in the transaction of the effect: there is never one without the other.
    Refusals are not kept. Raises Problem 422 (key used for something else), 409 (still running).
    """
    content = await _content()
    if getattr(view, "own_transaction", False):
        return await view(**where)
    return await _at_most_once(lambda: view(**where), content)


async def at_most_once(effect: Effect) -> Response:
    """For a view with its own transaction: carry out the part of it that writes, like the rest."""
    return await _at_most_once(effect, await _content())


async def _at_most_once(effect: Effect, content: bytes) -> Response:
    key = await _key()
    if key is None:
        return await transaction(effect)
    # With its blueprint's name: two contracts claim the same paths, and word answers differently.
    said = heard()
    route = f"{said.method} {said.blueprint} {said.url_rule}"
    place = (_scope(), route, key)
    if place in _running:
        raise _running_still()
    _running.add(place)
    try:
        once = partial(_once, effect, place, _fingerprint(content))
        return await transaction(once, finds_done=True, alone=place)
    except Taken as error:  # in another process
        raise _running_still() from error
    finally:
        _running.discard(place)


async def _content() -> bytes:
    """The whole body: nothing is written before all of it has arrived."""
    request = heard()
    if not _is_form(request):
        sent: Any = await request.get_data()
        return bytes(sent)
    fields = (await request.form).items(multi=True)
    said = [pair for pair in fields if pair[0] != "key"]
    said += [(name, _digest(file)) for name, file in (await request.files).items(multi=True)]
    return orjson.dumps(said)


def _digest(file: Any) -> str:
    file.seek(0)  # whoever asks may have read it
    found = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return found


def _is_form(request: Request) -> bool:
    return request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


async def _key() -> str | None:
    request = heard()
    key = request.headers.get(HEADER)
    if key is None and _is_form(request):
        key = (await request.form).get("key")
    if key is not None and not (0 < len(key) <= 200 and key.isprintable()):
        raise invalid(f"{HEADER} must be 1 to 200 printable characters")
    return key or None


def _scope() -> str:
    caller = g.get("caller")
    return f"user {caller.user_id}" if caller else "anyone"


def _fingerprint(content: bytes) -> str:
    # Keyed, because a body may hold a password that a bare hash would let a thief guess.
    said = heard().full_path.encode() + b"\n" + content
    return hmac.digest(settings().secret_key.encode(), said, "sha256").hex()


async def _once(effect: Effect, place: tuple[str, str, str], fingerprint: str) -> Response:
    now = datetime.now(UTC)
    kept = await row(_FIND, *place, now - KEPT_FOR)
    if kept is not None:
        return _again(kept, fingerprint)
    answer = await effect()
    if answer.status_code < 400:
        await _keep(answer, place, fingerprint, now)
    return answer


def _running_still() -> Problem:
    return Problem(409, "The same request is still running", code="conflict", retry_after=1)


def _again(kept: Any, fingerprint: str) -> Response:
    if kept["fingerprint"] != fingerprint:
        raise Problem(422, f"This {HEADER} was used for another request", code="key_reused")
    headers = orjson.loads(kept["headers"])
    headers["Idempotent-Replayed"] = "true"
    g.is_repeated = True
    return Response(bytes(kept["body"]), kept["status"], headers)


async def _keep(
    answer: Response, place: tuple[str, str, str], fingerprint: str, now: datetime
) -> None:
    headers = {name: value for name, value in answer.headers if name.lower() in KEPT_HEADERS}
    said = answer.response
    body = said.data if isinstance(said, DataBody) else await answer.get_data(as_text=False)
    scope, route, key = place
    caller = g.get("caller")
    # With its owner, so that it goes when the account goes; a registration has just made one.
    user_id = caller.user_id if caller else g.get("made_user_id")
    kept = (orjson.dumps(headers).decode(), bytes(body))
    await rows(_KEEP, scope, user_id, route, key, fingerprint, answer.status_code, *kept, now)


async def forget_old() -> bool:
    """Delete some of the answers that are older than 30 days; whether there may be more."""
    found = await rows(_FORGET, datetime.now(UTC) - KEPT_FOR, FORGOTTEN_AT_ONCE)
    return len(found) == FORGOTTEN_AT_ONCE
