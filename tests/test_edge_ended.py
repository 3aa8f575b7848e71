"""What a phone has carried out in a workout that was ended or discarded elsewhere meanwhile."""

from datetime import timedelta

import pytest

from tests.support.gym import classic, did, exercise, nowhere, start, tap
from tests.support.gym import sets as seen_sets
from tests.support.phone import Phone, done, in_classic, now, refused
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import Workout, WorkoutItem, WorkoutSet


@pytest.fixture
async def phone(ann: Person) -> Phone:
    return await in_classic(ann)


@pytest.mark.parametrize("ending", ["finish", "stop"])
async def test_an_end_that_has_come_already_is_acknowledged(phone: Phone, ending: str) -> None:
    await phone.person.page("POST", "/session/finish", {"rating": "3"})
    version = (await Workout.get()).version
    assert await done(await phone.send(f"/session/{ending}", {"rating": "5"})) == {
        "version": version
    }
    found = await Workout.get()
    assert (found.status, found.rating, found.version) == ("finished", 3, version)
    await start(phone.person)
    assert await done(await phone.send(f"/session/{ending}")) == {"version": version}
    assert await Workout.filter(status="in_progress").count() == 1


async def test_a_workout_that_was_discarded_elsewhere_is_not_gone_on_with(phone: Phone) -> None:
    uuid = await phone.first()
    await phone.person.page("POST", "/session/discard")
    version = (await Workout.get()).version
    assert await done(await phone.send("/session/discard")) == {"version": version}
    for path in (f"/session/sets/{uuid}/log", "/session/finish", "/session/items"):
        answer = await phone.send(path, {"anyway": "1", "exercise": str(nowhere())})
        said = await refused(answer, 409, "discarded")
        assert said["current"]["uuid"] == phone.workout
    again = await phone.send("/session/start", {"uuid": phone.workout}, Setlog_Workout="")
    await refused(again, 409, "discarded")


async def test_nothing_is_done_to_the_workout_that_runs_in_place_of_the_one_that_was_meant(
    phone: Phone,
) -> None:
    sheet, uuid = await phone.sheet(), await phone.first()
    item = sheet["items"][1]["uuid"]
    await phone.person.page("POST", "/session/finish", {"unlogged": "log"})
    await start(phone.person, await classic(phone.person))
    before = await phone.sheet()
    squat = {"exercise": str((await exercise("squat-barbell")).uuid)}
    for path in (
        f"/session/sets/{uuid}/log", f"/session/sets/{uuid}/undo", f"/session/sets/{uuid}/edit",
        f"/session/sets/{uuid}/remove", f"/session/sets/{uuid}/restore", "/session/items",
        f"/session/items/{item}/swap", f"/session/items/{item}/up", f"/session/items/{item}/keep",
        f"/session/items/{item}/restore", f"/session/items/{item}/sets", "/session/rest/skip",
        "/session/rest/plus", "/session/discard",
    ):  # fmt: skip
        said = await refused(await phone.send(path, squat), 409, "ended")
        assert said["current"] == {
            "uuid": phone.workout, "name": "Day A", "ended_at": said["current"]["ended_at"],
        }  # fmt: skip
    assert await phone.sheet() == before


async def test_that_the_workout_has_ended_is_said_before_what_else_is_wrong(phone: Phone) -> None:
    uuid = await phone.first()
    await phone.person.page("POST", "/session/finish", {"unlogged": "log"})
    for verb in ("log", "edit"):
        answer = await phone.send(f"/session/sets/{uuid}/{verb}", {"reps": "many"})
        await refused(answer, 409, "ended")


async def test_a_start_while_another_runs_is_refused_or_ends_it_first(
    ann: Person, bob: Person
) -> None:
    await start(ann, await classic(ann))
    await start(bob, await classic(bob))
    await tap(ann, (await seen_sets(ann))[0]["id"])
    running = await Workout.get(user=ann.user)
    phone, uuid = Phone(ann, at=now()), str(uuid7())
    said = await refused(await phone.send("/session/start", {"uuid": uuid}), 409, "another_runs")
    assert (said["current"]["uuid"], said["current"]["name"]) == (str(running.uuid), "Day A")
    await phone.start(uuid=uuid, anyway="1")
    await running.refresh_from_db()
    assert running.status == "finished"
    assert await WorkoutSet.filter(workout=running).count() == 1
    assert str((await Workout.get(status="in_progress", user=ann.user)).uuid) == uuid
    assert await Workout.filter(user=bob.user, status="in_progress").count() == 1


async def test_a_set_may_be_logged_into_a_workout_that_ended_elsewhere(phone: Phone) -> None:
    sheet = await phone.sheet()
    (squat, bench), at = sheet["items"][:2], phone.later(minutes=5)
    await tap(phone.person, squat["sets"][0]["uuid"])
    await phone.person.page("POST", "/session/finish")  # drops what is not logged, and the bench
    body = {"weight": "60", "reps": "9", "exercise": bench["exercise_uuid"]}
    for item in (squat, bench):
        uuid = item["sets"][1]["uuid"]
        path = f"/session/sets/{uuid}/log"
        await refused(await phone.send(path, body), 409, "ended")
        lone = await phone.send(path, {**body, "anyway": "1"})
        await refused(lone, 404, "not_found")  # where it belongs was not said
        for _ in range(2):
            await done(await phone.send(path, {**body, "anyway": "1", "item": item["uuid"]}))
        made = await WorkoutSet.get(uuid=uuid).prefetch_related("item")
        assert (str(made.weight), made.reps, made.completed_at) == ("60", 9, at)
        assert str(made.item.uuid) == item["uuid"]
        undone = await phone.send(f"/session/sets/{uuid}/undo", {"anyway": "1"})
        assert set(await done(undone)) == {"version"}
    found = await Workout.get()
    assert (found.status, found.rest_ends_at) == ("finished", None)
    assert await WorkoutItem.all().count() == 2


async def test_a_late_set_of_an_unknown_exercise_is_refused_and_leaves_nothing(
    phone: Phone, bob: Person
) -> None:
    await phone.person.page("POST", "/session/finish")
    uuid, item = str(uuid7()), str(uuid7())
    body = {"anyway": "1", "item": item, "reps": "5", "weight": "5"}
    for more in ({}, {"exercise": str(nowhere())}):
        await refused(
            await phone.send(f"/session/sets/{uuid}/log", {**body, **more}), 404, "not_found"
        )
    await refused(await phone.send(f"/session/sets/{uuid}/log", {**body, "item": "x"}), 400,
                  "invalid")  # fmt: skip
    assert await WorkoutItem.all().count() == 0


async def test_a_workout_meant_in_another_time_is_left_as_it_is(ann: Person) -> None:
    past = await did(ann, "squat-barbell", ("80", 5))
    phone = Phone(ann, str(past.uuid))
    uuid = (await WorkoutSet.get()).uuid
    await refused(await phone.send(f"/session/sets/{uuid}/edit", {"reps": "9"}), 409, "ended")
    assert (await WorkoutSet.get()).reps == 5
    late = await phone.send(f"/session/sets/{uuid}/edit", {"reps": "9", "anyway": "1"})
    await done(late)
    assert (await WorkoutSet.get()).reps == 9
    assert phone.at - timedelta(days=1) > past.started_at
