"""Events after a backup was put back: nothing is told for that, and old places are refused."""

from pathlib import Path

from quart import Quart

from tests.support.following import Follower, events
from tests.support.gym import did
from tests.support.world import Person
from webapp import backups, db
from webapp.models import Change
from webapp.settings import Settings


async def test_what_was_lost_is_not_followed_on(
    app: Quart, settings: Settings, ann: Person, bob: Person, tmp_path: Path
) -> None:
    for person in (ann, bob):
        await did(person, "squat-barbell", ("80", 5))
    follower, other = Follower(ann), Follower(bob)
    await follower.read()
    await other.read()
    await backups.backup(settings, tmp_path / "a.backup")
    await ann.json("POST", "/api/body", {"weight": 80})
    await follower.read()
    before = await Change.filter(kind="workout").values_list("seq", "is_pending")
    await db.disconnect()
    await backups.restore(settings, tmp_path / "a.backup", is_forced=True)
    await db.connect(settings)
    assert await Change.filter(kind="workout").values_list("seq", "is_pending") == before
    refused = await ann.json("GET", f"/api/events?since={follower.cursor}")
    assert refused.status_code == 400
    assert (await bob.json("GET", f"/api/events?since={other.cursor}")).status_code == 400
    anew, theirs = await events(ann), await events(bob)
    assert [each["type"] for each in anew["events"]] == ["workout.created"]
    assert [each["type"] for each in theirs["events"]] == ["workout.created"]
    await ann.json("POST", "/api/body", {"weight": 81})
    told = await events(ann, anew["next"])
    assert [each["type"] for each in told["events"]] == ["body_weight.created"]
    assert (await events(bob, theirs["next"]))["events"] == []
