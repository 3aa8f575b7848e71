"""A stored row in the words of its shape; what is as usual is left out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel

from webapp.db import Row, moment
from webapp.exporting.fields import Shape

Names = Mapping[str, Mapping[int, str]]  # what rows are called, by column and id
# A field whose column has another name: the id of the row that it names.
REFERENCES = ("location", "exercise", "merged_into", "routine", "routine_item")


@cache
def own(shape: type[Shape]) -> list[str]:
    """The fields of a shape but those that hold rows of another."""
    return [name for name, each in shape.model_fields.items() if not _is_nested(each.annotation)]


def _is_nested(hint: Any) -> bool:
    inner = get_args(hint)[0] if get_origin(hint) is list else None
    return isinstance(inner, type) and issubclass(inner, Shape)


@cache
def columns(shape: type[Shape]) -> list[str]:
    """The columns a shape is told from."""
    return [f"{name}_id" if name in REFERENCES else name for name in own(shape)]


def told(shape: type[Shape], row: Row, names: Names) -> dict[str, Any]:
    """What the shape says of a row; what is as usual is left out."""
    found: dict[str, Any] = {}
    for name, column, usual, word in _words(shape):
        value = row[column]
        if value is not None and word is not None:
            value = word(value)
        if name in REFERENCES and value is not None:
            value = names[name].get(value)
        if value is not None and value != usual:
            found[name] = value
    if found.get("updated_at") == found.get("created_at"):
        found.pop("updated_at", None)
    return found


@cache
def _words(shape: type[Shape]) -> list[tuple[str, str, Any, Callable[[Any], Any] | None]]:
    hints = get_type_hints(shape)
    return [
        (name, column, _plain(shape.model_fields[name].default), _word(name, hints[name]))
        for name, column in zip(own(shape), columns(shape), strict=True)
    ]


def _plain(usual: Any) -> Any:
    return usual.model_dump(exclude_none=True) if isinstance(usual, BaseModel) else usual


def _word(name: str, hint: Any) -> Callable[[Any], Any] | None:
    if name in REFERENCES:
        return None
    kinds = set(_kinds(hint))
    if kinds & {dict, list} or any(issubclass(kind, Shape) for kind in kinds):
        return _data
    return next((WORDS[kind] for kind in kinds if kind in WORDS), None)


def _kinds(hint: Any) -> Iterable[type]:
    if get_origin(hint) in (Union, UnionType):
        for each in get_args(hint):
            yield from _kinds(each)
    elif get_origin(hint) is Annotated:
        yield from _kinds(get_args(hint)[0])
    else:
        kind = get_origin(hint) or hint
        if isinstance(kind, type):
            yield kind


def _data(stored: Any) -> Any:
    return orjson.loads(stored) if isinstance(stored, str) else stored


def instant(stored: Any) -> str:
    """ "2025-11-21T18:40:12.345678Z"."""
    if isinstance(stored, str) and stored.endswith("+00:00"):
        return f"{stored[:10]}T{stored[11:-6]}Z"  # as SQLite has most: twice as quick
    when = moment(stored)
    assert when is not None  # noqa: S101 - only asked of values
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


WORDS: dict[type, Callable[[Any], Any]] = {
    AwareDatetime: instant,
    date: str,
    UUID: str,
    bool: bool,
}
