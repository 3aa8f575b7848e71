"""Changes that wait for each other on PostgreSQL: none is lost, and none is read over."""

from decimal import Decimal
from typing import Any

import pytest
from quart import Quart
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from tests.support import voices
from tests.support.statements import counted
from tests.support.world import Person
from webapp import db
from webapp.models import Location, Routine, User

RENAME = "UPDATE users SET name = ? WHERE id = ?"
PLACE = "UPDATE locations SET name = ? WHERE user_id = ?"
ROUTINE = "UPDATE routines SET name = ? WHERE user_id = ?"


@pytest.fixture(autouse=True)
async def things(ann: Person, bob: Person) -> None:
    for person in (ann, bob):
        await Location.create(user=person.user, name="Gym")
        await Routine.create(user=person.user, name="A")


async def _names(person: Person) -> tuple[Any, ...]:
    user = await User.get(id=person.user.id)
    place, routine = await Location.get(user=user), await Routine.get(user=user)
    return user.name, place.name, routine.name


async def _rename(person: Person, name: str) -> None:
    for sql in (RENAME, PLACE, ROUTINE):
        await db.later(sql, name, person.user.id)


async def test_changes_of_several_tables_are_one_statement(ann: Person, bob: Person) -> None:
    with counted() as statements:
        await db.transaction(lambda: _rename(ann, "X"))
    assert len(statements) == (1 if db.is_postgres() else 3)
    assert await _names(ann) == ("X", "X", "X") and await _names(bob) == (None, "Gym", "A")


async def test_outside_a_transaction_each_goes_at_once(ann: Person) -> None:
    with counted() as statements:
        await _rename(ann, "X")
    assert len(statements) == 3 and await _names(ann) == ("X", "X", "X")


async def test_the_same_table_is_changed_in_order(ann: Person) -> None:
    async def twice() -> None:
        await _rename(ann, "X")
        await _rename(ann, "Y")
        await db.later("UPDATE users SET name = name || '!' WHERE id = ?", ann.user.id)

    await db.transaction(twice)
    assert await _names(ann) == ("Y!", "Y", "Y")


async def test_what_is_read_next_sees_them(ann: Person) -> None:
    async def look() -> None:
        await _rename(ann, "X")
        assert await _names(ann) == ("X", "X", "X")  # by the ORM
        await _rename(ann, "Y")
        found = await db.row("SELECT name FROM routines WHERE user_id = ?", ann.user.id)
        assert found and found["name"] == "Y"

    await db.transaction(look)


async def test_what_is_undone_is_undone_with_those_that_wait(ann: Person) -> None:
    async def fail() -> None:
        await _rename(ann, "X")
        raise LookupError

    with pytest.raises(LookupError):
        await db.transaction(fail)
    assert await _names(ann) == (None, "Gym", "A")


async def test_a_savepoint_takes_back_what_came_after_it(ann: Person) -> None:
    if not db.is_postgres():
        pytest.skip("writers on SQLite have one already")

    async def partly() -> None:
        await db.later(PLACE, "before", ann.user.id)
        with pytest.raises(LookupError):
            async with in_transaction():
                await db.later(ROUTINE, "inside", ann.user.id)
                raise LookupError
        await db.later(RENAME, "after", ann.user.id)

    await db.transaction(partly)
    assert await _names(ann) == ("after", "before", "A")


async def test_what_fails_at_the_end_undoes_everything(ann: Person, bob: Person) -> None:
    async def wrong() -> None:
        await db.later(PLACE, "X", ann.user.id)
        await db.later("UPDATE users SET username_key = 'bob' WHERE id = ?", ann.user.id)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await db.transaction(wrong)
    assert await _names(ann) == (None, "Gym", "A")
    await db.transaction(lambda: _rename(bob, "X"))
    assert await _names(bob) == ("X", "X", "X")


async def test_what_fails_at_the_next_statement_is_what_it_was(ann: Person, bob: Person) -> None:
    async def wrong() -> None:
        await db.later("UPDATE users SET username_key = 'bob' WHERE id = ?", ann.user.id)
        await db.rows("SELECT 1")

    with pytest.raises(IntegrityError):
        await db.transaction(wrong)


async def test_only_the_change_of_a_table_can_wait(app: Quart) -> None:
    async def ask() -> None:
        await db.later("SELECT 1")

    if not db.is_postgres():
        return await db.transaction(ask)
    with pytest.raises(ValueError, match="change of a table"):
        await db.transaction(ask)


async def test_a_logged_set_goes_with_its_answer(ann: Person) -> None:
    workout = await voices.begin(ann, await voices.lift(ann))
    await voices.log("live", ann, workout, "60", 8)
    again = {"reps": 9, "weight": 62.5, "set_number": 1}
    with counted() as statements:
        path = "/api/session/workout/exercise/log"
        answer = await ann.json("PUT", path, again, Idempotency_Key="k1")
    assert answer.status_code == 200
    changes = ("UPDATE workout_sets", "UPDATE workouts", "INSERT INTO kept_answers")
    with_all = [each for each in statements if all(change in each for change in changes)]
    assert len(with_all) == (1 if db.is_postgres() else 0)
    assert (await voices.newest(workout)).weight == Decimal("62.5")
