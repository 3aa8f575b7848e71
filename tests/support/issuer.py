"""An OpenID Connect issuer on loopback that signs whatever a test wants, and Setlog beside it."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from quart import Quart, Response, request

from tests.support.people import Browser
from tests.support.serving import serving
from tests.support.wiring import wired
from webapp.settings import Settings

CLIENT, SECRET = "setlog-client", "the client's secret"
RSA = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
OTHER_RSA = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})
ANN: dict[str, Any] = {
    "sub": "ann-at-issuer",
    "email": "ann.elsewhere@example.org",
    "email_verified": True,
    "name": "Ann Elsewhere",
    "given_name": "Ann",
    "family_name": "Elsewhere",
    "picture": "https://example.org/ann.jpg",
}


class Issuer:
    """What it answers is plain data that a test may change: `facts` of discovery, `claims` and
    `header` of ID tokens (None leaves one out), `keys` it publishes, `tells` about access tokens,
    `slow` seconds before each answer, `broken` paths that answer 500."""

    def __init__(self) -> None:
        self.url = ""
        self.person: dict[str, Any] = dict(ANN)
        self.facts: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.signs_with: Any = RSA
        self.keys: list[Any] = [RSA]
        self.tells: dict[str, dict[str, Any]] = {}
        self.userinfo: dict[str, Any] | None = None
        self.says_id_token = True
        self.slow = 0.0
        self.broken: set[str] = set()
        self.asked: Counter[str] = Counter()
        self.codes: dict[str, dict[str, str]] = {}
        self.app = self._routes()

    def approve(self, authorization_url: str, **more: str) -> str:
        """Let the person say yes; returns path and query that their browser is sent back to."""
        said = {name: many[0] for name, many in parse_qs(urlsplit(authorization_url).query).items()}
        assert said["response_type"] == "code"
        assert said["code_challenge_method"] == "S256"
        assert said["client_id"] == CLIENT
        assert {"openid", "email"} <= set(said["scope"].split())
        code = f"code-{len(self.codes)}"
        self.codes[code] = said
        back = urlsplit(said["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': said['state'], **more})}"

    def id_token(self, **claims: Any) -> str:
        now = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        said = {**usual, **claims, **self.claims}
        header = {"alg": "RS256", "kid": "first", **self.header}
        kept = [
            {name: value for name, value in part.items() if value is not None}
            for part in (header, said)
        ]
        if header["alg"] in ("none", "HS256"):
            return _by_hand(kept[0], kept[1], self.signs_with)
        return jwt.encode(kept[0], kept[1], self.signs_with, algorithms=[header["alg"]])

    def _routes(self) -> Quart:
        app = Quart("issuer")

        @app.before_request
        async def misbehave() -> Response | None:
            self.asked[request.path] += 1
            await asyncio.sleep(self.slow)
            return Response("broken", 500) if request.path in self.broken else None

        app.get("/.well-known/openid-configuration")(self._discovery)
        app.get("/jwks")(self._jwks)
        app.post("/token")(self._token)
        app.get("/userinfo")(self._userinfo)
        app.post("/introspect")(self._introspect)
        app.get("/tokeninfo")(self._tokeninfo)
        return app

    async def _discovery(self) -> dict[str, Any]:
        said = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "introspection_endpoint": f"{self.url}/introspect",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.facts,
        }
        return {name: value for name, value in said.items() if value is not None}

    async def _jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    async def _token(self) -> Any:
        form = await request.form
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_us = request.headers.get("Authorization") == f"Basic {basic}"
        is_us = is_us or (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        said = self.codes.pop(form["code"], None)
        wanted = _base64(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if not is_us or said is None or said["code_challenge"] != wanted:
            return {"error": "invalid_grant"}, 400
        if form["redirect_uri"] != said["redirect_uri"]:
            return {"error": "invalid_grant"}, 400
        tokens = {"access_token": "of-the-code", "token_type": "Bearer", "expires_in": 300}
        self.tells["of-the-code"] = {"active": True, "client_id": CLIENT, "sub": self.person["sub"]}
        if self.says_id_token:
            tokens["id_token"] = self.id_token(nonce=said["nonce"])
        return tokens

    def _told(self, token: str) -> dict[str, Any] | None:
        return self.tells.get(token)

    async def _userinfo(self) -> Any:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self._told(token) is None:
            return {"error": "invalid_token"}, 401
        return self.userinfo or self.person

    async def _introspect(self) -> Any:
        return self._told((await request.form)["token"]) or {"active": False}

    async def _tokeninfo(self) -> Any:
        told = self._told(request.args["access_token"])
        return told or ({"error": "invalid_token"}, 400)


@asynccontextmanager
async def beside(settings: Settings, **more: Any) -> AsyncIterator[tuple[Quart, Issuer]]:
    """Setlog that is registered at a new issuer, which is really served on loopback."""
    issuer = Issuer()
    async with serving(issuer.app) as port:
        issuer.url = f"http://127.0.0.1:{port}"
        said: dict[str, Any] = {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        app = wired(replace(settings, oidc_issuer=issuer.url, **said, **more))
        async with app.test_app():
            yield app, issuer


async def leaves(browser: Browser, to: str = "/") -> str:
    """Follow the button of the sign-in page; returns the URL at the issuer."""
    answer = await browser.get(f"/login/oidc?next={quote(to)}")
    assert answer.status_code == 303, await answer.get_data(as_text=True)
    url: str = answer.headers["Location"]
    return url


def unsigned(issuer: Issuer) -> None:
    """Sign with nothing and say so."""
    issuer.header = {"alg": "none"}


def signed_by_public_key(issuer: Issuer) -> None:
    """Sign with HS256, whose secret is the public key: what a naive check takes for RS256."""
    issuer.header, issuer.signs_with = {"alg": "HS256"}, RSA.as_pem(private=False)


def _by_hand(header: dict[str, Any], claims: dict[str, Any], secret: Any) -> str:
    """A token that no library agrees to make."""
    said = b".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    is_signed = header["alg"] != "none"
    signature = hmac.new(secret, said, "sha256").digest() if is_signed else b""
    return (said + b"." + _base64(signature)).decode()


def _base64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _wrong(**said: Any) -> Any:
    def change(issuer: Issuer) -> None:
        for name, value in said.items():
            setattr(issuer, name, value)

    return change


FORGED = {
    "wrong audience": _wrong(claims={"aud": "another-client"}),
    "no audience": _wrong(claims={"aud": None}),
    "several audiences without azp": _wrong(claims={"aud": ["setlog-client", "another"]}),
    "several audiences, made for another": _wrong(
        claims={"aud": ["setlog-client", "another"], "azp": "another"}
    ),
    "wrong issuer": _wrong(claims={"iss": "https://evil.example"}),
    "issuer with a slash": _wrong(claims={"iss": "http://127.0.0.1/"}),
    "wrong nonce": _wrong(claims={"nonce": "another"}),
    "no nonce": _wrong(claims={"nonce": None}),
    "expired": _wrong(claims={"exp": 1_700_000_000}),
    "no expiry": _wrong(claims={"exp": None}),
    "expiry as text": _wrong(claims={"exp": "9999999999"}),
    "issued in the future": _wrong(claims={"iat": 9_999_999_999}),
    "no subject": _wrong(claims={"sub": None}),
    "empty subject": _wrong(claims={"sub": ""}),
    "subject as number": _wrong(claims={"sub": 7}),
    "subject too long": _wrong(claims={"sub": "x" * 256}),
    "not signed": unsigned,
    "HS256 with the public key": signed_by_public_key,
    "algorithm that is not listed": _wrong(header={"alg": "RS512"}),
    "another algorithm's key": _wrong(
        header={"alg": "ES256"}, signs_with=ECKey.generate_key("P-256")
    ),
    "another's key under the known kid": _wrong(signs_with=OTHER_RSA),
    "unknown kid": _wrong(signs_with=OTHER_RSA, header={"kid": "second"}),
    "wrong access token hash": _wrong(claims={"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "no ID token": _wrong(says_id_token=False),
}
