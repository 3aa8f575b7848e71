"""Without signal, with a bad one, and back: every tap counts, and counts once."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.gym import (
    SYNC,
    come_back,
    either_way,
    leave,
    logged,
    ready,
    server,
    sign_in,
    start,
)
from tests.browser.phone import Phone
from tests.support.chromium import launch_options
from tests.support.faults import Faults, Mode

SLOW = 30.0  # seconds: longer than any machine of ours
STRANGE: tuple[Mode, ...] = ("portal", "bad_gateway", "cut_request", "hang")


@pytest.fixture
def phone(gym_phones: Callable[..., Phone]) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    return ready(gym_phones())


@either_way
def test_a_whole_workout_in_airplane_mode_is_on_the_server_as_it_was_done(
    playwright: Playwright, line: Faults, tmp_path: Path
) -> None:
    def open_browser() -> Phone:
        options: Any = {**launch_options(), "has_touch": True, "is_mobile": True}
        size: Any = {"width": 390, "height": 844}
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path), viewport=size, **options
        )
        phone = Phone(context.pages[0], line.url)
        phone.watch()
        return phone

    phone = ready(open_browser())
    page = phone.page
    phone.open("/")  # by way of the worker, which keeps the page's icon
    page.wait_for_load_state("networkidle")
    leave(phone, line)
    start(phone)
    while page.locator("li.set").count() < 20:
        before = page.locator("li.set").count()
        phone.tap(page.locator("article details[open] .ex-foot > button").first)
        expect(page.locator("li.set")).to_have_count(before + 1)
    for _ in range(4):
        phone.log_next()
    phone.tap(page.locator("article .done-btn:visible").last)
    phone.expect_done(3)
    for _ in range(16):
        phone.log_next()
    swapped = page.locator("article.is-current h2").inner_text()
    phone.tap(page.locator("article.is-current .ex-more"))
    phone.tap(page.locator(".menu:popover-open a", has_text="Swap exercise"))
    phone.tap(page.locator("#picker-list button.row").filter(has_not_text=swapped).nth(4))
    expect(page.locator("article.is-current h2")).not_to_have_text(swapped)
    phone.tap(page.locator("a", has_text="Add exercise"))
    page.locator("#sheet input[type=search]").fill("chin up")
    expect(page.locator("#picker-list h2")).to_have_text(["Found"])
    phone.tap(page.locator("#picker-list button.row").first)
    added = page.locator("article", has_text="Chin Up")
    expect(added).to_be_visible()
    phone.tap(added.locator("[data-put=reps] .chip").first)
    phone.tap(added.locator(".log-btn.big"))
    phone.expect_done(20)
    phone.photograph("offline-session")
    phone.tap(page.locator(".top a", has_text="Finish"))
    phone.tap(page.locator("label", has_text="Great"))
    page.get_by_label("Note").fill("in a cellar")
    phone.tap(page.locator("form.finish .btn.primary"))
    page.wait_for_url("**/session/summary/*")
    figures = page.locator(".stats dd").all_inner_texts()
    page.context.close()

    phone = open_browser()
    page = phone.page
    page.context.set_offline(True)
    phone.open("/")
    expect(page.locator("#status")).to_contain_text("on this phone")
    phone.tap(page.locator("main .list a.row").first)
    for figure in figures:
        expect(page.locator(".stats")).to_contain_text(figure)
    come_back(phone, line)
    phone.until_sent()
    [workout] = server(phone, line, "/workouts")["sessions"]
    found = server(phone, line, f"/workouts/{workout['id']}")
    assert len(logged(found)) == 20
    assert logged(found)[-1][0] == "Chin Up"
    assert (found["rating"], found["notes"]) == (5, "in a cellar")
    assert len(line.posts("/log")) == 21  # each tap was sent once
    assert phone.errors == []
    page.context.close()


@either_way
def test_an_answer_that_is_lost_after_it_was_committed_counts_once(
    phone: Phone, line: Faults
) -> None:
    start(phone)
    phone.until_sent()
    line.set("cut_answer", "POST", path="/session/")
    phone.log_next()
    sets = phone.page.locator("li.set")
    amount = sets.count() + 1
    phone.tap(phone.page.locator("article details[open] .ex-foot > button").first)
    expect(sets).to_have_count(amount)
    phone.until(lambda: len(line.posts("/log")) >= 2, "a second attempt")
    expect(phone.page.locator("#status")).to_contain_text("2 changes on this phone")
    line.set("pass")
    phone.until_sent()
    phone.page.reload()
    expect(sets).to_have_count(amount)
    phone.expect_done(1)
    assert len(logged(server(phone, line, "/session"))) == 1
    phone.remember()
    assert phone.violations == []


@pytest.mark.parametrize(
    ("mode", "line"),
    [*((each, "plain") for each in STRANGE), ("portal", SYNC), ("bad_gateway", SYNC)],
    indirect=["line"],
)
def test_only_the_servers_own_answer_counts(phone: Phone, line: Faults, mode: Mode) -> None:
    start(phone)
    phone.until_sent()
    line.set(mode)
    phone.log_next()
    phone.log_next()
    expect(phone.page.locator("#status")).to_contain_text("2 changes on this phone")
    phone.page.reload()
    phone.expect_done(2)
    line.set("pass")
    phone.page.reload()  # the wake-up of a phone that is looked at again
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 2


@either_way
def test_a_tap_is_painted_at_once_however_slow_the_server_is(phone: Phone, line: Faults) -> None:
    line.set("delay", seconds=SLOW)
    start(phone)
    took = phone.page.evaluate(
        """async () => {
          const row = "article.is-current li.is-current", times = [];
          for (let n = 1; n <= 5; n++) {
            const from = performance.now();
            document.querySelector(`${row} .log-btn`).click();
            while (document.querySelectorAll("li.set.is-done .done-btn").length < n)
              await new Promise(requestAnimationFrame);
            times.push(performance.now() - from);
          }
          return times;
        }"""
    )
    assert max(took) < SLOW * 1000 / 2, took
    assert line.posts("/log") == []  # the server has not heard of any yet
    line.set("pass")
    phone.page.reload()
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 5


def test_every_row_tapped_within_a_second_is_logged_once(phone: Phone, line: Faults) -> None:
    leave(phone, line)
    start(phone)
    rows = phone.page.locator("article.is-current li.set:not(.is-done)")
    while rows.count() < 3:
        phone.log_next()
    while rows.count() < 10:
        before = rows.count()
        phone.tap(phone.page.locator("article.is-current .ex-foot > button"))
        expect(rows).to_have_count(before + 1)
    shown = phone.page.locator("li.set.is-done").count()
    phone.page.evaluate(
        """for (const button of document.querySelectorAll("article.is-current .log-btn")) {
             button.click();
             button.click();
           }"""
    )
    phone.expect_done(shown + 10)
    come_back(phone, line)
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == shown + 10
    assert len(line.posts("/log")) == shown + 10


@either_way
def test_what_waits_is_sent_once_by_two_pages(phone: Phone, line: Faults) -> None:
    leave(phone, line)
    start(phone)
    for _ in range(3):
        phone.log_next()
    other = phone.page.context.new_page()
    other.goto(line.url + "/session")
    expect(other.locator("li.set.is-done")).to_have_count(3)
    come_back(phone, line)
    for page in (phone.page, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    phone.until_sent()
    expect(other.locator("#status a")).to_have_count(0)
    assert len(line.posts("/log")) == 3
    other.locator("article.is-current .log-btn").first.tap()
    phone.expect_done(4)  # the page that was not tapped shows it too


@either_way
def test_signed_out_meanwhile_nothing_is_lost(phone: Phone, line: Faults) -> None:
    page = phone.page
    start(phone)
    phone.until_sent()
    page.context.clear_cookies()
    phone.log_next()
    expect(page.locator("#status a")).to_have_text("Sign in to send 1 change")
    phone.log_next()
    phone.tap(page.locator("#status a"))
    sign_in(phone)
    phone.until_sent()
    phone.open("/session")
    phone.expect_done(2)
    assert len(logged(server(phone, line, "/session"))) == 2


def test_the_worker_may_be_stopped_at_any_moment(phone: Phone, line: Faults) -> None:
    chance, page = random.Random(20), phone.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    start(phone)
    done = page.locator("li.set.is-done .done-btn")
    modes: tuple[Mode, ...] = ("pass", "cut_answer", "portal")
    for amount in range(1, 13):
        line.set(chance.choice(modes), "POST")
        wanted = page.locator("article.is-current li.is-current .log-btn")
        wanted.tap()
        page.wait_for_timeout(chance.uniform(0, 80))
        devtools.send("ServiceWorker.stopAllWorkers")
        expect(page.locator(".is-painted")).to_have_count(0)
        if done.count() < amount:  # it says that it was not saved: the same tap again
            wanted.tap()
        expect(done).to_have_count(amount)
    line.set("pass")
    page.reload()
    phone.expect_done(12)
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 12


def test_pages_made_on_the_phone_are_as_guarded_as_the_servers(phone: Phone, line: Faults) -> None:
    start(phone)
    answer = phone.page.reload()
    other = phone.page.context.request.get(line.upstream + "/session")
    assert answer is not None
    assert answer.from_service_worker
    for name in ("content-security-policy", "x-frame-options", "referrer-policy"):
        assert answer.headers[name] == other.headers[name]
