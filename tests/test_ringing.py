"""A phone is rung when the rest is over: once, encrypted, by whichever process comes first."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from quart import Quart

from tests.support.gym import classic, sets, start, tap
from tests.support.push_service import Browser, PushService, claims, push_service
from tests.support.statements import counted
from tests.support.world import Person
from webapp import create_app
from webapp.models import LoginSession, PushSubscription, User, Workout
from webapp.ringing import clock, vapid
from webapp.ringing.sealing import decoded
from webapp.settings import Settings


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as made:
        yield made


async def rung(person: Person, browser: Browser) -> None:
    """Let the browser ask to be rung."""
    answer = await person.page("POST", "/settings/ring", browser.subscription)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/ring")


async def resting(person: Person, over: float = 1.0) -> list[str]:
    """A workout whose rest after the first set has been over for so many seconds; its sets."""
    await start(person, await classic(person))
    uuids = [str(each["id"]) for each in await sets(person)]
    await tap(person, uuids[0], weight="80", reps="5")
    await over_for(person, over)
    return uuids


async def over_for(person: Person, seconds: float) -> None:
    end = datetime.now(UTC) - timedelta(seconds=seconds)
    running = Workout.filter(user=person.user, status="in_progress")
    await running.update(rest_started_at=end - timedelta(seconds=180), rest_ends_at=end)


async def test_the_end_of_a_rest_is_told_encrypted_and_signed(
    settings: Settings, ann: Person, bob: Person, service: PushService
) -> None:
    phone, theirs = service.browser("ann"), service.browser("bob")
    await rung(ann, phone)
    await rung(bob, theirs)
    await resting(ann)
    await clock.ring(settings)
    ((path, headers, body),) = service.sent
    assert path == "/ann" and b"Squat" not in body
    told = phone.read(body)
    assert (told["title"], told["body"]) == ("The rest is over", "Squat (Barbell) · Set 2")
    assert told["url"] == "/session"
    said = [headers[name] for name in ("content-encoding", "ttl", "urgency", "topic")]
    assert said == ["aes128gcm", "60", "high", "rest"]
    _is_ours(settings, headers["authorization"], service.origin)


def _is_ours(settings: Settings, header: str, origin: str) -> None:
    said, named = claims(header)
    assert named == vapid.public_key(settings.secret_key)
    point = decoded(named)
    x, y = (vapid.encoded(point[start : start + 32]) for start in (1, 33))
    key = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    token = header.removeprefix("vapid t=").split(",")[0]
    assert jwt.decode(token, key, algorithms=["ES256"]).claims == said
    assert (said["aud"], said["sub"]) == (origin, "http://localhost/")
    assert 0 < said["exp"] - datetime.now(UTC).timestamp() <= 24 * 3600


async def test_of_several_processes_one_rings(
    settings: Settings, ann: Person, service: PushService
) -> None:
    await rung(ann, service.browser("one"))
    await rung(ann, service.browser("other"))
    await resting(ann)
    await asyncio.gather(*(clock.ring(settings) for _ in range(8)))
    await clock.ring(settings)
    assert sorted(path for path, _, _ in service.sent) == ["/one", "/other"]
    await over_for(ann, 0.5)
    await clock.ring(settings)
    assert len(service.sent) == 4  # another rest is rung for again


@pytest.mark.parametrize("what", ["log", "skip", "pause", "plus", "finish", "discard", "undo"])
async def test_what_ends_the_rest_ends_the_ringing(
    settings: Settings, ann: Person, service: PushService, what: str
) -> None:
    await rung(ann, service.browser("ann"))
    uuids = await resting(ann, over=-100)
    if what == "log":
        await tap(ann, uuids[1], weight="80", reps="5")
    elif what == "undo":
        await ann.htmx("POST", f"/session/sets/{uuids[0]}/undo")
    else:
        path = "" if what in ("finish", "discard") else "rest/"
        await ann.page("POST", f"/session/{path}{what}")
    assert await clock.ring(settings) == clock.LOOK_SECONDS
    assert service.sent == []


async def test_a_rest_is_waited_for_to_its_end_and_not_told_when_it_is_old_news(
    settings: Settings, ann: Person, service: PushService
) -> None:
    await rung(ann, service.browser("ann"))
    await resting(ann, over=-2)
    assert 0 < await clock.ring(settings) <= 2
    await over_for(ann, 61)
    await clock.ring(settings)
    assert service.sent == []


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(
    settings: Settings, ann: Person, bob: Person, service: PushService, status: int
) -> None:
    await rung(ann, service.browser("ann"))
    await rung(bob, service.browser("bob"))
    service.status = status
    await resting(ann)
    await clock.ring(settings)
    assert [str(each.user_id) for each in await _all()] == [str(bob.user.id)]


async def _all() -> list[Any]:
    return await PushSubscription.all()


@pytest.mark.parametrize("status", [400, 403, 413, 429, 500])
async def test_a_push_service_in_trouble_loses_nobody(
    settings: Settings, ann: Person, service: PushService, status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("webapp.ringing.sending.PAUSE", 0)
    await rung(ann, service.browser("ann"))
    service.status = status
    await resting(ann)
    await clock.ring(settings)
    assert len(service.sent) == (2 if status in (429, 500) else 1)
    assert len(await _all()) == 1


async def test_a_push_service_that_is_not_there_does_no_harm(
    settings: Settings, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.ringing.sending.PAUSE", 0)
    async with push_service() as gone:
        pass
    await rung(ann, gone.browser("ann"))
    await resting(ann)
    await clock.ring(settings)
    assert len(await _all()) == 1


async def test_whoever_has_signed_out_is_not_rung(
    settings: Settings, ann: Person, service: PushService
) -> None:
    await rung(ann, service.browser("ann"))
    await resting(ann)
    await LoginSession.filter(user=ann.user).update(revoked_at=datetime.now(UTC))
    await clock.ring(settings)
    await LoginSession.filter(user=ann.user).update(
        revoked_at=None, expires_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    await clock.ring(settings)
    await User.filter(id=ann.user.id).update(is_active=False)
    await LoginSession.filter(user=ann.user).update(
        expires_at=datetime.now(UTC) + timedelta(minutes=1)
    )
    await clock.ring(settings)
    assert service.sent == []
    await User.filter(id=ann.user.id).update(is_active=True)
    await clock.ring(settings)
    assert len(service.sent) == 1


async def test_the_server_rings_by_itself_also_after_a_restart(
    app: Quart, settings: Settings, ann: Person, service: PushService
) -> None:
    phone = service.browser("ann")
    await rung(ann, phone)
    await resting(ann)
    served = create_app(settings)
    clock.install(served, every=0.01)
    async with served.test_app():
        await asyncio.wait_for(service.arrived.wait(), 20)
    assert phone.read(service.sent[0][2])["title"] == "The rest is over"


async def test_a_failing_look_is_followed_by_another(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    async def failing(settings: Settings) -> float:
        looks.append(len(looks))
        raise RuntimeError("the database is away")

    monkeypatch.setattr(clock, "ring", failing)
    for _ in range(2):
        assert await clock._look(settings, 0.5) == 0.5
    assert looks == [0, 1]


async def test_logging_a_set_costs_the_same_whether_anybody_is_rung(
    ann: Person, bob: Person, service: PushService
) -> None:
    await rung(ann, service.browser("ann"))
    costs = []
    for person in (ann, bob):
        await start(person, await classic(person))
        uuid = (await sets(person))[0]["id"]
        with counted() as statements:
            await tap(person, uuid, weight="80", reps="5")
        costs.append(len(statements))
    assert costs[0] == costs[1]
