"""The way to the issuer and back: begun and ended by the same browser, once, in ten minutes."""

import secrets
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from quart import after_this_request, request

from webapp import throttle
from webapp.db import transaction
from webapp.models.identities import LIFE, SignInAttempt
from webapp.openid import proof
from webapp.openid.issuer import configured, refused
from webapp.openid.proof import Person
from webapp.problems import Problem, invalid
from webapp.security import absolute, client_address, settings

SECONDS = int(LIFE.total_seconds())


@dataclass(frozen=True)
class Arrival:
    """Who came back, where they wanted to go, and which user (if any) they want to be linked to."""

    person: Person
    next_url: str
    user_id: int | None


async def begin(back: str, **kept: Any) -> str:
    """Note a journey that ends at our path `back`, bind it to this browser, and return the URL of
    the issuer that it goes by. Raises Problem 429, 503."""
    issuer = configured()
    await count()
    state, nonce, verifier = (secrets.token_urlsafe(size) for size in (32, 32, 48))
    url = await issuer.authorization_url(absolute(back), state, nonce, verifier)
    noted = {"nonce": nonce, "verifier": verifier, **kept}
    browser = _browser() or secrets.token_urlsafe(32)
    await transaction(lambda: SignInAttempt.begin(state, browser, **noted))
    _bind(browser)
    return url


async def count() -> None:
    """Count something that makes us ask the issuer, whoever causes it. Raises Problem 429."""
    counted = throttle.by_address("openid", client_address())
    await throttle.admit(counted)
    await throttle.failed(counted)


async def end(back: str, contract: str | None = None) -> Arrival:
    """End the journey that this request comes back from. Raises Problem 400, 401, 503."""
    issuer, said = configured(), request.args
    noted = await _noted(said.get("state", ""), contract)
    if "error" in said:
        raise _declined(said["error"])
    facts = await issuer.facts()
    is_named = "iss" in said or facts.get("authorization_response_iss_parameter_supported")
    if is_named and said.get("iss") != issuer.url:
        raise refused("another issuer answers")
    way = (said.get("code", ""), absolute(back), noted["verifier"], noted["nonce"])
    person = await proof.by_code(issuer, *way)
    return Arrival(person, noted["next_url"], noted["user_id"])


async def _noted(state: str, contract: str | None) -> Any:
    browser = _browser()
    if browser and state:
        found = await transaction(lambda: SignInAttempt.use(state, browser, contract))
        if found is not None:
            return found
    raise invalid("This sign-in is too old, was used already or began elsewhere; please try again")


def _declined(error: str) -> Problem:
    if error == "access_denied":
        return Problem(401, "The sign-in was cancelled", code="credentials")
    return refused(f"it answers {error!r}")


def _cookie() -> str:
    return "setlog-openid" if settings().insecure_http else "__Host-setlog-openid"


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="openid")


def _browser() -> str | None:
    """The secret of this browser; the same for journeys begun side by side in two of its tabs."""
    try:
        secret: str = _sealer().loads(request.cookies.get(_cookie(), ""), max_age=SECONDS)
        return secret
    except BadSignature:
        return None


def _bind(browser: str) -> None:
    sealed, secure = _sealer().dumps(browser), not settings().insecure_http

    @after_this_request
    async def keep(response: Any) -> Any:
        response.set_cookie(
            _cookie(), sealed, max_age=SECONDS, secure=secure, httponly=True, samesite="Lax"
        )
        return response
