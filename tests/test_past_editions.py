"""What is remembered of somebody's past while other processes change it, on both engines."""

import asyncio
import random
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from quart import Quart

from tests.support.elsewhere import Say, another_process, copied, live
from tests.support.statements import counted
from tests.support.world import Person
from webapp import db
from webapp.db import rows
from webapp.db.past_triggers import PAST
from webapp.db.remembering import remembered_past
from webapp.models import PastEdition, WorkoutSet
from webapp.settings import Settings


async def read_everything(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that a past is read from, but not of the workout in progress."""
    return {
        table: [dict(each) for each in await rows(f"{_ended(table)} ORDER BY t.id", user_id)]
        for table in PAST
    }


everything = remembered_past(read_everything)


def _ended(table: str) -> str:
    of = {"workouts": "t.id", "workout_items": "t.workout_id", "workout_sets": "t.workout_id"}
    sql = f"SELECT t.* FROM {table} t WHERE t.user_id = ?"
    if table in of:
        sql += f" AND {of[table]} IN (SELECT id FROM workouts WHERE status <> 'in_progress')"
    return sql


async def is_known(user_id: int) -> bool:
    """True when reading it again asks for the edition and nothing else."""
    with counted() as statements:
        await everything(user_id)
    return len(statements) == 1


@pytest.fixture
async def another(app: Quart, settings: Settings) -> AsyncIterator[Say]:
    """What another process says to the database."""
    async with another_process(settings) as say:
        yield say


@pytest.mark.parametrize("table", PAST)
@pytest.mark.parametrize("way", ["INSERT", "UPDATE", "DELETE", "MOVE"])
async def test_what_another_process_changes_is_seen_at_once_and_by_its_owner_alone(
    ann: Person, bob: Person, another: Say, table: str, way: str
) -> None:
    ids = await live(ann)
    await live(bob)
    before, of_bob = await everything(ann.user.id), await everything(bob.user.id)
    assert await is_known(ann.user.id) and await is_known(bob.user.id)
    if way == "INSERT":
        await copied(another, table, ids[table])
    elif way == "UPDATE":
        await another(f"UPDATE {table} SET {_later()} WHERE id = ?", ids[table])
    elif way == "DELETE":
        await another(f"DELETE FROM {table} WHERE id = ?", ids[table])  # its parts go along
    else:
        await another(f"UPDATE {table} SET user_id = ? WHERE id = ?", bob.user.id, ids[table])
    assert not await is_known(ann.user.id)
    assert await is_known(bob.user.id) == (way != "MOVE")
    for person, earlier in ((ann, before), (bob, of_bob)):
        now = await everything(person.user.id)
        assert now == await read_everything(person.user.id)
        assert (now != earlier) == (person is ann or way == "MOVE")


async def test_the_workout_in_progress_is_no_part_of_the_past(ann: Person, another: Say) -> None:
    ids = await live(ann)
    await everything(ann.user.id)
    running = ids["running"]
    await another("UPDATE workout_sets SET reps = 9 WHERE workout_id = ?", running)
    await another("UPDATE workout_items SET note = 'Slow' WHERE workout_id = ?", running)
    await another("UPDATE workouts SET version = version + 1 WHERE id = ?", running)
    one = await WorkoutSet.filter(workout_id=running).order_by("id").first()
    assert one is not None
    await copied(another, "workout_sets", one.id)
    await another("DELETE FROM workout_sets WHERE id = ?", one.id)
    assert await is_known(ann.user.id)
    for status in ("finished", "in_progress"):
        await another("UPDATE workouts SET status = ? WHERE id = ?", status, running)
        assert not await is_known(ann.user.id)


async def test_what_is_everybodys_is_forgotten_by_everybody(
    ann: Person, bob: Person, another: Say
) -> None:
    for person in (ann, bob):
        await everything(person.user.id)
    await another("UPDATE exercises SET body_part = body_part WHERE slug = 'plank'")
    assert not await is_known(ann.user.id)
    assert not await is_known(bob.user.id)


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_changes_what_and_takes_it_back_what_is_known_is_what_is_there(
    ann: Person, bob: Person, another: Say, seed: int
) -> None:
    """Transactions here and elsewhere, kept and undone, with looks while they are under way."""
    chance, people = random.Random(seed), (ann, bob)
    await live(ann)
    await live(bob)
    for _ in range(25):
        whose, is_kept = chance.choice(people).user.id, chance.random() < 0.6
        changes = [_change(chance, whose) for _ in range(chance.randrange(1, 4))]
        if chance.random() < 0.5:
            await _elsewhere(another, changes, is_kept, partial(_look, people))
        else:
            await _here(changes, is_kept, partial(_look, people))
        await _look(people)


def _change(chance: random.Random, user_id: int) -> str:
    """One row or all, of the past or of the workout in progress."""
    table = chance.choice(list(PAST))
    one = (
        f"id = (SELECT {chance.choice(('MIN', 'MAX'))}(id) FROM {table} WHERE user_id = {user_id})"
    )
    where = chance.choice((one, one, f"user_id = {user_id}"))
    if table in ("workout_items", "workout_sets") and chance.random() < 0.3:
        return f"DELETE FROM {table} WHERE {one}"
    if table == "workouts" and chance.random() < 0.5:
        deleted = chance.choice(("NULL", "created_at"))
        return f"UPDATE workouts SET deleted_at = {deleted}, version = version + 1 WHERE {where}"
    return f"UPDATE {table} SET {_later()} WHERE {where}"


def _later() -> str:
    on_sqlite = "strftime('%Y-%m-%d %H:%M:%f+00:00', updated_at, '+1 second')"
    later = "updated_at + INTERVAL '1 second'" if db.is_postgres() else on_sqlite
    return f"updated_at = {later}"


async def _look(people: tuple[Person, ...]) -> None:
    for each in people:
        found = await everything(each.user.id)
        assert found == await read_everything(each.user.id)


async def _elsewhere(say: Say, changes: list[str], is_kept: bool, look: Say) -> None:
    await say("BEGIN")
    for each in changes:
        await say(each)
        await look()
    await say("COMMIT" if is_kept else "ROLLBACK")


async def _here(changes: list[str], is_kept: bool, look: Say) -> None:
    async def body() -> None:
        for each in changes:
            await rows(each)
            await look()
        if not is_kept:
            raise LookupError

    try:
        await db.transaction(body)
    except LookupError:
        assert not is_kept


async def test_a_set_is_logged_while_an_import_of_the_same_person_is_under_way(
    ann: Person, another: Say
) -> None:
    if not db.is_postgres():
        pytest.skip("SQLite's writers wait for each other anyway")
    ids = await live(ann)
    await another("BEGIN")
    await copied(another, "workouts", ids["workouts"])
    await copied(another, "workout_sets", ids["workout_sets"])
    one = await WorkoutSet.filter(workout_id=ids["running"]).order_by("id").first()
    assert one is not None
    async with asyncio.timeout(20):
        said = {"weight": "80", "reps": "5"}
        answer = await ann.page("POST", f"/session/sets/{one.uuid}/log", said)
    assert answer.status_code == 303
    await another("COMMIT")
    assert len((await everything(ann.user.id))["workouts"]) == 4


async def test_who_goes_takes_their_edition_along(ann: Person, bob: Person, another: Say) -> None:
    await live(ann)
    await live(bob)
    await another("DELETE FROM users WHERE id = ?", ann.user.id)
    left = await PastEdition.all().values_list("user_id", flat=True)
    assert sorted(left, key=str) == [bob.user.id, None]


async def test_a_page_of_the_history_costs_one_statement_while_sets_are_logged(
    ann: Person, bob: Person
) -> None:
    await live(ann)
    await live(bob)
    first = await (await ann.page("GET", "/workouts")).get_data()
    for each in await WorkoutSet.filter(user=ann.user, completed_at=None).order_by("id")[:2]:
        said = {"weight": "80", "reps": "5", "duration": "60"}
        await ann.page("POST", f"/session/sets/{each.uuid}/log", said)
        with counted() as statements:
            assert await (await ann.page("GET", "/workouts")).get_data() == first
        assert len(statements) == 1  # who is asking; the edition comes along


async def test_a_transaction_of_many_statements_gives_the_past_one_name(
    app: Quart, settings: Settings, ann: Person
) -> None:
    """On PostgreSQL each would make a version of the row that the next one has to pass."""
    ids, names = await live(ann), []

    async def many() -> None:
        for _ in range(3):
            await rows("UPDATE workouts SET name = name || '.' WHERE id = ?", ids["workouts"])
            names.append((await PastEdition.get(user_id=ann.user.id)).edition)

    before = (await PastEdition.get(user_id=ann.user.id)).edition
    await db.transaction(many)
    assert len(set(names)) == (3 if settings.is_sqlite else 1)
    assert before not in names
    await db.transaction(many)
    assert names[3] not in names[:3]
