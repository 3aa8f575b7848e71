"""The page on which a phone asks to be rung."""

from typing import Any

from webapp.views.plans import key
from webapp.views.text import count


def ring(public_key: str, phones: int) -> dict[str, Any]:
    """What GET /settings/ring shows; `public_key` is what the browser subscribes with."""
    return {
        "current": "more",
        "heading": "Ring this phone",
        "back": "/settings",
        "key": key(),
        "public_key": public_key,
        "is_rung": phones > 0,
        "phones_text": f"{count(phones, 'phone or browser', 'phones and browsers')} of yours "
        f"{'is' if phones == 1 else 'are'} rung when the rest is over.",
    }
