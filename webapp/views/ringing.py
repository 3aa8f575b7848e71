"""The page on which a phone asks to be rung."""

from typing import Any

from webapp.views.plans import key
from webapp.views.text import count

SAYS = (
    (
        "It needs signal when the rest ends",
        "Nothing reaches a locked phone in airplane mode or in a cellar. There the timer on the "
        "open page is all there is.",
    ),
    (
        "iPhone and iPad: from the home screen",
        "Add Setlog to the home screen first (iOS 16.4 or newer), open it there, and ask here.",
    ),
    (
        "The phone may keep it back",
        "Saving battery or “Do not disturb” can delay or silence it. What would come more than a "
        "minute late does not come.",
    ),
    (
        "Who learns what",
        "It goes by the push service of your browser’s maker, encrypted: they learn when, not "
        "what.",
    ),
    (
        "When it stays quiet",
        "Log the next set, skip or pause the rest, or sign out, and it does not ring.",
    ),
)


def ring(public_key: str, phones: int) -> dict[str, Any]:
    """What GET /settings/ring shows; `public_key` is what the browser subscribes with."""
    return {
        "current": "more",
        "heading": "Ring this phone",
        "back": "/settings",
        "key": key(),
        "public_key": public_key,
        "says": SAYS,
        "is_rung": phones > 0,
        "phones_text": f"{count(phones, 'phone or browser', 'phones and browsers')} of yours "
        f"{'is' if phones == 1 else 'are'} rung when the rest is over.",
    }
