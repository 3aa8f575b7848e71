"""`live` about plans: /api/workouts and /api/workouts/exercises, every operation, every error."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from quart import Quart

from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise, RoutineItem, User

WORKOUT_KEYS = (
    *("id", "user_id", "name", "description", "workout_exercises"),
    *("created_at", "updated_at"),
)
ITEM_KEYS = (
    *("id", "workout_id", "exercise_id", "sets", "reps_min", "reps_max", "weight"),
    *("interval", "rest", "created_at", "updated_at"),
)


async def workout(person: Person, name: str = "Push") -> dict[str, Any]:
    made = await person.json("POST", "/api/workouts", {"name": name})
    assert made.status_code == 201
    body: dict[str, Any] = await made.get_json()
    return body


async def said(workout: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a client posts to add squats to a workout."""
    squat = await Exercise.get(slug="squat-barbell")
    plan = {"sets": 3, "reps_min": 8, "reps_max": 10, "weight": 82.5}
    return {"workout_id": workout["id"], "exercise_id": str(squat.uuid), **plan, **more}


async def squats(person: Person, workout: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = await person.json("POST", "/api/workouts/exercises", await said(workout, **more))
    assert made.status_code == 201
    body: dict[str, Any] = await made.get_json()
    return body


async def listed(person: Person) -> list[dict[str, Any]]:
    answer = await person.json("GET", "/api/workouts")
    assert answer.status_code == 200
    body: list[dict[str, Any]] = await answer.get_json()
    return body


def is_instant(text: str) -> bool:
    return text.endswith("Z") and datetime.fromisoformat(text).tzinfo is not None


async def test_get_workouts(ann: Person) -> None:
    assert await listed(ann) == []
    first, second = await workout(ann, "A"), await workout(ann, "B")
    one = await squats(ann, first)
    assert await listed(ann) == [{**first, "workout_exercises": [one]}, second]


async def test_post_workouts(ann: Person) -> None:
    said = {"name": "Push", "description": "Chest", "unknown": 1}
    made = await ann.json("POST", "/api/workouts", said)
    body = await made.get_json()
    assert (made.status_code, tuple(body)) == (201, WORKOUT_KEYS)
    assert body["user_id"] == str(ann.user.uuid)
    assert (body["name"], body["description"], body["workout_exercises"]) == ("Push", "Chest", [])
    assert is_instant(body["created_at"])
    assert is_instant(body["updated_at"])
    assert 'rel="profile"' in made.headers["Link"]


async def test_post_workouts_once_for_each_idempotency_key(ann: Person) -> None:
    answers = [
        await ann.json("POST", "/api/workouts", {"name": "Push"}, Idempotency_Key="k")
        for _ in range(2)
    ]
    assert await answers[0].get_json() == await answers[1].get_json()
    assert answers[1].headers["Idempotent-Replayed"] == "true"
    assert len(await listed(ann)) == 1


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name": ["Field is required"]}),
        ({"name": None}, {"name": ["Must be a text"]}),
        ({"name": 7}, {"name": ["Must be a text"]}),
        ({"name": "x", "description": 7}, {"description": ["Must be a text"]}),
    ],
)
async def test_post_workouts_refuses(ann: Person, body: Any, fields: Any) -> None:
    answer = await ann.json("POST", "/api/workouts", body)
    assert answer.status_code == 400
    assert await answer.get_json() == {"error": "Some of this is not right", "fields": fields}


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x00"])
async def test_post_workouts_refuses_names_that_are_none(ann: Person, name: str) -> None:
    answer = await ann.json("POST", "/api/workouts", {"name": name})
    assert (answer.status_code, list((await answer.get_json())["fields"])) == (400, ["name"])
    assert await listed(ann) == []


