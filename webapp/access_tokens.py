"""Access tokens: signed by the server, read without the database, and each names a login session,
which can be revoked.

joserfc and what it signs with are 10 MB that only callers with such tokens need: it is imported
where it is used.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from webapp.problems import unauthenticated
from webapp.security import settings

if TYPE_CHECKING:
    from joserfc.jwk import OctKey
    from joserfc.jwt import JWTClaimsRegistry

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "setlog"


def key() -> "OctKey":
    """What access tokens are signed with."""
    from joserfc.jwk import OctKey

    # Not the cookie's key: what signs one must never verify as the other.
    return OctKey.import_key(hashlib.sha256(f"jwt {settings().secret_key}".encode()).digest())


def signed(session_uuid: UUID, user_uuid: UUID, lifetime: timedelta) -> str:
    """A signed JWT that names a login session: `sub` the user, `sid` the session."""
    from joserfc import jwt

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


@cache
def _claims() -> "JWTClaimsRegistry":
    from joserfc.jwt import JWTClaimsRegistry

    return JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        sid={"essential": True},
    )


def read(token: str) -> str:
    """Return the UUID of the login session that a JWT of ours names. Raises Problem 401."""
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        decoded = jwt.decode(token, key(), algorithms=[ALGORITHM])
        if decoded.header.get("typ") != "at+jwt":
            raise ValueError("another kind of token")
        _claims().validate(decoded.claims)
        return str(UUID(decoded.claims["sid"]))
    except (JoseError, ValueError, TypeError) as error:
        raise unauthenticated("The token is invalid or expired") from error
