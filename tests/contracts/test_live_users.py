"""live.md, its seven user operations: shapes and errors as the README of the contracts has them."""

from typing import Any

import pytest
from quart import Quart, Response

from tests.support.world import Person
from webapp.models import LoginSession, User

USER_KEYS = {
    "id",
    "first_name",
    "last_name",
    "age",
    "email",
    "is_premium",
    "created_at",
    "updated_at",
}
CLEO = {
    "first_name": "Cleo",
    "last_name": "Vance",
    "age": 31,
    "email": "cleo@example.org",
    "password": "plum-orchard-9",
}
OPERATIONS = [
    ("POST", "/api/user/register"),
    ("POST", "/api/user/login"),
    ("POST", "/api/user/logout"),
    ("POST", "/api/user/revoke"),
    ("POST", "/api/user/refresh"),
    ("PUT", "/api/user/edit"),
    ("DELETE", "/api/user"),
]


async def call(
    app: Quart, method: str, path: str, body: Any = None, token: str | None = None
) -> Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client: Any = app.test_client(use_cookies=False)
    if body is None:
        return await client.open(path, method=method, headers=headers)
    return await client.open(path, method=method, headers=headers, json=body)


async def log_in(app: Quart, **said: Any) -> dict[str, Any]:
    body = {"email": CLEO["email"], "password": CLEO["password"], **said}
    answer = await call(app, "POST", "/api/user/login", body)
    assert answer.status_code == 200
    found: dict[str, Any] = await answer.get_json()
    return found


@pytest.fixture
async def cleo(app: Quart) -> dict[str, Any]:
    """A registered person, as the answer to her registration has her."""
    answer = await call(app, "POST", "/api/user/register", CLEO)
    assert answer.status_code == 201
    found: dict[str, Any] = await answer.get_json()
    return found


async def test_register_answers_the_user_and_nothing_of_the_password(cleo: dict[str, Any]) -> None:
    assert cleo.keys() == USER_KEYS
    assert {key: cleo[key] for key in ("first_name", "last_name", "age", "email")} == {
        "first_name": "Cleo",
        "last_name": "Vance",
        "age": 31,
        "email": "cleo@example.org",
    }
    assert cleo["is_premium"] is False
    assert cleo["created_at"].endswith("Z")
    assert len(cleo["id"]) == 36


async def test_register_takes_no_e_mail_twice_in_whatever_case(
    app: Quart, cleo: dict[str, Any]
) -> None:
    again = {**CLEO, "email": "CLEO@Example.org"}
    answer = await call(app, "POST", "/api/user/register", again)
    assert answer.status_code == 409
    assert await answer.get_json() == {"error": "This e-mail is already registered"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("first_name", None),
        ("first_name", "x" * 101),
        ("last_name", 7),
        ("age", "old"),
        ("age", -1),
        ("age", 2**70),
        ("age", True),
        ("email", "nowhere"),
        ("email", "a b@example.org"),
        ("email", "x" * 250 + "@example.org"),
        ("password", "short"),
        ("password", "x" * 129),
        ("password", "PassWord"),
        ("password", "cleo@EXAMPLE.org"),
        ("password", ["a", "b"]),
    ],
)
async def test_register_names_the_field_that_is_wrong(app: Quart, field: str, value: Any) -> None:
    answer = await call(app, "POST", "/api/user/register", {**CLEO, field: value})
    assert answer.status_code == 400
    said = await answer.get_json()
    assert said.keys() == {"error", "fields"}
    assert list(said["fields"]) == [field]
    assert not await User.exists()


async def test_register_names_every_field_that_is_missing(app: Quart) -> None:
    answer = await call(app, "POST", "/api/user/register", {})
    assert set((await answer.get_json())["fields"]) == {
        "first_name",
        "last_name",
        "email",
        "password",
    }


async def test_login_answers_the_user_with_a_pair_of_tokens(
    app: Quart, cleo: dict[str, Any]
) -> None:
    said = await log_in(app)
    assert said.keys() == USER_KEYS | {"access_token", "refresh_token"}
    assert {key: said[key] for key in USER_KEYS} == cleo
    answer = await call(app, "PUT", "/api/user/edit", {}, said["access_token"])
    assert answer.status_code == 200


async def test_login_ignores_case_and_unknown_keys(app: Quart, cleo: dict[str, Any]) -> None:
    assert (await log_in(app, email="Cleo@EXAMPLE.ORG", remember=True))["id"] == cleo["id"]


