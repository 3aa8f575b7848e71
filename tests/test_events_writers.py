"""Who follows misses nothing and hears nothing twice out of order, however writers overlap."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from tests.conftest import ENGINE
from tests.support.following import Follower, Thing, things
from tests.support.gym import did
from tests.support.world import Person
from webapp.db import numbered, row, rows, transaction
from webapp.ids import uuid7
from webapp.models import BodyWeight, Routine, Workout
from webapp.settings import Settings

only_postgres = pytest.mark.skipif(ENGINE != "postgres", reason="SQLite has one writer at a time")
WEIGH = (
    "INSERT INTO body_weights (user_id, uuid, measured_at, weight, weight_unit, weight_grams, "
    "created_at, updated_at) VALUES (?, ?, ?, '80', 'kg', 80000, ?, ?)"
)
NOTE = "UPDATE workout_sets SET notes = ? WHERE user_id = ? AND workout_id = ?"


async def write(person: Person, chance: random.Random, workouts: list[Workout]) -> None:
    """A transaction that makes, changes or deletes some things, slowly."""

    async def body() -> None:
        for _ in range(chance.randint(1, 3)):
            what = chance.choice(["make", "change", "change", "bin", "delete", "plan"])
            each = chance.choice(workouts)
            if what == "make":
                now = datetime.now(UTC)
                await rows(WEIGH, person.user.id, str(uuid7()), now, now, now)
            elif what == "change":
                await rows(NOTE, str(chance.random()), person.user.id, each.id)
            elif what == "bin":
                binned = chance.choice([None, datetime.now(UTC)])
                await Workout.filter(id=each.id).update(deleted_at=binned)
            elif what == "delete":
                entry = await BodyWeight.filter(user=person.user).order_by("id").first()
                await BodyWeight.filter(id=entry.id if entry else 0).delete()
            else:
                await Routine.create(user=person.user, name="Day")
            await asyncio.sleep(chance.random() * 0.003)

    await transaction(body)


@pytest.mark.parametrize("seed", range(3))
async def test_a_reader_beside_writers_ends_with_what_there_is(
    ann: Person, bob: Person, seed: int
) -> None:
    chance = random.Random(seed)
    workouts = [await did(ann, "squat-barbell", ("80", 5)) for _ in range(4)]
    readers = [_Mirror(ann, limit) for limit in (1, 4, 50)]

    async def writer(number: int) -> None:
        own = random.Random(seed * 100 + number)
        for _ in range(8):
            await write(ann, own, workouts)

    writing = asyncio.gather(*(writer(number) for number in range(5)))
    while not writing.done():
        await chance.choice(readers).look()
        await asyncio.sleep(0.001)
    await writing
    there = await things(ann)
    for reader in readers:
        await reader.look()
        assert reader.picture == there
    assert await Follower(bob).read() == []


class _Mirror:
    """A program that keeps a copy of what it hears of, as it is when it looks."""

    def __init__(self, person: Person, limit: int) -> None:
        self.follower, self.picture = Follower(person, limit), dict[Thing, str]()

    async def look(self) -> None:
        heard = await self.follower.read()
        there = await things(self.follower.person)
        for each in heard:
            thing = (each["type"].split(".")[0], each["data"]["id"])
            self.picture.pop(thing, None)
            if thing in there:
                self.picture[thing] = there[thing]


@asynccontextmanager
async def another(settings: Settings) -> AsyncIterator[Any]:
    """A connection of another process."""
    connection = await asyncpg.connect(settings.database_url)
    try:
        yield connection
    finally:
        await connection.close()


@only_postgres
async def test_what_is_committed_late_is_told_late(ann: Person, settings: Settings) -> None:
    follower, now = Follower(ann), datetime.now(UTC)
    async with another(settings) as slow:
        change = slow.transaction()
        await change.start()
        await slow.execute(numbered(WEIGH), ann.user.id, uuid7(), now, now, now)
        await BodyWeight.create(
            user=ann.user, measured_at=now, weight="70", weight_unit="kg", weight_grams=70_000
        )
        assert len(await follower.read()) == 1
        await change.commit()
        assert len(await follower.read()) == 1
    assert follower.known.keys() == (await things(ann)).keys()


@only_postgres
@pytest.mark.parametrize("is_read", [True, False])
async def test_a_change_under_way_is_told_after_its_commit_whatever_was_read(
    ann: Person, settings: Settings, is_read: bool
) -> None:
    """Also where the thing was waiting to be told when the change began."""
    follower = Follower(ann)
    workout = await did(ann, "squat-barbell", ("80", 5))
    await follower.read()
    if not is_read:
        await rows(NOTE, "first", ann.user.id, workout.id)
    async with another(settings) as slow:
        change = slow.transaction()
        await change.start()
        await slow.execute(numbered(NOTE), "second", ann.user.id, workout.id)
        assert await follower.read() == [], "what is being changed is not told yet"
        await change.commit()
    assert [each["data"]["id"] for each in await follower.read()] == [str(workout.uuid)]


@only_postgres
async def test_a_writer_waits_for_a_reader_no_longer_than_it_numbers(
    ann: Person, settings: Settings
) -> None:
    workout = await did(ann, "squat-barbell", ("80", 5))
    follower = Follower(ann)
    async with another(settings) as reader:
        numbering = reader.transaction()
        await numbering.start()
        lock = "SELECT id FROM changes WHERE user_id = $1 FOR NO KEY UPDATE"
        assert await reader.fetch(lock, ann.user.id)
        await reader.execute("UPDATE changes SET is_pending = FALSE, seq = 1")
        writing = asyncio.create_task(rows(NOTE, "x", ann.user.id, workout.id))
        while not await row("SELECT 1 AS n FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
        await numbering.commit()
        await writing
    (waiting,) = await rows("SELECT is_pending FROM changes WHERE user_id = ?", ann.user.id)
    assert waiting["is_pending"], "the change came after the number"
    assert len(await follower.read()) == 1


async def test_readers_at_once_number_nothing_twice(ann: Person) -> None:
    for _ in range(12):
        await Routine.create(user=ann.user, name="Day")
    followers = [Follower(ann, limit) for limit in (1, 2, 3, 5)]
    await asyncio.gather(*(each.read() for each in followers))
    for each in followers:
        await each.read()
        assert sorted(each.known.values()) == list(range(1, 13))
