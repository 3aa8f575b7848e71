"""Back and forward are instant: every page may stay in the browser's back-forward cache."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.phone import Phone, new_phone
from tests.support.chromium import launch_options

PAGES = ("/", "/session", "/workouts", "/stats", "/routines", "/exercises", "/more")
# Playwright switches that cache off, as it would surprise tests that watch requests.
OFF = ["--disable-back-forward-cache"]
SHOWN = """addEventListener("pageshow", ({persisted}) => {
  const shown = JSON.parse(sessionStorage.shown ?? "[]");
  sessionStorage.shown = JSON.stringify([...shown, [location.pathname, persisted]]);
});"""


@pytest.fixture(scope="module")
def caching(playwright: Playwright) -> Iterator[Browser]:
    options = launch_options()
    launched = playwright.chromium.launch(**options, ignore_default_args=OFF)  # type: ignore[arg-type]
    yield launched
    launched.close()


def test_pages_come_back_as_they_were_left(caching: Browser, site: str) -> None:
    phone = new_phone(caching, site)
    phone.register()
    phone.start()
    phone.page.add_init_script(SHOWN)
    for path in PAGES:
        phone.open(path)
        phone.open("/settings")
        phone.page.go_back(wait_until="commit")
        phone.until(has_come(phone, path), f"{path} from the cache")
    phone.page.context.close()


def has_come(phone: Phone, path: str) -> Callable[[], bool]:
    return lambda: [path, True] in shown(phone)


def shown(phone: Phone) -> list[list[object]]:
    """[path, whether it came from the cache] of each page that was shown."""
    found: list[list[object]] = phone.page.evaluate('JSON.parse(sessionStorage.shown ?? "[]")')
    return found
