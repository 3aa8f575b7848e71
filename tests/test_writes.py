"""Writes: one transaction, at most once for each key, whatever the client does."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from quart import Quart, Response, request
from tortoise.exceptions import OperationalError

from tests.support.serving import serving
from tests.support.world import Person
from webapp import db
from webapp.auth import me
from webapp.models import BodyWeight, KeptAnswer
from webapp.models.fields import grams
from webapp.problems import invalid
from webapp.talk import as_json

_number = itertools.count(1)
pytestmark = pytest.mark.own_app


@pytest.fixture
async def weigh(app: Quart, ann: Person, bob: Person) -> Quart:
    """A route that makes a row; "heavy" waits until it is let go."""
    begun, go = app.config["BEGUN"], app.config["GO"] = asyncio.Event(), asyncio.Event()

    @app.post("/api/weigh/<place>")
    async def view(place: str) -> Response:
        weight = (await request.get_json())["weight"]
        if weight == "bad":
            raise invalid("No such weight", weight="Must be a number")
        row = await BodyWeight.create(
            user_id=me().user_id,
            measured_at=datetime.now(UTC),
            weight=weight,
            weight_unit="kg",
            weight_grams=grams(weight, "kg"),
        )
        begun.set()
        if place == "heavy":
            await go.wait()
        return as_json({"id": row.id, "number": next(_number)}, 201, {"Location": f"/w/{row.id}"})

    return app


async def test_the_same_key_and_body_get_the_same_answer_byte_for_byte(
    weigh: Quart, ann: Person
) -> None:
    first = await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    again = await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert await again.get_data() == await first.get_data()
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert await BodyWeight.filter(user=ann.user).count() == 1


async def test_a_key_used_for_another_body_or_place_is_refused(weigh: Quart, ann: Person) -> None:
    await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    for path, weight in (("/api/weigh/a", "81"), ("/api/weigh/b", "80")):
        answer = await ann.json("POST", path, {"weight": weight}, Idempotency_Key="k1")
        assert answer.status_code == 422
    assert await BodyWeight.filter(user=ann.user).count() == 1


async def test_bobs_key_is_not_anns(weigh: Quart, ann: Person, bob: Person) -> None:
    await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    answer = await bob.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    assert "Idempotent-Replayed" not in answer.headers
    assert await BodyWeight.filter(user=bob.user).count() == 1


async def test_a_request_that_is_still_running_is_not_run_again(weigh: Quart, ann: Person) -> None:
    def send() -> Any:
        return ann.json("POST", "/api/weigh/heavy", {"weight": "80"}, Idempotency_Key="k1")

    first = asyncio.ensure_future(send())
    await weigh.config["BEGUN"].wait()
    twins = await asyncio.gather(*(send() for _ in range(4)))
    weigh.config["GO"].set()
    assert {each.status_code for each in twins} == {409}
    assert ((await first).status_code, (await send()).status_code) == (201, 201)
    assert await BodyWeight.filter(user=ann.user).count() == 1


async def test_a_refusal_is_not_kept(weigh: Quart, ann: Person) -> None:
    for _ in range(2):
        answer = await ann.json("POST", "/api/weigh/a", {"weight": "bad"}, Idempotency_Key="k1")
        assert answer.status_code == 400
        assert "Idempotent-Replayed" not in answer.headers
    assert await KeptAnswer.all().count() == 0


async def test_an_answer_is_forgotten_after_thirty_days(weigh: Quart, ann: Person) -> None:
    await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key="k1")
    await KeptAnswer.all().update(created_at=datetime.now(UTC) - timedelta(days=31))
    answer = await ann.json("POST", "/api/weigh/a", {"weight": "81"}, Idempotency_Key="k1")
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
async def test_a_key_that_is_no_key_is_refused(weigh: Quart, ann: Person, key: str) -> None:
    answer = await ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key=key)
    assert answer.status_code == 400


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12))
@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_interleaving_of_repeats_makes_one_row_a_key(
    weigh: Quart, ann: Person, taps: list[tuple[int, bool]]
) -> None:
    await BodyWeight.all().delete()
    await KeptAnswer.all().delete()
    waiting: list[Any] = []
    for tap, is_parallel in taps:
        send = ann.json("POST", "/api/weigh/a", {"weight": "80"}, Idempotency_Key=f"tap {tap}")
        waiting.append(asyncio.ensure_future(send))
        if not is_parallel:
            await asyncio.gather(*waiting)
    answers = await asyncio.gather(*waiting)
    assert {a.status_code for a in answers} <= {201, 409}
    assert await BodyWeight.all().count() == len({tap for tap, _ in taps})


async def test_a_transient_failure_is_tried_again_and_leaves_one_row(
    app: Quart, ann: Person
) -> None:
    tries = itertools.count(1)

    async def body() -> None:
        await BodyWeight.create(
            user=ann.user,
            measured_at=datetime.now(UTC),
            weight=80,
            weight_unit="kg",
            weight_grams=1,
        )
        if next(tries) < 3:
            raise OperationalError("database is locked")

    await db.transaction(body)
    assert await BodyWeight.all().count() == 1


async def test_what_stays_unavailable_is_a_503_that_says_when_to_come_back(
    app: Quart, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "ATTEMPTS", 2)

    @app.post("/api/stuck")
    async def stuck() -> Response:
        raise OperationalError("database is locked")

    answer = await ann.json("POST", "/api/stuck", {})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


async def test_hundreds_of_dropped_requests_neither_hang_the_server_nor_half_write(
    weigh: Quart, ann: Person
) -> None:
    async with serving(weigh) as port:
        await asyncio.gather(*(_drop(port, ann.token, n) for n in range(300)))
        await asyncio.sleep(0.1)
        answer = await asyncio.wait_for(ann.json("POST", "/api/weigh/a", {"weight": "99"}), 30)
        assert answer.status_code == 201
        sql = (
            "SELECT (SELECT count(*) FROM body_weights) - (SELECT count(*) FROM kept_answers) AS n"
        )
        assert [found["n"] for found in await db.rows(sql)] == [1]


async def _drop(port: int, token: str, number: int) -> None:
    """Send a request (the last byte of it missing for every third) and go away at once."""
    body = b'{"weight":"80"}'
    head = (
        f"POST /api/weigh/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Idempotency-Key: drop {number}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + (body[:-1] if number % 3 == 0 else body))
    await writer.drain()
    await asyncio.sleep(0.001 * (number % 7))
    writer.transport.abort()
