"""What went wrong, in the caller's words: a contract's error, a fragment, or the page again."""

from urllib.parse import quote

from quart import Response
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from webapp import talk
from webapp.here import current_app, g, request
from webapp.problems import Problem

CHALLENGE = {401: {"WWW-Authenticate": "Bearer"}}  # no 401 without one (RFC 9110, 15.5.2)
ADVICE = {404: "It may have been deleted, or there is a mistake in the address."}
NO_FORM = (404, 500, 503)  # what no other filling-in of a form would cure


def as_problem(error: HTTPException) -> Problem:
    """What Quart refused by itself (no such URL, wrong method, too large), as ours."""
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 408: "too_slow"}
    code = error.code or 500
    texts = {404: "There is nothing at this address", 413: "The body is too large"}
    text = texts.get(code) or str(error.name)
    return Problem(code, text, code=codes.get(code, "unreadable"), noun="Address")


async def refused(error: HTTPException) -> Response:
    """Say what Quart refused, and with a wrong method which ones there are (RFC 9110, 15.5.6)."""
    answer = await complain(as_problem(error))
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    if methods and answer.status_code == 405:
        answer.headers["Allow"] = ", ".join(sorted(methods))
    return answer


def unavailable() -> Problem:
    text = "The database is busy or away; please try again in a moment"
    return Problem(503, text, code="unavailable", retry_after=2)


def undecided() -> Problem:
    text = "The database went away while this was saved. Look if it is there before you repeat it"
    return Problem(503, text, code="unavailable")


def failed() -> Problem:
    return Problem(500, "Something went wrong on our side; it is in the log", code="failed")


async def complain(problem: Problem) -> Response:
    """Say what went wrong: the contract's error, or for people a fragment or the page again."""
    retry = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    if g.get("wants_json", True):
        status, data, more = talk.contract().error(problem)
        return talk.as_json(data, status, retry | more | CHALLENGE.get(status, {}))
    if problem.code == "unauthenticated":
        return _to_sign_in()
    retry |= CHALLENGE.get(problem.status, {})
    if talk.is_fragment():
        text = talk.page("problem.html", failure=problem, texts=_texts(problem))
        return talk.as_html(text, problem.status, retry)
    return await _page_again(problem, retry)


def _texts(problem: Problem) -> list[str]:
    return [text for texts in problem.fields.values() for text in texts if text != problem.text]


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    url = f"/login?next={quote(back)}"
    if talk.is_fragment():
        return Response("", 401, {"HX-Redirect": "/login", "Vary": talk.VARY, **CHALLENGE[401]})
    return talk.sent_on(url)


def _page_of_its_own(problem: Problem, headers: dict[str, str]) -> Response:
    is_asking = request.method == "GET" and problem.status == 400
    bare = request.path if is_asking and request.args else ""
    facts = {
        "failure": problem,
        "texts": _texts(problem),
        "advice": ADVICE.get(problem.status, ""),
        "bare": bare,
        "is_passing": request.method == "GET" and problem.status in (500, 503),
    }
    text = talk.page("problem_page.html", **facts)
    return talk.as_html(text, problem.status, headers)


async def _page_again(problem: Problem, headers: dict[str, str]) -> Response:
    """Show the form's page again, with what was typed and what is wrong with it."""
    rule = request.url_rule
    view = current_app.view_functions.get(rule.endpoint) if rule else None
    again = getattr(view, "again", None)
    is_ours = "caller" in g  # else it was refused before anybody asked who it is
    if again is None or not is_ours or request.method == "GET" or problem.status in NO_FORM:
        return _page_of_its_own(problem, headers)
    # What was too large is not there to be read again.
    g.typed = MultiDict() if problem.status == 413 else await request.form
    g.problem = problem
    g.errors = {str(path[-1]): " ".join(texts) for path, texts in problem.fields.items() if path}
    answer: Response = await again(**(request.view_args or {}))
    answer.status_code = problem.status
    answer.headers.update(headers)
    return answer
