"""The cast and how they speak: ann and bob with a browser's cookie or a program's token."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from quart import Quart, Response

from webapp.auth import TOKEN_PREFIX, Caller, digest, new_secret
from webapp.models import LoginSession, Token, User

PROGRAM = {"Accept": "application/json"}
PAGE = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
HTMX = {**PAGE, "HX-Request": "true"}


@dataclass
class Person:
    """A signed-in person. `json` speaks as a program with a token, `page` and `htmx` as a browser
    with a cookie."""

    app: Quart
    user: User
    client: Any
    token: str

    async def json(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """A program's request; header names are given with underscores."""
        sent = {**PROGRAM, "Authorization": f"Bearer {self.token}", **_dashed(headers)}
        client: Any = self.app.test_client(use_cookies=False)
        if body is None:
            return await client.open(path, method=method, headers=sent)
        return await client.open(path, method=method, headers=sent, json=body)

    async def page(self, method: str, path: str, form: Any = None, **headers: str) -> Response:
        """A browser's plain request."""
        sent = {**PAGE, **_dashed(headers)}
        return await self.client.open(path, method=method, headers=sent, form=form)

    async def htmx(self, method: str, path: str, form: Any = None, **headers: str) -> Response:
        """A browser's request by htmx."""
        sent = {**HTMX, **_dashed(headers)}
        return await self.client.open(path, method=method, headers=sent, form=form)


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def register(app: Quart, name: str) -> Person:
    """Make an account, a login session with its cookie, and a token of the contract live."""
    user = await User.create(
        username=name,
        username_key=name,
        email=f"{name}@example.org",
        email_key=f"{name}@example.org",
        first_name=name.title(),
    )
    return Person(app, user, await _browser(app, user), await make_token(user))


async def _browser(app: Quart, user: User) -> Any:
    secret, now = new_secret(), datetime.now(UTC)
    await LoginSession.create(
        user=user,
        kind="cookie",
        secret_hash=digest(secret),
        last_seen_at=now,
        expires_at=now + timedelta(days=1),
    )
    client = app.test_client()
    extension = app.extensions["QUART_AUTH"][0]
    client.set_cookie("localhost", "setlog", extension.dump_token(secret, app=app))
    return client


async def make_token(user: User, contract: str = "live", read_only: bool = False) -> str:
    """A personal token of the user."""
    secret = TOKEN_PREFIX + new_secret()
    await Token.create(
        user=user,
        name="test",
        contract=contract,
        read_only=read_only,
        token_hash=digest(secret),
        hint=secret[-4:],
    )
    return secret


def caller(person: Person) -> Caller:
    """The person as views are told of them, with the settings that a new account has."""
    return Caller(
        person.user.id, person.user.uuid, "ann", None, None, "Ann", False, "UTC", "kg", "km",
        "auto", 1, 90, True, True, False,
    )  # fmt: skip
