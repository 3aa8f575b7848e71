"""The requests that are measured, and the workout they are about."""

import itertools
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from bench.filling import SETS
from bench.load import Request, in_turn, request, same
from bench.world import World
from webapp.contracts.edge import FORM

FORM_OF_OURS = {
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/x-www-form-urlencoded",
}
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


@dataclass(frozen=True)
class Begun:
    """What a phone knows of the workout in progress: whose it is, its UUID and those of its sets,
    in order."""

    user: str
    workout: str
    sets: list[str]


def begin(world: World, port: int) -> Begun:
    """Start a workout of ann's with every exercise and its sets, and one of the other's; ann's."""
    _start(_program(world.other), port, world.catalogued)
    _start(_program(world.token), port, world.exercises)
    now = _call({**_person(world), "Accept": "application/json"}, port, "GET", "/edge/now")
    sets = [each["uuid"] for item in now["sheet"]["items"] for each in item["sets"]]
    return Begun(now["user"], now["sheet"]["uuid"], sets)


def _start(program: dict[str, str], port: int, exercises: list[str]) -> None:
    try:
        _call(program, port, "POST", "/api/session/start", {})
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise
        return  # begun by a run before this one
    for exercise in exercises:
        _call(program, port, "POST", "/session/items", {"exercise": exercise})
    shown = _call(program, port, "GET", "/session")
    for item in shown["exercises"]:
        for _ in range(SETS - len(item["sets"])):
            _call(program, port, "POST", f"/session/items/{item['id']}/sets", {})
    first = {"exercise_id": shown["exercises"][0]["exercise_id"]}
    _call(program, port, "POST", "/api/session/workout/exercise/start", first)


def _call(who: dict[str, str], port: int, method: str, path: str, body: Any = None) -> Any:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else orjson.dumps(body),
        headers={**who, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return orjson.loads(answer.read() or b"null")


def visits(world: World, begun: Begun) -> list[Visit]:
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
        Visit("log a set, phone", in_turn(_sent(person, begun)), LOG),
        Visit("log a set, fragment", in_turn(_taps(person, begun.sets)), LOG),
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


# What the app's worker has carried out and sends behind (static/edge/outbox.js): each set is
# logged for the first time, and taken back before it is again.
def _sent(person: dict[str, str], begun: Begun) -> Iterator[Request]:
    known = {"Accept": "application/json", "Accept-Profile": "edge", "Setlog-Form": str(FORM)}
    known |= {"Setlog-User": begun.user, "Setlog-Workout": begun.workout, **FORM_OF_OURS}
    for verb, body in itertools.cycle([("log", b"weight=40&reps=8"), ("undo", b"")]):
        for each in begun.sets:
            now = {"Setlog-Tapped-At": datetime.now(UTC).isoformat(timespec="milliseconds")}
            key = {"Idempotency-Key": str(uuid.uuid4())}
            yield request("POST", f"/session/sets/{each}/{verb}", person | known | now | key, body)


def _taps(person: dict[str, str], sets: list[str]) -> Iterator[Request]:
    htmx = {"HX-Request": "true", **FORM_OF_OURS}
    for each in itertools.cycle(sets):
        key = {"Idempotency-Key": str(uuid.uuid4())}
        path = f"/session/sets/{each}/log"
        yield request("POST", path, person | htmx | key, b"weight=40&reps=8")
