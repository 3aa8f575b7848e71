"""What lets somebody in: cookie sessions, signed access tokens, refresh tokens, personal tokens."""

import asyncio
import json
import logging
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from quart import Quart

from tests.support.people import PASSWORD, Browser
from tests.support.serving import serving
from tests.support.world import Person, make_token
from webapp import access_tokens, auth, create_app, signing_in
from webapp.db import row, transaction
from webapp.logs import JsonLines
from webapp.models import LoginSession, RefreshToken, Token, User
from webapp.settings import Settings

JSON = {"Accept": "application/json"}


async def pair_of(app: Quart, login: str = "cleo") -> dict[str, str]:
    """A program's sign-in."""
    client: Any = app.test_client(use_cookies=False)
    answer = await client.post("/api/user/login", json={"email": login, "password": PASSWORD})
    assert answer.status_code == 200
    found: dict[str, str] = await answer.get_json()
    return found


async def status(app: Quart, token: str, method: str = "GET", path: str = "/settings") -> int:
    client: Any = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {token}", **JSON}
    return int((await client.open(path, method=method, headers=headers)).status_code)


async def refresh(app: Quart, token: str) -> Any:
    client: Any = app.test_client(use_cookies=False)
    return await client.post("/api/user/refresh", headers={"Authorization": f"Bearer {token}"})


# --- cookies


async def test_the_cookie_is_closed_to_scripts_other_sites_and_plain_http(
    settings: Settings,
) -> None:
    app = create_app(replace(settings, insecure_http=False))
    async with app.test_app():
        browser = Browser(app)
        answer = await browser.register()
        (line,) = (each for each in answer.headers.getlist("Set-Cookie") if "setlog" in each)
        assert line.startswith("__Host-setlog=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))
        assert "Domain" not in line


async def test_signing_in_replaces_the_session_the_browser_had(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    before = browser.cookie().value
    await browser.sign_in()
    assert browser.cookie().value != before
    old = Browser(app)
    old.client.set_cookie("localhost", "setlog", before)
    assert not await old.is_in()
    assert await browser.is_in()
    assert await LoginSession.filter(revoked_at=None).count() == 1


async def test_a_cookie_that_an_attacker_planted_is_not_what_the_victim_signs_in_with(
    app: Quart,
) -> None:
    attacker, victim = Browser(app), Browser(app)
    await attacker.register("mallory")
    await Browser(app).register("victim")
    planted = attacker.cookie().value
    victim.client.set_cookie("localhost", "setlog", planted)
    await victim.sign_in("victim")
    assert victim.cookie().value != planted
    page = await (await attacker.get("/settings/account")).get_data(as_text=True)
    assert "victim" not in page
    assert not await attacker.is_in(), "the session the victim's browser had is over"


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "WyJ4Il0.aQ.x", "é" * 50, "y" * 5000])
async def test_a_cookie_we_did_not_sign_lets_nobody_in(app: Quart, value: str) -> None:
    browser = Browser(app)
    answer = await browser.get("/settings", Cookie=f"setlog={value}")
    assert answer.status_code == 303
    secret = app.extensions["QUART_AUTH"][0].dump_token("unknown secret", app=app)
    assert (await browser.get("/settings", Cookie=f"setlog={secret}")).status_code == 303


@pytest.mark.parametrize(
    ("column", "ago"),
    [("last_seen_at", auth.IDLE + timedelta(minutes=1)), ("expires_at", timedelta(seconds=1))],
)
async def test_a_session_ends_when_it_is_not_used_and_after_a_year(
    app: Quart, column: str, ago: timedelta
) -> None:
    browser = Browser(app)
    await browser.register()
    session = await LoginSession.get()
    assert session.expires_at - session.created_at > timedelta(days=364)
    await LoginSession.all().update(**{column: datetime.now(UTC) - ago})
    assert not await browser.is_in()
    answer = await browser.get("/settings/devices", **JSON)
    assert answer.status_code == 401


