"""Webhooks: addresses that are told what happens, made, looked after, deleted."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from quart import Response

from webapp import auth, talk, toasts, writes
from webapp.accounts import NO_STORE
from webapp.db import Row, transaction
from webapp.hooks import keeping
from webapp.hooks.sending import Outcome
from webapp.models import WebhookDelivery
from webapp.routing import live, or_again, pages
from webapp.security import settings
from webapp.writes import own_transaction

HERE = "/settings/webhooks"


@pages.get(HERE)
@live.get("/webhooks")
async def show_webhooks() -> Response:
    """The person's webhooks, without their secrets."""
    hooks = await keeping.listed(auth.me().user_id)
    return await talk.reply("webhooks", hooks=hooks, private=settings().webhooks_private)


@pages.post(HERE)
@live.post("/webhooks")
@own_transaction
@or_again(show_webhooks)
async def make_webhook() -> Response:
    """Let an address be told what happens from now on; the secret that its messages are signed
    with is told this once. 400 for an address that nothing may be sent to."""
    me, said = auth.me(), await talk.read("WebhookIn")
    keeping.check(said["url"], settings())
    wanted = (said["url"], said.get("kinds", []), said.get("uuid"))
    hook, secret = await transaction(partial(keeping.make, settings(), me.user_id, *wanted))
    return await talk.reply("webhook_made", 201, headers=NO_STORE, hook=hook, secret=secret)


@pages.get(f"{HERE}/<uuid:uuid>")
@live.get("/webhooks/<uuid:uuid>")
async def show_webhook(uuid: UUID) -> Response:
    """One webhook with its last messages and what was answered."""
    return await _said(await _found(uuid), to=None)


async def _found(uuid: UUID) -> Row:
    return await keeping.found(auth.me().user_id, uuid)


async def _said(hook: Row, to: str | None = HERE) -> Response:
    return await talk.reply(
        "webhook",
        to=to and f"{HERE}/{hook['uuid']}",
        hook=hook,
        deliveries=await keeping.deliveries(hook),
        timezone=auth.me().timezone,
    )


@pages.post(f"{HERE}/<uuid:uuid>/pause")
@live.post("/webhooks/<uuid:uuid>/pause")
async def pause_webhook(uuid: UUID) -> Response:
    """Send nothing more for now; what happens meanwhile is told when it is resumed."""
    return await _changed(uuid, keeping.pause, "Paused")


@pages.post(f"{HERE}/<uuid:uuid>/resume")
@live.post("/webhooks/<uuid:uuid>/resume")
async def resume_webhook(uuid: UUID) -> Response:
    """Go on where it stopped; a message that failed is tried again at once."""
    return await _changed(uuid, keeping.resume, "It goes on")


async def _changed(uuid: UUID, change: Callable[[Row], Awaitable[None]], text: str) -> Response:
    await change(await _found(uuid))
    toasts.leave(text)
    return await _said(await _found(uuid))


@pages.post(f"{HERE}/<uuid:uuid>/replay")
@live.post("/webhooks/<uuid:uuid>/replay")
@or_again(show_webhook)
async def replay_webhook(uuid: UUID) -> Response:
    """Tell again what changed after a cursor of the events, or since a moment. 400."""
    hook, said = await _found(uuid), await talk.read("ReplayIn")
    then = said.get("then")
    if then is not None and then.tzinfo is None:
        then = then.replace(tzinfo=ZoneInfo(auth.me().timezone))
    await keeping.replay(settings(), hook, said.get("since", ""), then)
    toasts.leave("It is told again")
    return await _said(await _found(uuid))


@pages.post(f"{HERE}/<uuid:uuid>/test")
@live.post("/webhooks/<uuid:uuid>/test")
@own_transaction
async def test_webhook(uuid: UUID) -> Response:
    """Send a message of the type webhook.test at once, also where it is paused, and tell what was
    answered."""
    hook = await _found(uuid)
    test = await transaction(partial(keeping.begin_test, hook))
    # Outside of a transaction: whoever is at the other end may take seconds.
    outcome = await keeping.send_test(settings(), hook, test)
    return await writes.at_most_once(partial(_tested, hook, test, outcome))


async def _tested(hook: Row, test: WebhookDelivery, outcome: Outcome) -> Response:
    await keeping.end_test(test, outcome)
    said = outcome.error or f"It answered {outcome.status} in {outcome.ms} ms"
    toasts.leave(said if outcome.is_delivered else f"The test failed: {said}")
    return await talk.reply("webhook_tested", to=f"{HERE}/{hook['uuid']}", outcome=outcome)


@pages.post(f"{HERE}/<uuid:uuid>/delete")
@live.delete("/webhooks/<uuid:uuid>")
async def delete_webhook(uuid: UUID) -> Response:
    """Delete it; it is told nothing more."""
    await keeping.delete(await _found(uuid))
    toasts.leave("Webhook deleted")
    return await talk.reply("webhook_deleted", 204, to=HERE)
