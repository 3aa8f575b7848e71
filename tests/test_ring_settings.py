"""Asking to be rung: the page, what is refused, and where nothing is ever sent."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Any

import pytest
from tortoise.migrations.api.migrate import migrate as apply

from tests.support.push_service import Browser
from tests.support.world import Person
from webapp import db
from webapp.db.migrate import migrate
from webapp.models import LoginSession, PushSubscription, User
from webapp.ringing import reach, sealing, subscribing, vapid
from webapp.ringing.sealing import CURVE, decoded, seal
from webapp.ringing.vapid import encoded
from webapp.settings import Settings

SERVICE = "https://push.example.org/"
PUBLIC = Settings(secret_key="x" * 40)  # not a machine of one's own


def said(endpoint: str = SERVICE + "one", **other: str) -> dict[str, str]:
    return {**Browser(endpoint).subscription, **other}


async def test_the_page_says_what_ringing_cannot_do_and_works_without_script(ann: Person) -> None:
    text = await (await ann.page("GET", "/settings/ring")).get_data(as_text=True)
    assert "It needs signal when the rest ends" in text and "home screen" in text
    assert f'data-ring="{vapid.public_key(ann.app.config["SETLOG"].secret_key)}"' in text
    assert "Stop ringing all" not in text
    await ann.page("POST", "/settings/ring", said())
    text = await (await ann.page("GET", "/settings/ring")).get_data(as_text=True)
    assert "1 phone or browser of yours is rung" in text
    assert (await ann.page("POST", "/settings/ring/off", {})).status_code == 303
    assert not await PushSubscription.exists()
    assert '/settings/ring"' in await (await ann.page("GET", "/settings")).get_data(as_text=True)


async def test_a_browser_asks_for_itself_and_stops_itself(ann: Person, bob: Person) -> None:
    for person in (ann, bob):
        for name in ("one", "two", "one"):
            await person.page("POST", "/settings/ring", said(SERVICE + name))
    assert await PushSubscription.all().count() == 4
    mine: Any = await PushSubscription.filter(user=ann.user).order_by("id")
    session = await LoginSession.get(user=ann.user)
    assert {each.session_id for each in mine} == {session.id}
    assert mine[0].contact == "http://localhost/"
    await bob.page("POST", "/settings/ring/off", {"endpoint": SERVICE + "one"})
    left = await PushSubscription.all().values_list("user_id", "endpoint")
    assert sorted(left) == sorted(
        [(ann.user.id, SERVICE + "one"), (ann.user.id, SERVICE + "two"),
         (bob.user.id, SERVICE + "two")]
    )  # fmt: skip
    answer = await ann.json("GET", "/settings/ring")
    assert (await answer.get_json())["phones"] == 2


async def test_a_person_has_at_most_ten_phones(ann: Person) -> None:
    for number in range(subscribing.MOST + 2):
        await ann.page("POST", "/settings/ring", said(f"{SERVICE}{number}"))
    kept: Any = await PushSubscription.all().order_by("id").values_list("endpoint", flat=True)
    assert kept == [f"{SERVICE}{number}" for number in range(2, 12)]


async def test_phones_that_ask_at_once_are_ten_at_most_and_one_is_itself(
    ann: Person, bob: Person
) -> None:
    names = [f"{SERVICE}{number % 13}" for number in range(26)]
    asked = [person.page("POST", "/settings/ring", said(n)) for n in names for person in (ann, bob)]
    assert {each.status_code for each in await asyncio.gather(*asked)} == {303}
    for person in (ann, bob):
        kept = await PushSubscription.filter(user=person.user).values_list("endpoint", flat=True)
        assert len(kept) == len(set(kept)) == subscribing.MOST


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "x"}, {"p256dh": encoded(b"\4" + bytes(64))}, {"p256dh": "é" * 80},
        {"auth": "x"}, {"auth": encoded(bytes(15))}, {"auth": "é" * 22}, {"endpoint": ""},
        {"endpoint": "http://push.example.org/"}, {"endpoint": "ftp://push.example.org/"},
        {"endpoint": "https://10.0.0.1/"}, {"endpoint": "https://[::1]/"},
        {"endpoint": "https://push.example.org:8443/"}, {"endpoint": "https://a@example.org/"},
        {"endpoint": "https://[bad/"}, {"endpoint": "https://exa mple.org/"},
        {"endpoint": SERVICE + "x" * 2048}, {"endpoint": "https:///x"},
        {"endpoint": "https://push.example.org:x/"},
    ],
)  # fmt: skip
async def test_what_is_no_subscription_is_refused(ann: Person, wrong: dict[str, str]) -> None:
    answer = await ann.page("POST", "/settings/ring", said(**wrong))
    assert answer.status_code == 400, wrong
    assert "Ring this phone" in await answer.get_data(as_text=True)
    told = await ann.json("POST", "/settings/ring", said(**wrong))
    assert set((await told.get_json())["fields"]) == set(wrong)
    assert not await PushSubscription.exists()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "2002:0a00:0001::", "64:ff9b::a00:1", "2001:db8::1",
        "::127.0.0.1", "64:ff9b:1::a00:1", "168.63.129.16", "100.100.100.200", "fd00:ec2::254",
    ],
)  # fmt: skip
async def test_nothing_is_sent_into_a_network_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert not reach.is_public(ip_address(address))

    async def found(host: str) -> list[str]:
        return ["1.1.1.1", address]

    monkeypatch.setattr(reach, "_looked_up", found)
    with pytest.raises(reach.Unreachable):
        await reach.target(SERVICE, PUBLIC)
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(reach.Unreachable):
        reach.check(f"https://{literal}/x", PUBLIC)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost/", "https://[::1]/"])
def test_the_machine_itself_is_reached_only_where_plain_http_is_allowed(url: str) -> None:
    with pytest.raises(reach.Unreachable):
        reach.check(url, PUBLIC)
    if url.startswith("http:"):
        reach.check(url, Settings(secret_key="x" * 40, insecure_http=True))


@pytest.mark.parametrize(
    ("address", "url"),
    [("1.1.1.1", "https://1.1.1.1:443/a?b"), ("2606::1", "https://[2606::1]:443/a?b")],
)
async def test_what_was_looked_up_is_what_is_connected_to(
    monkeypatch: pytest.MonkeyPatch, address: str, url: str
) -> None:
    async def found(host: str) -> list[str]:
        return [address]

    monkeypatch.setattr(reach, "_looked_up", found)
    assert await reach.target(SERVICE + "a?b", PUBLIC) == reach.Target(url, "push.example.org")


async def test_a_name_that_nobody_knows_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*said: object, **more: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    with pytest.raises(reach.Unreachable):
        await reach.target("https://nobody.invalid/", PUBLIC)


def test_the_key_follows_from_the_secret() -> None:
    one = vapid.public_key("one secret of forty characters or more...")
    assert one == vapid.public_key("one secret of forty characters or more...")
    assert one != vapid.public_key("another secret of forty characters, too..")
    assert len(decoded(one)) == 65 and decoded(one)[0] == 4


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    """RFC 8291, section 5 and appendix A."""
    own = sealing.ec.derive_private_key(
        int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), CURVE
    )
    theirs = (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    text = b"When I grow up, I want to be a watermelon"
    made = seal(text, theirs, "BTBZMqHH6r4Tts7J_aSIgg", own, decoded("DGv6ra1nlYgDCS1FRnbzlw"))
    assert encoded(made) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
        "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        "WGNWQexSgSxsj_Qulcy4a-fN"
    )


async def _to(settings: Settings, target: str | None) -> None:
    """Bring the database to this migration; None is the newest."""
    await db.disconnect()
    if target is None:
        await migrate(settings)
    else:
        await apply(config=db.config(settings, foreign_keys="OFF"), target=target)
    await db.disconnect()
    await db.connect(settings)


async def test_its_migration_touches_no_row_on_the_way_there_and_back(
    settings: Settings, ann: Person
) -> None:
    sql = "SELECT u.username, s.id FROM users u JOIN login_sessions s ON s.user_id = u.id"
    for target in ("models.0003_import_parts", "models.0004_push_subscriptions") * 2 + (None,):
        await _to(settings, target)
        assert [each["username"] for each in await db.rows(sql)] == ["ann"]
    await ann.page("POST", "/settings/ring", said())
    assert await PushSubscription.all().count() == 1
    await User.filter(id=ann.user.id).delete()
    assert await PushSubscription.all().count() == 0
