"""With letters twice as large as usual, the pages at home are no wider, and say all they say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser.phone import Phone
from tests.support.chromium import launch_options
from tests.support.people import PASSWORD

PAGES = {
    "today": "/",
    "history": "/workouts",
    "filter": "/workouts/filter",
    "calendar": "/workouts/calendar?month=2024-02",
    "empty-calendar": "/workouts/calendar?month=2025-02",
    "progress": "/stats?from=2023-06-01&to=2023-08-31",
    "exercises": "/exercises",
    "body": "/body",
    "import": "/import",
    "export": "/settings/export",
    "tokens": "/settings/tokens",
    "account": "/settings/account",
}


@pytest.fixture(scope="module")
def phone(playwright: Playwright, years_site: str, tmp_path_factory: Any) -> Iterator[Phone]:
    """A phone whose browser has letters of 32 pixels, with ann's five years on it."""
    profile = tmp_path_factory.mktemp("large")
    (profile / "Default").mkdir()
    wanted = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(wanted))
    context = playwright.chromium.launch_persistent_context(
        Path(profile),
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        bypass_csp=True,
        **launch_options(),  # type: ignore[arg-type]
    )
    phone = Phone(context.new_page(), years_site)
    phone.sign_in("ann", PASSWORD)
    yield phone
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_text_of_twice_the_size_fits_and_nothing_loses_its_name(phone: Phone, name: str) -> None:
    phone.open(PAGES[name])
    size = phone.page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == "32px"
    phone.photograph(f"large-text-{name}")
    assert phone.overflow() <= 0
    assert phone.violations_of_axe() == []
