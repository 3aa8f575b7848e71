"""A line that the next page says ("Workout deleted", with Undo), carried by a signed cookie."""

from typing import Any

from itsdangerous import BadSignature
from quart import after_this_request, g, request

from webapp.ids import uuid7
from webapp.security import sealer, settings

SALT = "toast"
SECONDS = 60


def leave(text: str, undo_action: str = "") -> None:
    """Let the next whole page say `text`; `undo_action` is the URL its Undo button posts to.

    Programs read no pages, and get none of it.
    """
    if g.get("wants_json"):
        return
    sealed = sealer(SALT).dumps([text, undo_action])
    secure = not settings().insecure_http

    @after_this_request
    async def keep(response: Any) -> Any:
        response.set_cookie(
            cookie(), sealed, max_age=SECONDS, secure=secure, httponly=True, samesite="Lax"
        )
        return response


def tell(text: str, undo_action: str = "") -> dict[str, Any] | None:
    """The toast of the fragment that answers; for anybody else it is left for the next page."""
    if "HX-Request" in request.headers:
        return made(text, undo_action)
    leave(text, undo_action)
    return None


def take() -> dict[str, Any] | None:
    """What was left for this page, once: {text, undo_action, key}; None when nothing was."""
    sealed = request.cookies.get(cookie())
    if sealed is None:
        return None

    @after_this_request
    async def drop(response: Any) -> Any:
        response.delete_cookie(cookie(), secure=not settings().insecure_http)
        return response

    try:
        text, undo_action = sealer(SALT).loads(sealed, max_age=SECONDS)
    except BadSignature:
        return None
    return made(text, undo_action)


def made(text: str, undo_action: str = "") -> dict[str, Any]:
    """A toast for the page or fragment that is answered now."""
    return {"text": text, "undo_action": undo_action, "key": str(uuid7())}


def cookie() -> str:
    """The name of the cookie that carries it."""
    return "toast" if settings().insecure_http else "__Host-toast"
