"""Another process beside the one that is tested, and what it may change."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import Any

import asyncpg

from tests.support import gym
from tests.support.history import train
from tests.support.world import Person
from webapp import db
from webapp.db import numbered, rows
from webapp.ids import uuid7
from webapp.models import Exercise, Workout
from webapp.settings import Settings

Say = Callable[..., Awaitable[Any]]


@asynccontextmanager
async def another_process(settings: Settings) -> AsyncIterator[Say]:
    """What says a statement with its values to the database, over a connection of its own."""
    if settings.is_sqlite:
        path = settings.sqlite_path
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as lite:
            lite.execute("PRAGMA foreign_keys=ON")
            yield partial(_patiently, lite)
        return
    connection = await asyncpg.connect(settings.database_url)
    yield lambda sql, *args: connection.execute(numbered(sql), *args)
    await connection.close()


async def _patiently(lite: sqlite3.Connection, sql: str, *args: Any) -> None:
    """This process commits one round of its loop later, and the other waits for that."""
    for last in (False,) * 50 + (True,):
        try:
            lite.execute(sql, args)
            return
        except sqlite3.OperationalError as error:
            if last or "locked" not in str(error):
                raise
        await asyncio.sleep(0.001)


async def live(person: Person) -> dict[str, int]:
    """Three workouts, a routine, an exercise of one's own, and a workout in progress with a set;
    one id of each."""
    workouts = await train(person.user, 3)
    routine = await gym.classic(person)
    await gym.start(person, routine)
    running = await Workout.get(user=person.user, status="in_progress")
    found = {"workouts": workouts[0], "routines": routine.id, "running": running.id}
    for table in ("workout_items", "workout_sets"):
        sql = f"SELECT MIN(id) AS id FROM {table} WHERE user_id = ? AND workout_id = ?"
        found[table] = (await rows(sql, person.user.id, workouts[0]))[0]["id"]
    own = await Exercise.filter(user=person.user).order_by("id").first()
    assert own is not None
    return {**found, "exercises": own.id}


_COLUMNS = {
    True: "SELECT column_name AS name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = ?",
    False: "SELECT name FROM pragma_table_info(?)",
}


async def copied(say: Say, table: str, id: int) -> None:
    """Another row like the one there is."""
    names = {each["name"] for each in await rows(_COLUMNS[db.is_postgres()], table)}
    fresh: dict[str, Any] = {"uuid": uuid7() if db.is_postgres() else str(uuid7())}
    fresh |= {"position": 99, "name_key": "another"}
    said = {name: value for name, value in fresh.items() if name in names}
    same = ", ".join(sorted(names - said.keys() - {"id"}))
    marks = ", ".join("?" for _ in said)
    select = f"SELECT {same}, {marks} FROM {table} WHERE id = {id}"
    await say(f"INSERT INTO {table} ({same}, {', '.join(said)}) {select}", *said.values())
