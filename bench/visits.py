"""The requests that are measured, and the workout they are about."""

import itertools
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from bench.filling import SETS
from bench.load import Request, in_turn, request, same
from bench.world import World

LOG, READ = 0.5, 0.4  # of the bare handler's rate: what a logged set and what a look may cost


@dataclass(frozen=True)
class Visit:
    """One line of a table: a name, what makes its requests, the share of the floor's rate that it
    should reach, and what somebody else writes meanwhile: before each request of a single client,
    all the time beside many."""

    name: str
    make: Callable[[], Request]
    budget: float | None = None
    meanwhile: Callable[[], Request] | None = None


def begin(world: World, port: int) -> list[str]:
    """Start a workout of ann's with every exercise and its sets, and one of the other's; the UUIDs
    of ann's sets, in order."""
    _start(world.other, port, world.catalogued)
    shown = _start(world.token, port, world.exercises)
    return [each["id"] for item in shown["exercises"] for each in item["sets"]]


def _start(token: str, port: int, exercises: list[str]) -> Any:
    try:
        _call(token, port, "POST", "/api/session/start", {})
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise
        return _call(token, port, "GET", "/session")  # begun by a run before this one
    for exercise in exercises:
        _call(token, port, "POST", "/session/items", {"exercise": exercise})
    shown = _call(token, port, "GET", "/session")
    for item in shown["exercises"]:
        for _ in range(SETS - len(item["sets"])):
            _call(token, port, "POST", f"/session/items/{item['id']}/sets", {})
    shown = _call(token, port, "GET", "/session")
    first = {"exercise_id": shown["exercises"][0]["exercise_id"]}
    _call(token, port, "POST", "/api/session/workout/exercise/start", first)
    return shown


def _call(token: str, port: int, method: str, path: str, body: Any = None) -> Any:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else orjson.dumps(body),
        headers={
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return orjson.loads(answer.read() or b"null")


def visits(world: World, sets: list[str]) -> list[Visit]:
    """Every request that is measured: looks are taken after a set of one's own."""
    program, person = _program(world.token), _person(world)
    own, other = in_turn(_logs(program)), in_turn(_logs(_program(world.other)))
    session = same(request("GET", "/api/session/workout", program))
    history = same(request("GET", "/workouts", program))
    opened = same(request("GET", "/session", person))
    page = same(request("GET", "/workouts", person))
    progress = same(request("GET", "/stats", person))
    return [
        Visit("log a set, JSON", in_turn(_logs(program)), LOG),
        Visit("log a set, fragment", in_turn(_taps(person, sets)), LOG),
        Visit("open the session, JSON", session, READ, own),
        Visit("open the session, page", opened, READ, own),
        Visit("session page, others log", opened, None, other),
        Visit("list the history, JSON", history, READ, own),
        Visit("list the history, page", page, READ, own),
        Visit("history page, others log", page, None, other),
        Visit("today, page", same(request("GET", "/", person)), None, own),
        Visit("progress, page", progress, None, own),
    ]


def _program(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Accept": "application/json"}


def _person(world: World) -> dict[str, str]:
    return {"Cookie": f"setlog={world.cookie}", "Accept": "text/html"}


# A planned set is rarely a personal best; 40 kg is none in this history.
def _logs(program: dict[str, str]) -> Iterator[Request]:
    for number in itertools.cycle(range(1, SETS + 1)):
        body = orjson.dumps({"set_number": number, "reps": 8, "weight": 40})
        key = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        yield request("PUT", "/api/session/workout/exercise/log", program | key, body)


def _taps(person: dict[str, str], sets: list[str]) -> Iterator[Request]:
    htmx = {
        "HX-Request": "true",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for each in itertools.cycle(sets):
        key = {"Idempotency-Key": str(uuid.uuid4())}
        path = f"/session/sets/{each}/log"
        yield request("POST", path, person | htmx | key, b"weight=40&reps=8")
