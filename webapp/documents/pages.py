"""The pages for people who write programs: the documented APIs, and what they have in common."""

from typing import Any

from quart import Response, current_app, request

from webapp.contracts import BY_NAME
from webapp.documents.written import written
from webapp.problems import Problem, conflict, not_found, unauthenticated
from webapp.routing import BLUEPRINTS, anonymous, pages, public
from webapp.talk import reply

BASES = {each.name: each.url_prefix for each in BLUEPRINTS if each.name in BY_NAME}
REFUSED = (
    Problem(400, "Some of this is not right", fields={("reps",): ["Must be a whole number"]}),
    unauthenticated(),
    not_found("Workout"),
    conflict("A workout is in progress; finish or stop it first"),
)


def _base() -> str:
    return request.host_url.rstrip("/")


def _app() -> Any:
    return current_app._get_current_object()  # type: ignore[attr-defined]


@pages.get("/docs")
@public
async def documents() -> Response:
    """The documented APIs."""
    names = {name: _first_line(words) for name, words in BY_NAME.items()}
    return await reply("documents", names=names, base=_base())


def _first_line(words: Any) -> str:
    return (words.__doc__ or "").strip().partition("\n\n")[2].replace("\n", " ")


@pages.get("/docs/<name>")
@public
async def document(name: str) -> Response:
    """Every operation of one API with a line that can be pasted."""
    _known(name)
    facts: dict[str, Any] = {"about": _first_line(BY_NAME[name]), "base": _base()}
    operations = (await written(_app(), name)).operations
    return await reply("document", name=name, operations=operations, **facts)


def _known(name: str) -> None:
    if name not in BY_NAME:
        raise not_found("Document")


@pages.get("/docs/<name>/openapi.json")
@anonymous
async def openapi(name: str) -> Response:
    """The OpenAPI 3.1 document of one API."""
    _known(name)
    made = (await written(_app(), name)).openapi
    return Response(made, 200, {"Cache-Control": "no-cache"}, content_type="application/json")


@pages.get("/docs/guide")
@public
async def guide() -> Response:
    """What the APIs have in common, and where they differ."""
    refusals = {
        name: [_refusal(words, each) for each in REFUSED] for name, words in BY_NAME.items()
    }
    bases = {name: BASES[name] for name in BY_NAME}
    return await reply("guide", refusals=refusals, bases=bases, shared=_shared(), base=_base())


def _refusal(words: Any, problem: Problem) -> tuple[int, dict[str, Any]]:
    status, body, _ = words.error(problem)
    return status, body


def _shared() -> list[tuple[str, str]]:
    """The pairs of method and path that the token or a header decides."""
    rivals = current_app.config["SHARED"].items()
    ours = [pair for pair, rules in rivals if {"routines", "executions"} <= set(rules)]
    return sorted((method, path.replace("{}", "{id}")) for method, path in ours)
