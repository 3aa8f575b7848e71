"""The source of the product's own functions, parsed once, and what the names in it stand for."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

Function = Callable[..., Any]
Node = ast.FunctionDef | ast.AsyncFunctionDef
ROOT = "webapp."
# Where rows and rules live: a method called on a value is looked for in the classes of these.
RULES = ("webapp.models", "webapp.training", "webapp.history")
# What every value of Python has; "".join(...) is not a person's joining.
COMMON = {name for kind in (str, bytes, list, dict, set) for name in dir(kind)}


def is_ours(thing: Any) -> bool:
    """Whether this is a function of the product."""
    return inspect.isfunction(thing) and thing.__module__.startswith(ROOT)


@cache
def node_of(function: Function) -> Node | None:
    """Where a function is written; None for what has no source of its own, like a lambda."""
    return _functions(function.__module__).get(function.__qualname__)


@cache
def _functions(module: str) -> dict[str, Node]:
    source = inspect.getsource(sys.modules[module])
    return dict(_named(ast.parse(source).body, ""))


def _named(body: list[ast.stmt], before: str) -> Iterator[tuple[str, Node]]:
    for each in body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield before + each.name, each
        elif isinstance(each, ast.ClassDef):
            yield from _named(each.body, f"{before}{each.name}.")


def meant(node: ast.expr, names: dict[str, Any], is_called: bool) -> list[Function]:
    """The functions of the product that an expression may stand for.

    A method of a value is any of that name: of the classes that the module knows, if they have it.
    """
    found: Any = _value(node, names)
    if inspect.isroutine(found) or isinstance(found, ModuleType | type):
        plain = inspect.unwrap(_function(found))
        return [plain] if is_ours(plain) else []
    if not (is_called and isinstance(node, ast.Attribute)):
        return []
    methods = _methods().get(node.attr, ())
    near = [each for each in methods if each.__qualname__.partition(".")[0] in names]
    return near or list(methods)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if not isinstance(node, ast.Attribute):
        return None
    owner = _value(node.value, names)
    is_place = isinstance(owner, ModuleType | type)
    return getattr(owner, node.attr, None) if is_place else None


@cache
def _methods() -> dict[str, tuple[Function, ...]]:
    """Every method of the classes of rows and rules, by name."""
    found: dict[str, list[Function]] = {}
    for name, module in list(sys.modules.items()):
        if not name.startswith(RULES):
            continue
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == name:
                for method in map(_function, vars(kind).values()):
                    if is_ours(method) and method.__name__ not in COMMON:
                        found.setdefault(method.__name__, []).append(method)
    return {name: tuple(methods) for name, methods in found.items()}


def _function(member: Any) -> Any:
    return getattr(member, "__func__", member)
