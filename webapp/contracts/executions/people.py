"""The words of `executions` for the person (document: section Users)."""

from typing import Annotated, TypedDict

from pydantic import Field

from webapp.contracts.executions.base import PictureUrl
from webapp.forms.base import Form, Text
from webapp.models import Identity, User


class ProfileIn(Form):
    """PATCH /users/me: {name?, profile_image_url?}; absent is unchanged, null is none."""

    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    profile_image_url: PictureUrl = None


class Profile(TypedDict):
    """Who the person is; `google_id` is what the sign-in's issuer calls them."""

    id: int
    email_address: str | None
    google_id: str | None
    name: str | None
    profile_image_url: str | None
    is_active: bool


class Message(TypedDict):
    """What was done, in words."""

    message: str


def profile(made: User, identity: Identity | None) -> Profile:
    """GET and PATCH /users/me → 200."""
    return {
        "id": made.id,
        "email_address": made.email,
        "google_id": identity.subject if identity else None,
        "name": made.name or f"{made.first_name} {made.last_name}".strip() or made.username,
        "profile_image_url": made.profile_image_url,
        "is_active": made.is_active,
    }


def logged_out() -> Message:
    """POST /auth/logout → 200; the document is silent about the body."""
    return {"message": "Logged out successfully"}
