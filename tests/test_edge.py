"""What a phone has carried out by itself: acknowledged, refused and never counted twice."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.gym import classic, did, exercise, nowhere, start, tap
from tests.support.gym import sets as seen_sets
from tests.support.phone import Phone, done, now, refused
from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import child, uuid7
from webapp.models import Workout, WorkoutItem, WorkoutSet


@pytest.fixture
async def phone(ann: Person) -> Phone:
    """Ann's phone, in a workout of the classic routine."""
    made = Phone(ann)
    await made.start(routine=str((await classic(ann)).uuid))
    return made


async def first(phone: Phone) -> str:
    return str((await phone.sheet())["items"][0]["sets"][0]["uuid"])


async def test_every_answer_names_the_key_it_answers(phone: Phone) -> None:
    uuid = await first(phone)
    for path, status in (
        (f"/session/sets/{uuid}/log", 200),
        (f"/session/sets/{nowhere()}/log", 404),
        ("/session/nowhere", 404),
        ("/session/items", 400),
    ):
        answer = await phone.send(path, Idempotency_Key=f"key {status} {path}")
        told = (answer.status_code, answer.headers["Setlog-Answers"])
        assert told == (status, f"key {status} {path}")
    silent = await phone.send(f"/session/sets/{uuid}/log", Idempotency_Key="")
    assert "Setlog-Answers" not in silent.headers


async def test_an_operation_is_acknowledged_with_the_version_of_the_workout(phone: Phone) -> None:
    uuid = await first(phone)
    sheet = await phone.sheet()
    item = sheet["items"][1]["uuid"]
    version = sheet["version"]
    for path in (
        f"/session/sets/{uuid}/log", f"/session/sets/{uuid}/edit", f"/session/sets/{uuid}/undo",
        f"/session/items/{item}/sets", f"/session/items/{item}/sets/drop",
        f"/session/items/{item}/up", f"/session/items/{item}/edit",
        f"/session/items/{item}/remove", f"/session/items/{item}/restore",
        f"/session/items/{item}/warmup", f"/session/items/{item}/keep",
        "/session/rest/plus", "/session/rest/pause", "/session/rest/resume",
        "/session/rest/minus", "/session/rest/skip", "/session/finish",
    ):  # fmt: skip
        version += 1
        assert await done(await phone.send(path)) == {"version": version}, path


async def test_a_discarded_workout_is_acknowledged_and_taken_back(phone: Phone) -> None:
    assert await done(await phone.send("/session/discard")) == {"version": 2}
    path = f"/workouts/{phone.workout}/restore"
    assert await done(await phone.send(path)) == {"version": 3}
    assert await done(await phone.send("/session/stop")) == {"version": 4}


async def test_the_same_operation_counts_once_whatever_has_happened_since(phone: Phone) -> None:
    uuid = await first(phone)
    path = f"/session/sets/{uuid}/log"
    said = await done(await phone.send(path, {"weight": "82.5"}, Idempotency_Key="one"))
    await done(await phone.send("/session/finish"))
    again = await phone.send(path, {"weight": "82.5"}, Idempotency_Key="one")
    assert (await done(again), again.headers["Idempotent-Replayed"]) == (said, "true")
    other = await phone.send(path, {"weight": "90"}, Idempotency_Key="one")
    await refused(other, 422, "key_reused")
    assert str((await WorkoutSet.get(uuid=uuid)).weight) == "82.5"


async def test_what_a_page_sent_first_is_acknowledged_when_the_phone_sends_it_again(
    ann: Person,
) -> None:
    body, key = {"uuid": str(uuid7())}, str(uuid7())
    answer = await ann.page("POST", "/session/start", body, Idempotency_Key=key)
    assert answer.status_code == 303
    again = await Phone(ann).send("/session/start", body, Idempotency_Key=key)
    assert (await done(again), again.headers["Setlog-Answers"]) == ({}, key)
    assert await Workout.all().count() == 1


async def test_an_operation_of_another_person_is_kept_from_this_one(
    phone: Phone, bob: Person
) -> None:
    uuid, theirs = await first(phone), Phone(bob, phone.workout)
    meant = str(phone.person.user.uuid)
    path = f"/session/sets/{uuid}/log"
    await refused(await theirs.send(path, Setlog_User=meant), 401, "other_user")
    await refused(await theirs.send(path, Setlog_User=meant.upper()), 401, "other_user")
    await refused(await theirs.send(path), 404, "not_found")
    await refused(await theirs.send("/session/finish"), 404, "not_found")
    await refused(await theirs.send("/session/finish", {"anyway": "1"}), 404, "not_found")
    assert await WorkoutSet.filter(completed_at__not_isnull=True).count() == 0


