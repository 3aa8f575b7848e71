"""The switch that rings this phone, and what the phone shows when it is rung."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

READY = "navigator.serviceWorker.ready.then(() => true)"
SHOWN = """
navigator.serviceWorker.ready.then((ready) => ready.getNotifications())
  .then((all) => all.map((each) => [each.title, each.body, each.tag, each.data]))
"""
TOLD = '{"title": "The rest is over", "body": "Squat · Set 2", "url": "/session", "at": 1}'


@pytest.fixture
def phone(phones: Callable[..., Phone]) -> Phone:
    made = phones(permissions=["notifications"])
    made.register()
    return made


def test_the_page_says_what_it_can_do_and_offers_the_switch(phone: Phone) -> None:
    phone.open("/settings")
    phone.page.get_by_role("link", name="Ring this phone").click()
    expect(phone.page.get_by_role("heading", name="Ring this phone", level=1)).to_be_visible()
    expect(phone.page.get_by_role("button", name="Ring this phone")).to_be_visible()
    expect(phone.page.get_by_text("This browser cannot be rung")).to_be_hidden()
    assert phone.violations_of_axe() == []


def test_a_rung_phone_shows_the_end_of_the_rest(phone: Phone) -> None:
    phone.page.evaluate(READY)
    link = phone.page.context.new_cdp_session(phone.page)
    known: list[str] = []
    link.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(
            each["registrationId"]
            for each in said["registrations"]
            if each["scopeURL"].startswith(phone.site)
        ),
    )
    link.send("ServiceWorker.enable")
    phone.until(lambda: bool(known), "a registration")
    said = {"origin": phone.site, "registrationId": known[0], "data": TOLD}

    def is_shown() -> bool:
        # A busy browser may drop one; of two the later takes the place of the other.
        link.send("ServiceWorker.deliverPushMessage", said)
        phone.page.wait_for_timeout(400)
        return bool(phone.page.evaluate(SHOWN))

    phone.until(is_shown, "a notification")
    assert phone.page.evaluate(SHOWN) == [["The rest is over", "Squat · Set 2", "rest", "/session"]]
