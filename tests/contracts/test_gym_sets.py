"""`gym`, the sets of a workout's exercise: every operation, its example and its refusals."""

import asyncio
from typing import Any

import pytest
from quart import Quart

from tests.support import gym
from tests.support.gym_api import begun, bench, lift, made, refused, sets_of, start, workout
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Workout, WorkoutItem, WorkoutSet

EXAMPLE: dict[str, Any] = {
    "weight": 135.0,
    "reps": 10,
    "duration": None,
    "distance": None,
    "bodyweight": None,
    "bandColor": None,
    "weightUnit": "Lbs",
    "distanceUnit": None,
}
NOTHING: dict[str, Any] = dict.fromkeys(EXAMPLE)


async def complete(person: Person, id: int) -> None:
    answer = await person.json("PUT", f"/api/Workouts/{id}/Complete", {"id": id})
    assert answer.status_code == 204


# POST /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets


async def test_add_a_set(ann: Person) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    answer = await ann.json("POST", path, EXAMPLE)
    assert answer.status_code == 201
    set_id = await answer.get_json()
    assert answer.headers["Location"] == f"{path}/{set_id}"
    assert (await sets_of(ann, id))[1] == [{"id": set_id, "position": 1, **EXAMPLE}]
    row = await WorkoutSet.get(id=set_id)
    assert (row.weight_grams, row.set_type) == (61235, "working")
    assert row.completed_at is not None


@pytest.mark.parametrize(
    "said",
    [
        {"weight": 82.5, "reps": 5, "weightUnit": "Kg"},
        {"weight": 0.1, "weightUnit": "Lbs"},
        {"weight": 0.0, "reps": 0, "weightUnit": "Lbs"},
        {"weight": 10000.0, "reps": 10000, "weightUnit": "Kg"},
        {"weight": 135.123456789, "weightUnit": "Lbs"},
        {"reps": 12, "weightUnit": "Lbs", "distanceUnit": "Miles"},
        {"duration": 90},
        {"duration": 90.5},
        {"duration": 86400},
        {"distance": 5.25, "distanceUnit": "Miles", "duration": 1800},
        {"distance": 400.0, "distanceUnit": "Meters"},
        {"distance": 1000000.0, "distanceUnit": "Yards"},
        {"distance": 0.001, "distanceUnit": "Kilometers"},
        {"bodyweight": 180.4, "weightUnit": "Lbs"},
        {"bodyweight": 0.0, "reps": 8, "weightUnit": "Kg"},
        {"bodyweight": 82.1, "weight": 20.0, "reps": 8, "weightUnit": "Kg"},
        {"bandColor": "Red"},
        {"bandColor": "b" * 50, "reps": 15},
    ],
)
async def test_what_was_written_reads_back_identically(ann: Person, said: dict[str, Any]) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    added = await lift(ann, id, **said)
    whole = {"id": added, "position": 1, **NOTHING, **said}
    assert (await sets_of(ann, id))[1] == [whole]
    answer = await ann.json("PUT", f"{path}/{added}", {**NOTHING, **said})
    assert answer.status_code == 204
    assert (await sets_of(ann, id))[1] == [whole]
    await complete(ann, id)
    assert (await sets_of(ann, id))[1] == [whole]


async def test_units_come_as_names_of_any_case_or_as_numbers(ann: Person) -> None:
    id = await begun(ann)
    for unit in ("kg", "KG", 1, "1"):
        await lift(ann, id, weight="82.5", weightUnit=unit, reps="5")
    for number, unit in enumerate(("Miles", "Kilometers", "Meters", "Yards")):
        await lift(ann, id, distance=1, distanceUnit=number)
        await lift(ann, id, distance=1, distanceUnit=unit.lower())
    sets = (await sets_of(ann, id))[1]
    assert {(each["weight"], each["weightUnit"], each["reps"]) for each in sets[:4]} == {
        (82.5, "Kg", 5)
    }
    assert [each["distanceUnit"] for each in sets[4::2]] == [
        "Miles",
        "Kilometers",
        "Meters",
        "Yards",
    ]
    assert sets[4::2] == [{**each, "id": each["id"] - 1, "position": each["position"] - 1}
                          for each in sets[5::2]]  # fmt: skip


