#!/usr/bin/env python3
"""Write static/edge/templates.js: templates/flow/*.html as functions, for the service worker.

They are parsed by the real nunjucks, in Chromium, so that nobody needs Node.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.support.chromium import launch_options  # noqa: E402 - of this repository

TEMPLATES = ROOT / "templates"
MADE = ROOT / "static" / "edge" / "templates.js"
NUNJUCKS = ROOT / "scripts" / "vendor" / "nunjucks-3.2.4.min.js"
GENERATOR = ROOT / "scripts" / "precompile_templates.js"
FRAME = ("pad.html", "sheets.html")  # the same for everybody: in the frame of every page
HEAD = "// Made from templates/flow by `make templates`; change those and make it again.\n"


def sources() -> dict[str, str]:
    """The templates that run at both ends, by the names they include each other by."""
    paths = sorted((TEMPLATES / "flow").glob("*.html"))
    mine = (path for path in paths if path.name not in FRAME)
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in mine}


def precompile(browser: Browser) -> str:
    """The text of templates.js. Raises playwright's Error for what is not in the subset."""
    page = browser.new_page()
    for script in (NUNJUCKS, GENERATOR):
        page.add_script_tag(path=script)
    made: str = page.evaluate("precompiled", sources())
    page.close()
    return HEAD + made


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        MADE.write_text(precompile(browser), "utf-8")
        browser.close()


if __name__ == "__main__":
    main()
