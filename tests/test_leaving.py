"""Whoever deletes a full account leaves nothing behind, and nobody else loses anything."""

from typing import Any

from quart import Quart
from tortoise import Tortoise

from tests.support import gym, importing
from tests.support.everything import PRIVATE, fill
from tests.support.world import Person
from webapp.db import rows
from webapp.models import Exercise, User, Workout


async def everything(person: Person) -> None:
    """Give the person one of everything, moved about as people do."""
    world = await fill(person)
    own, other = world["exercise"], world["other"]
    merged = await person.page("POST", f"/exercises/{other.uuid}/merge", {"into": str(own.uuid)})
    assert merged.status_code == 303
    url = f"/workouts/{world['past'].uuid}"
    assert (await person.page("POST", f"{url}/share")).status_code == 303
    done = await importing.run(person, f"/import/{world['import'].uuid}")
    assert done["status"] == "done"
    kept = {"key": "a key of mine"}
    assert (await person.page("POST", "/settings", {"theme": "dark", **kept})).status_code == 303
    assert (await person.page("POST", f"{url}/delete")).status_code == 303


async def said(table: str) -> list[dict[str, Any]]:
    return [dict(each) for each in await rows(f"SELECT * FROM {table}")]


async def test_a_full_account_goes_whole(app: Quart, ann: Person, bob: Person) -> None:
    await everything(ann)
    shared = await Workout.get(user=ann.user, share_key__isnull=False)
    assert await Exercise.filter(user=ann.user, merged_into_id__isnull=False).count() == 1
    mine = await gym.did(bob, "squat-barbell", ("80", 5))
    gone = await ann.page("POST", "/settings/account/delete")
    assert (gone.status_code, gone.headers["Location"]) == (303, "/login")
    assert [user.username for user in await User.all()] == ["bob"]
    assert await Workout.all().values_list("id", flat=True) == [mine.id]
    for model in Tortoise.apps["models"].values():
        table = model._meta.db_table
        for row in await said(table):
            assert row.get("user_id") in (None, bob.user.id), table
            assert PRIVATE not in str(row), table
            assert "ann@example.org" not in str(row), table
    assert (await bob.page("GET", f"/s/{shared.share_key}")).status_code == 404
    assert (await bob.page("GET", f"/workouts/{mine.uuid}")).status_code == 200


async def test_an_import_under_way_ends_with_its_account(ann: Person, bob: Person) -> None:
    line = "2020-01-{:02} 10:00:00,Legs,1h,Squat (Barbell),1,100,5,0,0,,,"
    url = await importing.look_at(ann, importing.strong(*(line.format(n) for n in range(1, 29))))
    await ann.page("POST", f"{url}/start")
    assert (await ann.page("POST", "/settings/account/delete")).status_code == 303
    await importing.idle(ann)
    assert await Workout.all().count() == 0
    assert (await bob.json("GET", "/import")).status_code == 200
