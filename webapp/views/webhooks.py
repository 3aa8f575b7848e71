"""What people are shown of their webhooks."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import orjson

from webapp.db import Row, moment
from webapp.views.accounts import key, page
from webapp.views.text import count, short_date
from webapp.zones import local

KINDS = (
    ("workout", "Workouts"),
    ("routine", "Routines"),
    ("exercise", "Exercises"),
    ("body_weight", "Body weight"),
    ("location", "Places"),
)
TYPES = {
    "workout": "Workout",
    "routine": "Routine",
    "exercise": "Exercise",
    "body_weight": "Body weight",
    "location": "Place",
    "webhook": "Test",
}
PAUSED = {
    "asked": "You paused it. What happens meanwhile is told when it goes on.",
    "failing": "It did not answer well for five days and was paused. See below what it said; when "
    "it is mended, let it go on: nothing is lost.",
    "gone": "It answered 410 Gone and was paused. If that was a mistake, let it go on.",
}
HERE = "/settings/webhooks"


def webhooks(hooks: Sequence[Row], private: bool) -> dict[str, Any]:
    shown = [_hook(each) for each in hooks]
    hint = "https://… on the internet" if not private else "https:// or http://, also at home"
    return page("Webhooks", hooks=shown, kinds=KINDS, url_hint=hint, uuid=key())


def _hook(hook: Row) -> dict[str, Any]:
    parts = urlsplit(hook["url"])
    return {
        "href": f"{HERE}/{hook['uuid']}",
        "url": hook["url"],
        "host": parts.netloc,
        "about": _about(orjson.loads(hook["kinds"])),
        **_state(hook),
    }


def _about(kinds: Sequence[str]) -> str:
    names = [name for kind, name in KINDS if kind in kinds]
    if len(names) in (0, len(KINDS)):
        return "Everything"
    return ", ".join([names[0], *(name.lower() for name in names[1:])])


def _state(hook: Row) -> dict[str, Any]:
    is_on = hook["status"] == "on"
    if not is_on:
        text, look = "Paused", "" if hook["reason"] == "asked" else "warn"
    elif hook["failures"]:
        text, look = "Failing", "warn"
    else:
        text, look = "On", "ok"
    return {"is_on": is_on, "state": text, "look": look}


def webhook(hook: Row, deliveries: Sequence[Row], timezone: str) -> dict[str, Any]:
    shown = _hook(hook)
    return page(
        "Webhook",
        HERE,
        hook=shown,
        notice=_notice(hook, timezone),
        is_warned=shown["look"] == "warn",
        deliveries=[_delivery(each, timezone) for each in deliveries],
        keys=[key() for _ in range(4)],
        then=local(datetime.now(UTC) - timedelta(days=1), timezone).strftime("%Y-%m-%dT%H:%M"),
    )


def _notice(hook: Row, timezone: str) -> str:
    if hook["status"] == "paused":
        return PAUSED[hook["reason"] or "asked"]
    if not hook["failures"]:
        return ""
    tries, again = count(hook["failures"], "try", "tries"), moment(hook["next_try_at"])
    assert again is not None  # noqa: S101 - the column is NOT NULL
    what = "failed" if hook["failures"] > 1 else "has failed"
    return f"{tries} {what}. The next one is {_when(again, timezone)}."


def _delivery(each: Row, timezone: str) -> dict[str, Any]:
    kind, _, what = each["type"].partition(".")
    made, tried = moment(each["created_at"]), moment(each["tried_at"])
    when = tried or made
    assert when is not None  # noqa: S101 - one of them is always there
    return {
        "name": f"{TYPES[kind]} {what}" if kind != "webhook" else TYPES[kind],
        "when": _when(when, timezone),
        "answer": each["answer"] or "",
        **_outcome(each),
    }


def _outcome(each: Row) -> dict[str, str]:
    tries = f", {count(each['attempts'], 'try', 'tries')}" if each["attempts"] > 1 else ""
    if each["answer_status"] is None and not each["error"]:
        return {"text": "Waits for its turn", "look": "", "badge": "Waits"}
    said = each["error"] or f"Answered {each['answer_status']} in {each['answer_ms']} ms"
    if each["status"] == "delivered":
        return {"text": said + tries, "look": "ok", "badge": "Delivered"}
    badge = "Failed" if each["status"] == "given_up" else "Comes again"
    return {"text": said + tries, "look": "warn", "badge": badge}


def _when(at: datetime, timezone: str) -> str:
    shown = local(at, timezone)
    return f"{short_date(shown)}, {shown:%H:%M}"


def webhook_made(hook: Row, secret: str) -> dict[str, Any]:
    return page("Your new webhook", HERE, hook=_hook(hook), secret=secret)
