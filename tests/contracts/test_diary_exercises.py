"""diary.md, exercises: the document's operations in its order, every error, bob everywhere."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.support.diary import ask, day, exercise, workout
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise

KEYS = ["id", "name", "muscleGroup"]
GROUPS = ["CHEST", "BACK", "SHOULDERS", "BICEPS", "TRICEPS", "LEGS", "CORE", "OTHER"]


def unknown(person: Person, uuid: object) -> tuple[int, dict[str, str]]:
    text = f"Exercise with ID {uuid} not found for user {person.user.uuid}"
    return 404, {"code": "Exercise", "description": text}


def taken(name: str, group: str) -> tuple[int, dict[str, str]]:
    text = f"Exercise with name {name} already exists for muscle group {group}"
    return 409, {"code": "Exercise", "description": text}


async def test_post_exercises(ann: Person) -> None:
    said = {"name": "Bench press", "muscleGroup": "CHEST", "id": 7, "user_id": 1, "slug": "x"}
    status, made = await ask(ann, "POST", "/exercises", said)
    assert (status, list(made)) == (201, KEYS)
    assert (made["name"], made["muscleGroup"]) == ("Bench press", "CHEST")
    stored = await Exercise.get(uuid=made["id"])
    assert (stored.user_id, stored.slug, stored.body_part) == (ann.user.id, None, "chest")  # type: ignore[attr-defined]
    assert (await ann.json("GET", f"/api/exercises/{made['id']}")).status_code == 200


@pytest.mark.parametrize("group", GROUPS)
async def test_every_muscle_group_is_known(ann: Person, group: str) -> None:
    made = await exercise(ann, "A good one", group)
    assert made["muscleGroup"] == group
    assert await ask(ann, "GET", f"/exercises?muscleGroup={group}") == (200, [made])


@pytest.mark.parametrize("name", ["Dip", "x" * 50])
async def test_a_name_has_3_to_50_characters(ann: Person, name: str) -> None:
    assert (await exercise(ann, name))["name"] == name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", ""),
        ("name", "ab"),
        ("name", " ab "),
        ("name", "x" * 51),
        ("name", "ab\x00c"),
        ("name", 123),
        ("name", ["Dip"]),
        ("muscleGroup", None),
        ("muscleGroup", ""),
        ("muscleGroup", "chest"),
        ("muscleGroup", "ARMS"),
        ("muscleGroup", 1),
        ("muscleGroup", ["CHEST"]),
    ],
)
async def test_post_and_put_exercises_refuse(ann: Person, field: str, value: Any) -> None:
    body = {"name": "Dips", "muscleGroup": "CHEST", field: value}
    status, said = await ask(ann, "POST", "/exercises", body)
    assert (status, list(said)) == (400, [field])
    assert isinstance(said[field], str)
    assert not await Exercise.filter(user_id=ann.user.id).exists()
    made = await exercise(ann)
    status, said = await ask(ann, "PUT", f"/exercises/{made['id']}", {field: value})
    assert (status, list(said)) == ((400, [field]) if value is not None else (200, KEYS))
    assert await ask(ann, "GET", f"/exercises/{made['id']}") == (200, made)


async def test_post_exercises_names_everything_that_is_missing(ann: Person) -> None:
    missing = {"name": "Field is required", "muscleGroup": "Field is required"}
    assert await ask(ann, "POST", "/exercises", {}) == (400, missing)


async def test_a_name_is_there_once_in_a_muscle_group_in_whatever_case(
    ann: Person, bob: Person
) -> None:
    await exercise(ann, "Bench Press")
    for name in ("Bench Press", "bench press", " BENCH PRESS "):
        body = {"name": name, "muscleGroup": "CHEST"}
        assert await ask(ann, "POST", "/exercises", body) == taken(name.strip(), "CHEST")
    await exercise(ann, "Bench Press", "TRICEPS")
    await exercise(ann, "Bénch Press")
    await exercise(bob, "Bench Press")


async def test_of_many_made_at_once_under_one_name_one_is_there(ann: Person) -> None:
    body = {"name": "Bench press", "muscleGroup": "CHEST"}
    answers = await asyncio.gather(*(ask(ann, "POST", "/exercises", body) for _ in range(20)))
    assert sorted(status for status, _ in answers) == [201] + [409] * 19


async def test_get_exercises_id(ann: Person, bob: Person) -> None:
    made = await exercise(ann)
    path = f"/exercises/{made['id']}"
    assert await ask(ann, "GET", path) == (200, made)
    assert await ask(bob, "GET", path) == unknown(bob, made["id"])
    nowhere = uuid4()
    assert await ask(ann, "GET", f"/exercises/{nowhere}") == unknown(ann, nowhere)


async def test_the_catalogue_is_nobodys_own(ann: Person) -> None:
    squat = (await Exercise.get(slug="squat-barbell")).uuid
    for method in ("GET", "PUT", "DELETE"):
        body = {"name": "Mine now"} if method == "PUT" else None
        assert await ask(ann, method, f"/exercises/{squat}", body) == unknown(ann, squat)
    assert (await Exercise.get(slug="squat-barbell")).archived_at is None


async def test_get_exercises_of_a_muscle_group(ann: Person, bob: Person) -> None:
    named = {name: await exercise(ann, name) for name in ("zottman", "Bench", "Übung", "alpha")}
    await exercise(ann, "Row", "BACK")
    await exercise(bob, "Bob's")
    status, found = await ask(ann, "GET", "/exercises?muscleGroup=CHEST")
    assert (status, found) == (200, [named[n] for n in ("alpha", "Bench", "Übung", "zottman")])
    assert await ask(ann, "GET", "/exercises/?muscleGroup=LEGS") == (200, [])


async def test_the_list_costs_the_same_however_long_it_is(ann: Person) -> None:
    costs = []
    for name in ("First", "Second", "Third"):
        await exercise(ann, name)
        with counted() as statements:
            await ask(ann, "GET", "/exercises?muscleGroup=CHEST")
        costs.append(len(statements))
    assert costs == [2, 2, 2]


@pytest.mark.parametrize(
    "query", ["", "?muscleGroup=", "?muscleGroup=chest", "?muscleGroup=CHEST&muscleGroup=BACK"]
)
async def test_the_muscle_group_is_required(ann: Person, query: str) -> None:
    status, said = await ask(ann, "GET", f"/exercises{query}")
    assert (status, list(said)) == (400, ["muscleGroup"])


async def test_put_exercises_id(ann: Person, bob: Person) -> None:
    made = await exercise(ann)
    path = f"/exercises/{made['id']}"
    for said in (
        {"name": "Flat bench"},
        {"muscleGroup": "TRICEPS"},
        {"name": "Dips", "muscleGroup": "CHEST"},
        {"name": "DIPS"},
        {},
        {"name": None, "muscleGroup": None},
    ):
        made |= {name: value for name, value in said.items() if value is not None}
        assert await ask(ann, "PUT", path, said) == (200, made)
        assert await ask(ann, "GET", path) == (200, made)
    assert await ask(bob, "PUT", path, {"name": "Bob's"}) == unknown(bob, made["id"])
    assert await ask(ann, "GET", path) == (200, made)


async def test_put_exercises_id_leaves_the_rest_as_others_wrote_it(ann: Person) -> None:
    made = await exercise(ann, "Carry", "OTHER")
    stored = Exercise.filter(uuid=made["id"])
    await stored.update(body_part="full_body", aliases=["Walk"], implement="Kettlebell")
    await ask(ann, "PUT", f"/exercises/{made['id']}", {**made, "name": "Farmer's carry"})
    row = await stored.get()
    assert (row.body_part, row.aliases, row.implement) == ("full_body", ["Walk"], "Kettlebell")
    assert "farmer" in row.search_text and "walk" in row.search_text
    await ask(ann, "PUT", f"/exercises/{made['id']}", {"muscleGroup": "BICEPS"})
    assert (await stored.get()).body_part == "arms"


async def test_put_exercises_id_to_a_name_that_is_taken(ann: Person) -> None:
    one, two = await exercise(ann, "Bench"), await exercise(ann, "Flys")
    three = await exercise(ann, "Bench", "BACK")
    path = f"/exercises/{two['id']}"
    assert await ask(ann, "PUT", path, {"name": "bench"}) == taken("bench", "CHEST")
    path = f"/exercises/{three['id']}"
    assert await ask(ann, "PUT", path, {"muscleGroup": "CHEST"}) == taken("Bench", "CHEST")
    assert await ask(ann, "PUT", f"/exercises/{one['id']}", one) == (200, one)


async def test_delete_exercises_id_hides_it_and_keeps_past_workouts_whole(
    ann: Person, bob: Person
) -> None:
    made = await exercise(ann)
    past = await workout(ann, day(made))
    path = f"/exercises/{made['id']}"
    assert await ask(bob, "DELETE", path) == unknown(bob, made["id"])
    assert await ask(ann, "DELETE", path) == (204, None)
    for method in ("GET", "PUT", "DELETE"):
        body = {"name": "Again"} if method == "PUT" else None
        assert await ask(ann, method, path, body) == unknown(ann, made["id"])
    assert await ask(ann, "GET", "/exercises?muscleGroup=CHEST") == (200, [])
    assert await ask(ann, "GET", f"/workouts/{past['id']}") == (200, past)
    status, said = await ask(ann, "POST", "/workouts", day(made, "2024-02-01"))
    assert (status, said) == unknown(ann, made["id"])
    assert (await exercise(ann))["id"] != made["id"]


async def test_a_new_name_is_read_in_past_workouts_too(ann: Person) -> None:
    made = await exercise(ann)
    past = await workout(ann, day(made))
    changed = {**made, "name": "Flat bench", "muscleGroup": "TRICEPS"}
    assert await ask(ann, "PUT", f"/exercises/{made['id']}", changed) == (200, changed)
    read = (await ask(ann, "GET", f"/workouts/{past['id']}"))[1]
    assert read["workoutExercises"][0]["exercise"] == changed
