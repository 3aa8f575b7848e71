"""Webhooks are told everything, signed, in order, at least once, whatever the receiver does."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from quart import Quart

from tests.support.everything import fill
from tests.support.following import Follower
from tests.support.receiver import WAYS, Receiver, receiver
from tests.support.world import Person
from webapp import create_app
from webapp.db import rows
from webapp.hooks import clock, keeping, queue, sending, signing
from webapp.hooks.clock import Deliverer
from webapp.models import User, Webhook, WebhookDelivery
from webapp.ringing import reach
from webapp.settings import Settings


@pytest.fixture
def open_settings(app: Quart, settings: Settings) -> Settings:
    """Settings that allow private addresses, which the receivers of these tests have."""
    app.config["SETLOG"] = replace(settings, webhooks_private=True)
    found: Settings = app.config["SETLOG"]
    return found


@pytest.fixture
async def there() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


async def said(answer: Any, status: int = 200) -> Any:
    text = await answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return await answer.get_json() if text else None


async def hooked(person: Person, to: Receiver, **more: Any) -> str:
    """A webhook of the person's to this receiver; where it is in the API."""
    body = {"url": to.url, **more}
    made = await said(await person.json("POST", "/api/webhooks", body), 201)
    to.secret = made["secret"]
    return f"/api/webhooks/{made['id']}"


async def weigh(person: Person, *kilos: int) -> None:
    for each in kilos:
        await said(await person.json("POST", "/api/body", {"weight": each}), 201)


async def deliver(settings: Settings) -> None:
    """One look of one process, to its end."""
    deliverer = Deliverer()
    await deliverer.look(settings)
    await asyncio.gather(*deliverer.running.values())


async def due_now() -> None:
    """Let the time of the next try come."""
    await Webhook.all().update(next_try_at=datetime.now(UTC))


def ids(to: Receiver) -> list[str]:
    return [headers["webhook-id"] for headers, _ in to.heard]


async def test_what_happens_from_now_on_is_told_in_order_and_signed(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver
) -> None:
    await weigh(ann, 80)
    at = await hooked(ann, there)
    await weigh(ann, 81, 82, 83)
    await weigh(bob, 70)
    await deliver(open_settings)
    assert [each["type"] for each in there.taken] == ["body_weight.created"] * 3
    versions = [each["data"]["version"] for each in there.taken]
    assert versions == sorted(versions) and len(set(ids(there))) == 3
    headers, _ = there.heard[0]
    assert headers["content-type"] == "application/json"
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 300
    told = await said(await ann.json("GET", at))
    assert {each["status"] for each in told["deliveries"]} == {"delivered"}
    first = told["deliveries"][0]
    assert (first["answer_status"], first["answer"], first["attempts"]) == (200, "H�llo!", 1)
    assert first["id"] == ids(there)[-1] and first["answer_ms"] >= 0
    await deliver(open_settings)
    assert len(there.heard) == 3


