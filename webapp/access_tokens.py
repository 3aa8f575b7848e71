"""Access tokens: signed by the server, read without the database, and each names a login session,
which can be revoked."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from webapp.problems import unauthenticated
from webapp.security import settings

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "setlog"


def key() -> OctKey:
    """What access tokens are signed with."""
    # Not the cookie's key: what signs one must never verify as the other.
    return OctKey.import_key(hashlib.sha256(f"jwt {settings().secret_key}".encode()).digest())


def signed(session_uuid: UUID, user_uuid: UUID, lifetime: timedelta) -> str:
    """A signed JWT that names a login session: `sub` the user, `sid` the session."""
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_uuid),
        "sid": str(session_uuid),
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": secrets.token_hex(8),
    }
    return jwt.encode({"alg": ALGORITHM, "typ": "at+jwt"}, claims, key())


_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    sid={"essential": True},
)


def read(token: str) -> str:
    """Return the UUID of the login session that a JWT of ours names. Raises Problem 401."""
    try:
        decoded = jwt.decode(token, key(), algorithms=[ALGORITHM])
        if decoded.header.get("typ") != "at+jwt":
            raise ValueError("another kind of token")
        _CLAIMS.validate(decoded.claims)
        return str(UUID(decoded.claims["sid"]))
    except (JoseError, ValueError, TypeError) as error:
        raise unauthenticated("The token is invalid or expired") from error
