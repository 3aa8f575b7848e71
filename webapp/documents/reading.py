"""What a handler reads, answers and refuses, found in its source and in all that it calls."""

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from webapp import problems, talk
from webapp.documents.source import meant, node_of

Names = dict[str, tuple[Any, ...]]  # the constants that each name may stand for
_REFUSING = {
    problems.invalid: (400, "invalid"),
    problems.unauthenticated: (401, "unauthenticated"),
    problems.forbidden: (403, "forbidden"),
    problems.not_found: (404, "not_found"),
    problems.conflict: (409, "conflict"),
}
# These say what they do by how they are called; a form's or a page's own code is not followed.
_KNOWN = (talk.read, talk.query, talk.reply, *_REFUSING)
_CLOSED = ("webapp.contracts", "webapp.views", "webapp.forms", "webapp.db")


@dataclass(frozen=True, order=True)
class Refusal:
    """A Problem that may be raised. `passes` says that it may be tried again in a moment."""

    status: int
    code: str
    text: str
    noun: str = ""
    passes: bool = False


@dataclass
class Found:
    """Names of forms and replies (with their statuses), refusals, and the functions that ran."""

    forms: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    replies: list[tuple[str, int]] = field(default_factory=list)  # the nearest to the handler
    refusals: set[Refusal] = field(default_factory=set)
    functions: set[Callable[..., Any]] = field(default_factory=set)
    status: int | None = None  # what the handler itself sets


def look_into(*roots: Callable[..., Any]) -> Found:
    """What these functions do, and all they call."""
    found, seen = Found(), set[tuple[Any, ...]]()
    layer: list[tuple[Callable[..., Any], Names]] = [(root, {}) for root in roots]
    while layer:
        below: list[tuple[Callable[..., Any], Names]] = []
        replies = list(found.replies)
        for function, said in layer:
            key = (function, *sorted(said.items(), key=repr))
            node = node_of(function)
            if node is not None and key not in seen:
                seen.add(key)
                found.functions.add(function)
                below += _follow(function, node, said, found)
        found.replies, layer = replies or found.replies, below
    return found


def _follow(
    function: Callable[..., Any], node: Any, said: Names, found: Found
) -> Iterator[tuple[Callable[..., Any], Names]]:
    names = {**_defaults(node), **said}
    names = {**_assigned(node, names, function.__globals__), **names}
    called = set()
    for each in _within(node.body):
        if isinstance(each, ast.Assign) and getattr(each.targets[0], "attr", "") == "status_code":
            fixed = constants(each.value, names, function.__globals__)
            found.status = fixed[0] if fixed else found.status
        if isinstance(each, ast.Call):
            called.add(id(each.func))
            for target in _targets(each.func, function, True):
                if target in _KNOWN or target is problems.Problem:
                    _note(target, each, names, function.__globals__, found)
                elif _is_open(target):
                    yield target, _bound(target, each, names, function.__globals__)
        elif isinstance(each, ast.Name | ast.Attribute) and id(each) not in called:
            # A function that is handed on, as to partial(...) or transaction(...).
            yield from ((t, {}) for t in _targets(each, function, False) if _is_open(t))


