"""The templates' environment says what Jinja's own says, and points to the same line."""

import traceback
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from webapp.templating import Compiled, FastEnvironment, compile_all, environment

BASE = """<title>{% block title %}{{ name }}{% endblock %}</title>
{% block main %}{% endblock %}
{% if more is defined %}{% block more %}nothing{% endblock %}{% endif %}"""
PIECES = {
    "base.html": BASE,
    "piece.html": "<i>{{ each.name }}</i>{{ each }}",
    "macros.html": "{% macro row(it) %}<b>{{ it.name }}</b>{{ caller() }}{% endmacro %}",
}
TEMPLATES = {
    "texts": "{{ name }}{{ item.name }}{{ item['name'] }}{{ item.safe }}{{ 7 }}{{ item.number }}",
    "missing": "[{{ nobody }}{{ item.nobody }}{{ item.nobody is defined }}{{ none }}]",
    "attributes": "{{ item.keys()|list }}{{ thing.real }}{{ thing.nobody }}",
    "conditions": "{% if item.yes %}a{% elif item.name %}b{% endif %}{{ 'x' if item.no }}",
    "loops": "{% for each in items %}{{ loop.index }}{% include 'piece.html' %}{% endfor %}"
    "{% for each in none or [] %}{{ each.name }}{% else %}-{% endfor %}",
    "nested": "{% for a in items %}{% for b in a.list recursive %}{{ b }}{% endfor %}{% endfor %}",
    "again": "{% for a in tree recursive %}({{ a.name }}{{ loop(a.tree) }}){% endfor %}",
    "set": "{% set x %}<p>{{ name }}</p>{% endset %}{{ x }}{% set y = item.name %}{{ y|upper }}",
    "filter": "{% filter upper %}{{ name }}<br>{% endfilter %}",
    "macro": "{% from 'macros.html' import row %}{% call row(item) %}{{ name }}{% endcall %}",
    "page": "{% extends 'base.html' %}{% block title %}{{ super() }}!{% endblock %}\n"
    "{% block main %}<p>{{ item.name }}</p>{% include 'piece.html' %}{% endblock %}",
    "text": "yield escape(x)\n    yield x\n\ndef root(:\n    if 0: yield None",
}
ITEM: dict[str, Any] = {
    "name": "<a> & 'b'", "safe": Markup("<br>"), "number": 3, "yes": 0, "no": "",
}  # fmt: skip
KNOWN: dict[str, Any] = {
    "name": "\"Ann\" <b>", "item": ITEM, "thing": 5, "none": None, "each": ITEM,
    "items": [{"name": "<1>", "list": [1, [2]]}, {"name": "2", "list": "xy"}],
    "tree": [{"name": "<r>", "tree": [{"name": "leaf", "tree": []}]}],
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    for name, each in {**PIECES, "asked.html": text}.items():
        (folder / name).write_text(each, "utf-8")
    return folder


@pytest.mark.parametrize("text", TEMPLATES.values(), ids=TEMPLATES)
def test_it_says_what_jinja_says(tmp_path: Path, text: str) -> None:
    folder = written(tmp_path, text)
    plain = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    said = environment(folder).get_template("asked.html").render(KNOWN)
    assert said == plain.get_template("asked.html").render(KNOWN)


def test_an_error_points_to_its_line(tmp_path: Path) -> None:
    text = "{% extends 'base.html' %}\n{% block main %}\n{{ item.name }}\n{{ 1 / 0 }}{% endblock %}"
    made = environment(written(tmp_path, text)).get_template("asked.html")
    with pytest.raises(ZeroDivisionError) as raised:
        made.render(KNOWN)
    assert traceback.extract_tb(raised.value.__traceback__)[-1].lineno == 4


@pytest.fixture
def compiled(tmp_path: Path) -> tuple[Path, Compiled]:
    """A folder of templates that were compiled, and what they were compiled to."""
    (tmp_path / "templates").mkdir()
    folder = written(tmp_path / "templates", TEMPLATES["page"])
    compile_all(folder, tmp_path / "compiled")
    return folder, Compiled(tmp_path / "compiled")


def test_what_was_compiled_is_not_compiled_again(
    compiled: tuple[Path, Compiled], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, known = compiled
    fresh = environment(folder).get_template("asked.html").render(KNOWN)
    monkeypatch.delattr(FastEnvironment, "_generate")
    monkeypatch.delattr("jinja2.Environment.compile")
    assert environment(folder, known).get_template("asked.html").render(KNOWN) == fresh


@pytest.mark.parametrize(
    ("name", "tag"), [("base.html", "<title>"), ("piece.html", "<i>"), ("asked.html", "<p>")]
)
def test_what_has_changed_since_is_compiled_anew(
    compiled: tuple[Path, Compiled], name: str, tag: str
) -> None:
    folder, known = compiled
    there = sorted(Path(known.directory).iterdir())
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(text.replace(tag, f"{tag}new"))
    assert f"{tag}new" in environment(folder, known).get_template("asked.html").render(KNOWN)
    assert sorted(Path(known.directory).iterdir()) == there, "serving writes nothing"


def test_another_jinja_does_not_take_what_this_one_compiled(
    compiled: tuple[Path, Compiled], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, known = compiled
    monkeypatch.setattr("jinja2.__version__", "0.1")
    assert Compiled(Path(known.directory)).pattern != known.pattern
