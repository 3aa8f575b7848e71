"""Nobody takes more than their share: requests a minute, and room in the database."""

import random
from dataclasses import replace
from typing import Any

import pytest
from quart import Quart

from tests.support.everything import owned
from tests.support.history import train
from tests.support.statements import counted as statements
from tests.support.voices import CONTRACTS
from tests.support.world import Person
from webapp import quotas
from webapp.models import BodyWeight, KeptAnswer
from webapp.quotas import MEGABYTE, Quotas
from webapp.settings import Settings, WrongSetting, from_environment

PROBES = {
    "live": ("POST", "/api/body", {"weight": 80}),
    "gym": ("POST", "/api/Locations", {"name": "Barn"}),
    "routines": ("POST", "/api/v1/workouts", {}),
    "executions": ("POST", "/api/v1/workouts", {}),
    "diary": ("POST", "/api/v1.0/exercises", {"name": "Row", "muscleGroup": "BACK"}),
}


@pytest.fixture
def limits(app: Quart, settings: Settings) -> Any:
    """Sets the limits of the app and returns its quotas."""

    def limit(**said: Any) -> Quotas:
        made = Quotas(replace(settings, **said))
        app.config["QUOTAS"] = made
        return made

    return limit


async def test_too_many_requests_wait_and_others_do_not(
    limits: Any, ann: Person, bob: Person
) -> None:
    counted = limits(max_requests=3)
    found = [(await ann.json("GET", "/api/body")).status_code for _ in range(5)]
    assert found == [200, 200, 200, 429, 429]
    assert (await bob.json("GET", "/api/body")).status_code == 200
    page = await ann.page("GET", "/body")
    assert (page.status_code, page.headers["Retry-After"]) == (429, "20")
    assert "Please wait a moment and try again" in await page.get_data(as_text=True)
    counted.shares[ann.user.id].at -= 20
    found = [(await ann.json("GET", "/api/body")).status_code for _ in range(2)]
    assert found == [200, 429]


@pytest.mark.parametrize("contract", CONTRACTS)
async def test_each_contract_says_so_in_its_words(limits: Any, ann: Person, contract: str) -> None:
    counted = limits(max_requests=1)
    method, path, body = PROBES[contract]
    answer = await ann.json(method, path, body, Accept_Profile=contract)
    assert answer.status_code in (200, 201), await answer.get_data(as_text=True)
    before = await owned(ann)
    answer = await ann.json(method, path, body, Accept_Profile=contract)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "too many requests" in await answer.get_data(as_text=True)
    counted = limits(max_megabytes=1)
    counted.shares[ann.user.id] = share = quotas.Share(9.0, 0.0, is_full=True)
    share.is_looking = True  # nobody looks meanwhile
    answer = await ann.json(method, path, body, Accept_Profile=contract)
    assert answer.status_code == 403
    # The document of executions has one text for every 403.
    text = "permission" if contract == "executions" else "Your account is full: it may take 1 MB"
    assert text in await answer.get_data(as_text=True)
    assert await owned(ann) == before


async def test_who_is_not_signed_in_and_what_is_static_counts_for_nobody(
    limits: Any, app: Quart, ann: Person
) -> None:
    counted = limits(max_requests=1)
    for _ in range(3):
        assert (await app.test_client().get("/login")).status_code == 200
        assert (await ann.client.get("/healthz")).status_code == 200
    assert ann.user.id not in counted.shares or counted.shares[ann.user.id].left >= 0


async def stuff(person: Person, megabytes: int) -> KeptAnswer:
    """Let the person take so much room."""
    body = random.Random(1).randbytes(megabytes * MEGABYTE)  # which nothing can pack
    said: Any = {"scope": "x", "route": "x", "key": "x", "fingerprint": "x", "status": 200}
    return await KeptAnswer.create(user=person.user, headers={}, body=body, **said)


