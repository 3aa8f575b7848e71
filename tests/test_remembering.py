"""What is read again of a database that nobody changed, and what never is."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp import db
from webapp.db.remembering import remembered
from webapp.models import User, Workout
from webapp.settings import Settings

MINE = "SELECT w.name FROM workouts w WHERE w.user_id = ? ORDER BY w.id"


@remembered
async def names(user_id: int) -> list[str]:
    return [each["name"] for each in await db.rows(MINE, user_id)]


async def statements(read: Callable[[int], object], user: User) -> int:
    """How many statements this read costs."""
    with counted() as seen:
        await read(user.id)  # type: ignore[misc]
    return len(seen)


async def test_what_nobody_changed_is_read_once(ann: Person) -> None:
    await train(ann.user, 2)
    assert await names(ann.user.id) == ["Full body A", "Full body B"]
    assert await statements(names, ann.user) == (1 if db.is_postgres() else 0)
    assert await names(ann.user.id) == ["Full body A", "Full body B"]


async def test_any_change_is_seen_at_once(ann: Person, bob: Person) -> None:
    ids = await train(ann.user, 1)
    for name in ("Morning", "Evening"):
        assert await names(ann.user.id) != [name]
        await Workout.filter(id=ids[0]).update(name=name)
        assert await names(ann.user.id) == [name]
    await train(bob.user, 1)  # somebody else's is a change as well
    assert await statements(names, ann.user) == 1


async def test_another_process_changes_it_too(ann: Person, settings: Settings) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL is asked every time")
    await train(ann.user, 1)
    assert await names(ann.user.id) == ["Full body A"]
    with closing(sqlite3.connect(settings.sqlite_path)) as other:
        other.execute("UPDATE workouts SET name = 'Elsewhere'")
        assert await names(ann.user.id) == ["Full body A"]
        other.commit()
    assert await names(ann.user.id) == ["Elsewhere"]


async def test_a_transaction_sees_what_it_did_and_nobody_else_before_its_end(ann: Person) -> None:
    ids = await train(ann.user, 1)
    await names(ann.user.id)

    async def rename() -> None:
        await db.rows("UPDATE workouts SET name = 'Mine' WHERE id = ?", ids[0])
        assert await names(ann.user.id) == ["Mine"]
        raise LookupError

    with pytest.raises(LookupError):
        await db.transaction(rename)
    assert await names(ann.user.id) == ["Full body A"]


async def test_what_is_committed_while_one_reads_is_not_missed(ann: Person) -> None:
    ids = await train(ann.user, 1)

    @remembered
    async def slowly(user_id: int) -> list[str]:
        found = await db.rows(MINE, user_id)
        await Workout.filter(id=ids[0]).update(name=f"{found[0]['name']}!")
        return [each["name"] for each in found]

    assert await slowly(ann.user.id) == ["Full body A"]
    assert await slowly(ann.user.id) == ["Full body A!"]


async def test_everybody_has_their_own(ann: Person, bob: Person) -> None:
    await train(ann.user, 1)
    assert await names(ann.user.id) == ["Full body A"]
    assert await names(bob.user.id) == []
    one, other = [await (await who.json("GET", "/workouts")).get_json() for who in (ann, bob)]
    assert len(one["sessions"]) == 1 and other["sessions"] == []


@pytest.mark.parametrize(("path", "again"), [("/workouts", 1), ("/", 3)])
async def test_a_page_that_is_looked_at_again_asks_little(
    ann: Person, path: str, again: int
) -> None:
    await train(ann.user, 5)
    first = await (await ann.page("GET", path)).get_data()
    with counted() as seen:
        assert len(await (await ann.page("GET", path)).get_data()) == len(first)
    assert db.is_postgres() or len(seen) == again
    await train(ann.user, 1)
    with counted() as seen:
        await ann.page("GET", path)
    assert len(seen) > again