async def test_without_a_unit_a_weight_is_in_the_persons(ann: Person) -> None:
    id = await begun(ann)
    await lift(ann, id, weight=80)
    await ann.json("PUT", "/api/UserPreferences", {"weightUnit": "Lbs"})
    await lift(ann, id, weight=80)
    assert [each["weightUnit"] for each in (await sets_of(ann, id))[1]] == ["Kg", "Lbs"]


async def test_it_takes_the_place_of_the_next_planned_set_on_the_phone(ann: Person) -> None:
    plan = await gym.routine(
        ann,
        {"slug": "squat-barbell", "sets": 2, "warm_up_sets": 1, "reps_min": 5, "weight": "80",
         "weight_unit": "kg"},
    )  # fmt: skip
    id = await start(ann, plan.id)
    for reps in (3, 4, 5):
        await lift(ann, id, reps=reps)
    rows = await WorkoutSet.filter(workout_id=id).order_by("position")
    told: list[Any] = [(row.set_type, row.planned_reps, row.reps, row.weight) for row in rows]
    assert told[0][2] is None
    assert told[1:] == [
        ("working", 5, 3, None),
        ("working", 5, 4, None),
        ("working", None, 5, None),
    ]
    assert [each["reps"] for each in (await sets_of(ann, id))[1]] == [3, 4, 5]
    page = await (await ann.page("GET", "/session")).get_data(as_text=True)
    assert "Squat (Barbell)" in page


async def test_a_set_of_a_completed_workout_may_still_be_written(ann: Person) -> None:
    id = await begun(ann)
    first = await lift(ann, id)
    await complete(ann, id)
    path, _ = await sets_of(ann, id)
    second = await lift(ann, id, reps=3)
    assert (await ann.json("PUT", f"{path}/{first}", {"reps": 9})).status_code == 204
    assert [each["reps"] for each in (await sets_of(ann, id))[1]] == [9, 3]
    times = await WorkoutSet.filter(id__in=[first, second]).values_list("completed_at", flat=True)
    assert len(set(times)) == 1
    assert (await ann.json("DELETE", f"{path}/{first}")).status_code == 204
    assert [each["id"] for each in (await sets_of(ann, id))[1]] == [second]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "Weight"),
        (NOTHING, "Weight"),
        ({"weightUnit": "Lbs", "distanceUnit": "Miles"}, "Weight"),
        ({"bandColor": "  "}, "Weight"),
        ({"weight": -0.01}, "Weight"),
        ({"weight": 10000.01}, "Weight"),
        ({"weight": "heavy"}, "Weight"),
        ({"weight": True}, "Weight"),
        ({"weight": [1]}, "Weight"),
        ({"weight": "NaN"}, "Weight"),
        ({"weight": "Infinity"}, "Weight"),
        ({"weight": "1." + "1" * 40}, "Weight"),
        ({"weight": 1e-30}, "Weight"),
        ({"reps": -1}, "Reps"),
        ({"reps": 10001}, "Reps"),
        ({"reps": 2**31}, "Reps"),
        ({"reps": 2**63}, "Reps"),
        ({"reps": 1.5}, "Reps"),
        ({"reps": True}, "Reps"),
        ({"duration": -1}, "Duration"),
        ({"duration": 86401}, "Duration"),
        ({"duration": {}}, "Duration"),
        ({"distance": -0.1}, "Distance"),
        ({"distance": 1000001}, "Distance"),
        ({"bodyweight": -1}, "Bodyweight"),
        ({"bodyweight": "x"}, "Bodyweight"),
        ({"bandColor": "b" * 51}, "BandColor"),
        ({"bandColor": "a\x00b"}, "BandColor"),
        ({"bandColor": 5}, "BandColor"),
        ({"reps": 1, "weightUnit": "Stone"}, "WeightUnit"),
        ({"reps": 1, "weightUnit": 2}, "WeightUnit"),
        ({"reps": 1, "weightUnit": -1}, "WeightUnit"),
        ({"reps": 1, "weightUnit": True}, "WeightUnit"),
        ({"reps": 1, "weightUnit": ["Kg"]}, "WeightUnit"),
        ({"reps": 1, "distanceUnit": 4}, "DistanceUnit"),
        ({"reps": 1, "workoutId": 10**9}, "WorkoutId"),
        ({"reps": 1, "exerciseId": 10**9}, "ExerciseId"),
    ],
)
async def test_a_set_that_cannot_be_is_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await begun(ann)
    added = await lift(ann, id)
    path, before = await sets_of(ann, id)
    await refused(await ann.json("POST", path, said), 400, field)
    await refused(await ann.json("PUT", f"{path}/{added}", said), 400, field)
    assert (await sets_of(ann, id))[1] == before


