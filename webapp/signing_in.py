"""Signing in: proving a password, and what a browser or a program is handed for it."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from quart import request

from webapp import access_tokens, auth, passwords, throttle
from webapp.db import moment, row, transaction
from webapp.device_names import device_name
from webapp.models import LoginSession, RefreshToken, Token, User
from webapp.models.users import login_key
from webapp.problems import Problem, invalid, unauthenticated
from webapp.security import client_address

ACCESS = timedelta(minutes=15)
_under_way: Counter[str] = Counter()  # requests that hold the same refresh token at this moment
_exchanged: set[str] = set()  # those tokens of them that one of the requests has spent

_REFRESHED = (
    "SELECT t.spent_at, t.user_id, s.id, s.uuid, s.revoked_at, s.expires_at, u.uuid AS user_uuid, "
    "u.is_active FROM refresh_tokens t JOIN login_sessions s ON s.id = t.login_session_id "
    "JOIN users u ON u.id = t.user_id WHERE t.token_hash = ?"
)


@dataclass(frozen=True)
class Pair:
    """What a program is handed: a short-lived signed token and an opaque one to renew it with."""

    access_token: str
    refresh_token: str
    expires_in: int = int(ACCESS.total_seconds())  # the access token's, in seconds


async def prove(login: str, password: str, first: Literal["email", "username"] = "email") -> User:
    """Return the user this password belongs to; `login` is looked for as `first` first.

    Raises Problem 401, the same and as late for unknown users, or 429 after too many failures.
    """
    user = await User.by_login(login, first)
    known = await LoginSession.is_known(user.id if user else 0, client_address())
    counted = throttle.counters(login_key(login), client_address(), known)
    if not await _is_right(user, password, counted):
        text = "The user name or e-mail and the password do not belong together"
        raise Problem(401, text, code="credentials")
    assert user is not None  # noqa: S101 - nobody has no password
    if passwords.is_dated(user.password_hash or ""):
        await user.rehash(await passwords.hashed(password))
    return user


async def prove_again(user: User, password: str, field: str) -> None:
    """Let a signed-in user prove the password once more. Raises Problem 400 (field) or 429."""
    counted = throttle.counters(f"user {user.id}", client_address(), True)
    if not await _is_right(user, password, counted):
        raise invalid("The password is wrong", **{field: "This is not your password"})


async def _is_right(user: User | None, password: str, counted: throttle.Counters) -> bool:
    await throttle.admit(counted)  # who has to wait anyway is not waited with
    # Asked again while it is one's turn: of a thousand guesses at once, two are not counted yet.
    async with passwords.turn():
        await throttle.admit(counted)
        is_right = await passwords.matches(user.password_hash if user else None, password)
        if not is_right:
            await throttle.failed(counted)
    if is_right:
        await throttle.succeeded(counted)
    return is_right


def _client() -> dict[str, str]:
    return {
        "device": device_name(request.headers.get("User-Agent", "")),
        "address": client_address()[:45],
    }


async def enter(user: User) -> None:
    """Give this browser a new session in place of the one it had, whoever's that was."""
    secret, before = auth.new_secret(), auth.extension().load_user().auth_id

    async def begin() -> None:
        if before:
            old = LoginSession.filter(secret_hash=auth.digest(before), revoked_at=None)
            await old.update(revoked_at=datetime.now(UTC))
        kept = {"secret_hash": auth.digest(secret), **_client()}
        await LoginSession.open(user.id, "cookie", **kept)

    await transaction(begin)
    auth.set_cookie(secret)


async def hand_out(user: User, contract: str) -> Pair:
    """Begin a program's session, whose tokens speak `contract` where documents collide."""

    async def begin() -> Pair:
        session = await LoginSession.open(user.id, "tokens", contract=contract, **_client())
        return await _pair(session.id, session.uuid, user.id, user.uuid)

    return await transaction(begin)


async def hand_out_signed(user: User, contract: str, lifetime: timedelta) -> str:
    """Begin a program's session that ends with the one signed token it has; returns the token."""
    kept = {"contract": contract, "expires_at": datetime.now(UTC) + lifetime, **_client()}
    session = await transaction(lambda: LoginSession.open(user.id, "tokens", **kept))
    return access_tokens.signed(UUID(str(session.uuid)), UUID(str(user.uuid)), lifetime)


async def _pair(session_id: int, session_uuid: Any, user_id: int, user_uuid: Any) -> Pair:
    access = access_tokens.signed(UUID(str(session_uuid)), UUID(str(user_uuid)), ACCESS)
    return Pair(access, await RefreshToken.give(session_id, user_id))


def bearer() -> str:
    """The token of the Authorization header. Raises Problem 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthenticated("The Authorization header must be: Bearer <refresh token>")
    return token.strip()


async def refresh(token: str) -> Pair:
    """Exchange a refresh token for a new pair. Raises Problem 401.

    Using a spent token again revokes the whole family, because one of the two who hold it has
    stolen it. A request that was under way while another one spent the token is not "again":
    of fifty that run in parallel one gets the pair, and its pair stays good.
    """
    key, began = auth.digest(token), datetime.now(UTC)
    _under_way[key] += 1
    try:
        pair = await transaction(lambda: _exchange(key, began))
    finally:
        _under_way[key] -= 1
        if not _under_way[key]:
            del _under_way[key]
            _exchanged.discard(key)
    if pair is None:
        raise unauthenticated("The refresh token is unknown, expired, revoked or already used")
    return pair


async def _exchange(key: str, began: datetime) -> Pair | None:
    is_spent_by_us = await RefreshToken.spend(key) is not None
    found = await row(_REFRESHED, key)
    if found is None or not _is_open(found):
        return None
    owner = found["user_id"]
    if is_spent_by_us:
        _exchanged.add(key)
        seen = LoginSession.filter(user_id=owner, id=found["id"])
        await seen.update(last_seen_at=datetime.now(UTC))
        return await _pair(found["id"], found["uuid"], owner, found["user_uuid"])
    spent_at = moment(found["spent_at"])
    if spent_at and spent_at < began and key not in _exchanged:
        await LoginSession.end(owner, id=found["id"])
    return None


def _is_open(found: Any) -> bool:
    until = moment(found["expires_at"])
    is_current = until is not None and until > datetime.now(UTC)
    return bool(found["is_active"]) and not found["revoked_at"] and is_current


async def revoke(token: str) -> None:
    """End the login that a refresh token belongs to. Raises Problem 401 when it is no good."""
    found = await row(_REFRESHED, auth.digest(token))
    if found is None or not _is_open(found):
        raise unauthenticated("The refresh token is unknown, expired or revoked")
    await LoginSession.end(found["user_id"], id=found["id"])


async def leave() -> None:
    """End the session or the token that this request came with."""
    caller = auth.me()
    if caller.token_id is not None:
        await Token.end(caller.user_id, id=caller.token_id)
    if caller.session_id is not None:
        await LoginSession.end(caller.user_id, id=caller.session_id)
    if came_by_cookie():
        auth.drop_cookie()


def came_by_cookie() -> bool:
    """Whether this request is a browser's; a header, good or bad, always goes before a cookie."""
    return "Authorization" not in request.headers
