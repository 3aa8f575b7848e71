"""Moving in by thumb: a file is chosen, looked at, mapped, imported, seen, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.support.importing import FILES, STRONG

SCREENS = [
    ((390, 844), "light"),
    ((390, 844), "dark"),
    ((320, 568), "light"),
    ((1280, 800), "dark"),
]
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
    """The page has nothing for axe to find and is no wider than the screen; keep its picture."""
    size = phone.page.viewport_size or {"width": 0}
    theme = phone.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : ''")
    phone.photograph(f"import-{size['width']}{theme and '-dark'}-{name}")
    assert phone.violations_of_axe() == []
    assert phone.overflow() <= 0


def choose(phone: Phone, file: Path) -> None:
    phone.open("/import")
    phone.page.get_by_label("The file you exported there").set_input_files(file)
    phone.tap(phone.page.get_by_role("button", name="Look at it"))


@pytest.mark.parametrize(("size", "theme"), SCREENS)
def test_a_history_moves_in_and_out_again(
    phones: Callable[..., Phone], tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    phone = phones(size=size, color_scheme=theme, bypass_csp=True)
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


def test_a_history_moves_in_without_javascript(phones: Callable[..., Phone]) -> None:
    phone = phones(java_script_enabled=False)
    page = phone.page
    page.goto(f"{phone.site}/register")
    page.get_by_label("User name").fill(f"nojs{id(phone) % 10**9}")
    page.get_by_label("Password", exact=True).fill("a long enough passphrase")
    page.get_by_role("button", name="Create account").click()
    page.goto(f"{phone.site}/import")
    page.get_by_label("The file you exported there").set_input_files(
        FILES / "strong_duration_last.csv"
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Find another exercise for Kniebeuge").click()
    page.get_by_label("Search exercises").fill("squat")
    page.get_by_role("button", name="Search").click()
    page.locator("#import-picks button.row").first.click()
    page.get_by_role("button", name="Import 1 workout").click()
    done = page.get_by_role("heading", name="1 workout imported")
    for _ in range(50):
        if done.is_visible():
            break
        page.get_by_role("link", name="How far is it?").click()
    expect(done).to_be_visible()
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
