"""What may be said about webhooks."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from webapp.forms.base import Blank, Form, Text
from webapp.forms.events import Kinds
from webapp.forms.sets import MaybeUuid


class WebhookIn(Form):
    """A new webhook: where to, and what it is told of (none: everything). `uuid` is the
    client's."""

    url: Annotated[
        Text, Field(min_length=1, max_length=2048, examples=["https://example.org/hook"])
    ]
    kinds: Kinds = []
    uuid: MaybeUuid = None


class ReplayIn(Form):
    """From where to tell again: a `next` of the events, or a moment (on the person's clock when it
    names no other); neither is from the beginning."""

    since: Annotated[Text, Field(max_length=300)] = ""
    then: Annotated[datetime | None, Blank, Field(alias="from")] = None
