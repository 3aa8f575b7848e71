"""The words of `live` for webhooks."""

from collections.abc import Sequence
from typing import Literal, TypedDict

import orjson

from webapp.contracts.live.base import instant
from webapp.contracts.live.shapes import Instant, Uuid
from webapp.db import Row, moment
from webapp.hooks.sending import Outcome


class Webhook(TypedDict):
    """An address that is told what happens. `kinds` are what it is told of (none: everything);
    `reason` says why it is paused: asked, failing (for days) or gone (it answered 410). `waiting`
    messages are prepared; the next one was tried `failures` times and is tried at `next_try_at`."""

    id: Uuid
    url: str
    kinds: list[str]
    status: Literal["on", "paused"]
    reason: Literal["asked", "failing", "gone"] | None
    waiting: int
    failures: int
    next_try_at: Instant | None
    created_at: Instant | None


class Delivery(TypedDict):
    """A message: its `webhook-id`, and what the address answered last (`answer` is the first of
    it), or why it did not (`error`)."""

    id: Uuid
    type: str
    status: Literal["waiting", "delivered", "given_up"]
    attempts: int
    created_at: Instant | None
    tried_at: Instant | None
    answer_status: int | None
    answer_ms: int | None
    answer: str | None
    error: str | None


class WebhookDetail(Webhook):
    """A webhook with what it was told last; what waits is first."""

    deliveries: list[Delivery]


class WebhookMade(Webhook):
    """A new webhook with its secret, which is told this once."""

    secret: str


class Webhooks(TypedDict):
    """All of them."""

    webhooks: list[Webhook]


class Tested(TypedDict):
    """What the address answered to a test."""

    delivered: bool
    answer_status: int | None
    answer_ms: int
    answer: str
    error: str | None


def _webhook(hook: Row) -> Webhook:
    return {
        "id": str(hook["uuid"]),
        "url": hook["url"],
        "kinds": orjson.loads(hook["kinds"]),
        "status": hook["status"],
        "reason": hook["reason"],
        "waiting": hook["waiting"],
        "failures": hook["failures"],
        "next_try_at": instant(moment(hook["next_try_at"])) if hook["waiting"] else None,
        "created_at": instant(moment(hook["created_at"])),
    }


def _delivery(each: Row) -> Delivery:
    return {
        "id": str(each["uuid"]),
        "type": each["type"],
        "status": each["status"],
        "attempts": each["attempts"],
        "created_at": instant(moment(each["created_at"])),
        "tried_at": instant(moment(each["tried_at"])),
        "answer_status": each["answer_status"],
        "answer_ms": each["answer_ms"],
        "answer": each["answer"],
        "error": each["error"],
    }


def webhooks(hooks: Sequence[Row]) -> Webhooks:
    """GET /api/webhooks."""
    return {"webhooks": [_webhook(each) for each in hooks]}


def webhook(hook: Row, deliveries: Sequence[Row]) -> WebhookDetail:
    """GET /api/webhooks/{uuid}, and after it was changed."""
    return {**_webhook(hook), "deliveries": [_delivery(each) for each in deliveries]}


def webhook_made(hook: Row, secret: str) -> WebhookMade:
    """POST /api/webhooks: the only answer that has the secret."""
    return {**_webhook(hook), "secret": secret}


def webhook_tested(outcome: Outcome) -> Tested:
    """POST /api/webhooks/{uuid}/test."""
    return {
        "delivered": outcome.is_delivered,
        "answer_status": outcome.status,
        "answer_ms": outcome.ms,
        "answer": outcome.answer,
        "error": outcome.error,
    }


def webhook_deleted() -> None:
    """DELETE /api/webhooks/{uuid}: 204."""
