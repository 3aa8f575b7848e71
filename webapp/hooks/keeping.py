"""A person's webhooks: made, paused, resumed, replayed, tried, deleted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson

from webapp.db import Row, rows
from webapp.db.turns import alone
from webapp.feed import cursors, reading
from webapp.hooks import queue, signing
from webapp.hooks.sending import Outcome, send
from webapp.ids import uuid7
from webapp.models.webhooks import Webhook, WebhookDelivery
from webapp.problems import Problem, conflict, invalid, not_found
from webapp.ringing import reach
from webapp.settings import Settings

MOST = 10  # webhooks of one person
SHOWN = 30
TESTS, TEST_MINUTES = 10, 1
TEST = "webhook.test"
_LISTED = (
    "SELECT h.*, (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.webhook_id = h.id "
    "AND d.status = 'waiting') AS waiting FROM webhooks h WHERE h.user_id = ? ORDER BY h.id"
)
_ONE = _LISTED.replace("ORDER BY", "AND h.uuid = ? ORDER BY")
_DELIVERIES = (
    "SELECT uuid, type, number, status, attempts, created_at, tried_at, answer_status, answer_ms, "
    "answer, error FROM webhook_deliveries WHERE user_id = ? AND webhook_id = ? "
    "ORDER BY CASE status WHEN 'waiting' THEN id END NULLS LAST, id DESC LIMIT ?"
)


async def listed(user_id: int) -> Sequence[Row]:
    """The person's webhooks, each with how many of its messages wait; one statement."""
    return await rows(_LISTED, user_id)


async def found(user_id: int, uuid: UUID) -> Row:
    """One of them. Raises Problem 404."""
    there = await rows(_ONE, user_id, str(uuid))
    if not there:
        raise not_found("Webhook")
    return there[0]


async def deliveries(hook: Row) -> Sequence[Row]:
    """What it was told last, and what waits; no more than a page shows."""
    return await rows(_DELIVERIES, hook["user_id"], hook["id"], SHOWN)


def check(url: str, settings: Settings) -> None:
    """Raises Problem 400 for an address that nothing may be sent to."""
    try:
        reach.check_webhook(url, settings)
    except reach.Unreachable as error:
        raise invalid("Nothing can be sent there", url=f"Cannot be used: {error}") from error


async def make(
    settings: Settings, user_id: int, url: str, kinds: Sequence[str], uuid: UUID | None
) -> tuple[Row, str]:
    """A webhook that is told what happens from now on, with its secret, which is shown once.
    Raises Problem 409 for one too many, or one that was made before."""
    await alone(user_id)
    mine, uuid = Webhook.filter(user_id=user_id), uuid or uuid7()
    if await mine.count() >= MOST:
        raise conflict(f"There are {MOST} webhooks already; delete one first", "Webhook")
    if await mine.filter(uuid=uuid).exists():
        raise conflict("This webhook was made before; its secret was shown then", "Webhook")
    secret, now = signing.new_secret(), datetime.now(UTC)
    await Webhook.create(
        user_id=user_id,
        uuid=uuid,
        url=url,
        kinds=list(kinds),
        secret=signing.sealed(settings.secret_key, str(uuid), secret),
        cursor=await reading.end(user_id),
        next_try_at=now,
    )
    return await found(user_id, uuid), secret


async def pause(hook: Row) -> None:
    """Send nothing more until it is resumed; what happens meanwhile is told then."""
    mine = Webhook.filter(id=hook["id"], user_id=hook["user_id"], status="on")
    await mine.update(status="paused", reason="asked")


async def resume(hook: Row) -> None:
    """Go on where it stopped, and try at once."""
    mine, now = Webhook.filter(id=hook["id"], user_id=hook["user_id"]), datetime.now(UTC)
    await mine.update(status="on", reason=None, failures=0, next_try_at=now)


async def replay(settings: Settings, hook: Row, since: str, then: datetime | None) -> None:
    """Tell again, as new messages, the last change of everything that changed after a cursor of
    the feed, or at a moment or later. Raises Problem 400."""
    user_id = hook["user_id"]
    if then is not None:
        number = await reading.since_then(user_id, then)
    else:
        place = cursors.opened(settings.secret_key, user_id, since)
        await reading.page(user_id, place, 1)  # it is refused when it is of another feed
        number = place.number
    mine = WebhookDelivery.filter(webhook_id=hook["id"], user_id=user_id, status="waiting")
    await mine.delete()
    await Webhook.filter(id=hook["id"], user_id=user_id).update(
        cursor=number, failures=0, next_try_at=datetime.now(UTC)
    )


async def delete(hook: Row) -> None:
    """Delete it with all its messages."""
    await Webhook.filter(id=hook["id"], user_id=hook["user_id"]).delete()


async def begin_test(hook: Row) -> WebhookDelivery:
    """A message that says nothing has happened. Raises Problem 429 for too many of them."""
    await alone(hook["user_id"])
    now = datetime.now(UTC)
    lately = WebhookDelivery.filter(user_id=hook["user_id"], number=None)
    if await lately.filter(created_at__gt=now - timedelta(minutes=TEST_MINUTES)).count() >= TESTS:
        text = "That were many tests; try again in a minute"
        raise Problem(429, text, code="too_many", retry_after=60)
    said = {"type": TEST, "timestamp": now.isoformat().replace("+00:00", "Z"), "data": {}}
    return await WebhookDelivery.create(
        user_id=hook["user_id"],
        webhook_id=hook["id"],
        type=TEST,
        body=orjson.dumps(said).decode(),
        status="given_up",
        error="Not sent",
    )


async def send_test(settings: Settings, hook: Row, test: WebhookDelivery) -> Outcome:
    """Send it, outside any transaction, also to a webhook that is paused."""
    return await send(settings, hook, str(test.uuid), test.body)


async def end_test(test: WebhookDelivery, outcome: Outcome) -> None:
    """Keep what came of it; it is not tried again."""
    await WebhookDelivery.filter(id=test.id, user_id=test.user_id).update(  # type: ignore[attr-defined]
        status="delivered" if outcome.is_delivered else "given_up",
        attempts=1,
        tried_at=datetime.now(UTC),
        answer_status=outcome.status,
        answer_ms=outcome.ms,
        answer=outcome.answer,
        error=outcome.error,
    )
    await queue.forget(test.webhook_id, test.user_id)  # type: ignore[attr-defined]
