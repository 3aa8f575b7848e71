"""The words of `diary` for accounts: a user name and a password of 6 to 50 characters."""

from datetime import UTC
from typing import Annotated, TypedDict

from pydantic import AfterValidator, StringConstraints

from webapp.contracts.diary.base import Id
from webapp.forms.accounts import Secret
from webapp.forms.base import Form, Text
from webapp.models import User
from webapp.models.users import login_key


def _storable(name: str) -> str:
    if not name.isprintable():
        raise ValueError("Must not contain control characters")
    if len(login_key(name)) > 100:
        raise ValueError("Is too long")
    return name


UserName = Annotated[
    Text, StringConstraints(min_length=3, max_length=50), AfterValidator(_storable)
]
# The document's rule goes before ours: what its clients accept must be accepted here.
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=6, max_length=50)]


class RegisterIn(Form):
    """POST /auth/register."""

    username: UserName
    password: Password


class LoginIn(Form):
    """POST /auth/login."""

    username: Annotated[Text, StringConstraints(min_length=1, max_length=254)]
    password: Secret


class CreateUserResponse(TypedDict):
    """A new user; `createdAt` is in UTC, without a zone."""

    id: Id
    username: str
    createdAt: str


class AuthenticationResponse(TypedDict):
    """Who signed in, and the token for the next day."""

    username: str
    token: str


def registered(made: User) -> CreateUserResponse:
    """POST /auth/register → 201."""
    created = made.created_at.astimezone(UTC).replace(tzinfo=None)
    return {
        "id": str(made.uuid),
        "username": made.username or "",
        "createdAt": created.isoformat(timespec="seconds"),
    }


def logged_in(made: User, token: str) -> AuthenticationResponse:
    """POST /auth/login → 200. Who has no user name signs in by e-mail and is called by it."""
    return {"username": made.username or made.email or "", "token": token}
