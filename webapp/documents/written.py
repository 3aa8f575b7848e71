"""The documents of an app, written when somebody first asks for them."""

import asyncio
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from quart import Quart

from webapp.contracts import BY_NAME
from webapp.documents.examples import example, shape, words
from webapp.documents.openapi import Writer
from webapp.documents.operations import Operation, operations

TOKENS = {"access": "$TOKEN", "refresh": "$REFRESH_TOKEN"}


@dataclass(frozen=True)
class Written:
    """A contract's document as JSON, and its operations as the page shows them."""

    openapi: bytes
    operations: list[dict[str, Any]]


async def written(app: Quart, name: str) -> Written:
    """The document of the contract `name`; reading all the source takes a moment, once."""
    known: dict[str, Written] = app.config.setdefault("DOCUMENTS", {})
    if name not in known:
        known[name] = await asyncio.to_thread(_write, app, name)
    return known[name]


def _write(app: Quart, name: str) -> Written:
    writer = Writer(name, BY_NAME[name], operations(app, name))
    shown = [_shown(writer, each) for each in writer.operations]
    return Written(orjson.dumps(writer.document()), shown)


def _shown(writer: Writer, each: Operation) -> dict[str, Any]:
    """An operation as the page tells it."""
    body, known = writer.body_schema(each), writer.components
    return {
        "method": each.method,
        "path": each.path,
        "id": f"{each.method} {each.path}".lower().replace(" ", "-").replace("/", "-"),
        "text": each.text,
        "query": [
            (one["name"], words(one["schema"], known), one["required"])
            for one in writer.query(each)
        ],
        "takes": _pretty(shape(body, known)) if body and shape(body, known) != "object" else "",
        "answers": [
            (status, _pretty(shape(schema, known)) if schema is not None else "")
            for status, schema in writer.answers(each).items()
        ],
        "refusals": writer.refusals(each, only_own=True),
        "curl": curl(writer, each),
    }


def _pretty(told: Any) -> str:
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def curl(writer: Writer, each: Operation) -> tuple[str, str]:
    """What stands before and after the address of the server in a line for the shell."""
    path = each.path
    for one in writer.variables(each):
        path = path.replace(f"{{{one['name']}}}", str(one["example"]))
    asked = {
        one["name"]: example(one["schema"], writer.components, one["name"])
        for one in writer.query(each)
        if one["required"]
    }
    path += f"?{urlencode(asked)}" if asked else ""
    more = [f'-H "Authorization: Bearer {TOKENS[each.takes]}"'] if each.takes in TOKENS else []
    more += [f'-H "Accept-Profile: {writer.name}"'] if each.is_shared else []
    body = writer.sample(each)
    if body is not None:
        said = orjson.dumps(body).decode()
        more += ['-H "Content-Type: application/json"', f"-d {shlex.quote(said)}"]
    return f"curl -X {each.method} ", " \\\n  ".join([shlex.quote(path), *more])
