"""diary.md, workouts: the document's operations in its order, every error, bob everywhere."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.diary import a_set, ask, day, exercise, workout, written
from tests.support.statements import counted
from tests.support.world import Person
from webapp.history.streaks import today_of
from webapp.models import Exercise, User, Workout, WorkoutItem, WorkoutSet

KEYS = ["id", "date", "workoutExercises"]
ITEM_KEYS = ["id", "exercise", "exerciseOrder", "sets"]
SET_KEYS = ["id", "reps", "weight", "notes", "setType"]


def unknown(person: Person, uuid: object) -> tuple[int, dict[str, str]]:
    text = f"Workout with ID {uuid} not found for user {person.user.uuid}"
    return 404, {"code": "Workout", "description": text}


def no_exercise(person: Person, uuid: object) -> tuple[int, dict[str, str]]:
    text = f"Exercise with ID {uuid} not found for user {person.user.uuid}"
    return 404, {"code": "Exercise", "description": text}


def taken(day: str) -> tuple[int, dict[str, str]]:
    text = f"A workout already exists for date {day}"
    return 409, {"code": "Workout", "description": text}


async def listed(person: Person, first: str = "0001-01-01", last: str = "9999-12-31") -> Any:
    status, found = await ask(person, "GET", f"/workouts?startDate={first}&endDate={last}")
    assert status == 200, found
    return found


def put(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The body with one value changed, named as an error would name it."""
    *way, last = path.replace("[", ".").replace("]", "").split(".")
    place: Any = body
    for part in way:
        place = place[int(part)] if part.isdigit() else place[part]
    place[int(last) if last.isdigit() else last] = value
    return body


async def test_post_workouts(ann: Person) -> None:
    bench = await exercise(ann)
    status, made = await ask(ann, "POST", "/workouts", day(bench))
    assert (status, list(made), made["date"]) == (201, KEYS, "2024-01-29")
    (item,) = made["workoutExercises"]
    assert (list(item), item["exercise"], item["exerciseOrder"]) == (ITEM_KEYS, bench, 1)
    assert all(list(each) == SET_KEYS for each in item["sets"])
    assert written(made) == day(bench)
    assert await ask(ann, "GET", f"/workouts/{made['id']}") == (200, made)


async def test_a_workout_is_stored_as_every_other_one(ann: Person) -> None:
    made = await workout(ann, day(await exercise(ann)))
    stored = await Workout.get(uuid=made["id"])
    assert (stored.user_id, stored.status, stored.source) == (ann.user.id, "finished", "diary")  # type: ignore[attr-defined]
    assert (stored.local_date, stored.started_at) == (date(2024, 1, 29), stored.ended_at)
    item = await WorkoutItem.get(user_id=ann.user.id)
    assert (item.exercise_name, item.muscle_group, item.body_part) == (
        "Bench press",
        "chest",
        "chest",
    )
    warm_up, worked = await WorkoutSet.filter(user_id=ann.user.id).order_by("position")
    assert (warm_up.set_type, worked.set_type) == ("warm_up", "working")
    assert (str(worked.weight), worked.weight_unit, worked.weight_grams) == ("50.5", "kg", 50_500)
    assert worked.completed_at == stored.ended_at
    page = await (await ann.json("GET", f"/workouts/{made['id']}")).get_json()
    assert [each["weight"] for each in page["exercises"][0]["sets"]] == [20, 50.5]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
async def test_the_date_is_the_persons_own_wherever_they_live(ann: Person, zone: str) -> None:
    await User.filter(id=ann.user.id).update(timezone=zone)
    bench, today = await exercise(ann), today_of(zone)
    for each in ("2024-01-29", str(today), str(today + timedelta(days=400)), "1970-01-02"):
        made = await workout(ann, day(bench, each))
        stored = await Workout.get(uuid=made["id"])
        assert (made["date"], str(stored.local_date)) == (each, each)
        assert today_of(zone, stored.started_at) == date.fromisoformat(each)


