"""Who may come in: signed-in devices and personal tokens, and how to end them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk, toasts
from webapp.accounts import NO_STORE
from webapp.db import transaction
from webapp.models import LoginSession, Token
from webapp.problems import forbidden, not_found
from webapp.routing import or_again, pages
from webapp.writes import own_transaction


def _clock() -> dict[str, Any]:
    return {"now": datetime.now(UTC), "timezone": auth.me().timezone}


@pages.get("/settings/devices")
async def show_devices() -> Response:
    """Where the person is signed in."""
    me = auth.me()
    sessions = await LoginSession.living(me.user_id)
    return await talk.reply("devices", sessions=sessions, current=me.session_id, **_clock())


@pages.post("/settings/devices/<uuid:device>/sign-out")
async def sign_out_device(device: UUID) -> Response:
    """End the sign-in of one device. 404 when it is another person's, or over."""
    me = auth.me()
    is_here = await LoginSession.exists(id=me.session_id, uuid=device)
    if not await LoginSession.end(me.user_id, uuid=device):
        raise not_found("Device")
    toasts.leave("Signed out")
    return await talk.reply("signed_out", to="/login" if is_here else "/settings/devices")


@pages.post("/settings/devices/sign-out-others")
async def sign_out_others() -> Response:
    """End every sign-in but this one."""
    me = auth.me()
    await LoginSession.end(me.user_id, id__not=me.session_id or 0)
    toasts.leave("Signed out everywhere else")
    return await talk.reply("signed_out", to="/settings/devices")


@pages.get("/settings/tokens")
async def show_tokens() -> Response:
    """The personal tokens, without their secrets."""
    tokens = await Token.living(auth.me().user_id)
    return await talk.reply("tokens", tokens=tokens, **_clock())


@pages.post("/settings/tokens")
@own_transaction
@or_again(show_tokens)
async def issue_token() -> Response:
    """Make a personal token; its secret is told this once. 403 for personal tokens themselves."""
    me = auth.me()
    if me.session_id is None:
        raise forbidden("A personal token cannot make others; please sign in")
    said = {"contract": "live", **await talk.read("TokenIn")}
    made, secret = await transaction(lambda: Token.issue(me.user_id, **said))
    return await talk.reply("token_issued", 201, headers=NO_STORE, made=made, secret=secret)


@pages.post("/settings/tokens/<uuid:token>/revoke")
async def revoke_token(token: UUID) -> Response:
    """Revoke a personal token. 404 when it is another person's, or revoked."""
    if not await Token.end(auth.me().user_id, uuid=token):
        raise not_found("Token")
    toasts.leave("Token revoked")
    return await talk.reply("token_revoked", to="/settings/tokens")
