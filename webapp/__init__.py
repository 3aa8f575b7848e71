"""Setlog: the wiring of the app, and only that."""

from typing import Any, cast

from quart import Quart, Response
from quart.ctx import RequestContext
from quart.globals import request_ctx
from quart.sessions import NullSession
from quart.typing import ResponseReturnValue
from quart.wrappers import BaseRequestWebsocket, Request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import MapAdapter, Rule

from webapp import (
    assets,
    auth,
    claims,
    db,
    edge,
    logs,
    quotas,
    refusals,
    security,
    talk,
    templating,
    verbs,
    writes,
)
from webapp.hearing import HeardRequest
from webapp.here import g, request
from webapp.importing import running
from webapp.matching import Adapter, Known
from webapp.problems import Problem
from webapp.serving import PatientConnection
from webapp.settings import ROOT, Settings
from webapp.site import MADE


class Setlog(Quart):
    """Quart, with the one way every request takes: who, from where, then the verb.

    Quart's hooks before and after a request, its signals, its session, and subdomains are not on
    that way: each would be asked for at every request, and nothing here uses them.
    """

    asgi_http_class = PatientConnection
    request_class = HeardRequest

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.known_paths: Known = {}

    def request_context(self, request: Request) -> RequestContext:
        # Quart's own session cookie is not used; signing in has one, see auth.
        return RequestContext(self, request, NullSession())

    def create_url_adapter(self, request: BaseRequestWebsocket | None) -> MapAdapter | None:
        if request is None:
            return None
        path, method = request.path, request.method
        return Adapter(self.url_map, self.known_paths, request.scheme, path, method)

    async def full_dispatch_request(self, request_context: RequestContext | None = None) -> Any:
        logs.begin()
        security.name_request()
        try:
            result: Any = await self.dispatch_request(request_context)
        except Exception as error:
            result = await self.handle_user_exception(error)
        return await self.finalize_request(result, request_context)

    async def process_response(
        self, response: Any, request_context: RequestContext | None = None
    ) -> Any:
        for function in (request_context or request_ctx)._after_request_functions:
            response = await self.ensure_async(cast(Any, function))(response)
        response = await auth.remembered(response)
        return logs.finish(security.protect(assets.squeeze(assets.tagged(edge.answer(response)))))

    async def do_teardown_request(self, *args: Any) -> None:
        """Nothing hangs on the end of a request."""

    async def do_teardown_appcontext(self, *args: Any) -> None:
        """Nor on the end of its context."""

    async def dispatch_request(
        self, request_context: RequestContext | None = None
    ) -> ResponseReturnValue:
        heard = (request_context or request_ctx).request
        talk.begin()
        if heard.method == "OPTIONS" and (preflight := security.preflight()) is not None:
            return preflight
        if heard.routing_exception is not None:
            self._forgive_case()
        if heard.routing_exception is not None:
            self.raise_routing_exception(heard)
        if heard.method == "OPTIONS":
            return await super().dispatch_request(request_context)
        view = await self._admitted()
        where = heard.view_args or {}
        if heard.method in security.SAFE:
            return await db.again(lambda: view(**where))
        return await writes.carry_out(edge.held(view), where)

    def _forgive_case(self) -> None:
        if isinstance(request.routing_exception, NotFound):
            found = claims.in_small_letters(self.config["SMALL_LETTERS"])
            if found is not None:
                request.url_rule, request.view_args = cast(Any, found[0]), found[1]
                request.routing_exception = None

    async def _admitted(self) -> Any:
        """The view that answers this caller; who may not use it is refused."""
        rule = cast(Rule, request.url_rule)
        method = "GET" if request.method == "HEAD" else request.method
        rivals = self.config["SHARED"].get((method, claims.shape(rule.rule)))
        talk.speak(None if rivals else claims.contract_of(rule))
        view: Any = self.view_functions[rule.endpoint]
        security.refuse_cross_site()
        g.caller = None if getattr(view, "anonymous", False) else await db.again(auth.identify)
        if rivals:
            where = request.view_args or {}
            rule, request.view_args = claims.choose(rivals, rule, where, g.caller)
            request.url_rule, view = cast(Any, rule), self.view_functions[rule.endpoint]
            talk.speak(claims.contract_of(rule))
        edge.refuse_another(g.caller)
        auth.admit(g.caller, getattr(view, "public", False))
        if g.caller is not None:
            quotas.of_app().admit(g.caller)
        return view


def create_app(settings: Settings) -> Quart:
    """Return the app for these settings. Opens nothing yet: the database opens before serving."""
    app = Setlog(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.config["SETLOG"] = settings
    app.config["FIXED_HEADERS"] = security.fixed_headers(settings)
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024
    app.secret_key = settings.secret_key
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    _templates(app)
    auth.install(app)
    app.url_map.converters["id"] = claims.Id
    for blueprint in verbs.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.config["SHARED"] = claims.shared(app)
    app.config["SMALL_LETTERS"] = claims.small_letters(app)
    _around(app)
    _errors(app)
    return app


def _templates(app: Quart) -> None:
    app.config["ASSETS"] = files = assets.Assets(made=MADE)
    # Quart's own environment awaits every expression; ours has nothing to wait for.
    known = {"static": files.url, "build": files.build}
    compiled = templating.Compiled(ROOT / "build" / "templates")
    app.config["TEMPLATES"] = templating.environment(ROOT / "templates", compiled, **known)


def _around(app: Quart) -> None:
    @app.before_serving
    async def connect() -> None:
        await db.connect(app.config["SETLOG"])

    @app.after_serving
    async def disconnect() -> None:
        await db.disconnect()

    running.install(app)
    quotas.install(app)


def _errors(app: Quart) -> None:
    app.register_error_handler(Problem, refusals.complain)

    @app.errorhandler(HTTPException)
    async def http(error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error.get_response()
        return await refusals.refused(error)

    @app.errorhandler(db.Unavailable)
    async def unavailable(error: Exception) -> Response:
        logs.ERRORS.warning("the database is not available: %s", error)
        is_undecided = isinstance(error, db.Undecided)
        problem = refusals.undecided() if is_undecided else refusals.unavailable()
        return await refusals.complain(problem)

    @app.errorhandler(Exception)
    async def failed(error: Exception) -> Response:
        if db.is_unavailable(error):
            return await unavailable(error)
        logs.ERRORS.error("unhandled", exc_info=error, extra={"facts": logs.facts()})
        return await refusals.complain(refusals.failed())
