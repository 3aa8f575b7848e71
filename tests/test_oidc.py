"""Signing in at an OpenID Connect issuer by browser: the good way, and every forged one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey
from quart import Quart

from tests.support.issuer import (
    ANN,
    FORGED,
    OTHER_RSA,
    RSA,
    Issuer,
    beside,
    leaves,
    signed_by_public_key,
)
from tests.support.people import Browser
from webapp.db import _inside, row, rows
from webapp.models import Identity, LoginSession, SignInAttempt, User
from webapp.openid import issuer as asking
from webapp.settings import Settings

Both = tuple[Quart, Issuer]


@pytest.fixture
async def both(settings: Settings) -> AsyncIterator[Both]:
    async with beside(settings) as made:
        yield made


async def test_without_an_issuer_there_is_no_button_and_a_clear_refusal(app: Quart) -> None:
    browser = Browser(app)
    for path in ("/login", "/register"):
        assert "/login/oidc" not in await (await browser.get(path)).get_data(as_text=True)
    for path in ("/login/oidc", "/login/oidc/callback?code=x&state=y"):
        answer = await browser.get(path)
        assert answer.status_code == 503
        assert "not configured on this server" in await answer.get_data(as_text=True)


async def test_the_button_names_the_issuer_and_keeps_where_the_person_was_going(
    both: Both,
) -> None:
    browser = Browser(both[0])
    page = await (await browser.get("/login?next=/workouts")).get_data(as_text=True)
    assert 'href="/login/oidc?next=/workouts"' in page
    assert "Sign in with 127.0.0.1" in page
    assert "Sign in with 127.0.0.1" in await (await browser.get("/register")).get_data(True)


async def test_a_link_of_another_site_signs_nobody_in(both: Both) -> None:
    browser = Browser(both[0])
    where = "/login/oidc?next=/workouts?q=a%26b"
    answer = await browser.get(where, Sec_Fetch_Site="cross-site")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/login?next=/workouts%3Fq%3Da%26b",
    )
    assert await SignInAttempt.all().count() == 0


async def test_a_new_person_gets_an_account_and_the_next_time_the_same_one(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    answer = await browser.get(issuer.approve(await leaves(browser, "/workouts")))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/workouts")
    assert answer.headers["Cache-Control"] == "no-store"
    assert await browser.is_in()
    user = await User.get()
    assert (user.email, user.name, user.password_hash) == (ANN["email"], ANN["name"], None)
    assert (user.first_name, user.last_name) == ("Ann", "Elsewhere")
    assert user.profile_image_url == ANN["picture"]
    kept = await Identity.get()
    assert (kept.issuer, kept.subject, kept.email) == (issuer.url, ANN["sub"], ANN["email"])
    issuer.person["email"] = "ann.moved@example.org"
    again = Browser(app)
    assert (await again.get(issuer.approve(await leaves(again)))).status_code == 303
    assert await again.is_in()
    assert await User.all().count() == 1


async def test_the_journey_carries_a_challenge_a_nonce_and_a_state_that_the_database_only_hashes(
    both: Both,
) -> None:
    browser = Browser(both[0])
    said = parse_qs(urlsplit(await leaves(browser)).query)
    assert said["redirect_uri"] == ["http://localhost/login/oidc/callback"]
    kept = await SignInAttempt.get()
    assert said["nonce"] == [kept.nonce]
    assert said["state"][0] not in (kept.state_hash, kept.browser_hash)
    assert kept.verifier not in str(said)
    cookie = browser.cookie("setlog-openid")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    assert kept.browser_hash not in cookie.value


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_the_way_back_stays_on_this_site(both: Both, to: str) -> None:
    browser = Browser(both[0])
    answer = await browser.get(both[1].approve(await leaves(browser, to)))
    assert answer.headers["Location"] == "/"


async def test_a_state_works_once(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    url = await leaves(browser)
    back = issuer.approve(url)
    assert (await browser.get(back)).status_code == 303
    await browser.post("/logout")
    for again in (back, issuer.approve(url)):
        answer = await browser.get(again)
        assert answer.status_code == 400
        assert "used already" in await answer.get_data(as_text=True)
    assert not await browser.is_in()


async def test_a_state_of_another_browser_signs_nobody_in(both: Both) -> None:
    app, issuer = both
    browser, stranger, begun = Browser(app), Browser(app), Browser(app)
    back = issuer.approve(await leaves(browser))
    await leaves(begun)
    for other in (stranger, begun):
        assert (await other.get(back)).status_code == 400
        assert not await other.is_in()
    assert issuer.asked["/token"] == 0
    assert (await browser.get(back)).status_code == 303


async def test_a_forged_cookie_of_the_browser_is_none(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    back = issuer.approve(await leaves(browser))
    value = browser.cookie("setlog-openid").value
    browser.client.set_cookie("localhost", "setlog-openid", value[:-1] + "!")
    assert (await browser.get(back)).status_code == 400


async def test_two_tabs_may_be_on_their_way_at_once(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    first, second = await leaves(browser), await leaves(browser)
    assert (await browser.get(issuer.approve(first))).status_code == 303
    assert (await browser.get(issuer.approve(second))).status_code == 303


async def test_a_journey_of_more_than_ten_minutes_is_over_and_then_forgotten(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    back = issuer.approve(await leaves(browser))
    kept = await SignInAttempt.get()
    await SignInAttempt.all().update(created_at=kept.created_at - timedelta(minutes=10, seconds=1))
    assert (await browser.get(back)).status_code == 400
    await SignInAttempt.forget_old()
    assert not await SignInAttempt.exists()


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?state=%00&code=x", "?error=x"])
async def test_a_callback_that_nobody_began_is_refused(both: Both, query: str) -> None:
    browser = Browser(both[0])
    await leaves(browser)
    assert (await browser.get(f"/login/oidc/callback{query}")).status_code == 400


async def test_who_says_no_at_the_issuer_is_back_at_the_sign_in_page(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    back = issuer.approve(await leaves(browser), error="access_denied")
    answer = await browser.get(back)
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "The sign-in was cancelled" in page
    assert 'name="login"' in page


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_a_token_that_is_not_exactly_right_signs_nobody_in(both: Both, forge: Any) -> None:
    app, issuer = both
    browser = Browser(app)
    back = issuer.approve(await leaves(browser))
    forge(issuer)
    answer = await browser.get(back)
    assert answer.status_code == 401
    assert "did not confirm who you are" in await answer.get_data(as_text=True)
    assert not await browser.is_in()
    assert not await User.exists()
    assert not await LoginSession.exists()


async def test_several_audiences_with_us_as_the_authorized_party_are_right(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    issuer.claims = {"aud": ["another", "setlog-client"], "azp": "setlog-client"}
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303


async def test_new_keys_are_fetched_once_when_one_is_unknown(both: Both) -> None:
    app, issuer = both
    for _ in range(2):
        browser = Browser(app)
        assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    assert issuer.asked["/jwks"] == 1
    issuer.keys, issuer.signs_with, issuer.header = [RSA, OTHER_RSA], OTHER_RSA, {"kid": "second"}
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    assert issuer.asked["/jwks"] == 2
    issuer.header = {"kid": "third"}
    for _ in range(3):
        browser = Browser(app)
        answer = await browser.get(issuer.approve(await leaves(browser)))
        assert answer.status_code == 401
    assert issuer.asked["/jwks"] == 2
    assert issuer.asked["/.well-known/openid-configuration"] == 1


async def test_elliptic_keys_and_odd_ones_beside_them_are_understood(both: Both) -> None:
    app, issuer = both
    key = ECKey.generate_key("P-256", {"kid": "curve"})
    issuer.keys = [RSA, key]
    issuer.facts = {"id_token_signing_alg_values_supported": ["ES256"]}
    issuer.signs_with, issuer.header = key, {"alg": "ES256", "kid": "curve"}
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    issuer.signs_with, issuer.header = RSA, {}
    assert (await browser.get(issuer.approve(await leaves(Browser(app))))).status_code == 400
    assert await User.all().count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"token_endpoint": "http://192.0.2.7/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"userinfo_endpoint": 7},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
async def test_a_discovery_that_is_another_issuers_or_unsafe_is_refused(
    both: Both, facts: dict[str, Any]
) -> None:
    app, issuer = both
    issuer.facts = facts
    answer = await Browser(app).get("/login/oidc")
    assert answer.status_code == 503
    assert "does not answer" in await answer.get_data(as_text=True)
    assert not await SignInAttempt.exists()
    issuer.facts = {}
    assert (await Browser(app).get("/login/oidc")).status_code == 303


@pytest.mark.parametrize("algorithms", [["HS256"], ["none"], []])
async def test_an_issuer_that_signs_with_nothing_safe_is_refused(
    both: Both, algorithms: list[str]
) -> None:
    app, issuer = both
    issuer.facts = {"id_token_signing_alg_values_supported": algorithms}
    signed_by_public_key(issuer)
    browser = Browser(app)
    answer = await browser.get(issuer.approve(await leaves(browser)))
    assert answer.status_code in (401, 503)
    assert not await User.exists()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
async def test_an_issuer_that_is_broken_or_slow_is_told_in_time(
    both: Both, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, issuer = both
    for trouble in ("broken", "slow"):
        app.config.pop("OPENID_ISSUER", None)
        browser = Browser(app)
        # What leads to the trouble may take its time.
        monkeypatch.setattr(asking, "WHOLE_SECONDS", 30)
        back = "/login/oidc" if path.startswith("/.") else issuer.approve(await leaves(browser))
        monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.3)
        issuer.broken, issuer.slow = ({path}, 0.0) if trouble == "broken" else (set(), 0.6)
        answer = await browser.get(back)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
        assert "does not answer" in await answer.get_data(as_text=True)
        issuer.broken, issuer.slow = set(), 0.0
    assert not await User.exists()


async def test_an_issuer_that_is_away_keeps_nobody_from_signing_in_with_a_password(
    settings: Settings,
) -> None:
    async with beside(settings) as (app, issuer):
        await Browser(app).register()
        issuer.broken = {"/.well-known/openid-configuration"}
        browser = Browser(app)
        assert (await browser.get("/login")).status_code == 200
        assert (await browser.sign_in()).status_code == 303


async def test_an_answer_that_names_another_issuer_is_not_exchanged(both: Both) -> None:
    app, issuer = both
    browser = Browser(app)
    back = issuer.approve(await leaves(browser), iss="https://evil.example")
    assert (await browser.get(back)).status_code == 401
    assert issuer.asked["/token"] == 0
    right = issuer.approve(await leaves(browser), iss=issuer.url)
    assert (await browser.get(right)).status_code == 303


async def test_a_client_secret_is_posted_where_only_that_is_understood(both: Both) -> None:
    app, issuer = both
    issuer.facts = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303


async def test_an_e_mail_that_only_userinfo_tells_is_asked_for_and_only_of_the_same_person(
    both: Both,
) -> None:
    app, issuer = both
    issuer.claims, issuer.userinfo = {"email": None}, {**ANN, "sub": "somebody-else"}
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 401
    issuer.userinfo = None
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    assert (await User.get()).email == ANN["email"]


@pytest.mark.parametrize(
    "person",
    [
        {"name": "A\x00nn", "given_name": 7, "picture": "javascript:x", "email": "nowhere"},
        {"name": "x" * 1000, "picture": "https://x/" + "x" * 3000, "email": "x@" + "y" * 300},
        {"name": ["Ann"], "given_name": None, "picture": 7, "email": {"a": 1}},
    ],
)
async def test_odd_claims_are_left_out_of_the_account(both: Both, person: dict[str, Any]) -> None:
    app, issuer = both
    issuer.person.update(person)
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    user = await User.get()
    assert (user.email, user.profile_image_url) == (None, None)
    assert len(user.name or "") <= 200
    assert (await browser.get("/more")).status_code == 200


async def test_nothing_is_asked_of_the_issuer_inside_a_transaction(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, issuer = both
    seen: list[bool] = []
    real = asking.Issuer._json

    async def watched(self: Any, *args: Any, **more: Any) -> Any:
        seen.append(_inside.get())
        return await real(self, *args, **more)

    monkeypatch.setattr(asking.Issuer, "_json", watched)
    browser = Browser(app)
    assert (await browser.get(issuer.approve(await leaves(browser)))).status_code == 303
    assert seen
    assert not any(seen)


async def test_beginning_over_and_over_is_slowed_down(both: Both) -> None:
    app, _ = both
    browser = Browser(app)
    assert (await browser.get("/login/oidc")).status_code == 303
    free = await row("SELECT failures, blocked_until FROM throttles")
    assert tuple(free or ()) == (1, None)
    codes = [(await browser.get("/login/oidc")).status_code for _ in range(51)]
    assert (codes[0], codes[-1]) == (303, 429)
    assert await rows("SELECT id FROM sign_in_attempts")
    assert (await row("SELECT COUNT(*) AS n FROM throttles"))["n"] == 1  # type: ignore[index]
