"""What waits on the phone that asks: the worker answers there; here nothing ever waits."""

from quart import Response

from webapp import talk
from webapp.routing import pages


@pages.get("/unsent")
async def unsent() -> Response:
    """For a browser without a worker: each change of it was answered by the server itself."""
    shown = {"heading": "On this phone", "back": "/", "unsent": {"is_empty": True}}
    return talk.as_html(talk.page("unsent.html", **shown))
