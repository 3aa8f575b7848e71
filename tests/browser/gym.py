"""A phone in a gym, with whatever signal there is, and what the server knows of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.phone import PASSWORD, Phone
from tests.support.faults import Faults

JSON = {"Accept": "application/json"}
SYNC = "sync"  # the phone has Background Sync
either_way = pytest.mark.parametrize("line", ["plain", SYNC], indirect=True)


def ready(phone: Phone) -> Phone:
    """Ann's phone with a program on it, ready to do without the server."""
    phone.sign_up()
    phone.send("/routines/starters/full-body")
    phone.open("/")
    expect(phone.page.locator(".start.is-next")).to_be_visible()
    phone.until_offline_ready()
    phone.until(lambda: has_plans(phone), "the routines on the phone")
    return phone


def has_plans(phone: Phone) -> bool:
    """The routines are on the phone too."""
    return bool(phone.kept()[0]["plans"]["body"]["plans"])


def leave(phone: Phone, line: Faults) -> None:
    """Into airplane mode."""
    line.set("refuse")
    phone.page.context.set_offline(True)


def come_back(phone: Phone, line: Faults) -> None:
    line.set("pass")
    phone.page.context.set_offline(False)


def start(phone: Phone) -> None:
    phone.tap(phone.page.locator(".start.is-next button"))
    phone.page.wait_for_url("**/session")


def server(phone: Phone, line: Faults, path: str) -> Any:
    """What the server itself says, past the line and the worker."""
    answer = phone.page.context.request.get(line.upstream + path, headers=JSON)
    assert answer.ok, (path, answer.status, answer.text())
    return answer.json()


def logged(workout: Any) -> list[tuple[str, Any, Any]]:
    """[(exercise, weight, reps)] of the sets that are done, as the server tells a workout."""
    return [
        (exercise["exercise_name"], each["weight"], each["reps"])
        for exercise in workout["exercises"]
        for each in exercise["sets"]
        if each["completed_at"]
    ]


def reps_done(workout: Any) -> dict[str, str]:
    """The reps of the sets that are done, by UUID; "" where none are counted."""
    return {
        each["id"]: "" if each["reps"] is None else str(each["reps"])
        for exercise in workout["exercises"]
        for each in exercise["sets"]
        if each["completed_at"]
    }


def sign_in(phone: Phone, name: str = "") -> None:
    page = phone.page
    page.get_by_label("User name").fill(name or phone.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/(unsent)?$"))


def elsewhere(phone: Phone, line: Faults, path: str, **form: str) -> None:
    """The same person on another device: past this phone's worker."""
    headers = {"Accept": "text/html", "Origin": line.upstream}
    fields: Any = form
    answer = phone.page.context.request.post(line.upstream + path, form=fields, headers=headers)
    assert answer.ok, (path, answer.status)


def set_uuids(phone: Phone, line: Faults) -> list[str]:
    """The sets of the workout in progress, in order."""
    found = server(phone, line, "/session")["exercises"]
    return [each["id"] for exercise in found for each in exercise["sets"]]
