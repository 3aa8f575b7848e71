"""Signed messages as Standard Webhooks has them, and the secrets they are signed with.

A secret has to be used again and again, so it is kept sealed, with a key that follows from the
server's secret key: who only has the database has no secret.

cryptography is imported where it is used: 9 MB that only a server with webhooks needs.
"""

import hashlib
import hmac
import os
import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode

PREFIX = "whsec_"
NONCE = 12


class Unsealed(ValueError):
    """A secret that cannot be opened: the server's secret key is another now."""


def new_secret() -> str:
    """A secret as receivers take it: 32 random bytes in base64 behind a prefix."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def sealed(server_key: str, hook: str, secret: str) -> str:
    """The secret as it is stored for the webhook with this UUID."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    text = AESGCM(_key(server_key)).encrypt(nonce, secret.encode(), hook.encode())
    return urlsafe_b64encode(nonce + text).decode()


def opened(server_key: str, hook: str, stored: str) -> str:
    """The secret that was sealed for this webhook. Raises Unsealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = urlsafe_b64decode(stored)
        text = AESGCM(_key(server_key)).decrypt(raw[:NONCE], raw[NONCE:], hook.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsealed("its secret cannot be read: the server's secret key is another") from error
    return text.decode()


def _key(server_key: str) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), 32, salt=None, info=b"setlog webhooks").derive(server_key.encode())


def headers(secret: str, message: str, at: int, body: str) -> dict[str, str]:
    """What signs a message with this id at this moment (seconds since 1970)."""
    signed = f"{message}.{at}.{body}".encode()
    key = b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    signature = f"v1,{b64encode(digest).decode()}"
    return {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": signature,
    }