async def test_exercises_answer_in_their_order_and_sets_as_sent(ann: Person) -> None:
    names = ("One", "Two", "Three", "Four")
    made = {name: await exercise(ann, f"{name}.") for name in names}
    orders = {"One": 7, "Two": -3, "Three": 7, "Four": 1_000}
    items = [
        {
            "exerciseId": made[name]["id"],
            "exerciseOrder": orders[name],
            "sets": [a_set(reps=n) for n in (3, 1, 2)],
        }
        for name in ("Four", "One", "Two", "Three")
    ]
    answer = await workout(ann, {"date": "2024-01-29", "workoutExercises": items})
    found = [(i["exercise"]["name"], i["exerciseOrder"]) for i in answer["workoutExercises"]]
    assert found == [("Two.", -3), ("One.", 7), ("Three.", 7), ("Four.", 1_000)]
    for item in answer["workoutExercises"]:
        assert [each["reps"] for each in item["sets"]] == [3, 1, 2]


@pytest.mark.parametrize("weight", [0, 0.0, 0.1, 50.5, 82.5, 33.333, 1.005, 10_000, 123.4567890123])
@pytest.mark.parametrize("unit", ["kg", "lb"])
async def test_a_weight_reads_back_as_it_was_written(ann: Person, weight: Any, unit: str) -> None:
    await User.filter(id=ann.user.id).update(weight_unit=unit)
    made = await workout(ann, day(await exercise(ann), sets=[a_set(weight=weight)]))
    assert made["workoutExercises"][0]["sets"][0]["weight"] == weight


async def test_a_weight_is_converted_only_when_the_persons_unit_changes(ann: Person) -> None:
    made = await workout(ann, day(await exercise(ann), sets=[a_set(weight=100)]))
    path, weights = f"/workouts/{made['id']}", []
    for unit in ("lb", "kg"):
        await User.filter(id=ann.user.id).update(weight_unit=unit)
        read = (await ask(ann, "GET", path))[1]
        weights.append(read["workoutExercises"][0]["sets"][0]["weight"])
    assert weights == [220.46, 100]


@pytest.mark.parametrize("notes", [None, "", " spaced ", "x" * 250, "Ü 💪\n"])
async def test_notes_read_back_as_they_were_written(ann: Person, notes: Any) -> None:
    made = await workout(ann, day(await exercise(ann), sets=[a_set(notes=notes)]))
    assert made["workoutExercises"][0]["sets"][0]["notes"] == notes


async def test_what_may_be_left_out_may_be_left_out(ann: Person) -> None:
    bench = await exercise(ann)
    bodies: list[Any] = [{}, {"workoutExercises": None}, {"workoutExercises": []}]
    for n, body in enumerate(bodies, 1):
        made = await workout(ann, {"date": f"2024-01-0{n}", **body})
        assert made["workoutExercises"] == []
    more: list[Any] = [{}, {"sets": None}, {"sets": []}]
    for n, said in enumerate(more, 1):
        item = {"exerciseId": bench["id"], "exerciseOrder": 1, **said}
        made = await workout(ann, {"date": f"2024-02-0{n}", "workoutExercises": [item]})
        assert made["workoutExercises"][0]["sets"] == []
    lean = {"reps": 1, "weight": 0, "setType": "WORKING"}
    made = await workout(ann, day(bench, "2024-03-01", sets=[lean]))
    assert made["workoutExercises"][0]["sets"][0]["notes"] is None


