"""Whose account a person of the issuer signs in to: new, linked, refused."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from quart import Quart

from tests.support.issuer import ANN, Issuer, beside, leaves
from tests.support.people import PASSWORD, Browser
from tests.support.world import Person, register
from webapp.models import Identity, SignInAttempt, User
from webapp.settings import Settings

Both = tuple[Quart, Issuer]


@pytest.fixture
async def both(settings: Settings) -> AsyncIterator[Both]:
    async with beside(settings) as made:
        yield made


async def cleo_of(app: Quart) -> Browser:
    """A browser that cleo, who has a password, is signed in with."""
    browser = Browser(app)
    assert (await browser.register("cleo", email="cleo@example.org")).status_code == 303
    return browser


async def begin_link(browser: Browser, password: str = PASSWORD) -> str:
    """Prove the password and be sent to the issuer; returns the URL there."""
    answer = await browser.post("/settings/account/link", {"link_password": password})
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 200, page
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


async def comes_by_issuer(app: Quart, issuer: Issuer) -> tuple[Browser, Any]:
    browser = Browser(app)
    return browser, await browser.get(issuer.approve(await leaves(browser)))


async def test_an_account_is_linked_from_settings_with_the_password_once_more(both: Both) -> None:
    app, issuer = both
    browser = await cleo_of(app)
    assert "Link 127.0.0.1" in await (await browser.get("/settings/account")).get_data(True)
    answer = await browser.get(issuer.approve(await begin_link(browser)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/account")
    page = await (await browser.get("/settings/account")).get_data(as_text=True)
    assert f"Linked to {ANN['email']}" in page
    other, answer = await comes_by_issuer(app, issuer)
    assert answer.status_code == 303
    assert "cleo@example.org" in await (await other.get("/settings/account")).get_data(True)
    assert await User.all().count() == 1


@pytest.mark.parametrize("password", ["", "wrong-orchard-9"])
async def test_linking_needs_the_right_password(both: Both, password: str) -> None:
    browser = await cleo_of(both[0])
    answer = await browser.post("/settings/account/link", {"link_password": password})
    assert answer.status_code == 400
    assert 'aria-describedby="f-link_password-error"' in await answer.get_data(as_text=True)
    assert not await SignInAttempt.exists()


async def test_linking_is_never_begun_by_a_link_or_by_another_site(both: Both) -> None:
    browser = await cleo_of(both[0])
    assert (await browser.get("/settings/account/link")).status_code == 405
    said = {"link_password": PASSWORD}
    answer = await browser.post("/settings/account/link", said, Sec_Fetch_Site="cross-site")
    assert answer.status_code == 403
    assert (await browser.get("/login/oidc")).headers["Location"] == "/"
    assert not await SignInAttempt.exists()


async def test_an_e_mail_that_is_not_verified_links_nothing(both: Both) -> None:
    app, issuer = both
    browser = await cleo_of(app)
    for verified in (False, None, "false", 1.5):
        issuer.claims = {"email_verified": verified}
        answer = await browser.get(issuer.approve(await begin_link(browser)))
        assert answer.status_code == 403
        assert "has not verified your e-mail" in await answer.get_data(as_text=True)
    assert not await Identity.exists()


async def test_who_is_signed_out_or_somebody_else_when_coming_back_is_not_linked(
    both: Both,
) -> None:
    app, issuer = both
    browser = await cleo_of(app)
    back = issuer.approve(await begin_link(browser))
    await browser.post("/logout")
    assert (await browser.get(back)).status_code == 403
    await browser.sign_in("cleo")
    back = issuer.approve(await begin_link(browser))
    await browser.post("/logout")
    await browser.register("mona")
    assert (await browser.get(back)).status_code == 403
    assert not await Identity.exists()


async def test_an_account_elsewhere_signs_in_one_user_only(both: Both) -> None:
    app, issuer = both
    _, answer = await comes_by_issuer(app, issuer)
    assert answer.status_code == 303
    browser = await cleo_of(app)
    answer = await browser.get(issuer.approve(await begin_link(browser)))
    assert answer.status_code == 409
    assert "signs in another user" in await answer.get_data(as_text=True)
    assert await Identity.all().count() == 1


async def test_linking_twice_is_linking_once(both: Both) -> None:
    app, issuer = both
    browser = await cleo_of(app)
    urls = [await begin_link(browser) for _ in range(2)]
    ways = [browser.get(issuer.approve(url)) for url in urls]
    assert [answer.status_code for answer in await asyncio.gather(*ways)] == [303, 303]
    assert await Identity.all().count() == 1


async def test_unlinking_needs_a_password_to_sign_in_with_instead(both: Both) -> None:
    app, issuer = both
    browser, _ = await comes_by_issuer(app, issuer)
    page = await (await browser.get("/settings/account")).get_data(as_text=True)
    assert "Set a password before you unlink" in page
    assert (await browser.post("/settings/account/unlink")).status_code == 400
    assert await Identity.exists()
    assert (await browser.post("/settings/password", {"password": PASSWORD})).status_code == 303
    assert (await browser.post("/settings/account/unlink")).status_code == 303
    assert not await Identity.exists()
    assert (await Browser(app).sign_in(ANN["email"])).status_code == 303


async def test_unlinking_is_of_ones_own(both: Both) -> None:
    app, issuer = both
    await comes_by_issuer(app, issuer)
    browser = await cleo_of(app)
    assert (await browser.post("/settings/account/unlink")).status_code == 303
    assert await Identity.all().count() == 1


async def test_programs_link_with_a_sign_in_and_never_with_a_personal_token(both: Both) -> None:
    app, issuer = both
    ann: Person = await register(app, "ann")
    answer = await ann.json("POST", "/settings/account/link", {})
    assert answer.status_code == 403
    headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
    answer = await ann.client.post("/settings/account/link", headers=headers, json={})
    assert (await answer.get_json())["authorization_url"].startswith(f"{issuer.url}/authorize?")
    assert (await ann.json("POST", "/settings/account/unlink", {})).status_code == 400


@pytest.mark.parametrize("verified", [True, False])
async def test_an_e_mail_that_is_taken_is_refused_and_told_how_to_link(
    both: Both, verified: bool
) -> None:
    app, issuer = both
    await cleo_of(app)
    issuer.person |= {"email": "Cleo@Example.org", "email_verified": verified}
    browser, answer = await comes_by_issuer(app, issuer)
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Sign in to it with its password, then link" in page
    assert 'name="login"' in page
    assert not await browser.is_in()
    assert not await Identity.exists()


async def test_an_e_mail_that_is_not_verified_does_not_become_the_accounts(both: Both) -> None:
    app, issuer = both
    issuer.person["email_verified"] = False
    browser, answer = await comes_by_issuer(app, issuer)
    assert answer.status_code == 303
    assert (await User.get()).email is None
    assert (await browser.get("/settings/account")).status_code == 200
    assert (await Browser(app).register("mona", email=ANN["email"])).status_code == 303


async def test_closed_registration_makes_nobody_and_lets_the_linked_in(settings: Settings) -> None:
    async with beside(settings, registration_open=False) as (app, issuer):
        browser, answer = await comes_by_issuer(app, issuer)
        assert answer.status_code == 403
        assert "Registration is closed" in await answer.get_data(as_text=True)
        assert not await User.exists()
        user = await User.join(username="ann")
        await Identity.link(user.id, issuer.url, ANN["sub"], None)
        browser, answer = await comes_by_issuer(app, issuer)
        assert answer.status_code == 303
        assert await browser.is_in()


async def test_an_account_that_is_not_active_stays_out(both: Both) -> None:
    app, issuer = both
    await comes_by_issuer(app, issuer)
    await User.all().update(is_active=False)
    browser, answer = await comes_by_issuer(app, issuer)
    assert answer.status_code == 403
    assert not await browser.is_in()


async def test_another_issuers_same_subject_is_another_person(both: Both) -> None:
    app, issuer = both
    user = await User.join(username="ann")
    await Identity.link(user.id, "https://other.example", ANN["sub"], None)
    await comes_by_issuer(app, issuer)
    assert await User.all().count() == 2


async def test_deleting_the_account_forgets_what_it_was_linked_to(both: Both) -> None:
    app, issuer = both
    browser, _ = await comes_by_issuer(app, issuer)
    assert (await browser.post("/settings/account/delete")).status_code == 303
    assert not await Identity.exists()
