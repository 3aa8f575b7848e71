"""Every route, with every method, refuses whoever may not use it and changes nothing by that."""

from typing import Any

import pytest
from quart import Quart, Response
from werkzeug.routing import Rule

from tests.support.everything import PRIVATE, fill, owned, path_of
from tests.support.world import PROGRAM, Person, make_token
from webapp import passwords
from webapp.auth import digest
from webapp.claims import contract_of, shape
from webapp.models import Token, User

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SAFE = ("GET", "HEAD")
THE_END = "/api/user"  # after a DELETE of it the person is no more
NOWHERE = "00000000-0000-7000-8000-000000000000"
PUBLIC = """
POST /api/Users/login
POST /api/Users/refresh
POST /api/Users/register
POST /api/user/login
POST /api/user/refresh
POST /api/user/register
POST /api/user/revoke
POST /api/v1.0/auth/login
POST /api/v1.0/auth/register
POST /api/v1/auth/google
GET /api/v1/auth/google/callback
GET /api/v1/health
GET /docs
GET /docs/<name>
GET /docs/<name>/openapi.json
GET /docs/guide
GET /healthz
GET /login
POST /login
GET /login/oidc
GET /login/oidc/callback
GET /manifest.json
GET /offline
GET /readyz
GET /register
POST /register
GET /s/<slug>
GET /static/<path:name>
GET /worker.js
"""


def routes(app: Quart) -> list[tuple[str, Rule]]:
    """Every method and rule there is, those that end everything last."""
    found = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ())
    ]
    return sorted(found, key=lambda each: (each[1].rule == THE_END, each[1].rule, each[0]))


def view(app: Quart, rule: Rule) -> Any:
    return app.view_functions[rule.endpoint]


def is_public(app: Quart, rule: Rule) -> bool:
    return bool(getattr(view(app, rule), "public", False))


async def ask(app: Quart, method: str, rule: Rule, path: str, **headers: str) -> Response:
    """A program's request in the words of the rule's contract, with a body that is right."""
    sent = {**PROGRAM, "Accept-Profile": contract_of(rule), **headers}
    client: Any = app.test_client(use_cookies=False)
    if method in SAFE:
        return await client.open(path, method=method, headers=sent)
    return await client.open(path, method=method, headers=sent, json=body(method, rule))


_EXECUTIONS = "/api/v1/workouts/<id:workout>/exercise-executions"
_ITEM = {"workout_id": NOWHERE, "exercise_id": NOWHERE, "sets": 3, "reps_min": 5, "reps_max": 8}
# The bodies without which a route refuses what is said before it looks for the row.
BODIES: dict[str, Any] = {
    f"{_EXECUTIONS}/<id:exercise>/sets": {"clean_reps": 5, "weight": 60.0},
    f"{_EXECUTIONS}/reorder": {"exercise_ids": [1]},
    "/routines/<uuid:uuid>/items": {**_ITEM, "weight": 60},
    "/session/items/<uuid:item>/swap": {"exercise": NOWHERE},
    "/workouts/<uuid:uuid>/items": {"exercise": NOWHERE},
}


def body(method: str, rule: Rule) -> Any:
    return BODIES.get(rule.rule, {})


def test_the_routes_that_need_no_sign_in_are_these(app: Quart) -> None:
    found = [f"{method} {rule.rule}" for method, rule in routes(app) if is_public(app, rule)]
    assert [each for each in found if not each.startswith("HEAD")] == PUBLIC.split("\n")[1:-1]


