"""Which passwords are accepted, how they are hashed, and what devices are called."""

import asyncio
import threading
import time
from typing import Any

import pytest
from quart import Quart

from tests.support.people import PASSWORD, Browser
from tests.support.world import Person
from webapp import db, passwords
from webapp.device_names import device_name
from webapp.passwords import objection


def test_each_of_the_three_thousand_commonest_is_refused_in_any_case() -> None:
    listed = passwords.COMMONEST.read_text("utf-8").split()
    assert len(listed) == 3000
    long_enough = [each for each in listed if len(each) >= passwords.SHORTEST]
    assert len(long_enough) > 500
    for each in long_enough:
        assert "most common" in (objection(each) or "")
        assert "most common" in (objection(each.upper()) or "")


@pytest.mark.parametrize(
    "password",
    ["Cleopatra", "cleopatra@example.org", "CLEOPATRA", "Cleopatra Vance", "cleopatravance"],
)
def test_ones_own_names_and_addresses_are_refused(password: str) -> None:
    own = ("Cleopatra", "Vance", None, "cleopatra@example.org")
    refused = objection(password, own)
    if password == "Cleopatra Vance":
        refused = objection(password, own[:2])
    assert refused == "Must not be your own name or e-mail"
    assert objection(password + "-7", own) is None


def test_what_is_none_of_these_is_accepted() -> None:
    for password in (PASSWORD, "x" * 7 + "!", "ü" * 128, "        ", "correct horse"):
        assert objection(password, ["cleo"]) is None


async def test_the_same_characters_match_however_the_keyboard_composes_them() -> None:
    stored = await passwords.hashed("caf\u00e9-au-lait")
    assert await passwords.matches(stored, "cafe\u0301-au-lait")
    assert not await passwords.matches(stored, "cafe-au-lait")
    assert not await passwords.matches("no hash at all", PASSWORD)
    assert not await passwords.matches(None, PASSWORD)


async def test_two_are_hashed_at_once_off_the_loop_and_outside_every_transaction(
    app: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Browser(app).register()
    now, most, inside, threads = 0, 0, [], set()
    real = passwords._verify

    def verify(stored: str, password: bytes) -> bool:
        nonlocal now, most
        now += 1
        most = max(most, now)
        inside.append(db._inside.get())
        threads.add(threading.current_thread())
        time.sleep(0.02)
        try:
            return real(stored, password)
        finally:
            now -= 1

    monkeypatch.setattr(passwords, "_verify", verify)
    answers = await asyncio.gather(*(Browser(app).sign_in() for _ in range(10)))
    assert [answer.status_code for answer in answers] == [303] * 10
    assert most == 2
    assert inside == [False] * 10
    assert threading.main_thread() not in threads


async def test_no_password_is_hashed_inside_a_transaction(
    app: Quart, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    real = passwords.HASHER.hash

    class Watched:
        def hash(self, password: bytes) -> str:
            inside.append(db._inside.get())
            return real(password)

        def __getattr__(self, name: str) -> Any:
            return getattr(passwords_hasher, name)

    passwords_hasher = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Watched())
    browser = Browser(app)
    await browser.register()
    form = {"current": PASSWORD, "password": "quince-meadow-4"}
    assert (await browser.post("/settings/password", form)).status_code == 303
    edited = await ann.json("PUT", "/api/user/edit", {"password": "medlar-hedge-6"})
    assert edited.status_code == 200
    assert inside == [False] * 3


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like "
            "Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
            "Edge on Mac",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (PlayStation 5)", "A browser"),
        ("curl/8.11.0", "curl"),
        ("bad\x07name\x00/1", "badname"),
        ("x" * 500, "x" * 60),
        ("", ""),
    ],
)
def test_a_device_is_called_by_its_browser_and_system(agent: str, name: str) -> None:
    assert device_name(agent) == name
