"""What a program asks of what happened."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from webapp.feed.reading import KINDS, LONGEST
from webapp.forms.base import Form, Text


def _kinds(value: object) -> list[str]:
    """Kinds in one text with commas, in several, or in a list; each once, in our order."""
    texts = value if isinstance(value, list) else [value]
    said = {part.strip() for text in texts for part in str(text).split(",") if part.strip()}
    if strange := sorted(said - set(KINDS)):
        raise ValueError(f"There is no {strange[0][:40]}; there are {', '.join(KINDS)}")
    return [kind for kind in KINDS if kind in said]


Kinds = Annotated[
    list[str],
    BeforeValidator(_kinds, json_schema_input_type=str),
    Field(json_schema_extra={"items": {"type": "string", "enum": list(KINDS)}}),
]


class EventsQuery(Form):
    """Where to read on: the `next` of the answer before (none: from the beginning), how many at
    most, of which kinds (with commas), and how many seconds to wait when there is nothing yet; the
    answer may come earlier."""

    since: Annotated[Text, Field(max_length=300)] = ""
    limit: Annotated[int, Field(ge=1, le=LONGEST)] = 100
    wait: Annotated[int, Field(ge=0, le=30)] = 0
    kinds: Kinds = []