async def test_every_wrong_field_is_told_at_once(ann: Person) -> None:
    path, _ = await sets_of(ann, await begun(ann))
    answer = await ann.json("POST", path, {"weight": -1, "reps": "x", "bandColor": 1})
    body = await refused(answer, 400, "Weight", "Reps", "BandColor")
    assert body["title"] == "One or more validation errors occurred."


async def test_ids_in_the_body_are_optional_and_must_match(ann: Person) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    exercise = int(path.split("/")[-2])
    ids = {"workoutId": id, "exerciseId": str(exercise)}
    added = await made(await ann.json("POST", path, {**ids, "reps": 5}))
    for said in ({}, ids, {**ids, "id": added}, {"setId": added}):
        answer = await ann.json("PUT", f"{path}/{added}", {**said, "reps": 6})
        assert answer.status_code == 204
    for name in ("Id", "SetId", "WorkoutId", "ExerciseId"):
        said = {"reps": 7, name[0].lower() + name[1:]: 10**9}
        await refused(await ann.json("PUT", f"{path}/{added}", said), 400, name)
    assert (await sets_of(ann, id))[1][0]["reps"] == 6


async def test_an_exercise_of_another_workout_or_person_is_not_found(
    ann: Person, bob: Person
) -> None:
    first = await begun(ann)
    path, _ = await sets_of(ann, first)
    exercise = path.split("/")[-2]
    await complete(ann, first)
    second = await begun(ann)
    await refused(await bob.json("POST", path, EXAMPLE), 404)
    for wrong in (
        f"/api/Workouts/{second}/Exercises/{exercise}/Sets",
        f"/api/Workouts/{second + 1000}/Exercises/{exercise}/Sets",
        f"/api/Workouts/{first}/Exercises/{10**17}/Sets",
    ):
        await refused(await ann.json("POST", wrong, EXAMPLE), 404)
    assert not await WorkoutSet.exists(completed_at__not_isnull=True)


async def test_a_timed_rest_has_no_sets(ann: Person) -> None:
    plan = await gym.routine(ann, {"kind": "rest", "duration_seconds": 90})
    id = await start(ann, plan.id)
    rest = await WorkoutItem.get(workout_id=id)
    path = f"/api/Workouts/{id}/Exercises/{rest.id}/Sets"
    await refused(await ann.json("POST", path, EXAMPLE), 404)


async def test_there_is_an_end_to_the_sets_of_an_exercise(ann: Person) -> None:
    id = await begun(ann)
    item = await WorkoutItem.get(workout_id=id)
    await WorkoutSet.filter(item_id=item.id).delete()
    row: Any = {"user_id": ann.user.id, "workout_id": id, "item_id": item.id, "reps": 1}
    row["completed_at"] = (await Workout.get(id=id)).started_at
    await WorkoutSet.bulk_create(WorkoutSet(position=n, **row) for n in range(1, 201))
    path, sets = await sets_of(ann, id)
    assert len(sets) == 200
    await refused(await ann.json("POST", path, EXAMPLE), 400)


