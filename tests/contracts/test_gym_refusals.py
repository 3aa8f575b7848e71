"""`gym`: what every operation refuses alike, and how its addresses may be written."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from quart import Quart

from tests.support import world
from tests.support.gym_api import (
    PROBLEM_KEYS,
    begun,
    bench,
    lift,
    place,
    refused,
    sets_of,
    template,
)
from tests.support.world import Person
from webapp.models import Location, LoginSession, Routine, Token, Workout, WorkoutSet

OPERATIONS = (
    ("POST", "/api/Workouts"),
    ("GET", "/api/Workouts/InProgress"),
    ("GET", "/api/Workouts/Recent"),
    ("GET", "/api/Workouts"),
    ("GET", "/api/Workouts/{workout}"),
    ("PUT", "/api/Workouts/{workout}"),
    ("PUT", "/api/Workouts/{workout}/Complete"),
    ("DELETE", "/api/Workouts/{workout}"),
    ("PUT", "/api/Workouts/{workout}/Exercises"),
    ("POST", "/api/Workouts/{workout}/Exercises/{item}/Sets"),
    ("PUT", "/api/Workouts/{workout}/Exercises/{item}/Sets/{set}"),
    ("DELETE", "/api/Workouts/{workout}/Exercises/{item}/Sets/{set}"),
    ("GET", "/api/WorkoutTemplates"),
    ("GET", "/api/WorkoutTemplates/{template}"),
    ("POST", "/api/WorkoutTemplates"),
    ("PUT", "/api/WorkoutTemplates/{template}"),
    ("DELETE", "/api/WorkoutTemplates/{template}"),
    ("PUT", "/api/WorkoutTemplates/{template}/Exercises"),
    ("GET", "/api/ExerciseTemplates"),
    ("GET", "/api/ExerciseTemplates/{exercise}"),
    ("POST", "/api/ExerciseTemplates"),
    ("PUT", "/api/ExerciseTemplates/{exercise}"),
    ("DELETE", "/api/ExerciseTemplates/{exercise}"),
    ("GET", "/api/Locations"),
    ("GET", "/api/Locations/{location}"),
    ("POST", "/api/Locations"),
    ("PUT", "/api/Locations/{location}"),
    ("DELETE", "/api/Locations/{location}"),
    ("GET", "/api/UserPreferences"),
    ("PUT", "/api/UserPreferences"),
)
ANONYMOUS = ("/api/Users/register", "/api/Users/login", "/api/Users/refresh")
WITH_BODY = [each for each in OPERATIONS if each[0] in ("POST", "PUT")]


@dataclass
class World:
    """Rows of ann's, by the names in the addresses above."""

    ids: dict[str, int]

    def path(self, path: str) -> str:
        return path.format(**self.ids)


@pytest.fixture
async def anns(ann: Person) -> World:
    exercise, location = await bench(ann), await place(ann)
    plan = await template(ann, exercise, locationId=location)
    workout = await begun(ann, exercise)
    set_id = await lift(ann, workout)
    item = int((await sets_of(ann, workout))[0].split("/")[-2])
    ids = {"workout": workout, "item": item, "set": set_id, "template": plan}
    return World({**ids, "exercise": exercise, "location": location})


