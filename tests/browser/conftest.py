"""A real Chromium in front of a real `setlog serve`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.gym import SYNC
from tests.browser.phone import Phone, new_phone
from tests.support import years
from tests.support.chromium import launch_options
from tests.support.faults import WITHOUT_SYNC, Faults, faulty
from tests.support.serving import setlog_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The URL of a server of this run's own."""
    folder: Path = tmp_path_factory.mktemp("site")
    with setlog_process(folder) as url:
        yield url


@pytest.fixture(scope="package")
def five_years(tmp_path_factory: Any) -> Path:
    """A folder with the database of somebody who has trained for so long, to be copied."""
    return years.made(tmp_path_factory.mktemp("years"))


@pytest.fixture(scope="module")
def years_site(five_years: Path, tmp_path_factory: Any) -> Iterator[str]:
    """A server of somebody who has trained for five years; what a module does stays in it."""
    folder = shutil.copytree(five_years, tmp_path_factory.mktemp("own") / "years")
    with setlog_process(folder) as url:
        yield url


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
    yield launched
    launched.close()


@pytest.fixture
def phones(browser: Browser, site: str) -> Iterator[Callable[..., Phone]]:
    """Makes phones, and puts them away after the test."""
    made: list[Phone] = []

    def make(**options: Any) -> Phone:
        made.append(new_phone(browser, site, **options))
        return made[-1]

    yield make
    for phone in made:
        phone.page.context.close()


@pytest.fixture
def phone(phones: Callable[..., Phone]) -> Phone:
    return phones()


@pytest.fixture
def line(site: str, request: pytest.FixtureRequest) -> Iterator[Faults]:
    """What is between the phones in the gym and the server. The phones have no Background Sync,
    as those of half the people; tests that are marked with `either_way` are done with it too."""
    with faulty(site) as faults:
        faults.prelude = WITHOUT_SYNC if getattr(request, "param", None) != SYNC else b""
        yield faults


@pytest.fixture
def gym_phones(browser: Browser, line: Faults) -> Iterator[Callable[..., Phone]]:
    """Makes phones whose signal is that of `line`, and puts them away after the test."""
    made: list[Phone] = []

    def make(**options: Any) -> Phone:
        made.append(new_phone(browser, line.url, **options))
        return made[-1]

    yield make
    for phone in made:
        phone.page.context.close()