async def test_being_used_keeps_a_session_alive(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    almost = datetime.now(UTC) - auth.IDLE + timedelta(days=1)
    await LoginSession.all().update(last_seen_at=almost)
    assert await browser.is_in()
    assert datetime.now(UTC) - (await LoginSession.get()).last_seen_at < timedelta(minutes=1)


# --- devices


async def test_devices_are_listed_in_words_and_only_ones_own(app: Quart, bob: Person) -> None:
    phone, desk = Browser(app), Browser(app, "198.51.100.7", "Mozilla/5.0 (X11; Linux) Firefox/130")
    await phone.register()
    await desk.sign_in()
    await pair_of(app)
    listed = await (await phone.get("/settings/devices", **JSON)).get_json()
    keys = {"id", "kind", "device", "address", "contract", "created_at", "last_seen_at"}
    assert {frozenset(each) for each in listed} == {frozenset(keys | {"is_current"})}
    told = {(each["device"], each["address"], each["kind"], each["contract"]) for each in listed}
    assert ("Chrome on Android", "192.0.2.1", "cookie", None) in told
    assert ("Firefox on Linux", "198.51.100.7", "cookie", None) in told
    assert len(listed) == 3
    assert [each["device"] for each in listed if each["is_current"]] == ["Chrome on Android"]
    page = await (await phone.get("/settings/devices")).get_data(as_text=True)
    assert "Firefox on Linux" in page
    assert "This device" in page
    others = await (await bob.page("GET", "/settings/devices")).get_data(as_text=True)
    assert "Firefox on Linux" not in others


async def test_a_device_is_signed_out_by_its_owner_alone(app: Quart, bob: Person) -> None:
    phone, desk = Browser(app), Browser(app)
    await phone.register()
    await desk.sign_in()
    listed = await (await phone.get("/settings/devices", **JSON)).get_json()
    ids = {each["is_current"]: each["id"] for each in listed}
    path = f"/settings/devices/{ids[False]}/sign-out"
    assert (await bob.page("POST", path)).status_code == 404
    assert (await bob.json("POST", path)).status_code == 404
    assert await desk.is_in()
    answer = await phone.post(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/devices")
    assert not await desk.is_in()
    assert (await phone.post(path)).status_code == 404
    answer = await phone.post(f"/settings/devices/{ids[True]}/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert not await phone.is_in()


async def test_all_other_devices_are_signed_out_at_once(app: Quart, bob: Person) -> None:
    phone, desk = Browser(app), Browser(app)
    await phone.register()
    await desk.sign_in()
    pair = await pair_of(app)
    assert (await phone.post("/settings/devices/sign-out-others")).status_code == 303
    assert await phone.is_in()
    assert not await desk.is_in()
    assert await status(app, pair["access_token"]) == 401
    assert (await refresh(app, pair["refresh_token"])).status_code == 401
    assert (await bob.page("GET", "/settings")).status_code == 200


# --- access tokens


def encoded(part: Any) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def forged(app: Quart, session: LoginSession, user: User, kind: str) -> str:
    """A token that is wrong in one way, and right in all others."""
    now = int(datetime.now(UTC).timestamp())
    claims: dict[str, Any] = {"iss": "setlog", "aud": "setlog", "iat": now, "exp": now + 900}
    claims |= {"sub": str(user.uuid), "sid": str(session.uuid), "jti": "1"}
    header: dict[str, Any] = {"alg": "HS256", "typ": "at+jwt"}
    async with app.test_request_context("/"):
        key: Any = access_tokens.key()
    if kind == "good":
        pass
    elif kind == "alg none":
        return f"{encoded({**header, 'alg': 'none'})}.{encoded(claims)}."
    elif kind == "alg None with a signature":
        good = jwt.encode(header, claims, key)
        return f"{encoded({**header, 'alg': 'None'})}.{encoded(claims)}.{good.rpartition('.')[2]}"
    elif kind == "another algorithm":
        header["alg"] = "HS512"
    elif kind == "an asymmetric algorithm":
        header["alg"], key = "RS256", RSAKey.generate_key(2048)
    elif kind == "another key":
        key = OctKey.import_key(b"k" * 32)
    elif kind == "the cookie's key":
        key = OctKey.import_key(str(app.secret_key).encode())
    elif kind == "changed claims":
        head, _, signature = jwt.encode(header, claims, key).split(".")
        return f"{head}.{encoded({**claims, 'sid': str(uuid4())})}.{signature}"
    elif kind == "expired":
        claims["exp"] = now - 1
    elif kind == "unknown session":
        claims["sid"] = str(uuid4())
    elif kind == "no session uuid":
        claims["sid"] = "1"
    elif kind.startswith("no "):
        claims.pop(kind[3:], None)
        header.pop(kind[3:], None)
    else:
        name, value = kind.split(" is ")
        (header if name in header else claims)[name] = value
    registry = jwt.JWSRegistry(algorithms=["HS256", "HS512", "RS256"])
    return jwt.encode(header, claims, key, registry=registry)


@pytest.mark.parametrize(
    "kind",
    [
        "alg none",
        "alg None with a signature",
        "another algorithm",
        "an asymmetric algorithm",
        "another key",
        "the cookie's key",
        "changed claims",
        "expired",
        "unknown session",
        "no session uuid",
        "typ is JWT",
        "no typ",
        "iss is somebody",
        "no iss",
        "aud is somebody",
        "no aud",
        "no exp",
        "no sid",
    ],
)
async def test_a_forged_or_expired_access_token_is_refused(app: Quart, kind: str) -> None:
    await Browser(app).register()
    await pair_of(app)
    session, user = await LoginSession.get(kind="tokens"), await User.get()
    assert await status(app, await forged(app, session, user, "good")) == 200
    assert await status(app, await forged(app, session, user, kind)) == 401


async def test_an_access_token_lives_a_quarter_of_an_hour_and_names_no_more_than_it_must(
    app: Quart,
) -> None:
    await Browser(app).register()
    token = (await pair_of(app))["access_token"]
    async with app.test_request_context("/"):
        claims = jwt.decode(token, access_tokens.key(), algorithms=["HS256"]).claims
    assert claims.keys() == {"iss", "aud", "sub", "sid", "iat", "exp", "jti"}
    assert claims["exp"] - claims["iat"] == 900
    assert UUID(claims["sub"]) == (await User.get()).uuid


async def test_a_cookies_session_cannot_be_named_by_a_token(app: Quart) -> None:
    await Browser(app).register()
    session, user = await LoginSession.get(kind="cookie"), await User.get()
    assert await status(app, await forged(app, session, user, "good")) == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Basic x", "bearer", "Token x", "", "Bearer " + "x" * 5000]
)
async def test_a_malformed_authorization_is_401(app: Quart, header: str) -> None:
    client: Any = app.test_client(use_cookies=False)
    for path in ("/api/session", "/api/user/refresh"):
        method = "POST" if path.endswith("refresh") else "GET"
        answer = await client.open(path, method=method, headers={"Authorization": header})
        assert answer.status_code == 401


# --- refresh tokens


async def test_of_fifty_refreshes_at_once_one_succeeds_and_its_pair_stays_good(app: Quart) -> None:
    await Browser(app).register()
    pair = await pair_of(app)
    answers = await asyncio.gather(*(refresh(app, pair["refresh_token"]) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 49
    (won,) = [await answer.get_json() for answer in answers if answer.status_code == 200]
    assert await RefreshToken.filter(spent_at=None).count() == 1
    assert await status(app, won["access_token"]) == 200
    again = await refresh(app, won["refresh_token"])
    assert again.status_code == 200
    assert (await refresh(app, pair["refresh_token"])).status_code == 401
    newest = (await again.get_json())["refresh_token"]
    assert (await refresh(app, newest)).status_code == 401, "the reuse after it revoked the family"


async def test_fifty_refreshes_over_fifty_connections_have_one_successor(app: Quart) -> None:
    await Browser(app).register()
    token = (await pair_of(app))["refresh_token"]
    request = (
        "POST /api/user/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
        f"Authorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    ).encode()
    async with serving(app) as port:
        opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]

        async def all_are_heard() -> None:
            await row("UPDATE refresh_tokens SET spent_at = spent_at RETURNING id")
            for _, writer in opened:
                writer.write(request)
            while sum(signing_in._under_way.values()) < 50:
                await asyncio.sleep(0.001)

        await transaction(all_are_heard)  # whoever wants to spend the token waits for its end
        answers = [await reader.read() for reader, _ in opened]
        for _, writer in opened:
            writer.close()
        assert sum(answer.startswith(b"HTTP/1.1 401") for answer in answers) == 49
        (won,) = (answer for answer in answers if answer.startswith(b"HTTP/1.1 200"))
        assert await RefreshToken.filter(spent_at=None).count() == 1
        pair = json.loads(won.partition(b"\r\n\r\n")[2])
        assert (await refresh(app, pair["refresh_token"])).status_code == 200


async def test_a_refresh_token_is_opaque_hashed_and_good_for_ninety_days(app: Quart) -> None:
    await Browser(app).register()
    token = (await pair_of(app))["refresh_token"]
    kept = await RefreshToken.get()
    assert len(token) >= 43
    assert kept.token_hash == auth.digest(token) != token
    assert timedelta(days=89) < kept.expires_at - kept.created_at <= timedelta(days=90, seconds=1)
    await RefreshToken.all().update(expires_at=datetime.now(UTC))
    assert (await refresh(app, token)).status_code == 401
    assert (await RefreshToken.get()).spent_at is None


async def test_a_family_ends_with_its_session_and_with_its_user(app: Quart) -> None:
    await Browser(app).register()
    pair = await pair_of(app)
    await User.all().update(is_active=False)
    assert (await refresh(app, pair["refresh_token"])).status_code == 401
    assert await status(app, pair["access_token"]) == 401
    await User.all().update(is_active=True)
    pair = await pair_of(app)
    await LoginSession.all().update(expires_at=datetime.now(UTC))
    assert (await refresh(app, pair["refresh_token"])).status_code == 401
    assert await status(app, pair["access_token"]) == 401


async def test_a_refresh_keeps_a_session_alive(app: Quart) -> None:
    await Browser(app).register()
    pair = await pair_of(app)
    await LoginSession.all().update(last_seen_at=datetime.now(UTC) - timedelta(days=70))
    assert await status(app, pair["access_token"]) == 401
    renewed = await (await refresh(app, pair["refresh_token"])).get_json()
    assert await status(app, renewed["access_token"]) == 200


# --- personal tokens


async def test_a_personal_token_is_told_once_and_kept_as_a_hash(app: Quart, bob: Person) -> None:
    browser = Browser(app)
    await browser.register()
    form = {"name": "Nightly", "contract": "gym", "days": "30", "read_only": "1"}
    answer = await browser.post("/settings/tokens", form)
    page = await answer.get_data(as_text=True)
    secret = page.partition("setlog_")[2].partition("<")[0]
    assert answer.headers["Cache-Control"] == "no-store"
    token = await Token.get(name="Nightly")
    assert token.token_hash == auth.digest(f"setlog_{secret}")
    assert (token.contract, token.read_only) == ("gym", True)
    assert await status(app, f"setlog_{secret}") == 200
    assert await status(app, f"setlog_{secret}", "POST", "/logout") == 403
    listed = await (await browser.get("/settings/tokens")).get_data(as_text=True)
    assert "Nightly" in listed
    assert f"…{secret[-4:]}" in listed
    assert secret not in listed
    assert "Nightly" not in await (await bob.page("GET", "/settings/tokens")).get_data(as_text=True)


async def test_tokens_are_made_listed_and_revoked_as_json(app: Quart, bob: Person) -> None:
    await Browser(app).register()
    client: Any = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {(await pair_of(app))['access_token']}", **JSON}
    answer = await client.post("/settings/tokens", headers=headers, json={"name": "Script"})
    made = await answer.get_json()
    keys = {"id", "name", "contract", "read_only", "hint"}
    keys |= {"created_at", "last_used_at", "expires_at"}
    assert (answer.status_code, made.keys()) == (201, keys | {"token"})
    assert (made["contract"], made["read_only"], made["expires_at"]) == ("live", False, None)
    listed = await (await client.get("/settings/tokens", headers=headers)).get_json()
    assert listed == [{key: made[key] for key in keys}]
    path = f"/settings/tokens/{made['id']}/revoke"
    assert (await bob.json("POST", path)).status_code == 404
    assert (await bob.page("POST", path)).status_code == 404
    assert await status(app, made["token"]) == 200
    assert (await client.post(path, headers=headers)).status_code == 204
    assert await status(app, made["token"]) == 401
    assert (await client.post(path, headers=headers)).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("contract", "strong"),
        ("days", 0),
        ("days", 3651),
        ("days", "soon"),
        ("read_only", "perhaps"),
        ("uuid", "1"),
    ],
)
async def test_a_token_that_is_asked_for_wrongly_is_refused(
    app: Quart, field: str, value: Any
) -> None:
    browser = Browser(app)
    await browser.register()
    body = {"name": "Script", field: value}
    sent = {"headers": {"Sec-Fetch-Site": "same-origin", **JSON}, "json": body}
    answer = await browser.client.post("/settings/tokens", **sent)
    assert answer.status_code == 400
    assert list((await answer.get_json())["fields"]) == [field]
    page = await browser.post("/settings/tokens", {**body, "name": body["name"] or " "})
    assert page.status_code == 400
    assert not await Token.exists()


async def test_a_token_asked_for_twice_is_one_and_the_last_secret_told_is_good(
    app: Quart, bob: Person
) -> None:
    browser = Browser(app)
    await browser.register()
    user = await User.get(username="cleo")
    form = {"name": "Script", "uuid": str(uuid4())}
    secrets = []
    for _ in range(2):
        page = await (await browser.post("/settings/tokens", form)).get_data(as_text=True)
        secrets.append("setlog_" + page.partition("setlog_")[2].partition("<")[0])
    assert await Token.filter(user_id=user.id).count() == 1
    assert await status(app, secrets[0]) == 401
    assert await status(app, secrets[1]) == 200
    assert (await browser.post("/settings/tokens", form)).status_code == 409
    assert await status(app, secrets[1]) == 200, "once used, it is not replaced"
    stolen = await bob.page("POST", "/settings/tokens", form)
    assert stolen.status_code == 409
    assert await Token.filter(user_id=user.id).count() == 1


async def test_a_personal_token_makes_no_others_and_ends_when_it_should(
    app: Quart, ann: Person
) -> None:
    answer = await ann.json("POST", "/settings/tokens", {"name": "More"}, **JSON)
    assert answer.status_code == 403
    token = await make_token(ann.user)
    assert await status(app, token) == 200
    await Token.all().update(expires_at=datetime.now(UTC))
    assert await status(app, token) == 401
    assert await status(app, token + "x") == 401


async def test_the_list_of_tokens_says_which_are_over(ann: Person) -> None:
    await Token.all().update(expires_at=datetime.now(UTC) - timedelta(days=1))
    page = await (await ann.page("GET", "/settings/tokens")).get_data(as_text=True)
    assert "expired" in page


# --- secrets


async def test_no_answer_and_no_log_holds_a_secret_or_a_hash(
    app: Quart, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    browser = Browser(app)
    await browser.register(email="cleo@example.org")
    await browser.sign_in(password="wrong-orchard-9")
    await browser.sign_in()
    pair = await pair_of(app)
    renewed = await (await refresh(app, pair["refresh_token"])).get_json()
    await refresh(app, "setlog_nonsense")
    form = {"current": PASSWORD, "password": "quince-meadow-4"}
    answers = [await browser.post("/settings/password", form)]
    page = await (await browser.post("/settings/tokens", {"name": "x"})).get_data(as_text=True)
    token = page.partition("setlog_")[2].partition("<")[0]
    for path in ("/settings", "/settings/account", "/settings/devices", "/settings/tokens"):
        answers += [await browser.get(path), await browser.get(path, **JSON)]
    said = "\n".join([await answer.get_data(as_text=True) for answer in answers])
    formatter = JsonLines()
    logged = "\n".join(formatter.format(record) for record in caplog.records)
    assert "/settings/password" in logged
    user, session = await User.get(), await LoginSession.filter(kind="cookie").first()
    assert user.password_hash is not None
    assert session is not None
    assert session.secret_hash is not None
    secrets = [PASSWORD, "wrong-orchard-9", "quince-meadow-4", user.password_hash, token]
    secrets += [*pair.values(), *renewed.values(), session.secret_hash, browser.cookie().value]
    secrets += [auth.digest(f"setlog_{token}"), "argon2", str(app.secret_key)]
    told = {pair[key] for key in ("first_name", "last_name", "email", "created_at", "updated_at")}
    told |= {pair["id"]}
    for secret in secrets:
        if isinstance(secret, str) and secret and secret not in told:
            assert secret not in logged
            assert secret not in said
