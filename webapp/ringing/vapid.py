"""Who we are to push services (RFC 8292): a key that follows from the secret key, and what it
signs. Nothing has to be made, kept or copied to another machine."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import ECKey

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LIFE = timedelta(hours=12)
POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


@lru_cache(maxsize=4)
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    # 48 bytes, so that the remainder favours no number.
    drawn = HKDF(hashes.SHA256(), 48, salt=None, info=b"setlog web push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


def public_key(secret: str) -> str:
    """What a browser subscribes with: an uncompressed point of P-256 in base64url."""
    return encoded(_key(secret).public_key().public_bytes(*POINT))


def authorization(secret: str, endpoint: str, contact: str, now: datetime) -> str:
    """The Authorization header for a message to this endpoint; `contact` is the URL of our site."""
    parts = urlsplit(endpoint)
    until = int((now + LIFE).timestamp())
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": until, "sub": contact}
    key = ECKey.import_key(_key(secret).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ))  # fmt: skip
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, key)
    return f"vapid t={token}, k={public_key(secret)}"


def encoded(raw: bytes) -> str:
    """base64url without its padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
