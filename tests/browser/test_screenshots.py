"""The pictures of README and of the manifest, taken from the product after a month of training."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone

PICTURES = Path(__file__).resolve().parents[2] / "static" / "screenshots"
MOST_BYTES = 80_000
DAYS_AGO = (30, 28, 25, 23, 21, 18, 16, 14, 11, 9, 7, 4, 2)
KILOS = {
    "Squat (Barbell)": 70.0,
    "Bench Press (Barbell)": 50.0,
    "Bent Over Row (Barbell)": 45.0,
    "Deadlift (Barbell)": 90.0,
    "Overhead Press (Barbell)": 32.5,
    "Lat Pulldown (Cable)": 45.0,
}

pytestmark = pytest.mark.skipif(
    os.environ.get("SETLOG_SCREENSHOTS") != "1", reason="pictures are taken when asked for"
)


def post(phone: Phone, path: str, **form: str | float | bool) -> str:
    """Send a page's form with the person's cookie; the address it leads to."""
    headers = {"Accept": "text/html", "Origin": phone.site}
    answer = phone.page.request.post(phone.site + path, form=form, headers=headers)
    assert answer.ok, (path, answer.text())
    return answer.url


def in_progress(phone: Phone) -> Any:
    """The exercises of the workout in progress with their sets."""
    answer = phone.page.request.get(phone.site + "/session", headers={"Accept": "application/json"})
    return answer.json()["exercises"]


def lifted(name: str, workouts: int) -> str:
    """Kilograms of an exercise after so many workouts of the program."""
    return f"{KILOS.get(name, 10.0) + (2.5 * (workouts // 2) if name in KILOS else 0):g}"


def train(phone: Phone, routine: str, workouts: int, days_ago: int) -> None:
    """Do a routine, every set of it, and put it on its day."""
    post(phone, "/session/start", routine=routine)
    for item in in_progress(phone):
        name = item["exercise_name"]
        more = {} if name in ("Stationary Bike", "Plank") else {"weight": lifted(name, workouts)}
        for each in item["sets"]:
            post(phone, f"/session/sets/{each['id']}/log", **more)
    uuid = post(phone, "/session/finish", rating="4").rsplit("/", 1)[1]
    day = (datetime.now(UTC) - timedelta(days=days_ago)).date().isoformat()
    post(phone, f"/workouts/{uuid}/edit", day=day, start="18:30", end="19:24")


def a_month(phone: Phone) -> None:
    phone.register()
    phone.tap(phone.page.locator(".starter button", has_text="Full body").first)
    expect(phone.page.locator(".start.is-next")).to_be_visible()
    fields = phone.page.locator(".start input[name=routine]")
    routines = [each.get_attribute("value") or "" for each in fields.all()]
    for number, days_ago in enumerate(DAYS_AGO):
        train(phone, routines[number % len(routines)], number, days_ago)


def picture(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size < MOST_BYTES, (name, path.stat().st_size)


def test_the_pictures_show_the_product_in_use(phones: Callable[..., Phone]) -> None:
    phone = phones(reduced_motion="reduce", scale=1)
    a_month(phone)
    phone.open("/")
    picture(phone.page, "today")
    wide = phones(scale=1, size=(1024, 640), storage_state=phone.page.context.storage_state())
    wide.open("/")
    picture(wide.page, "wide")
    phone.tap(phone.page.locator(".start.is-next button"))
    phone.page.wait_for_url("**/session")
    for _ in range(3):
        phone.log_next()
    phone.tap(phone.page.locator('article.is-current li.is-current [data-nudge="+"]').first)
    for _ in range(2):
        phone.log_next()
    picture(phone.page, "session")
    assert phone.errors == []
