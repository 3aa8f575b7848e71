"""What the headers of every answer keep a browser from doing, and how long a cookie lives."""

import re
from dataclasses import replace
from http.cookies import SimpleCookie
from itertools import chain

import pytest
from quart import Quart, Response

from tests.support.everything import fill, path_of
from tests.support.people import Browser
from tests.support.world import Person
from webapp import auth, create_app, security
from webapp.security import CSP
from webapp.settings import Settings

SENT_ONCE = (
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"),
)
# Where scripts, frames, forms and everything else may come from: Google's CSP Evaluator and the
# W3C's text call each of these an error or a warning.
LOOSE = re.compile(
    r"'unsafe-[a-z-]+'|'strict-dynamic'|'report-sample'|\*|https?:|//|\b(?:blob|filesystem|data):"
)
EXECUTING = ("script-src", "object-src", "base-uri", "frame-src", "worker-src", "style-src")
FALLS_BACK = ("script-src", "style-src", "object-src", "frame-src", "worker-src", "media-src")


def policy(text: str) -> dict[str, list[str]]:
    """The directives of a policy, each once."""
    found: dict[str, list[str]] = {}
    for each in text.split(";"):
        name, *sources = each.split()
        assert name not in found, f"of {name} only the first counts"
        found[name] = sources
    return found


def test_the_policy_passes_the_rules_of_the_public_evaluators() -> None:
    said = policy(CSP)
    assert said["default-src"] == ["'none'"]
    effective = {name: said.get(name, said["default-src"]) for name in FALLS_BACK}
    effective |= {"base-uri": said["base-uri"]}  # these three fall back to nothing
    effective |= {"form-action": said["form-action"], "frame-ancestors": said["frame-ancestors"]}
    for name in EXECUTING:
        assert not LOOSE.search(" ".join(effective[name])), name
    for name in ("object-src", "frame-src", "media-src", "base-uri", "frame-ancestors"):
        assert effective[name] == ["'none'"], name
    assert effective["script-src"] == effective["form-action"] == ["'self'"]
    known = {*FALLS_BACK, "default-src", "base-uri", "form-action", "frame-ancestors"}
    known |= {"img-src", "connect-src", "manifest-src"}
    assert set(said) <= known, "a word that no browser knows protects from nothing"
    assert all(re.fullmatch(r"'self'|'none'|data:", each) for each in chain(*said.values()))


async def test_every_answer_has_every_header_once(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        path = path_of(app, rule, world)
        for answer in (await ann.page("GET", path), await ann.json("GET", path)):
            expect_protected(answer, rule.rule)
    expect_protected(await ann.page("GET", "/nowhere"), "404")
    expect_protected(await ann.page("PATCH", "/settings"), "405")
    expect_protected(await ann.page("POST", "/settings", {"theme": "x"}), "400")


def expect_protected(answer: Response, place: str) -> None:
    names = [name.lower() for name, _ in answer.headers]
    assert [names.count(each) for each in SENT_ONCE] == [1] * len(SENT_ONCE), place
    cache = answer.headers["Cache-Control"]
    is_file = place.startswith("/static/") and answer.status_code == 200
    assert is_file or "public" not in cache, place
    assert cache in ("private, no-cache", "no-store", "no-cache") or is_file, (place, cache)


async def test_whatever_depends_on_who_asks_says_so_to_caches(app: Quart, ann: Person) -> None:
    for path in ("/", "/settings", "/api/body", "/workouts"):
        for answer in (await ann.page("GET", path), await ann.json("GET", path)):
            assert answer.headers["Cache-Control"] == "private, no-cache"
            vary = {each.strip() for each in answer.headers["Vary"].split(",")}
            assert vary >= {"Accept", "Accept-Profile", "Authorization", "HX-Request"}, path


UNKEYED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/settings/tokens",
    "X-Rewrite-URL": "/settings/tokens",
    "X-HTTP-Method-Override": "DELETE",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "DELETE",
    "Forwarded": "host=evil.example;proto=https",
    "X-Host": "evil.example",
}


@pytest.mark.parametrize("name", UNKEYED)
async def test_a_header_that_only_proxies_send_changes_no_answer(ann: Person, name: str) -> None:
    sent = {name: UNKEYED[name]}
    for path in ("/settings", "/api/body", "/login", "/docs/live"):
        plain = await ann.page("GET", path)
        odd = await ann.page("GET", path, **sent)
        same = re.compile(r'name="key" value="[^"]+"')
        told = [same.sub("", await each.get_data(as_text=True)) for each in (plain, odd)]
        assert (plain.status_code, told[0]) == (odd.status_code, told[1]), path


async def test_no_field_overrides_the_method(ann: Person) -> None:
    for name in ("_method", "_METHOD", "method"):
        answer = await ann.page("POST", f"/settings?{name}=DELETE", {"theme": "dark", name: "PUT"})
        assert answer.status_code == 303


def test_over_https_the_browser_is_told_to_stay_there(settings: Settings) -> None:
    app = create_app(replace(settings, insecure_http=False))
    assert (b"strict-transport-security", b"max-age=31536000") in app.config["FIXED_HEADERS"]
    plain = security.fixed_headers(settings)
    assert b"strict-transport-security" not in dict(plain)


@pytest.mark.own_app
async def test_the_cookie_is_for_this_host_and_no_script_and_dies_with_its_session(
    settings: Settings,
) -> None:
    app = create_app(replace(settings, insecure_http=False))
    async with app.test_app():
        browser = Browser(app)
        answer = await browser.register()
        cookies = SimpleCookie()
        for line in answer.headers.getlist("Set-Cookie"):
            cookies.load(line)
        cookie = cookies["__Host-setlog"]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert int(cookie["max-age"]) == auth.ABSOLUTE.total_seconds()
        assert all(each["secure"] and each["samesite"] == "Lax" for each in cookies.values())


async def test_the_address_a_request_names_is_told_back_only_as_a_text(ann: Person) -> None:
    """Nobody is sent anywhere by a Host header, nor by what only a proxy says."""
    for host in ("evil.example", "evil.example:8000", "LOCALHOST"):
        answer = await ann.client.get("/nowhere", headers={"Host": host})
        assert "evil" not in await answer.get_data(as_text=True)
        there = await ann.app.test_client().get("/settings", headers={"Host": host})
        assert there.headers["Location"].startswith("/login?next=")
