"""Thousands of sign-ins in a minute: few are tried, and everybody else is served meanwhile."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from quart import Quart

from tests.support.people import Browser
from tests.support.world import Person
from webapp import passwords
from webapp.problems import Problem

FLOOD = 300  # at once: more than 10,000 a minute
# Five are free, two may be under way when they are used up, and one more is heard after each wait,
# which doubles: however slow the machine is, the flood does not last through many.
FREE = 15
WRONG = "wrong-orchard-9"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The passwords that were hashed to be compared, each of which takes a core for a while."""
    seen: list[str] = []
    verify = passwords._verify

    def noting(stored: str, password: bytes) -> bool:
        seen.append(password.decode())
        return verify(stored, password)

    monkeypatch.setattr(passwords, "_verify", noting)
    yield seen


async def flood(app: Quart, login: Any, address: Any) -> Counter[int]:
    """The statuses of so many wrong sign-ins at once; `login` and `address` by their number."""

    async def one(number: int) -> int:
        browser = Browser(app, address(number))
        return (await browser.sign_in(login(number), WRONG)).status_code

    return Counter(await asyncio.gather(*(one(number) for number in range(FLOOD))))


async def served(person: Person) -> list[int]:
    """The statuses of what somebody else does meanwhile."""
    found = []
    for _ in range(10):
        found.append((await person.json("GET", "/api/body")).status_code)
        found.append((await person.json("POST", "/api/body", {"weight": 80})).status_code)
    return found


async def test_a_flood_on_one_account_from_one_address(
    app: Quart, bob: Person, tried: list[str]
) -> None:
    await Browser(app).register()
    guesses = flood(app, lambda _: "cleo", lambda _: "192.0.2.9")
    statuses, others = await asyncio.gather(guesses, served(bob))
    assert others == [200, 201] * 10
    assert statuses[401] <= FREE
    assert statuses.keys() <= {401, 429, 503}
    assert len(tried) == statuses[401]
    assert (await Browser(app, "192.0.2.1").sign_in()).status_code == 303, "from where she lives"


async def test_a_flood_on_one_account_from_everywhere(
    app: Quart, bob: Person, tried: list[str]
) -> None:
    await Browser(app).register()
    guesses = flood(app, lambda _: "cleo", lambda n: f"198.18.{n // 250}.{n % 250 + 1}")
    statuses, others = await asyncio.gather(guesses, served(bob))
    assert others == [200, 201] * 10
    assert statuses[401] <= FREE
    assert len(tried) == statuses[401]
    assert (await Browser(app, "192.0.2.1").sign_in()).status_code == 303


async def test_a_flood_over_all_accounts_from_one_address(
    app: Quart, bob: Person, tried: list[str]
) -> None:
    guesses = flood(app, lambda n: f"person{n}", lambda _: "192.0.2.9")
    statuses, others = await asyncio.gather(guesses, served(bob))
    assert others == [200, 201] * 10
    assert statuses[401] <= FREE + 45
    assert len(tried) == statuses[401]


async def test_a_flood_over_everything_waits_in_a_line_of_one_length(
    app: Quart, bob: Person, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 20)
    everywhere = lambda n: f"198.18.{n // 250}.{n % 250 + 1}"  # noqa: E731
    guesses = flood(app, lambda n: f"person{n}", everywhere)
    statuses, others = await asyncio.gather(guesses, served(bob))
    assert others == [200, 201] * 10
    assert statuses.keys() == {401, 503}
    assert len(tried) == statuses[401] < FLOOD
    answer = await Browser(app).sign_in("person1", WRONG)
    assert answer.status_code == 401, "the line is empty again"


async def test_who_finds_no_place_in_the_line_is_told_when_to_come_back() -> None:
    async with passwords.turn(), passwords.turn():
        waiting = [asyncio.create_task(_turn()) for _ in range(passwords.MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refused:
            await _turn()
    assert (refused.value.status, refused.value.retry_after) == (503, 5)
    await asyncio.gather(*waiting)
    await _turn()


async def _turn() -> None:
    async with passwords.turn():
        pass
