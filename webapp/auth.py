"""Who is asking: a cookie or a bearer token names a login session, which names the user."""

import hashlib
import secrets
import warnings
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from itsdangerous import BadSignature
from quart import Quart, Response
from quart_auth import Action, AuthUser, QuartAuth
from quart_auth.extension import _AuthSerializer

from webapp import access_tokens
from webapp.db import editions, is_unavailable, moment, row, rows
from webapp.here import current_app, g, request
from webapp.problems import forbidden, unauthenticated
from webapp.security import SAFE

IDLE = timedelta(days=60)
ABSOLUTE = timedelta(days=365)
SEEN_EVERY = timedelta(minutes=10)
USER = "quart_auth_user"  # where quart-auth keeps who its cookie names
TOKEN_PREFIX = "setlog_"  # noqa: S105 - a prefix, so that leaked tokens can be recognised

# The fields of Caller, in their order.
_USER = (
    "u.id, u.uuid, u.username, u.email, u.name, u.first_name, u.is_admin, u.timezone, "
    "u.weight_unit, u.distance_unit, u.theme, u.first_day_of_week, u.default_rest_seconds, "
    "u.rest_timer_on, u.timer_sound, u.rpe_on"
)
# Of whom, and which edition their past is at.
_OWNED = "JOIN users u ON u.id = {0}.user_id LEFT JOIN past_editions p ON p.user_id = {0}.user_id"
_PAST = "p.edition AS past, (SELECT edition FROM past_editions WHERE user_id IS NULL) AS everybodys"
_SESSION = (
    f"SELECT {_USER}, s.id AS session_id, NULL AS token_id, s.contract, FALSE AS read_only, "  # noqa: S608
    f"s.last_seen_at, s.expires_at, s.revoked_at, {_PAST} "
    f"FROM login_sessions s {_OWNED.format('s')} "
    "WHERE u.is_active AND s.kind = ? AND s."
)
_TOKEN = (
    f"SELECT {_USER}, NULL AS session_id, t.id AS token_id, t.contract, t.read_only, "  # noqa: S608
    f"t.last_used_at, t.expires_at, t.revoked_at, {_PAST} FROM tokens t {_OWNED.format('t')} "
    "WHERE u.is_active AND t.token_hash = ?"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in user, as much of them as a request needs, and what let them in."""

    user_id: int
    user_uuid: UUID
    username: str | None
    email: str | None
    name: str | None
    first_name: str
    is_admin: bool
    timezone: str
    weight_unit: str
    distance_unit: str
    theme: str
    first_day_of_week: int
    default_rest_seconds: int
    rest_timer_on: bool
    timer_sound: bool
    rpe_on: bool
    session_id: int | None = None
    token_id: int | None = None
    contract: str | None = None
    read_only: bool = False


_WIDTH = len(fields(Caller))
_FLAGS = ("is_admin", "rest_timer_on", "timer_sound", "rpe_on", "read_only")


def digest(secret: str) -> str:
    """What is stored of a secret that has enough randomness to need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class SetlogAuth(QuartAuth):
    """quart-auth's signed cookie, whose content is the random secret of a server-side session."""

    _signed: _AuthSerializer | None = None

    def resolve_user(self) -> AuthUser:
        if "Authorization" in request.headers:
            return AuthUser(None)
        return AuthUser(self.load_cookie())

    def load_token(self, token: str, app: Quart | None = None) -> str | None:
        """The secret in a cookie that we signed. The key is derived once, not at each request."""
        if self._signed is None:
            key = (app or current_app).secret_key or ""
            self._signed = self.serializer_class(key, self.salt or "")
        try:
            secret, signed_at = _signed_secret(self._signed, token)
        except BadSignature:
            return None
        return secret if timedelta() <= datetime.now(UTC) - signed_at <= ABSOLUTE else None


@lru_cache(maxsize=1024)
def _signed_secret(signed: _AuthSerializer, token: str) -> tuple[str, datetime]:
    """What a cookie says, and since when: the same however often it comes. Raises BadSignature."""
    secret, at = signed.loads(token, return_timestamp=True)
    return secret, at


def install(app: Quart) -> None:
    # Behind a proxy that ends TLS every request looks insecure, and no log needs to hear of it.
    warnings.filterwarnings("ignore", "Secure cookies will be ignored", module="quart_auth")
    insecure = app.config["SETLOG"].insecure_http
    SetlogAuth(
        app,
        attribute_name=USER,
        cookie_name="setlog" if insecure else "__Host-setlog",
        cookie_secure=not insecure,
        duration=int(ABSOLUTE.total_seconds()),
    )


def extension() -> SetlogAuth:
    found: SetlogAuth = current_app.extensions["QUART_AUTH"][0]
    return found


def set_cookie(secret: str) -> None:
    """Let the answer carry the cookie of a new login session."""
    user = AuthUser(secret)
    user.action = Action.WRITE_PERMANENT
    extension().login_user(user)


def drop_cookie() -> None:
    extension().logout_user()


async def remembered(answer: Response) -> Response:
    """The answer, with the cookie that signing in or out has asked for."""
    user = g.get(USER)
    if user is None or user.action is Action.PASS:
        return answer
    return await extension().after_request(answer)


async def identify() -> Caller | None:
    """Return who is asking, or None for nobody. A credential that is no good is a Problem 401."""
    bearer = request.headers.get("Authorization")
    if bearer is not None:
        return await _bearer(bearer)
    secret = extension().load_cookie()
    found = await row(_SESSION + "secret_hash = ?", "cookie", digest(secret)) if secret else None
    return await _live_session(found) if found else None


async def _bearer(header: str) -> Caller:
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > 4096:
        raise unauthenticated("The Authorization header must be: Bearer <token>")
    if token.startswith(TOKEN_PREFIX):
        return await _personal(token)
    found = await row(_SESSION + "uuid = ?", "tokens", access_tokens.read(token))
    caller = await _live_session(found) if found else None
    if caller is None:
        raise unauthenticated("The token is expired or revoked")
    return caller


async def _personal(token: str) -> Caller:
    found = await row(_TOKEN, digest(token))
    now = datetime.now(UTC)
    if found is None or found["revoked_at"] or _is_over(found["expires_at"], now):
        raise unauthenticated("The token is unknown, expired or revoked")
    if _is_stale(found["last_used_at"], now):
        sql = "UPDATE tokens SET last_used_at = ? WHERE id = ? AND user_id = ?"
        await _note(sql, now, found["token_id"], found["id"])
    return _caller(found)


async def _live_session(found: Any) -> Caller | None:
    now = datetime.now(UTC)
    seen = moment(found["last_seen_at"]) or now
    if found["revoked_at"] or _is_over(found["expires_at"], now) or now - seen > IDLE:
        return None
    if _is_stale(seen, now):
        sql = "UPDATE login_sessions SET last_seen_at = ? WHERE id = ? AND user_id = ?"
        await _note(sql, now, found["session_id"], found["id"])
    return _caller(found)


async def _note(sql: str, *args: Any) -> None:
    """Note that somebody was here; where nothing can be written just now, there is reading."""
    try:
        await rows(sql, *args)
    except Exception as error:
        if not is_unavailable(error):
            raise


def _is_over(when: Any, now: datetime) -> bool:
    end = moment(when)
    return end is not None and end <= now


def _is_stale(when: Any, now: datetime) -> bool:
    last = moment(when)
    return last is None or now - last > SEEN_EVERY


def _caller(found: Any) -> Caller:
    if request.method in SAFE:
        editions.hear(found["id"], found["past"], found["everybodys"])
    return _known(tuple(found)[:_WIDTH])


@lru_cache(maxsize=1024)
def _known(columns: tuple[Any, ...]) -> Caller:
    """Who these columns name; they are read at each request, and mostly say the same again."""
    caller = Caller(*columns)
    known: dict[str, Any] = {name: bool(getattr(caller, name)) for name in _FLAGS}
    return replace(caller, user_uuid=UUID(str(caller.user_uuid)), **known)


def me() -> Caller:
    """The caller of this request; routes that are not public always have one."""
    caller: Caller = g.caller
    return caller


def admit(caller: Caller | None, is_public: bool) -> None:
    """Raise Problem 401 or 403 unless this caller may use the route with this method."""
    if caller is None and not is_public:
        raise unauthenticated()
    if caller is not None and caller.read_only and request.method not in SAFE:
        raise forbidden("This token may only read")
