"""Bodies with a key for every column there is, and finding what of it was stored."""

import re
from typing import Any

from tortoise import Tortoise, fields
from tortoise.models import Model

from webapp.db import rows
from webapp.documents.schemas import resolved
from webapp.models.fields import ExactDecimal

UUID = "deadbeef-0000-7000-8000-000000424242"
# Whole numbers only: clocks count microseconds, and a moment may well end in .424242.
TRACES = re.compile(r"poison|(?<![\w.])424(?:242|\.2424)(?![\w.])|1999-09-09|deadbeef-0000")
VALUES: list[tuple[type[Any], Any]] = [
    (fields.BooleanField, True),
    (fields.IntField, 424242),
    (ExactDecimal, "424.2424"),
    (fields.FloatField, 424.2424),
    (fields.DatetimeField, "1999-09-09T09:09:09Z"),
    (fields.DateField, "1999-09-09"),
    (fields.UUIDField, UUID),
    (fields.JSONField, {"poison": "poison"}),
]
# What is another each time something is made, and cannot be compared; TRACES are looked for in it.
_CHANGING = re.compile(r"(\A|_)(id|uuid|at|hash|hint|address|local_date|secret|body|ms)\Z")
_SKIPPED = ("feeds", "past_editions", "throttles", "kept_answers", "aerich")


def models() -> list[type[Model]]:
    return list(Tortoise.apps["models"].values())


def poison() -> dict[str, Any]:
    """A value for every column of every model, named as here and as in camelCase."""
    found: dict[str, Any] = {}
    for model in models():
        for name, each in model._meta.fields_map.items():
            if name in model._meta.fetch_fields:
                continue
            value = next((value for kind, value in VALUES if isinstance(each, kind)), "poison")
            head, *rest = name.split("_")
            camel = head + "".join(part.title() for part in rest)
            found |= {name: value, camel: value, camel[:1].upper() + camel[1:]: value}
    return found


def spoiled(body: Any, schema: Any, components: Any, extra: dict[str, Any]) -> Any:
    """The body with everything that its schema does not name, down to the last object in it."""
    schema = resolved(schema, components)
    for each in schema.get("anyOf", ()):
        if resolved(each, components).get("type") in ("object", "array"):
            schema = resolved(each, components)
    if isinstance(body, list):
        return [spoiled(each, schema.get("items", {}), components, extra) for each in body]
    if not isinstance(body, dict):
        return body
    known = schema.get("properties", {})
    said = {key: spoiled(v, known.get(key, {}), components, extra) for key, v in body.items()}
    return {key: value for key, value in extra.items() if key not in known} | said


async def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row of every person."""
    found = {}
    for model in models():
        table = model._meta.db_table
        if table not in _SKIPPED:
            owned = "WHERE user_id IS NOT NULL" if "user_id" in model._meta.fields_map else ""
            told = await rows(f"SELECT * FROM {table} {owned} ORDER BY id")
            found[table] = [dict(each) for each in told]
    return found


def comparable(found: dict[str, list[dict[str, Any]]]) -> Any:
    """The same without what is another each time; owners are numbered from the first on."""
    owners = {each["id"]: number for number, each in enumerate(found["users"])}
    return {
        table: [
            {name: value for name, value in each.items() if not _CHANGING.search(name)}
            | {"owner": owners.get(each.get("user_id"))}
            for each in lines
        ]
        for table, lines in found.items()
    }
