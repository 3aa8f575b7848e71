"""One message to one address, and what came of it.

httpx2 is imported where it is used: 2 MB that only a server with webhooks needs.
"""

import asyncio
from dataclasses import dataclass
from time import monotonic, time
from typing import Any
from urllib.parse import urlsplit

from webapp.hooks import signing
from webapp.ringing import reach
from webapp.settings import Settings

SECONDS = 10.0
READ_SECONDS = 2.0  # for an answer that has begun; only its status counts
KEPT = 500  # bytes of an answer
LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an address answered: its status, the time that took, the first of its text, and how
    long it wants to be left alone; or (no status) why there was no answer."""

    ms: int
    status: int | None = None
    answer: str = ""
    error: str | None = None
    retry_after: int = 0

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


async def send(settings: Settings, hook: Any, message: str, body: str) -> Outcome:
    """Send a message (its id, its text) to a webhook (a row). Never raises for what is at the
    other end; redirects are not followed."""
    import httpx2

    began = monotonic()
    try:
        secret = signing.opened(settings.secret_key, str(hook["uuid"]), hook["secret"])
        async with asyncio.timeout(SECONDS):
            status, retry_after, text = await _sent(settings, hook["url"], secret, message, body)
    except (reach.Unreachable, signing.Unsealed) as error:
        return Outcome(_ms(began), error=str(error).capitalize())
    except TimeoutError:
        return Outcome(_ms(began), error=f"No answer within {SECONDS:.0f} seconds")
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        return Outcome(_ms(began), error=(str(error) or type(error).__name__)[:200])
    return Outcome(_ms(began), status, text, None, retry_after)


def _ms(began: float) -> int:
    return int((monotonic() - began) * 1000)


async def _sent(
    settings: Settings, url: str, secret: str, message: str, body: str
) -> tuple[int, int, str]:
    import httpx2

    where = await reach.webhook_target(url, settings)
    headers = {
        "Host": urlsplit(url).netloc,
        "Content-Type": "application/json",
        "User-Agent": "Setlog-Webhooks",
        "Accept-Encoding": "identity",
        **signing.headers(secret, message, int(time()), body),
    }
    more = {"sni_hostname": where.host}
    # No proxy of the environment: what was looked up is what is connected to.
    async with (
        httpx2.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=False) as http,
        http.stream(
            "POST", where.url, content=body.encode(), headers=headers, extensions=more
        ) as answer,
    ):
        return answer.status_code, _wait(answer.headers), await _first(answer)


def _wait(headers: Any) -> int:
    said = headers.get("Retry-After", "")
    is_seconds = said.isascii() and said.isdigit() and len(said) < 10
    return min(int(said), LONGEST_WAIT) if is_seconds else 0


async def _first(answer: Any) -> str:
    """The beginning of what was said, however much follows or how it ends."""
    import httpx2

    found = b""
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for piece in answer.aiter_raw():
                found += piece
                if len(found) >= KEPT:
                    break
    except (TimeoutError, httpx2.HTTPError):
        pass  # it has said how it went
    return found[:KEPT].decode(errors="replace").replace("\x00", "�")