async def test_put_workouts(ann: Person) -> None:
    before = await workout(ann)
    path = f"/api/workouts/{before['id']}"
    answer = await ann.json("PUT", path, {"description": "Chest"})
    body = await answer.get_json()
    assert answer.status_code == 200
    assert (body["name"], body["description"]) == ("Push", "Chest")
    body = await (await ann.json("PUT", path, {"name": "Pull"})).get_json()
    assert (body["name"], body["description"]) == ("Pull", "Chest")
    body = await (await ann.json("PUT", path, {"description": None})).get_json()
    assert (body["name"], body["description"]) == ("Pull", None)
    assert (await ann.json("PUT", path, {})).status_code == 200
    assert (await ann.json("PUT", path, {"name": ""})).status_code == 400


async def test_delete_workouts(ann: Person) -> None:
    made = await workout(ann)
    path = f"/api/workouts/{made['id']}"
    answer = await ann.json("DELETE", path)
    assert (answer.status_code, await answer.get_data()) == (204, b"")
    assert await listed(ann) == []
    again = await ann.json("DELETE", path)
    assert (again.status_code, await again.get_json()) == (404, {"error": "Routine not found"})


async def test_post_workouts_exercises(ann: Person) -> None:
    made = await workout(ann)
    body = await said(made, interval=5, rest=150)
    answer = await ann.json("POST", "/api/workouts/exercises", body)
    item = await answer.get_json()
    assert (answer.status_code, tuple(item)) == (201, ITEM_KEYS)
    assert {name: item[name] for name in body} == body
    assert is_instant(item["created_at"])
    assert (await listed(ann))[0]["workout_exercises"] == [item]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({}, 60),
        ({"rest": None}, 60),
        ({"rest": 0}, 0),
        ({"rest": 200}, 200),
        ({"rest_min": 2, "rest_sec": 30}, 150),
        ({"rest_min": 2}, 120),
        ({"rest_sec": 45}, 45),
        ({"rest_min": 0, "rest_sec": 0}, 0),
        ({"rest_sec": 90}, 90),
    ],
)
async def test_rest_is_said_in_seconds_or_in_minutes_and_seconds(
    ann: Person, said: Any, seconds: int
) -> None:
    assert (await squats(ann, await workout(ann), **said))["rest"] == seconds


@pytest.mark.parametrize("weight", [0, 80, 82.5, 0.1, 1.25, None])
async def test_a_weight_reads_back_as_it_was_written(ann: Person, weight: Any) -> None:
    assert (await squats(ann, await workout(ann), weight=weight))["weight"] == weight


async def test_a_weight_is_in_the_users_unit_and_converted_only_when_that_changes(
    ann: Person,
) -> None:
    made = await workout(ann)
    item = await squats(ann, made, weight=100)
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    assert (await listed(ann))[0]["workout_exercises"][0]["weight"] == 220.46
    path = f"/api/workouts/exercises/{item['id']}"
    assert (await (await ann.json("PUT", path, {"sets": 4})).get_json())["weight"] == 220.46
    assert (await (await ann.json("PUT", path, {"weight": 225})).get_json())["weight"] == 225
    row = await RoutineItem.get(uuid=item["id"])
    assert (str(row.weight), row.weight_unit) == ("225", "lb")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("workout_id", None),
        ("workout_id", "nonsense"),
        ("workout_id", 7),
        ("exercise_id", None),
        ("exercise_id", "1"),
        ("sets", None),
        ("sets", 0),
        ("sets", 101),
        ("sets", 2.5),
        ("sets", True),
        ("sets", "many"),
        ("reps_min", -1),
        ("reps_max", 10**30),
        ("weight", -0.5),
        ("weight", 1e9),
        ("weight", "heavy"),
        ("weight", []),
        ("interval", -1),
        ("rest", -1),
        ("rest", 86_401),
        ("rest_min", -1),
        ("rest_sec", "soon"),
    ],
)
async def test_post_workouts_exercises_refuses(ann: Person, field: str, value: Any) -> None:
    body = await said(await workout(ann), **{field: value})
    answer = await ann.json("POST", "/api/workouts/exercises", body)
    assert answer.status_code == 400, await answer.get_data(as_text=True)
    assert list((await answer.get_json())["fields"]) == [field]
    assert await RoutineItem.all().count() == 0


