"""`executions` about workouts, exercise executions and sets, in the order of the document."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.executions import (
    EXECUTION,
    SET,
    WORKOUT,
    ask,
    execution,
    ok,
    order,
    own,
    refused,
    speaks,
    system,
    workout,
)
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Workout, WorkoutSet


@pytest.fixture(autouse=True)
async def _all_speak_executions(ann: Person, bob: Person) -> None:
    await speaks(ann)
    await speaks(bob)


def numbers(execution: Any) -> list[tuple[float, int, int]]:
    return [(s["weight"], s["clean_reps"], s["forced_reps"]) for s in execution["sets"]]


async def begun(person: Person, day: date) -> int:
    """A workout that began at noon of a day; its id."""
    path = await workout(person)
    id = int(path.split("/")[-1])
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    await Workout.filter(id=id).update(started_at=noon, local_date=day)
    return id


async def test_get_workouts(ann: Person, bob: Person) -> None:
    await workout(bob)
    path, squat = await workout(ann), await system()
    await execution(ann, path, squat, sets=[{"weight": 20.0, "clean_reps": 5}])
    whole = await ok(ann, "GET", path)
    listed = await ok(ann, "GET", "/workouts/")
    assert listed == {"workouts": [whole], "total": 1, "page": 1, "per_page": 20}
    assert tuple(listed) == ("workouts", "total", "page", "per_page")
    [done] = listed["workouts"][0]["exercise_executions"]
    assert (tuple(done), tuple(done["sets"][0])) == (EXECUTION, SET)


async def test_get_workouts_of_some_days_finished_or_not(ann: Person) -> None:
    days = [date(2024, 1, day) for day in (1, 15, 31)]
    first, second, third = [await begun(ann, day) for day in days]
    await ok(ann, "PATCH", f"/workouts/{second}/finish")

    async def found(query: str) -> list[int]:
        return [each["id"] for each in (await ok(ann, "GET", f"/workouts?{query}"))["workouts"]]

    assert await found("") == [third, second, first]
    assert await found("start_date=2024-01-01&end_date=2024-01-31") == [third, second, first]
    assert await found("start_date=2024-01-02&end_date=2024-01-30") == [second]
    assert await found("end_date=2024-01-14") == [first]
    assert await found("start_date=2024-01-31") == [third]
    assert await found("start_date=2024-01-31&end_date=2024-01-01") == []
    assert await found("start_date=2024-01-01&end_date=2024-01-31&finished=true") == [second]
    assert await found("finished=false") == [third, first]
    assert await found("start_date=0001-01-01&end_date=9999-12-31") == [third, second, first]
    page = await ok(ann, "GET", "/workouts?page=2&per_page=2&start_date=")
    assert ([each["id"] for each in page["workouts"]], page["total"]) == ([first], 3)


async def test_get_one_workout(ann: Person) -> None:
    path = await workout(ann)
    assert tuple(await ok(ann, "GET", path)) == WORKOUT
    assert await ok(ann, "GET", f"{path}/") == await ok(ann, "GET", path)


async def test_post_workouts(ann: Person) -> None:
    made = await ok(ann, "POST", "/workouts", {"finished_at": "2024-01-01T00:00:00Z"}, 201)
    assert tuple(made) == WORKOUT
    assert (made["finished_at"], made["exercise_executions"]) == (None, [])
    assert made["created_by_user_id"] == made["updated_by_user_id"] == ann.user.id
    datetime.strptime(made["created_at"], "%Y-%m-%dT%H:%M:%SZ")
    assert await ok(ann, "GET", f"/workouts/{made['id']}") == made
    another = await ok(ann, "POST", "/workouts/", status=201)
    assert another["id"] != made["id"], "one may begin beside another"
    assert (await Workout.get(id=made["id"])).source == "executions"


async def test_finish_workout(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    done = await execution(ann, path, squat, sets=[{"weight": 20, "clean_reps": 5}])
    empty = await execution(ann, path, await system("plank"))
    finished = await ok(ann, "PATCH", f"{path}/finish")
    assert tuple(finished) == WORKOUT
    assert finished["finished_at"] >= finished["created_at"]
    assert finished["exercise_executions"] == [done, empty]
    assert await ok(ann, "GET", path) == finished
    assert await ask(ann, "PATCH", f"{path}/finish") == refused("already finished")
    assert await ok(ann, "GET", path) == finished


async def test_finishing_an_empty_workout_keeps_it(ann: Person) -> None:
    path = await workout(ann)
    await ok(ann, "PATCH", f"{path}/finish", {})
    kept = await ok(ann, "GET", path)
    assert (kept["exercise_executions"], kept["finished_at"] is None) == ([], False)
    assert (await ok(ann, "GET", "/workouts?finished=true"))["workouts"] == [kept]


async def test_delete_workout_in_progress_or_finished(ann: Person) -> None:
    running, finished = await workout(ann), await workout(ann)
    await ok(ann, "PATCH", f"{finished}/finish")
    for path in (running, finished):
        assert await ask(ann, "DELETE", path) == (204, None)
        for method in ("GET", "DELETE"):
            assert (await ask(ann, method, path))[0] == 404
    assert (await ok(ann, "GET", "/workouts"))["total"] == 0
    assert await Workout.filter(deleted_at__isnull=False).count() == 2, "they are in the trash"


async def test_get_exercise_execution(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    made = await execution(ann, path, squat, note_text="Good form today", sets=[{"clean_reps": 9}])
    assert await ok(ann, "GET", f"{path}/exercise-executions/{squat}") == made
    assert (tuple(made), made["exercise_order"]) == (EXECUTION, 1)


async def test_put_exercise_execution_of_the_document(ann: Person) -> None:
    path, exercise = await workout(ann), await own(ann)
    said = {
        "exercise_order": 1,
        "note_text": "Updated exercise notes",
        "sets": [
            {"note_text": "First set", "weight": 10.0, "clean_reps": 8, "forced_reps": 0},
            {"note_text": "Second set", "weight": 12.5, "clean_reps": 6, "forced_reps": 2},
        ],
    }
    made = await execution(ann, path, exercise["id"], **said)
    assert (tuple(made), tuple(made["sets"][0])) == (EXECUTION, SET)
    assert (made["exercise_id"], made["exercise_name"]) == (exercise["id"], "Custom Push-ups")
    assert (made["exercise_order"], made["note_text"]) == (1, "Updated exercise notes")
    same = ("note_text", "weight", "clean_reps", "forced_reps")
    assert [{name: each[name] for name in same} for each in made["sets"]] == said["sets"]
    assert all(each["exercise_id"] == exercise["id"] for each in made["sets"])
    assert all(each["updated_at"] >= each["created_at"] for each in made["sets"])
    rows = await WorkoutSet.filter(exercise_id=exercise["id"]).order_by("id")
    assert [(str(row.weight), row.weight_unit, row.weight_grams) for row in rows] == [
        ("10", "lb", 4536),
        ("12.5", "lb", 5670),
    ]
    assert all(row.completed_at for row in rows)


async def test_put_exercise_execution_replaces_all_of_it(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    sets = [{"clean_reps": n, "id": 7} for n in (8, 6)]
    before = await execution(ann, path, squat, note_text="Old", sets=sets)
    other = await execution(ann, path, await system("plank"), sets=[{"clean_reps": 1}])
    after = await execution(ann, path, squat, sets=[{"weight": 5, "clean_reps": 9}])
    assert (after["note_text"], numbers(after)) == (None, [(5.0, 9, 0)])
    assert (after["exercise_order"], after["created_at"]) == (1, before["created_at"])
    assert after["sets"][0]["id"] not in [each["id"] for each in before["sets"]]
    assert (await ok(ann, "GET", path))["exercise_executions"] == [after, other]
    assert numbers(await execution(ann, path, squat)) == []


async def test_delete_exercise_execution(ann: Person) -> None:
    path = await workout(ann)
    ids = [await system(slug) for slug in ("squat-barbell", "plank", "bench-press-barbell")]
    for id in ids:
        await execution(ann, path, id, sets=[{"clean_reps": 1}])
    gone = f"{path}/exercise-executions/{ids[1]}"
    assert await ask(ann, "DELETE", gone) == (204, None)
    assert await order(ann, path) == [(ids[0], 1), (ids[2], 2)]
    for method in ("GET", "DELETE", "PATCH"):
        assert (await ask(ann, method, gone, None if method == "GET" else {}))[0] == 404
    again = await execution(ann, path, ids[1])
    assert (again["exercise_order"], again["sets"]) == (3, [])


async def test_patch_exercise_execution(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    made = await execution(ann, path, squat, sets=[{"weight": 20.0, "clean_reps": 12}])
    at = f"{path}/exercise-executions/{squat}"
    said = {"note_text": "Updated exercise notes", "exercise_order": 2}
    edited = await ok(ann, "PATCH", at, said)
    assert tuple(edited) == EXECUTION
    assert edited == {**made, **said, "updated_at": edited["updated_at"]}
    assert (await ok(ann, "PATCH", at, {}))["note_text"] == "Updated exercise notes"
    assert (await ok(ann, "PATCH", at, {"note_text": None}))["note_text"] is None
    assert await order(ann, path) == [(squat, 2)]


async def test_an_exercise_that_goes_to_a_taken_number_moves_those_between(ann: Person) -> None:
    path = await workout(ann)
    a, b, c = [await system(slug) for slug in ("squat-barbell", "plank", "bench-press-barbell")]
    for each in (a, b, c):
        await execution(ann, path, each)
    await ok(ann, "PATCH", f"{path}/exercise-executions/{a}", {"exercise_order": 2})
    assert await order(ann, path) == [(b, 1), (a, 2), (c, 3)]
    await execution(ann, path, c, exercise_order=1)
    assert await order(ann, path) == [(c, 1), (b, 2), (a, 3)]
    new = await system("deadlift-barbell")
    await execution(ann, path, new, exercise_order=2)
    assert await order(ann, path) == [(c, 1), (new, 2), (b, 3), (a, 4)]
    await execution(ann, path, new, exercise_order=9)
    assert await order(ann, path) == [(c, 1), (b, 3), (a, 4), (new, 9)]


async def test_reorder_exercises(ann: Person) -> None:
    path = await workout(ann)
    ids = [await system(slug) for slug in ("squat-barbell", "plank", "bench-press-barbell")]
    for id in ids:
        await execution(ann, path, id, sets=[{"clean_reps": 1}])
    a, b, c = ids
    at = f"{path}/exercise-executions/reorder"
    said = await ok(ann, "PATCH", at, {"exercise_ids": [c, str(a), b]})
    assert tuple(said) == ("message", "exercise_executions")
    assert said["message"] == "Exercise order updated successfully"
    assert all(tuple(each) == EXECUTION for each in said["exercise_executions"])
    assert await order(ann, path) == [(c, 1), (a, 2), (b, 3)]
    assert (await ok(ann, "GET", path))["exercise_executions"] == said["exercise_executions"]
    for wrong in ([c, a], [c, a, b, b], [c, a, 999_999], [], [c, a, b, 999_999]):
        assert await ask(ann, "PATCH", at, {"exercise_ids": wrong}) == refused("mismatch")
    assert await order(ann, path) == [(c, 1), (a, 2), (b, 3)]
    empty = f"{await workout(ann)}/exercise-executions/reorder"
    assert (await ok(ann, "PATCH", empty, {"exercise_ids": []}))["exercise_executions"] == []


async def test_post_set(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    await execution(ann, path, squat)
    at = f"{path}/exercise-executions/{squat}/sets"
    said = {
        "note_text": "First set, felt strong",
        "weight": 20.0,
        "clean_reps": 12,
        "forced_reps": 0,
    }
    made = await ok(ann, "POST", at, {**said, "id": 9}, 201)
    assert tuple(made) == SET
    assert made == {**made, **said, "exercise_id": squat}
    bare = await ok(ann, "POST", f"{at}/", {"clean_reps": 3}, 201)
    assert (bare["weight"], bare["forced_reps"], bare["note_text"]) == (0.0, 0, None)
    shown = await ok(ann, "GET", f"{path}/exercise-executions/{squat}")
    assert shown["sets"] == [made, bare]
    row = await WorkoutSet.get(id=made["id"])
    assert (str(row.weight), row.weight_unit, row.set_type) == ("20", "lb", "working")


async def test_post_set_of_what_is_measured_by_time_says_just_what_was_said(ann: Person) -> None:
    path, plank = await workout(ann), await system("plank")
    await execution(ann, path, plank, sets=[{"clean_reps": 1}])
    at = f"{path}/exercise-executions/{plank}/sets"
    made = await ok(ann, "POST", at, {"weight": 5.5, "clean_reps": 0}, 201)
    assert (made["weight"], made["clean_reps"]) == (5.5, 0)
    row = await WorkoutSet.get(id=made["id"])
    assert (row.duration_seconds is None, row.distance is None, row.reps) == (True, True, 0)


async def test_post_set_once_for_each_idempotency_key(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    await execution(ann, path, squat)
    at = f"{path}/exercise-executions/{squat}/sets"
    said = [await ask(ann, "POST", at, {"clean_reps": 5}, Idempotency_Key="k") for _ in range(2)]
    assert said[0] == said[1]
    assert len((await ok(ann, "GET", path))["exercise_executions"][0]["sets"]) == 1


async def test_patch_set(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    sets = [{"weight": 20, "clean_reps": 12, "forced_reps": 1}, {"clean_reps": 1}]
    first, second = (await execution(ann, path, squat, sets=sets))["sets"]
    at = f"{path}/exercise-executions/{squat}/sets/{first['id']}"
    said = {"weight": 22.5, "clean_reps": 10, "note_text": "Increased weight"}
    edited = await ok(ann, "PATCH", at, said)
    assert tuple(edited) == SET
    assert edited == {**first, **said, "updated_at": edited["updated_at"]}
    only = await ok(ann, "PATCH", at, {"forced_reps": 3})
    assert only == {**edited, "forced_reps": 3, "updated_at": only["updated_at"]}
    none = await ok(ann, "PATCH", at, {"weight": None, "note_text": None, "forced_reps": None})
    assert (none["weight"], none["note_text"], none["forced_reps"]) == (0.0, None, 0)
    shown = await ok(ann, "GET", f"{path}/exercise-executions/{squat}")
    assert shown["sets"] == [none, second]


async def test_delete_set(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    sets = [{"clean_reps": n} for n in (1, 2, 3)]
    first, second, third = (await execution(ann, path, squat, sets=sets))["sets"]
    at = f"{path}/exercise-executions/{squat}/sets"
    assert await ask(ann, "DELETE", f"{at}/{second['id']}") == (204, None)
    assert (await ask(ann, "DELETE", f"{at}/{second['id']}"))[0] == 404
    shown = await ok(ann, "GET", f"{path}/exercise-executions/{squat}")
    assert shown["sets"] == [first, third]
    fourth = await ok(ann, "POST", at, {"clean_reps": 4}, 201)
    rows = await WorkoutSet.filter(exercise_id=squat).order_by("position")
    assert [row.id for row in rows] == [first["id"], third["id"], fourth["id"]]
    assert [row.position for row in rows] == [1, 2, 3]


pounds = st.decimals(0, 10_000, places=4).map(float) | st.floats(0, 10_000).map(
    lambda number: round(number, 9)
)
sets = st.lists(
    st.fixed_dictionaries(
        {"clean_reps": st.integers(0, 10_000), "weight": pounds},
        optional={
            "forced_reps": st.integers(0, 10_000),
            "note_text": st.none()
            | st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=40),
        },
    ),
    max_size=5,
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sets=sets)
async def test_what_was_written_reads_back_identically(ann: Person, sets: Any) -> None:
    path, squat = await workout(ann), await system()
    await execution(ann, path, squat, sets=sets)
    read = (await ok(ann, "GET", path))["exercise_executions"][0]["sets"]
    names = ("clean_reps", "weight", "forced_reps", "note_text")
    usual = {"forced_reps": 0, "note_text": None}
    assert [{name: each[name] for name in names} for each in read] == [
        {name: {**usual, **each}[name] for name in names} for each in sets
    ]


async def test_reading_costs_a_fixed_number_of_statements(ann: Person) -> None:
    squat, plank = await system(), await system("plank")
    for _ in range(3):
        path = await workout(ann)
        for exercise in (squat, plank):
            await execution(ann, path, exercise, sets=[{"clean_reps": 1}] * 3)
    for asked, cost in ((path, 4), ("/workouts?per_page=1", 5), ("/workouts?per_page=100", 5)):
        with counted() as statements:
            await ok(ann, "GET", asked)
        assert len(statements) == cost, statements


async def test_logging_a_set_costs_as_much_after_years_of_training(ann: Person) -> None:
    squat = await system()
    costs = []
    for _ in range(3):
        path = await workout(ann)
        await execution(ann, path, squat, sets=[{"clean_reps": 1}] * 3)
        with counted() as statements:
            await ok(
                ann, "POST", f"{path}/exercise-executions/{squat}/sets", {"clean_reps": 1}, 201
            )
        costs.append(len(statements))
        await ok(ann, "PATCH", f"{path}/finish")
    assert len(set(costs)) == 1, costs


async def test_a_workout_left_running_ends_with_its_last_set(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    [done] = (await execution(ann, path, squat, sets=[{"clean_reps": 1}]))["sets"]
    long_ago = datetime.now(UTC) - timedelta(days=1)
    await WorkoutSet.filter(id=done["id"]).update(completed_at=long_ago)
    finished = await ok(ann, "PATCH", f"{path}/finish")
    assert finished["finished_at"] == f"{long_ago:%Y-%m-%dT%H:%M:%SZ}"
