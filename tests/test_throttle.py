"""Guessing passwords is slowed down, for each account and each address; who knows one is not."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart, Response

from tests.support.people import PASSWORD, Browser
from webapp import throttle
from webapp.models import Throttle
from webapp.problems import Problem

WRONG = "wrong-orchard-9"


async def guess(
    app: Quart, times: int, login: str = "cleo", address: str = "192.0.2.9"
) -> list[int]:
    """The statuses of so many wrong sign-ins from one address, one after the other."""
    browser = Browser(app, address)
    return [(await browser.sign_in(login, WRONG)).status_code for _ in range(times)]


async def later(by: timedelta) -> None:
    """Let time pass for every count."""
    for each in await Throttle.all():
        each.last_at -= by
        each.blocked_until = each.blocked_until and each.blocked_until - by
        await each.save()


@pytest.mark.parametrize("login", ["cleo", "nobody"])
async def test_after_five_wrong_passwords_one_has_to_wait(app: Quart, login: str) -> None:
    await Browser(app).register()
    assert await guess(app, 7, login) == [401] * 5 + [429] * 2
    answer = await Browser(app, "192.0.2.9").sign_in(login, WRONG)
    assert answer.headers["Retry-After"] == "1"
    page = await answer.get_data(as_text=True)
    assert "Too many failed attempts. Please wait 1 second and try again" in page
    assert f'value="{login}"' in page


async def test_the_right_password_has_to_wait_as_well(app: Quart) -> None:
    await Browser(app).register()
    await guess(app, 5)
    assert (await Browser(app, "192.0.2.9").sign_in()).status_code == 429
    await later(timedelta(seconds=1))
    assert (await Browser(app, "192.0.2.9").sign_in()).status_code == 303


async def test_every_failure_more_doubles_the_wait(app: Quart) -> None:
    await guess(app, 5)
    waits = []
    for _ in range(4):
        answer = await Browser(app, "192.0.2.9").sign_in("cleo", WRONG)
        waits.append(int(answer.headers["Retry-After"]))
        await later(timedelta(seconds=waits[-1]))
        assert await guess(app, 1) == [401]
    assert waits == [1, 2, 4, 8]


def test_the_wait_grows_to_a_quarter_of_an_hour_and_no_further() -> None:
    waits = [throttle.ACCOUNT.wait(failures).total_seconds() for failures in range(60)]
    assert waits[:8] == [0, 0, 0, 0, 0, 1, 2, 4]
    assert waits == sorted(waits)
    assert waits[-1] == 900


async def test_a_program_is_told_in_its_words(app: Quart) -> None:
    said = {"email": "cleo@example.org", "password": WRONG}
    client: Any = app.test_client(use_cookies=False)
    for _ in range(5):
        assert (await client.post("/api/user/login", json=said)).status_code == 401
    answer: Response = await client.post("/api/user/login", json=said)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert (await answer.get_json()).keys() == {"error"}


async def test_a_success_forgets_the_failures_before_it(app: Quart) -> None:
    await Browser(app).register()
    for _ in range(4):
        assert await guess(app, 4) == [401] * 4
        assert (await Browser(app, "192.0.2.9").sign_in()).status_code == 303
    counted = await Throttle.all()
    assert [each.failures for each in counted] == [0]


async def test_time_forgives(app: Quart) -> None:
    await guess(app, 5)
    await later(timedelta(hours=2))
    assert await guess(app, 6) == [401] * 5 + [429]


async def test_strangers_who_guess_do_not_keep_the_person_out_of_a_known_address(
    app: Quart,
) -> None:
    await Browser(app, "198.51.100.1").register()
    assert (await guess(app, 7))[-1] == 429
    assert (await guess(app, 1, address="203.0.113.1")) == [429]
    assert (await Browser(app, "198.51.100.1").sign_in()).status_code == 303


async def test_the_failures_of_others_at_an_address_do_not_delay_a_success(app: Quart) -> None:
    await Browser(app).register()
    for number in range(6):
        assert await guess(app, 5, f"other{number}") == [401] * 5
    assert (await Browser(app, "192.0.2.9").sign_in()).status_code == 303


async def test_one_address_cannot_guess_at_every_account(
    app: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = throttle.Limit(free=8, forgiven_every=timedelta(minutes=1))
    monkeypatch.setattr(throttle, "ADDRESS", limit)
    await Browser(app).register()
    statuses = [status for n in range(10) for status in await guess(app, 1, f"other{n}")]
    assert statuses == [401] * 8 + [429] * 2
    assert await guess(app, 1, "another", address="192.0.2.77") == [401]
    await later(timedelta(seconds=1))
    assert (await Browser(app, "192.0.2.9").sign_in()).status_code == 303
    assert await guess(app, 2, "yet-another") == [401, 429], "an own success buys no guesses"


async def test_the_neighbours_of_an_ipv6_network_are_one_address() -> None:
    one = throttle.counters("cleo", "2001:db8:1:2::1", False)
    other = throttle.counters("cleo", "2001:db8:1:2:ffff::9", False)
    elsewhere = throttle.counters("cleo", "2001:db8:1:3::1", False)
    assert one == other
    assert one != elsewhere
    assert "cleo" not in str(one)


async def test_guesses_in_parallel_are_counted_before_they_are_tried(app: Quart) -> None:
    await Browser(app).register()
    many = await asyncio.gather(*(guess(app, 1) for _ in range(30)))
    statuses = [status for each in many for status in each]
    assert statuses.count(401) <= 6, "two may be under way when the limit is reached"
    assert statuses.count(429) == 30 - statuses.count(401)


async def test_successes_in_parallel_are_all_let_in(app: Quart) -> None:
    await Browser(app).register()
    answers = await asyncio.gather(*(Browser(app).sign_in() for _ in range(12)))
    assert [answer.status_code for answer in answers] == [303] * 12


async def test_the_counts_are_kept_for_other_processes_and_for_after_a_restart(app: Quart) -> None:
    counted = throttle.counters("cleo", "192.0.2.9", False)
    await asyncio.gather(*(throttle.failed(counted) for _ in range(9)))
    assert sorted(each.failures for each in await Throttle.all()) == [9, 9]
    with pytest.raises(Problem) as refused:
        await throttle.admit(counted)
    assert refused.value.retry_after == 16


async def test_old_counts_are_swept_away(app: Quart) -> None:
    await Browser(app).register()
    await guess(app, 1, "somebody")
    old = datetime.now(UTC) - timedelta(days=2)
    await Throttle.all().update(last_at=old)
    await Browser(app).sign_in()
    assert not await Throttle.exists()


@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("/settings/password", "current", {"password": "quince-meadow-4"}),
        ("/settings/account/delete", "password", {}),
    ],
)
async def test_who_is_signed_in_cannot_guess_either(
    app: Quart, path: str, field: str, said: dict[str, str]
) -> None:
    browser = Browser(app)
    await browser.register()
    statuses = [(await browser.post(path, {**said, field: WRONG})).status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]
    assert (await browser.post(path, {**said, field: PASSWORD})).status_code == 429
    assert (await Browser(app).sign_in()).status_code == 303
