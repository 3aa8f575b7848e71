"""The tables and triggers of events come to a database with people in it, and stay there."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from quart import Quart
from tortoise.migrations.api.migrate import migrate as apply

from tests.support.following import Follower, things
from tests.support.gym import classic, did, exercise
from tests.support.history import train
from tests.support.world import Person, make_token, register
from webapp import db
from webapp.db import rows
from webapp.models import ExerciseSetting, Location, Workout
from webapp.models.body import weigh
from webapp.settings import Settings

BEFORE, NOW = "models.0004_push_subscriptions", None
PARTS = {
    "workout_items": ("made", "changed", "moved", "gone"),
    "workout_sets": ("made", "changed", "moved", "gone"),
    "routine_items": ("made", "changed", "moved", "gone"),
}
REST = ("workouts", "routines", "exercises", "body_weights", "locations", "exercise_settings")
WRITTEN = {
    f"{table}_{what}_is_a_change"
    for table, events in (PARTS | dict.fromkeys(REST, ("made", "changed", "gone"))).items()
    for what in events
}
_TRIGGERS = {
    True: "SELECT DISTINCT trigger_name AS name, event_object_table AS t "
    "FROM information_schema.triggers WHERE trigger_schema = current_schema()",
    False: "SELECT name, tbl_name AS t FROM sqlite_master WHERE type = 'trigger'",
}


async def triggers() -> dict[str, str]:
    found = await rows(_TRIGGERS[db.is_postgres()])
    return {each["name"]: each["t"] for each in found if each["name"].endswith("_is_a_change")}


async def test_every_table_of_a_thing_has_its_triggers(app: Quart) -> None:
    """A migration that rebuilds a table on SQLite loses them: it has to make them again."""
    found = await triggers()
    assert set(found.values()) == {*PARTS, *REST}
    if not db.is_postgres():
        assert set(found) == WRITTEN


async def to(settings: Settings, target: str | None) -> None:
    await db.disconnect()
    await apply(config=db.config(settings, foreign_keys="OFF"), target=target)
    await db.disconnect()
    await db.connect(settings)


@pytest.fixture
async def old(app: Quart, settings: Settings) -> AsyncIterator[tuple[Person, Person]]:
    """The database as it was before, with two people who have one of everything."""
    people = await register(app, "ann"), await register(app, "bob")
    for person in people:
        await _live(person)
    await to(settings, BEFORE)
    yield people
    await to(settings, NOW)


async def _live(person: Person) -> None:
    """Something of each kind, in the trash and out of it, and a taste for an exercise."""
    user: Any = person.user
    await train(person.user, workouts=4)
    binned = await did(person, "squat-barbell", ("80", 5))
    await Workout.filter(id=binned.id).update(deleted_at=datetime.now(UTC))
    await classic(person)
    await Location.create(user=user, name="Barn")
    await weigh(person.user.id, Decimal(80), "kg")
    squat = await exercise("squat-barbell")
    await ExerciseSetting.create(user=user, exercise=squat, rest_seconds=90)


async def stored() -> dict[str, list[dict[str, Any]]]:
    tables = [*PARTS, *REST, "users"]
    return {
        table: [dict(each) for each in await rows(f"SELECT * FROM {table} ORDER BY id")]
        for table in tables
    }


async def test_what_was_there_before_is_told_and_no_row_is_touched(
    old: tuple[Person, Person], settings: Settings
) -> None:
    assert await triggers() == {}
    before = await stored()
    await to(settings, NOW)
    assert await stored() == before
    for person in old:
        follower = Follower(person)
        heard = await follower.read()
        own = await things(person)
        assert own.keys() <= follower.known.keys() and len(heard) == len(follower.known)
        assert {kind for kind, _ in follower.known.keys() - own.keys()} <= {"exercise"}
        moments = [each["timestamp"] for each in heard]
        assert moments == sorted(moments)


async def test_the_way_back_and_there_again_is_open(
    old: tuple[Person, Person], settings: Settings
) -> None:
    ann, _ = old
    await to(settings, NOW)
    await to(settings, BEFORE)
    assert await triggers() == {}
    await rows("UPDATE workouts SET notes = 'then' WHERE user_id = ?", ann.user.id)
    await to(settings, NOW)
    ann.token = await make_token(ann.user)
    follower = Follower(ann)
    await follower.read()
    assert (await things(ann)).keys() <= follower.known.keys()