def _within(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Every node that a program's request can come to, the outer ones first."""
    for node in body:
        yield node
        yield from _within(_for_programs(node))


def _for_programs(node: ast.AST) -> Iterable[ast.AST]:
    """The parts of a node; of a choice between people and programs the part for programs."""
    if isinstance(node, ast.If | ast.IfExp) and (choice := _is_program(node.test)) is not None:
        part = node.body if choice else node.orelse
        return part if isinstance(part, list) else [part]
    return ast.iter_child_nodes(node)


def _is_program(test: ast.expr) -> bool | None:
    """What a test comes to when a program asks; None when that is not all it asks."""
    match test:
        case ast.Attribute(attr="wants_json"):
            return True
        case ast.Call(func=ast.Attribute(attr="is_fragment")):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found = _is_program(inner)
            return None if found is None else not found
        case ast.BoolOp(op=ast.And(), values=parts) if False in map(_is_program, parts):
            return False
    return None


def _targets(node: ast.expr, function: Callable[..., Any], is_called: bool) -> list[Any]:
    names = function.__globals__
    if isinstance(node, ast.Name) and names.get(node.id) is problems.Problem:
        return [problems.Problem]
    return meant(node, names, is_called)


def _is_open(target: Any) -> bool:
    return target not in _KNOWN and not target.__module__.startswith(_CLOSED)


def _defaults(node: Any) -> Names:
    spec = node.args
    last = (spec.posonlyargs + spec.args)[-len(spec.defaults) :] if spec.defaults else []
    pairs = [*zip(last, spec.defaults, strict=True), *zip(spec.kwonlyargs, spec.kw_defaults)]  # noqa: B905
    return {name.arg: constants(value, {}, {}) for name, value in pairs if value is not None}


def _assigned(node: Any, names: Names, known: dict[str, Any]) -> Names:
    found: Names = {}
    for each in _within(node.body):
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            name = each.targets[0].id
            found[name] = found.get(name, ()) + constants(each.value, names, known)
    return found


def _bound(target: Any, call: ast.Call, names: Names, known: dict[str, Any]) -> Names:
    """What the arguments of a call are, where they are constants."""
    spec = node_of(target)
    if spec is None:
        return {}
    positional = [each.arg for each in spec.args.posonlyargs + spec.args.args]
    said = [*zip(positional, call.args, strict=False)]
    said += [(each.arg, each.value) for each in call.keywords if each.arg]
    values = ((name, constants(value, names, known)) for name, value in said)
    return {name: value for name, value in values if value}


def constants(node: ast.AST | None, names: Names, known: dict[str, Any]) -> tuple[Any, ...]:
    """The texts and numbers that an expression may be; what varies in a text is "..."."""
    match node:
        case ast.Constant(value=str() | int() as value):
            return (value,)
        case ast.IfExp(body=one, orelse=other):
            return constants(one, names, known) + constants(other, names, known)
        case ast.Name(id=name):
            fixed = known.get(name)
            return names.get(name) or ((fixed,) if isinstance(fixed, str | int) else ())
        case ast.JoinedStr(values=parts):
            return ("".join(_part(part, names, known) for part in parts),)
    return ()


def _part(node: ast.expr, names: Names, known: dict[str, Any]) -> str:
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    value = constants(inner, names, known)
    return str(value[0]) if len(value) == 1 else "…"


def _note(target: Any, call: ast.Call, names: Names, known: dict[str, Any], found: Found) -> None:
    said = [constants(each, names, known) for each in call.args]
    first: tuple[Any, ...] = said[0] if said else ()
    if target is talk.reply:
        status = (said[1] if len(said) > 1 else ()) or (200,)
        found.replies += [(name, code) for name in first for code in status]
    elif target in (talk.read, talk.query):
        (found.forms if target is talk.read else found.queries).extend(first)
    else:
        found.refusals |= set(_refusals(target, said, call, names, known))


def _refusals(
    target: Any, said: list[Any], call: ast.Call, names: Names, known: dict[str, Any]
) -> Iterator[Refusal]:
    more = {each.arg: constants(each.value, names, known) for each in call.keywords if each.arg}
    passes = any(each.arg == "retry_after" for each in call.keywords)
    if target is problems.Problem:
        code = (more.get("code") or ("invalid",))[0]
        texts = (said[1] if len(said) > 1 else ()) or ("",)
        yield from (Refusal(s, code, text, "", passes) for s in said[0] for text in texts)
        return
    status, code = _REFUSING[target]
    usual = inspect.signature(target).parameters.get("text")
    unsaid = str(usual.default) if usual and usual.default is not usual.empty else ""
    for text in (said[0] if said else (unsaid,)) or ("",):
        is_noun = target is problems.not_found
        whole = f"{text} not found" if is_noun else text
        yield Refusal(status, code, whole, text if is_noun else "", passes)
