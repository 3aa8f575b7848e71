"""The editions of everybody's past come to a database with people in it."""

from typing import Any

from quart import Quart
from tortoise.migrations.api.migrate import migrate as apply

from tests.support.elsewhere import live
from tests.support.world import register
from webapp import db
from webapp.db import rows
from webapp.db.past_triggers import PAST
from webapp.models import PastEdition
from webapp.settings import Settings

BEFORE, AFTER = "models.0005_events", "models.0006_past_editions"


async def to(settings: Settings, target: str | None) -> None:
    await db.disconnect()
    await apply(config=db.config(settings, foreign_keys="OFF"), target=target)
    await db.disconnect()
    await db.connect(settings)


async def stored() -> dict[str, list[dict[str, Any]]]:
    return {
        table: [dict(each) for each in await rows(f"SELECT * FROM {table} ORDER BY id")]
        for table in (*PAST, "users")
    }


async def test_the_editions_come_to_a_database_with_people_in_it_and_go_again(
    app: Quart, settings: Settings
) -> None:
    people = await register(app, "ann"), await register(app, "bob")
    for person in people:
        await live(person)
    await to(settings, BEFORE)
    before = await stored()
    await to(settings, AFTER)
    assert await stored() == before
    named = await PastEdition.all().values_list("user_id", "edition")
    assert len(named) == len({edition for _, edition in named}) == 3
    assert {whose for whose, _ in named} == {None, *(each.user.id for each in people)}
    await to(settings, BEFORE)
    assert await stored() == before
    await to(settings, None)
    cleo = await register(app, "cleo")
    assert await PastEdition.filter(user=cleo.user).count() == 1
