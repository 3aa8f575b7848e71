"""Jinja as the gym flow needs it: pages of many small templates, rendered as one function each."""

import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    TemplateNotFound,
    select_autoescape,
)
from jinja2.bccache import Bucket

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


# What Jinja's compiler writes, and what is put in its place, line by line: tracebacks count them.
# The compiled module imports its names first; what comes after them wins.
_NAMES = ("\nname = ", "\nfrom webapp.templating import _escape_inner, escape; name = ")
_DICT_FIRST = r"(\2['\3'] if \2.__class__ is dict and '\3' in \2 else \1)"
_QUICKER = (
    # A name of a view model is looked up in its dict, without asking a function for it.
    (re.compile(r"(environment\.getattr\((l_\d+_\w+), '(\w+)'\))"), _DICT_FIRST),
    (
        re.compile(
            r"(environment\.getattr\(\(undefined\(name='\w+'\) if (l_0_\w+) is missing else \2\),"
            r" '(\w+)'\))"
        ),
        _DICT_FIRST,
    ),
    # Pieces are gathered: each yielded one would go through the generator of every template that
    # this one extends.
    (
        re.compile(r"(?m)^( +)yield escape\((.*)\)$"),
        r"\1_add(_escape_inner(_it) if (_it := \2).__class__ is str else escape(_it))",
    ),
    (re.compile(r"(?m)^( +)yield from (.*)$"), r"\1_more(\2)"),
    (re.compile(r"(?m)^( +)yield (.*)$"), r"\1_add(\2)"),
    (
        re.compile(r"(?m)^( +)if 0: yield None$"),
        r"\1_all = []; _add = _all.append; _more = _all.extend",
    ),
    (re.compile(r"(?m)^\n(?=blocks = |def )"), "    yield ''.join(_all)\n"),
)


class FastEnvironment(Environment):
    """For view models: looks a name up in a dict before it looks for an attribute, escapes texts
    as quickly as can be, and hands each block on in one piece."""

    def _generate(self, *args: Any, **more: Any) -> str:
        code: str = super()._generate(*args, **more).replace(*_NAMES, 1)
        head, root, functions = code.partition("\ndef root(")
        for pattern, instead in _QUICKER:
            functions = pattern.sub(instead, functions)
        return head + root + functions

    def getattr(self, obj: Any, attribute: str) -> Any:
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Compiled(FileSystemBytecodeCache):
    """What `make static` has compiled, in `folder`. Read alone: a template that has changed since
    is compiled in memory, where that leaves 10 MB behind. Jinja looks at the source's checksum
    and at Python's version; the names of the files tell Jinja's and this module's."""

    def __init__(self, folder: Path) -> None:
        maker = f"{jinja2.__version__} {sha256(Path(__file__).read_bytes()).hexdigest()}"
        super().__init__(str(folder), f"%s-{sha256(maker.encode()).hexdigest()[:16]}.code")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing: what serves need not write there."""


class Compiler(Compiled):
    """The same, written to."""

    dump_bytecode = FileSystemBytecodeCache.dump_bytecode


def compile_all(templates: Path, folder: Path) -> None:
    """Compile every page in `templates` into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = environment(templates, Compiler(folder))
    for path in templates.rglob("*.html"):
        made.get_template(path.relative_to(templates).as_posix())


def environment(folder: Path, compiled: BytecodeCache | None = None, **known: Any) -> Environment:
    """The environment of the templates in `folder`; `known` are its globals."""
    made = FastEnvironment(
        loader=FlatLoader(folder),
        autoescape=select_autoescape(("html",)),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=compiled,
    )
    made.globals = known
    return made
