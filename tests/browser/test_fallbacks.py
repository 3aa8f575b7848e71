"""A phone that cannot keep anything, pages as they were seen, other devices, and new builds."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.gym import (
    come_back,
    elsewhere,
    leave,
    logged,
    ready,
    server,
    set_uuids,
    start,
)
from tests.browser.phone import Phone
from tests.support.faults import Faults


@pytest.fixture
def phone(gym_phones: Callable[..., Phone]) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    return ready(gym_phones())


BREAK = """
new Promise((done, failed) => {
  const opening = indexedDB.open("setlog", 99);
  opening.onsuccess = () => { opening.result.close(); done(); };
  opening.onerror = failed;
})
"""


def test_a_storage_that_does_not_open_keeps_what_was_typed(phone: Phone, line: Faults) -> None:
    page = phone.page
    start(phone)
    phone.log_next()
    phone.until_sent()
    page.evaluate(BREAK)
    phone.log_next()  # by the plain network
    expect(page.locator("#status")).to_contain_text("cannot keep")
    phone.open("/session/finish")
    page.get_by_label("Note").fill("what I typed")
    line.set("refuse")
    phone.tap(page.locator("form.finish .btn.primary"))
    expect(page.locator("#err")).to_contain_text("What you entered is still here")
    expect(page.get_by_label("Note")).to_have_value("what I typed")
    line.set("pass")
    phone.tap(page.locator("form.finish .btn.primary"))
    page.wait_for_url("**/session/summary/*")
    [workout] = server(phone, line, "/workouts")["sessions"]
    found = server(phone, line, f"/workouts/{workout['id']}")
    assert (len(logged(found)), found["notes"]) == (2, "what I typed")


def test_a_full_storage_falls_back_to_the_network(phone: Phone, line: Faults) -> None:
    page = phone.page
    start(phone)
    phone.until_sent()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": 0})
    for _ in range(3):
        phone.log_next()
    assert len(logged(server(phone, line, "/session"))) == 3


def test_what_another_device_did_is_on_the_next_page(phone: Phone, line: Faults) -> None:
    start(phone)
    phone.until_sent()
    for uuid in set_uuids(phone, line)[:2]:
        elsewhere(phone, line, f"/session/sets/{uuid}/log", reps="5", duration="5:00")
    phone.page.reload()
    phone.expect_done(2)
    elsewhere(phone, line, "/session/finish")
    phone.open("/session")
    expect(phone.page).to_have_url(line.url + "/")
    expect(phone.page.locator("main .list")).to_contain_text("Full Body A")


def test_forms_outside_the_workout_keep_what_was_typed_too(phone: Phone, line: Faults) -> None:
    page = phone.page
    phone.open("/routines/new")
    page.get_by_label("Name").fill("Typed in a cellar")
    leave(phone, line)
    page.locator("form button.primary").tap()
    expect(page.locator("#err")).to_contain_text("What you entered is still here")
    expect(page.get_by_label("Name")).to_have_value("Typed in a cellar")
    come_back(phone, line)
    page.locator("form button.primary").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Typed in a cellar")


def test_pages_that_were_seen_are_there_without_signal(phone: Phone, line: Faults) -> None:
    for path in ("/routines", "/exercises", "/workouts"):
        phone.open(path)
    names = phone.page.locator("h1").inner_text()
    leave(phone, line)
    phone.open("/workouts")
    expect(phone.page.locator("h1")).to_have_text(names)
    phone.open("/exercises")
    expect(phone.page.locator("h1")).to_have_text("Exercises")
    phone.open("/settings")
    expect(phone.page.locator("h1")).to_have_text("No connection")


def test_a_new_build_takes_over_a_queue_and_a_page_of_the_old_one(
    phone: Phone, line: Faults
) -> None:
    page = phone.page
    build = "document.querySelector('meta[name=build]').content"
    old = page.evaluate(build)
    leave(phone, line)
    start(phone)
    phone.log_next()
    new: Any = "".join(sorted(old, reverse=True))
    line.deploy(old, new)
    come_back(phone, line)
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    phone.until(lambda: bool(page.evaluate(build) == new), "a page of the new build")
    phone.expect_done(1)
    phone.log_next()
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 2
    assert phone.errors == []
