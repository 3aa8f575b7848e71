"""Signing in at an OpenID Connect provider that somebody else wrote, really running."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from oidc_provider_mock import User as TheirUser
from oidc_provider_mock import run_server_in_thread

from tests.support.people import Browser
from webapp import create_app
from webapp.models import Identity, User
from webapp.settings import Settings

# The provider's own: it uses what its library is about to leave.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
CLAIMS = {"email": "ann@example.org", "email_verified": True, "name": "Ann Example"}


@pytest.fixture
def provider() -> Iterator[str]:
    people = [TheirUser(sub="ann-there", claims=dict(CLAIMS))]
    with run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


async def approve(url: str, **said: str) -> str:
    """Fill in the provider's own form; returns where it sends the browser."""
    async with httpx2.AsyncClient() as client:
        assert (await client.get(url)).status_code == 200
        answer = await client.post(url, data=said)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


async def test_a_real_provider_signs_a_person_in_by_browser_and_by_program(
    settings: Settings, provider: str
) -> None:
    said: dict[str, Any] = {"oidc_client_id": "setlog", "oidc_client_secret": "secret"}
    app = create_app(replace(settings, oidc_issuer=provider, **said))
    async with app.test_app():
        browser = Browser(app)
        url = (await browser.get("/login/oidc?next=/workouts")).headers["Location"]
        answer = await browser.get(await approve(url, sub="ann-there"))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/workouts")
        assert await browser.is_in()
        program: Any = app.test_client()
        told = await (await program.post("/api/v1/auth/google")).get_json()
        answer = await program.get(await approve(told["authorization_url"], sub="ann-there"))
        user = (await answer.get_json())["user"]
        assert (user["google_id"], user["email_address"]) == ("ann-there", "ann@example.org")
        assert await User.all().count() == 1
        assert (await Identity.get()).issuer == provider


async def test_who_is_denied_there_is_not_let_in_here(settings: Settings, provider: str) -> None:
    said: dict[str, Any] = {"oidc_client_id": "setlog", "oidc_client_secret": "secret"}
    app = create_app(replace(settings, oidc_issuer=provider, **said))
    async with app.test_app():
        browser = Browser(app)
        url = (await browser.get("/login/oidc")).headers["Location"]
        answer = await browser.get(await approve(url, action="deny"))
        assert answer.status_code in (400, 401)
        assert not await browser.is_in()
        assert not await User.exists()
