"""The fields of a form, of which there are never many: taking a flood of them apart takes long."""

from urllib.parse import parse_qsl

from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

URLENCODED = ("application/x-www-form-urlencoded", "application/x-url-encoded")
LARGEST = 1024 * 1024
MOST_FIELDS = 10_000


def fields(said: bytes) -> ImmutableMultiDict[str, str]:
    """What the body of a form says; nothing where that is no text. Raises RequestEntityTooLarge."""
    if len(said) > LARGEST or said.count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge
    try:
        return ImmutableMultiDict(parse_qsl(said.decode(), keep_blank_values=True))
    except ValueError:
        return ImmutableMultiDict()