def test_every_rule_of_the_document_is_in_the_list(app: Quart) -> None:
    rules = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("gym.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert len(rules) == len(OPERATIONS) + len(ANONYMOUS)


async def send(app: Quart, method: str, path: str, content: bytes | None, token: str) -> Any:
    client: Any = app.test_client(use_cookies=False)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    if not token:
        del headers["Authorization"]
    return await client.open(path, method=method, data=content, headers=headers)


async def revoked(person: Person) -> str:
    secret = await world.make_token(person.user, "gym")
    newest = await Token.all().order_by("-id").first()
    assert newest is not None
    await Token.end(person.user.id, id=newest.id)
    return secret


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_nobody_gets_in(app: Quart, ann: Person, anns: World, method: str, path: str) -> None:
    for token in ("", "setlog_none", "a.b.c", await revoked(ann)):
        await refused(await send(app, method, anns.path(path), b"{}", token), 401)
    assert await Workout.exists(id=anns.ids["workout"], deleted_at=None)


@pytest.mark.parametrize(("method", "path"), [op for op in OPERATIONS if "{" in op[1]])
async def test_bob_finds_nothing_of_anns_whatever_he_says(
    app: Quart, bob: Person, anns: World, method: str, path: str
) -> None:
    own = anns.path(path)
    none = path.format(**dict.fromkeys(anns.ids, 10**9))
    for content in (b"{}", b'{"id": 1, "name": "Bob", "reps": 1, "exercises": []}'):
        found = await refused(await send(app, method, own, content, bob.token), 404)
        other = await refused(await send(app, method, none, content, bob.token), 404)
        assert found == other
    assert await Workout.exists(id=anns.ids["workout"], notes=None)
    assert await WorkoutSet.exists(id=anns.ids["set"], reps=10)
    assert await Routine.exists(id=anns.ids["template"], deleted_at=None)
    assert await Location.exists(id=anns.ids["location"], name="Iron Works Gym")


@pytest.mark.parametrize(("method", "path"), [op for op in OPERATIONS if op[0] != "GET"])
async def test_a_token_that_may_only_read_writes_nothing(
    app: Quart, ann: Person, anns: World, method: str, path: str
) -> None:
    token = await world.make_token(ann.user, "gym", read_only=True)
    await refused(await send(app, method, anns.path(path), b"{}", token), 403)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"null", 400),
        (b'{"weight": NaN}', 400),
        (b'{"weight": 1e999999}', 400),
        (b'{"a": "\\ud800"}', 400),
        (b'{"a":' * 100_000, 400),
        (b'{"notes": "' + b"x" * 10_000_000 + b'"}', 413),
    ],
)
async def test_a_body_that_is_no_object_is_refused_everywhere(
    app: Quart, ann: Person, anns: World, content: bytes, status: int
) -> None:
    for method, path in WITH_BODY:
        answer = await send(app, method, anns.path(path), content, ann.token)
        assert answer.status_code == status, (method, path)
        assert set(await answer.get_json()) == PROBLEM_KEYS
    for path in ANONYMOUS:
        await refused(await send(app, "POST", path, content, ""), status)


@pytest.mark.parametrize(
    "path",
    [
        *("/api/Workouts/x", "/api/Workouts/-1", "/api/Workouts/1.5", "/api/Workouts/1/Nothing"),
        *(f"/api/Workouts/{9 * 10**18}", "/api/Workouts/%00", "/api/Locations/x/y"),
        *("/api/Users", "/api/Users/nothing", "/api/UserPreferences/1"),
    ],
)
async def test_an_unknown_address_is_not_found(ann: Person, path: str) -> None:
    await refused(await ann.json("GET", path), 404)


async def test_a_wrong_method_is_told(ann: Person) -> None:
    for method, path in (("PATCH", "/api/Workouts/1"), ("DELETE", "/api/UserPreferences")):
        await refused(await ann.json(method, path), 405)


async def test_addresses_in_small_letters_and_with_a_slash_are_the_same(
    ann: Person, anns: World
) -> None:
    workout, item = anns.ids["workout"], anns.ids["item"]
    for path in (
        *("/api/Workouts/", "/api/WorkoutTemplates/", "/api/workoutTemplates"),
        *("/api/exerciseTemplates", "/api/locations", "/api/locations/", "/api/userPreferences"),
        f"/api/locations/{anns.ids['location']}",
    ):
        answer = await ann.json("GET", path)
        assert answer.status_code == 200, path
    answer = await ann.json("PUT", f"/api/workouts/{workout}/complete", {"id": workout})
    assert answer.status_code == 204
    path = f"/api/workouts/{workout}/exercises/{item}/sets"
    assert (await ann.json("POST", path, {"reps": 1})).status_code == 201
    await refused(await ann.json("POST", path, {}), 400, "Weight")
    assert isinstance(await (await ann.json("GET", "/api/workouts")).get_json(), list)


async def test_a_session_that_ended_lets_nobody_in(app: Quart, ann: Person) -> None:
    said = {"firstName": "C", "lastName": "C", "email": "c@example.org"}
    said["password"] = "a long enough sentence"
    await send(app, "POST", "/api/Users/register", orjson.dumps(said), "")
    answer = await send(app, "POST", "/api/Users/login", orjson.dumps(said), "")
    token = (await answer.get_json())["accessToken"]
    assert (await send(app, "GET", "/api/Workouts", None, token)).status_code == 200
    await LoginSession.filter(kind="tokens").update(revoked_at=datetime.now(UTC))
    await refused(await send(app, "GET", "/api/Workouts", None, token), 401)
