"""Requests that a program with bad intentions sends: odd texts, floods, and credentials astray."""

import gzip
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from quart import Quart

from tests.support.everything import owned
from tests.support.people import PASSWORD, Browser
from tests.support.voices import CONTRACTS
from tests.support.world import Person, make_token
from webapp import access_tokens, logs
from webapp.models import LoginSession, User

PROBES = {
    "live": ("/api/body", "weight"),
    "gym": ("/api/Locations", "name"),
    "routines": ("/api/v1/routines", "name"),
    "executions": ("/api/v1/exercises", "name"),
    "diary": ("/api/v1.0/exercises", "name"),
}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
UNREADABLE = {
    "nested 1,000,000 deep": b'{"name":' + b"[" * 1_000_000,
    "nested and closed": b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "objects in objects": b'{"a":' * 200_000,
    "a number of 100,000 digits": b'{"weight":' + b"9" * 100_000 + b',"name":1}',
    "a number beyond all": b'{"weight":1e400,"name":1e400}',
    "NaN": b'{"weight":NaN,"name":NaN}',
    "Infinity": b'{"weight":-Infinity,"name":-Infinity}',
    "half a character": b'{"weight":"\\ud800","name":"\\ud800"}',
    "invalid UTF-8": b'{"weight":"\xff\xfe","name":"\xc0\xaf"}',
    "UTF-16": '{"weight":"1"}'.encode("utf-16"),
    "NUL": b'{"weight":"\\u0000","name":"a\\u0000b"}',
    "packed": gzip.compress(b'{"weight":80,"name":"Row"}'),
    "a list": b"[1]",
    "nothing but spaces": b" " * 100_000,
}


@pytest.mark.parametrize("contract", CONTRACTS)
async def test_a_body_that_is_none_is_refused_and_writes_nothing(
    ann: Person, contract: str
) -> None:
    path, _ = PROBES[contract]
    sent = {**JSON, "Authorization": f"Bearer {ann.token}", "Accept-Profile": contract}
    await ann.json("GET", path, Accept_Profile=contract)
    before = await owned(ann)
    client: Any = ann.app.test_client(use_cookies=False)
    for kind, data in UNREADABLE.items():
        answer = await client.post(path, headers=sent, data=data)
        assert 400 <= answer.status_code < 500, (kind, await answer.get_data(as_text=True))
        assert answer.mimetype in ("application/json", "application/problem+json"), kind
    assert await owned(ann) == before


async def test_of_a_key_said_twice_the_last_counts_wherever_it_is_read(ann: Person) -> None:
    body = b'{"theme":"light","theme":"dark"}'
    sent = {**JSON, "Authorization": f"Bearer {ann.token}"}
    answer = await ann.client.post("/settings", headers=sent, data=body)
    assert (await answer.get_json())["theme"] == json.loads(body)["theme"] == "dark"


# Letters that are many when they are folded: 50 of them are no key that a column holds.
SWELLING = "\ufdfa" * 50


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/login", {"login": "a" * 254, "password": PASSWORD}),
        ("/login", {"login": SWELLING, "password": PASSWORD}),
        ("/register", {"username": SWELLING, "password": PASSWORD}),
        ("/register", {"email": f"{SWELLING}@example.org", "password": PASSWORD}),
        ("/register", {"username": "cleo", "first_name": SWELLING * 2, "password": PASSWORD}),
    ],
)
async def test_a_name_of_any_length_and_letters_is_answered(
    app: Quart, path: str, said: dict[str, str]
) -> None:
    answer = await Browser(app).post(path, said)
    assert answer.status_code in (303, 400, 401)


async def test_a_long_e_mail_signs_in(app: Quart) -> None:
    email = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example.org"
    assert (await Browser(app).register("cleo", email=email)).status_code == 303
    assert (await Browser(app).sign_in(email.upper())).status_code == 303


async def test_a_user_name_of_swelling_letters_is_refused_by_the_diary_too(app: Quart) -> None:
    said = {"username": SWELLING, "email": "x@example.org", "password": PASSWORD}
    client: Any = app.test_client()
    answer = await client.post("/api/v1.0/auth/register", json=said)
    assert answer.status_code == 400
    assert await User.all().count() == 0


# --- the log