async def test_an_address_may_be_a_host_with_a_query_alone(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    there.url = there.url.rsplit("/", 1)[0] + "?key=1"
    await hooked(ann, there)
    await weigh(ann, 80)
    await deliver(open_settings)
    headers, _ = there.heard[0]
    assert headers["host"] == there.url.removeprefix("http://").partition("?")[0]


async def test_only_what_it_asked_for_is_told(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    await hooked(ann, there, kinds="location,routine")
    await weigh(ann, 80)
    await ann.page("POST", "/settings/locations", {"name": "Barn"})
    await deliver(open_settings)
    assert [each["type"] for each in there.taken] == ["location.created"]
    assert await queue.due(9) == []


@pytest.mark.parametrize("way", WAYS)
async def test_whatever_the_receiver_does_every_message_comes_in_order(
    open_settings: Settings, ann: Person, there: Receiver, way: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "SECONDS", 1 if way == "slow" else 20)
    monkeypatch.setattr(sending, "READ_SECONDS", 0.1)
    at = await hooked(ann, there)
    await weigh(ann, 80, 81, 82)
    there.ways = [way, "200", way, way]
    await deliver(open_settings)
    if way not in ("dripping", "huge", "cut"):
        told = await said(await ann.json("GET", at))
        assert (told["status"], told["failures"]) == ("on", 1)
        again = datetime.fromisoformat(told["next_try_at"]) - datetime.now(UTC)
        low, high = (3500, 3601) if way == "429" else (-1, 7)
        assert low < again.total_seconds() < high
        assert told["deliveries"][0]["attempts"] == 1
        assert told["deliveries"][0]["error"] or told["deliveries"][0]["answer_status"] != 200
    for _ in range(30):  # more than enough, also where a busy machine is slow itself
        await due_now()
        await deliver(open_settings)
        if (told := await said(await ann.json("GET", at)))["waiting"] == 0:
            break
    assert (told["waiting"], told["failures"]) == (0, 0)
    versions = [each["data"]["version"] for each in there.taken]
    assert versions == sorted(versions) and len(set(versions)) == 3
    assert len(set(ids(there))) == 3, "the id stays the same when it is sent again"
    assert there.most_at_once == 1 or way == "slow", "which goes on when nobody listens"
    assert all(len(each["answer"] or "") <= sending.KEPT for each in told["deliveries"])


async def test_a_redirect_is_not_followed(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    async with receiver() as other:
        at = await hooked(ann, there)
        there.url, there.ways = other.url, ["redirect"]
        await weigh(ann, 80)
        await deliver(open_settings)
        assert other.heard == []
    told = await said(await ann.json("GET", at))
    assert told["deliveries"][0]["answer_status"] == 307


async def test_who_says_gone_is_told_nothing_more(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    at = await hooked(ann, there)
    there.ways = ["410"]
    await weigh(ann, 80)
    await deliver(open_settings)
    await due_now()
    await deliver(open_settings)
    told = await said(await ann.json("GET", at))
    assert (told["status"], told["reason"], len(there.heard)) == ("paused", "gone", 1)
    await said(await ann.json("POST", f"{at}/resume"))
    await deliver(open_settings)
    assert [each["type"] for each in there.taken] == ["body_weight.created"]


async def test_after_days_of_failures_it_is_paused_and_goes_on_where_it_stopped(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    at = await hooked(ann, there)
    await weigh(ann, 80, 81)
    there.ways = ["500"] * (len(queue.PAUSES) + 1)
    for _ in range(len(queue.PAUSES)):
        await due_now()
        await deliver(open_settings)
    assert (await said(await ann.json("GET", at)))["status"] == "on"
    await due_now()
    await deliver(open_settings)
    told = await said(await ann.json("GET", at))
    assert (told["status"], told["reason"]) == ("paused", "failing")
    page = await (await ann.page("GET", at.replace("/api", "/settings"))).get_data(as_text=True)
    assert "was paused" in page and "Let it go on" in page
    await weigh(ann, 82)
    await due_now()
    await deliver(open_settings)
    assert there.taken == []
    await said(await ann.json("POST", f"{at}/resume"))
    await deliver(open_settings)
    assert len(there.taken) == 3 and len(set(ids(there))) == 3


def test_the_pauses_grow_for_days_and_no_two_are_alike() -> None:
    assert sorted(queue.PAUSES) == list(queue.PAUSES)
    assert 4 * 24 < sum(queue.PAUSES) / 3600 < 7 * 24
    pauses = {queue.pause_after(3) for _ in range(20)}
    seconds = [each.total_seconds() for each in pauses]
    assert len(pauses) > 10 and min(seconds) >= 480 and max(seconds) <= 720
    assert queue.pause_after(99) <= timedelta(hours=30)


async def test_of_several_processes_one_delivers(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    await hooked(ann, there)
    await weigh(ann, *range(60, 72))
    await asyncio.gather(*(deliver(open_settings) for _ in range(6)))
    await deliver(open_settings)
    versions = [each["data"]["version"] for each in there.taken]
    assert versions == sorted(set(versions)) and len(versions) == 12
    assert there.most_at_once == 1


async def test_who_claims_a_webhook_that_is_claimed_gets_nothing(
    ann: Person, bob: Person, there: Receiver, open_settings: Settings
) -> None:
    """Two processes may have found it due at the same moment."""
    await hooked(ann, there)
    await hooked(bob, there)
    mine, other = await Webhook.get(user=ann.user), await Webhook.get(user=bob.user)
    first = await queue.claim(mine.id)
    assert first is not None and await queue.claim(mine.id) is None
    assert await queue.claim(other.id) is not None
    await queue.release(first)
    assert await queue.claim(mine.id) is not None


async def test_what_a_killed_process_had_under_way_is_sent_again_with_its_id(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    await hooked(ann, there)
    await weigh(ann, 80, 81)
    hook = await queue.claim((await queue.due(1))[0])
    assert hook is not None
    message = await queue.head(hook)
    assert message is not None
    await sending.send(open_settings, hook, str(message["uuid"]), message["body"])
    await deliver(open_settings)
    assert len(there.heard) == 1, "the claim holds until it is over"
    await Webhook.all().update(claimed_until=datetime.now(UTC) - timedelta(seconds=1))
    await deliver(open_settings)
    assert [each["data"]["version"] for each in there.taken] == [1, 1, 2]
    assert ids(there)[0] == ids(there)[1]
    late = sending.Outcome(1, 500)
    assert not await queue.record(hook, message, late), "whoever comes late changes nothing"
    assert (await Webhook.get()).failures == 0


async def test_one_that_is_slow_holds_up_no_other(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "SECONDS", 20)
    async with receiver() as slow:
        slow.ways = ["slow"]
        await hooked(ann, slow)
        await hooked(bob, there)
        await weigh(ann, 80)
        await weigh(bob, 70)
        deliverer = Deliverer()
        await deliverer.look(open_settings)
        while not there.taken or len(deliverer.running) > 1:
            await asyncio.sleep(0.01)
        (task,) = deliverer.running.values()
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_the_server_delivers_by_itself_also_after_a_restart(
    app: Quart, open_settings: Settings, ann: Person, there: Receiver
) -> None:
    await hooked(ann, there)
    await weigh(ann, 80)
    served = create_app(open_settings)
    clock.install(served, every=0.01)
    async with served.test_app():
        for _ in range(1000):
            if there.taken:
                break
            await asyncio.sleep(0.02)
    assert len(there.taken) == 1


async def test_a_paused_one_hears_nothing_and_then_everything_once(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver
) -> None:
    at = await hooked(ann, there)
    assert (await said(await ann.json("POST", f"{at}/pause")))["reason"] == "asked"
    for verb in ("pause", "resume", "replay", "test"):
        assert (await bob.json("POST", f"{at}/{verb}")).status_code == 404
    assert (await bob.json("GET", at)).status_code == 404
    assert (await bob.json("DELETE", at)).status_code == 404
    await weigh(ann, 80, 81)
    await deliver(open_settings)
    assert there.heard == []
    await said(await ann.json("POST", f"{at}/resume"))
    await deliver(open_settings)
    assert len(there.taken) == 2
    await said(await ann.json("DELETE", at), 204)
    await weigh(ann, 82)
    await deliver(open_settings)
    assert len(there.taken) == 2 and not await WebhookDelivery.exists()


async def test_what_was_told_is_told_again_from_a_cursor_a_moment_or_the_beginning(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver
) -> None:
    await weigh(ann, 80)
    follower = Follower(ann)
    await follower.read()
    at = await hooked(ann, there)
    await weigh(ann, 81, 82)
    await deliver(open_settings)
    await said(await ann.json("POST", f"{at}/replay", {"since": follower.cursor}))
    await deliver(open_settings)
    assert [each["data"]["version"] for each in there.taken] == [2, 3, 2, 3]
    assert len(set(ids(there))) == 4, "they are new messages"
    await said(await ann.json("POST", f"{at}/replay", {}))
    await deliver(open_settings)
    assert [each["data"]["version"] for each in there.taken[4:]] == [1, 2, 3]
    hour = datetime.now(UTC) + timedelta(hours=1)
    await said(await ann.json("POST", f"{at}/replay", {"from": hour.isoformat()}))
    await deliver(open_settings)
    assert len(there.taken) == 7
    theirs = Follower(bob)
    await theirs.read()
    for wrong in ({"since": theirs.cursor}, {"since": "x"}, {"from": "soon"}):
        assert (await ann.json("POST", f"{at}/replay", wrong)).status_code == 400


async def test_a_test_is_sent_at_once_and_not_again(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    at = await hooked(ann, there)
    await said(await ann.json("POST", f"{at}/pause"))
    told = await said(await ann.json("POST", f"{at}/test"))
    assert (told["delivered"], told["answer_status"]) == (True, 200)
    assert [each["type"] for each in there.taken] == ["webhook.test"]
    there.ways = ["500"]
    told = await said(await ann.json("POST", f"{at}/test"))
    assert (told["delivered"], told["answer_status"]) == (False, 500)
    await said(await ann.json("POST", f"{at}/resume"))
    await deliver(open_settings)
    assert len(there.heard) == 2
    for _ in range(8):
        await ann.json("POST", f"{at}/test")
    refused = await ann.json("POST", f"{at}/test")
    assert refused.status_code == 429 and refused.headers["Retry-After"] == "60"


async def test_the_history_is_bounded_whatever_others_are_told(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(queue, "KEPT", 5)
    at = await hooked(ann, there)
    await weigh(ann, *range(60, 72))
    await deliver(open_settings)
    assert (
        len((await said(await ann.json("GET", at)))["deliveries"]) == 5 and len(there.taken) == 12
    )
    async with receiver() as other:
        await hooked(bob, other)
        await weigh(bob, *range(60, 72))
        await deliver(open_settings)
    await weigh(ann, 72)
    await deliver(open_settings)
    assert len((await said(await ann.json("GET", at)))["deliveries"]) == 5
    for _ in range(3):
        await said(await ann.json("POST", f"{at}/test"))
    assert await WebhookDelivery.filter(user=ann.user).count() == 5


async def test_one_that_is_paused_while_it_is_told_goes_on_at_once(
    open_settings: Settings, ann: Person, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await hooked(ann, there)
    await weigh(ann, 80, 81)

    async def send(*_: object) -> sending.Outcome:
        await said(await ann.json("POST", f"{at}/pause"))
        return sending.Outcome(1, 200)

    monkeypatch.setattr(clock, "send", send)
    await deliver(open_settings)
    monkeypatch.undo()
    await said(await ann.json("POST", f"{at}/resume"))
    await deliver(open_settings)
    assert len(there.taken) == 1


async def test_the_secret_is_told_once_and_sealed(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    at = await hooked(ann, there)
    hook = await Webhook.get()
    assert there.secret.startswith("whsec_") and there.secret[6:] not in hook.secret
    for path in (at, "/api/webhooks", at.replace("/api", "/settings")):
        answer = await ann.json("GET", path)
        assert there.secret[6:] not in await answer.get_data(as_text=True)
    key = open_settings.secret_key
    assert signing.opened(key, str(hook.uuid), hook.secret) == there.secret
    for wrong in ((key + "x", str(hook.uuid)), (key, str(ann.user.uuid))):
        with pytest.raises(signing.Unsealed):
            signing.opened(*wrong, hook.secret)
    await weigh(ann, 80)
    await deliver(replace(open_settings, secret_key="another secret key of forty letters, yes"))
    told = await said(await ann.json("GET", at))
    assert "secret key is another" in told["deliveries"][0]["error"] and there.heard == []


def test_messages_are_signed_as_the_standard_says() -> None:
    """The example of Standard Webhooks' own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signing.headers(
        secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
    )
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_webhook_made_twice_is_made_once_and_ten_are_enough(
    open_settings: Settings, ann: Person, bob: Person
) -> None:
    form = [("url", "https://example.org/hook"), ("kinds", "workout"), ("kinds", "routine")]
    form.append(("uuid", "01900000-0000-7000-8000-000000000001"))
    made = await ann.page("POST", "/settings/webhooks", form)
    text = await made.get_data(as_text=True)
    assert made.status_code == 200 and "whsec_" in text
    assert made.headers["Cache-Control"] == "no-store"
    again = await ann.page("POST", "/settings/webhooks", form)
    assert again.status_code == 409 and "whsec_" not in await again.get_data(as_text=True)
    assert (await Webhook.get(user=ann.user)).kinds == ["workout", "routine"]
    for number in range(9):
        await said(await ann.json("POST", "/api/webhooks", {"url": f"https://x.org/{number}"}), 201)
    refused = await ann.json("POST", "/api/webhooks", {"url": "https://x.org/more"})
    assert refused.status_code == 409
    assert (await said(await bob.json("GET", "/api/webhooks"))) == {"webhooks": []}


async def test_those_made_at_once_are_ten_at_most(
    open_settings: Settings, ann: Person, bob: Person
) -> None:
    urls = [f"https://example.org/{number}" for number in range(14)]
    asked = [
        person.json("POST", "/api/webhooks", {"url": u}) for u in urls for person in (ann, bob)
    ]
    answers = [each.status_code for each in await asyncio.gather(*asked)]
    assert (answers.count(201), answers.count(409)) == (20, 8)
    for person in (ann, bob):
        assert await Webhook.filter(user=person.user).count() == keeping.MOST


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "https://127.0.0.1/", "https://10.0.0.1/x", "https://[::1]/",
        "https://169.254.169.254/latest", "https://100.64.0.1/", "https://ann:pw@example.org/",
        "ftp://example.org/", "https://example.org:22/", "https://", "nonsense",
        "https://exa mple/", "https://[fe80::1]/", "https://0.0.0.0/", "https://[::ffff:192.168.0.1]/",
    ],
)  # fmt: skip
async def test_nothing_is_told_to_a_network_of_ones_own(ann: Person, url: str) -> None:
    answer = await ann.json("POST", "/api/webhooks", {"url": url})
    assert answer.status_code == 400 and (await answer.get_json())["fields"]["url"]
    page = await ann.page("POST", "/settings/webhooks", {"url": url})
    assert page.status_code == 400 and "Cannot be used" in await page.get_data(as_text=True)
    assert not await Webhook.exists()


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "192.0.0.192"],
)
async def test_the_secrets_of_a_machine_in_a_cloud_are_not_reached_from_ones_own_network_either(
    open_settings: Settings, ann: Person, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    url = f"http://{address}/latest/meta-data"
    assert (await ann.json("POST", "/api/webhooks", {"url": url})).status_code == 400
    fine = await ann.json("POST", "/api/webhooks", {"url": "http://192.168.1.7/x"})
    assert fine.status_code == 201

    async def found(host: str, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address.strip("[]"), 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    at = f"/api/webhooks/{(await said(fine, 201))['id']}"
    tested = await said(await ann.json("POST", f"{at}/test"))
    assert not tested["delivered"] and "private network" in tested["error"]


async def test_what_was_looked_up_is_what_is_connected_to(
    open_settings: Settings, ann: Person, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name has no other address: whoever asked for it again would find nothing."""

    async def found(host: str) -> list[str]:
        return ["127.0.0.1"] if host == "hook.invalid" else []

    monkeypatch.setattr(reach, "_looked_up", found)
    there.url = there.url.replace("127.0.0.1", "hook.invalid")
    await hooked(ann, there)
    await weigh(ann, 80)
    await deliver(open_settings)
    headers, _ = there.heard[0]
    assert headers["host"].startswith("hook.invalid:")


async def test_a_name_of_a_private_address_is_not_reached_also_when_it_changes(
    settings: Settings, ann: Person, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    port = int(there.url.split(":")[2].split("/")[0])

    async def found(host: str, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    made = await ann.json("POST", "/api/webhooks", {"url": f"https://rebound.example:{port}/x"})
    at = f"/api/webhooks/{(await said(made, 201))['id']}"
    monkeypatch.setattr(loop, "getaddrinfo", found)
    await weigh(ann, 80)
    await deliver(settings)
    told = await said(await ann.json("GET", at))
    assert "private network" in told["deliveries"][0]["error"] and there.heard == []
    assert not (await said(await ann.json("POST", f"{at}/test")))["delivered"]


def _certificate(folder: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    text = made.sign(key, hashes.SHA256()).public_bytes(pem) + key.private_bytes(pem, *plain)
    (folder / "own.pem").write_bytes(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    open_settings: Settings, ann: Person, tmp_path: Path
) -> None:
    async with receiver(_certificate(tmp_path)) as own:
        at = await hooked(ann, own)
        await weigh(ann, 80)
        await deliver(open_settings)
        told = await said(await ann.json("GET", at))
        assert "certificate" in told["deliveries"][0]["error"].lower() and own.heard == []


async def test_a_test_of_a_page_says_what_came_of_it(
    open_settings: Settings, ann: Person, there: Receiver
) -> None:
    at = (await hooked(ann, there)).replace("/api", "/settings")
    there.ways = ["500"]
    answer = await ann.page("POST", f"{at}/test")
    assert (answer.status_code, answer.headers["Location"]) == (303, at)
    page = await (await ann.page("GET", at)).get_data(as_text=True)
    assert "The test failed: It answered 500" in page and "Send a test" in page
    for verb, text in (("pause", "You paused it"), ("resume", ">On<")):
        await ann.page("POST", f"{at}/{verb}")
        page = await (await ann.page("GET", at)).get_data(as_text=True)
        assert text in page
    answer = await ann.page("POST", f"{at}/replay", {"from": "2026-01-01T10:00"})
    assert (answer.status_code, answer.headers["Location"]) == (303, at)
    listed = await (await ann.page("GET", "/settings/webhooks")).get_data(as_text=True)
    assert at in listed and "Everything" in listed
    answer = await ann.page("POST", f"{at}/delete")
    assert answer.headers["Location"] == "/settings/webhooks"
    assert not await Webhook.exists()


async def test_the_account_takes_its_webhooks_along(
    open_settings: Settings, ann: Person, bob: Person, there: Receiver
) -> None:
    for person in (ann, bob):
        await fill(person)
        await hooked(person, there)
        await weigh(person, 80)
    hook = await queue.claim((await queue.due(1))[0])
    assert hook is not None and await queue.head(hook) is not None
    await User.filter(id=ann.user.id).delete()
    for table in ("webhooks", "webhook_deliveries"):
        left = await rows(f"SELECT DISTINCT user_id FROM {table} WHERE user_id = ?", ann.user.id)
        assert left == []
    assert await Webhook.all().count() == 2
