"""What comes and goes while changes wait: signal, sign-ins, the clock, the time zone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import expect

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
from tests.support.faults import Faults

FAR = "Pacific/Auckland"
DAY = 24 * 60 * 60 * 1000  # milliseconds
SLOWEST, RETRIES = 3.0, 4  # seconds that so many attempts take at the least

# A page that is loading neither asks its worker nor hears it.
DEAF = """
{
  const listen = ServiceWorkerContainer.prototype.addEventListener;
  const post = ServiceWorker.prototype.postMessage, held = [];
  ServiceWorkerContainer.prototype.addEventListener = function (name, hear) {
    listen.call(this, name, (event) => window.isDeaf || hear.call(this, event));
  };
  ServiceWorker.prototype.postMessage = function (...said) {
    window.isDeaf ? held.push(() => post.apply(this, said)) : post.apply(this, said);
  };
  window.hearAgain = () => {
    window.isDeaf = false;
    held.forEach((say) => say());
  };
}
"""


@pytest.fixture
def phone(gym_phones: Callable[..., Phone]) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    return ready(gym_phones())


def test_the_list_of_what_waits_is_empty_when_it_is_sent(phone: Phone, line: Faults) -> None:
    leave(phone, line)
    start(phone)
    phone.log_next()
    phone.open("/unsent")
    expect(phone.page.locator("main li")).to_have_count(2)
    come_back(phone, line)
    expect(phone.page.locator("main")).to_contain_text("Nothing waits on this device")


def test_a_page_that_missed_that_all_is_sent_hears_it_when_it_asks(
    phone: Phone, line: Faults
) -> None:
    page = phone.page
    page.add_init_script(DEAF)
    leave(phone, line)
    start(phone)
    phone.log_next()
    expect(page.locator(".waits")).not_to_have_count(0)
    page.evaluate("window.isDeaf = true")
    come_back(phone, line)
    other = page.context.new_page()
    other.goto(line.url + "/")
    phone.until_sent()
    expect(other.locator(".waits")).to_have_count(0)
    expect(page.locator(".waits")).not_to_have_count(0)
    page.evaluate("hearAgain()")
    expect(page.locator(".waits")).to_have_count(0)


@pytest.mark.parametrize("is_away", [False, True])
def test_a_workout_that_the_server_knows_of_counts_once(
    phone: Phone, line: Faults, is_away: bool
) -> None:
    page = phone.page
    if is_away:
        leave(phone, line)
    start(phone)
    phone.log_next()
    phone.open("/session/finish")
    phone.tap(page.locator("form.finish .btn.primary"))
    page.wait_for_url("**/session/summary/*")
    expect_one_workout(phone)
    if is_away:
        come_back(phone, line)
    phone.until(lambda: bool(phone.kept()[0]["now"]["body"]["recent"]), "the server's word of it")
    expect_one_workout(phone)


def expect_one_workout(phone: Phone) -> None:
    phone.open("/")
    expect(phone.page.locator("main")).to_contain_text("1 workout this week")
    expect(phone.page.locator("main .list a.row")).to_have_count(1)


def test_a_page_that_is_not_there_leads_back_to_the_workout(phone: Phone, line: Faults) -> None:
    start(phone)
    leave(phone, line)
    phone.open("/settings")
    expect(phone.page.locator("h1")).to_have_text("No connection")
    phone.photograph("offline-elsewhere")
    come_back(phone, line)
    phone.tap(phone.page.get_by_role("link", name="Try again"))
    expect(phone.page.locator("h1")).to_have_text("Settings")
    leave(phone, line)
    phone.open("/routines")
    phone.tap(phone.page.get_by_role("link", name="Go to today"))
    expect(phone.page.locator("h1")).to_have_text("Today")


@either_way
def test_somebody_else_who_signs_in_does_not_send_what_waits(phone: Phone, line: Faults) -> None:
    page, ann = phone.page, phone.name
    start(phone)
    phone.until_sent()
    page.context.clear_cookies()  # the sign-in ended while the phone was away
    phone.log_next()
    expect(page.locator("#status a")).to_have_text("Sign in to send 1 change")
    phone.register_by_hand()  # bob
    phone.until_offline_ready()
    phone.open("/unsent")
    expect(page.locator("main")).to_contain_text("Nothing waits on this device")
    before = len(line.posts("/session"))
    page.evaluate("dispatchEvent(new Event('online'))")
    answer = page.context.request.get(line.upstream + "/session", max_redirects=0)
    assert answer.status == 303  # bob has no workout
    assert len(line.posts("/session")) == before
    page.context.clear_cookies()
    phone.open("/login")
    sign_in(phone, ann)
    phone.until_sent()
    phone.open("/session")
    phone.expect_done(1)
    assert len(logged(server(phone, line, "/session"))) == 1


@pytest.mark.parametrize("is_out", [True, False])
def test_a_server_that_cannot_be_used_is_asked_less_and_less(
    phone: Phone, line: Faults, is_out: bool
) -> None:
    start(phone)
    phone.until_sent()
    if is_out:
        phone.page.context.clear_cookies()
    else:
        line.set("portal", path="/log")
    since = monotonic()
    phone.log_next()
    attempts = lambda: len(line.posts("/log")) + line.instead  # noqa: E731
    phone.until(lambda: attempts() >= RETRIES, "some more attempts")
    assert monotonic() - since > SLOWEST


@pytest.mark.parametrize("days", [3, -3, 45])
def test_a_clock_that_jumps_moves_no_set_and_loses_none(
    phone: Phone, line: Faults, days: int
) -> None:
    page, began = phone.page, datetime.now(UTC)
    leave(phone, line)
    start(phone)
    phone.log_next()
    [worker] = page.context.service_workers
    worker.evaluate(f"const now = Date.now.bind(Date); Date.now = () => now() + {days * DAY}")
    page.clock.set_system_time(began + timedelta(days=days))
    phone.log_next()
    phone.log_next()
    phone.tap(page.locator("article .done-btn:visible").last)
    phone.expect_done(2)
    come_back(phone, line)
    phone.until_sent()
    found = server(phone, line, "/session")
    assert len(logged(found)) == 2
    for moment in times(found):
        assert moment <= datetime.now(UTC)
        assert moment >= min(began, began + timedelta(days=days)) - timedelta(seconds=1)
    assert phone.kept()[2] == []


def test_a_journey_into_another_time_zone_keeps_the_moments(
    gym_phones: Callable[..., Phone], line: Faults
) -> None:
    phone = ready(gym_phones(timezone_id=None))
    page, began = phone.page, datetime.now(UTC) - timedelta(milliseconds=1)
    leave(phone, line)
    start(phone)
    phone.log_next()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTimezoneOverride", {"timezoneId": FAR})
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == FAR
    phone.log_next()
    page.reload()
    phone.log_next()
    come_back(phone, line)
    phone.until_sent()
    moments = times(server(phone, line, "/session"))
    assert began <= moments[0] <= moments[1] <= moments[2] <= datetime.now(UTC)


def times(workout: Any) -> list[datetime]:
    """When its sets were done."""
    told = [each["completed_at"] for found in workout["exercises"] for each in found["sets"]]
    return [datetime.fromisoformat(each) for each in told if each]


@either_way
def test_the_worker_has_background_sync_where_the_test_says_so(
    phone: Phone, line: Faults, request: pytest.FixtureRequest
) -> None:
    [worker] = phone.page.context.service_workers
    assert worker.evaluate("Boolean(registration.sync)") is (not line.prelude)
    assert request.node.name.endswith(f"[{SYNC}]") is (not line.prelude)
    leave(phone, line)
    start(phone)
    phone.log_next()
    phone.log_next()
    come_back(phone, line)
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 2