async def test_no_text_of_a_request_makes_a_line_of_the_log(
    app: Quart, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    forged = '\n{"level":"info","message":"forged"}\r\n\x1b[2J\x1b[31mred\u2028\x85'
    sent = {"User-Agent": forged.replace("\n", " ").replace("\r", " "), "Accept": "text/html"}
    await ann.client.get(f"/workouts?q={forged.encode().hex()}", headers=sent)
    await ann.client.get("/nowhere/%0a%7b%22message%22:%22forged%22%7d%1b%5b2J", headers=sent)
    await Browser(app, agent="x").sign_in(forged, forged)
    await ann.json("POST", "/api/body", {"weight": forged})
    try:
        raise ValueError(forged)
    except ValueError as error:
        logs.ERRORS.error("unhandled %s", forged, exc_info=error)
    lines = [logs.JsonLines().format(each) for each in caplog.records]
    assert len(lines) >= 5
    for line in lines:
        assert json.loads(line)["message"] != "forged"
        assert not any(ord(each) < 32 for each in line), repr(line)


# --- credentials where they do not belong


async def pair(app: Quart) -> dict[str, Any]:
    """The tokens of a program that signs cleo in."""
    await Browser(app).register(email="cleo@example.org")
    client: Any = app.test_client()
    said = {"email": "cleo@example.org", "password": PASSWORD}
    found: dict[str, Any] = await (await client.post("/api/user/login", json=said)).get_json()
    return found


async def status(app: Quart, method: str, path: str, **headers: str) -> int:
    client: Any = app.test_client(use_cookies=False)
    sent = {"Accept": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    answer = await client.open(path, method=method, headers=sent)
    found: int = answer.status_code
    return found


async def test_no_credential_is_taken_for_one_of_another_kind(app: Quart) -> None:
    browser = Browser(app)
    tokens = await pair(app)
    await browser.sign_in("cleo")
    cookie = browser.cookie().value
    personal = await make_token(await User.get())
    for astray in (tokens["refresh_token"], cookie, "null", "undefined", "true", "0"):
        assert await status(app, "GET", "/api/body", Authorization=f"Bearer {astray}") == 401
    for astray in (tokens["access_token"], personal, cookie):
        sent = {"Authorization": f"Bearer {astray}"}
        assert await status(app, "POST", "/api/user/refresh", **sent) == 401
        assert await status(app, "POST", "/api/user/revoke", **sent) == 401
    for astray in (tokens["access_token"], tokens["refresh_token"], personal):
        assert await status(app, "GET", "/api/body", Cookie=f"setlog={astray}") == 401
    for name in ("access_token", "token", "api_key", "Authorization"):
        assert await status(app, "GET", f"/api/body?{name}={personal}") == 401
    good = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert await status(app, "GET", "/api/body", **good) == 200


async def test_a_token_names_no_key_that_it_is_checked_with(app: Quart) -> None:
    tokens, own = await pair(app), RSAKey.generate_key(2048)
    session, user = await LoginSession.get(kind="tokens"), await User.get()
    async with app.test_request_context("/"):
        good: Any = access_tokens.key()
        claims = dict(jwt.decode(tokens["access_token"], good, algorithms=["HS256"]).claims)
        expired = access_tokens.signed(session.uuid, user.uuid, timedelta(seconds=-1))
    assert await status(app, "GET", "/api/body", Authorization=f"Bearer {expired}") == 401
    tricks: list[dict[str, Any]] = [
        {"kid": "../../../../dev/null"},
        {"kid": "' UNION SELECT 'k"},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
        {"jwk": own.as_dict(private=False)},
        {"crit": ["exp"]},
    ]
    plain = {"alg": "HS256", "typ": "at+jwt"}
    right = signed(plain, claims, good.raw_value)
    assert await status(app, "GET", "/api/body", Authorization=f"Bearer {right}") == 200
    odd = signed({**plain, "crit": ["x"], "x": 1}, claims, good.raw_value)
    assert await status(app, "GET", "/api/body", Authorization=f"Bearer {odd}") == 401
    for trick in [{}, *tricks]:
        for key in (b"", b"k" * 32, b"\x00" * 32, own.as_pem(private=False)):
            forged = signed({**plain, **trick}, claims, key)
            assert await status(app, "GET", "/api/body", Authorization=f"Bearer {forged}") == 401


def signed(header: Any, claims: Any, key: bytes) -> str:
    """A token with this key, made by hand: a good library makes none of these."""
    parts = [urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (header, claims)]
    mark = hmac.digest(key, b".".join(parts), "sha256")
    return b".".join((*parts, urlsafe_b64encode(mark).rstrip(b"="))).decode()


async def test_a_token_of_one_document_speaks_the_others_as_the_same_person(
    app: Quart, ann: Person, bob: Person
) -> None:
    """A contract is a choice of words; whose rows they are about never depends on it."""
    made = await (await ann.json("POST", "/api/Locations", {"name": "Barn"})).get_json()
    for contract in CONTRACTS:
        for person, expected in ((ann, 200), (bob, 404)):
            token = await make_token(person.user, contract)
            sent = {"Authorization": f"Bearer {token}"}
            assert await status(app, "GET", f"/api/Locations/{made}", **sent) == expected


async def test_the_key_of_another_person_is_a_key_of_ones_own(ann: Person, bob: Person) -> None:
    key = str(uuid4())
    first = await ann.json("POST", "/api/body", {"weight": 80}, Idempotency_Key=key)
    other = await bob.json("POST", "/api/body", {"weight": 90}, Idempotency_Key=key)
    assert "Idempotent-Replayed" not in other.headers
    assert (await other.get_json())["weight"] == 90
    again = await ann.json("POST", "/api/body", {"weight": 80}, Idempotency_Key=key)
    assert await again.get_data() == await first.get_data()


async def test_a_guessed_share_key_is_no_different_from_none(app: Quart) -> None:
    client: Any = app.test_client()
    seen = set()
    for key in ("n" + "A" * 32, "w" + "A" * 32, "x", "A" * 5000, "n' OR 1=1"):
        answer = await client.get(f"/s/{key}")
        assert answer.status_code == 404
        seen.add(await answer.get_data(as_text=True))
    assert len(seen) == 1


PATHS = (
    *("//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example"),
    *("\t//evil.example", "/\n/evil.example", "javascript:alert(1)", "/..//evil.example"),
)


@pytest.mark.parametrize("path", PATHS, ids=repr)
async def test_no_address_sends_anybody_to_another_site(app: Quart, ann: Person, path: str) -> None:
    await Browser(app).register()
    for browser in (Browser(app), Browser(app)):
        answer = await browser.sign_in(next=path)
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith(("//", "/\\"))
        assert "\n" not in answer.headers["Location"]
    asked = await app.test_client().get(path if path.startswith("/") else "/" + path)
    there = asked.headers.get("Location", "/login")
    assert there.startswith("/login"), there
