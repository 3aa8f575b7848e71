"""Every refusal in each contract's exact words, whatever causes it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from quart import Quart, Response
from tortoise.exceptions import OperationalError

from tests.support import voices
from tests.support.errors import DOORS, Door, refused
from tests.support.world import Person, make_token
from webapp import access_tokens, db
from webapp.auth import digest
from webapp.models import LoginSession, Token
from webapp.problems import Problem, conflict, forbidden
from webapp.signing_in import hand_out_signed

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
# What a contract calls an unreadable body.
UNREADABLE_CODE = {"routines": "INVALID_REQUEST", "diary": "Unreadable"}
UNREADABLE = {
    "half an object": b"{",
    "no JSON": b"nonsense",
    "an array": b"[]",
    "a text": b'"name"',
    "null": b"null",
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"name": -Infinity}',
    "no UTF-8": b"\xff\xfe{}",
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a key that is no text": b"{1: 2}",
    "100,000 brackets": b"[" * 100_000,
    "100,000 objects": b'{"a":' * 100_000,
}
NUMBER_FIELD = {
    "live": "age",
    "gym": "WorkoutTemplateId",
    "routines": "routineId",
    "executions": "exercise_order",
    "diary": "workoutExercises[0].exerciseOrder",
}
TEXT_FIELD = {
    "live": "first_name", "gym": "Name", "routines": "name", "executions": "name", "diary": "name",
}  # fmt: skip
NO_NUMBERS = (
    b'"many"', b"[]", b"[1]", b"{}", b"true", b'"NaN"', b'"Infinity"', b'"1e3"', b"1.5",
    b"9223372036854775808", b"-9223372036854775809", b"1" + b"0" * 40, b"1e300", b'"\\u0000"',
)  # fmt: skip
NO_TEXTS = (b"5", b"[]", b"{}", b"true", b'"a\\u0000b"', b'"' + b"x" * 5000 + b'"')
HOUR = timedelta(hours=1)
SECRET = "the reason that nobody outside may read"


@each_door
async def test_who_has_no_good_token_is_not_let_in(app: Quart, ann: Person, door: Door) -> None:
    living = await make_token(ann.user)
    revoked, over = await make_token(ann.user), await make_token(ann.user)
    now = datetime.now(UTC)
    await Token.filter(token_hash=digest(revoked)).update(revoked_at=now)
    await Token.filter(token_hash=digest(over)).update(expires_at=now - timedelta(seconds=1))
    async with app.test_request_context("/"):
        fine, ended = [await hand_out_signed(ann.user, door.name, HOUR) for _ in range(2)]
        session = UUID(access_tokens.read(fine))
        expired = access_tokens.signed(session, ann.user.uuid, -HOUR)
        nobodys = access_tokens.signed(ann.user.uuid, ann.user.uuid, HOUR)
        await LoginSession.filter(uuid=access_tokens.read(ended)).update(revoked_at=now)
    unsigned = f"eyJhbGciOiJub25lIn0.{fine.split('.')[1]}."
    bad = [revoked, over, expired, ended, nobodys, unsigned, fine[:-4], living[:-1], "x", "\u00e9"]
    headers = [{}, *({"Authorization": f"Bearer {token}"} for token in bad)]
    headers += [{"Authorization": each} for each in ("Bearer", "Basic YTpi", living, "")]
    for sent in headers:
        answer = await door.send(ann, "GET", door.listed, None, sent)
        await refused(door.name, answer, 401)
        method, path, _ = door.text
        await refused(door.name, await door.send(ann, method, path, b"{", sent), 401)
    for token in (living, fine):
        sent = {"Authorization": f"Bearer {token}"}
        assert (await door.send(ann, "GET", door.listed, None, sent)).status_code == 200


@each_door
async def test_an_unknown_address_and_a_wrong_method(ann: Person, door: Door) -> None:
    for path in (f"{door.base}/nothing/at/all", f"{door.base}/%00", f"{door.base}/{'x' * 3000}"):
        await refused(door.name, await door.ask(ann, "GET", path), 404)
    path = door.listed.partition("?")[0]
    for method in ("DELETE", "TRACE", "PROPFIND"):
        await refused(door.name, await door.ask(ann, method, path), 405)


@each_door
async def test_a_body_that_is_no_object_of_json(ann: Person, door: Door) -> None:
    method, path, _ = door.text
    for body in UNREADABLE.values():
        answer = await door.ask(ann, method, path, body)
        await refused(door.name, answer, 400, code=UNREADABLE_CODE.get(door.name, ""))


@each_door
async def test_a_body_that_is_too_large(ann: Person, door: Door) -> None:
    method, path, _ = door.text
    for size in (10_000_000, 17_000_000):
        body = b'{"name": "' + b"x" * size + b'"}'
        await refused(door.name, await door.ask(ann, method, path, body), 413)


@each_door
async def test_a_value_of_the_wrong_type_or_beyond_its_column(ann: Person, door: Door) -> None:
    for said, field, values in (
        (door.number, NUMBER_FIELD[door.name], NO_NUMBERS),
        (door.text, TEXT_FIELD[door.name], NO_TEXTS),
    ):
        method, path, body = said
        for value in values:
            answer = await door.ask(ann, method, path, body.encode().replace(b"VALUE", value))
            await refused(door.name, answer, 400, field)


@each_door
async def test_a_row_that_is_not_there(ann: Person, door: Door) -> None:
    answer = await door.ask(ann, "GET", door.missing)
    code = {"diary": "Workout"}.get(door.name, "")
    await refused(door.name, answer, 404, code=code)


@each_door
async def test_a_token_that_may_only_read(ann: Person, door: Door) -> None:
    ann.token = await make_token(ann.user, read_only=True)
    assert (await door.ask(ann, "GET", door.listed)).status_code == 200
    method, path, _ = door.text
    await refused(door.name, await door.ask(ann, method, path, {}), 403)


@each_door
async def test_a_key_that_was_used_for_something_else(ann: Person, door: Door) -> None:
    method, path, body = door.text
    sent = {"Authorization": f"Bearer {ann.token}", "Idempotency-Key": "one"}
    first, other = (body.replace("VALUE", f'"{name}"').encode() for name in ("Ann", "Other"))
    assert (await door.send(ann, method, path, first, sent)).status_code < 300
    await refused(door.name, await door.send(ann, method, path, other, sent), 422)


PROBLEMS: dict[str, tuple[Callable[[], Exception], int]] = {
    "conflict": (lambda: conflict("Taken"), 409),
    "forbidden": (lambda: forbidden("Not yours"), 403),
    "too many": (lambda: Problem(429, "Wait", code="too_many", retry_after=7), 429),
    "unavailable": (lambda: db.Unavailable(SECRET), 503),
    "busy": (lambda: OperationalError("database is locked"), 503),
    "unexpected": (lambda: RuntimeError(SECRET), 500),
    "wrong SQL": (lambda: OperationalError(SECRET), 500),
}
# A conflict is a rule of business, which two documents answer with 400.
IS_400 = {("gym", 409), ("executions", 409)}
CONFLICT_CODE = {"diary": "Conflict"}


@each_door
@pytest.mark.own_app
async def test_whatever_a_handler_raises_and_never_the_reason_of_a_failure(
    app: Quart, ann: Person, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "ATTEMPTS", 1)
    path = f"{door.base}/raising/<what>"
    app.add_url_rule(path, "raising", _raising, methods=["GET", "POST"])
    for method in ("GET", "POST"):
        for what, (_, status) in PROBLEMS.items():
            answer = await door.ask(ann, method, path.replace("<what>", what))
            status = 400 if (door.name, status) in IS_400 else status
            code = CONFLICT_CODE.get(door.name, "") if what == "conflict" else ""
            await refused(door.name, answer, status, code=code)
            assert SECRET not in await answer.get_data(as_text=True)
            assert ("Retry-After" in answer.headers) == (status in (429, 503))


@pytest.mark.own_app
async def test_a_page_that_could_not_be_made_now_can_be_tried_again(
    app: Quart, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "ATTEMPTS", 1)
    app.add_url_rule("/raising/<what>", "pages.raising", _raising, methods=["GET", "POST"])
    for method, what in product(("GET", "POST"), ("unavailable", "unexpected", "forbidden")):
        page = await (await ann.page(method, f"/raising/{what}")).get_data(as_text=True)
        is_passing = method == "GET" and what != "forbidden"
        assert ('href="">Try again' in page) == is_passing and "Back to today" in page


async def _raising(what: str) -> Response:
    raise PROBLEMS[what][0]()


async def _twice(ann: Person, method: str, path: str, body: Any, **headers: str) -> Response:
    assert (await ann.json(method, path, body, **headers)).status_code < 300
    return await ann.json(method, path, body, **headers)


async def _live(ann: Person) -> Response:
    return await _twice(ann, "POST", "/api/session/start", {})


async def _gym(ann: Person) -> Response:
    await ann.json("POST", "/api/session/start", {})
    made = await ann.json("POST", "/api/WorkoutTemplates", {"name": "Push"})
    body = {"workoutTemplateId": await made.get_json()}
    return await ann.json("POST", "/api/Workouts", body)


async def _routines(ann: Person) -> Response:
    made = await voices.said(await ann.json("POST", "/api/v1/workouts", {}), 201)
    path = f"/api/v1/workouts/{made['data']['id']}"
    await voices.said(await ann.json("POST", f"{path}/complete"))
    return await ann.json("POST", f"{path}/sets", {"itemType": "REST", "durationSeconds": 60})


async def _executions(ann: Person) -> Response:
    made = await voices.said(await ann.json("POST", "/api/v1/workouts", **voices.PROFILE), 201)
    return await _twice(ann, "PATCH", f"/api/v1/workouts/{made['id']}/finish", {})


async def _diary(ann: Person) -> Response:
    return await _twice(ann, "POST", "/api/v1.0/workouts", {"date": "2024-01-29"})


CONFLICTS: dict[str, tuple[Callable[[Person], Awaitable[Response]], int, str]] = {
    "live": (_live, 409, ""),
    "gym": (_gym, 400, ""),
    "routines": (_routines, 409, ""),
    "executions": (_executions, 400, ""),
    "diary": (_diary, 409, "Workout"),
}


@pytest.mark.parametrize("contract", CONFLICTS)
async def test_what_the_state_of_a_row_does_not_allow(ann: Person, contract: str) -> None:
    cause, status, code = CONFLICTS[contract]
    await refused(contract, await cause(ann), status, code=code)


LOGINS = {
    "live": ("/api/user/login", {"email": "ann@example.org"}),
    "gym": ("/api/Users/login", {"email": "ann@example.org"}),
    "diary": ("/api/v1.0/auth/login", {"username": "ann"}),
}


@pytest.mark.parametrize("contract", LOGINS)
async def test_guessing_a_password_ends_in_having_to_wait(ann: Person, contract: str) -> None:
    path, who = LOGINS[contract]
    code = {"diary": "InvalidCredentials"}.get(contract, "")
    for _ in range(5):
        wrong = await ann.json("POST", path, {**who, "password": "wrong-orchard-9"})
        await refused(contract, wrong, 401, code=code)
    answer = await ann.json("POST", path, {**who, "password": "wrong-orchard-9"})
    await refused(contract, answer, 429)
    assert answer.headers["Retry-After"]
