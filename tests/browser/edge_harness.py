"""The worker's scripts in a page of their own, to be asked as functions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from playwright.sync_api import Browser, Page

from webapp import site

STATIC = Path(__file__).resolve().parents[2] / "static"
# Nothing may depend on the clock or the zone of the phone: people have a zone of their own.
ELSEWHERE = "Asia/Kathmandu"


def scripts() -> list[Path]:
    """The scripts that the worker loads, in its order."""
    return [STATIC / name for name in site.EDGE]


class Edge:
    """The scripts of the worker in one scope; values go in and out as JSON has them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        for path in scripts():
            page.add_script_tag(content=f"{path.read_text('utf-8')}\n//# sourceURL={path.name}")

    def call(self, function: str, *values: Any) -> Any:
        """What the function, `(a, b) => …`, makes of these values."""
        # As text: Playwright's own way with deep values takes ten times as long.
        ask = f"(values) => JSON.stringify(({function})(...JSON.parse(values)))"
        said: str | None = self.page.evaluate(ask, orjson.dumps(values).decode())
        return None if said is None else orjson.loads(said)

    def each(self, function: str, many: Sequence[Any]) -> list[Any]:
        """What the function makes of each value, all in one go."""
        found: list[Any] = self.call(
            f"(...many) => many.map((value) => ({function})(value))", *many
        )
        return found


@contextmanager
def opened(browser: Browser) -> Iterator[Edge]:
    """A page with the scripts; an error while they load fails."""
    context = browser.new_context(timezone_id=ELSEWHERE, locale="de-DE")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    edge = Edge(page)
    assert errors == []
    yield edge
    context.close()
