"""Jinja as the gym flow needs it: pages of many small templates, rendered as one function each."""

import re
from pathlib import Path
from typing import Any

import markupsafe
from jinja2 import BaseLoader, Environment, TemplateNotFound, select_autoescape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:
    from markupsafe._native import _escape_inner

# With the space before it and the line end after it, which Jinja would trim.
_INCLUDE = re.compile(r"""(?m)(?:^[ \t]+)?{%\s*include\s+"([\w./-]+)"\s*%}\n?""")
# What would mean something else, or nothing, in the middle of another template.
_OWN_SCOPE = re.compile(r"{%-?\s*(extends|block|set|import|from|macro)\b")


class FlatLoader(BaseLoader):
    """Loads templates with the plain ones that they include by name already inside them.

    An include costs a context of its own and one more generator that every piece of text passes
    through; a card of a workout has dozens.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        path = self.folder / template
        if ".." in template.split("/") or not path.is_file():
            raise TemplateNotFound(template)
        return self._flat(path.read_text("utf-8")), str(path), None

    def _flat(self, text: str) -> str:
        return _INCLUDE.sub(self._included, text)

    def _included(self, include: re.Match[str]) -> str:
        path = self.folder / include[1]
        text = path.read_text("utf-8").removesuffix("\n") if path.is_file() else None
        if text is None or _OWN_SCOPE.search(text):
            return include[0]
        return self._flat(text)


def escape(value: Any) -> str:
    """markupsafe's, without making a Markup of a text that is only joined to others."""
    if value.__class__ is str:
        return _escape_inner(value)
    return markupsafe.escape(value)


class FastEnvironment(Environment):
    """For view models: looks a name up in a dict before it looks for an attribute, and escapes
    texts as quickly as can be."""

    def _generate(self, *args: Any, **more: Any) -> str:
        # The compiled module imports its names first; what comes after them wins.
        code: str = super()._generate(*args, **more)
        return code.replace("\nname = ", "\nfrom webapp.templating import escape\nname = ", 1)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(folder: Path, **known: Any) -> Environment:
    """The environment of the templates in `folder`; `known` are its globals."""
    made = FastEnvironment(
        loader=FlatLoader(folder),
        autoescape=select_autoescape(("html",)),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.globals = known
    return made
