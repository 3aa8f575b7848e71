"""Settings, places, progression and taking one's data along, in a real browser."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.phone import Phone

SIZES = [(320, 568), (390, 844), (1280, 800)]
UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"
Phones = Callable[..., Phone]


def send(phone: Phone, path: str, **form: str | float | bool) -> Any:
    """Send what a program would, with the person's cookie; its JSON."""
    headers = {"Accept": "application/json", "Origin": phone.site}
    answer = phone.page.request.post(phone.site + path, form=form, headers=headers)
    assert answer.ok, (path, answer.text())
    return answer.json() if answer.body() else None


def post(phone: Phone, path: str, **form: str | float | bool) -> None:
    """Send a page's form as a browser does."""
    headers = {"Accept": "text/html", "Origin": phone.site}
    answer = phone.page.request.post(phone.site + path, form=form, headers=headers)
    assert answer.ok, (path, answer.text())


def told(phone: Phone, path: str) -> Any:
    headers = {"Accept": "application/json"}
    return phone.page.request.get(phone.site + path, headers=headers).json()


def lifter(phone: Phone) -> tuple[str, str]:
    """Somebody with a place that has plates, and a routine there that progresses; their paths."""
    phone.sign_up()
    place = send(phone, "/settings/locations", name="Iron Works", address="Dock 3")["id"]
    more = {"plates.kg.20": "4", "plates.kg.10": "2", "plates.kg.2.5": "2", "bars.kg": "20"}
    send(phone, f"/settings/locations/{place}/plates", **more)
    routine = send(phone, "/routines", name="Squat day")["id"]
    found = told(phone, "/exercises?q=squat")
    squat = next(each["id"] for each in found if each["name"] == "Squat (Barbell)")
    send(phone, f"/routines/{routine}/edit", name="Squat day", location=place)
    plan = {"sets": "3", "reps_min": "5", "reps_max": "8", "weight": "60", "weight_unit": "kg"}
    named = {"workout_id": routine, "exercise_id": squat, "progression": "double"}
    item = send(phone, f"/routines/{routine}/items", **named, **plan)["id"]
    return f"/routines/{routine}", f"/routines/items/{item}"


def train(phone: Phone, routine: str, reps: int) -> None:
    post(phone, "/session/start", routine=routine.rsplit("/", 1)[1])
    for each in told(phone, "/session")["exercises"][0]["sets"]:
        post(phone, f"/session/sets/{each['id']}/log", reps=str(reps))
    post(phone, "/session/finish")


def pages(phone: Phone) -> list[str]:
    """Every page of these screens with something on it, and those that refuse."""
    routine, item = lifter(phone)
    place = f"/settings/locations/{told(phone, '/settings/locations')[0]['id']}"
    for reps in (8, 8):
        train(phone, routine, reps)
    post(phone, "/session/start", routine=routine.rsplit("/", 1)[1])
    return [
        *("/settings", "/settings/plates", "/settings/locations", place, f"{place}/plates"),
        *("/settings/export", routine, f"{routine}/edit", item, "/session"),
    ]


def test_axe_finds_nothing_on_any_of_the_pages(phones: Phones) -> None:
    phone, new = phones(bypass_csp=True), phones(bypass_csp=True)
    found: list[str] = []
    new.sign_up()
    new.open("/settings/locations")
    found += [f"empty {each}" for each in new.violations_in_both_themes()]
    for path in pages(phone):
        phone.open(path)
        phone.page.evaluate(
            "for (const each of document.querySelectorAll('details')) each.open = true"
        )
        found += [f"{path} {each}" for each in phone.violations_in_both_themes()]
    assert found == []


def test_no_page_is_wider_than_the_screen(phone: Phone) -> None:
    wide = {}
    for path in pages(phone):
        phone.open(path)
        if found := phone.overflows(SIZES, f"settings-{path.strip('/').replace('/', '-')[:22]}"):
            wide[path] = found
    assert (wide, phone.errors, phone.strangers) == ({}, [], [])


def saving(phone: Phone) -> Any:
    """Waits, at the end of its block, until the server has answered what was changed in it."""
    return phone.page.expect_response(
        lambda answer: answer.url.endswith("/settings") and answer.request.method == "POST"
    )