async def test_twenty_sets_added_at_once_are_twenty_in_order(ann: Person) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    answers = await asyncio.gather(*(ann.json("POST", path, {"reps": n}) for n in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    _, sets = await sets_of(ann, id)
    assert [each["position"] for each in sets] == list(range(1, 21))
    assert sorted(each["reps"] for each in sets) == list(range(20))
    positions = await WorkoutSet.filter(workout_id=id).values_list("position", flat=True)
    assert len(set(positions)) == 20


async def test_a_set_said_again_with_its_key_is_one_set(ann: Person) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    for _ in range(2):
        await made(await ann.json("POST", path, EXAMPLE, Idempotency_Key="set-1"))
    assert len((await sets_of(ann, id))[1]) == 1


# PUT /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets/{setId}


async def test_update_a_set_whole(ann: Person) -> None:
    id = await begun(ann)
    added = await lift(ann, id, weight=135, reps=10, weightUnit="Lbs", duration=30)
    path, _ = await sets_of(ann, id)
    await WorkoutSet.filter(id=added).update(notes="Slow", rpe="8.5")
    answer = await ann.json("PUT", f"{path}/{added}", {**EXAMPLE, "weight": 140.5, "reps": 8})
    assert answer.status_code == 204
    assert await answer.get_data() == b""
    whole = {"id": added, "position": 1, **EXAMPLE, "weight": 140.5, "reps": 8}
    assert (await sets_of(ann, id))[1] == [whole]
    row = await WorkoutSet.get(id=added)
    assert (row.notes, str(row.rpe)) == ("Slow", "8.5")
    assert await WorkoutSet.exists(id=added, duration_seconds=None)
    assert row.weight_grams == 63730


async def test_a_set_that_is_anothers_not_done_or_none_is_not_found(
    ann: Person, bob: Person
) -> None:
    id = await begun(ann, await bench(ann, "Press"), await bench(ann, "Fly"))
    added = await lift(ann, id)
    path, before = await sets_of(ann, id)
    elsewhere, _ = await sets_of(ann, id, 1)
    planned = await WorkoutSet.filter(workout_id=id, completed_at=None).first()
    assert planned is not None
    for method, said in (("PUT", EXAMPLE), ("DELETE", None)):
        await refused(await bob.json(method, f"{path}/{added}", said), 404)
        await refused(await ann.json(method, f"{elsewhere}/{added}", said), 404)
        await refused(await ann.json(method, f"{path}/{planned.id}", said), 404)
        await refused(await ann.json(method, f"{path}/{10**17}", said), 404)
    assert (await sets_of(ann, id))[1] == before


# DELETE /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets/{setId}


async def test_delete_a_set_and_those_after_it_move_up(ann: Person) -> None:
    id = await begun(ann)
    ids = [await lift(ann, id, reps=reps) for reps in range(1, 6)]
    path, _ = await sets_of(ann, id)
    answer = await ann.json("DELETE", f"{path}/{ids[1]}")
    assert answer.status_code == 204
    left = [(each["id"], each["position"], each["reps"]) for each in (await sets_of(ann, id))[1]]
    assert left == [(ids[0], 1, 1), (ids[2], 2, 3), (ids[3], 3, 4), (ids[4], 4, 5)]
    rows = await WorkoutSet.filter(id__in=ids).order_by("position").values_list("position")
    assert rows == [(1,), (2,), (3,), (4,)]
    await refused(await ann.json("DELETE", f"{path}/{ids[1]}"), 404)
    sixth = await lift(ann, id, reps=6)
    assert (await sets_of(ann, id))[1][-1]["id"] == sixth


async def test_the_statements_of_a_set_do_not_grow_with_the_workout(
    app: Quart, ann: Person
) -> None:
    id = await begun(ann)
    path, _ = await sets_of(ann, id)
    costs = []
    for _ in range(8):
        with counted() as statements:
            await made(await ann.json("POST", path, EXAMPLE))
        costs.append(len(statements))
    assert max(costs[4:]) <= 9
    assert len(set(costs[4:])) == 1
    with counted() as statements:
        await workout(ann, id)
    assert len(statements) == 3
