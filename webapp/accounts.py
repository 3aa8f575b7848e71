"""Accounts: register, sign in and out, renew and revoke tokens, change and delete oneself."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from quart import Response, g, redirect

from webapp import auth, passwords, signing_in, talk, toasts, writes
from webapp.db import transaction
from webapp.models import Identity, LoginSession, User
from webapp.problems import forbidden, invalid
from webapp.routing import anonymous, diary, executions, gym, live, or_again, pages, public
from webapp.security import settings
from webapp.writes import own_transaction

NO_STORE = {"Cache-Control": "no-store"}
CLOSED = "Registration is closed on this server; ask the person who runs it for an account"


@pages.get("/register")
@public
async def show_register() -> Any:
    """The form that makes an account."""
    if g.caller:
        return redirect("/", 303)
    return await talk.reply("register", **_open_ways())


@pages.post("/register")
@live.post("/user/register")
@diary.post("/auth/register")
@anonymous
@own_transaction
@or_again(show_register)
async def register() -> Response:
    """Make an account; a browser is signed in to it at once. 403 closed, 409 taken."""
    if not settings().registration_open:
        raise forbidden(CLOSED)
    said = await talk.read("RegisterIn")
    password = said.pop("password")
    said["password_hash"] = await passwords.hashed(password)
    answer = await writes.at_most_once(partial(_join, said))
    if not g.wants_json:
        # A repetition too: the first answer, with its cookie, may never have arrived.
        await signing_in.enter(g.get("made") or await signing_in.prove(said["username"], password))
    return answer


@gym.post("/Users/register")
@anonymous
@own_transaction
async def register_quietly() -> Response:
    """Make an account, and say no more than that it is made. 403 closed, 400 taken."""
    answer = await register()
    answer.status_code = 200
    return answer


async def _join(said: dict[str, Any]) -> Response:
    said = {name: value for name, value in said.items() if value is not None}
    distance_unit = "mi" if said.get("weight_unit") == "lb" else "km"
    g.made = await User.join(**said, distance_unit=distance_unit)
    g.made_user_id = g.made.id
    return await talk.reply("registered", 201, to="/", made=g.made)


@pages.get("/login")
@public
async def show_login() -> Any:
    """The form that signs in."""
    if g.caller:
        return redirect("/", 303)
    said = await talk.query("NextIn")
    return await talk.reply("login", **_open_ways(), **said)


def _open_ways() -> dict[str, Any]:
    return {"is_open": settings().registration_open, "issuer": settings().oidc_name}


@pages.post("/login")
@live.post("/user/login")
@gym.post("/Users/login")
@anonymous
@own_transaction
@or_again(show_login)
async def log_in() -> Response:
    """Sign in: a browser gets a cookie, a program a pair of tokens. 401 wrong, 429 too often."""
    said = await talk.read("LoginIn")
    user = await signing_in.prove(said["login"], said["password"])
    if not g.wants_json:
        await signing_in.enter(user)
    pair = partial(signing_in.hand_out, user, talk.contract_name())
    to = local_path(said.get("next", "/"))
    return await talk.reply("logged_in", to=to, headers=NO_STORE, made=user, pair=pair)


def local_path(url: str) -> str:
    """The URL when it is a path of this site, else "/": a sign-in must not lead elsewhere."""
    is_plain = url.isprintable() and "\\" not in url and url.startswith("/")
    parts = urlsplit(url) if is_plain and not url.startswith("//") else None
    return url if parts and not parts.scheme and not parts.netloc else "/"


@pages.post("/logout")
@live.post("/user/logout")
@executions.post("/auth/logout")
async def log_out() -> Response:
    """Sign out: ends every token of this login."""
    await signing_in.leave()
    return await talk.reply("logged_out", to="/login")


@live.post("/user/refresh")
@anonymous
@own_transaction
async def refresh() -> Response:
    """Exchange the refresh token (as Authorization: Bearer) for a new pair."""
    pair = await signing_in.refresh(signing_in.bearer())
    return await talk.reply("refreshed", headers=NO_STORE, pair=pair)


@gym.post("/Users/refresh")
@anonymous
@own_transaction
async def refresh_said() -> Response:
    """Exchange the refresh token of the body for a new pair."""
    said = await talk.read("RefreshIn")
    pair = await signing_in.refresh(said["refresh_token"])
    return await talk.reply("refreshed", headers=NO_STORE, pair=pair)


@live.post("/user/revoke")
@anonymous
async def revoke() -> Response:
    """End the login of the refresh token (as Authorization: Bearer)."""
    await signing_in.revoke(signing_in.bearer())
    return await talk.reply("revoked")


@pages.get("/settings/account")
async def show_account() -> Response:
    """Who the person is."""
    identity = partial(Identity.first_of, auth.me().user_id)
    issuer = settings().oidc_name
    return await talk.reply("account", made=await me(), identity=identity, issuer=issuer)


async def me() -> User:
    """The caller as a row."""
    return await User.get(id=auth.me().user_id)


@pages.post("/settings/account")
@live.put("/user/edit")
@own_transaction
@or_again(show_account)
async def edit_user() -> Response:
    """Change names, age or password; another password signs out everywhere else. 403 for a
    password from a browser."""
    said = await talk.read("UserIn")
    if "password" in said:
        _only_a_program("/settings/password")
        said["password_hash"] = await hashed_for(await me(), said.pop("password"))
    return await writes.at_most_once(partial(_edit, said))


async def _edit(said: dict[str, Any]) -> Response:
    user = await me()
    if not (said.get("username", user.username) or said.get("email", user.email)):
        raise invalid("Nothing to sign in with", username="Keep a user name or an e-mail")
    if "password_hash" in said:
        await change_password(user, said.pop("password_hash"))
    await user.change(**said)
    toasts.leave("Saved")
    return await talk.reply("user_edited", to="/settings/account", made=user)


async def hashed_for(user: User, password: str) -> str:
    """The hash of a new password of this user. Raises Problem 400 when it is their own name."""
    own = (user.first_name, user.last_name, user.username, user.email)
    if (reason := passwords.objection(password, own)) is not None:
        raise invalid("This password is not accepted", password=reason)
    return await passwords.hashed(password)


async def change_password(user: User, password_hash: str) -> None:
    """Set another password and sign out everywhere but here. Personal tokens stay."""
    await user.set_password(password_hash)
    await LoginSession.end(user.id, id__not=auth.me().session_id or 0)


@live.delete("/user")
@own_transaction
async def delete_user() -> Response:
    """Delete the account and everything in it. 403 for a browser."""
    _only_a_program("/settings/account")
    return await transaction(_erase)


def _only_a_program(page: str) -> None:
    """A browser that somebody left open does this at a page that asks for the password. 403."""
    if signing_in.came_by_cookie():
        raise forbidden(f"A browser does this at {page}, with the password")


@pages.post("/settings/account/delete")
@own_transaction
@or_again(show_account)
async def delete_account() -> Response:
    """Delete the account and everything in it, after the password once more."""
    said = await talk.read("DeleteAccountIn")
    await prove_me(await me(), said.get("password", ""), "password")
    return await transaction(_erase)


async def prove_me(user: User, password: str, field: str) -> None:
    """Ask for the password of those who have one. Raises Problem 400 or 429."""
    if user.password_hash is not None:
        await signing_in.prove_again(user, password, field)


async def _erase() -> Response:
    await (await me()).delete()
    auth.drop_cookie()
    toasts.leave("Your account and everything in it is deleted")
    return await talk.reply("user_deleted", to="/login")
