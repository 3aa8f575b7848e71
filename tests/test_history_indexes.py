"""The indexes of the history come and go without touching a row, and are the ones that are used."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tortoise.migrations.api.migrate import migrate as apply

from tests.support.history import train
from tests.support.world import Person
from webapp import db
from webapp.db import rows
from webapp.history import first_times
from webapp.models import User
from webapp.settings import Settings

BEFORE, AFTER = "models.0001_initial", "models.0002_history_indexes"
TABLES = ("users", "workouts", "workout_items", "workout_sets")
_INDEXES = {
    True: "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'",
    False: "SELECT name FROM sqlite_master WHERE type = 'index'",
}


async def to(settings: Settings, target: str) -> None:
    await db.disconnect()
    await apply(config=db.config(settings, foreign_keys="OFF"), target=target)
    await db.disconnect()
    await db.connect(settings)


async def indexes() -> set[str]:
    return {each["name"] for each in await rows(_INDEXES[db.is_postgres()])}


async def stored() -> dict[str, list[dict[str, Any]]]:
    return {
        table: [dict(each) for each in await rows(f"SELECT * FROM {table} ORDER BY id")]
        for table in TABLES
    }


@pytest.fixture
async def trained(settings: Settings) -> AsyncIterator[Settings]:
    """A database with the first migration alone, in which somebody has trained."""
    await to(settings, BEFORE)
    user = await User.create(username="ann", username_key="ann")
    await train(user, workouts=4, exercises=2, sets=3)
    yield settings
    await db.disconnect()


async def test_no_row_is_touched_on_the_way_there_and_back(trained: Settings) -> None:
    before, old = await stored(), await indexes()
    await to(trained, AFTER)
    assert await stored() == before
    assert {"workout_sets_numbers", "workout_sets_volume"} <= await indexes() - old
    await to(trained, BEFORE)
    assert await stored() == before and await indexes() == old


async def test_steps_from_number_to_number_go_by_the_index(ann: Person) -> None:
    if db.is_postgres():
        pytest.skip("PostgreSQL reads a table as small as a test's as it stands")
    plan = await rows(f"EXPLAIN QUERY PLAN {first_times._FIRST % '?'}", ann.user.id, 1)
    told = " ".join(each["detail"] for each in plan)
    assert told.count("INDEX workout_sets_numbers") == 3
    assert "<expr>>?" in told and "<expr>=?" in told
