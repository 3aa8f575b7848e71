"""An app is wired once a run: compiling its rules takes longer than most tests."""

import gc
from functools import lru_cache

from quart import Quart

from webapp import create_app, security
from webapp.settings import Settings


@lru_cache
def _wired(insecure_http: bool) -> Quart:
    made = create_app(Settings("sqlite://:memory:", "", insecure_http=insecure_http))
    gc.freeze()  # it stays, too
    return made


def wired(settings: Settings) -> Quart:
    """The app that tests share, with these settings until somebody else asks for it. Whoever
    changes the app itself, or needs two at once, makes one (`create_app`)."""
    app = _wired(settings.insecure_http)
    app.secret_key = settings.secret_key
    app.config["SETLOG"] = settings
    app.config["FIXED_HEADERS"] = security.fixed_headers(settings)
    app.config.pop("OPENID_ISSUER", None)  # known from other settings
    return app