@pytest.mark.parametrize(
    "wrong", [{"password": "plum-orchard-8"}, {"email": "nobody@example.org"}, {"password": "x"}]
)
async def test_a_wrong_login_says_the_same_whoever_it_was(
    app: Quart, cleo: dict[str, Any], wrong: dict[str, str]
) -> None:
    body = {"email": CLEO["email"], "password": CLEO["password"], **wrong}
    answer = await call(app, "POST", "/api/user/login", body)
    assert answer.status_code == 401
    text = "The user name or e-mail and the password do not belong together"
    assert await answer.get_json() == {"error": text}


async def test_login_needs_both_fields(app: Quart) -> None:
    answer = await call(app, "POST", "/api/user/login", {})
    assert answer.status_code == 400
    assert set((await answer.get_json())["fields"]) == {"email", "password"}


async def test_refresh_answers_a_new_pair_and_spends_the_old_token(
    app: Quart, cleo: dict[str, Any]
) -> None:
    first = await log_in(app)
    answer = await call(app, "POST", "/api/user/refresh", token=first["refresh_token"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    second = await answer.get_json()
    assert second.keys() == {"access_token", "refresh_token"}
    assert second["refresh_token"] != first["refresh_token"]
    for token in (first["access_token"], second["access_token"]):
        assert (await call(app, "PUT", "/api/user/edit", {}, token)).status_code == 200


async def test_using_a_refresh_token_again_revokes_its_whole_family(
    app: Quart, cleo: dict[str, Any]
) -> None:
    first, other = await log_in(app), await log_in(app)
    answer = await call(app, "POST", "/api/user/refresh", token=first["refresh_token"])
    second = await answer.get_json()
    again = await call(app, "POST", "/api/user/refresh", token=first["refresh_token"])
    assert again.status_code == 401
    assert (await again.get_json()).keys() == {"error"}
    newest = await call(app, "POST", "/api/user/refresh", token=second["refresh_token"])
    assert newest.status_code == 401
    for token in (first["access_token"], second["access_token"]):
        assert (await call(app, "PUT", "/api/user/edit", {}, token)).status_code == 401
    untouched = await call(app, "POST", "/api/user/refresh", token=other["refresh_token"])
    assert untouched.status_code == 200


async def test_revoke_ends_the_family_of_a_refresh_token(app: Quart, cleo: dict[str, Any]) -> None:
    said = await log_in(app)
    answer = await call(app, "POST", "/api/user/revoke", token=said["refresh_token"])
    assert (answer.status_code, await answer.get_data()) == (204, b"")
    assert (await call(app, "PUT", "/api/user/edit", {}, said["access_token"])).status_code == 401
    for path in ("/api/user/refresh", "/api/user/revoke"):
        answer = await call(app, "POST", path, token=said["refresh_token"])
        assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/api/user/refresh", "/api/user/revoke"])
async def test_an_access_token_is_no_refresh_token(
    app: Quart, cleo: dict[str, Any], path: str
) -> None:
    said = await log_in(app)
    assert (await call(app, "POST", path, token=said["access_token"])).status_code == 401
    assert (await call(app, "POST", path, token="anything")).status_code == 401
    body = {"refresh_token": said["refresh_token"]}
    assert (await call(app, "POST", path, body)).status_code == 401


async def test_logout_ends_every_token_of_that_login_and_of_no_other(
    app: Quart, cleo: dict[str, Any]
) -> None:
    said, other = await log_in(app), await log_in(app)
    renewed = await call(app, "POST", "/api/user/refresh", token=said["refresh_token"])
    newest = await renewed.get_json()
    answer = await call(app, "POST", "/api/user/logout", token=said["access_token"])
    assert (answer.status_code, await answer.get_data()) == (204, b"")
    for token in (said["access_token"], newest["access_token"]):
        assert (await call(app, "PUT", "/api/user/edit", {}, token)).status_code == 401
    answer = await call(app, "POST", "/api/user/refresh", token=newest["refresh_token"])
    assert answer.status_code == 401
    assert (await call(app, "PUT", "/api/user/edit", {}, other["access_token"])).status_code == 200


async def test_a_personal_token_that_logs_out_is_revoked(ann: Person, bob: Person) -> None:
    assert (await ann.json("POST", "/api/user/logout")).status_code == 204
    assert (await ann.json("PUT", "/api/user/edit", {})).status_code == 401
    assert (await bob.json("PUT", "/api/user/edit", {})).status_code == 200


async def test_edit_changes_what_is_said_and_leaves_the_rest(
    app: Quart, cleo: dict[str, Any], bob: Person
) -> None:
    token = (await log_in(app))["access_token"]
    answer = await call(app, "PUT", "/api/user/edit", {"last_name": "Wren"}, token)
    assert answer.status_code == 200
    said = await answer.get_json()
    assert said.keys() == USER_KEYS
    assert {**said, "updated_at": ""} == {**cleo, "last_name": "Wren", "updated_at": ""}
    assert said["updated_at"] > cleo["updated_at"]
    answer = await call(app, "PUT", "/api/user/edit", {"first_name": "Mo", "age": None}, token)
    said = await answer.get_json()
    assert (said["first_name"], said["last_name"], said["age"]) == ("Mo", "Wren", None)
    assert (await User.get(id=bob.user.id)).first_name == "Bob"


async def test_edit_cannot_set_what_the_document_does_not_name(ann: Person) -> None:
    said = {"is_premium": True, "is_admin": True, "email": "x@example.org", "id": 7, "plates": {}}
    answer = await ann.json("PUT", "/api/user/edit", said)
    assert answer.status_code == 200
    user = await User.get(id=ann.user.id)
    assert (user.is_premium, user.is_admin, user.email) == (False, False, "ann@example.org")


async def test_another_password_ends_every_other_login(app: Quart, cleo: dict[str, Any]) -> None:
    here, elsewhere = await log_in(app), await log_in(app)
    body = {"password": "quince-meadow-4"}
    answer = await call(app, "PUT", "/api/user/edit", body, here["access_token"])
    assert answer.status_code == 200
    assert (await call(app, "PUT", "/api/user/edit", {}, here["access_token"])).status_code == 200
    answer = await call(app, "PUT", "/api/user/edit", {}, elsewhere["access_token"])
    assert answer.status_code == 401
    assert (await log_in(app, password="quince-meadow-4"))["id"] == cleo["id"]
    old = {"email": CLEO["email"], "password": CLEO["password"]}
    assert (await call(app, "POST", "/api/user/login", old)).status_code == 401


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", None),
        ("first_name", ""),
        ("last_name", "x" * 101),
        ("age", 151),
        ("password", "short"),
        ("password", "football"),
        ("password", "ann@example.org"),
        ("password", None),
    ],
)
async def test_edit_names_the_field_that_is_wrong(ann: Person, field: str, value: Any) -> None:
    answer = await ann.json("PUT", "/api/user/edit", {field: value})
    assert answer.status_code == 400
    assert list((await answer.get_json())["fields"]) == [field]