async def test_post_workouts_exercises_names_everything_that_is_missing(ann: Person) -> None:
    answer = await ann.json("POST", "/api/workouts/exercises", {})
    needed = ["workout_id", "exercise_id", "sets", "reps_min", "reps_max", "weight"]
    assert (answer.status_code, list((await answer.get_json())["fields"])) == (400, needed)


async def test_an_upside_down_range_of_reps_is_refused(ann: Person) -> None:
    made = await workout(ann)
    body = await said(made, reps_min=10, reps_max=8)
    answer = await ann.json("POST", "/api/workouts/exercises", body)
    assert (answer.status_code, list((await answer.get_json())["fields"])) == (400, ["reps_max"])
    item = await squats(ann, made)
    path = f"/api/workouts/exercises/{item['id']}"
    assert (await ann.json("PUT", path, {"reps_min": 11})).status_code == 400
    assert (await ann.json("PUT", path, {"reps_min": 10})).status_code == 200


async def test_post_workouts_exercises_to_what_is_not_there(ann: Person) -> None:
    made = await workout(ann)
    for field, noun in (("workout_id", "Routine"), ("exercise_id", "Exercise")):
        body = await said(made, **{field: str(uuid4())})
        answer = await ann.json("POST", "/api/workouts/exercises", body)
        assert (answer.status_code, await answer.get_json()) == (
            404,
            {"error": f"{noun} not found"},
        )


async def test_put_workouts_exercises(ann: Person) -> None:
    made, other = await workout(ann), await workout(ann, "Other")
    item = await squats(ann, made, interval=3, rest=90)
    path = f"/api/workouts/exercises/{item['id']}"
    plank = str((await Exercise.get(slug="plank")).uuid)
    changes: list[dict[str, Any]] = [
        {},
        {"sets": 5},
        {"reps_min": 5, "reps_max": 5},
        {"weight": 90},
        {"weight": None},
        {"interval": None},
        {"interval": 10},
        {"rest": 30},
        {"exercise_id": plank},
        {"workout_id": other["id"]},
    ]
    for change in changes:
        answer = await ann.json("PUT", path, change)
        body = await answer.get_json()
        assert answer.status_code == 200
        item = {**item, **change, "updated_at": body["updated_at"]}
        assert body == item
    assert [each["workout_exercises"] for each in await listed(ann)] == [[], [item]]


async def test_the_part_of_a_rest_that_is_left_out_is_unchanged(ann: Person) -> None:
    item = await squats(ann, await workout(ann), rest=90)
    path = f"/api/workouts/exercises/{item['id']}"
    assert (await (await ann.json("PUT", path, {"rest_sec": 15})).get_json())["rest"] == 75
    assert (await (await ann.json("PUT", path, {"rest_min": 3})).get_json())["rest"] == 195


async def test_what_was_read_can_be_written_back(ann: Person) -> None:
    item = await squats(ann, await workout(ann), weight=None, reps_max=None, reps_min=None)
    answer = await ann.json("PUT", f"/api/workouts/exercises/{item['id']}", item)
    assert answer.status_code == 200
    assert await answer.get_json() == {
        **item,
        "updated_at": (await answer.get_json())["updated_at"],
    }


async def test_delete_workouts_exercises(ann: Person) -> None:
    item = await squats(ann, await workout(ann))
    path = f"/api/workouts/exercises/{item['id']}"
    answer = await ann.json("DELETE", path)
    assert (answer.status_code, await answer.get_data()) == (204, b"")
    assert (await listed(ann))[0]["workout_exercises"] == []
    assert (await ann.json("DELETE", path)).status_code == 404
    assert (await ann.json("PUT", path, {"sets": 4})).status_code == 404


async def test_rests_have_no_words_here_and_cardio_is_told_as_an_exercise(ann: Person) -> None:
    made = await workout(ann)
    await ann.page("POST", f"/routines/{made['id']}/items", {"kind": "rest"})
    bike = str((await Exercise.get(slug="stationary-bike")).uuid)
    await ann.page("POST", f"/routines/{made['id']}/items", {"exercise": bike})
    items = (await listed(ann))[0]["workout_exercises"]
    assert [each["exercise_id"] for each in items] == [bike]
    assert (items[0]["sets"], items[0]["reps_min"], items[0]["weight"]) == (1, None, None)


