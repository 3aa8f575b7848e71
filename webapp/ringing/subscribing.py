"""Asking to be rung, and asking for it no more."""

from webapp.auth import Caller, digest
from webapp.db.turns import alone
from webapp.models.ringing import PushSubscription

MOST = 10  # phones of one person; the oldest goes


async def subscribe(caller: Caller, *, contact: str, endpoint: str, p256dh: str, auth: str) -> None:
    """Ring this browser from now on; said again, its keys are the new ones. `contact` is the URL
    of our site, which push services are told."""
    await alone(caller.user_id)
    mine, key = PushSubscription.filter(user_id=caller.user_id), digest(endpoint)
    await mine.filter(endpoint_key=key).delete()
    await PushSubscription.create(
        user_id=caller.user_id,
        session_id=caller.session_id,
        endpoint=endpoint,
        endpoint_key=key,
        p256dh=p256dh,
        auth=auth,
        contact=contact,
    )
    kept = await mine.order_by("-id").limit(MOST).values_list("id", flat=True)
    await mine.filter(id__lt=min(kept)).delete()


async def unsubscribe(caller: Caller, endpoint: str | None = None) -> None:
    """Do not ring this browser any more (None: nothing of this person's)."""
    only = {} if endpoint is None else {"endpoint_key": digest(endpoint)}
    await PushSubscription.filter(user_id=caller.user_id, **only).delete()


async def phones(caller: Caller) -> int:
    """How many browsers of this person are rung."""
    return await PushSubscription.filter(user_id=caller.user_id).count()