ITEM = "workoutExercises[0]"
SET = f"{ITEM}.sets[1]"
WRONG: dict[str, list[Any]] = {
    "date": [
        *(None, "", "29.01.2024", "2024-1-29", "2024-02-30", "2024-01-29T00:00", 1_706_486_400),
        *(True, [], "1970-01-01", "2200-01-02", "٢٠٢٤-٠١-٢٩"),
    ],
    "workoutExercises": [{}, "none", 7],
    f"{ITEM}.exerciseId": [None, "", "1", 1, "x" * 36],
    f"{ITEM}.exerciseOrder": [
        *(None, "first", 1.5, True, 2**31, 2**63, 10**30, 1_000_001, -1_000_001),
    ],
    f"{ITEM}.sets": [{}, "none", 7],
    SET: [None, 7, "set", []],
    f"{SET}.reps": [None, 0, -1, 2.5, "many", True, 10_001, 2**31, 2**63, 10**30],
    f"{SET}.weight": [
        *(None, -0.01, "heavy", True, [], 10_000.01, 1e300, 1e-300, "NaN", "Infinity"),
        *("1e999999", "0." + "1" * 40),
    ],
    f"{SET}.notes": ["x" * 251, 7, ["x"], "a\x00b"],
    f"{SET}.setType": [None, "", "working", "DROP", 1],
}
REFUSED = [(field, value) for field, values in WRONG.items() for value in values]


@pytest.mark.parametrize(("field", "value"), REFUSED)
async def test_post_and_put_workouts_refuse(ann: Person, field: str, value: Any) -> None:
    bench = await exercise(ann)
    status, said = await ask(ann, "POST", "/workouts", put(day(bench), field, value))
    assert (status, list(said)) == (400, [field])
    assert isinstance(said[field], str)
    assert await listed(ann) == []
    made = await workout(ann, day(bench))
    path = f"/workouts/{made['id']}"
    status, said = await ask(ann, "PUT", path, put(day(bench, "2024-02-01"), field, value))
    if value is None and field == "date":
        assert status == 200
        return
    assert (status, list(said)) == (400, [field])
    assert await ask(ann, "GET", path) == (200, made)


async def test_everything_that_is_missing_is_named_at_once(ann: Person) -> None:
    item = {"exerciseId": str(uuid4()), "exerciseOrder": 1, "sets": [{}]}
    status, said = await ask(ann, "POST", "/workouts", {"workoutExercises": [item, {}]})
    at = "workoutExercises"
    names = ["date", *(f"{at}[0].sets[0].{name}" for name in ("reps", "weight", "setType"))]
    names += [f"{at}[1].exerciseId", f"{at}[1].exerciseOrder"]
    assert (status, said) == (400, dict.fromkeys(names, "Field is required"))


async def test_there_is_a_most_of_everything(ann: Person) -> None:
    bench = await exercise(ann)
    item = {"exerciseId": bench["id"], "exerciseOrder": 1, "sets": []}
    lean = {"reps": 1, "weight": 0, "setType": "WORKING"}
    made = await workout(ann, {"date": "2024-01-01", "workoutExercises": [item] * 200})
    assert len(made["workoutExercises"]) == 200
    made = await workout(ann, day(bench, sets=[lean] * 200))
    assert len(made["workoutExercises"][0]["sets"]) == 200
    for body, field in (
        ({"date": "2024-03-01", "workoutExercises": [item] * 201}, "workoutExercises"),
        (day(bench, "2024-03-01", sets=[lean] * 201), "workoutExercises[0].sets"),
    ):
        status, said = await ask(ann, "POST", "/workouts", body)
        assert (status, list(said)) == (400, [field])


async def test_only_own_exercises_can_be_named(ann: Person, bob: Person) -> None:
    bobs, system = await exercise(bob), await Exercise.get(slug="squat-barbell")
    own = await workout(ann, {"date": "2024-01-01"})
    for uuid in (bobs["id"], str(system.uuid), str(uuid4())):
        body = day({"id": uuid})
        assert await ask(ann, "POST", "/workouts", body) == no_exercise(ann, uuid)
        path = f"/workouts/{own['id']}"
        assert await ask(ann, "PUT", path, body) == no_exercise(ann, uuid)
    assert await listed(ann) == [{"id": own["id"], "date": "2024-01-01"}]


async def test_there_is_one_workout_a_date_for_each_person(ann: Person, bob: Person) -> None:
    body = day(await exercise(ann))
    await workout(ann, body)
    assert await ask(ann, "POST", "/workouts", body) == taken("2024-01-29")
    await workout(bob, day(await exercise(bob)))
    await workout(ann, {**body, "date": "2024-01-30"})


