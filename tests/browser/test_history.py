"""The history in a real browser: found, narrowed, scrolled, seen as a calendar, changed, shared."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.phone import Phone, new_phone
from tests.support.people import PASSWORD

SIZES = [(320, 568), (390, 844), (1280, 800)]
MONTH = "/workouts/calendar?month=2024-02"
Opened = Callable[..., Phone]


@pytest.fixture
def opened(browser: Browser, years_site: str) -> Iterator[Opened]:
    """Makes phones that ann (or another) is signed in with, and puts them away after the test."""
    made: list[Phone] = []

    def make(name: str = "ann", **options: Any) -> Phone:
        phone = new_phone(browser, years_site, **options)
        made.append(phone)
        if name:
            phone.sign_in(name, PASSWORD)
        return phone

    yield make
    for phone in made:
        phone.page.context.close()


def rows_of(page: Page) -> Locator:
    return page.locator("#months a.row")


def newest(phone: Phone) -> str:
    """The path of the last workout."""
    phone.open("/workouts")
    return rows_of(phone.page).first.get_attribute("href") or ""


# --- the list


def test_the_list_goes_on_by_itself_to_the_first_workout_of_a_month(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open("/workouts")
    expect(rows_of(page)).to_have_count(20)
    for amount in (40, 60):
        page.locator("#months > a.btn").scroll_into_view_if_needed()
        expect(rows_of(page)).to_have_count(amount)
    links = [each.get_attribute("href") for each in rows_of(page).all()]
    assert len(set(links)) == 60
    shown = page.locator("#months h2:not(.vh)").all_text_contents()
    assert len(shown) == len(set(shown)) and shown[:2] == ["March 2024", "February 2024"]
    assert phone.errors == [] and phone.overflow() == 0


def test_what_is_typed_is_found_and_stays_in_the_address(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open("/workouts?rating=5")
    page.locator("#q").fill("HOLIDAYS")
    expect(rows_of(page)).to_have_count(1)
    page.wait_for_url("**/workouts?*q=HOLIDAYS*")
    assert "rating=5" in page.url
    expect(page.locator(".row-note")).to_have_text("Slept well, no pain at all.")
    page.reload()
    expect(rows_of(page)).to_have_count(1)
    page.locator("#q").fill("nothing like this")
    expect(page.locator(".empty h2")).to_have_text("Nothing found")
    phone.tap(page.locator(".empty .btn"))
    expect(rows_of(page)).to_have_count(20)
    expect(page).to_have_url(phone.site + "/workouts")


def test_the_list_is_narrowed_in_a_sheet_and_widened_chip_by_chip(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open("/workouts")
    phone.tap(page.locator(".asked a.chip", has_text="Filter"))
    sheet = page.locator("#sheet")
    expect(sheet).to_be_visible()
    assert phone.violations_of_axe() == []
    phone.photograph("history-390-filter-sheet")
    sheet.get_by_label("Place").select_option("Home gym")
    sheet.get_by_label("Routine").select_option(label="Full body A")
    phone.tap(sheet.locator(".rating label", has_text="Great"))
    phone.tap(sheet.get_by_role("button", name="Show workouts"))
    page.wait_for_url("**/workouts?*place=Home*")
    assert "from=" not in page.url and "exercise=" not in page.url
    chips = page.locator(".asked a.chip.drop")
    expect(chips).to_have_count(3)
    phone.tap(chips.filter(has_text="Great"))
    expect(chips).to_have_count(2)
    expect(page).not_to_have_url(re.compile("rating"))
    phone.tap(page.locator(".asked .chip", has_text="Clear all"))
    expect(chips).to_have_count(0)
    assert phone.errors == []


def test_another_order_is_one_tap_in_a_menu(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open("/workouts?place=Home+gym")
    phone.tap(page.locator("[popovertarget=sorts]"))
    phone.tap(page.locator("#sorts .menu-item", has_text="Oldest"))
    page.wait_for_url("**/workouts?place=Home+gym&sort=oldest")
    expect(page.locator("#months h2").first).to_have_text("March 2019")
    page.locator("#months > a.btn").scroll_into_view_if_needed()
    expect(rows_of(page)).to_have_count(40)


def test_what_cannot_be_loaded_can_be_tried_again(opened: Opened) -> None:
    phone = opened(service_workers="block")
    page = phone.page
    page.route("**/workouts?before=*", lambda route: route.abort())
    phone.open("/workouts")
    older = page.locator("#months > a.btn")
    older.scroll_into_view_if_needed()
    expect(page.locator("#err")).to_have_text("No connection.")
    phone.photograph("history-390-no-connection")
    page.unroute("**/workouts?before=*")
    phone.tap(older)
    expect(rows_of(page)).to_have_count(40)


# --- the calendar


def test_a_day_of_the_calendar_opens_what_was_done(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open(MONTH)
    days = page.locator(".day-cell.is-done")
    amount = days.count()
    assert 10 <= amount <= 14
    phone.tap(page.locator("[rel=prev]"))
    expect(page.locator("#month")).to_have_text("January 2024")
    phone.tap(page.locator("[rel=next]"))
    expect(page.locator("#month")).to_have_text("February 2024")
    name = page.locator(".day-cell.is-done .vh").first.text_content() or ""
    phone.tap(days.first)
    page.wait_for_url(re.compile(r"/workouts/[\w-]+$"))
    expect(page.locator("h1")).to_have_text(name.rpartition(": ")[2])
    phone.open("/workouts/calendar?month=2024-03")
    expect(page.locator(".day-many")).to_have_text("2")
    phone.tap(page.locator(".day-cell.is-done"))
    expect(rows_of(page)).to_have_count(2)
    expect(page).to_have_url(re.compile("from=2024-03-01&to=2024-03-01"))


def test_the_calendar_is_walked_by_keyboard(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open(MONTH)
    first = page.locator(".day-cell.is-done").first
    page.locator("[rel=next]").focus()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    expect(first).to_have_accessible_name(re.compile(r"^\w+ \d+ February, 1 workout: Full body"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/workouts/[\w-]+$"))


# --- changing


def test_an_exercise_is_added_late_put_first_and_taken_back(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    path = _another(phone)
    phone.open(f"{path}/edit")
    cards = page.locator(".past-item")
    expect(cards).to_have_count(5)
    phone.tap(page.locator("a", has_text="Add exercise"))
    page.locator("input[type=search]").fill("leg press")
    expect(page.locator("#past-picks h2")).to_have_count(0)
    phone.tap(page.locator("#past-picks button.row").first)
    page.wait_for_url(f"**{path}/edit#item-*")
    expect(cards).to_have_count(6)
    added = cards.last
    added.locator("input[name=weight]").fill("120")
    added.locator("input[name=reps]").fill("10")
    phone.tap(added.get_by_role("button", name="Add set"))
    expect(cards.last.locator(".past-sets > li")).to_have_count(1)
    name = cards.last.locator("h3").text_content() or ""
    phone.tap(cards.last.locator(".past-head button"))
    phone.tap(cards.last.get_by_role("button", name="Move up"))
    expect(cards.nth(4).locator("h3")).to_have_text(name)
    phone.tap(cards.nth(4).locator(".past-head button"))
    phone.tap(cards.nth(4).get_by_role("button", name="Remove with its sets"))
    expect(cards).to_have_count(5)
    expect(page.locator("#toast")).to_contain_text(f"{name} removed")
    phone.tap(page.locator("#toast button"))
    expect(cards).to_have_count(6)
    phone.open(path)
    expect(page.locator(".did", has_text=name)).to_contain_text("120 kg × 10")
    assert phone.errors == []


def _another(phone: Phone) -> str:
    """A workout that no other test looks at."""
    phone.open("/workouts?to=2020-01-31")
    return rows_of(phone.page).first.get_attribute("href") or ""


def test_sets_change_places_and_a_wrong_number_is_refused_in_place(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open(f"{_another(phone)}/edit")
    card = page.locator(".past-item").first
    weights = card.locator(".past-sets input[name=weight]")
    weights.nth(1).fill("77.5")
    weights.nth(1).press("Enter")
    expect(page.locator("#toast")).to_contain_text("Saved")
    phone.tap(card.locator(".past-more summary").nth(1))
    phone.tap(card.locator(".past-order:visible").get_by_role("button", name="Up"))
    expect(weights.first).to_have_value("77.5")
    card.locator("input[name=reps]").first.fill("many")
    card.locator("input[name=reps]").first.press("Enter")
    expect(page.locator("#err")).to_contain_text("whole number")
    phone.photograph("history-390-refused")


# --- sharing


def test_a_link_is_made_seen_by_a_stranger_and_taken_back(opened: Opened) -> None:
    phone, stranger = opened(), opened("")
    page = phone.page
    phone.open(newest(phone))
    phone.tap(page.get_by_role("link", name=re.compile("^Share ")))
    expect(page.locator("#share-text")).to_have_value(re.compile(r"2\. 142.5 kg × \d+ \(personal"))
    phone.tap(page.get_by_role("button", name="Make a link"))
    link = page.locator("#share-link").input_value()
    stranger.page.goto(link)
    expect(stranger.page.locator("h1")).to_have_text("Heavy day before the holidays")
    expect(stranger.page.locator("main")).not_to_contain_text("Slept well")
    expect(stranger.page.locator("main")).not_to_contain_text("Belt on")
    assert stranger.violations_of_axe() == [] and stranger.overflow() == 0
    stranger.photograph("history-390-shared")
    phone.tap(page.get_by_role("button", name="Stop sharing"))
    expect(page.locator("#toast")).to_contain_text("The link is gone")
    answer = stranger.page.goto(link)
    assert answer is not None and answer.status == 404
    assert stranger.strangers == [] and phone.errors == []


# --- without JavaScript


def test_everything_is_there_without_javascript(opened: Opened) -> None:
    phone = opened(java_script_enabled=False)
    page = phone.page
    page.goto(f"{phone.site}/workouts")
    page.locator("#months > a.btn").click()
    page.wait_for_url("**/workouts?*before=*")
    expect(rows_of(page)).to_have_count(20)
    page.goto(f"{phone.site}/workouts/filter")
    page.locator("input[name=from]").fill("2024-02-01")
    page.get_by_role("button", name="Show workouts").click()
    expect(page.locator(".asked a.chip.drop")).to_have_text(re.compile("Since 1 Feb 2024"))
    path = rows_of(page).last.get_attribute("href")
    page.goto(f"{phone.site}{path}/add?q=plank")
    page.locator("#past-picks button.row").first.click()
    page.wait_for_url(f"**{path}/edit#item-*")
    card = page.locator(".past-item").last
    card.locator("input[name=duration]").fill("1:30")
    with page.expect_navigation(url=f"**{path}/edit#item-*"):
        card.get_by_role("button", name="Add set").click()
    expect(page.locator(".past-item").last.locator("input[name=duration]")).to_have_value("1:30")
    page.goto(f"{phone.site}{path}/share")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator("#share-link")).to_have_value(re.compile("/s/w"))


# --- every page, every theme and size


def pages(phone: Phone) -> dict[str, str]:
    """Each page that has something in it, by the name of its picture."""
    path = newest(phone)
    return {
        "list": "/workouts",
        "narrowed": "/workouts?place=Home+gym&rating=4&rating=5&sort=volume&q=body",
        "nothing": "/workouts?place=Nowhere",
        "filter": "/workouts/filter?rating=3&place=Home+gym",
        "calendar": MONTH,
        "workout": path,
        "edit": f"{path}/edit",
        "add": f"{path}/add",
        "share": f"{path}/share?notes=1",
        "trash": "/workouts/trash",
        "refused": "/workouts?rating=9",
    }


def test_no_page_of_the_history_has_anything_for_axe_to_find(opened: Opened) -> None:
    phone = opened(bypass_csp=True)
    found = []
    for name, path in pages(phone).items():
        phone.open(path)
        found += [f"{name} {each}" for each in phone.violations_in_both_themes()]
    eve = opened("eve", bypass_csp=True)
    for path in ("/workouts", "/workouts/calendar", "/workouts/filter", "/workouts/trash"):
        eve.open(path)
        found += [f"empty {path} {each}" for each in eve.violations_in_both_themes()]
    assert found == []


def test_every_page_of_the_history_fits_the_screen(opened: Opened) -> None:
    phone, eve = opened(scale=1), opened("eve", scale=1)
    empty = {"empty": "/workouts", "empty-calendar": "/workouts/calendar"}
    wide = {}
    for each, shown in ((phone, pages(phone)), (eve, empty)):
        for name, path in shown.items():
            each.open(path)
            if found := each.overflows(SIZES, f"history-{name}"):
                wide[name] = found
    assert wide == {}


def test_what_a_thumb_taps_is_big_enough(opened: Opened) -> None:
    phone = opened()
    small = []
    for name, path in pages(phone).items():
        phone.open(path)
        for each in phone.page.evaluate(TARGETS):
            small.append(f"{name} {each}")
    assert small == []


# Everything to tap that is seen, and less than 44 pixels high or 40 wide (a week has seven days).
TARGETS = """
[...document.querySelectorAll('main a, main button, main summary, main select, main input')]
  .filter((each) => each.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}))
  .filter((each) => !each.matches('[type=hidden], .did h2 a, .shared-by a, td a *'))
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 44 || box.width < 40))
  .map(([each, box]) => `${each.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)
"""
