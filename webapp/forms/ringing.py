"""What a browser says that wants to be rung."""

from typing import Annotated

from pydantic import AfterValidator, Field

from webapp.forms.base import Blank, Form, Text


def _is_point(text: str) -> str:
    from webapp.ringing.sealing import point  # cryptography is 9 MB that only who rings needs

    try:
        point(text)
    except (ValueError, TypeError) as error:
        raise ValueError("Must be a key of P-256") from error
    return text


def _is_secret(text: str) -> str:
    from webapp.ringing.sealing import decoded

    try:
        is_one = text.isascii() and len(decoded(text)) == 16
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError("Must be a secret of 16 bytes")
    return text


class RingIn(Form):
    """A subscription of the Push API: its endpoint, and its two keys in base64url."""

    endpoint: Annotated[Text, Field(max_length=2048)]
    p256dh: Annotated[Text, Field(max_length=100), AfterValidator(_is_point)]
    auth: Annotated[Text, Field(max_length=30), AfterValidator(_is_secret)]


class RingOff(Form):
    """Which browser is not to be rung any more; empty is all."""

    endpoint: Annotated[Annotated[Text, Field(max_length=2048)] | None, Blank] = None
