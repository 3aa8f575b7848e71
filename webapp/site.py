"""What belongs to the site itself: health, static files, the manifest."""

from quart import Response, current_app

from webapp import assets, db, talk
from webapp.problems import Problem
from webapp.routing import anonymous, pages
from webapp.settings import ROOT

# What the worker loads, in this order; all in one scope.
EDGE = (
    # the templates and the views
    *("edge/templates.js", "edge/text.js", "edge/words.js", "edge/numbers.js", "edge/cards.js"),
    *("edge/flow.js", "edge/sheets.js", "edge/library.js", "edge/today.js", "edge/summary.js"),
    *("edge/render.js",),
    # the workout: what a tap does
    *("edge/decimal.js", "edge/lines.js", "edge/turn.js", "edge/prefill.js", "edge/plates.js"),
    *("edge/equipment.js", "edge/resting.js", "edge/forms.js", "edge/logging.js", "edge/sets.js"),
    *("edge/items.js", "edge/tuning.js", "edge/planning.js", "edge/keeping.js"),
    *("edge/starting.js", "edge/finishing.js", "edge/sessions.js", "edge/reducer.js"),
    # the worker: mirror, outbox, routes
    *("edge/store.js", "edge/mirror.js", "edge/outbox.js", "edge/writes.js", "edge/reads.js"),
    *("edge/telling.js", "edge/tray.js", "edge/life.js", "edge/push.js"),
)

# What every page loads as one script, and what has to be there for it.
PAGE = {
    "page/readied.js": "html",
    "page/app.js": "html",
    "page/pad.js": "#pad",
    "page/timer.js": ".gym",
    "page/history.js": "html",
}
MADE = {assets.BUNDLE: lambda: assets.bundled(EDGE), assets.SCRIPT: lambda: assets.joined(PAGE)}


@pages.get("/healthz")
@anonymous
async def healthz() -> Response:
    """200 while the process runs."""
    return Response("ok\n", content_type="text/plain")


@pages.get("/readyz")
@anonymous
async def readyz() -> Response:
    """200 while the database answers, else 503."""
    await db.rows("SELECT 1 AS one")
    return Response("ready\n", content_type="text/plain")


@pages.get("/static/<path:name>")
@anonymous
async def static_file(name: str) -> Response:
    """A static file: immutable under the build's name, to be asked for again without it."""
    files: assets.Assets = current_app.config["ASSETS"]
    build, _, rest = name.partition("/")
    if build == files.build and rest in files.files:
        return files.files[rest].answer(assets.LONG)
    if name in files.files:
        return files.files[name].answer("no-cache")
    raise Problem(404, "There is no such file", code="not_found", noun="File")


@pages.get("/manifest.json")
@anonymous
async def manifest() -> Response:
    """The web app manifest."""
    return assets.read_asset(ROOT / "manifest.json").answer("no-cache")


@pages.get("/worker.js")
@anonymous
async def worker() -> Response:
    """The service worker of this build; asked for again at each visit, so that it is never old."""
    text = talk.page("worker.js")
    return Response(text, content_type="text/javascript; charset=utf-8")


@pages.get("/offline")
@anonymous
async def offline() -> Response:
    """What is shown when there is no connection; the worker keeps it."""
    return talk.as_html(talk.page("offline.html"))
