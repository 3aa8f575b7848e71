"""What a phone has carried out by itself: acknowledged, refused and never counted twice."""

from uuid import UUID

import pytest

from tests.support.gym import classic, nowhere, tap
from tests.support.phone import Phone, done, in_classic, refused
from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import child, uuid7
from webapp.models import Workout, WorkoutSet


@pytest.fixture
async def phone(ann: Person) -> Phone:
    return await in_classic(ann)


async def test_every_answer_names_the_key_it_answers(phone: Phone) -> None:
    uuid = await phone.first()
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
    uuid = await phone.first()
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
    uuid = await phone.first()
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
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await Workout.all().count() == 1


async def test_a_page_that_repeats_what_the_phone_sent_is_shown_the_workout(phone: Phone) -> None:
    path, body = f"/session/sets/{await phone.first()}/log", {"weight": "80", "reps": "5"}
    await done(await phone.send(path, body, Idempotency_Key="one"))
    for ask in (phone.person.page, phone.person.htmx):
        answer = await ask("POST", path, body, Idempotency_Key="one")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/session")
    assert (await WorkoutSet.get(completed_at__not_isnull=True)).version == 2


async def test_an_operation_of_another_person_is_kept_from_this_one(
    phone: Phone, bob: Person
) -> None:
    uuid, theirs = await phone.first(), Phone(bob, phone.workout)
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


async def test_a_set_changed_on_another_device_is_shown_with_both_values(phone: Phone) -> None:
    uuid = await phone.first()
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
    uuid = await phone.first()
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


async def test_the_phones_headers_cost_no_statement_where_they_fit(
    ann: Person, phone: Phone
) -> None:
    uuids = [each["uuid"] for each in (await phone.sheet())["items"][0]["sets"]]
    body = {"reps": "5", "weight": "80"}
    path = f"/session/sets/{uuids[0]}/log"
    with counted() as plain:
        await ann.page("POST", path, body, Idempotency_Key="a", Accept="application/json")
    with counted() as replayed:
        await done(await phone.send(f"/session/sets/{uuids[1]}/log", body, If_Match='"1"'))
    assert len(replayed) == len(plain)