async def test_bob_gets_404_for_what_is_anns(ann: Person, bob: Person) -> None:
    made = await workout(ann)
    item = await squats(ann, made)
    before = await listed(ann)
    bobs = await workout(bob)
    asked = [
        ("PUT", f"/api/workouts/{made['id']}", {"name": "x"}),
        ("DELETE", f"/api/workouts/{made['id']}", None),
        ("POST", "/api/workouts/exercises", await said(made)),
        ("PUT", f"/api/workouts/exercises/{item['id']}", {"sets": 1}),
        ("DELETE", f"/api/workouts/exercises/{item['id']}", None),
    ]
    for method, path, body in asked:
        assert (await bob.json(method, path, body)).status_code == 404, (method, path)
    mine = await squats(bob, bobs)
    moved = {"workout_id": made["id"]}
    answer = await bob.json("PUT", f"/api/workouts/exercises/{mine['id']}", moved)
    assert answer.status_code == 404
    assert await listed(ann) == before
    assert [each["id"] for each in await listed(bob)] == [bobs["id"]]


OPERATIONS = [
    ("GET", "/api/workouts"),
    ("POST", "/api/workouts"),
    ("PUT", "/api/workouts/{id}"),
    ("DELETE", "/api/workouts/{id}"),
    ("POST", "/api/workouts/exercises"),
    ("PUT", "/api/workouts/exercises/{id}"),
    ("DELETE", "/api/workouts/exercises/{id}"),
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_without_a_token_it_is_401(app: Quart, method: str, path: str) -> None:
    client: Any = app.test_client(use_cookies=False)
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = await client.open(path.format(id=uuid4()), method=method, headers=headers)
        assert answer.status_code == 401
        assert list(await answer.get_json()) == ["error"]


@pytest.mark.parametrize(("method", "path"), [each for each in OPERATIONS if "{id}" in each[1]])
async def test_an_id_that_is_no_uuid_is_404(ann: Person, method: str, path: str) -> None:
    for wrong in ("1", "nonsense", "%00", "1" * 400):
        answer = await ann.json(method, path.format(id=wrong), {})
        assert (answer.status_code, list(await answer.get_json())) == (404, ["error"])


@pytest.mark.parametrize(
    ("method", "path"), [each for each in OPERATIONS if each[0] in ("POST", "PUT")]
)
@pytest.mark.parametrize("raw", [b"{", b"[]", b'"text"', b"\xff"])
async def test_a_body_that_is_no_object_is_400(
    ann: Person, method: str, path: str, raw: bytes
) -> None:
    item = await squats(ann, await workout(ann))
    id = item["id"] if "exercises" in path else item["workout_id"]
    client: Any = ann.app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {ann.token}", "Content-Type": "application/json"}
    answer = await client.open(path.format(id=id), method=method, headers=headers, data=raw)
    assert answer.status_code == 400
    assert "error" in await answer.get_json()


async def test_a_wrong_method_is_405_in_lives_words(ann: Person) -> None:
    answer = await ann.json("PATCH", "/api/workouts", {})
    assert (answer.status_code, list(await answer.get_json())) == (405, ["error"])


async def test_the_list_answers_with_and_without_a_trailing_slash(ann: Person) -> None:
    for path in ("/api/workouts", "/api/workouts/"):
        assert (await ann.json("GET", path)).status_code == 200


async def test_the_list_costs_three_statements_however_long_it_is(ann: Person) -> None:
    costs, _ = [], await listed(ann)  # the first use of a token is noted
    for _ in range(3):
        with counted() as statements:
            await listed(ann)
        costs.append(len(statements))
        made = await workout(ann)
        for _ in range(3):
            await squats(ann, made)
    assert costs == [3, 3, 3]
