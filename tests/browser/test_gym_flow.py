"""A whole workout by thumb, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

SCREENS = [
    pytest.param((390, 844), "light", id="390-light"),
    pytest.param((320, 568), "dark", id="320-dark"),
]


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_a_workout_from_registering_to_the_history(
    phones: Callable[..., Phone], size: tuple[int, int], theme: str
) -> None:
    phone = phones(size=size, color_scheme=theme)
    page, name = phone.page, f"{size[0]}-{theme}"
    phone.register_by_hand()
    phone.remember()
    phone.focused.clear()  # the keyboard is for registering, not for the gym
    phone.photograph(f"{name}-first-run")
    phone.start()
    phone.photograph(f"{name}-session")
    phone.taps = 0
    for _ in range(9):
        phone.log_next()
    assert phone.taps == 9
    phone.photograph(f"{name}-logged")

    ends = page.locator("#rest.is-on").get_attribute("data-ends-at")
    page.reload()
    expect(page.locator("#rest.is-on")).to_have_attribute("data-ends-at", ends or "none")
    expect(page.locator("[data-rest-time]")).to_contain_text(":")
    phone.expect_done(9)

    swapped = page.locator("article.is-current h2").inner_text()
    phone.tap(page.locator("article.is-current .ex-more"))
    phone.tap(page.get_by_role("link", name="Swap exercise").locator("visible=true"))
    others = page.locator("#picker-list button.row").filter(has_not_text=swapped.strip())
    phone.tap(others.first)
    expect(page.locator("article.is-current h2")).not_to_have_text(swapped)
    phone.photograph(f"{name}-swapped")

    phone.tap(page.locator(".top a", has_text="Finish"))
    page.wait_for_url("**/session/finish")
    phone.photograph(f"{name}-finish")
    phone.tap(page.locator("label", has_text="Great"))
    phone.tap(page.locator("form.finish .btn.primary"))
    page.wait_for_url("**/session/summary/*")
    phone.photograph(f"{name}-summary")
    expect(page.locator("main")).to_contain_text("9")

    phone.open("/workouts")
    expect(page.locator("main a.row").first).to_contain_text("Full Body")
    phone.photograph(f"{name}-history")
    phone.remember()
    assert phone.focused == []
    assert phone.violations == []
    assert phone.errors == []
    assert phone.strangers == []


def test_one_increment_more_takes_two_taps_and_undo_one(phone: Phone) -> None:
    phone.register()
    phone.start()
    phone.log_next()
    phone.taps = 0
    row = phone.page.locator("article.is-current li.is-current")
    reps = row.locator(".num", has=phone.page.locator('[name="reps"]'))
    before = int(reps.locator("input").input_value())
    phone.tap(reps.locator('[data-nudge="+"]'))
    phone.log_next()
    assert phone.taps == 2
    logged = phone.page.locator("li.set.is-done").nth(1)
    expect(logged.locator(".done-btn")).to_have_attribute(
        "aria-label", re.compile(rf"\b{before + 1}\b")
    )
    phone.taps = 0
    phone.tap(logged.locator(".done-btn"))
    phone.expect_done(1)
    assert phone.taps == 1


def test_twenty_sets_take_at_most_twenty_four_taps(phone: Phone) -> None:
    phone.register()
    phone.start()
    while phone.page.locator("li.set:not(.is-done)").count() < 20:
        done = phone.page.locator("li.set").count()
        phone.page.locator("article details[open] .ex-foot > button").first.tap()
        expect(phone.page.locator("li.set")).to_have_count(done + 1)
    phone.taps = 0
    for _ in range(20):
        phone.log_next()
    assert phone.taps <= 24


def test_two_rows_tapped_at_once_are_both_logged_once(phone: Phone) -> None:
    phone.register()
    phone.start()
    phone.log_next()  # the warm-up on the bike is one set alone
    expect(phone.page.locator("article.is-current .log-btn").nth(1)).to_be_visible()
    phone.page.evaluate(
        "document.querySelectorAll('article.is-current .log-btn')"
        ".forEach((button, at) => at < 2 && button.click())"
    )
    phone.expect_done(3)
    phone.page.reload()
    phone.expect_done(3)


def test_the_whole_flow_works_without_javascript(phones: Callable[..., Phone]) -> None:
    phone = phones(java_script_enabled=False)
    page = phone.page
    page.goto(phone.site + "/register")
    page.get_by_label("User name").fill("plain-ann")
    page.get_by_label("Password", exact=True).fill("a long enough passphrase")
    page.get_by_role("button", name="Create account").click()
    page.locator(".starter button").first.click()
    page.locator(".start.is-next button").click()
    for done in range(1, 4):
        page.locator("article.is-current li.is-current .log-btn").click()
        expect(page.locator("li.set.is-done")).to_have_count(done)
    page.locator(".top a", has_text="Finish").click()
    page.locator("form.finish .btn.primary").click()
    page.wait_for_url("**/session/summary/*")