def test_a_setting_is_saved_by_the_tap_that_changes_it(phone: Phone) -> None:
    phone.register()
    phone.open("/settings")
    with saving(phone):
        phone.tap(phone.page.get_by_role("radio", name="lb"))
    expect(phone.page.locator("#toast")).to_have_text("Saved")
    with saving(phone):
        phone.tap(phone.page.get_by_label("Ask for RPE"))
    with saving(phone):
        phone.page.get_by_label("Rest between sets").select_option("120")
    with saving(phone):
        phone.page.get_by_label("Time zone").select_option("Asia/Tokyo")
    suggestion = phone.page.get_by_role("button", name="Use Europe/Berlin")
    with saving(phone):
        phone.tap(suggestion)
    expect(suggestion).to_be_hidden()
    kept = told(phone, "/settings")
    assert (kept["weight_unit"], kept["rpe_on"], kept["default_rest_seconds"]) == ("lb", True, 120)
    assert kept["timezone"] == "Europe/Berlin"
    phone.tap(phone.page.get_by_role("radio", name="Dark"))
    expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(phone.page.get_by_role("radio", name="lb")).to_be_checked()
    assert (phone.errors, phone.violations) == ([], [])


def test_without_javascript_there_is_a_button_to_save(phones: Phones) -> None:
    phone = phones()
    phone.register()
    plain = phones(java_script_enabled=False, storage_state=phone.page.context.storage_state())
    plain.page.goto(plain.site + "/settings")
    plain.page.get_by_label("Rest between sets").select_option("180")
    plain.page.get_by_label("Sound at the end of the rest").uncheck()
    plain.page.locator("form", has=plain.page.get_by_label("Rest between sets")).get_by_role(
        "button", name="Save"
    ).click()
    expect(plain.page.locator("#toast")).to_have_text("Saved")
    kept = told(phone, "/settings")
    assert (kept["default_rest_seconds"], kept["timer_sound"]) == (180, False)
    assert kept["rest_timer_on"]


def test_a_place_is_made_given_plates_and_deleted_by_thumb(phone: Phone) -> None:
    phone.register()
    phone.open("/settings")
    phone.tap(phone.page.get_by_role("link", name="Places"))
    expect(phone.page.get_by_role("heading", name="No places yet")).to_be_visible()
    phone.page.get_by_label("Name").fill("Garage")
    phone.tap(phone.page.get_by_role("button", name="Add place"))
    phone.tap(phone.page.get_by_role("link", name="Plates and bars"))
    phone.page.get_by_label("25 kg", exact=True).select_option("0")
    phone.tap(phone.page.get_by_role("button", name="Save"))
    expect(phone.page.get_by_role("link", name="Plates and bars")).to_contain_text("Its own")
    phone.tap(phone.page.get_by_text("Delete this place"))
    phone.tap(phone.page.get_by_role("button", name="Delete Garage"))
    expect(phone.page.locator("#toast")).to_have_text("Garage is deleted")
    expect(phone.page.get_by_role("heading", name="No places yet")).to_be_visible()


def test_the_weight_of_today_stands_on_the_card_with_its_reason(phone: Phone) -> None:
    routine, item = lifter(phone)
    train(phone, routine, 8)
    phone.open(item)
    expect(phone.page.get_by_role("radio", name="Double")).to_be_checked()
    phone.open(routine)
    expect(phone.page.locator("#lines")).to_contain_text("double progression")
    phone.tap(phone.page.get_by_role("button", name="Start workout"))
    phone.page.wait_for_url("**/session")
    card = phone.page.locator("article").first
    expect(card).to_contain_text("3×8 done last time: +5 kg")
    expect(card).to_contain_text("3 × 5–8 · 65 kg")
    expect(card.locator("li.set.is-current input[name=weight]")).to_have_value("65")
    phone.photograph("progression-session")


def test_everything_is_downloaded_by_a_tap(phone: Phone, tmp_path: Path) -> None:
    routine, _ = lifter(phone)
    train(phone, routine, 8)
    phone.open("/settings/export")
    with phone.page.expect_download() as whole:
        phone.tap(phone.page.get_by_role("link", name="Download everything"))
    whole.value.save_as(tmp_path / "whole.json")
    account = json.loads((tmp_path / "whole.json").read_text())
    assert (account["setlog"], len(account["workouts"])) == (1, 1)
    with phone.page.expect_download() as sets:
        phone.tap(phone.page.get_by_role("link", name="Download sets"))
    sets.value.save_as(tmp_path / "sets.csv")
    with open(tmp_path / "sets.csv", encoding="utf-8-sig", newline="") as file:
        assert [each["reps"] for each in csv.DictReader(file)] == ["8", "8", "8"]
    assert sets.value.suggested_filename.endswith(".csv")
