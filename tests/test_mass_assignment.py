"""Keys that a document does not name set nothing, in every body of every contract and page."""

import re
from typing import Any

import pytest
from quart import Quart
from werkzeug.routing import Rule

from tests.support.everything import fill, path_of
from tests.support.spoiling import TRACES, comparable, poison, spoiled, stored
from tests.support.voices import CONTRACTS
from tests.support.world import Person
from webapp import db, passwords
from webapp.claims import contract_of
from webapp.documents.examples import edit_example
from webapp.models import ImportBatch, User, Workout, WorkoutItem

SECRET = "plum-orchard-9"


class _Undo(Exception):
    """Ends a transaction whose changes have been looked at."""


async def undone(body: Any) -> Any:
    """What `body` returns, after taking back all it changed."""
    kept: list[Any] = []

    async def inside() -> None:
        kept.append(await body())
        raise _Undo

    with pytest.raises(_Undo):
        await db.transaction(inside)
    return kept[0]


# Bodies where the least that a document asks for is not enough; names stand for rows of ann's.
BODIES: dict[str, Any] = {
    "POST /api/user/register": {
        "first_name": "Cleo", "last_name": "Vance", "email": "cleo@example.org",
        "password": SECRET,
    },
    "POST /api/user/login": {"email": "ann@example.org", "password": SECRET},
    "POST /api/session/start": {},
    "POST /api/session/workout/exercise/start": {"exercise_id": "{exercise.uuid}"},
    "POST /api/workouts/exercises": {
        "workout_id": "{routine.uuid}", "exercise_id": "{exercise.uuid}", "sets": 3,
        "reps_min": 5, "reps_max": 8, "weight": 60,
    },
    "PUT /api/workouts/exercises/<uuid:item>": {"sets": 4},
    "POST /api/body": {"weight": 80},
    "POST /api/webhooks": {"url": "https://example.org/hook"},
    "POST /api/webhooks/<uuid:uuid>/replay": {"from": "2026-01-01T00:00:00Z"},
    "POST /api/exercises/<uuid:uuid>/merge": {"into": "{other.uuid}"},
    "POST /api/Users/register": {
        "firstName": "Cleo", "lastName": "Vance", "email": "cleo@example.org",
        "password": SECRET,
    },
    "POST /api/Users/login": {"email": "ann@example.org", "password": SECRET},
    "POST /api/Workouts": {"workoutTemplateId": "{routine.id}"},
    "PUT /api/ExerciseTemplates/<id:exercise>": {"id": "{exercise.id}", "name": "Press"},
    "PUT /api/WorkoutTemplates/<id:template>": {"id": "{routine.id}", "name": "Push"},
    "PUT /api/WorkoutTemplates/<id:template>/Exercises": {
        "workoutTemplateId": "{routine.id}",
        "exercises": [{"exerciseTemplateId": "{exercise.id}"}],
    },
    "PUT /api/Workouts/<id:workout>": {"id": "{running.id}", "notes": "Fine"},
    "PUT /api/Workouts/<id:workout>/Complete": {"id": "{running.id}"},
    "PUT /api/Workouts/<id:workout>/Exercises": {
        "workoutId": "{running.id}",
        "exercises": [{"exerciseTemplateId": "{exercise.id}"}],
    },
    "POST /api/v1/workouts": {},
    "POST /api/v1/routines": {"name": "Push", "items": [
        {"order": 1, "type": "EXERCISE", "exerciseId": "{exercise.id}", "exerciseName": "Press",
         "sets": 3, "repsPerSet": 5, "weightKg": "60"},
        {"order": 2, "type": "REST", "durationSeconds": 60},
        {"order": 3, "type": "CARDIO", "cardioName": "Row", "durationMinutes": 10},
    ]},
    "PUT /api/v1/workouts/<id:workout>/exercise-executions/<id:exercise>": {
        "sets": [{"clean_reps": 5}],
    },
    "PATCH /api/v1/workouts/<id:workout>/exercise-executions/reorder": {
        "exercise_ids": ["{exercise.id}"],
    },
    "POST /api/v1.0/auth/login": {"username": "ann", "password": SECRET},
    "POST /api/v1.0/workouts": {"date": "2024-01-29", "workoutExercises": [
        {"exerciseId": "{exercise.uuid}", "exerciseOrder": 1,
         "sets": [{"reps": 5, "weight": 60, "setType": "WORKING"}]},
    ]},
    "PUT /api/v1.0/workouts/<uuid:uuid>": {"workoutExercises": [
        {"exerciseId": "{exercise.uuid}", "exerciseOrder": 1,
         "sets": [{"reps": 5, "weight": 60, "setType": "WORKING"}]},
    ]},
}  # fmt: skip
# Need a secret of a session or an issuer; their bodies are read by forms that others use, too.
ELSEWHERE = ("/api/user/refresh", "/api/user/revoke", "/api/Users/refresh", "/api/v1/auth/google")


