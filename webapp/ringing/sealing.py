"""A message that only the subscribed browser can read (RFC 8291, in the coding of RFC 8188)."""

import os
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webapp.ringing.vapid import CURVE, POINT

RECORD = 4096
MOST = 3000  # bytes of a message, well below what every push service takes
END = b"\x02"  # after the text of the last record


def decoded(text: str) -> bytes:
    """base64url with or without its padding. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(text: str) -> ec.EllipticCurvePublicKey:
    """The browser's key (`p256dh`). Raises ValueError for what is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(text))


def seal(
    text: bytes,
    p256dh: str,
    auth: str,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of the message; `own` and `salt` are drawn anew for each but in tests."""
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs = point(p256dh)
    public = own.public_key().public_bytes(*POINT)
    info = b"WebPush: info\0" + theirs.public_bytes(*POINT) + public
    mixed = _derived(own.exchange(ec.ECDH(), theirs), decoded(auth), info, 32)
    key = _derived(mixed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(mixed, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + len(public).to_bytes(1) + public
    return head + AESGCM(key).encrypt(nonce, text + END, None)


def _derived(key: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt=salt, info=info).derive(key)
