"""What every form is made of, and how a wrong one is told."""

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from webapp.problems import Problem

TEXTS = {
    "missing": "Field is required",
    "string_type": "Must be a text",
    "int_type": "Must be a whole number",
    "int_parsing": "Must be a whole number",
    "int_from_float": "Must be a whole number",
    "bool_type": "Must be true or false",
    "bool_parsing": "Must be true or false",
    "list_type": "Must be a list",
    "dict_type": "Must be an object",
    "model_type": "Must be an object",
    "date_parsing": "Must be a day, like 2026-11-21",
    "date_from_datetime_parsing": "Must be a day, like 2026-11-21",
    "datetime_parsing": "Must be a moment, like 2026-11-21T18:30:00Z",
    "datetime_from_date_parsing": "Must be a moment, like 2026-11-21T18:30:00Z",
    "uuid_parsing": "Must be a UUID",
    "uuid_type": "Must be a UUID",
    "decimal_parsing": "Must be a number",
    "decimal_type": "Must be a number",
    "float_parsing": "Must be a number",
    "float_type": "Must be a number",
}


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("Must not contain NUL characters")
    return text


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[str, AfterValidator(_no_nul)]
# As written, spaces around it included.
Verbatim = Annotated[str, StringConstraints(strip_whitespace=False), AfterValidator(_no_nul)]
Blank = BeforeValidator(_blank_is_none)  # an empty form field means: nothing was said


class Form(BaseModel):
    """The base of every form: unknown keys are ignored, names are ours, aliases the contract's."""

    model_config = ConfigDict(
        extra="ignore", validate_by_name=True, validate_by_alias=True, str_strip_whitespace=True
    )

    def said(self) -> dict[str, Any]:
        """What was said, by our names; what was left out stays out."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def check(form: type[Form], data: Any, *, by_name: bool = True) -> dict[str, Any]:
    """Return what `data` says, validated. Raises Problem 400 with every wrong field at once.

    Where `by_name` is false, only a field's alias is heard, if it has one.
    """
    try:
        return form.model_validate(data, by_alias=True, by_name=by_name).said()
    except ValidationError as error:
        raise as_problem(error) from error


def as_problem(error: ValidationError) -> Problem:
    """pydantic's errors as ours: location (already in the caller's words) to texts."""
    fields: dict[tuple[str | int, ...], list[str]] = {}
    for each in error.errors(include_url=False, include_context=True, include_input=False):
        fields.setdefault(each["loc"], []).append(_text(each))
    return Problem(400, "Some of this is not right", fields=fields)


def _text(error: Any) -> str:
    if error["type"] in TEXTS:
        return TEXTS[error["type"]]
    of = error.get("ctx", {}).get("field_type", "Value")  # a text, unless it says what else
    is_text = error["type"].startswith("string_") or of == "Value"
    if is_text and error["type"].endswith("too_short"):
        return f"At least {_characters(error['ctx']['min_length'])}"
    if is_text and error["type"].endswith("too_long"):
        return f"At most {_characters(error['ctx']['max_length'])}"
    said = str(error["msg"]).removeprefix("Value error, ")
    return said.replace("Input should be", "Must be", 1)


def _characters(amount: int) -> str:
    return "1 character" if amount == 1 else f"{amount} characters"
