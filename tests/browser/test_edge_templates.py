"""The templates of the gym flow as the service worker has them."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from scripts import precompile_templates
from tests.browser import edge_harness
from tests.browser.edge_worlds import world
from webapp import assets, site

DECLARED = re.compile(r"(?m)^(?:async )?(?:function\*?|const|let|class) (\w+)")
# A page's or fragment's view model by our functions, and by nunjucks itself; its own names for
# a quote and a backslash are Jinja's.
BOTH = r"""({sources, state, now, names}) => {
  const loader = {getSource: (path) => ({src: sources[path], path, noCache: false})};
  const how = {autoescape: true, trimBlocks: true, lstripBlocks: true};
  const real = new nunjucks.Environment(loader, how);
  const view = {
    ...viewOf("finish", {}, state, now), ...viewOf("summary", {pbs: state.pbs}, state, now),
    ...viewOf("session", {}, state, now), ...viewOf("today", {}, state, now),
    ...viewOf("status", {}, {waiting: {count: 3}}, now), changed_cards: [], toast: null,
  };
  return names.map((name) => [
    fill(name, view),
    real.render(`flow/${name}.html`, view).replaceAll("&quot;", "&#34;").replaceAll("&#92;", "\\"),
  ]);
}"""
NAMES = ("session", "session_top", "rest_timer", "cards", "finish", "summary", "today")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_the_committed_functions_are_made_of_the_templates(browser: Browser) -> None:
    made = precompile_templates.precompile(browser).encode()
    assert made == precompile_templates.MADE.read_bytes(), "run `make templates`"


@pytest.mark.parametrize(
    "source", ["{% set a = 1 %}", "{{ a | safe }}", "{% if a == b %}x{% endif %}", "{{ a.b() }}"]
)
def test_what_the_two_engines_may_not_share_is_refused(page: Page, source: str) -> None:
    for script in (precompile_templates.NUNJUCKS, precompile_templates.GENERATOR):
        page.add_script_tag(path=script)
    with pytest.raises(Error, match="not in the subset"):
        page.evaluate("precompiled", {"flow/a.html": source})


def test_they_say_what_nunjucks_says(browser: Browser) -> None:
    with edge_harness.opened(browser) as edge:
        edge.page.add_script_tag(path=precompile_templates.NUNJUCKS)
        for mine in map(world, range(24)):
            if mine.sheet:
                now = int(mine.now.timestamp() * 1000)
                sources = precompile_templates.sources()
                asked = {"sources": sources, "state": mine.state, "now": now, "names": NAMES}
                for name, (ours, theirs) in zip(NAMES, edge.call(BOTH, asked), strict=True):
                    assert folded(ours) == folded(theirs), name


def folded(said: str) -> str:
    return re.sub(r"[ \n\t]+", " ", said)


def test_no_name_is_declared_twice() -> None:
    texts = [path.read_text("utf-8") for path in edge_harness.scripts()]
    names = Counter(name for text in texts for name in DECLARED.findall(text))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_script_is_in_the_worker() -> None:
    there = {path.relative_to(assets.STATIC).as_posix() for path in assets.STATIC.glob("edge/*.js")}
    assert there == set(site.EDGE)