def routes(app: Quart, contract: str) -> list[tuple[str, Rule]]:
    """The writes of a contract."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
        if contract_of(rule) == contract and rule.rule not in ELSEWHERE
    ]


def named(body: Any, world: dict[str, Any]) -> Any:
    """The body with the ids of rows in place of their names."""
    if isinstance(body, dict):
        return {key: named(each, world) for key, each in body.items()}
    if isinstance(body, list):
        return [named(each, world) for each in body]
    if isinstance(body, str) and body.startswith("{"):
        row, _, column = body.strip("{}").partition(".")
        value = getattr(world[row], column)
        return value if isinstance(value, int) else str(value)
    return body


async def prepare(rule: Rule, world: dict[str, Any]) -> None:
    """Let the request find what it needs: nothing runs before a start, and what is undone is
    done."""
    if rule.rule == "/import/<uuid:uuid>/undo":
        await ImportBatch.filter(id=world["import"].id).update(status="done")
    if rule.rule.lower() in ("/api/session/start", "/api/workouts", "/session/start"):
        await Workout.filter(id=world["running"].id).update(status="stopped")
    if rule.rule.endswith("exercise/start"):
        await WorkoutItem.filter(id=world["item"].id).update(status="stopped")


@pytest.mark.parametrize("contract", CONTRACTS)
async def test_only_documented_keys_of_a_body_are_heard(
    app: Quart, ann: Person, bob: Person, contract: str
) -> None:
    world = await fill(ann)
    await User.filter(id=ann.user.id).update(password_hash=await passwords.hashed(SECRET))
    openapi = await (await ann.json("GET", f"/docs/{contract}/openapi.json")).get_json()
    components = openapi["components"]["schemas"]
    extra = {**poison(), "user_id": bob.user.id, "userId": bob.user.id}
    for method, rule in routes(app, contract):
        path, place = path_of(app, rule, world), f"{method} {rule.rule}"
        schema = schema_of(openapi, method, rule)
        body = named(BODIES.get(place, edit_example(schema, components)), world)

        async def after(
            sent: Any, method: str = method, rule: Rule = rule, path: str = path
        ) -> Any:
            await prepare(rule, world)
            answer = await ann.json(method, path, sent, Accept_Profile=contract)
            return answer.status_code, await answer.get_data(as_text=True), await stored()

        async def clean(body: Any = body, after: Any = after) -> Any:
            return await after(body)

        async def dirty(body: Any = body, after: Any = after, schema: Any = schema) -> Any:
            return await after(spoiled(body, schema, components, extra))

        status, text, expected = await undone(clean)
        assert status < 300, (place, body, text)
        spoiled_status, text, found = await undone(dirty)
        assert spoiled_status == status, (place, text)
        assert not TRACES.search(text), (place, TRACES.findall(text))
        assert not TRACES.search(str(found)), (place, traces(found))
        assert comparable(found) == comparable(expected), place


def traces(found: dict[str, list[dict[str, Any]]]) -> list[tuple[str, str]]:
    """Tables and columns with what was never documented."""
    return [
        (table, name)
        for table, lines in found.items()
        for each in lines
        for name, value in each.items()
        if TRACES.search(str(value))
    ]


def schema_of(openapi: Any, method: str, rule: Rule) -> Any:
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
    content = openapi["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("schema", {})
