"""What the server would not have, and who else is signed in on the phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.gym import (
    come_back,
    either_way,
    elsewhere,
    leave,
    logged,
    ready,
    server,
    set_uuids,
    sign_in,
    start,
)
from tests.browser.phone import Phone
from tests.support.faults import Faults


@pytest.fixture
def phone(gym_phones: Callable[..., Phone]) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    return ready(gym_phones())


def laid(phone: Phone) -> Locator:
    """What lies in the tray."""
    phone.open("/unsent")
    return phone.page.locator("article.laid")


@either_way
def test_a_refused_set_lies_in_the_tray_and_the_rest_is_saved(phone: Phone, line: Faults) -> None:
    start(phone)
    phone.until_sent()
    gone = set_uuids(phone, line)[0]
    leave(phone, line)
    phone.log_next()
    phone.log_next()
    elsewhere(phone, line, f"/session/sets/{gone}/remove")
    come_back(phone, line)
    phone.until_sent()
    expect(phone.page.locator("#toast")).to_contain_text("Not saved: ")
    phone.tap(phone.page.locator("#toast a", has_text="See why"))
    tray = phone.page.locator("article.laid")
    expect(tray).to_have_count(1)
    expect(tray).to_contain_text("Set not found")
    phone.photograph("unsent-refused")
    assert phone.violations_of_axe() == []
    assert phone.overflow() == 0
    assert len(logged(server(phone, line, "/session"))) == 1
    phone.tap(tray.get_by_role("button", name="Discard"))
    expect(phone.page.locator("main")).to_contain_text("Nothing waits on this device")
    phone.open("/session")
    phone.expect_done(1)


def test_a_set_of_a_workout_that_was_finished_elsewhere_is_added_anyway(
    phone: Phone, line: Faults
) -> None:
    start(phone)
    phone.log_next()
    phone.until_sent()
    leave(phone, line)
    phone.log_next()
    elsewhere(phone, line, "/session/finish")
    come_back(phone, line)
    phone.until_sent()
    tray = laid(phone)
    expect(tray).to_contain_text("has ended")
    phone.photograph("unsent-ended")
    phone.tap(tray.get_by_role("button", name="Add it anyway"))
    expect(tray).to_have_count(0)
    phone.until_sent()
    [workout] = server(phone, line, "/workouts")["sessions"]
    assert len(logged(server(phone, line, f"/workouts/{workout['id']}"))) == 2


@pytest.mark.parametrize("choice", ["On this phone", "On the server"])
def test_a_set_changed_on_two_devices_is_shown_with_both_values(
    phone: Phone, line: Faults, choice: str
) -> None:
    start(phone)
    phone.log_next()
    phone.log_next()
    phone.until_sent()
    uuid = set_uuids(phone, line)[1]
    leave(phone, line)
    row = phone.page.locator("li.set.is-done input[name=reps]").last
    phone.tap(row)
    for key in ("9", "done"):
        phone.tap(phone.page.locator(f"#pad [data-key='{key}']"))
    expect(row).to_have_value("9")
    phone.until(lambda: len(phone.kept()[1]) == 1, "the change on the phone")
    elsewhere(phone, line, f"/session/sets/{uuid}/edit", reps="7")
    come_back(phone, line)
    phone.until_sent()
    tray = laid(phone)
    expect(tray.locator(".laid-both")).to_contain_text("9 reps")
    expect(tray.locator(".laid-both")).to_contain_text("7 reps")
    phone.photograph("unsent-changed")
    assert phone.violations_of_axe() == []
    phone.tap(tray.get_by_role("button", name=choice))
    expect(tray).to_have_count(0)
    phone.until_sent()
    reps = [each[2] for each in logged(server(phone, line, "/session"))]
    assert (9 if choice == "On this phone" else 7) in reps


def test_a_start_that_met_another_workout_ends_that_one_first(phone: Phone, line: Faults) -> None:
    leave(phone, line)
    start(phone)
    phone.log_next()
    elsewhere(phone, line, "/session/start")
    come_back(phone, line)
    phone.until(lambda: len(phone.kept()[2]) == 1, "the refused start")
    tray = laid(phone)
    expect(phone.page.locator("main")).to_contain_text("1 change on this phone")
    phone.photograph("unsent-another")
    phone.tap(tray.locator(".btn.primary"))
    expect(tray).to_have_count(0)
    phone.until_sent()
    assert len(logged(server(phone, line, "/session"))) == 1
    assert len(server(phone, line, "/workouts")["sessions"]) == 1  # the other one, ended


def test_what_was_refused_is_put_right_and_sent(phone: Phone, line: Faults) -> None:
    start(phone)
    phone.log_next()  # the warm-up on the bike
    phone.until_sent()
    uuid = set_uuids(phone, line)[1]
    leave(phone, line)
    phone.log_next()
    elsewhere(phone, line, f"/session/sets/{uuid}/remove")
    come_back(phone, line)
    phone.until(lambda: len(phone.kept()[2]) == 1, "the refused set")
    elsewhere(phone, line, f"/session/sets/{uuid}/restore")
    tray = laid(phone)
    phone.tap(tray.get_by_role("link", name="Change"))
    phone.tap(phone.page.get_by_label("More Reps"))
    phone.tap(phone.page.get_by_role("button", name="Save", exact=True))
    phone.page.wait_for_url("**/session#*")
    phone.expect_done(2)
    phone.until_sent()
    assert phone.kept()[2] == []
    assert logged(server(phone, line, "/session"))[1][2] == 6  # one more than was planned


def test_signing_out_asks_about_what_waits_and_another_person_never_sees_it(
    phone: Phone, line: Faults
) -> None:
    page, ann = phone.page, phone.name
    phone.open("/routines")
    phone.open("/")
    line.set("bad_gateway", "POST", path="/session")
    start(phone)
    phone.log_next()
    phone.open("/more")
    phone.tap(page.get_by_role("button", name="Sign out"))
    expect(page.locator("main")).to_contain_text("2 changes only on this phone")
    phone.photograph("unsent-leaving")
    assert phone.violations_of_axe() == []
    phone.tap(page.get_by_role("button", name="Send and sign out"))
    expect(page.get_by_role("alert").filter(has_text="could not be reached")).to_be_visible()
    phone.tap(page.get_by_role("button", name="Keep it here and sign out"))
    page.wait_for_url("**/login")
    line.set("pass")
    phone.register_by_hand()
    phone.until_offline_ready()
    phone.open("/unsent")
    expect(page.locator("main")).to_contain_text("Nothing waits on this device")
    assert line.posts("/session") == []
    phone.open("/more")
    leave(phone, line)
    phone.open("/routines")  # which ann has looked at
    expect(page.locator("h1")).to_have_text("No connection")
    come_back(phone, line)
    phone.open("/more")
    phone.tap(page.get_by_role("button", name="Sign out"))
    page.wait_for_url("**/login")
    sign_in(phone, ann)
    phone.until_sent()
    phone.open("/session")
    phone.expect_done(1)
    assert len(logged(server(phone, line, "/session"))) == 1
