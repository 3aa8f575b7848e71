"""What a form says of a wrong field is said in our words, not in those of the library."""

from datetime import datetime
from typing import Annotated

import pytest
from pydantic import Field, StringConstraints

from webapp.forms.base import Form, Text, check
from webapp.problems import Problem


class _Said(Form):
    plain: Annotated[str, StringConstraints(min_length=3, max_length=5)] = "said"
    letter: Annotated[str, StringConstraints(min_length=1)] = "a"
    text: Annotated[Text, Field(min_length=3, max_length=5)] = "said"
    many: Annotated[list[int], Field(min_length=1)] = Field(default=[1])
    at: datetime | None = None


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("plain", "ab", "At least 3 characters"),
        ("plain", "abcdef", "At most 5 characters"),
        ("letter", "", "At least 1 character"),
        ("text", "ab", "At least 3 characters"),
        ("text", "abcdef", "At most 5 characters"),
        ("many", [], "List should have at least 1 item after validation, not 0"),
        ("at", "yesterday", "Must be a moment, like 2026-11-21T18:30:00Z"),
    ],
)
def test_a_wrong_field_is_told_in_our_words(field: str, value: object, text: str) -> None:
    with pytest.raises(Problem) as refused:
        check(_Said, {field: value})
    assert list(refused.value.fields.values()) == [[text]]
