"""A person who has one of everything, and the URL of each rule filled with the ids of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from quart import Quart
from tortoise import Tortoise
from werkzeug.routing import Rule

from tests.support import gym, voices
from tests.support.importing import look_at, strong
from tests.support.world import Person
from webapp.claims import contract_of
from webapp.db import rows
from webapp.feed import reading
from webapp.models import (
    BodyWeight,
    Exercise,
    ExerciseSetting,
    Identity,
    ImportBatch,
    Location,
    LoginSession,
    Routine,
    RoutineItem,
    Token,
    Webhook,
    Workout,
    WorkoutItem,
    WorkoutSet,
)

PRIVATE = "what only ann may read"
# What asking for something changes by itself.
PASSING = {"last_seen_at", "last_used_at"}


async def fill(person: Person) -> dict[str, Any]:
    """Give the person one of everything, with PRIVATE in every text; what a path may name."""
    user: Any = person.user
    exercise = await voices.lift(person)
    await Exercise.filter(id=exercise.id).update(name=PRIVATE, notes=PRIVATE)
    location = await Location.create(user=user, name=PRIVATE)
    said: dict[str, Any] = {
        "sets": 3,
        "reps_min": 5,
        "weight": "80",
        "weight_unit": "kg",
        "note": PRIVATE,
    }
    routine = await Routine.create(user=user, name=PRIVATE, description=PRIVATE)
    named: dict[str, Any] = {"exercise": exercise, "exercise_name": PRIVATE}
    item = await RoutineItem.create(user=user, routine=routine, position=1, **named, **said)
    past = await gym.did(person, "squat-barbell", ("80", 5), notes=PRIVATE)
    binned = await gym.did(person, "squat-barbell", ("70", 5), days_ago=9)
    now = datetime.now(UTC)
    await Workout.filter(id=past.id).update(name=PRIVATE, notes=PRIVATE)
    await Workout.filter(id=binned.id).update(name=PRIVATE, deleted_at=now)
    other = await Exercise.create(user=user, name=PRIVATE, name_key="other")
    archived = await Exercise.create(user=user, name=PRIVATE, name_key="x", archived_at=now)
    deleted = await Routine.create(user=user, name=PRIVATE, deleted_at=now)
    running = await voices.begin(person, exercise)
    await Workout.filter(id=running.id).update(name=PRIVATE, notes=PRIVATE)
    done = await voices.log("live", person, running, "80", 5)
    await WorkoutSet.filter(id=done.id).update(notes=PRIVATE)
    weighing = await BodyWeight.create(
        user=user, measured_at=now, weight="80", weight_unit="kg", weight_grams=80_000
    )
    await ExerciseSetting.create(user=user, exercise=exercise, note=PRIVATE)
    await Identity.create(user=user, issuer="https://issuer.example", subject=user.username)
    token = await Token.create(
        user=user, name=PRIVATE, contract="live", token_hash=user.username, hint="annx"
    )
    device = await LoginSession.create(
        user=user,
        kind="cookie",
        device=PRIVATE,
        last_seen_at=now,
        expires_at=now + timedelta(days=9),
    )
    batch = await imported(person)
    hook = await Webhook.create(user=user, url="https://x.example", secret="", next_try_at=now)
    await reading.end(user.id)  # what is asked for first is numbered then
    return {
        "import": batch, "webhook": hook,
        "exercise": exercise, "routine": routine, "routine_item": item, "location": location,
        "past": past, "past_item": await WorkoutItem.get(workout=past),
        "past_set": await WorkoutSet.get(workout=past), "binned": binned, "archived": archived,
        "deleted": deleted, "running": running, "item": done.item, "set": done,
        "token": token, "device": device, "weighing": weighing, "other": other,
    }  # fmt: skip


async def imported(person: Person) -> ImportBatch:
    """A preview of a workout, which may be imported or thrown away."""
    await look_at(person, strong(f"2020-01-01 10:00:00,{PRIVATE},1h,{PRIVATE},1,100,5,0,0,,,"))
    return await ImportBatch.get(user=person.user)


_UUIDS = {  # which row the uuid of a page is, by how its rule begins
    "/body": "weighing",
    "/exercises": "exercise",
    "/import": "import",
    "/routines": "routine",
    "/workouts": "past",
    "/session/sets": "set",
    "/session/summary": "past",
    "/settings/webhooks": "webhook",
    "/api/body": "weighing",
    "/api/exercises": "exercise",
    "/api/webhooks": "webhook",
    "/api/workouts": "routine",
    "/api/v1.0/exercises": "exercise",
    "/api/v1.0/workouts": "past",
}
_BINNED = {"/exercises": "archived", "/routines": "deleted", "/workouts": "binned"}
_NAMED = {
    "item_uuid": "past_item", "set_uuid": "past_set", "workout": "running", "template": "routine",
    "location": "location", "device": "device", "token": "token", "set": "set",
    "routine": "routine",
}  # fmt: skip


def values(app: Quart, rule: Rule, world: dict[str, Any]) -> dict[str, Any]:
    """The rule's variables as ids and UUIDs of rows of the world."""
    found: dict[str, Any] = {}
    for name in rule.arguments:
        key = _row(rule, name)
        if name in ("name", "slug"):
            found[name] = _TEXTS[rule.rule]
        else:
            row = world[key]
            is_uuid = f"<uuid:{name}>" in rule.rule
            found[name] = UUID(str(row.uuid)) if is_uuid else row.id
    return found


_TEXTS = {
    "/docs/<name>": "gym",
    "/docs/<name>/openapi.json": "gym",
    "/static/<path:name>": "app.css",
    "/routines/starters/<slug>": "nothing",
    "/s/<slug>": "nothing",
}


def _row(rule: Rule, name: str) -> str:
    text = rule.rule
    if name == "uuid":
        start = max((each for each in _UUIDS if text.startswith(each)), key=len)
        is_own = text.endswith((">/restore", ">/erase")) and len(rule.arguments) == 1
        is_binned = is_own and start in _BINNED
        return _BINNED[start] if is_binned else _UUIDS[start]
    if name == "item":
        return "item" if text.startswith("/session") else "routine_item"
    if name == "exercise":
        return "item" if contract_of(rule) == "gym" and "/Workouts/" in text else "exercise"
    return _NAMED.get(name, name)


def path_of(app: Quart, rule: Rule, world: dict[str, Any]) -> str:
    """The rule's URL in this world."""
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values(app, rule, world), append_unknown=False)


async def owned(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row of the person, by table, but for the name of their past: no undo brings it back."""
    found = {"users": await _rows("SELECT * FROM users WHERE id = ?", person.user.id)}
    for model in Tortoise.apps["models"].values():
        table = model._meta.db_table
        if "user_id" in model._meta.fields_map and table != "past_editions":
            sql = f"SELECT * FROM {table} WHERE user_id = ? ORDER BY id"
            found[table] = await _rows(sql, person.user.id)
    return found


async def _rows(sql: str, user_id: int) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in dict(each).items() if name not in PASSING}
        for each in await rows(sql, user_id)
    ]