async def test_of_many_written_for_one_date_at_once_one_is_there(ann: Person) -> None:
    body = day(await exercise(ann))
    answers = await asyncio.gather(*(ask(ann, "POST", "/workouts", body) for _ in range(20)))
    assert sorted(status for status, _ in answers) == [201] + [409] * 19
    assert len(await listed(ann)) == 1
    assert await WorkoutSet.filter(user_id=ann.user.id).count() == 2


async def test_get_workouts_between_two_dates(ann: Person, bob: Person) -> None:
    days = ("2024-01-29", "2023-12-31", "2024-02-01", "2024-01-30")
    made = {each: await workout(ann, {"date": each}) for each in days}
    await workout(bob, {"date": "2024-01-29"})
    assert await listed(ann) == [
        {"id": made[each]["id"], "date": each} for each in sorted(days, reverse=True)
    ]
    for first, last, found in (
        ("2024-01-29", "2024-01-30", ["2024-01-30", "2024-01-29"]),
        ("2024-01-29", "2024-01-29", ["2024-01-29"]),
        ("2024-01-31", "2024-01-31", []),
        ("2024-02-01", "2024-01-29", []),
    ):
        assert [each["date"] for each in await listed(ann, first, last)] == found


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("", ["startDate", "endDate"]),
        ("?startDate=2024-01-01", ["endDate"]),
        ("?endDate=2024-01-01", ["startDate"]),
        ("?startDate=&endDate=2024-01-01", ["startDate"]),
        ("?startDate=2024-01-01&endDate=soon", ["endDate"]),
        ("?startDate=1704067200&endDate=2024-02-30", ["startDate", "endDate"]),
        ("?startDate=0000-01-01&endDate=2024-01-01", ["startDate"]),
    ],
)
async def test_both_dates_are_required(ann: Person, query: str, fields: list[str]) -> None:
    status, said = await ask(ann, "GET", f"/workouts{query}")
    assert (status, list(said)) == (400, fields)


async def test_get_workouts_id(ann: Person, bob: Person) -> None:
    made = await workout(ann, day(await exercise(ann)))
    path = f"/workouts/{made['id']}"
    assert await ask(ann, "GET", path) == (200, made)
    assert await ask(bob, "GET", path) == unknown(bob, made["id"])
    nowhere = uuid4()
    assert await ask(ann, "GET", f"/workouts/{nowhere}") == unknown(ann, nowhere)


async def test_put_workouts_id_replaces_the_exercises(ann: Person, bob: Person) -> None:
    bench, row = await exercise(ann), await exercise(ann, "Row", "BACK")
    made = await workout(ann, day(bench))
    path, body = f"/workouts/{made['id']}", day(row, sets=[a_set(reps=5)])
    del body["date"]
    status, changed = await ask(ann, "PUT", path, body)
    assert (status, list(changed), changed["date"]) == (200, KEYS, "2024-01-29")
    assert written(changed)["workoutExercises"] == body["workoutExercises"]
    assert await ask(ann, "GET", path) == (200, changed)
    assert await WorkoutSet.filter(user_id=ann.user.id).count() == 1
    status, emptied = await ask(ann, "PUT", path, {"workoutExercises": []})
    assert (status, emptied["workoutExercises"]) == (200, [])
    assert await ask(bob, "PUT", path, {}) == unknown(bob, made["id"])


@pytest.mark.parametrize("body", [{}, {"date": None, "workoutExercises": None}, {"other": 1}])
async def test_put_workouts_id_leaves_what_is_not_said(ann: Person, body: Any) -> None:
    made = await workout(ann, day(await exercise(ann)))
    assert await ask(ann, "PUT", f"/workouts/{made['id']}", body) == (200, made)


