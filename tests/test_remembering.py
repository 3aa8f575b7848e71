"""What is read again of a database that nobody changed, and what never is."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from uuid import uuid4

import pytest

from tests.support.history import train
from tests.support.remembering import heard
from tests.support.statements import counted
from tests.support.world import Person
from webapp import db
from webapp.db import editions, inline, past_triggers
from webapp.db.remembering import remembered, remembered_past
from webapp.history import listing, progress
from webapp.history.narrowing import Asked
from webapp.history.ranges import Range
from webapp.history.streaks import streak
from webapp.history.weeks import trained
from webapp.models import User, Workout
from webapp.settings import Settings

MINE = "SELECT w.name FROM workouts w WHERE w.user_id = ? ORDER BY w.id"


async def read_names(user_id: int) -> list[str]:
    return [each["name"] for each in await db.rows(MINE, user_id)]


names = remembered(read_names)


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


async def test_what_others_change_ends_nothing(ann: Person, bob: Person) -> None:
    await train(ann.user, 1)
    await names(ann.user.id)
    await train(bob.user, 1)
    await (await bob.json("POST", "/api/session/start", {})).get_data()
    assert await statements(names, ann.user) == (1 if db.is_postgres() else 0)


async def test_what_is_everybodys_is_a_change_for_everybody(ann: Person) -> None:
    await train(ann.user, 1)
    await names(ann.user.id)
    await db.rows("UPDATE exercises SET body_part = body_part WHERE user_id IS NULL")
    assert await statements(names, ann.user) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workout_sets SET reps = reps + 1 WHERE workout_id = ?",
        "DELETE FROM workout_sets WHERE workout_id = ?",
        "DELETE FROM workout_items WHERE workout_id = ?",  # its sets go along
        "DELETE FROM workouts WHERE id = ?",
    ],
)
async def test_each_part_of_a_workout_is_watched(ann: Person, sql: str) -> None:
    ids = await train(ann.user, 1)
    await names(ann.user.id)
    await db.rows(sql, ids[0])
    assert await statements(names, ann.user) == 1
    assert await statements(names, ann.user) == (1 if db.is_postgres() else 0)


async def test_a_row_that_changes_hands_is_missed_and_seen(ann: Person, bob: Person) -> None:
    await train(ann.user, 1)
    assert (await names(ann.user.id), await names(bob.user.id)) == (["Full body A"], [])
    await db.rows("UPDATE workouts SET user_id = ?", bob.user.id)
    assert (await names(ann.user.id), await names(bob.user.id)) == ([], ["Full body A"])


async def test_a_change_counts_when_its_commit_is_shared_and_takes_long(
    ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers that are ready together share a commit, and a slow disk's is made in a thread."""
    monkeypatch.setattr(inline, "QUICK_COMMIT_SECONDS", -1.0)
    ids = [(await train(who.user, 1))[0] for who in (ann, bob)]
    seen = [[await names(who.user.id)] for who in (ann, bob)]

    async def rename(id: int) -> None:
        await db.rows("UPDATE workouts SET name = 'Late' WHERE id = ?", id)

    writing = [asyncio.create_task(db.transaction(partial(rename, id))) for id in ids]
    while not all(each.done() for each in writing):
        for who, so_far in zip((ann, bob), seen, strict=True):
            so_far.append(await names(who.user.id))
        await asyncio.sleep(0)
    for who, so_far in zip((ann, bob), seen, strict=True):
        so_far.append(await names(who.user.id))
        assert [name for name, _ in groupby(so_far)] == [["Full body A"], ["Late"]]


async def test_many_people_are_counted_together(
    ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "MOST_PEOPLE", 1)
    ids = await train(ann.user, 1)
    for name in ("Morning", "Evening", "Night"):
        await train(bob.user, 1)
        await Workout.filter(id=ids[0]).update(name=name)
        assert await names(ann.user.id) == [name]


WEEK = (date(2026, 11, 16), date(2026, 11, 22))
ASKED = Asked(q="full", place="Home", rating=(3,), exercise=uuid4(), routine=uuid4(), sort="volume")


@pytest.mark.parametrize(
    "read",
    [
        lambda id: listing.page(id, ASKED),
        lambda id: listing.page(id, Asked()),
        lambda id: listing.recent(id, 5),
        lambda id: streak(id, WEEK[1], 1),
        lambda id: progress.progress(id, "UTC", Range(*WEEK), {}),
        lambda id: trained(id, WEEK[1], 1),
    ],
)
async def test_what_is_remembered_is_read_of_watched_tables_alone(
    ann: Person, settings: Settings, read: Callable[[int], Awaitable[object]]
) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL is asked every time")
    await train(ann.user, 2, until=datetime(2026, 11, 20, tzinfo=UTC))
    client, looked = db._opened.sqlite, set()
    assert client is not None and client._reader is not None

    def note(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ:
            looked.add(table)
        return sqlite3.SQLITE_OK

    client._reader._conn.set_authorizer(note)
    try:
        await read(ann.user.id)
    finally:
        client._reader._conn.set_authorizer(None)
    made = await db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    assert "workouts" in looked
    assert looked & {each["name"] for each in made} <= {*past_triggers.PAST, "past_editions"}


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


past_names = remembered_past(read_names)


@remembered
async def names_on_a_page(user_id: int) -> list[str]:
    return await past_names(user_id)


async def test_what_is_made_of_an_older_past_is_not_kept_for_a_newer_one(ann: Person) -> None:
    await train(ann.user, 1)
    await heard(ann.user)
    before = await past_names(ann.user.id)
    # What another request commits after this one heard who calls, and before it reads.
    await asyncio.create_task(train(ann.user, 1))
    await names_on_a_page(ann.user.id)
    await heard(ann.user)
    assert await names_on_a_page(ann.user.id) == await names(ann.user.id) != before


async def test_everybody_has_their_own(ann: Person, bob: Person) -> None:
    await train(ann.user, 1)
    assert await names(ann.user.id) == ["Full body A"]
    assert await names(bob.user.id) == []
    one, other = [await (await who.json("GET", "/workouts")).get_json() for who in (ann, bob)]
    assert len(one["sessions"]) == 1 and other["sessions"] == []


@pytest.mark.parametrize(("path", "again"), [("/workouts", 1), ("/", 1)])
async def test_a_page_that_is_looked_at_again_asks_little(
    ann: Person, path: str, again: int
) -> None:
    await train(ann.user, 5)
    first = await (await ann.page("GET", path)).get_data()
    with counted() as seen:
        assert len(await (await ann.page("GET", path)).get_data()) == len(first)
    assert len(seen) == again or db.is_postgres()
    await train(ann.user, 1)
    with counted() as seen:
        await ann.page("GET", path)
    assert len(seen) > again
