"""A request that is heard when its process has closed the database is for the next process."""

import pytest
from quart import Quart

from tests.support.world import Person
from webapp import db
from webapp.problems import not_found


async def test_who_comes_when_the_database_is_closed_is_asked_to_come_again(
    app: Quart, ann: Person, bob: Person
) -> None:
    await db.disconnect()
    for person in (ann, bob):
        answer = await person.json("GET", "/settings/locations")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


async def test_a_write_that_comes_too_late_is_not_tried_again(app: Quart, bob: Person) -> None:
    await db.disconnect()
    tries: list[int] = []

    async def late() -> None:
        tries.append(1)
        await bob.user.refresh_from_db()

    with pytest.raises(db.Unavailable):
        await db.transaction(late)
    assert len(tries) <= 1


async def test_a_refusal_stays_one_when_the_database_is_closed(app: Quart) -> None:
    await db.disconnect()
    assert not db.is_unavailable(not_found("Workout"))
