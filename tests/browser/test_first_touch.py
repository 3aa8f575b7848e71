"""The first tap on a page: htmx comes later than our script, and readies what is used alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

POWERED = "document.querySelectorAll('[data-htmx-powered]').length"


@pytest.fixture
def phone(phones: Callable[..., Phone]) -> Phone:
    """Ann's phone on its first visits, with a workout that has begun."""
    phone = phones(service_workers="block")
    phone.register()
    phone.start()
    return phone


def test_a_tap_that_comes_before_htmx_is_a_plain_form(phone: Phone) -> None:
    page = phone.page
    page.route("**/htmx-*.js", lambda route: route.abort())
    phone.open("/session")
    button = page.locator("article.is-current li.is-current .log-btn")
    key = button.get_attribute("value")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        button.dblclick()
    assert f"key={key}" in (sent.value.post_data or ""), "so that sending it again counts once"
    phone.expect_done(1)
    page.unroute_all()
    phone.open("/session")
    phone.expect_done(1)


def test_what_is_used_is_readied_then(phone: Phone) -> None:
    page = phone.page
    phone.open("/session")
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate(POWERED) == 0
    page.evaluate("window.isSame = true")
    phone.log_next()
    phone.log_next()
    assert page.evaluate("window.isSame"), "the page was not loaded again"


def test_a_link_is_readied_by_its_first_tap(phone: Phone) -> None:
    page = phone.page
    phone.open("/session")
    phone.tap(page.locator("article.is-current .set-n").first)
    expect(page.locator("#sheet")).to_be_visible()
    assert page.url.endswith("/session")
    assert page.evaluate(POWERED) > 0
