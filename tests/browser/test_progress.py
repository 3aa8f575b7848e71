"""Progress, an exercise's detail and the body weight in a real browser: empty, full and refused."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import Phone, new_phone
from tests.support.people import PASSWORD

SIZES = [(320, 568), (390, 844), (1280, 800)]
YEAR = "/stats?from=2023-03-06&to=2024-03-03"
FIVE_YEARS = "/stats?from=2019-03-04&to=2024-03-03"
EVER = "/stats?range=all"
FORBIDDEN = "/stats?range=never"
Opened = Callable[..., Phone]


@pytest.fixture
def opened(browser: Browser, years_site: str) -> Iterator[Opened]:
    """Makes phones that ann (or another) is signed in with, and puts them away after the test."""
    made: list[Phone] = []

    def make(name: str = "ann", **options: Any) -> Phone:
        phone = new_phone(browser, years_site, **options)
        made.append(phone)
        phone.sign_in(name, PASSWORD)
        return phone

    yield make
    for phone in made:
        phone.page.context.close()


def own(phone: Phone, name: str = "Squat") -> str:
    """The path of an exercise of one's own."""
    phone.open("/exercises?mine=1")
    row = phone.page.locator("#exercise-list a.row", has_text=re.compile(rf"^{name}(?! \d)"))
    return row.first.get_attribute("href") or ""


def weigh(phone: Phone, *weights: tuple[str, str]) -> None:
    """Enter body weights: day and kilograms."""
    for day, kilos in weights:
        answer = phone.page.request.post(
            phone.site + "/body",
            form={"weight": kilos, "day": day, "hour": "07:30"},
            headers={"Accept": "text/html", "Origin": phone.site},
        )
        assert answer.ok, answer.text()


def pages(phone: Phone) -> list[str]:
    """Every page of these screens that has something to show, and one that refuses."""
    squat, bench = own(phone), own(phone, "Bench press").rsplit("/", 1)[1]
    weigh(phone, ("2024-01-05", "82.5"), ("2024-02-05", "81"), ("2024-03-01", "80.4"))
    phone.open("/body?range=all")
    entry = phone.page.locator("#entries a.row").first.get_attribute("href") or ""
    return [
        *(YEAR, EVER, "/stats", FORBIDDEN, f"{squat}?range=all", squat, f"{squat}/edit"),
        *(f"{squat}/merge", f"{squat}/merge?into={bench}", "/body?range=all", "/body", entry),
    ]


def test_axe_finds_nothing_on_any_of_the_pages(opened: Opened) -> None:
    found: list[str] = []
    phone = opened(bypass_csp=True)
    for path in pages(phone):
        phone.open(path)
        phone.page.evaluate(
            "for (const each of document.querySelectorAll('details')) each.open = true"
        )
        found += [f"{path} {each}" for each in phone.violations_in_both_themes()]
    eve = opened("eve", bypass_csp=True)
    for path in ("/stats", "/body", "/exercises?starred=1"):
        eve.open(path)
        found += [f"{path} {each}" for each in eve.violations_in_both_themes()]
    assert found == []


def test_no_page_is_wider_than_the_screen(opened: Opened) -> None:
    wide: dict[str, Any] = {}
    for name in ("ann", "eve"):
        phone = opened(name)
        shown = pages(phone) if name == "ann" else ["/stats", "/body", "/exercises?starred=1"]
        for number, path in enumerate(shown):
            phone.open(path)
            if found := phone.overflows(SIZES, f"progress-{name}-{number}"):
                wide[f"{name} {path}"] = found
        phone.remember()
        assert phone.violations == [] and phone.strangers == []
    assert wide == {}


def test_a_new_person_is_led_to_a_first_step(opened: Opened) -> None:
    phone = opened("eve")
    phone.open("/")
    phone.tap(phone.page.locator(".tabs a", has_text="Progress"))
    expect(phone.page.locator(".empty h2")).to_have_text("Nothing to look back on yet")
    expect(phone.page.locator(".tabs [aria-current]")).to_have_text("Progress")
    phone.tap(phone.page.locator(".empty a.btn.primary"))
    phone.page.wait_for_url(phone.site + "/")


def test_five_years_are_seen_at_a_glance_and_told_in_tables(opened: Opened) -> None:
    phone = opened()
    page = phone.page
    phone.open(YEAR)
    expect(page.locator(".range-line p")).to_contain_text("6 Mar 2023 – 3 Mar 2024")
    expect(page.locator(".plot")).to_have_count(2)
    assert page.locator(".plot").first.locator(".c-bar").count() == 52
    table = page.locator(".chart-data").first
    expect(table.locator("table")).to_be_hidden()
    phone.tap(table.locator("summary"))
    expect(table.locator("tbody tr")).to_have_count(52)
    assert page.locator(".body path").count() > 40
    expect(page.locator(".worked-list tbody tr", has_text="Quads")).to_contain_text("5")
    phone.open(FIVE_YEARS)
    expect(page.locator(".chart-head").first).to_contain_text("Workouts a month")
    expect(page.locator(".timeline h3").first).to_have_text("March 2024")
    assert phone.errors == []


