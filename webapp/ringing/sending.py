"""One message to one browser, by its push service (RFC 8030).

The libraries are imported where they are used: 12 MB that only a server that rings needs.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from webapp import logs
from webapp.ringing.reach import Unreachable, target
from webapp.settings import Settings

SECONDS = 10.0
TRIES = 2
PAUSE = 1.0
GONE = (404, 410)  # the person has taken the permission back, or the browser is no more
LATE = 60  # seconds after which the end of a rest is no news any more


async def send(settings: Settings, to: Any, text: bytes) -> int:
    """Send `text` to a subscription (a row with endpoint, p256dh, auth, contact); the status of
    the answer, or 0 when there was none. Never raises for what is at the other end."""
    import httpx2

    status = 0
    for attempt in range(TRIES):
        await asyncio.sleep(PAUSE * attempt)
        try:
            async with asyncio.timeout(SECONDS):
                status = await _sent(settings, to, text)
        except (Unreachable, TimeoutError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            logs.ERRORS.warning("a push service: %s", str(error) or type(error).__name__)
            status = 0
            if isinstance(error, Unreachable):
                break
        if 0 < status < 500 and status != 429:
            break
    if status >= 400 and status not in GONE:
        logs.ERRORS.warning("a push service answered %d", status)
    return status


async def _sent(settings: Settings, to: Any, text: bytes) -> int:
    import httpx2

    from webapp.ringing import vapid
    from webapp.ringing.sealing import seal

    where, secret = await target(to["endpoint"], settings), settings.secret_key
    now = datetime.now(UTC)
    headers = {
        "Host": to["endpoint"].split("/")[2],
        "Authorization": vapid.authorization(secret, to["endpoint"], to["contact"], now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(LATE),
        "Urgency": "high",
        "Topic": "rest",  # the next rest takes the place of one not yet delivered
    }
    body = seal(text, to["p256dh"], to["auth"])
    more = {"sni_hostname": where.host}
    # No proxy of the environment: what was looked up is what is connected to.
    async with httpx2.AsyncClient(timeout=SECONDS, trust_env=False) as http:
        answer = await http.post(where.url, content=body, headers=headers, extensions=more)
        return answer.status_code
