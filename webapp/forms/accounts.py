"""What people say about their account: who they are, what they like, what may enter."""

import re
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import Number, WeightUnit
from webapp.models.users import login_key
from webapp.passwords import objection
from webapp.zones import KNOWN

_USER_NAME = re.compile(r"[\w.\-]{3,50}\Z")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)*\Z")


def _user_name(name: str) -> str:
    if not _USER_NAME.match(name):
        raise ValueError("Must be 3 to 50 letters, digits, dots, dashes or underscores")
    if len(login_key(name)) > 100:
        raise ValueError("Is too long")
    return name


def _email(address: str) -> str:
    if not _EMAIL.match(address) or not address.isprintable():
        raise ValueError("Must be an e-mail address")
    if max(len(address), len(login_key(address))) > 254:
        raise ValueError("Must be at most 254 characters long")
    return address


def _acceptable(password: str, info: ValidationInfo) -> str:
    own = [value for value in info.data.values() if isinstance(value, str)]
    if (reason := objection(password, own)) is not None:
        raise ValueError(reason)
    return password


def _zone(name: str) -> str:
    if name not in KNOWN:
        raise ValueError("Must be the name of a time zone, like Europe/Berlin")
    return name


def _known_zone(name: Any) -> Any:
    """What a browser reports by itself; one that we have not heard of must not refuse anybody."""
    return name if isinstance(name, str) and name in KNOWN else None


def _last(value: Any) -> Any:
    """Of a checkbox and the hidden field before it, the one that was sent last."""
    return value[-1] if isinstance(value, list) and value else value


UserName = Annotated[Text, AfterValidator(_user_name)]
Email = Annotated[Text, AfterValidator(_email), Field(examples=["ann@example.org"])]
Name = Annotated[Text, StringConstraints(max_length=100)]
# As typed, spaces included; longer than any password is only refused so as not to hash it.
Secret = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1024)]
# Stands after the names in its form, because it must not be one of them.
Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False),
    AfterValidator(_acceptable),
    Field(examples=["three plates and a bar"]),
]
Zone = Annotated[str, AfterValidator(_zone)]
Flag = Annotated[bool, BeforeValidator(_last)]
Contract = Literal["live", "gym", "routines", "executions", "diary"]


class RegisterIn(Form):
    """A new account."""

    username: UserName
    email: Annotated[Email | None, Blank] = None
    password: Password
    weight_unit: WeightUnit = "kg"
    timezone: Annotated[str | None, BeforeValidator(_known_zone)] = None


class LoginIn(Form):
    """A sign-in by user name or e-mail; `next` is the page to go to."""

    login: Annotated[Text, StringConstraints(min_length=1, max_length=254)]
    password: Secret
    next: Text = "/"


class NextIn(Form):
    """Which page to go to after signing in."""

    next: Text = "/"


class PasswordIn(Form):
    """Another password; `current` proves who asks, where there is one."""

    current: Secret | None = None
    password: Password


class UserIn(Form):
    """Who the person is; absent stays, an empty user name or e-mail goes."""

    username: Annotated[UserName | None, Blank] = None
    email: Annotated[Email | None, Blank] = None
    first_name: Name = ""
    last_name: Name = ""


class DeleteAccountIn(Form):
    """The password once more, before everything goes."""

    password: Secret = ""


class LinkIn(Form):
    """The password once more, before an account elsewhere is linked."""

    link_password: Secret = ""


class SettingsIn(Form):
    """How the person likes to train; what is absent stays as it is."""

    weight_unit: WeightUnit = "kg"
    distance_unit: Literal["km", "mi"] = "km"
    timezone: Zone = "UTC"
    first_day_of_week: Annotated[int, Field(ge=1, le=7), Number] = 1
    theme: Literal["auto", "light", "dark"] = "auto"
    default_rest_seconds: Annotated[int, Field(ge=0, le=3600), Number] = 90
    rest_timer_on: Flag = True
    timer_sound: Flag = True
    rpe_on: Flag = False


class TokenIn(Form):
    """A personal token: its name, what it speaks where documents collide, and for how long."""

    uuid: UUID | None = None
    name: Annotated[Text, StringConstraints(min_length=1, max_length=100)]
    contract: Contract = "live"
    read_only: Flag = False
    days: Annotated[Annotated[int, Field(ge=1, le=3650), Number] | None, Blank] = None
