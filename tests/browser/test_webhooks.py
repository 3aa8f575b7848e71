"""The pages of webhooks in a real browser, and a server that is killed while it delivers."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import Phone, new_phone
from tests.support.receiver import Receiver, receiver
from tests.support.serving import free_port, setlog_process, wait_until_well

OFTEN = 12
SIZES = [(1280, 844), (390, 844), (320, 844)]


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver in a loop and a thread of its own."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    made: list[Receiver] = []

    async def listen() -> None:
        async with receiver() as found:
            made.append(found)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(listen()))
    thread.start()
    ready.wait()
    yield made[0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def until(done: Callable[[], bool]) -> None:
    """Wait for something, for at most a minute."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(scope="module")
def home(tmp_path_factory: Any) -> Iterator[str]:
    """A server that may tell addresses of its own network."""
    with setlog_process(tmp_path_factory.mktemp("home"), SETLOG_WEBHOOKS_PRIVATE="1") as url:
        yield url


@pytest.fixture
def there() -> Iterator[Receiver]:
    with listening() as made:
        yield made


def make(phone: Phone, to: Receiver) -> str:
    """Make a webhook on the page; the address of its own."""
    phone.open("/settings/webhooks")
    phone.page.get_by_label("Address").fill(to.url)
    phone.page.get_by_role("button", name="Create webhook").click()
    to.secret = phone.page.get_by_label("Secret").input_value()
    phone.page.get_by_role("link", name="Done").click()
    expect(phone.page).to_have_url(re.compile("/settings/webhooks/.+"))
    return phone.page.url


def weigh(phone: Phone, kilos: str) -> None:
    form: Any = {"weight": kilos}
    headers = {"Accept": "text/html", "Origin": phone.site}
    assert phone.page.request.post(f"{phone.site}/body", form=form, headers=headers).ok


def look(phone: Phone, name: str) -> None:
    """On no screen anything for axe to find, or wider than it."""
    assert phone.flaws(SIZES, f"webhooks-{name}") == [], name


def test_every_state_of_the_pages_can_be_seen(browser: Browser, home: str, there: Receiver) -> None:
    phone = new_phone(browser, home, bypass_csp=True)
    phone.register()
    phone.open("/settings/webhooks")
    look(phone, "empty")
    at = make(phone, there)
    look(phone, "new")
    phone.page.get_by_role("button", name="Send a test").click()
    expect(phone.page.get_by_text("It answered 200 in")).to_be_visible()
    there.ways = ["500"]
    weigh(phone, "80")
    until(lambda: not there.ways)
    phone.page.goto(at)
    _until_shown(phone, "1 try has failed")
    phone.page.get_by_text("What it said").first.click()
    look(phone, "failing")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Try now").click()
    _until_shown(phone, "2 tries")
    phone.page.get_by_role("button", name="Pause", exact=True).click()
    expect(phone.page.get_by_text("You paused it")).to_be_visible()
    look(phone, "paused")
    phone.open("/settings/webhooks")
    look(phone, "list")
    phone.page.get_by_label("Address").fill("ftp://example.org")
    phone.page.get_by_role("button", name="Create webhook").click()
    expect(phone.page.get_by_text("Cannot be used")).to_be_visible()
    look(phone, "refused")
    phone.page.context.close()


def _until_shown(phone: Phone, text: str) -> None:
    def is_shown() -> bool:
        phone.page.reload()
        return phone.page.get_by_text(text).count() > 0

    until(is_shown)


def test_it_all_works_without_javascript(browser: Browser, home: str, there: Receiver) -> None:
    phone = new_phone(browser, home, java_script_enabled=False)
    phone.register()
    make(phone, there)
    for name in ("Send a test", "Pause", "Let it go on", "Tell it again"):
        with phone.page.expect_navigation():
            phone.page.get_by_role("button", name=name).click()
        expect(phone.page.get_by_role("heading", name="What it was told")).to_be_visible()
    phone.page.reload()  # without scripts what was said stays where it is
    phone.page.get_by_role("button", name="Delete webhook").click()
    expect(phone.page.get_by_text("No webhooks yet")).to_be_visible()
    phone.page.context.close()


def test_a_server_that_is_killed_tells_everything_in_order(
    browser: Browser, tmp_path: Path, there: Receiver
) -> None:
    """Killed again and again while messages are under way, and started again."""
    port = free_port()
    process, phone = _started(tmp_path, port), None
    try:
        phone = new_phone(browser, f"http://127.0.0.1:{port}")
        phone.register()
        make(phone, there)
        for number in range(OFTEN):
            heard = len(there.heard)
            weigh(phone, str(60 + number))
            if number % 3 == 2:
                until(lambda before=heard: len(there.heard) > before)  # type: ignore[misc]
                process.send_signal(signal.SIGKILL)
                process.wait()
                _let_the_claim_lapse(tmp_path)
                process = _started(tmp_path, port)
        until(lambda: len({each["data"]["id"] for each in there.taken}) == OFTEN)
    finally:
        process.kill()
        process.wait()
        if phone:
            phone.page.context.close()
    versions = [each["data"]["version"] for each in there.taken]
    assert versions == sorted(versions) and there.most_at_once == 1
    names = {headers["webhook-id"] for headers, _ in there.heard}
    assert len(names) == len(set(versions)), "the id stays when a message is sent again"


def _started(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [str(Path(sys.executable).with_name("setlog")), "serve", "--port", str(port)]
    settings = {"SETLOG_DATABASE_URL": f"sqlite://{folder}/s.sqlite3", "SETLOG_INSECURE_HTTP": "1"}
    environment = {**os.environ, **settings, "SETLOG_WEBHOOKS_PRIVATE": "1"}
    with open(folder / "server.log", "ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    wait_until_well(process, f"http://127.0.0.1:{port}", folder / "server.log")
    return process


def _let_the_claim_lapse(folder: Path) -> None:
    """As it does by itself, 45 seconds after it was taken."""
    with closing(sqlite3.connect(folder / "s.sqlite3", timeout=10)) as database, database:
        database.execute("UPDATE webhooks SET claimed_until = '2020-01-01 00:00:00+00:00'")
