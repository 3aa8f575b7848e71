"""Pages that are kept as HTML: marks stand where each request puts in something of its own."""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from webapp import talk, toasts
from webapp.here import current_app

Parts = list[bytes | str]  # HTML, or the name of what stands there

_MARK = secrets.token_hex(12)  # nobody can write it into a name
_MARKED = re.compile(rf"{_MARK}\.(\w+)\.")


def mark(name: str) -> str:
    """What to render where something of that name will stand."""
    return f"{_MARK}.{name}."


def parts(text: str) -> Parts:
    """The text by its marks."""
    found = _MARKED.split(text)
    return [each if n % 2 else each.encode() for n, each in enumerate(found)]


def filled(found: Parts, known: Mapping[str, bytes]) -> bytes:
    """The HTML with what stands at each mark."""
    return b"".join([part if isinstance(part, bytes) else known[part] for part in found])


def rendered(template: str, **view: Any) -> str:
    """The template with nothing but this view."""
    made: str = current_app.config["TEMPLATES"].get_template(template).render(view)
    return made


def page(template: str, theme: str, **view: Any) -> Parts:
    """A whole page for somebody who chose this theme, with a mark for its toast."""
    shown = {"user": True, "theme": "" if theme == "auto" else theme, "toast": mark("toast")}
    return parts(rendered(template, **view, **shown))


def toast() -> bytes:
    """The toast of the page that is answered now, or the place for one."""
    left = None if talk.is_fragment() else toasts.take()
    return rendered("flow/toast.html", toast=left).encode() if left else _no_toast()


@lru_cache(maxsize=1)
def _no_toast() -> bytes:
    return rendered("flow/toast.html").encode()
