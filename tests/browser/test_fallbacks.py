"""A phone that cannot keep anything, pages as they were seen, other devices, and new builds."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.gym import (
    come_back,
    either_way,
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


NEWER = """
new Promise((done, failed) => {
  const opening = indexedDB.open("setlog", 99);
  opening.onupgradeneeded = () => opening.result.createObjectStore("of a newer build");
  opening.onsuccess = () => { opening.result.close(); done(); };
  opening.onerror = failed;
})
"""
# From now on the worker asks for a version that is gone, which no browser opens.
BREAK = """() => {
  const {open} = IDBFactory.prototype;
  IDBFactory.prototype.open = function (name) { return open.call(this, name, 1); };
}"""


def test_a_storage_that_does_not_open_keeps_what_was_typed(phone: Phone, line: Faults) -> None:
    page = phone.page
    start(phone)
    phone.log_next()
    phone.until_sent()
    page.context.service_workers[0].evaluate(BREAK)
    page.evaluate(NEWER)
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


@either_way
def test_a_full_storage_falls_back_to_the_network(phone: Phone, line: Faults) -> None:
    page = phone.page
    start(phone)
    phone.until_sent()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": 0})
    for _ in range(3):
        phone.log_next()
    phone.until_sent()
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


BUILD = "document.querySelector('meta[name=build]').content"
UPDATE = "navigator.serviceWorker.getRegistration().then((found) => found.update())"


def deployed(phone: Phone, line: Faults, now: str) -> None:
    """The server is of another build, and the phone notices."""
    line.deploy(line.builds[0].decode() or phone.page.evaluate(BUILD), now)
    come_back(phone, line)
    with suppress(Error):  # the page may be loaded anew before it has an answer
        phone.page.evaluate(UPDATE)
    phone.until(lambda: bool(phone.page.evaluate(BUILD) == now), "a page of the other build")


@either_way
def test_builds_take_over_the_queue_and_the_page_of_another_in_both_directions(
    phone: Phone, line: Faults
) -> None:
    old = phone.page.evaluate(BUILD)
    leave(phone, line)
    start(phone)
    for amount, build in enumerate(("".join(sorted(old, reverse=True)), old)):
        phone.log_next()
        deployed(phone, line, build)
        phone.expect_done(2 * amount + 1)
        phone.log_next()
        phone.until_sent()
        leave(phone, line)
    assert len(logged(server(phone, line, "/session"))) == 4
    assert phone.errors == []


# What a newer build would leave behind: more stores, and operations of a form that is not known.
NEWER_FORM = """([form, nth]) => new Promise((done) => {
  indexedDB.open("setlog").onsuccess = ({target: {result: db}}) => {
    const outbox = db.transaction("outbox", "readwrite").objectStore("outbox");
    outbox.getAll().onsuccess = ({target: {result: ops}}) => outbox.put({...ops[nth], form});
    outbox.transaction.oncomplete = () => { db.close(); done(); };
  };
})"""
STOP = "ServiceWorker.stopAllWorkers"


def test_a_build_that_was_rolled_back_keeps_what_a_newer_one_left(
    phone: Phone, line: Faults
) -> None:
    page, old = phone.page, phone.page.evaluate(BUILD)
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    leave(phone, line)
    start(phone)
    phone.log_next()
    rows = page.locator("li.set")
    amount = rows.count() + 1
    phone.tap(page.locator("article details[open] .ex-foot > button").first)
    expect(rows).to_have_count(amount)
    phone.log_next()
    page.evaluate(NEWER)
    page.evaluate(NEWER_FORM, [2, 2])  # the row that was added
    devtools.send(STOP)
    deployed(phone, line, "".join(sorted(old, reverse=True)))
    phone.until(lambda: len(phone.kept()[1]) == 2, "what is known to be sent")
    phone.log_next()
    expect(page.locator("#status")).to_contain_text("3 changes on this phone")
    phone.open("/unsent")
    expect(page.locator("main")).to_contain_text("waits for a newer version of Setlog")
    assert len(logged(server(phone, line, "/session"))) == 1
    page.evaluate(NEWER_FORM, [1, 0])  # as the newer build will read it
    devtools.send(STOP)
    phone.open("/session")
    phone.until_sent()
    phone.expect_done(3)
    expect(rows).to_have_count(amount)
    assert len(logged(server(phone, line, "/session"))) == 3
    assert phone.kept()[2] == []


def test_a_removal_can_be_taken_back_after_the_browser_was_killed(
    phone: Phone, line: Faults
) -> None:
    page = phone.page
    leave(phone, line)
    start(phone)
    name = page.locator("article.is-current h2").inner_text()
    amount = page.locator("article").count()
    phone.tap(page.locator("article.is-current .ex-more"))
    phone.tap(page.locator(".menu:popover-open button", has_text="Remove").last)
    expect(page.locator("article")).to_have_count(amount - 1)
    page.reload()
    expect(page.locator("#toast")).to_be_empty()  # it has been read
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send(STOP)
    page.reload()
    phone.tap(page.locator("#toast button", has_text="Undo"))
    expect(page.locator("article")).to_have_count(amount)
    expect(page.locator("article h2").first).to_have_text(name)
    devtools.send(STOP)
    page.reload()
    expect(page.locator("article")).to_have_count(amount)
    expect(page.locator("#toast")).to_be_empty()  # there is nothing left to take back
