"""What is typed, where the keyboard is, and what was painted last, when only rows are answered."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone


@pytest.fixture
def lifting(phones: Callable[..., Phone]) -> Phone:
    """At an exercise of several sets, with no worker between the page and the server."""
    phone = phones(service_workers="block")
    phone.register()
    phone.start()
    phone.log_next()  # the warm-up on the bike is one set alone
    return phone


def rows(phone: Phone) -> Locator:
    return phone.page.locator("article.is-current li.set")


def focused(phone: Phone) -> str:
    """The id of the set whose button has the keyboard."""
    where = "document.activeElement.matches('button') && document.activeElement.closest('.set')?.id"
    return str(phone.page.evaluate(where))


def test_what_was_typed_in_other_rows_is_still_there(lifting: Phone) -> None:
    page, mine = lifting.page, rows(lifting)
    for place, weight in ((1, "61.5"), (2, "62.5")):
        mine.nth(place).locator("input[name=weight]").fill(weight)
    page.locator("article.is-current li.is-current .log-btn").tap()
    lifting.expect_done(2)
    expect(mine.nth(1)).to_have_class("set is-current")
    for place, weight in ((1, "61.5"), (2, "62.5")):
        expect(mine.nth(place).locator("input[name=weight]")).to_have_value(weight)
    assert lifting.errors == []


def test_the_keyboard_goes_on_from_the_next_set_and_a_number_is_typed_in_place(
    lifting: Phone,
) -> None:
    page, mine = lifting.page, rows(lifting)
    ids = [str(each.get_attribute("id")) for each in mine.all()]
    mine.nth(0).locator(".log-btn").focus()
    page.keyboard.press("Enter")
    lifting.expect_done(2)
    lifting.until(lambda: focused(lifting) == ids[1], "the keyboard at the next set")
    mine.nth(0).locator("input[name=reps]").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("11")
    with page.expect_response(lambda answer: answer.url.endswith("/edit")):
        page.keyboard.press("Tab")
    expect(mine.nth(0).locator(".done-btn")).to_have_attribute("aria-label", "Undo Set 1, 11 reps")
    assert lifting.errors == []


def test_an_answer_that_comes_late_paints_over_nothing_newer(lifting: Phone) -> None:
    page, mine = lifting.page, rows(lifting)
    held: list[Any] = []

    def hold(route: Any) -> None:
        """The first is answered by the server and kept back on its way."""
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route("**/log", hold)
    for place in (0, 1):
        mine.nth(place).locator(".log-btn").tap()
        lifting.until(lambda: bool(held), "the first tap at the server")
    expect(page.locator("#progress")).to_contain_text("3 of")
    route, answer = held[0]
    route.fulfill(response=answer)
    lifting.expect_done(3)
    expect(page.locator("#progress")).to_contain_text("3 of")
    expect(mine.nth(2)).to_have_class("set is-current")
    assert lifting.errors == []
