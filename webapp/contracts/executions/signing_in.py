"""The words of `executions` for the sign-in at Google, or any issuer in its place (document:
section Authentication, rulings: the README's point Google)."""

from typing import Annotated, Any, TypedDict

from pydantic import AliasChoices, Field, ValidationInfo, field_validator

from webapp.contracts.executions.people import Profile, profile
from webapp.forms.base import Form, Text
from webapp.models import Identity, User

IssuersToken = Annotated[Text, Field(min_length=1, max_length=16384)]


class GoogleIn(Form):
    """POST /auth/google: {credential | id_token | access_token}, or nothing to begin there."""

    id_token: IssuersToken | None = Field(
        None, validation_alias=AliasChoices("credential", "id_token")
    )
    access_token: IssuersToken | None = None

    @field_validator("access_token")
    @classmethod
    def _one(cls, token: str | None, info: ValidationInfo) -> str | None:
        if token is not None and info.data.get("id_token") is not None:
            raise ValueError("Send this or an id_token, not both")
        return token

    def said(self) -> dict[str, Any]:
        """The one token that was sent; null is none."""
        return {name: token for name, token in super().said().items() if token is not None}


class Authorization(TypedDict):
    """Where the person signs in, who then comes back to /auth/google/callback."""

    authorization_url: str


class SignedIn(TypedDict):
    """Who signed in, and tokens of this server; `expires_in` is in seconds."""

    user: Profile
    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int


def authorization(url: str) -> Authorization:
    """POST /auth/google without a token → 200."""
    return {"authorization_url": url}


def signed_in(made: User, identity: Identity | None, pair: Any) -> SignedIn:
    """POST /auth/google with a token, and GET /auth/google/callback → 200."""
    return {
        "user": profile(made, identity),
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
        "token_type": "Bearer",
        "expires_in": pair.expires_in,
    }
