"""`routines` about sessions, in the order of its document: start, list, read, name, complete."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from quart import Quart

from tests.support.routines import (
    API,
    LISTED_KEYS,
    SESSION_KEYS,
    SET_KEYS,
    SLOT_KEYS,
    call,
    logged,
    press,
    refused,
    routine,
    session,
    squat,
)
from tests.support.statements import counted
from tests.support.world import Person, make_token
from webapp.models import Exercise, User, Workout

PLAIN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\Z")


async def test_post_workouts_from_a_routine_is_filled_with_its_sets(ann: Person) -> None:
    push = await routine(ann)
    said = {
        "routineId": push["id"],
        "name": "Push Day - Mon 2 Mar",
        "startedAt": "2026-03-02T09:00:00",
    }
    made = await call(ann, "POST", "/workouts", said, 201)
    assert tuple(made) == SESSION_KEYS
    assert (made["name"], made["routineId"]) == ("Push Day - Mon 2 Mar", push["id"])
    assert (made["routineName"], made["status"]) == ("Push Day A", "IN_PROGRESS")
    assert (made["startedAt"], made["completedAt"]) == ("2026-03-02T09:00:00", None)
    assert made["notes"] == ""
    assert PLAIN.match(made["createdAt"])
    assert PLAIN.match(made["updatedAt"])
    assert all(tuple(slot) == SLOT_KEYS for slot in made["exercises"])
    bench, rest, cardio = made["exercises"]
    assert (bench["orderInSession"], bench["itemType"]) == (1, "EXERCISE")
    assert (bench["exerciseId"], bench["exerciseName"]) == (
        (await press()).id,
        (await press()).name,
    )
    assert [each["setNumber"] for each in bench["sets"]] == [1, 2, 3]
    assert (rest["orderInSession"], rest["itemType"]) == (2, "REST")
    assert (rest["exerciseId"], rest["exerciseName"]) == (0, "")
    assert [each["durationSeconds"] for each in rest["sets"]] == [120]
    assert (cardio["itemType"], cardio["exerciseId"]) == ("CARDIO", 0)
    assert cardio["exerciseName"] == "Treadmill"
    assert [each["durationSeconds"] for each in cardio["sets"]] == [600]


async def test_a_planned_set_has_all_17_fields_and_nothing_done(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    sets = [each for slot in made["exercises"] for each in slot["sets"]]
    assert all(tuple(each) == SET_KEYS for each in sets)
    first, bench = sets[0], await press()
    assert {**first, "id": 0} == {
        "id": 0,
        "sessionId": made["id"],
        "exerciseId": bench.id,
        "exerciseName": bench.name,
        "itemType": "EXERCISE",
        "orderInSession": 1,
        "setNumber": 1,
        "plannedReps": 8,
        "plannedWeightKg": "80.0",
        "actualReps": None,
        "actualWeightKg": None,
        "durationSeconds": 0,
        "distanceKm": "0",
        "rpe": None,
        "isPersonalBest": False,
        "notes": "",
        "completedAt": None,
    }
    assert len({each["id"] for each in sets}) == 5


async def test_names_are_made_of_the_routine_and_the_day(ann: Person) -> None:
    push = await routine(ann)
    at = "2026-03-01T09:00:00"
    named = await session(ann, routineId=push["id"], startedAt=at)
    assert named["name"] == "Push Day A - Sun 1 Mar"
    free = await session(ann, startedAt=at, name=" ")
    assert (free["name"], free["routineId"], free["routineName"]) == (
        "Free Workout - Sun 1 Mar",
        None,
        None,
    )
    assert free["exercises"] == []
    long = await routine(ann, name="x" * 100)
    assert (await session(ann, routineId=str(long["id"]), name=None))["name"].startswith("x" * 100)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2026-03-01T09:00:00", "2026-03-01T09:00:00"),
        ("2026-03-01 09:00:00", "2026-03-01T09:00:00"),
        ("2026-03-01T09:00:00Z", "2026-03-01T09:00:00"),
        ("2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00"),
        ("2026-03-01T09:00:00.250", "2026-03-01T09:00:00.250"),
        ("2026-03-01T09:00:00+02:00", "2026-03-01T07:00:00"),
        ("2026-03-01T00:30:00+05:30", "2026-02-28T19:00:00"),
    ],
)
async def test_started_at_is_any_iso_8601_and_told_in_utc(
    ann: Person, said: str, told: str
) -> None:
    made = await session(ann, startedAt=said)
    assert made["startedAt"] == told
    assert (await call(ann, "GET", f"/workouts/{made['id']}"))["startedAt"] == told


async def test_without_started_at_it_starts_now_and_an_empty_body_will_do(ann: Person) -> None:
    answer = await ann.json("POST", f"{API}/workouts")
    made = (await answer.get_json())["data"]
    began = datetime.fromisoformat(made["startedAt"]).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - began).total_seconds()) < 60
    assert PLAIN.match(made["startedAt"])


async def test_the_day_of_a_session_is_the_persons(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="Asia/Tokyo")
    made = await session(ann, startedAt="2026-02-28T22:00:00")
    assert made["name"] == "Free Workout - Sun 1 Mar"
    assert str((await Workout.get(id=made["id"])).local_date) == "2026-03-01"


async def test_several_sessions_may_be_in_progress(ann: Person) -> None:
    made = [(await session(ann))["id"] for _ in range(3)]
    found, meta = await call(ann, "GET", "/workouts?status=IN_PROGRESS")
    assert sorted(each["id"] for each in found) == made
    assert meta["total"] == 3


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"routineId": 0}, "routineId"),
        ({"routineId": -1}, "routineId"),
        ({"routineId": 2**63}, "routineId"),
        ({"routineId": 1.5}, "routineId"),
        ({"routineId": True}, "routineId"),
        ({"routineId": "one"}, "routineId"),
        ({"routineId": [1]}, "routineId"),
        ({"name": "x" * 201}, "name"),
        ({"name": 7}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"startedAt": "yesterday"}, "startedAt"),
        ({"startedAt": "2026-13-01T00:00:00"}, "startedAt"),
        ({"startedAt": 1772355600}, "startedAt"),
        ({"startedAt": "0001-01-01T00:00:00+14:00"}, "startedAt"),
        ({"startedAt": "9999-12-31T23:59:59-14:00"}, "startedAt"),
    ],
)
async def test_post_workouts_refuses(ann: Person, said: Any, field: str) -> None:
    error = await refused(ann, "POST", "/workouts", said)
    assert list(error["fields"]) == [field]
    assert await Workout.all().count() == 0


async def test_post_workouts_refuses_what_is_no_object(ann: Person) -> None:
    bodies: tuple[Any, ...] = ([], "text", 7)
    for body in bodies:
        await refused(ann, "POST", "/workouts", body, 400, "INVALID_REQUEST")
    client: Any = ann.app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {ann.token}"}
    for raw in (b"{", b'{"name": NaN}', b"[" * 100_000, b"\xff"):
        answer = await client.post(f"{API}/workouts", headers=headers, data=raw)
        assert answer.status_code == 400
        assert (await answer.get_json())["error"]["code"] == "INVALID_REQUEST"
    big = b'{"name": "' + b"x" * 10_000_000 + b'"}'
    answer = await client.post(f"{API}/workouts", headers=headers, data=big)
    assert answer.status_code == 413
    assert (await answer.get_json())["error"]["code"] == "INVALID_REQUEST"


async def test_a_routine_that_is_not_there_or_private_cannot_be_started(
    ann: Person, bob: Person
) -> None:
    await refused(ann, "POST", "/workouts", {"routineId": 999_999}, 404)
    private = await routine(ann)
    await refused(bob, "POST", "/workouts", {"routineId": private["id"]}, 403)
    await call(ann, "DELETE", f"/routines/{private['id']}", status=204)
    await refused(bob, "POST", "/workouts", {"routineId": private["id"]}, 404)
    await refused(ann, "POST", "/workouts", {"routineId": private["id"]}, 404)
    assert await Workout.all().count() == 0


async def test_a_public_routine_is_started_by_others_with_exercises_of_their_own(
    ann: Person, bob: Person
) -> None:
    own = await Exercise.create(user=ann.user, name="Ann's press", name_key="ann's press")
    line = {"type": "EXERCISE", "exerciseId": own.id, "sets": 2, "repsPerSet": 5, "weightKg": "40"}
    push = await routine(ann, items=[line], isPublic=True)
    made = [await session(bob, routineId=push["id"]) for _ in range(2)]
    used = {slot["exerciseId"] for each in made for slot in each["exercises"]}
    (mine,) = await Exercise.filter(user_id=bob.user.id)
    assert used == {mine.id}
    assert made[0]["exercises"][0]["exerciseName"] == "Ann's press"
    assert (made[0]["routineId"], made[0]["routineName"]) == (push["id"], "Push Day A")
    page = await bob.page("GET", "/session")
    assert (page.status_code, str(own.uuid) in await page.get_data(as_text=True)) == (200, False)
    await call(bob, "POST", f"/workouts/{made[0]['id']}/complete")
    assert (await ann.page("GET", "/")).status_code == 200


async def test_get_workouts(ann: Person, bob: Person) -> None:
    late = await session(ann, startedAt="2026-03-02T09:00:00", name="Late")
    early = await session(ann, startedAt="2026-03-01T09:00:00", name="Early")
    await session(bob)
    found, meta = await call(ann, "GET", "/workouts")
    assert [each["id"] for each in found] == [late["id"], early["id"]]
    assert all(tuple(each) == LISTED_KEYS for each in found)
    assert found[0] == {name: late[name] for name in LISTED_KEYS}
    assert meta == {"page": 1, "pageSize": 20, "total": 2}


async def test_get_workouts_by_status(ann: Person) -> None:
    done, open_one = await session(ann), await session(ann)
    await call(ann, "POST", f"/workouts/{done['id']}/complete")
    found, meta = await call(ann, "GET", "/workouts?status=COMPLETED")
    assert ([each["id"] for each in found], meta["total"]) == ([done["id"]], 1)
    found, _ = await call(ann, "GET", "/workouts?status=IN_PROGRESS")
    assert [each["id"] for each in found] == [open_one["id"]]
    assert (await call(ann, "GET", "/workouts?status="))[1]["total"] == 2
    error = await refused(ann, "GET", "/workouts?status=PAUSED")
    assert list(error["fields"]) == ["status"]


@pytest.mark.parametrize(
    ("asked", "page", "size"),
    [
        ("page=0", 1, 20),
        ("page=-5&pageSize=0", 1, 1),
        ("pageSize=50", 1, 50),
        ("pageSize=51", 1, 50),
        ("pageSize=-1", 1, 1),
        ("page=2&pageSize=2", 2, 2),
        ("page=99999999999999999999", 1_000_000_000, 20),
    ],
)
async def test_pages_are_clamped(ann: Person, asked: str, page: int, size: int) -> None:
    for _ in range(3):
        await session(ann)
    found, meta = await call(ann, "GET", f"/workouts?{asked}")
    assert meta == {"page": page, "pageSize": size, "total": 3}
    assert len(found) == max(0, min(size, 3 - (page - 1) * size))


async def test_a_page_that_is_no_number_is_refused(ann: Person) -> None:
    assert list((await refused(ann, "GET", "/workouts?page=x"))["fields"]) == ["page"]
    assert list((await refused(ann, "GET", "/workouts?pageSize=x"))["fields"]) == ["pageSize"]


async def test_get_workouts_id_groups_sets_by_slot(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    assert await call(ann, "GET", f"/workouts/{made['id']}") == made
    assert await call(ann, "GET", f"/workouts/{made['id']}/") == made


async def test_patch_workouts_id(ann: Person) -> None:
    made = await session(ann, startedAt="2026-03-01T09:00:00")
    path = f"/workouts/{made['id']}"
    said = {"name": "Leg Day", "notes": "Felt strong today", "startedAt": "2020-01-01T00:00:00"}
    changed = await call(ann, "PATCH", path, said)
    assert tuple(changed) == SESSION_KEYS
    assert (changed["name"], changed["notes"]) == ("Leg Day", "Felt strong today")
    assert changed["startedAt"] == made["startedAt"]
    assert (await call(ann, "PATCH", path, {}))["notes"] == "Felt strong today"
    assert (await call(ann, "PATCH", path, {"name": None}))["name"] == "Leg Day"
    assert (await call(ann, "PATCH", path, {"notes": None}))["notes"] == ""
    for wrong, field in (
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"notes": "x" * 5001}, "notes"),
        ({"notes": 7}, "notes"),
    ):
        assert list((await refused(ann, "PATCH", path, wrong))["fields"]) == [field]
    assert (await call(ann, "PATCH", path, {"notes": "x" * 5000}))["name"] == "Leg Day"


async def test_post_complete_ends_the_session_and_keeps_what_was_not_done(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    path = f"/workouts/{made['id']}"
    (await call(ann, "POST", f"{path}/complete"))["completedAt"]
    done = await call(ann, "GET", path)
    assert (done["status"], tuple(done)) == ("COMPLETED", SESSION_KEYS)
    assert PLAIN.match(done["completedAt"])
    assert done["exercises"] == made["exercises"]
    assert await call(ann, "POST", f"{path}/complete") == done
    assert (await call(ann, "PATCH", path, {"notes": "Good"}))["status"] == "COMPLETED"


async def test_a_session_that_begins_later_can_be_completed_now(ann: Person) -> None:
    made = await session(ann, startedAt="2150-01-01T00:00:00")
    done = await call(ann, "POST", f"/workouts/{made['id']}/complete")
    assert done["completedAt"] == done["startedAt"]


async def test_delete_workouts_id(ann: Person) -> None:
    running, done = await session(ann), await session(ann)
    await logged(ann, done["id"], (await squat()).id, "100", 5)
    await call(ann, "POST", f"/workouts/{done['id']}/complete")
    for each in (running, done):
        await call(ann, "DELETE", f"/workouts/{each['id']}", status=204)
        await refused(ann, "GET", f"/workouts/{each['id']}", status=404)
        await refused(ann, "DELETE", f"/workouts/{each['id']}", status=404)
    assert (await call(ann, "GET", "/workouts"))[1]["total"] == 0


OPERATIONS = [
    ("GET", ""),
    ("PATCH", ""),
    ("POST", "/complete"),
    ("DELETE", ""),
    ("POST", "/sets"),
    ("PUT", "/sets/{set}"),
    ("PATCH", "/sets/{set}"),
    ("DELETE", "/sets/{set}"),
]


@pytest.mark.parametrize(("method", "tail"), OPERATIONS)
async def test_another_persons_session_is_403_and_none_is_404(
    ann: Person, bob: Person, method: str, tail: str
) -> None:
    made = await session(ann)
    each = await logged(ann, made["id"], (await squat()).id, "100", 5)
    before = await call(ann, "GET", f"/workouts/{made['id']}")
    tail = tail.format(set=each["id"])
    await refused(bob, method, f"/workouts/{made['id']}{tail}", {"name": "Mine"}, 403)
    await refused(bob, method, f"/workouts/999999{tail}", {"name": "Mine"}, 404)
    await refused(bob, method, f"/workouts/{'9' * 19}{tail}", {"name": "Mine"}, 404)
    assert await call(ann, "GET", f"/workouts/{made['id']}") == before
    await call(ann, "DELETE", f"/workouts/{made['id']}", status=204)
    await refused(bob, method, f"/workouts/{made['id']}{tail}", {"name": "Mine"}, 404)


@pytest.mark.parametrize(("method", "tail"), [*OPERATIONS, ("GET", "s"), ("POST", "s")])
async def test_without_a_good_token_it_is_401(app: Quart, method: str, tail: str) -> None:
    path = f"{API}/workouts" if tail == "s" else f"{API}/workouts/1{tail.format(set=1)}"
    client: Any = app.test_client(use_cookies=False)
    for headers in ({}, {"Authorization": "Bearer setlog_no"}, {"Authorization": "Basic eA=="}):
        answer = await client.open(path, method=method, headers=headers)
        assert answer.status_code == 401
        assert (await answer.get_json())["error"]["code"] == "UNAUTHORIZED"


async def test_a_token_that_may_only_read_reads_and_writes_nothing(ann: Person) -> None:
    made = await session(ann)
    ann.token = await make_token(ann.user, "routines", read_only=True)
    await call(ann, "GET", f"/workouts/{made['id']}")
    await refused(ann, "POST", "/workouts", {}, 403)
    await refused(ann, "DELETE", f"/workouts/{made['id']}", status=403)


async def test_reading_costs_the_same_however_much_there_is(ann: Person) -> None:
    made = await session(ann, routineId=(await routine(ann))["id"])
    paths = (f"/workouts/{made['id']}", "/workouts?pageSize=50")

    async def costs() -> list[int]:
        found = []
        for path in paths:
            with counted() as statements:
                await call(ann, "GET", path)
            found.append(len(statements))
        return found

    await call(ann, "GET", "/workouts")  # the token is noted as used
    before = await costs()
    for number in range(1, 9):
        await logged(ann, made["id"], (await squat()).id, "100", number)
        await session(ann)
    assert await costs() == before


async def test_once_for_each_idempotency_key(ann: Person) -> None:
    for _ in range(2):
        answer = await ann.json("POST", f"{API}/workouts", {}, Idempotency_Key="k")
        assert answer.status_code == 201
    assert await Workout.filter(user_id=ann.user.id).count() == 1
