"""Which handler answers a URL that several documents claim, and gym's letters of either case."""

import re
from functools import lru_cache
from typing import Any

from quart import Quart, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map, Rule

from webapp.auth import Caller

DEFAULT = "routines"
_VARIABLE = re.compile(r"<(?:[^:>]+:)?(\w+)>")
# What live documents below /api/workouts stays live's, whatever stands for the id.
_LIVES_OWN = re.compile(r"/api/workouts(/[^/]+)?/?\Z|/api/workouts/exercises/[^/]+/?\Z")


class Id(IntegerConverter):
    """An integer id of a row; what no column can hold is no address."""

    regex = r"\d{1,18}"


def contract_of(rule: Rule) -> str:
    """The contract (or "pages") whose blueprint a rule hangs on."""
    return rule.endpoint.partition(".")[0]


@lru_cache(maxsize=1024)
def shape(rule: str) -> str:
    """A rule without the names and kinds of its variables."""
    return _VARIABLE.sub("{}", rule)


def shared(app: Quart) -> dict[tuple[str, str], dict[str, Rule]]:
    """The pairs of method and path that more than one contract claims, and their rules."""
    claims: dict[tuple[str, str], dict[str, Rule]] = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            claims.setdefault((method, shape(rule.rule)), {})[contract_of(rule)] = rule
    return {pair: rules for pair, rules in claims.items() if len(rules) > 1}


def choose(
    rules: dict[str, Rule], matched: Rule, where: dict[str, Any], caller: Caller | None
) -> tuple[Rule, dict[str, Any]]:
    """The rule that answers, and its arguments: `Accept-Profile`, else the token's contract."""
    wanted = (request.headers.get("Accept-Profile"), caller.contract if caller else None, DEFAULT)
    rule = next((rules[name] for name in wanted if name in rules), matched)
    values = [where[name] for name in _VARIABLE.findall(matched.rule)]
    return rule, dict(zip(_VARIABLE.findall(rule.rule), values, strict=True))


def small_letters(app: Quart) -> Map:
    """gym's rules with small first letters, for requests that nothing else matches."""
    rules = [
        Rule(_small(rule.rule), endpoint=rule.endpoint, methods=rule.methods)
        for rule in app.url_map.iter_rules()
        if contract_of(rule) == "gym"
    ]
    return Map(rules, converters=app.url_map.converters, strict_slashes=False)


@lru_cache(maxsize=1024)
def _small(path: str) -> str:
    parts = path.split("/")
    return "/".join(p if p.startswith("<") else p[:1].lower() + p[1:] for p in parts)


def in_small_letters(rules: Map) -> tuple[Rule, dict[str, Any]] | None:
    """The rule of gym this request means when case is forgiven; None when there is none."""
    if not request.path.startswith("/api/") or _LIVES_OWN.match(request.path):
        return None
    adapter = rules.bind("localhost")
    try:
        rule, where = adapter.match(_small(request.path), request.method, return_rule=True)
        return rule, dict(where)
    except HTTPException:
        return None