async def test_delete_leaves_nothing_of_the_user(
    app: Quart, cleo: dict[str, Any], ann: Person
) -> None:
    said = await log_in(app)
    answer = await call(app, "DELETE", "/api/user", token=said["access_token"])
    assert (answer.status_code, await answer.get_data()) == (204, b"")
    assert [user.username for user in await User.all()] == ["ann"]
    assert not await LoginSession.filter(kind="tokens").exists()
    assert (await call(app, "DELETE", "/api/user", token=said["access_token"])).status_code == 401
    assert (
        await call(app, "POST", "/api/user/refresh", token=said["refresh_token"])
    ).status_code == 401


@pytest.mark.parametrize(("method", "path"), OPERATIONS[2:])
async def test_nobody_and_a_wrong_token_are_401(app: Quart, method: str, path: str) -> None:
    for token in (None, "x", "setlog_x", "a.b.c", "é"):
        answer = await call(app, method, path, token=token)
        assert answer.status_code == 401
        assert (await answer.get_json()).keys() == {"error"}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_a_body_that_is_no_object_or_unreadable_is_400(
    ann: Person, method: str, path: str
) -> None:
    if path in ("/api/user/logout", "/api/user/revoke", "/api/user/refresh", "/api/user"):
        return
    client: Any = ann.app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {ann.token}", "Content-Type": "application/json"}
    for body in (b"[1]", b"7", b"{", b'"x"', b"\xff"):
        answer = await client.open(path, method=method, headers=headers, data=body)
        assert answer.status_code == 400
        assert (await answer.get_json()).keys() == {"error", "fields"}


async def test_no_answer_holds_a_hash(app: Quart, cleo: dict[str, Any]) -> None:
    token = (await log_in(app))["access_token"]
    for method, path in OPERATIONS[:1] + OPERATIONS[5:6]:
        text = await (await call(app, method, path, CLEO, token)).get_data(as_text=True)
        assert "argon2" not in text
        assert str(CLEO["password"]) not in text