async def test_who_is_full_writes_nothing_more_until_something_is_deleted(
    limits: Any, ann: Person, bob: Person
) -> None:
    counted = limits(max_megabytes=2)
    assert (await ann.json("POST", "/api/body", {"weight": 80})).status_code == 201
    kept = await stuff(ann, 3)
    share = counted.shares[ann.user.id]
    share.writes = 0  # as after a thousand writes
    assert (await ann.json("POST", "/api/body", {"weight": 81})).status_code == 201
    await counted.end()
    assert (share.is_full, share.writes) == (True, quotas.WRITES)
    assert (await ann.json("POST", "/api/body", {"weight": 82})).status_code == 403
    assert (await ann.json("GET", "/api/body")).status_code == 200
    assert (await bob.json("POST", "/api/body", {"weight": 82})).status_code == 201
    weight = await BodyWeight.filter(user=ann.user).first()
    assert weight is not None
    assert (await ann.json("DELETE", f"/api/body/{weight.uuid}")).status_code == 204
    await kept.delete()
    share.looked_at -= quotas.LOOK_AGAIN + 1
    assert (await ann.json("POST", "/api/body", {"weight": 82})).status_code == 403
    await counted.end()
    assert (await ann.json("POST", "/api/body", {"weight": 82})).status_code == 201


async def test_a_write_costs_no_statement_for_it_and_never_waits(limits: Any, ann: Person) -> None:
    counted = limits(max_megabytes=0, max_requests=0)
    await ann.json("POST", "/api/body", {"weight": 80})
    with statements() as free:
        await ann.json("POST", "/api/body", {"weight": 80})
    counted = limits()
    with statements() as bound:
        await ann.json("POST", "/api/body", {"weight": 80})
    assert len(bound) == len(free)
    assert counted.looks == set()


async def test_a_look_that_fails_lets_the_person_go_on(
    limits: Any, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = limits(max_megabytes=1)

    async def broken(*_: Any) -> int:
        raise OSError("no disk")

    monkeypatch.setattr(quotas, "room_of", broken)
    counted.shares[ann.user.id] = share = quotas.Share(9.0, 0.0, writes=0)
    assert (await ann.json("POST", "/api/body", {"weight": 80})).status_code == 201
    await counted.end()
    assert (share.is_full, share.is_looking, share.writes) == (False, False, quotas.WRITES)


async def test_an_import_is_looked_at_at_once(limits: Any, ann: Person) -> None:
    counted = limits()
    counted.shares[ann.user.id] = share = quotas.Share(9.0, 0.0)
    assert (await ann.page("POST", "/import", {})).status_code == 400
    assert (await ann.page("POST", "/import", {})).status_code == 400
    await counted.end()
    assert share.looked_at > 0


async def test_ten_years_of_training_are_far_from_the_limits(
    settings: Settings, ann: Person
) -> None:
    await train(ann.user, workouts=20, exercises=6, sets=4)
    a_workout = await quotas.room_of(settings, ann.user.id) / 20
    assert a_workout > 24 * quotas.A_ROW
    ten_years = 10 * 365 * a_workout
    assert ten_years * 5 < Settings().max_megabytes * MEGABYTE


# Always allowed: what deletes, ends, or lets somebody out.
FREE = """
POST /api/user/logout
POST /api/v1/auth/logout
PATCH /api/v1/workouts/<id:workout>/finish
POST /api/v1/workouts/<id:workout>/complete
PUT /api/Workouts/<id:workout>/Complete
PUT /api/session/finish
PUT /api/session/stop
"""


async def test_what_deletes_and_ends_is_always_allowed(app: Quart) -> None:
    found = [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "DELETE"})
        if quotas.frees(method, rule.rule)
    ]
    assert set(FREE.split("\n")[1:-1]) <= set(found)
    adding = ("/start", "/sets", "/items", "/exercises", "/routines", "/log", "/import", "/share")
    assert not [each for each in found if each.endswith(adding)]
    assert quotas.frees("DELETE", "/api/user")


def test_the_limits_are_settings() -> None:
    key = {"SETLOG_SECRET_KEY": "k" * 40}
    assert from_environment(key).max_requests == Settings().max_requests == 6000
    said = {"SETLOG_MAX_REQUESTS": "0", "SETLOG_MAX_MEGABYTES": "50"}
    settings = from_environment({**key, **said})
    assert (settings.max_requests, settings.max_megabytes) == (0, 50)
    for wrong in ("-1", "many", "1.5", "9" * 20):
        with pytest.raises(WrongSetting, match="SETLOG_MAX_REQUESTS must be a whole number"):
            from_environment({**key, "SETLOG_MAX_REQUESTS": wrong})


async def test_the_shares_of_a_crowd_take_no_room(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "MOST_PEOPLE", 3)
    made = Quotas(settings)
    for number in range(10):
        made._new(number, 0.0)
    assert len(made.shares) <= 3