async def test_whoever_is_signed_out_is_told_so_and_nothing_is_done(phone: Phone) -> None:
    phone.person.client = phone.person.app.test_client()
    answer = await phone.send("/session/finish", Idempotency_Key="k")
    await refused(answer, 401, "unauthenticated")
    assert answer.headers["Setlog-Answers"] == "k"
    assert (await Workout.get()).status == "in_progress"


@pytest.mark.parametrize("form", ["0", "2", "x", "1.0", "-1"])
async def test_an_operation_of_a_form_that_is_not_known_is_refused(phone: Phone, form: str) -> None:
    await refused(await phone.send("/session/finish", Setlog_Form=form), 409, "old_form")
    await refused(await phone.send("/session/finish", Setlog_Workout="x"), 400, "invalid")
    missing = await phone.send("/session/finish", Setlog_Workout=str(nowhere()))
    await refused(missing, 404, "not_found")
    assert (await Workout.get()).status == "in_progress"


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
    uuid = await first(phone)
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
    sheet, uuid = await phone.sheet(), await first(phone)
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


async def test_a_set_changed_on_another_device_is_shown_with_both_values(phone: Phone) -> None:
    uuid = await first(phone)
    await tap(phone.person, uuid, weight="85", reps="5")
    changed = {"weight": "80", "reps": "5"}
    path = f"/session/sets/{uuid}"
    said = await refused(await phone.send(f"{path}/log", changed, If_Match='"1"'), 412, "changed")
    current = said["current"]
    assert (current["weight"], current["reps"], current["version"]) == ("85", 5, 2)
    await refused(await phone.send(f"{path}/edit", changed, If_Match='"1"'), 412, "changed")
    await refused(await phone.send(f"{path}/undo", If_Match='"1"'), 412, "changed")
    assert (await WorkoutSet.get(uuid=uuid)).version == 2


async def test_the_same_values_said_twice_are_no_conflict(phone: Phone) -> None:
    uuid = await first(phone)
    path, body = f"/session/sets/{uuid}", {"weight": "85", "reps": "5"}
    await tap(phone.person, uuid, **body)
    for verb in ("log", "edit"):
        await done(await phone.send(f"{path}/{verb}", body, If_Match='"1"'))
    await done(await phone.send(f"{path}/undo", If_Match='"2"'))
    await done(await phone.send(f"{path}/undo", If_Match='"2"'))
    assert (await WorkoutSet.get(uuid=uuid)).version == 3
    for known in ('"3"', "*", '"1", "3"', ""):
        answer = await phone.send(f"{path}/edit", {"notes": known}, If_Match=known)
        await done(answer)
        await WorkoutSet.filter(uuid=uuid).update(version=3)
    for other in ('"4"', 'W/"3"', "3x"):
        answer = await phone.send(f"{path}/edit", {"notes": "?"}, If_Match=other)
        await refused(answer, 412, "changed")


async def test_a_uuid_that_counts_on_into_another_of_ones_own_is_refused(phone: Phone) -> None:
    await done(await phone.send("/session/finish", {"unlogged": "log"}))
    before = child(UUID(phone.workout), -1)
    plan = str((await classic(phone.person)).uuid)
    answer = await Phone(phone.person).send(
        "/session/start", {"uuid": str(before), "routine": plan}
    )
    await refused(answer, 409, "conflict")
    assert await Workout.all().count() == 1


async def test_the_phones_headers_cost_one_statement_and_others_none(
    ann: Person, phone: Phone
) -> None:
    uuids = [each["uuid"] for each in (await phone.sheet())["items"][0]["sets"]]
    body = {"reps": "5", "weight": "80"}
    path = f"/session/sets/{uuids[0]}/log"
    with counted() as plain:
        await ann.page("POST", path, body, Idempotency_Key="a", Accept="application/json")
    with counted() as replayed:
        await done(await phone.send(f"/session/sets/{uuids[1]}/log", body, If_Match='"1"'))
    assert len(replayed) == len(plain) + 1


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
