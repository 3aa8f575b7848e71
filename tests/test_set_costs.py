"""What logging a set and listing cost and leave in the log, through each contract and the pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from quart import Quart, Response

from tests.support import voices
from tests.support.history import train
from tests.support.statements import counted
from tests.support.voices import VOICES
from tests.support.world import Person
from webapp import logs

LINE = {
    *("time", "level", "message", "request_id", "method", "route", "user_id", "status", "ms"),
}
ROUTES = {
    "live": ("PUT", "/api/session/workout/exercise/log", 200),
    "gym": ("POST", "/api/Workouts/<id:workout>/Exercises/<id:exercise>/Sets", 201),
    "routines": ("POST", "/api/v1/workouts/<id:workout>/sets", 201),
    "executions": (
        "POST",
        "/api/v1/workouts/<id:workout>/exercise-executions/<id:exercise>/sets",
        201,
    ),
    "diary": ("PUT", "/api/v1.0/workouts/<uuid:uuid>", 200),
    "pages": ("POST", "/session/sets/<uuid:uuid>/log", 200),
}
LISTS = {
    "live": ("/api/workouts", "/api/exercises", "/workouts"),
    "gym": (
        *("/api/Workouts", "/api/Workouts?sortBy=rating", "/api/Workouts/Recent"),
        *("/api/WorkoutTemplates", "/api/ExerciseTemplates", "/api/Locations"),
    ),
    "routines": (
        *("/api/v1/workouts?pageSize=50", "/api/v1/routines"),
        *("/api/v1/exercises/{lift}/history", "/api/v1/exercises/{lift}/pbs"),
    ),
    "executions": (
        *("/api/v1/workouts?per_page=50", "/api/v1/exercises?per_page=100"),
        *("/api/v1/exercises/search?q=squat", "/api/v1/users/me/stats"),
    ),
    "diary": (
        "/api/v1.0/workouts?startDate=2000-01-01&endDate=2100-01-01",
        "/api/v1.0/exercises?muscleGroup=CHEST",
    ),
}


class _Lines(logging.Handler):
    """Keeps what would be written, as it would be."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.JsonLines())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@contextmanager
def written() -> Iterator[list[str]]:
    """The lines that the log gets inside the block, whoever writes them."""
    lines, root = _Lines(), logging.getLogger()
    level = logs.REQUESTS.level
    logs.REQUESTS.setLevel(logging.INFO)
    root.addHandler(lines)
    try:
        yield lines.texts
    finally:
        root.removeHandler(lines)
        logs.REQUESTS.setLevel(level)


@pytest.mark.parametrize("voice", VOICES)
async def test_a_set_leaves_one_line_that_names_the_request_and_tells_no_secret(
    ann: Person, voice: str
) -> None:
    workout = await voices.begin(ann, await voices.lift(ann))
    with written() as lines:
        await voices.log(voice, ann, workout, "87.25", 7)
    assert len(lines) == 1
    line: dict[str, Any] = orjson.loads(lines[0])
    assert set(line) == LINE
    assert (line["method"], line["route"], line["status"]) == ROUTES[voice]
    assert (line["user_id"], line["level"], line["message"]) == (ann.user.id, "info", "request")
    assert line["request_id"] and line["ms"] >= 0
    cookie = next(iter(ann.client.cookie_jar)).value
    for secret in (ann.token, cookie, "87.25", str(workout.uuid), "Bearer", "ann@"):
        assert secret not in lines[0]


@pytest.mark.own_app
async def test_a_failure_leaves_its_traceback_beside_the_line_and_no_secret_in_either(
    app: Quart, ann: Person
) -> None:
    @app.post("/api/failing")
    async def failing() -> Response:
        raise RuntimeError("the reason")

    with written() as lines:
        answer = await ann.json("POST", "/api/failing", {"password": "plum-orchard-9"})
    failure, line = (orjson.loads(each) for each in lines)
    name = answer.headers["X-Request-Id"]
    assert (failure["request_id"], line["request_id"], line["status"]) == (name, name, 500)
    assert "RuntimeError: the reason" in failure["traceback"]
    assert "plum" not in "".join(lines) and ann.token not in "".join(lines)


@pytest.mark.parametrize("voice", VOICES)
async def test_a_set_costs_as_many_statements_after_years_as_on_the_first_day(
    ann: Person, bob: Person, voice: str
) -> None:
    costs = []
    for person, years in ((ann, 1), (bob, 40)):
        exercise = await voices.lift(person)
        await train(person.user, workouts=years, sets=years // 10 + 3)
        workout = await voices.begin(person, exercise)
        # The page has the planned sets to tap; for the others they are over.
        for _ in range(1 if voice == "pages" else 4 + years // 4):
            await voices.log(voice, person, workout, "62.5", 8)
        with counted() as statements:
            await voices.log(voice, person, workout, "65", 8)
        costs.append(len(statements))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("contract", LISTS)
async def test_a_list_costs_as_many_statements_however_long_it_is(
    ann: Person, bob: Person, contract: str
) -> None:
    costs: list[list[int]] = []
    for person, amount in ((ann, 2), (bob, 30)):
        lift = (await voices.lift(person)).id
        await train(person.user, workouts=amount, sets=amount // 10 + 1)
        for number in range(1, amount):
            body = {"name": f"Plan {number}"}
            await person.json("POST", "/api/workouts", body)
            await person.json("POST", "/api/Locations", body)
        costs.append([await _cost(person, path, contract, lift) for path in LISTS[contract]])
    assert costs[0] == costs[1]


async def _cost(person: Person, path: str, contract: str, lift: int) -> int:
    with counted() as statements:
        answer = await person.json("GET", path.format(lift=lift), Accept_Profile=contract)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return len(statements)
