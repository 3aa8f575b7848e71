"""Hear and answer in the caller's words: `read` and `reply` (refusals.py says what went wrong).

A verb is written once. Its reply has a name: for people that is the template of the name (with
the view of the name, when there is one), for programs the function of the name in the contract
they speak.
"""

import inspect
from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any

import orjson
from quart import Response, redirect
from quart.wrappers.response import DataBody
from werkzeug.datastructures import Headers, MIMEAccept, MultiDict
from werkzeug.http import parse_accept_header

from webapp import forms, toasts, views
from webapp.contracts import BY_NAME, live, spoken_at
from webapp.here import current_app, g, heard, request
from webapp.problems import Problem
from webapp.security import PRIVATE
from webapp.settings import ROOT

VARY = "Accept, Accept-Profile, Authorization, HX-Request"
MAX_JSON = 2 * 1024 * 1024


def contract() -> ModuleType:
    """The contract this request speaks; pages that are asked for JSON speak live."""
    spoken: ModuleType | None = g.get("contract")
    return spoken or live


def contract_name() -> str:
    return contract().__name__.rpartition(".")[2]


def begin() -> None:
    """Decide, once a request, in which words it is answered."""
    said = heard()
    g.contract = spoken_at(said.path, said.headers.get("Accept-Profile"))
    g.wants_json = g.contract is not None or _prefers_json(said.headers.get("Accept", ""))


def speak(name: str | None) -> None:
    """Answer in the words of the contract `name`, when it is one."""
    if name in BY_NAME:
        g.contract = BY_NAME[name]


@lru_cache(maxsize=32)
def _prefers_json(accept: str) -> bool:
    wanted = parse_accept_header(accept, MIMEAccept)
    return wanted["application/json"] > wanted["text/html"]


def is_fragment() -> bool:
    return "HX-Request" in request.headers


async def read(name: str) -> dict[str, Any]:
    """Return what the body says, by our names, through the form `name` of the contract spoken.

    Raises Problem 400 (fields), 400 unreadable, 413.
    """
    form, is_theirs = _form(name)
    return forms.check(form, await body(), by_name=not is_theirs)


async def query(name: str) -> dict[str, Any]:
    """Like `read`, for what the URL's query says."""
    form, is_theirs = _form(name)
    return forms.check(form, _flat(request.args), by_name=not is_theirs)


def _form(name: str) -> tuple[type[forms.Form], bool]:
    """The form of this name, and whether it is a document's, which our own names say nothing to."""
    theirs = getattr(contract(), name, None) if g.wants_json else None
    return theirs or getattr(forms, name), theirs is not None


async def body() -> Any:
    """The body as plain data: an object of JSON, or a form's fields. Raises Problem."""
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return _flat(await request.form)
    raw: Any = await request.get_data()
    return _object(raw) if raw else {}


def _flat(fields: MultiDict[str, str]) -> dict[str, Any]:
    return {name: many[0] if len(many) == 1 else many for name, many in fields.lists()}


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_JSON:
        raise Problem(413, "The body is too large", code="too_large")
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Problem(400, "The body is not readable JSON", code="unreadable") from error
    if not isinstance(data, dict):
        raise Problem(400, "The body must be a JSON object", code="unreadable")
    return data


async def reply(
    name: str,
    status: int = 200,
    /,
    *,
    to: str | None = None,
    headers: dict[str, str] | None = None,
    **facts: Any,
) -> Response:
    """Answer with the reply `name`.

    Programs get JSON by the contract's function of that name (None is 204). People get the
    template of that name: htmx as a fragment; a plain form, or a reply that has no template, is
    sent on to `to` (303); without `to` it is a whole page. A fact may be an async function: it is
    called only when the words chosen ask for it by name, so nobody pays for what only others are
    told.
    """
    if g.wants_json:
        word = getattr(contract(), name, None)
        if word is None:
            raise Problem(406, "This page has no JSON form", code="not_acceptable")
        return as_json(await _say(word, facts), status, headers)
    if to is not None and not (is_fragment() and _has_template(name)):
        return sent_on(to)
    view = getattr(views, name, None)
    shown = await _say(view, facts) if view else await _all(facts)
    # A fragment says 200 where a program hears 204: htmx shows nothing of a 204.
    shown_as = status if is_fragment() and status != 204 else 200
    return as_html(page(f"{name}.html", **shown), shown_as, headers)


@lru_cache(maxsize=256)
def _has_template(name: str) -> bool:
    return (ROOT / "templates" / f"{name}.html").exists()


async def _say(word: Callable[..., Any], facts: dict[str, Any]) -> Any:
    asked = _parameters(word)
    return word(**await _all({key: fact for key, fact in facts.items() if key in asked}))


async def _all(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: await fact() if callable(fact) else fact for key, fact in facts.items()}


@lru_cache(maxsize=1024)
def _parameters(word: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(word).parameters)


def sent_on(to: str) -> Response:
    answer = redirect(to, 303)
    answer.headers["Vary"] = VARY
    return answer  # type: ignore[return-value]


def page(template: str, **shown: Any) -> str:
    """Render a template with what every page knows: who is signed in, what was typed, errors."""
    known = {"user": g.get("caller"), "typed": g.get("typed", {}), "errors": g.get("errors", {})}
    known |= {"problem": g.get("problem"), "path": request.path, "theme": _theme()}
    if not shown.get("toast") and not is_fragment():
        shown["toast"] = toasts.take()
    text: str = current_app.config["TEMPLATES"].get_template(template).render(known | shown)
    return text


def _theme() -> str:
    caller = g.get("caller")
    return caller.theme if caller and caller.theme != "auto" else ""


def as_json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON, or 204 for None."""
    extra = {**_of_contract(contract_name()), **(headers or {})}
    if data is None:
        return Response("", 204 if status < 300 else status, extra)
    return _answer(orjson.dumps(data), status, {"Content-Type": "application/json", **extra})


@lru_cache(maxsize=16)
def _of_contract(name: str) -> dict[str, str]:
    """What each answer in the words of a contract says of itself."""
    link = {"Link": f'</docs/{name}>; rel="profile"'} if name in BY_NAME else {}
    return {"Vary": VARY, "Cache-Control": PRIVATE, **link}


def as_html(
    text: str | bytes, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    extra = {"Vary": VARY, **(headers or {})}
    body = text.encode() if isinstance(text, str) else text
    return _answer(body, status, {"Content-Type": "text/html; charset=utf-8", **extra})


def _answer(body: bytes, status: int, headers: dict[str, str]) -> Response:
    """An answer of which nothing has to be found out any more."""
    said = Headers([*headers.items(), ("Content-Length", str(len(body)))])
    return Response(DataBody(body), status, said)