async def test_nobody_is_sent_to_sign_in(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    before = await owned(ann)
    for method, rule in routes(app):
        path = path_of(app, rule, world)
        answer = await ask(app, method, rule, path)
        text = await answer.get_data(as_text=True)
        assert answer.status_code < 500 or rule.rule in NOT_CONFIGURED, (method, rule, text)
        assert PRIVATE not in text, (method, rule)
        if is_public(app, rule):
            assert answer.status_code != 401 or rule.rule in CREDENTIALS, (method, rule)
            continue
        assert answer.status_code == 401, (method, rule, text)
        if contract_of(rule) == "pages":
            page = await ask(app, method, rule, path, Accept="text/html")
            assert (page.status_code, page.headers["Location"][:12]) == (303, "/login?next=")
    assert await owned(ann) == before


# Public routes that say 401 or 503 by themselves: the password is wrong, there is no issuer.
CREDENTIALS = ("/login", "/api/user/refresh", "/api/user/revoke")
NOT_CONFIGURED = (
    "/login/oidc",
    "/login/oidc/callback",
    "/settings/account/link",
    "/api/v1/auth/google",
    "/api/v1/auth/google/callback",
)


def refusal(rule: Rule) -> int:
    """What the table of the contracts has for another person's row."""
    is_told = contract_of(rule) == "routines" or rule.rule.startswith("/api/v1/exercises")
    return 403 if is_told else 404


@pytest.mark.parametrize("is_admin", [False, True], ids=["bob", "an admin"])
async def test_another_person_neither_sees_nor_changes_a_row(
    app: Quart, ann: Person, bob: Person, is_admin: bool
) -> None:
    secret = await passwords.hashed("plum-orchard-9")
    await User.filter(id=bob.user.id).update(is_admin=is_admin, password_hash=secret)
    world = await fill(ann)
    before = await owned(ann)
    for method, rule in routes(app):
        bob.token = await make_token(bob.user)  # the one before may have signed out
        sent = {"Authorization": f"Bearer {bob.token}"}
        answer = await ask(app, method, rule, path_of(app, rule, world), **sent)
        text = await answer.get_data(as_text=True)
        assert answer.status_code < 500 or rule.rule in NOT_CONFIGURED, (method, rule, text)
        assert PRIVATE not in text, (method, rule)
        if rule.arguments - {"name"}:
            assert answer.status_code == refusal(rule), (method, rule, text)
        assert method in SAFE or await owned(ann) == before, (method, rule, text)


async def test_the_owner_is_answered_by_every_route(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    await User.filter(id=ann.user.id).update(password_hash=await passwords.hashed("plum-9-orchard"))
    for method, rule in routes(app):
        ann.token = await make_token(ann.user)
        sent = {"Authorization": f"Bearer {ann.token}"}
        answer = await ask(app, method, rule, path_of(app, rule, world), **sent)
        text = await answer.get_data(as_text=True)
        assert answer.status_code < 500 or rule.rule in NOT_CONFIGURED, (method, rule, text)


async def test_the_owner_sees_every_page_and_row_that_others_are_refused(
    app: Quart, ann: Person
) -> None:
    world = await fill(ann)
    sent = {"Authorization": f"Bearer {ann.token}"}
    for method, rule in routes(app):
        if method == "GET" and rule.arguments - {"name", "slug"}:
            path = path_of(app, rule, world)
            answer = await ask(app, method, rule, path, **sent)
            if contract_of(rule) == "pages":
                assert answer.status_code in (200, 406), rule  # a form has no JSON
                answer = await ann.page("GET", path)
            text = await answer.get_data(as_text=True)
            assert answer.status_code == 200, (rule, text)


async def test_a_revoked_token_opens_nothing(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    await Token.filter(token_hash=digest(ann.token)).update(revoked_at=ann.user.created_at)
    before = await owned(ann)
    sent = {"Authorization": f"Bearer {ann.token}"}
    for method, rule in routes(app):
        answer = await ask(app, method, rule, path_of(app, rule, world), **sent)
        is_blind = getattr(view(app, rule), "anonymous", False)
        assert is_blind or answer.status_code == 401, (method, rule)
        assert answer.status_code < 500 or rule.rule in NOT_CONFIGURED, (method, rule)
    assert await owned(ann) == before


async def test_a_token_that_may_only_read_writes_nothing(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    ann.token = await make_token(ann.user, read_only=True)
    before = await owned(ann)
    sent = {"Authorization": f"Bearer {ann.token}"}
    for method, rule in routes(app):
        answer = await ask(app, method, rule, path_of(app, rule, world), **sent)
        refused = method not in SAFE and not getattr(view(app, rule), "anonymous", False)
        assert not refused or answer.status_code == 403, (method, rule)
        assert answer.status_code < 500 or rule.rule in NOT_CONFIGURED, (method, rule)
    assert await owned(ann) == before


@pytest.mark.parametrize(
    "origin",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://evil.localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=["cross-site", "same-site", "another origin", "null"],
)
async def test_another_site_cannot_write_with_a_persons_cookie(
    app: Quart, ann: Person, origin: dict[str, str]
) -> None:
    world = await fill(ann)
    before = await owned(ann)
    for method, rule in routes(app):
        if method in SAFE:
            continue
        path = path_of(app, rule, world)
        bodies: tuple[dict[str, Any], ...] = ({"json": {}}, {"form": {}}, {"data": b"{}"})
        for sent in bodies:
            answer = await ann.client.open(path, method=method, headers=origin, **sent)
            assert answer.status_code == 403, (method, rule, origin)
    assert await owned(ann) == before


async def test_a_method_that_no_rule_claims_is_refused(app: Quart, ann: Person) -> None:
    world = await fill(ann)
    claimed = {(method, shape(rule.rule)) for method, rule in routes(app)}
    before = await owned(ann)
    for rule in app.url_map.iter_rules():
        for method in METHODS:
            if (method, shape(rule.rule)) not in claimed:
                sent = {"Authorization": f"Bearer {ann.token}"}
                answer = await ask(app, method, rule, path_of(app, rule, world), **sent)
                assert answer.status_code in (404, 405), (method, rule)
    assert await owned(ann) == before
