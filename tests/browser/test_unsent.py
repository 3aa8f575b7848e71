"""What the server would not have, who else is signed in, and a phone that cannot keep anything."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.gym import come_back, leave, logged, ready, server, sign_in, start
from tests.browser.phone import Phone
from tests.support.faults import Faults


@pytest.fixture
def phone(gym_phones: Callable[..., Phone]) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    return ready(gym_phones())


def elsewhere(phone: Phone, line: Faults, path: str, **form: str) -> None:
    """The same person on another device: past this phone's worker."""
    headers = {"Accept": "text/html", "Origin": line.upstream}
    fields: Any = form
    answer = phone.page.context.request.post(line.upstream + path, form=fields, headers=headers)
    assert answer.ok, (path, answer.status)


def first_sets(phone: Phone, line: Faults) -> list[str]:
    found = server(phone, line, "/session")["exercises"]
    return [each["id"] for exercise in found for each in exercise["sets"]]


def laid(phone: Phone) -> Locator:
    """What lies in the tray."""
    phone.open("/unsent")
    return phone.page.locator("article.laid")


def test_a_refused_set_lies_in_the_tray_and_the_rest_is_saved(phone: Phone, line: Faults) -> None:
    start(phone)
    phone.until_sent()
    gone = first_sets(phone, line)[0]
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
    uuid = first_sets(phone, line)[1]
    leave(phone, line)
    row = phone.page.locator("li.set.is-done [data-pad=reps]").last
    phone.tap(row)
    for key in ("9", "done"):
        phone.tap(phone.page.locator(f"#pad [data-key='{key}']"))
    expect(row.locator("b")).to_have_text("9")
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
    uuid = first_sets(phone, line)[1]
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
    phone.register()
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
    for uuid in first_sets(phone, line)[:2]:
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