@pytest.mark.parametrize("to", ["2024-02-01", "2023-01-01", "2033-05-05"])
async def test_put_workouts_id_moves_it_to_another_date(ann: Person, to: str) -> None:
    await User.filter(id=ann.user.id).update(timezone="America/New_York")
    made = await workout(ann, day(await exercise(ann)))
    path = f"/workouts/{made['id']}"
    moved = {**made, "date": to}
    assert await ask(ann, "PUT", path, {"date": to}) == (200, moved)
    assert await ask(ann, "GET", path) == (200, moved)
    stored = await Workout.get(uuid=made["id"])
    assert today_of("America/New_York", stored.started_at) == date.fromisoformat(to)
    for each in await WorkoutSet.filter(user_id=ann.user.id):
        assert each.completed_at == stored.ended_at
    assert [each["date"] for each in await listed(ann)] == [to]


async def test_put_workouts_id_to_a_taken_date(ann: Person, bob: Person) -> None:
    bench = await exercise(ann)
    made = await workout(ann, day(bench))
    await workout(ann, {"date": "2024-02-01"})
    await workout(bob, {"date": "2024-03-01"})
    path = f"/workouts/{made['id']}"
    body = {"date": "2024-02-01", "workoutExercises": []}
    assert await ask(ann, "PUT", path, body) == taken("2024-02-01")
    assert await ask(ann, "GET", path) == (200, made)
    assert (await ask(ann, "PUT", path, {"date": "2024-01-29"}))[0] == 200
    assert (await ask(ann, "PUT", path, {"date": "2024-03-01"}))[0] == 200


async def test_of_many_moved_to_one_date_at_once_one_gets_it(ann: Person) -> None:
    made = [await workout(ann, {"date": f"2024-01-{n + 1:02}"}) for n in range(10)]
    to = {"date": "2024-02-01"}
    moves = (ask(ann, "PUT", f"/workouts/{each['id']}", to) for each in made)
    assert sorted(status for status, _ in await asyncio.gather(*moves)) == [200] + [409] * 9


async def test_an_exercise_the_workout_has_may_stay_though_it_was_deleted(ann: Person) -> None:
    bench, row = await exercise(ann), await exercise(ann, "Row", "BACK")
    made = await workout(ann, day(bench))
    for each in (bench, row):
        await ask(ann, "DELETE", f"/exercises/{each['id']}")
    path = f"/workouts/{made['id']}"
    body = day(bench, sets=[a_set(reps=1)])
    status, changed = await ask(ann, "PUT", path, body)
    assert (status, written(changed)) == (200, body)
    assert await ask(ann, "PUT", path, day(row)) == no_exercise(ann, row["id"])


async def test_delete_workouts_id(ann: Person, bob: Person) -> None:
    bench = await exercise(ann)
    made = await workout(ann, day(bench))
    path = f"/workouts/{made['id']}"
    assert await ask(bob, "DELETE", path) == unknown(bob, made["id"])
    assert await ask(ann, "DELETE", path) == (204, None)
    for method in ("GET", "PUT", "DELETE"):
        empty: Any = {} if method == "PUT" else None
        assert await ask(ann, method, path, empty) == unknown(ann, made["id"])
    assert await listed(ann) == []
    await workout(ann, day(bench))


async def test_a_repeated_write_answers_the_same(ann: Person) -> None:
    body, key = day(await exercise(ann)), {"Idempotency_Key": "k"}
    answers = [await ann.json("POST", "/api/v1.0/workouts", body, **key) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert await answers[0].get_json() == await answers[1].get_json()
    assert len(await listed(ann)) == 1


async def test_reading_and_writing_cost_the_same_however_much_there_is(ann: Person) -> None:
    bench, costs = await exercise(ann), []
    for n in (1, 5, 30):
        body = day(bench, f"2024-01-{n:02}", sets=[a_set()] * n)
        body["workoutExercises"] *= n % 12
        with counted() as writing:
            made = await workout(ann, body)
        with counted() as reading:
            await ask(ann, "GET", f"/workouts/{made['id']}")
        with counted() as listing:
            await listed(ann)
        with counted() as moving:
            await ask(ann, "PUT", f"/workouts/{made['id']}", {"date": f"2023-01-{n:02}"})
        costs.append([len(each) for each in (writing, reading, listing, moving)])
    assert costs[0] == costs[1] == costs[2]
    assert costs[0][1:3] == [4, 2]
