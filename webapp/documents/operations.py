"""The operations of a contract, from the URL map and the handlers' own source."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quart import Quart
from werkzeug.routing import Rule

from webapp import auth, claims, refusals, security, signing_in, talk, writes
from webapp.documents.reading import Found, Refusal, look_into

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_VARIABLE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_BLANK = re.compile(r"\n\s*\n")
_CALLED = re.compile(r" \((live|gym|routines|executions|diary): [^)]*\)")
NOWHERE = Refusal(404, "not_found", "There is nothing at this address", "Address")
WRONG = Refusal(400, "fields", "Some of this is not right")
LARGE = Refusal(413, "too_large", "The body is too large")


@dataclass(frozen=True)
class Operation:
    """A method of a path. `own` is what its handler does, `common` what may befall any request of
    its kind. `variables` are the path's: (name, converter)."""

    method: str
    path: str
    variables: tuple[tuple[str, str], ...]
    verb: str
    text: str
    own: Found
    common: Found
    takes: str  # whose token: "access", "refresh" or "none"
    is_shared: bool

    @property
    def is_write(self) -> bool:
        return self.method not in security.SAFE


def operations(app: Quart, name: str) -> list[Operation]:
    """Every operation of the contract `name`, in the order of the paths."""
    rules = [rule for rule in app.url_map.iter_rules() if claims.contract_of(rule) == name]
    pairs = [(rule, method) for rule in rules for method in METHODS if method in rule.methods]  # type: ignore[operator]
    found = [_operation(app, name, rule, method) for rule, method in pairs]
    return sorted(found, key=lambda each: (each.path, METHODS.index(each.method)))


def _operation(app: Quart, name: str, rule: Rule, method: str) -> Operation:
    view: Any = app.view_functions[rule.endpoint]
    own, variables = look_into(view), _VARIABLE.findall(rule.rule)
    is_public = getattr(view, "public", False)
    takes = "refresh" if signing_in.bearer in own.functions else "access"
    return Operation(
        method=method,
        path=_VARIABLE.sub(r"{\2}", rule.rule),
        variables=tuple((variable, kind or "string") for kind, variable in variables),
        verb=view.__name__,
        text=_text(view, name),
        own=own,
        common=_common(view, method, own, bool(variables)),
        takes="none" if is_public and takes == "access" else takes,
        is_shared=(method, claims.shape(rule.rule)) in app.config["SHARED"],
    )


def _text(view: Any, name: str) -> str:
    """The first paragraph about a handler, without what other documents call it."""
    whole = " ".join(_BLANK.split((view.__doc__ or "").strip())[0].split())
    return _CALLED.sub(lambda found: found[0] if found[1] == name else "", whole)


def _common(view: Any, method: str, own: Found, has_variables: bool) -> Found:
    """What the way to the handler may refuse."""
    is_write, is_public = method not in security.SAFE, getattr(view, "public", False)
    way: list[Callable[..., Any]] = [refusals.unavailable]
    way += [] if getattr(view, "anonymous", False) else [auth.identify]
    way += [auth.admit] if is_write and not is_public else []
    way += [security.refuse_cross_site] if is_write else []
    way += [writes.at_most_once] if is_write and not getattr(view, "own_transaction", False) else []
    way += [talk.body] if own.forms else []
    found = look_into(*way)
    found.refusals |= {NOWHERE} if has_variables else set()
    found.refusals |= {WRONG} if own.forms or own.queries else set()
    found.refusals |= {LARGE} if is_write else set()
    return found