def test_an_exercise_shows_its_charts_bests_and_earlier_workouts(opened: Opened) -> None:
    phone = opened()
    page, squat = phone.page, own(phone)
    phone.open(f"{squat}?range=all")
    titles = page.locator(".chart-head h3").all_inner_texts()
    assert [each.split(" kg")[0] for each in titles] == [
        "Estimated 1RM", "Top set", "Volume", "Reps in a workout",
    ]  # fmt: skip
    expect(page.locator(".bests tbody tr").first).to_contain_text("beat")
    many = page.locator("#sessions a.row")
    expect(many).to_have_count(5)
    phone.tap(page.locator("#sessions > a.btn"))
    expect(many).to_have_count(10)
    phone.open(squat)
    expect(page.locator("#progress .card")).to_contain_text("You did not do this in this period")
    phone.tap(page.locator(".ranges a", has_text="All"))
    expect(page.locator(".plot")).to_have_count(4)
    assert phone.errors == []


def test_a_favourite_is_found_by_its_star(opened: Opened) -> None:
    phone = opened()
    page, squat = phone.page, own(phone)
    phone.open(squat)
    star = page.get_by_role("button", name="Favourite")
    expect(star).to_have_attribute("aria-pressed", "false")
    phone.tap(star)
    expect(star).to_have_attribute("aria-pressed", "true")
    phone.open("/exercises")
    phone.tap(page.locator(".filters .chip").first)
    expect(page.locator("#exercise-list a.row")).to_have_count(1)
    phone.open(squat)
    phone.tap(star)
    expect(star).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripted", "plain"])
def test_two_exercises_become_one_and_two_again(opened: Opened, is_scripted: bool) -> None:
    phone = opened(java_script_enabled=is_scripted)
    page: Page = phone.page
    page.goto(phone.site + "/exercises?mine=1")
    row = page.locator("#exercise-list a.row", has_text="Deadlift").first
    page.goto(f"{phone.site}{row.get_attribute('href')}/merge")
    page.locator("#merge-list a.row", has_text="Overhead press").first.click()
    expect(page.locator(".merge-from")).to_contain_text("Deadlift")
    expect(page.locator("main")).to_contain_text("sets of")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".top h1")).to_contain_text("Overhead press")
    expect(page.locator("main")).to_contain_text("Merged into this")
    expect(page.locator("#toast")).to_contain_text("is part of Overhead press")
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".top h1")).to_contain_text("Deadlift")
    expect(page.locator("main")).not_to_contain_text("This is part of")


def test_body_weight_is_entered_changed_deleted_and_taken_back(opened: Opened) -> None:
    phone = opened("eve")
    page = phone.page
    phone.open("/stats")
    phone.tap(page.locator(".top a", has_text="Body weight"))
    expect(page.locator(".empty h2")).to_have_text("What do you weigh?")
    for day, kilos in (("2024-02-01", "82,5"), ("2024-03-01", "81")):
        page.get_by_label("Weight").fill(kilos)
        page.get_by_label("Day").fill(day)
        phone.tap(page.get_by_role("button", name="Save"))
        expect(page.locator("#toast")).to_contain_text("Saved")
    expect(page.locator("#entries a.row strong")).to_have_text(["81 kg", "82.5 kg"])
    page.get_by_label("Weight").fill("heavy")
    phone.tap(page.get_by_role("button", name="Save"))
    expect(page.locator(".field .error")).to_have_text("Must be a number")
    expect(page.get_by_label("Weight")).to_have_value("heavy")
    phone.tap(page.locator("#entries a.row").first)
    page.get_by_label("Weight").fill("80.5")
    phone.tap(page.get_by_role("button", name="Save"))
    expect(page.locator("#entries a.row strong").first).to_have_text("80.5 kg")
    phone.tap(page.locator("#entries a.row").first)
    phone.tap(page.get_by_role("button", name="Delete"))
    expect(page.locator("#entries a.row")).to_have_count(1)
    phone.tap(page.locator("#toast").get_by_role("button", name="Undo"))
    expect(page.locator("#entries a.row strong").first).to_have_text("80.5 kg")
    phone.open("/body?range=all")
    expect(page.locator(".c-point")).to_have_count(2)
    for entry in page.locator("#entries a.row").all():
        phone.page.request.post(
            phone.site + (entry.get_attribute("href") or "") + "/delete",
            headers={"Accept": "text/html", "Origin": phone.site},
        )


def test_a_chart_is_there_without_a_script_and_on_paper(opened: Opened) -> None:
    phone = opened(java_script_enabled=False)
    page = phone.page
    page.goto(phone.site + EVER)
    page.locator(".ranges a", has_text="Year").click()
    expect(page.locator("main")).to_contain_text("No workouts in this period")
    page.goto(phone.site + YEAR)
    expect(page.locator(".c-bar").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator(".plot").first).to_be_visible()


def test_lines_and_shades_stand_out_in_forced_colors(opened: Opened) -> None:
    phone = opened(forced_colors="active")
    phone.open(f"{own(phone)}?range=all")
    phone.photograph("progress-forced-exercise")
    colors = phone.page.evaluate(
        "['.c-line', '.card'].map((each) => getComputedStyle(document.querySelector(each)))"
        ".map((style, at) => at ? style.backgroundColor : style.stroke)"
    )
    assert colors[0] != colors[1]
    phone.open(YEAR)
    phone.photograph("progress-forced-stats")
    fills = phone.page.evaluate(
        "[...document.querySelectorAll('.body path')].map((each) => getComputedStyle(each).fill)"
    )
    assert len(set(fills)) > 1
