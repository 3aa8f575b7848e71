"""The OpenID Connect issuer of the settings: what it says of itself, its keys, its answers.

The libraries are imported where they are used: 5 MB that a server without an issuer never needs.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import urlsplit

from quart import current_app

from webapp import logs
from webapp.problems import Problem, invalid
from webapp.security import settings
from webapp.settings import is_loopback

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import AsyncOAuth2Client
    from joserfc.jwk import KeySet

T = TypeVar("T")
SECONDS = 5.0  # for each step of a request to the issuer
WHOLE_SECONDS = 10.0  # for all of it: one that sends a byte now and then must not keep us
KEPT_SECONDS = 3600.0
REFETCH_SECONDS = 60.0
SCOPE = "openid email profile"
KEY_TYPES = ("RSA", "EC", "OKP")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MORE_ENDPOINTS = ("userinfo_endpoint", "introspection_endpoint")
# Google lists no introspection; its own way to ask whom an access token was made for.
TOKENINFO = {"https://accounts.google.com": "https://oauth2.googleapis.com/tokeninfo"}


def _no_answer() -> tuple[type[Exception], ...]:
    import httpx2

    return (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError)


def away(reason: str) -> Problem:
    """503: the issuer does not answer, or not as an issuer must; the log says why."""
    logs.ERRORS.warning("the OpenID Connect issuer: %s", reason)
    text = "The sign-in service does not answer; please try again in a moment"
    return Problem(503, text, code="sso_unavailable", retry_after=10)


def refused(reason: str) -> Problem:
    """401: what came does not prove who it is; the log says why, the caller learns nothing."""
    logs.ERRORS.warning("refused a sign-in by OpenID Connect: %s", reason[:200])
    text = "The sign-in service did not confirm who you are; please try again"
    return Problem(401, text, code="credentials")


class Kept(Generic[T]):
    """What is fetched once and kept for an hour, by whoever needs it first."""

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        self._fetch, self._lock = fetch, asyncio.Lock()
        self._value: T | None = None
        self._until = self._again_from = 0.0

    async def get(self) -> T:
        async with self._lock:
            if self._value is None or time.monotonic() > self._until:
                await self._renew()
            return cast(T, self._value)

    async def newer(self) -> T:
        """Fetch again, unless that was done a moment ago: strangers may cause it."""
        async with self._lock:
            if time.monotonic() >= self._again_from:
                self._again_from = time.monotonic() + REFETCH_SECONDS
                await self._renew()
            return cast(T, self._value)

    async def _renew(self) -> None:
        self._value = await self._fetch()
        self._until = time.monotonic() + KEPT_SECONDS


class Issuer:
    """One issuer and our registration there. Every method asks it, with time limits, and raises
    Problem 503 when it is away."""

    def __init__(self, url: str, client_id: str, client_secret: str) -> None:
        self.url, self.client_id, self._client_secret = url, client_id, client_secret
        self._facts = Kept(self._discover)
        self.keys = Kept(self._fetch_keys)

    async def facts(self) -> dict[str, Any]:
        """Its discovery document, checked."""
        return await self._facts.get()

    async def authorization_url(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where a person proves to it who they are; it sends them `back`."""
        where = (await self.facts())["authorization_endpoint"]
        client = self._client(redirect_uri=back)
        url, _ = client.create_authorization_url(
            where, state=state, nonce=nonce, code_verifier=verifier
        )
        return str(url)

    async def exchange(self, code: str, back: str, verifier: str) -> dict[str, Any]:
        """The tokens for a code. Raises Problem 401 when it is no good."""
        from authlib.common.errors import AuthlibBaseError

        facts = await self.facts()
        listed = facts.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_post" if "client_secret_basic" not in listed else None
        try:
            async with asyncio.timeout(WHOLE_SECONDS), self._client(method) as client:
                said = {"code": code, "redirect_uri": back, "code_verifier": verifier}
                url = facts["token_endpoint"]
                return dict(await client.fetch_token(url, grant_type="authorization_code", **said))
        except AuthlibBaseError as error:
            raise refused(f"no token for the code: {error}") from error
        except _no_answer() as error:
            raise away(f"token endpoint: {type(error).__name__}") from error

    async def userinfo(self, access_token: str) -> dict[str, Any]:
        """What it says of the person an access token is for. Raises Problem 401."""
        url = (await self.facts()).get("userinfo_endpoint")
        if url is None:
            raise away("it lists no userinfo endpoint")
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
        return await self._asked("GET", url, headers=headers)

    async def about(self, access_token: str) -> dict[str, Any]:
        """What it says of an access token, once it says that the token was made for us.

        Raises Problem 401 when it was not, 400 when the issuer has no way to tell.
        """
        import httpx2

        endpoint = (await self.facts()).get("introspection_endpoint")
        if endpoint is not None:
            auth = httpx2.BasicAuth(self.client_id, self._client_secret)
            said = {"token": access_token, "token_type_hint": "access_token"}
            told = await self._asked("POST", endpoint, data=said, auth=auth)
            is_ours = told.get("active") is True and told.get("client_id") == self.client_id
        elif self.url in TOKENINFO:
            said = {"access_token": access_token}
            told = await self._asked("GET", TOKENINFO[self.url], params=said)
            is_ours = told.get("aud") == told.get("azp", self.client_id) == self.client_id
        else:
            text = "This sign-in service cannot tell whom an access token is for: send an id_token"
            raise invalid(text)
        if not is_ours:
            raise refused("an access token that was not made for us")
        return told

    async def _asked(self, method: str, url: str, **sent: Any) -> dict[str, Any]:
        status, told = await self._json(method, url, **sent)
        if 400 <= status < 500 and status != 429:
            raise refused(f"{urlsplit(url).path} says {status}")
        if status != 200 or not isinstance(told, dict):
            raise away(f"{urlsplit(url).path} says {status}")
        return told

    async def _discover(self) -> dict[str, Any]:
        place = self.url.rstrip("/") + "/.well-known/openid-configuration"
        status, facts = await self._json("GET", place)
        if status != 200 or not isinstance(facts, dict) or facts.get("issuer") != self.url:
            raise away(f"no discovery document of {self.url} (status {status})")
        for name in ENDPOINTS:
            if name not in facts:
                raise away(f"discovery names no {name}")
        for name in (*ENDPOINTS, *MORE_ENDPOINTS):
            if name in facts and not self._may_be_asked(facts[name]):
                raise away(f"discovery names an unsafe {name}")
        return facts

    def _may_be_asked(self, url: Any) -> bool:
        if not isinstance(url, str):
            return False
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        is_secure = parts.scheme == "https" and bool(parts.hostname)
        return is_secure or (is_loopback(self.url) and is_loopback(url))

    async def _fetch_keys(self) -> "KeySet":
        from joserfc.jwk import KeySet

        status, told = await self._json("GET", (await self.facts())["jwks_uri"])
        listed = told.get("keys") if status == 200 and isinstance(told, dict) else None
        keys = [key for each in listed or [] if (key := _key(each)) is not None]
        if not keys:
            raise away(f"it lists no keys (status {status})")
        return KeySet(keys)

    async def _json(self, method: str, url: str, **sent: Any) -> tuple[int, Any]:
        import httpx2

        try:
            async with asyncio.timeout(WHOLE_SECONDS), httpx2.AsyncClient(timeout=SECONDS) as http:
                answer = await http.request(method, url, **sent)
            return answer.status_code, answer.json() if answer.status_code == 200 else None
        except _no_answer() as error:
            raise away(f"{urlsplit(url).path}: {type(error).__name__}") from error

    def _client(self, auth_method: str | None = None, **more: Any) -> "AsyncOAuth2Client":
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        return AsyncOAuth2Client(
            self.client_id,
            self._client_secret,
            token_endpoint_auth_method=auth_method,
            code_challenge_method="S256",
            scope=SCOPE,
            timeout=SECONDS,
            **more,
        )


def _key(said: Any) -> Any:
    """A public key of a kind that signs, or None: one odd key must not spoil the others."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    if not isinstance(said, dict) or said.get("kty") not in KEY_TYPES:
        return None
    try:
        return JWKRegistry.import_key(said)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def configured() -> Issuer:
    """The issuer of the settings. Raises Problem 503 when there is none."""
    said = settings()
    if not said.oidc_issuer:
        text = "Signing in at another service is not configured on this server"
        raise Problem(503, text, code="sso_not_configured")
    if "OPENID_ISSUER" not in current_app.config:
        made = Issuer(said.oidc_issuer, said.oidc_client_id, said.oidc_client_secret)
        current_app.config["OPENID_ISSUER"] = made
    issuer: Issuer = current_app.config["OPENID_ISSUER"]
    return issuer
