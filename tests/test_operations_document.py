"""docs/operations.md tells what every line of the log means that is not a request."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
LOUD = ("warning", "error", "exception")


def messages() -> Iterator[str]:
    """What the program may log of itself, up to the first value in it."""
    for path in (ROOT / "webapp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            is_log = node.func.attr in LOUD and node.args and _is_logger(node.func.value)
            if is_log and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value).partition("%")[0].partition(";")[0].strip(" :")


def _is_logger(said: ast.expr) -> bool:
    name = said.attr if isinstance(said, ast.Attribute) else getattr(said, "id", "")
    return name in ("LOG", "ERRORS", "log")


def test_every_message_of_the_log_is_explained() -> None:
    found = set(messages())
    assert len(found) > 15
    assert sorted(each for each in found if f"`{each}" not in TEXT) == []
