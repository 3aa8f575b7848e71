"""The words of `live` for ringing a phone when the rest is over."""

from typing import Any


def ring(public_key: str, phones: int) -> dict[str, Any]:
    """GET and POST /settings/ring: {public_key, phones}; the key to subscribe with, and how many
    browsers are rung."""
    return {"public_key": public_key, "phones": phones}
