"""The words of `live` for accounts (README of the contracts, `live`, first point).

A user is `{id, first_name, last_name, age, email, is_premium, created_at, updated_at}`. What
pages say beyond the document (settings, plates, devices, personal tokens) is worded here, too.
"""

from typing import Annotated, Any

from pydantic import AliasChoices, Field, StringConstraints

from webapp.contracts.live.base import instant, known
from webapp.contracts.live.shapes import SignedIn, Tokens, User
from webapp.forms.accounts import Email, Password, Secret
from webapp.forms.base import Form, Text
from webapp.forms.numbers import Number

Name = Annotated[Text, StringConstraints(min_length=1, max_length=100)]
Age = Annotated[int, Field(ge=0, le=150), Number]
Login = Annotated[Text, StringConstraints(min_length=1, max_length=254)]


class RegisterIn(Form):
    """POST /api/user/register."""

    first_name: Name
    last_name: Name
    age: Age | None = None
    email: Email
    password: Password


class LoginIn(Form):
    """POST /api/user/login."""

    login: Login = Field(validation_alias=AliasChoices("email", "login"))
    password: Secret


class UserIn(Form):
    """PUT /api/user/edit; absent is unchanged."""

    first_name: Name = ""
    last_name: Name = ""
    age: Age | None = None
    password: Password = ""


def user(user: Any) -> User:
    """What all user operations answer with."""
    return {
        "id": str(user.uuid),
        "first_name": user.first_name,
        "last_name": user.last_name,
        "age": user.age,
        "email": user.email,
        "is_premium": user.is_premium,
        "created_at": known(user.created_at),
        "updated_at": known(user.updated_at),
    }


def registered(made: Any) -> User:
    """POST /api/user/register → 201."""
    return user(made)


def logged_in(made: Any, pair: Any) -> SignedIn:
    """POST /api/user/login → 200, the user with a pair of tokens."""
    return {**user(made), **refreshed(pair)}


def refreshed(pair: Any) -> Tokens:
    """POST /api/user/refresh → 200, a new pair."""
    return {"access_token": pair.access_token, "refresh_token": pair.refresh_token}


def account(made: Any) -> User:
    """GET /settings/account: the user."""
    return user(made)


def user_edited(made: Any) -> User:
    """PUT /api/user/edit → 200."""
    return user(made)


def nothing() -> None:
    """What has no more to say: 204."""


logged_out = revoked = user_deleted = password_changed = signed_out = token_revoked = nothing
unlinked = nothing


def linking(url: str) -> dict[str, str]:
    """POST /settings/account/link: where the person signs in to the account that is linked."""
    return {"authorization_url": url}


def settings(made: Any) -> dict[str, Any]:
    """GET and POST /settings. Days of the week count from 1, Monday; rest is in seconds."""
    return {
        "weight_unit": made.weight_unit,
        "distance_unit": made.distance_unit,
        "timezone": made.timezone,
        "first_day_of_week": made.first_day_of_week,
        "theme": made.theme,
        "default_rest_seconds": made.default_rest_seconds,
        "rest_timer_on": made.rest_timer_on,
        "timer_sound": made.timer_sound,
        "rpe_on": made.rpe_on,
    }


settings_saved = settings


def settings_plates(made: Any) -> dict[str, Any]:
    """GET and POST /settings/plates: `{plates: {kg: {"20": 4}}, bars: {kg: ["20"]}}`, counted
    singly; a unit that is absent has the usual ones."""
    return {"plates": made.plates, "bars": made.bars}


def devices(sessions: Any, current: int | None) -> list[dict[str, Any]]:
    """GET /settings/devices: the living sessions, the one seen last first."""
    return [
        {
            "id": str(session.uuid),
            "kind": session.kind,
            "device": session.device,
            "address": session.address,
            "contract": session.contract,
            "created_at": instant(session.created_at),
            "last_seen_at": instant(session.last_seen_at),
            "is_current": session.id == current,
        }
        for session in sessions
    ]


def _token(token: Any) -> dict[str, Any]:
    return {
        "id": str(token.uuid),
        "name": token.name,
        "contract": token.contract,
        "read_only": token.read_only,
        "hint": token.hint,
        "created_at": instant(token.created_at),
        "last_used_at": instant(token.last_used_at),
        "expires_at": instant(token.expires_at),
    }


def tokens(tokens: Any) -> list[dict[str, Any]]:
    """GET /settings/tokens: the personal tokens without their secrets, newest first."""
    return [_token(token) for token in tokens]


def token_issued(made: Any, secret: str) -> dict[str, Any]:
    """POST /settings/tokens → 201; the only time that `token` is told."""
    return {**_token(made), "token": secret}
