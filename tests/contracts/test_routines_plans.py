"""`routines` about routines (companions of its document): make, list, change, delete, clone."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.routines import API, call, press, refused, routine, session, squat
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise, Routine, RoutineItem

KEYS = (
    *("id", "name", "description", "items", "estimatedMinutes", "tags", "isPublic"),
    *("createdBy", "createdAt", "updatedAt"),
)
LISTED_KEYS = (
    *("id", "name", "description", "estimatedMinutes", "tags", "itemCount", "isPublic"),
    *("createdBy", "updatedAt"),
)


async def test_health_is_for_everybody_and_has_no_envelope(ann: Person) -> None:
    client: Any = ann.app.test_client(use_cookies=False)
    answer = await client.get(f"{API}/health")
    assert answer.status_code == 200
    assert await answer.get_json() == {"status": "UP", "service": "setlog"}


async def test_post_routines_reads_back_as_it_was_written(ann: Person) -> None:
    bench = await press()
    items = [
        {
            "order": 1,
            "type": "EXERCISE",
            "exerciseId": bench.id,
            "exerciseName": "Bench Press (Barbell)",
            "sets": 3,
            "repsPerSet": 8,
            "weightKg": "80.0",
            "restAfterSeconds": 90,
            "notes": "Slowly",
        },
        {"order": 2, "type": "REST", "durationSeconds": 120},
        {
            "order": 3,
            "type": "CARDIO",
            "cardioName": "Treadmill",
            "durationMinutes": 10,
            "targetSpeedKmh": "8.50",
        },
    ]
    said = {
        "name": "Push Day A",
        "description": "Chest",
        "estimatedMinutes": 45,
        "tags": ["push", "chest"],
        "isPublic": True,
        "items": items,
    }
    made = await call(ann, "POST", "/routines", said, 201)
    assert tuple(made) == KEYS
    assert {name: made[name] for name in said} == said
    assert made["createdBy"] == ann.user.id
    assert await call(ann, "GET", f"/routines/{made['id']}") == made


async def test_little_is_needed_for_a_routine(ann: Person) -> None:
    line = {"type": "EXERCISE", "exerciseId": (await press()).id, "sets": 1}
    made = await call(ann, "POST", "/routines", {"name": "x" * 100, "items": [line, line]}, 201)
    assert (made["description"], made["estimatedMinutes"], made["tags"]) == ("", None, [])
    assert made["isPublic"] is False
    assert [each["order"] for each in made["items"]] == [1, 2]
    assert {**made["items"][0], "order": 0} == {
        "order": 0,
        "type": "EXERCISE",
        "exerciseId": line["exerciseId"],
        "exerciseName": (await press()).name,
        "sets": 1,
        "repsPerSet": 0,
        "weightKg": "0",
        "restAfterSeconds": None,
        "notes": "",
    }


LINE = {"type": "EXERCISE", "exerciseId": 1, "sets": 3}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": None}, "name"),
        ({"description": "x" * 2001}, "description"),
        ({"items": []}, "items"),
        ({"items": None}, "items"),
        ({"items": {}}, "items"),
        ({"items": [LINE] * 201}, "items"),
        ({"items": [1]}, "items.0"),
        ({"items": [{}]}, "items.0.type"),
        ({"items": [{"type": "SAUNA"}]}, "items.0.type"),
        ({"items": [LINE, LINE | {"exerciseId": 0}]}, "items.1.exerciseId"),
        ({"items": [{"type": "EXERCISE", "sets": 3}]}, "items.0.exerciseId"),
        ({"items": [{"type": "EXERCISE", "exerciseId": 1}]}, "items.0.sets"),
        ({"items": [LINE | {"sets": 0}]}, "items.0.sets"),
        ({"items": [LINE | {"sets": 101}]}, "items.0.sets"),
        ({"items": [LINE | {"repsPerSet": 10_001}]}, "items.0.repsPerSet"),
        ({"items": [LINE | {"weightKg": "10000.1"}]}, "items.0.weightKg"),
        ({"items": [LINE | {"weightKg": "NaN"}]}, "items.0.weightKg"),
        ({"items": [LINE | {"restAfterSeconds": -1}]}, "items.0.restAfterSeconds"),
        ({"items": [LINE | {"exerciseId": 2**63}]}, "items.0.exerciseId"),
        ({"items": [LINE | {"order": -1}]}, "items.0.order"),
        ({"items": [{"type": "REST"}]}, "items.0.durationSeconds"),
        ({"items": [{"type": "REST", "durationSeconds": 86_401}]}, "items.0.durationSeconds"),
        ({"items": [{"type": "CARDIO", "durationMinutes": 10}]}, "items.0.cardioName"),
        ({"items": [{"type": "CARDIO", "cardioName": "Row"}]}, "items.0.durationMinutes"),
        ({"estimatedMinutes": -1}, "estimatedMinutes"),
        ({"tags": ["x" * 51]}, "tags.0"),
        ({"tags": "push"}, "tags"),
        ({"isPublic": "perhaps"}, "isPublic"),
    ],
)
async def test_post_and_put_refuse(ann: Person, said: Any, field: str) -> None:
    usual = {"name": "Push", "items": [{"type": "REST", "durationSeconds": 60}]}
    error = await refused(ann, "POST", "/routines", usual | said)
    assert list(error["fields"]) == [field]
    assert await Routine.all().count() == 0
    made = await routine(ann)
    assert list((await refused(ann, "PUT", f"/routines/{made['id']}", said))["fields"]) == [field]
    assert await call(ann, "GET", f"/routines/{made['id']}") == made


async def test_items_name_exercises_one_may_use(ann: Person, bob: Person) -> None:
    bobs = await Exercise.create(user=bob.user, name="Bob's curl", name_key="bob's curl")
    made = await routine(ann)
    for id, status in ((bobs.id, 403), (999_999, 404)):
        said = {"name": "Push", "items": [LINE | {"exerciseId": id}]}
        await refused(ann, "POST", "/routines", said, status)
        await refused(ann, "PUT", f"/routines/{made['id']}", said, status)
    assert await call(ann, "GET", f"/routines/{made['id']}") == made
    assert await Routine.all().count() == 1


async def test_get_routines(ann: Person, bob: Person) -> None:
    mine, other = await routine(ann), await routine(ann, name="Größe 100%")
    await routine(bob, name="Private")
    shared = await routine(bob, name="Shared push", isPublic=True)
    found, meta = await call(ann, "GET", "/routines")
    assert [each["id"] for each in found] == [mine["id"], other["id"], shared["id"]]
    assert meta == {"page": 1, "pageSize": 20, "total": 3}
    assert all(tuple(each) == LISTED_KEYS for each in found)
    assert found[0]["itemCount"] == 3
    assert (found[2]["createdBy"], found[2]["isPublic"]) == (bob.user.id, True)
    for asked, wanted in (
        ("mine=true", [mine, other]),
        ("mine", [mine, other]),
        ("mine=false", [mine, other, shared]),
        ("search=PUSH", [mine, shared]),
        ("search=%25", [other]),
        ("search=_", []),
        ("search=gr%C3%B6%C3%9Fe", [other]),
        ("search=GR%C3%96", [other]),
        ("mine=1&search=push", [mine]),
        ("page=2&pageSize=2", [shared]),
        ("page=0&pageSize=500", [mine, other, shared]),
    ):
        found, _ = await call(ann, "GET", f"/routines?{asked}")
        assert [each["id"] for each in found] == [each["id"] for each in wanted], asked
    await refused(ann, "GET", "/routines?mine=perhaps")
    await refused(ann, "GET", "/routines?search=" + "x" * 101)


async def test_put_routines_is_partial(ann: Person) -> None:
    made = await routine(ann, tags=["push"], description="Chest")
    path = f"/routines/{made['id']}"
    changed = await call(ann, "PUT", path, {"name": "Pull", "isPublic": True})
    same = ("items", "tags", "description")
    assert (changed["name"], changed["isPublic"]) == ("Pull", True)
    assert {name: changed[name] for name in same} == {name: made[name] for name in same}
    assert (await call(ann, "PUT", path, {"description": None}))["description"] == ""
    assert (await call(ann, "PUT", path, {"createdBy": 99, "id": 99}))["createdBy"] == ann.user.id


async def test_put_items_replaces_them_and_keeps_what_has_no_words(ann: Person) -> None:
    made = await routine(ann)
    extra = {"warm_up_sets": 2, "superset": 1, "reps_max": 12, "weight": Decimal("176.4")}
    first = RoutineItem.filter(routine_id=made["id"], kind="exercise")
    await first.update(**extra, weight_unit="lb")
    path = f"/routines/{made['id']}"
    shown = await call(ann, "GET", path)
    assert shown["items"][0]["weightKg"] == "80.01"
    assert (await call(ann, "PUT", path, shown))["items"] == shown["items"]
    kept = await first.get()
    assert {name: getattr(kept, name) for name in extra} == extra
    two = {"type": "EXERCISE", "exerciseId": (await squat()).id, "sets": 5, "repsPerSet": 5}
    again = {**shown["items"][0], "order": 2, "repsPerSet": 10, "weightKg": "82.5"}
    items = (await call(ann, "PUT", path, {"items": [{**two, "order": 1}, again]}))["items"]
    assert [(each["exerciseId"], each["sets"]) for each in items] == [
        (two["exerciseId"], 5),
        (again["exerciseId"], 3),
    ]
    kept = await first.filter(deleted_at=None, exercise_id=again["exerciseId"]).get()
    assert (kept.reps_min, kept.reps_max, kept.warm_up_sets) == (10, 10, 2)
    assert items[1]["weightKg"] == "82.5"


async def test_delete_routines(ann: Person) -> None:
    made = await routine(ann)
    begun = await session(ann, routineId=made["id"])
    await call(ann, "DELETE", f"/routines/{made['id']}", status=204)
    await refused(ann, "GET", f"/routines/{made['id']}", status=404)
    await refused(ann, "DELETE", f"/routines/{made['id']}", status=404)
    assert (await call(ann, "GET", "/routines"))[1]["total"] == 0
    assert (await call(ann, "GET", f"/workouts/{begun['id']}"))["routineName"] == "Push Day A"


async def test_clone_makes_a_private_copy(ann: Person, bob: Person) -> None:
    own = await Exercise.create(user=ann.user, name="Ann's press", name_key="ann's press")
    made = await routine(
        ann,
        isPublic=True,
        tags=["push"],
        items=[
            {"type": "EXERCISE", "exerciseId": own.id, "sets": 2, "weightKg": "40.0"},
            {"type": "REST", "durationSeconds": 60},
        ],
    )
    copies = [await call(bob, "POST", f"/routines/{made['id']}/clone", status=201) for _ in "ab"]
    assert copies[0]["id"] != copies[1]["id"]
    for copy in copies:
        assert tuple(copy) == KEYS
        assert (copy["name"], copy["tags"], copy["isPublic"]) == ("Push Day A", ["push"], False)
        assert copy["createdBy"] == bob.user.id
        (mine,) = await Exercise.filter(user_id=bob.user.id)
        line = copy["items"][0]
        assert (line["exerciseId"], line["exerciseName"]) == (mine.id, "Ann's press")
        assert (line["weightKg"], copy["items"][1]) == ("40.0", made["items"][1])
    own_copy = await call(ann, "POST", f"/routines/{made['id']}/clone", status=201)
    assert own_copy["items"] == made["items"]
    await refused(ann, "GET", f"/routines/{copies[0]['id']}", status=403)


@pytest.mark.parametrize(
    ("method", "tail"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/clone")]
)
async def test_another_persons_routine_is_403_and_none_is_404(
    ann: Person, bob: Person, method: str, tail: str
) -> None:
    private, shared = await routine(ann), await routine(ann, isPublic=True)
    await refused(bob, method, f"/routines/{private['id']}{tail}", {}, 403)
    await refused(bob, method, f"/routines/999999{tail}", {}, 404)
    if method in ("PUT", "DELETE"):
        await refused(bob, method, f"/routines/{shared['id']}{tail}", {}, 403)
    client: Any = ann.app.test_client(use_cookies=False)
    answer = await client.open(f"{API}/routines/{shared['id']}{tail}", method=method)
    assert answer.status_code == 401
    assert await call(ann, "GET", f"/routines/{private['id']}") == private


async def test_what_pages_planned_reads_sensibly(ann: Person) -> None:
    answer = await ann.json("POST", "/api/workouts", {"name": "Legs"})
    uuid = (await answer.get_json())["id"]
    await ann.page("POST", f"/routines/{uuid}/items", {"kind": "rest"})
    said = {"workout_id": uuid, "exercise_id": str((await squat()).uuid)}
    said |= {"sets": 3, "reps_min": 8, "reps_max": 10, "weight": 82.5}
    await ann.json("POST", "/api/workouts/exercises", said)
    (found,), _ = await call(ann, "GET", "/routines")
    items = (await call(ann, "GET", f"/routines/{found['id']}"))["items"]
    assert {"type": "REST", "durationSeconds": 120}.items() <= items[0].items()
    assert (items[1]["repsPerSet"], items[1]["weightKg"]) == (8, "82.5")
    assert (await ann.page("GET", f"/routines/{uuid}")).status_code == 200


async def test_lists_cost_the_same_however_many_there_are(ann: Person) -> None:
    async def cost() -> int:
        with counted() as statements:
            await call(ann, "GET", "/routines?pageSize=50")
        return len(statements)

    await routine(ann)
    before = await cost()
    for _ in range(4):
        await routine(ann)
    assert await cost() == before
