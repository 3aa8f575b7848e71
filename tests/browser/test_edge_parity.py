"""The phone shows what the server shows: made-up states by Python and Jinja, and by JavaScript."""

import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

import orjson
import pytest
from jinja2 import Environment
from markupsafe import Markup
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_harness import Edge
from tests.browser.edge_replies import KEY, Reply, replies
from tests.browser.edge_states import NOWS
from tests.browser.edge_worlds import world
from webapp.settings import ROOT
from webapp.templating import environment
from webapp.views import plans

WORLDS = 160
BLOCKS = ("title", "body_class", "top", "main", "sheets")
FRAME = {"current", "back", "part", "is_part", "waiting", "title"}
# The items and sets that a reply is about are named by their UUIDs.
ASK = """({state, now, asked}) => asked.map(({name, facts}) => {
  const item = facts.item && findItem(state.sheet, facts.item);
  const others = facts.others?.map((uuid) => findItem(state.sheet, uuid));
  const known = {...facts, sheet: state.sheet, item, others};
  if (facts.set) [known.item, known.set] = findSet(state.sheet, facts.set);
  if (facts.was) known.was = {...known.set, ...facts.was};
  const key = () => "a-key";
  return {view: viewOf(name, known, state, now, key), html: render(name, known, state, now, key)};
})"""
# What has to come up in the worlds, lest they grow tame.
MET = (
    *(
        "An empty workout",
        "is-paused",
        "Superset B",
        "badge pb",
        "RPE 9.5",
        "band-teal",
        "data-only",
    ),
    *(
        "&lt;script&gt;",
        "&#34;",
        "O’Brien&#39;s",
        "Überzüge",
        "懸垂",
        "All sets done",
        "yd",
        "lb</",
    ),
    *("Pick a program, lift today", "Next up", "In progress", "weeks in a row", "Kept &lt;in&gt;"),
    *(
        "Keep in the routine",
        "Enter the weight",
        "The bar alone",
        "not logged",
        "+2.5 kg",
        "plate-8",
    ),
    *("Added weight", "Assistance", "Stopwatch", "Warm-up 1", "Rest left", "2 forced", " 2025"),
)


class Clock(datetime):
    """Stands still."""

    at = NOWS[0]

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.at


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No view asks the machine for the time or for something random."""
    for name in ("flow", "history", "plans", "today"):
        monkeypatch.setattr(import_module(f"webapp.views.{name}"), "datetime", Clock)
    monkeypatch.setattr(plans, "uuid7", lambda: KEY)


@pytest.fixture(scope="module")
def templates() -> Environment:
    return environment(ROOT / "templates", static=lambda name: f"/static/{name}")


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


def folded(said: str) -> str:
    return re.sub(r"\s+", " ", said).strip()


def by_jinja(templates: Environment, reply: Reply) -> Any:
    """A fragment, or the blocks that make a page."""
    view = reply.view
    if not reply.is_page:
        return folded(templates.get_template(f"{reply.name}.html").render(view))
    name = "sheet" if "part" in view else reply.name
    template = templates.get_template(f"{name}.html")
    context = template.new_context({"user": True, **_main(templates, name, view), **view})
    made = {block: "".join(template.blocks[block](context)) for block in template.blocks}
    made["sheets"] = made.get("sheets", "").replace(_still(templates, "sheets"), "")
    made["sheets"] = made["sheets"].replace(_still(templates, "pad"), "")
    return {block: folded(made[block]) for block in BLOCKS if block in made}


def _main(templates: Environment, name: str, view: dict[str, Any]) -> dict[str, Any]:
    """The page of the workout has its parts from elsewhere (webapp/session_page.py)."""
    parts = {"main": "session", "top": "session_top", "rest_timer": "rest_timer"}
    if name != "session":
        return {}
    made = {
        part: templates.get_template(f"flow/{of}.html").render(view) for part, of in parts.items()
    }
    return {part: Markup(text) for part, text in made.items()}  # noqa: S704


def _still(templates: Environment, name: str) -> str:
    """What is the same for everybody is in the frame that the phone puts its pieces into."""
    return templates.get_template(f"flow/{name}.html").render()


def by_phone(made: Any, like: Any) -> Any:
    """The same of what `render` made."""
    if isinstance(made, str):
        return folded(made)
    return {block: folded(made[block]) for block in like}


def told(each: Reply) -> dict[str, Any]:
    """A view model without what only the frame of a page reads."""
    said: dict[str, Any] = orjson.loads(orjson.dumps(each.view))
    return {name: value for name, value in said.items() if name not in FRAME}


def test_views_and_html_are_the_server_s(
    edge: Edge, templates: Environment, fixed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for n in range(WORLDS):
        mine = world(n)
        monkeypatch.setattr(Clock, "at", mine.now)
        asked = list(replies(mine))
        now = int(mine.now.timestamp() * 1000)
        sent = {"state": mine.state, "now": now, "asked": [each.asked for each in asked]}
        for each, found in zip(asked, edge.call(ASK, sent), strict=True):
            place = f"world {n}, {each.asked}"
            view = {name: said for name, said in found["view"].items() if name not in FRAME}
            assert view == told(each), place
            html = by_jinja(templates, each)
            assert by_phone(found["html"], html) == html, place
            seen |= {mark for mark in MET if mark in str(html)}
    assert set(MET) - seen == set()
