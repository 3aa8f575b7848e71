"""diary.md, authentication: POST /auth/register and /auth/login, and who is let in."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from joserfc import jws
from quart import Quart

from tests.support.diary import BASE, PROTECTED, UNREADABLE, anyone, ask
from tests.support.world import Person, make_token
from webapp import access_tokens
from webapp.db import moment
from webapp.ids import uuid7
from webapp.models import LoginSession, User

CLEO: dict[str, Any] = {"username": "cleo", "password": "orchid"}
WRONG = {"code": "InvalidCredentials", "description": "Wrong username or password"}


async def register(app: Quart, **said: Any) -> tuple[int, Any]:
    answer = await anyone(app, "POST", "/auth/register", {**CLEO, **said})
    return answer.status_code, await answer.get_json()


async def log_in(app: Quart, **said: Any) -> tuple[int, Any]:
    answer = await anyone(app, "POST", "/auth/login", {**CLEO, **said})
    return answer.status_code, await answer.get_json()


async def test_post_auth_register(app: Quart) -> None:
    status, made = await register(app)
    assert (status, list(made)) == (201, ["id", "username", "createdAt"])
    assert made["username"] == "cleo"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", made["createdAt"])
    created = datetime.fromisoformat(made["createdAt"]).replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=1)
    stored = await User.get(uuid=made["id"])
    assert (stored.password_hash or "").startswith("$argon2id$")


@pytest.mark.parametrize("name", ["cle", "c" * 50, "Cléo V.", "cleo@example.org", "クレオさん"])
@pytest.mark.parametrize("password", ["123456", "password", "p" * 50, " spaces "])
async def test_a_name_of_3_to_50_and_a_password_of_6_to_50_characters_are_accepted(
    app: Quart, name: str, password: str
) -> None:
    assert (await register(app, username=name, password=password))[0] == 201
    status, said = await log_in(app, username=name, password=password)
    assert (status, said["username"]) == (200, name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "cl"),
        ("username", "  cl  "),
        ("username", "c" * 51),
        ("username", "\ufdfa" * 50),
        ("username", "cl\x00eo"),
        ("username", "cl\neo"),
        ("username", None),
        ("username", 7_000),
        ("username", ["cleo"]),
        ("password", ""),
        ("password", "12345"),
        ("password", "p" * 51),
        ("password", None),
        ("password", 123_456),
        ("password", {"a": 1}),
    ],
)
async def test_register_names_the_field_that_is_wrong(app: Quart, field: str, value: Any) -> None:
    status, said = await register(app, **{field: value})
    assert (status, list(said)) == (400, [field])
    assert isinstance(said[field], str)
    assert not await User.exists()


async def test_register_names_every_field_that_is_missing(app: Quart) -> None:
    answer = await anyone(app, "POST", "/auth/register", {})
    missing = "Field is required"
    assert answer.status_code == 400
    assert await answer.get_json() == {"username": missing, "password": missing}


@pytest.mark.parametrize("name", ["cleo", "CLEO", " Cleo "])
async def test_a_user_name_is_taken_in_whatever_case(app: Quart, name: str) -> None:
    await register(app)
    said = f"User with username {name.strip()} already exists"
    assert await register(app, username=name) == (409, {"code": "Username", "description": said})
    assert await User.all().count() == 1


async def test_of_many_who_register_one_name_at_once_one_gets_it(app: Quart) -> None:
    answers = await asyncio.gather(*(register(app) for _ in range(20)))
    assert sorted(status for status, _ in answers) == [201] + [409] * 19
    assert {said["code"] for status, said in answers if status == 409} == {"Username"}
    assert await User.all().count() == 1


async def test_register_repeated_with_its_key_answers_the_same(app: Quart) -> None:
    first, again = [
        await anyone(app, "POST", "/auth/register", CLEO, Idempotency_Key="k") for _ in range(2)
    ]
    assert (again.status_code, await again.get_data()) == (201, await first.get_data())


async def test_a_server_may_close_its_registration(app: Quart) -> None:
    app.config["SETLOG"] = replace(app.config["SETLOG"], registration_open=False)
    status, said = await register(app)
    assert (status, list(said), said["code"]) == (403, ["code", "description"], "Forbidden")


async def test_post_auth_login(app: Quart) -> None:
    made = (await register(app))[1]
    answer = await anyone(app, "POST", "/auth/login", CLEO)
    said = await answer.get_json()
    assert (answer.status_code, list(said)) == (200, ["username", "token"])
    assert said["username"] == "cleo"
    assert answer.headers["Cache-Control"] == "no-store"
    claims = orjson.loads(jws.extract_compact(said["token"].encode()).payload)
    assert (claims["sub"], claims["exp"] - claims["iat"]) == (made["id"], 86_400)
    session = await LoginSession.get(uuid=claims["sid"])
    assert (session.contract, session.kind) == ("diary", "tokens")
    until = moment(session.expires_at)
    assert until is not None
    assert abs(until.timestamp() - claims["exp"]) <= 1


async def test_how_long_a_token_lasts_is_configurable(app: Quart) -> None:
    app.config["SETLOG"] = replace(app.config["SETLOG"], jwt_expiration_ms=5_000)
    await register(app)
    token = (await log_in(app))[1]["token"]
    claims = orjson.loads(jws.extract_compact(token.encode()).payload)
    assert claims["exp"] - claims["iat"] == 5


@pytest.mark.parametrize("said", [{"username": "nobody"}, {"password": "orchid "}])
async def test_a_wrong_name_or_password_is_401(app: Quart, said: Any) -> None:
    await register(app)
    assert await log_in(app, **said) == (401, WRONG)


async def test_login_names_every_field_that_is_missing(app: Quart) -> None:
    answer = await anyone(app, "POST", "/auth/login", {"username": "", "password": None})
    assert (answer.status_code, list(await answer.get_json())) == (400, ["username", "password"])
    answer = await anyone(app, "POST", "/auth/login", {})
    assert (answer.status_code, list(await answer.get_json())) == (400, ["username", "password"])


async def test_who_guesses_too_often_has_to_wait(app: Quart) -> None:
    await register(app)
    for _ in range(5):
        assert (await log_in(app, password="wrong!"))[0] == 401
    answer = await anyone(app, "POST", "/auth/login", CLEO)
    assert (answer.status_code, (await answer.get_json())["code"]) == (429, "TooManyRequests")
    assert int(answer.headers["Retry-After"]) > 0


async def test_a_user_name_that_is_anothers_e_mail_signs_in_its_own_user(
    app: Quart, bob: Person
) -> None:
    name = bob.user.email or ""
    made = (await register(app, username=name))[1]
    token = (await log_in(app, username=name))[1]["token"]
    claims = orjson.loads(jws.extract_compact(token.encode()).payload)
    assert claims["sub"] == made["id"] != str(bob.user.uuid)


async def test_who_has_no_user_name_signs_in_by_e_mail(app: Quart) -> None:
    body = {"first_name": "Cleo", "last_name": "V", "email": "c@d.org", "password": "plum-orch-9"}
    client: Any = app.test_client(use_cookies=False)
    assert (await client.post("/api/user/register", json=body)).status_code == 201
    status, said = await log_in(app, username="C@D.org", password="plum-orch-9")
    assert (status, said["username"]) == (200, "c@d.org")


async def test_the_token_of_the_login_lets_in_here_and_at_the_other_doors(app: Quart) -> None:
    await register(app)
    token = (await log_in(app))[1]["token"]
    header = {"Authorization": f"Bearer {token}"}
    answer = await anyone(app, "GET", "/exercises?muscleGroup=CHEST", **header)
    assert (answer.status_code, await answer.get_json()) == (200, [])
    client: Any = app.test_client(use_cookies=False)
    assert (await client.get("/api/workouts", headers=header)).status_code == 200


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_without_a_good_token_every_operation_is_401(
    app: Quart, ann: Person, method: str, path: str
) -> None:
    async with app.app_context():
        session = await LoginSession.open(ann.user.id, "tokens", contract="diary")
        expired = access_tokens.signed(session.uuid, ann.user.uuid, timedelta(seconds=-1))
        good = access_tokens.signed(session.uuid, ann.user.uuid, timedelta(days=1))
        await LoginSession.end(ann.user.id, id=session.id)
    headers = [{}, *({"Authorization": f"Bearer {each}"} for each in (expired, good, good[:-2]))]
    headers += [{"Authorization": each} for each in ("Bearer setlog_no", "Basic YTpi", "Bearer")]
    for each in headers:
        answer = await anyone(app, method, path.format(id=uuid7()), None, **each)
        said = await answer.get_json()
        assert (answer.status_code, list(said)) == (401, ["code", "description"])
        assert said["code"] == "Unauthorized"


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_a_token_that_may_only_read_writes_nothing(
    ann: Person, method: str, path: str
) -> None:
    ann.token = await make_token(ann.user, "diary", read_only=True)
    status, said = await ask(ann, method, path.format(id=uuid7()), None)
    assert status in ((200, 404) if method == "GET" else (403,))
    assert method == "GET" or said["code"] == "Forbidden"


@pytest.mark.parametrize(
    "path",
    ["/auth/register", "/auth/login", "/exercises", "/workouts"],
)
async def test_a_body_that_cannot_be_read_is_refused(ann: Person, path: str) -> None:
    for body in UNREADABLE:
        status, said = await ask(ann, "POST", path, body)
        assert (status, list(said), said["code"]) == (400, ["code", "description"], "Unreadable")
    for body in (b"[]", b'"text"', b"7", b"null"):
        status, said = await ask(ann, "POST", path, body)
        assert (status, said["code"]) == (400, "Unreadable")
    status, said = await ask(ann, "POST", path, b'{"name": "' + b"x" * 10_000_000 + b'"}')
    assert (status, list(said), said["code"]) == (413, ["code", "description"], "TooLarge")


async def test_unknown_addresses_and_wrong_methods_answer_as_the_document_words_errors(
    ann: Person,
) -> None:
    status, said = await ask(ann, "GET", "/nothing")
    assert (status, list(said), said["code"]) == (404, ["code", "description"], "NotFound")
    status, said = await ask(ann, "PATCH", "/exercises")
    assert (status, list(said), said["code"]) == (405, ["code", "description"], "MethodNotAllowed")
    status, said = await ask(ann, "GET", "/exercises/not-a-uuid")
    assert (status, said["code"]) == (404, "NotFound")


async def test_a_listed_origin_may_ask_with_credentials(ann: Person) -> None:
    answer = await ann.json(
        "GET", f"{BASE}/exercises?muscleGroup=CHEST", Origin="http://localhost:3000"
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    other = await ann.json("GET", f"{BASE}/exercises?muscleGroup=CHEST", Origin="http://evil.org")
    assert "Access-Control-Allow-Origin" not in other.headers
