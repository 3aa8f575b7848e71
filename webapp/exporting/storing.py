"""Rows of an exported account on their way into the database."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from webapp.db import Row, rows
from webapp.db.marks import row_marks
from webapp.exporting.fields import Shape
from webapp.exporting.telling import REFERENCES, columns, own

Ids = Mapping[str, Mapping[str, int]]  # ids of rows by column and by what the file calls them
CHUNK = 500  # rows a statement: both engines take some 32,000 parameters


def stored(line: Shape, ids: Ids, **more: Any) -> dict[str, Any]:
    """The columns of a row of the file, and `more` of them."""
    found = {
        column: _value(name, getattr(line, name), ids)
        for name, column in zip(own(type(line)), columns(type(line)), strict=True)
    }
    if "updated_at" in found:
        found["updated_at"] = found["updated_at"] or found["created_at"]
    return {**found, **more}


def _value(name: str, value: Any, ids: Ids) -> Any:
    if name in REFERENCES:
        return None if value is None else ids.get(name, {}).get(str(value))
    if isinstance(value, BaseModel):
        return text(value.model_dump(exclude_none=True, exclude_defaults=True))
    if isinstance(value, dict | list):
        return text(value)
    return str(value) if isinstance(value, UUID) else value


def text(data: Any) -> str:
    """Data as a column of JSON takes it."""
    return orjson.dumps(data).decode()


async def insert(table: str, lines: Sequence[dict[str, Any]], key: str = "uuid") -> dict[str, int]:
    """Insert rows of one shape; those that are there already stay as they are. Returns the ids of
    the new ones by their `key`."""
    found: list[Row] = []
    for start in range(0, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        sql = (
            f"INSERT INTO {table} ({', '.join(chunk[0])}) VALUES {row_marks(chunk)} "  # noqa: S608 - ours
            f"ON CONFLICT DO NOTHING RETURNING id, {key} AS key"
        )
        found += await rows(sql, *(value for each in chunk for value in each.values()))
    return {str(each["key"]): each["id"] for each in found}
