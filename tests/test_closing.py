"""A request that is heard when its process has closed the database is for the next process."""

from quart import Quart

from tests.support.world import Person
from webapp import db


async def test_who_comes_when_the_database_is_closed_is_asked_to_come_again(
    app: Quart, ann: Person, bob: Person
) -> None:
    await db.disconnect()
    for person in (ann, bob):
        answer = await person.json("GET", "/settings/locations")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
