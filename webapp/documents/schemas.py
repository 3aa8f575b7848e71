"""JSON Schemas of a contract's words: of its forms, and of what its replies are annotated with."""

import types
from collections.abc import Callable, Iterable
from functools import cache
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypedDict

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/{model}"
NOTHING = type(None)


class Plain(GenerateJsonSchema):
    """Schemas without what says nothing: a title for each field that repeats its name, defaults."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> Schema:
        """Without the default: in a form it only stands for what was not said."""
        return self.generate_inner(schema["schema"])


def answered(word: Callable[..., Any]) -> Any:
    """What a contract's function is annotated to answer with."""
    return get_type_hints(word, include_extras=True)["return"]


def refused(error: Callable[..., Any]) -> Any:
    """What the body of a contract's refusals is annotated with."""
    return get_args(answered(error))[1]


def without_none(hint: Any) -> tuple[Any, bool]:
    """A hint without its None, and whether it had one; None alone is (None, True)."""
    if hint in (None, NOTHING):
        return None, True
    if get_origin(hint) not in (Union, types.UnionType) or NOTHING not in get_args(hint):
        return hint, False
    return Union[tuple(each for each in get_args(hint) if each is not NOTHING)], True  # noqa: UP007


@cache
def exact(hint: Any) -> Any:
    """A hint whose TypedDicts have just their keys, and no others.

    They are made anew, because pydantic reads only those of typing_extensions before Python 3.12.
    """
    if is_typeddict(hint):
        return _exact_dict(hint)
    if get_origin(hint) is NotRequired:
        return exact(get_args(hint)[0])
    if get_origin(hint) is Annotated:
        return Annotated[exact(hint.__origin__), *hint.__metadata__]
    if get_origin(hint) in (Union, types.UnionType):
        return Union[tuple(exact(each) for each in get_args(hint))]  # noqa: UP007
    if get_origin(hint) in (list, dict, tuple):
        return get_origin(hint)[tuple(exact(each) for each in get_args(hint))]
    return hint


def _exact_dict(hint: Any) -> Any:
    fields = {name: exact(each) for name, each in get_type_hints(hint, include_extras=True).items()}
    optional = hint.__optional_keys__
    known = {n: NotRequired[each] if n in optional else each for n, each in fields.items()}
    made = TypedDict(hint.__name__, known)  # type: ignore[misc]
    made.__doc__ = hint.__doc__
    made.__module__ = hint.__module__
    made.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    return made


def schemas(forms: Iterable[Any], answers: Iterable[Any]) -> tuple[dict[Any, Schema], Schema]:
    """The schema of every form and of every answer's hint, and the components they refer to."""
    said = [(form, "validation", TypeAdapter(form)) for form in dict.fromkeys(forms)]
    told = [(hint, "serialization", TypeAdapter(exact(hint))) for hint in dict.fromkeys(answers)]
    found, more = TypeAdapter.json_schemas(
        [*said, *told],  # type: ignore[list-item]
        ref_template=REFERENCE,
        schema_generator=Plain,
    )
    return {key: schema for (key, _), schema in found.items()}, more.get("$defs", {})


def resolved(schema: Schema, components: Schema) -> Schema:
    """The schema that a reference stands for."""
    while "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return schema
