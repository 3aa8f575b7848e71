"""What an issuer's tokens prove: whose they are, once everything about them is right.

The libraries are imported where they are used, see issuer.py.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from webapp.forms.accounts import Email
from webapp.openid.issuer import Issuer, away, refused

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

_FAMILIES = ("RS", "PS", "ES")
ASYMMETRIC = frozenset(f"{family}{bits}" for family in _FAMILIES for bits in (256, 384, 512)) | {
    "EdDSA",
    "Ed25519",
}
SKEW_SECONDS = 60  # for "issued at" alone: our clock may be behind
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


@dataclass(frozen=True)
class Person:
    """Somebody as their issuer knows them. `is_verified` is about the e-mail."""

    issuer: str
    subject: str
    email: str | None
    is_verified: bool
    first_name: str
    last_name: str
    name: str | None
    picture: str | None


async def by_code(issuer: Issuer, code: str, back: str, verifier: str, nonce: str) -> Person:
    """Who came back with a code. Raises Problem 401, 503."""
    tokens = await issuer.exchange(code, back, verifier)
    access_token = tokens.get("access_token")
    claims = await _claims(issuer, tokens.get("id_token"), nonce=nonce, access_token=access_token)
    if "email" not in claims and access_token and "userinfo_endpoint" in await issuer.facts():
        claims = {**await _same(claims, await issuer.userinfo(access_token)), **claims}
    return _person(issuer, claims)


async def by_id_token(issuer: Issuer, token: str) -> Person:
    """Whose ID token this is. Raises Problem 401, 503."""
    return _person(issuer, await _claims(issuer, token))


async def by_access_token(issuer: Issuer, token: str) -> Person:
    """Whose access token this is, if it was made for us. Raises Problem 401, 503, and 400 when
    the issuer has no way to tell."""
    about = await issuer.about(token)
    claims = await issuer.userinfo(token)
    return _person(issuer, await _same(about, claims) if "sub" in about else claims)


async def _same(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    if first["sub"] != second.get("sub"):
        raise refused("userinfo is about somebody else")
    return second


async def _claims(issuer: Issuer, token: Any, **bound_to: Any) -> dict[str, Any]:
    """The claims of an ID token that is signed by this issuer, for us, now."""
    from joserfc.errors import JoseError

    if not isinstance(token, str):
        raise refused("no ID token")
    listed = (await issuer.facts()).get("id_token_signing_alg_values_supported") or ["RS256"]
    allowed = ASYMMETRIC.intersection(listed)
    if not allowed:  # joserfc would take its own choice for an empty one
        raise away("it signs with no algorithm that we take")
    try:
        decoded = await _decoded(issuer, token, allowed)
        _validate(issuer, decoded, bound_to)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise refused(f"{type(error).__name__}: {error}") from error
    return decoded.claims


async def _decoded(issuer: Issuer, token: str, allowed: frozenset[str]) -> "Token":
    from joserfc.errors import InvalidKeyIdError

    try:
        return _verified(token, await issuer.keys.get(), allowed)
    except InvalidKeyIdError:  # the keys may have been changed since we asked
        return _verified(token, await issuer.keys.newer(), allowed)


def _verified(token: str, keys: "KeySet", allowed: frozenset[str]) -> "Token":
    from joserfc import jwt
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
    return jwt.decode(token, keys, registry=registry)


def _validate(issuer: Issuer, decoded: "Token", bound_to: dict[str, Any]) -> None:
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import ExpiredTokenError

    exactly: Any = {
        "iss": {"essential": True, "value": issuer.url},
        "aud": {"essential": True, "value": issuer.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }
    params = {"client_id": issuer.client_id, **bound_to}
    claims = CodeIDToken(decoded.claims, decoded.header, exactly, params)
    claims.validate(leeway=SKEW_SECONDS)
    if claims["exp"] <= time.time():
        raise ExpiredTokenError("exp")


def _person(issuer: Issuer, claims: dict[str, Any]) -> Person:
    subject = claims.get("sub")
    if not (isinstance(subject, str) and 0 < len(subject) <= 255 and subject.isprintable()):
        raise refused("no subject")
    return Person(
        issuer=issuer.url,
        subject=subject,
        email=_email(claims.get("email")),
        is_verified=claims.get("email_verified") in (True, "true"),
        first_name=_line(claims.get("given_name"), 100),
        last_name=_line(claims.get("family_name"), 100),
        name=_line(claims.get("name"), 200) or None,
        picture=_picture(claims.get("picture")),
    )


def _email(said: Any) -> str | None:
    """The address, if it is one that an account can have."""
    try:
        return _EMAIL.validate_python(said)
    except ValidationError:
        return None


def _line(said: Any, longest: int) -> str:
    if not isinstance(said, str):
        return ""
    return "".join(letter for letter in said if letter.isprintable()).strip()[:longest]


def _picture(said: Any) -> str | None:
    is_url = isinstance(said, str) and said.startswith(("https://", "http://"))
    return said if is_url and len(said) <= 2048 and said.isprintable() else None
