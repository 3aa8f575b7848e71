"""What happened is told: all of it, in order, to its person alone."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support.everything import fill
from tests.support.following import Follower, events, things
from tests.support.gym import classic, did, exercise, sets, start, tap
from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person, make_token, register
from webapp.db import rows, transaction
from webapp.feed import following, reading
from webapp.ids import uuid7
from webapp.models import Change, Exercise, ExerciseSetting, Feed, Routine, User, Workout

TABLES = {  # how a row of each table is made another
    "workouts": "notes = 'x'",
    "workout_items": "note = 'x'",
    "workout_sets": "notes = 'x'",
    "routines": "description = 'x'",
    "routine_items": "note = 'x'",
    "exercises": "notes = 'x'",
    "exercise_settings": "note = 'x'",
    "body_weights": "weight = '70'",
    "locations": "notes = 'x'",
}


async def told(follower: Follower) -> list[str]:
    return [each["type"] for each in await follower.read()]


async def test_a_program_starts_from_nothing_and_has_everything(ann: Person, bob: Person) -> None:
    await fill(ann)
    await fill(bob)
    ann_follows, bob_follows = Follower(ann), Follower(bob, limit=500)
    first = await ann_follows.read()
    await bob_follows.read()
    assert {each["type"].split(".")[1] for each in first if "exercise" not in each["type"]} == {
        "created"
    }
    for each in (ann_follows, bob_follows):
        own = await things(each.person)
        assert own.keys() <= each.known.keys()
        assert {kind for kind, _ in each.known.keys() - own.keys()} <= {"exercise"}
    catalogue = await Exercise.filter(user=None).values_list("uuid", flat=True)
    shared = ann_follows.known.keys() & bob_follows.known.keys()
    assert {uuid for _, uuid in shared} <= {str(uuid) for uuid in catalogue}
    assert await ann_follows.read() == []


async def test_an_event_says_what_it_is_about_and_where_it_is(ann: Person) -> None:
    weight = await ann.json("POST", "/api/body", {"weight": 82.5})
    made = await weight.get_json()
    page = await events(ann)
    (event,) = page["events"]
    url = f"/body/{made['id']}"
    assert event["type"] == "body_weight.created"
    assert event["data"] == {"id": made["id"], "url": url, "version": 1}
    age = datetime.now(UTC) - datetime.fromisoformat(event["timestamp"])
    assert timedelta(0) <= age < timedelta(minutes=5)
    assert await (await ann.json("GET", url)).get_json() == made
    await ann.json("DELETE", f"/api/body/{made['id']}")
    (gone,) = (await events(ann, page["next"]))["events"]
    assert (gone["type"], gone["data"]["url"]) == ("body_weight.deleted", None)
    assert (await events(ann))["events"] == [], "nobody has to hear of what is gone"


async def test_every_url_of_an_event_answers_as_json(ann: Person) -> None:
    await fill(ann)
    for each in (await events(ann, limit=500))["events"]:
        answer = await ann.json("GET", each["data"]["url"])
        assert answer.status_code == 200, each
        assert answer.content_type == "application/json"


async def test_a_workout_is_one_thing_from_its_start_to_the_trash_and_back(ann: Person) -> None:
    await start(ann, await classic(ann))
    follower = Follower(ann)
    assert {"workout.created", "routine.created"} <= set(await told(follower))
    uuids = [str(each["id"]) for each in await sets(ann)]
    await tap(ann, uuids[0], weight="80", reps="5")
    await tap(ann, uuids[1], weight="80", reps="5")
    assert await told(follower) == ["workout.changed"]
    await ann.page("POST", "/session/finish", {})
    assert sorted(await told(follower)) == ["routine.changed", "workout.changed"]
    workout = await Workout.get(user=ann.user)
    await ann.page("POST", f"/workouts/{workout.uuid}/delete")
    assert "workout.deleted" in await told(follower)
    await ann.page("POST", f"/workouts/{workout.uuid}/restore")
    assert "workout.changed" in await told(follower)
    await ann.page("POST", f"/workouts/{workout.uuid}/delete")
    await follower.read()
    await ann.page("POST", f"/workouts/{workout.uuid}/erase")
    assert await follower.read() == [], "it was gone already"
    assert follower.known.keys() == (await things(ann)).keys()


@pytest.mark.parametrize("table", TABLES)
async def test_whatever_writes_a_row_its_thing_is_told(ann: Person, table: str) -> None:
    """Also what is written by hand."""
    await fill(ann)
    follower = Follower(ann, limit=500)
    await follower.read()
    before = await things(ann)
    update = f"UPDATE {table} SET {TABLES[table]} WHERE user_id = ?"
    await rows(update, ann.user.id)
    after = await things(ann)
    changed = {thing for thing in before if before[thing] != after[thing]}
    heard = {(e["type"].split(".")[0], e["data"]["id"]) for e in await follower.read()}
    assert changed and changed <= heard
    await rows(f"DELETE FROM {table} WHERE user_id = ?", ann.user.id)
    left = await things(ann)
    heard = {(e["type"].split(".")[0], e["data"]["id"]) for e in await follower.read()}
    assert {thing for thing in after if left.get(thing) != after[thing]} <= heard
    assert {thing for thing in follower.known if thing[0] != "exercise"} == {
        thing for thing in left if thing[0] != "exercise"
    }


async def test_a_set_that_moves_is_told_of_both_workouts(ann: Person) -> None:
    one, other = [await did(ann, "squat-barbell", ("80", 5)) for _ in range(2)]
    follower = Follower(ann)
    await follower.read()
    sql = "UPDATE workout_sets SET workout_id = ? WHERE user_id = ? AND workout_id = ?"
    await rows(sql, other.id, ann.user.id, one.id)
    assert {each["data"]["id"] for each in await follower.read()} == {
        str(one.uuid),
        str(other.uuid),
    }


async def test_how_an_exercise_of_the_catalogue_is_done_is_told_and_that_it_was_done_is_not(
    ann: Person, bob: Person
) -> None:
    squat = await exercise("squat-barbell")
    follower, other = Follower(ann), Follower(bob)
    await start(ann, await classic(ann))
    assert "exercise.changed" not in await told(follower)
    await ann.page("POST", f"/exercises/{squat.uuid}/favourite", {"on": "1"})
    assert await told(follower) == ["exercise.changed"]
    await ann.page("POST", f"/exercises/{squat.uuid}/settings", {"rest_seconds": "90"})
    assert await told(follower) == ["exercise.changed"]
    await ExerciseSetting.filter(user=ann.user).update(last_used_at=datetime.now(UTC))
    assert await told(follower) == await told(other) == []


async def test_something_that_comes_back_under_its_name_is_the_same_thing(ann: Person) -> None:
    uuid, follower = str(uuid7()), Follower(ann)
    for _ in range(3):
        await ann.json("POST", "/api/body", {"weight": 80, "id": uuid})
        await follower.read()
        assert ("body_weight", uuid) in follower.known
        await ann.json("DELETE", f"/api/body/{uuid}")
        await follower.read()
        assert follower.known == {}
    assert await Change.filter(user=ann.user).count() == 1


async def test_what_nobody_has_read_leaves_nothing_behind_when_it_goes(ann: Person) -> None:
    await ann.json("POST", "/api/body", {"weight": 80})
    await rows("DELETE FROM body_weights WHERE user_id = ?", ann.user.id)
    assert not await Change.exists(user=ann.user)


async def test_a_page_is_as_long_as_asked_and_of_the_kinds_asked(ann: Person) -> None:
    await train(ann.user, workouts=4)
    await ann.json("POST", "/api/body", {"weight": 80})
    page, types = await events(ann, limit=2, kinds="workout,body_weight"), []
    while page["more"]:
        assert len(page["events"]) <= 2
        types += [each["type"] for each in page["events"]]
        page = await events(ann, page["next"], limit=2, kinds="workout,body_weight")
    types += [each["type"] for each in page["events"]]
    assert types == ["workout.created"] * 4 + ["body_weight.created"]
    assert (await events(ann, page["next"]))["events"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "limit=x", "wait=31", "kinds=tokens", "since=nonsense"]
)
async def test_what_is_asked_wrongly_is_refused_in_words(ann: Person, query: str) -> None:
    answer = await ann.json("GET", f"/api/events?{query}")
    said = await answer.get_json()
    assert answer.status_code == 400 and said["fields"][query.split("=")[0]]


async def test_a_cursor_is_good_for_its_person_and_its_feed_alone(ann: Person, bob: Person) -> None:
    await ann.json("POST", "/api/body", {"weight": 80})
    cursor = (await events(ann))["next"]
    await events(bob)
    stolen = await bob.json("GET", f"/api/events?since={cursor}")
    assert stolen.status_code == 400
    assert "leave it out" in (await stolen.get_json())["fields"]["since"][0]
    for wrong in (cursor[:-1], cursor + "A", cursor.swapcase(), "." + cursor, "%C3%A9" * 9):
        assert (await ann.json("GET", f"/api/events?since={wrong}")).status_code == 400, wrong
    await Feed.filter(user=ann.user).update(last_seq=0)
    assert (await ann.json("GET", f"/api/events?since={cursor}")).status_code == 400
    await Feed.filter(user=ann.user).update(last_seq=9, name="another")
    assert (await ann.json("GET", f"/api/events?since={cursor}")).status_code == 400


async def test_nothing_new_is_304_for_whoever_has_the_answer(ann: Person) -> None:
    await ann.json("POST", "/api/body", {"weight": 80})
    path = f"/api/events?since={(await events(ann))['next']}"
    first = await ann.json("GET", path)
    again = await ann.json("GET", path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, await again.get_data()) == (304, b"")
    await ann.json("POST", "/api/body", {"weight": 81})
    news = await ann.json("GET", path, If_None_Match=first.headers["ETag"])
    assert news.status_code == 200 and (await news.get_json())["events"]


async def test_a_token_that_may_only_read_may_follow(app: Quart, ann: Person) -> None:
    await ann.json("POST", "/api/body", {"weight": 80})
    reader = Person(app, ann.user, None, await make_token(ann.user, read_only=True))
    assert len((await events(reader))["events"]) == 1


async def test_nobody_follows_without_signing_in(app: Quart) -> None:
    client: Any = app.test_client()
    assert (await client.get("/api/events")).status_code == 401


async def test_a_request_that_waits_is_answered_when_something_happens(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.01)
    cursor = (await events(ann))["next"]
    waiting = asyncio.create_task(events(ann, cursor, wait=30))
    await asyncio.sleep(0)
    await ann.json("POST", "/api/body", {"weight": 80})
    page = await asyncio.wait_for(waiting, 20)
    assert [each["type"] for each in page["events"]] == ["body_weight.created"]


async def test_few_requests_of_one_person_wait_at_once_and_none_for_ever(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(following, "LONGEST_SECONDS", 0.05)
    cursor = (await events(ann))["next"]
    pages = await asyncio.gather(*(events(ann, cursor, wait=30) for _ in range(6)))
    assert all(page == {"events": [], "next": cursor, "more": False} for page in pages)
    assert not following._waiting


async def test_reading_costs_the_same_however_much_there_is(ann: Person, bob: Person) -> None:
    await train(ann.user, workouts=40)
    await train(bob.user, workouts=4)
    costs = []
    for person in (ann, bob):
        await events(person, limit=2)
        with counted() as first:
            page = await events(person, limit=2)
        await Follower(person, limit=500, cursor=page["next"]).read()
        with counted() as idle:
            await events(person, page["next"], limit=2)
        costs.append((len(first), len(idle)))
    assert costs[0] == costs[1] and costs[0][1] == 3  # who asks, how far it is, the page


async def test_logging_a_set_costs_no_statement_more(ann: Person) -> None:
    await start(ann, await classic(ann))
    uuids = [str(each["id"]) for each in await sets(ann)]
    costs = []
    for uuid in uuids[:2]:
        await events(ann)
        with counted() as statements:
            await tap(ann, uuid, weight="80", reps="5")
        costs.append(len(statements))
        assert not [sql for sql in statements if "changes" in sql]
    assert costs[0] == costs[1]


async def test_the_account_takes_its_events_along(ann: Person, bob: Person) -> None:
    for person in (ann, bob):
        await fill(person)
        await events(person)
    await User.filter(id=ann.user.id).delete()
    for table in ("changes", "feeds"):
        left = await rows(f"SELECT DISTINCT user_id FROM {table}")
        assert [each["user_id"] for each in left] == [bob.user.id]


async def test_what_is_undone_with_its_transaction_is_not_told(ann: Person) -> None:
    async def fail() -> None:
        await Routine.create(user=ann.user, name="Never")
        raise ValueError

    with pytest.raises(ValueError):
        await transaction(fail)
    assert (await events(ann))["events"] == []


async def test_a_moment_leads_to_the_place_before_it(ann: Person) -> None:
    assert await reading.since_then(ann.user.id, datetime.now(UTC)) == 0
    for weight in (80, 81, 82):
        await ann.json("POST", "/api/body", {"weight": weight})
    await events(ann)
    long_ago = datetime.now(UTC) - timedelta(days=9)
    await rows("UPDATE changes SET changed_at = ? WHERE seq < ?", long_ago, 3)
    hour = datetime.now(UTC) - timedelta(hours=1)
    assert await reading.since_then(ann.user.id, hour) == 2
    assert await reading.since_then(ann.user.id, long_ago) == 0
    assert await reading.since_then(ann.user.id, datetime.now(UTC) + timedelta(days=1)) == 3


async def test_a_newcomer_has_an_empty_feed(app: Quart) -> None:
    carol = await register(app, "carol")
    page = await events(carol)
    assert (page["events"], page["more"]) == ([], False)
    assert await Feed.all().count() == 1
