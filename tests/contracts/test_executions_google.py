"""executions' sign-in at Google, or any issuer in its place: tokens, the journey, refusals."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from quart import Quart

from tests.support.executions import FORBIDDEN, PROFILE, UNAUTHORIZED
from tests.support.issuer import ANN, CLIENT, FORGED, Issuer, beside, leaves
from tests.support.people import Browser
from webapp.models import Identity, LoginSession, User
from webapp.openid import issuer as asking
from webapp.settings import Settings

URL = "/api/v1/auth/google"
BACK = f"{URL}/callback"
SIGNED_IN = ["user", "access_token", "refresh_token", "token_type", "expires_in"]
BOUND = ("wrong nonce", "no nonce", "wrong access token hash", "no ID token")
Both = tuple[Quart, Issuer]


@pytest.fixture
async def both(settings: Settings) -> AsyncIterator[Both]:
    async with beside(settings) as made:
        yield made


async def post(app: Quart, body: Any = None, **headers: str) -> tuple[int, Any]:
    client: Any = app.test_client(use_cookies=False)
    sent = {} if body is None else {"json": body}
    answer = await client.post(URL, headers=headers, **sent)
    return answer.status_code, await answer.get_json()


def told(issuer: Issuer, **more: Any) -> str:
    """An access token and what the issuer says of it."""
    issuer.tells["a-token"] = {"active": True, "client_id": CLIENT, "sub": ANN["sub"], **more}
    return "a-token"


async def test_without_an_issuer_all_of_it_is_a_clear_503(app: Quart) -> None:
    client: Any = app.test_client(use_cookies=False)
    for answer in (
        await client.post(URL),
        await client.post(URL, json={"credential": "x"}),
        await client.get(f"{BACK}?code=x&state=y"),
    ):
        assert answer.status_code == 503
        assert await answer.get_json() == {
            "error": "sso_not_configured",
            "message": "Signing in at another service is not configured on this server",
        }


@pytest.mark.parametrize("name", ["credential", "id_token"])
async def test_an_id_token_signs_in_with_tokens_that_speak_executions(
    both: Both, name: str
) -> None:
    app, issuer = both
    status, said = await post(app, {name: issuer.id_token()})
    assert (status, list(said), list(said["user"])) == (200, SIGNED_IN, list(PROFILE))
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 900)
    assert said["user"] == {
        "id": (await User.get()).id,
        "email_address": ANN["email"],
        "google_id": ANN["sub"],
        "name": ANN["name"],
        "profile_image_url": ANN["picture"],
        "is_active": True,
    }
    client: Any = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {said['access_token']}"}
    assert await (await client.get("/api/v1/users/me", headers=headers)).get_json() == said["user"]
    listed = await (await client.get("/api/v1/workouts", headers=headers)).get_json()
    assert listed["workouts"] == []
    renewing = {"Authorization": f"Bearer {said['refresh_token']}"}
    assert (await client.post("/api/user/refresh", headers=renewing)).status_code == 200
    assert (await client.post("/api/v1/auth/logout", headers=headers)).status_code == 200
    refused = await client.get("/api/v1/users/me", headers=headers)
    assert (refused.status_code, await refused.get_json()) == (401, UNAUTHORIZED)


async def test_a_form_that_a_sign_in_button_posts_is_understood(both: Both) -> None:
    client: Any = both[0].test_client(use_cookies=False)
    form = {"credential": both[1].id_token(), "g_csrf_token": "x"}
    assert (await client.post(URL, form=form)).status_code == 200


@pytest.mark.parametrize("forge", [forge for name, forge in FORGED.items() if name not in BOUND])
async def test_an_id_token_that_is_not_exactly_right_signs_nobody_in(
    both: Both, forge: Any
) -> None:
    app, issuer = both
    forge(issuer)
    assert await post(app, {"credential": issuer.id_token()}) == (401, UNAUTHORIZED)
    assert not await User.exists()


@pytest.mark.parametrize(
    "token",
    ["x", "a.b.c", "..", "e30.e30.", "W" * 16384, f"{'W1tb' * 120}.e30.x", "ü.ü.ü", "\ud7ff.x.x"],
)
async def test_what_is_no_token_at_all_signs_nobody_in(both: Both, token: str) -> None:
    assert await post(both[0], {"id_token": token}) == (401, UNAUTHORIZED)


@pytest.mark.parametrize(
    "body",
    [
        {"credential": ""},
        {"credential": 7},
        {"id_token": ["x"]},
        {"access_token": {}},
        {"access_token": "x\x00"},
        {"id_token": "x" * 16385},
        {"id_token": "x", "access_token": "y"},
        ["x"],
    ],
)
async def test_a_body_that_is_not_as_documented_is_a_validation_error(
    both: Both, body: Any
) -> None:
    status, said = await post(both[0], body)
    assert (status, said["error"]) == (400, "validation_error")
    assert "" not in said["details"]


async def test_an_access_token_signs_in_when_it_was_made_for_us(both: Both) -> None:
    app, issuer = both
    status, said = await post(app, {"access_token": told(issuer)})
    assert (status, list(said), said["user"]["google_id"]) == (200, SIGNED_IN, ANN["sub"])
    assert (issuer.asked["/introspect"], issuer.asked["/userinfo"]) == (1, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"client_id": "another"},
        {"client_id": None, "aud": CLIENT},
        {"client_id": "another", "aud": CLIENT},
        {"active": False},
        {"active": "true"},
        {"sub": "somebody-else"},
    ],
)
async def test_an_access_token_of_another_client_or_person_signs_nobody_in(
    both: Both, more: dict[str, Any]
) -> None:
    app, issuer = both
    assert await post(app, {"access_token": told(issuer, **more)}) == (401, UNAUTHORIZED)
    assert await post(app, {"access_token": "unknown"}) == (401, UNAUTHORIZED)
    assert not await User.exists()


async def test_an_access_token_whose_client_nobody_can_tell_is_refused(both: Both) -> None:
    app, issuer = both
    issuer.facts = {"introspection_endpoint": None}
    status, said = await post(app, {"access_token": told(issuer)})
    assert (status, said["error"]) == (400, "validation_error")
    assert "send an id_token" in said["message"]
    assert issuer.asked["/userinfo"] == 0


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"aud": CLIENT}, 200),
        ({"aud": CLIENT, "azp": CLIENT}, 200),
        ({"aud": CLIENT, "azp": "another"}, 401),
        ({"aud": "another"}, 401),
        ({}, 401),
    ],
)
async def test_googles_own_way_to_ask_about_an_access_token_is_used(
    both: Both, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], expected: int
) -> None:
    app, issuer = both
    issuer.facts = {"introspection_endpoint": None}
    monkeypatch.setitem(asking.TOKENINFO, issuer.url, f"{issuer.url}/tokeninfo")
    assert (await post(app, {"access_token": told(issuer, **more)}))[0] == expected
    assert (await post(app, {"access_token": "unknown"}))[0] == 401


async def test_without_a_body_the_journey_begins_and_its_end_signs_in(both: Both) -> None:
    app, issuer = both
    client: Any = app.test_client()
    answer = await client.post(URL)
    said = await answer.get_json()
    assert (answer.status_code, list(said)) == (200, ["authorization_url"])
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    back = issuer.approve(said["authorization_url"])
    assert back.startswith(f"{BACK}?")
    answer = await client.get(back)
    said = await answer.get_json()
    assert (answer.status_code, list(said), list(said["user"])) == (200, SIGNED_IN, list(PROFILE))
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await LoginSession.get()).contract == "executions"
    replayed = await client.get(back)
    assert replayed.status_code == 400
    assert "used already" in (await replayed.get_json())["message"]
    assert (await client.post(URL, json={})).status_code == 200


async def test_the_journey_of_a_program_ends_only_where_it_began(both: Both) -> None:
    app, issuer = both
    client: Any = app.test_client()
    url = (await (await client.post(URL)).get_json())["authorization_url"]
    stranger: Any = app.test_client()
    back = issuer.approve(url)
    assert (await stranger.get(back)).status_code == 400
    assert (await client.get(back.replace(BACK, "/login/oidc/callback"))).status_code == 400
    browser = Browser(app)
    page_back = issuer.approve(await leaves(browser))
    assert (await browser.get(page_back.replace("/login/oidc/callback", BACK))).status_code == 400
    assert issuer.asked["/token"] == 0
    assert (await client.get(back)).status_code == 200


async def test_a_taken_e_mail_is_told_how_to_link_and_the_rest_is_refused_in_its_words(
    both: Both,
) -> None:
    app, issuer = both
    await User.join(username="ann", email=ANN["email"])
    status, said = await post(app, {"credential": issuer.id_token()})
    assert (status, said["error"], said["details"]) == (400, "validation_error", {})
    assert "then link the two under Settings" in said["message"]
    await User.all().update(email_key=None, email=None)
    assert (await post(app, {"credential": issuer.id_token()}))[0] == 200
    await User.all().update(is_active=False)
    assert await post(app, {"credential": issuer.id_token()}) == (403, FORBIDDEN)


async def test_an_issuer_that_is_away_is_a_503_that_says_when_to_come_again(both: Both) -> None:
    app, issuer = both
    issuer.broken = {"/userinfo"}
    status, said = await post(app, {"access_token": told(issuer)})
    assert (status, said["error"]) == (503, "sso_unavailable")


async def test_twenty_at_once_make_one_account(both: Both) -> None:
    app, issuer = both
    body = {"credential": issuer.id_token()}
    answers = await asyncio.gather(*(post(app, body) for _ in range(20)))
    assert {status for status, _ in answers} == {200}
    assert len({said["user"]["id"] for _, said in answers}) == 1
    assert await User.all().count() == await Identity.all().count() == 1
