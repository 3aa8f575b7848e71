"""What a person who trains three times a week leans on, by thumb, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.phone import Phone


def current(page: Page) -> Locator:
    return page.locator("article.is-current li.is-current")


def enter(phone: Phone, what: str, digits: str) -> None:
    """Type a number on our own pad."""
    phone.tap(current(phone.page).locator(f"input[name={what}]"))
    for digit in digits:
        phone.tap(phone.page.locator(f'#pad [data-key="{digit}"]'))
    phone.tap(phone.page.locator("#pad [data-key=done]"))


def add(phone: Phone, search: str) -> None:
    """Add the first exercise that the search finds."""
    phone.tap(phone.page.locator("a", has_text="Add exercise"))
    phone.page.locator("#sheet input[type=search]").fill(search)
    expect(phone.page.locator("#picker-list h2")).to_have_text(["Found"])
    phone.tap(phone.page.locator("#picker-list button.row").first)
    expect(phone.page.locator("#sheet")).not_to_be_visible()


def empty_workout(phone: Phone) -> None:
    phone.register()
    phone.tap(phone.page.locator("button", has_text="Empty workout"))
    phone.page.wait_for_url("**/session")


def finish(phone: Phone) -> None:
    phone.open("/session/finish")
    phone.tap(phone.page.locator("form.finish .btn.primary"))
    phone.page.wait_for_url("**/session/summary/*")


def test_the_second_workout_is_filled_from_the_first(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    add(phone, "OHP")
    expect(page.locator("article h2")).to_have_text("Overhead Press (Barbell)")
    enter(phone, "weight", "42.5")
    phone.tap(current(page).locator("[data-put=reps] .chip", has_text="6"))
    for _ in range(3):
        phone.log_next()
    finish(phone)

    phone.open("/")
    phone.tap(page.locator("button", has_text="Repeat last"))
    page.wait_for_url("**/session")
    expect(page.locator(".set-last")).to_have_text(["last 42.5 × 6"] * 3)
    phone.tap(current(page).locator('[data-nudge="+"]').first)
    phone.log_next()
    phone.log_next()
    rows = page.locator("li.set.is-done .num input")
    expect(rows).to_have_count(4)
    assert [each.input_value() for each in rows.all()] == ["45", "6", "42.5", "6"]
    finish(phone)
    expect(page.locator(".pbs")).to_contain_text("45 kg")
    assert phone.errors == []


@pytest.mark.parametrize("size", [(320, 568), (390, 844)])
def test_after_every_tap_the_next_button_is_free_and_the_exercise_named(
    phones: Callable[..., Phone], size: tuple[int, int]
) -> None:
    phone = phones(size=size, reduced_motion="reduce")
    page = phone.page
    phone.register()
    phone.start()
    for _ in range(9):
        phone.log_next()
        phone.until(lambda: is_free(page, size[1]), "the next button in sight")
        tabs = page.locator(".tabs").bounding_box()
        assert tabs and tabs["y"] + tabs["height"] == size[1]
        assert phone.overflow() == 0


def is_free(page: Page, height: int) -> bool:
    """Whether the next button lies between header and rest timer, and the exercise is named."""
    button = current(page).locator(".log-btn").bounding_box()
    name = page.locator("article.is-current h2").bounding_box()
    header = page.locator(".top.sticky").bounding_box()
    below = page.locator("#rest.is-on, .tabs").first.bounding_box()
    if not (button and name and header and below):
        return False
    top, bottom = header["y"] + header["height"], min(below["y"], height - 60)
    is_named = page.locator(".progress .now").is_visible() or name["y"] >= top
    return top <= button["y"] and button["y"] + button["height"] <= bottom and is_named


def test_an_exercise_added_at_the_end_comes_into_view(phone: Phone) -> None:
    page = phone.page
    phone.register()
    phone.start()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    add(phone, "RDL")
    card = page.locator("article", has_text="Romanian Deadlift (Barbell)")
    expect(card.locator("h2")).to_be_in_viewport(ratio=1)
    expect(card.locator(".log-btn.big")).to_be_in_viewport(ratio=1)


def test_rest_is_paused_shifted_and_skipped_and_a_reload_keeps_it(phone: Phone) -> None:
    page = phone.page
    phone.register()
    phone.start()
    phone.log_next()
    phone.log_next()
    rest, time = page.locator("#rest"), page.locator("[data-rest-time]")
    expect(time).to_have_text(re.compile(r"[012]:\d\d|3:00"))
    expect(rest).to_have_attribute("data-total", "180")
    phone.tap(rest.get_by_label("15 seconds less"))
    expect(rest).to_have_attribute("data-total", "165")
    phone.tap(rest.get_by_label("Pause the rest"))
    expect(rest).to_have_class(re.compile("is-paused"))
    left = time.inner_text()
    page.reload()
    expect(time).to_have_text(left)
    phone.tap(rest.get_by_role("button").nth(2))
    expect(rest).not_to_have_class(re.compile("is-paused"))
    phone.tap(rest.get_by_label("Skip the rest"))
    expect(page.locator("#rest.is-on")).to_have_count(0)
    page.reload()
    expect(page.locator("#rest.is-on")).to_have_count(0)


def test_the_stopwatch_of_a_hold_counts_on_through_a_reload(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    add(phone, "plank")
    some = re.compile(r"^(?!0:00)\d:\d\d$")
    phone.tap(current(page).locator("[data-watch]"))
    page.reload()
    expect(current(page).locator("input[name=duration]")).to_have_value(some)
    phone.log_next()
    expect(page.locator("li.set.is-done input").first).to_have_value(some)


def test_a_set_in_pounds_on_one_machine_stays_in_pounds(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    add(phone, "Leg press")
    phone.tap(page.locator("article.is-current .ex-more"))
    phone.tap(page.locator(".menu a:visible", has_text="Note, rest and unit"))
    phone.tap(page.locator("#sheet .seg label", has_text="lb"))
    phone.tap(page.locator("#sheet-body .btn.primary"))
    expect(current(page).locator(".num").first).to_have_attribute("data-unit", "lb")
    enter(phone, "weight", "225")
    enter(phone, "reps", "10")
    phone.log_next()
    expect(page.locator("li.set.is-done .num").first).to_have_attribute("data-unit", "lb")
    finish(phone)
    expect(page.locator("main")).to_contain_text("225 lb × 10")


def test_what_was_removed_or_discarded_comes_back_with_one_tap(phone: Phone) -> None:
    page = phone.page
    phone.register()
    phone.start()
    names = page.locator("article h2").all_inner_texts()
    phone.tap(page.locator("article .ex-more").nth(1))
    phone.tap(page.locator(".menu:popover-open").get_by_role("button", name="Remove", exact=True))
    expect(page.locator("article h2")).to_have_count(len(names) - 1)
    phone.tap(page.locator("#toast button"))
    expect(page.locator("article h2")).to_have_text(names)
    phone.log_next()
    phone.tap(page.locator("form.discard button"))
    page.wait_for_url(phone.site + "/")
    phone.tap(page.locator("#toast button"))
    page.wait_for_url("**/session")
    phone.expect_done(1)


def test_an_error_names_what_is_missing_once_and_goes_with_the_next_tap(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    add(phone, "squat barbell")
    phone.tap(current(page).locator(".log-btn"))
    expect(page.locator("#err")).to_have_text("Enter the reps first")
    expect(page.locator(".is-painted")).to_have_count(0)
    phone.tap(current(page).locator("[data-put=reps] .chip").first)
    phone.log_next()
    expect(page.locator("#err")).to_be_empty()


def test_sets_without_numbers_are_not_offered_to_be_logged(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    add(phone, "squat barbell")
    phone.open("/session/finish")
    expect(page.locator("button[value=log]")).to_have_count(0)
    phone.open("/session")
    enter(phone, "reps", "5")
    phone.log_next()
    phone.open("/session/finish")
    expect(page.locator("button[value=log]")).to_have_text("Log both and finish")


def test_the_picker_as_a_page_searches_too(phone: Phone) -> None:
    page = phone.page
    empty_workout(phone)
    phone.open("/session/add")
    page.locator("input[type=search]").fill("chin up")
    phone.tap(page.get_by_role("button", name="Search"))
    phone.tap(page.locator("#picker-list button.row").first)
    expect(page.locator("article h2")).to_have_text("Chin Up")


def test_a_routine_is_put_in_order_by_dragging_and_by_the_arrow_keys(phone: Phone) -> None:
    page = phone.page
    phone.register()
    phone.tap(page.locator(".starter button", has_text="Full body").first)
    expect(page.locator(".start.is-next")).to_be_visible()
    phone.open("/routines")
    phone.tap(page.locator("main a", has_text="Full Body A").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Full Body A")
    page.wait_for_load_state()  # the script that listens to the grips
    names = page.locator("[data-line] strong").all_inner_texts()
    grips = page.locator("[data-grip]")
    there, here = grips.nth(0).bounding_box(), grips.nth(2).bounding_box()
    assert there and here
    page.mouse.move(here["x"] + 20, here["y"] + 20)
    page.mouse.down()
    page.mouse.move(there["x"] + 20, there["y"] + 10, steps=8)
    page.evaluate("new Promise(requestAnimationFrame)")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.mouse.up()
    moved = [names[2], names[0], names[1], *names[3:]]
    expect(page.locator("[data-line] strong")).to_have_text(moved)
    page.reload()
    expect(page.locator("[data-line] strong")).to_have_text(moved)
    grips.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-line] strong").nth(1)).to_have_text(names[2])
