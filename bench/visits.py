"""The requests that are measured, and the workout they are about."""

import itertools
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from bench.load import Request, in_turn, request, same
from bench.world import SETS, World


@dataclass(frozen=True)
class Visit:
    """One line of the table: a name, and what makes its requests."""

    name: str
    make: Callable[[], Request]


def begin(world: World, port: int) -> list[str]:
    """Start a workout with every exercise and its sets; the UUIDs of the sets, in order."""
    _call(world, port, "POST", "/api/session/start", {})
    for exercise in world.exercises:
        _call(world, port, "POST", "/session/items", {"exercise": exercise})
    shown = _call(world, port, "GET", "/session")
    for item in shown["exercises"]:
        for _ in range(SETS - len(item["sets"])):
            _call(world, port, "POST", f"/session/items/{item['id']}/sets", {})
    shown = _call(world, port, "GET", "/session")
    first = {"exercise_id": shown["exercises"][0]["exercise_id"]}
    _call(world, port, "POST", "/api/session/workout/exercise/start", first)
    return [each["id"] for item in shown["exercises"] for each in item["sets"]]


def _call(world: World, port: int, method: str, path: str, body: Any = None) -> Any:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else orjson.dumps(body),
        headers={
            "Authorization": f"Bearer {world.token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return orjson.loads(answer.read() or b"null")


def visits(world: World, sets: list[str]) -> list[Visit]:
    """Every request that is measured."""
    program = {"Authorization": f"Bearer {world.token}", "Accept": "application/json"}
    person = {"Cookie": f"setlog={world.cookie}", "Accept": "text/html"}
    return [
        Visit("log a set, JSON", in_turn(_logs(program))),
        Visit("log a set, fragment", in_turn(_taps(person, sets))),
        Visit("open the session, JSON", same(request("GET", "/api/session/workout", program))),
        Visit("open the session, page", same(request("GET", "/session", person))),
        Visit("list the history, JSON", same(request("GET", "/workouts", program))),
        Visit("list the history, page", same(request("GET", "/workouts", person))),
        Visit("today, page", same(request("GET", "/", person))),
    ]


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
