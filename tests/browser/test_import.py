"""Moving in by thumb: a file is chosen, looked at, mapped, imported, seen, and taken back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.phone import Phone
from tests.support.importing import FILES, STRONG

SIZES = [(1280, 800), (390, 844), (320, 568)]
LINE = '{},"{}",1h 5m,{},{},{},{},0,0,"{}","",\n'


def years() -> bytes:
    """Five years of Strong, with two names that nobody knows and three lines that are broken."""
    rows = []
    for number in range(260):
        day = f"20{20 + number // 52}-{1 + number % 12:02}-{1 + number % 28:02}"
        when = f"{day} 18:{number % 60:02}:00"
        for order in range(1, 6):
            rows.append(LINE.format(when, "Push", "Bench Press (Barbell)", order, 60, 8, ""))
        rows.append(LINE.format(when, "Push", "Brustpresse an der Maschine", 1, 45, 10, ""))
        rows.append(LINE.format(when, "Push", "Viking Lift Paused", 1, 45, 10, ""))
    when = "2025-06-01 10:00:00"
    rows.append(LINE.format(when, "Push", "Plank", 1, "many", 5, "Felt great " * 9))
    rows.append(LINE.format("2025-06-41", "Push", "Plank", 1, 5, 5, ""))
    rows.append(LINE.format(when, "Push", "Plank", 1, 5, "", ""))
    return (STRONG + "".join(rows)).encode()


def looked_at(phone: Phone, name: str) -> None:
    """On no screen has the page anything for axe to find, or anything wider than the screen."""
    assert phone.flaws(SIZES, f"import-{name}") == []


def choose(phone: Phone, file: Path) -> None:
    phone.open("/import")
    phone.page.get_by_label("The file you exported there").set_input_files(file)
    phone.tap(phone.page.get_by_role("button", name="Preview"))


def test_a_history_moves_in_and_out_again(phones: Callable[..., Phone], tmp_path: Path) -> None:
    phone = phones(bypass_csp=True)
    page = phone.page
    phone.register()
    phone.open("/more")
    phone.tap(page.get_by_role("link", name="Import"))
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    looked_at(phone, "1-nothing-yet")
    file = tmp_path / "strong.csv"
    file.write_bytes(years())
    choose(phone, file)
    expect(page.get_by_role("button", name="Import 260 workouts")).to_be_visible()
    expect(page.get_by_text("3 lines not read")).to_be_visible()
    looked_at(phone, "2-preview")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    looked_at(phone, "3-preview-open")
    page.get_by_role("radio", name="lb").check()
    page.get_by_role("combobox", name="Viking Lift Paused").select_option("Leave it out")
    expect(page.locator("dd").nth(1)).to_have_text("1,560")
    phone.tap(page.get_by_role("button", name="Find another exercise for Brustpresse"))
    expect(page.get_by_role("heading", name="Which exercise is it?")).to_be_visible()
    looked_at(phone, "4-which-exercise")
    page.get_by_label("Search exercises").fill("chest press")
    found = page.get_by_role("button", name="Chest Press (Machine)").first
    expect(page.get_by_text("All exercises")).to_have_count(0)
    phone.tap(found)
    mapped = page.get_by_role("combobox", name="Brustpresse an der Maschine")
    expect(mapped.locator("option:checked")).to_have_text("Chest Press (Machine)")
    expect(
        page.get_by_role("combobox", name="Viking Lift Paused").locator("option:checked")
    ).to_have_text("Leave it out")
    expect(page.get_by_role("radio", name="lb")).to_be_checked()
    phone.tap(page.get_by_role("button", name="Import 260 workouts"))
    expect(page.get_by_role("heading", name="260 workouts imported")).to_be_visible()
    looked_at(phone, "5-done")
    phone.tap(page.get_by_role("link", name="See your history"))
    page.wait_for_url("**/workouts")
    expect(page.get_by_text("Push").first).to_be_visible()
    looked_at(phone, "6-history")
    phone.open("/import")
    phone.tap(page.get_by_role("link", name="Strong"))
    phone.tap(page.get_by_role("button", name="Undo the import"))
    expect(page.get_by_text("This import is undone")).to_be_visible()
    looked_at(phone, "7-undone")
    phone.open("/workouts")
    expect(page.get_by_text("Push")).to_have_count(0)
    assert (phone.errors, phone.strangers) == ([], [])


def test_the_bar_moves_while_an_import_runs(phone: Phone, tmp_path: Path) -> None:
    file = tmp_path / "strong.csv"
    file.write_bytes(years())
    phone.register()
    choose(phone, file)
    phone.tap(phone.page.get_by_role("button", name="Import 260 workouts"))
    expect(phone.page.get_by_role("heading", name="260 workouts imported")).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="260 workouts imported")).to_be_visible()
    phone.remember()
    assert (phone.errors, phone.violations) == ([], [])


def has_come(page: Page, done: Locator, link: Locator) -> bool:
    """Whether it is there, maybe after the link was followed."""
    if link.is_visible():
        with page.expect_navigation():
            link.click()
    return done.is_visible()


def test_a_history_moves_in_without_javascript(phones: Callable[..., Phone]) -> None:
    phone = phones(java_script_enabled=False)
    page = phone.page
    phone.register_by_hand()
    page.goto(f"{phone.site}/import")
    page.get_by_label("The file you exported there").set_input_files(
        FILES / "strong_duration_last.csv"
    )
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Find another exercise for Kniebeuge").click()
    page.get_by_label("Search exercises").fill("squat")
    page.get_by_role("button", name="Search").click()
    page.locator("#import-picks button.row").first.click()
    page.get_by_role("button", name="Import 1 workout").click()
    done = page.get_by_role("heading", name="1 workout imported")
    how_far = page.get_by_role("link", name="How far is it?")
    expect(done.or_(how_far)).to_be_visible()
    phone.until(lambda: has_come(page, done, how_far), "the end of the import")
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("This import is undone")).to_be_visible()


def test_a_file_that_is_none_is_told_beside_the_field(phones: Callable[..., Phone]) -> None:
    phone = phones(bypass_csp=True)
    phone.register()
    choose(phone, Path(__file__))
    field = phone.page.get_by_label("The file you exported there")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(phone.page.get_by_role("alert").filter(has_text="not those of Strong")).to_be_visible()
    looked_at(phone, "8-refused")


def account(workouts: int) -> bytes:
    """An account of more than 16 MB, with routines and weights, and one row that is not right."""
    made = {"created_at": "2024-05-01T10:00:00Z"}
    when = {"started_at": "2024-05-01T10:00:00Z", "ended_at": "2024-05-01T11:00:00Z"}

    def uuid(kind: int, number: int) -> str:
        return f"0195f1c2-0000-7000-800{kind}-{number:012d}"

    def workout(number: int) -> dict[str, Any]:
        done = {**made, "uuid": uuid(3, number), "position": 1, "reps": 5, "weight": "100"}
        done |= {"weight_unit": "kg", "completed_at": "2024-05-01T10:30:00Z"}
        item = {**made, "uuid": uuid(2, number), "position": 1, "exercise": "squat-barbell"}
        item |= {"exercise_name": "Squat (Barbell)", "status": "finished", "sets": [done]}
        day = {"local_date": f"20{10 + number % 15}-05-01", "status": "finished"}
        notes = "A note as long as a book. " * 3_000
        return {**made, **when, **day, "uuid": uuid(1, number), "name": "Legs", "notes": notes,
                "items": [item]}  # fmt: skip

    weight = {**made, "measured_at": made["created_at"], "weight": "80", "weight_unit": "kg"}
    weights = [{**weight, "uuid": uuid(4, n)} for n in range(1_200)]
    routine = {**made, "uuid": uuid(5, 1), "name": "Legs"}
    file = {"setlog": 1, "routines": [routine], "body_weights": [*weights, {"weight": "heavy"}]}
    return json.dumps({**file, "workouts": [workout(n) for n in range(workouts)]}).encode()


def test_an_account_larger_than_what_the_server_takes_moves_in_and_out_again(
    phones: Callable[..., Phone], tmp_path: Path
) -> None:
    phone = phones(bypass_csp=True)
    page = phone.page
    phone.register()
    file = tmp_path / "setlog-ann-2026-11-21.json"
    data = account(230)
    assert len(data) > 16 * 1024 * 1024
    file.write_bytes(data)
    choose(phone, file)
    expect(page.get_by_role("button", name="Import 230 workouts")).to_be_visible()
    expect(page.get_by_text("1 routine, 1,200 body weights")).to_be_visible()
    page.get_by_text("1 row not read").click()
    looked_at(phone, "7-account")
    phone.tap(page.get_by_role("button", name="Import 230 workouts"))
    done = page.get_by_role("heading", name="230 workouts imported")
    expect(done).to_be_visible()
    looked_at(phone, "8-account-done")
    phone.tap(page.get_by_role("button", name="Undo the import"))
    expect(page.get_by_text("This import is undone")).to_be_visible()
    phone.open("/workouts")
    expect(page.get_by_text("Legs")).to_have_count(0)
