"""`gym`, /api/Workouts in the document's order: every operation, its example and its refusals."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support import gym, world
from tests.support.gym_api import (
    begun,
    bench,
    done,
    lift,
    made,
    place,
    refused,
    sets_of,
    shown,
    start,
    template,
    workout,
)
from tests.support.world import Person
from webapp.models import Exercise, Workout, WorkoutItem, WorkoutSet

DETAIL = (
    *("id", "templateName", "status", "startedAt", "endedAt", "notes", "rating", "locationId"),
    *("locationName", "exercises"),
)
EXERCISE = (
    *("id", "exerciseTemplateId", "exerciseName", "implementType", "exerciseType", "position"),
    "sets",
)
SET = (
    *("id", "position", "weight", "reps", "duration", "distance", "bodyweight", "bandColor"),
    *("weightUnit", "distanceUnit"),
)
BRIEF = ("id", "templateName", "startedAt", "endedAt", "rating", "locationName")


def is_recent(text: str) -> bool:
    when = datetime.fromisoformat(text)
    return text.endswith("Z") and abs(datetime.now(UTC) - when) < timedelta(minutes=1)


async def put(person: Person, id: int, what: str = "", /, **said: Any) -> Any:
    return await person.json("PUT", f"/api/Workouts/{id}{what}", {"id": id, **said})


# POST /api/Workouts


async def test_start_a_workout_from_a_template(ann: Person) -> None:
    gym_id, press = await place(ann), await bench(ann)
    plan = await template(ann, press, locationId=gym_id)
    answer = await ann.json("POST", "/api/Workouts", {"workoutTemplateId": plan})
    assert answer.status_code == 201
    id = await answer.get_json()
    assert type(id) is int
    assert answer.headers["Location"] == f"/api/Workouts/{id}"
    body = await workout(ann, id)
    assert is_recent(body.pop("startedAt"))
    (exercise,) = body.pop("exercises")
    assert exercise.pop("id") > 0
    assert exercise == {
        "exerciseTemplateId": press,
        "exerciseName": "Bench Press",
        "implementType": "Barbell",
        "exerciseType": "Reps",
        "position": 1,
        "sets": [],
    }
    assert body == {
        "id": id,
        "templateName": "Push Day",
        "status": "InProgress",
        "endedAt": None,
        "notes": None,
        "rating": None,
        "locationId": gym_id,
        "locationName": "Iron Works Gym",
    }


async def test_an_id_may_be_digits_and_unknown_keys_say_nothing(ann: Person) -> None:
    said = {"workoutTemplateId": str(await template(ann)), "surprise": {"of": ["any", "kind"]}}
    await made(await ann.json("POST", "/api/Workouts", said))


async def test_another_workout_in_progress_is_refused_before_the_template_is_looked_for(
    ann: Person,
) -> None:
    id = await begun(ann)
    for unknown in (id + 1000, 1):
        answer = await ann.json("POST", "/api/Workouts", {"workoutTemplateId": unknown})
        await refused(answer, 400)
    assert await Workout.filter(user_id=ann.user.id).count() == 1


async def test_a_template_that_is_anothers_deleted_or_none_is_not_found(
    ann: Person, bob: Person
) -> None:
    bobs, gone = await template(bob), await template(ann)
    assert (await ann.json("DELETE", f"/api/WorkoutTemplates/{gone}")).status_code == 204
    for id in (bobs, gone, 10**9, 2**63 - 1):
        await refused(await ann.json("POST", "/api/Workouts", {"workoutTemplateId": id}), 404)
    assert not await Workout.exists()


@pytest.mark.parametrize("id", [None, 0, -1, 2**63, 1e300, 1.5, True, "x", "", [], {}, [1]])
async def test_a_template_id_that_is_none_is_told(ann: Person, id: Any) -> None:
    answer = await ann.json("POST", "/api/Workouts", {"workoutTemplateId": id})
    await refused(answer, 400, "WorkoutTemplateId")
    await refused(await ann.json("POST", "/api/Workouts", {}), 400, "WorkoutTemplateId")


async def test_of_twenty_starts_at_once_one_is_carried_out(ann: Person) -> None:
    said = {"workoutTemplateId": await template(ann, await bench(ann))}
    answers = await asyncio.gather(
        *(ann.json("POST", "/api/Workouts", said) for _ in range(20)),
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201, *[400] * 19]
    assert await Workout.filter(user_id=ann.user.id).count() == 1
    assert await WorkoutItem.filter(user_id=ann.user.id).count() == 1


async def test_a_start_said_again_with_its_key_is_the_same_workout(ann: Person) -> None:
    said = {"workoutTemplateId": await template(ann)}
    first = await ann.json("POST", "/api/Workouts", said, Idempotency_Key="start-1")
    again = await ann.json("POST", "/api/Workouts", said, Idempotency_Key="start-1")
    assert await made(first) == await made(again)


# GET /api/Workouts/InProgress


async def test_nothing_in_progress_is_no_content(ann: Person, bob: Person) -> None:
    await begun(bob)
    answer = await ann.json("GET", "/api/Workouts/InProgress")
    assert answer.status_code == 204
    assert await answer.get_data() == b""


async def test_the_workout_in_progress_with_its_sets(ann: Person) -> None:
    id = await begun(ann)
    set_id = await lift(ann, id)
    body = await shown(ann, "/api/Workouts/InProgress")
    assert tuple(body) == DETAIL
    (exercise,) = body["exercises"]
    assert tuple(exercise) == EXERCISE
    (first,) = exercise["sets"]
    assert tuple(first) == SET
    assert first == {
        "id": set_id,
        "position": 1,
        "weight": 135.0,
        "reps": 10,
        "duration": None,
        "distance": None,
        "bodyweight": None,
        "bandColor": None,
        "weightUnit": "Lbs",
        "distanceUnit": None,
    }
    assert body == await workout(ann, id)


async def test_what_the_phone_plans_and_logs_reads_sensibly(ann: Person) -> None:
    """Rests are left out, and so are the sets that are not done."""
    plan = await gym.routine(
        ann,
        {"slug": "squat-barbell", "sets": 3, "reps_min": 5, "weight": "80", "weight_unit": "kg"},
        {"kind": "rest", "duration_seconds": 90},
        {"slug": "plank", "sets": 1, "duration_seconds": 60},
    )
    id = await start(ann, plan.id)
    body = await workout(ann, id)
    assert [each["exerciseName"] for each in body["exercises"]] == ["Squat (Barbell)", "Plank"]
    assert [each["position"] for each in body["exercises"]] == [1, 2]
    assert [each["exerciseType"] for each in body["exercises"]] == ["Reps", "Duration"]
    assert [each["sets"] for each in body["exercises"]] == [[], []]
    second = await WorkoutSet.filter(user_id=ann.user.id, position=2).first()
    assert second is not None
    await ann.page("POST", f"/session/sets/{second.uuid}/log", {"reps": "5", "weight": "82.5"})
    _, sets = await sets_of(ann, id)
    assert [(each["position"], each["weight"], each["weightUnit"]) for each in sets] == [
        (1, 82.5, "Kg")
    ]


# GET /api/Workouts/Recent


async def test_the_three_workouts_completed_last(ann: Person, bob: Person) -> None:
    assert await shown(ann, "/api/Workouts/Recent") == []
    ids = [await done(ann, rating=4, endedAt=f"2099-02-1{day}T11:15:00Z") for day in (3, 1, 4, 2)]
    await done(bob)
    await begun(ann)
    body = await shown(ann, "/api/Workouts/Recent")
    assert [each["id"] for each in body] == [ids[2], ids[0], ids[3]]
    assert tuple(body[0]) == BRIEF
    assert is_recent(body[0].pop("startedAt"))
    assert body[0] == {
        "id": ids[2],
        "templateName": "Push Day",
        "endedAt": "2099-02-14T11:15:00Z",
        "rating": 4,
        "locationName": None,
    }


# GET /api/Workouts/{id}


async def test_a_workout_by_its_id(ann: Person, bob: Person) -> None:
    id = await done(ann, notes="Good workout", rating=4)
    body = await workout(ann, id)
    assert tuple(body) == DETAIL
    assert body["status"] == "Completed"
    assert is_recent(body["endedAt"])
    assert (body["notes"], body["rating"]) == ("Good workout", 4)
    assert [each["exerciseName"] for each in body["exercises"]] == ["Bench Press"]
    await refused(await bob.json("GET", f"/api/Workouts/{id}"), 404)
    for none in (id + 1000, 0, 10**17):
        await refused(await ann.json("GET", f"/api/Workouts/{none}"), 404)


async def test_what_is_in_the_trash_is_not_there(ann: Person) -> None:
    id = await done(ann)
    uuid = (await Workout.get(id=id)).uuid
    await ann.page("POST", f"/workouts/{uuid}/delete", {})
    await refused(await ann.json("GET", f"/api/Workouts/{id}"), 404)
    await refused(await put(ann, id, notes="?"), 404)
    assert (await shown(ann, "/api/Workouts"))["items"] == []
    assert await shown(ann, "/api/Workouts/Recent") == []


async def test_snapshots_outlive_template_exercise_and_location(ann: Person) -> None:
    gym_id, press = await place(ann), await bench(ann)
    plan = await template(ann, press, locationId=gym_id)
    id = await start(ann, plan)
    for path in (f"WorkoutTemplates/{plan}", f"ExerciseTemplates/{press}", f"Locations/{gym_id}"):
        assert (await ann.json("DELETE", f"/api/{path}")).status_code == 204
        await refused(await ann.json("GET", f"/api/{path}"), 404)
    body = await workout(ann, id)
    assert body["templateName"] == "Push Day"
    assert (body["locationId"], body["locationName"]) == (None, "Iron Works Gym")
    assert body["exercises"][0]["exerciseName"] == "Bench Press"
    renamed = await ann.json("PUT", f"/api/WorkoutTemplates/{plan}", {"id": plan, "name": "X"})
    await refused(renamed, 404)


async def test_a_workout_nobody_planned_is_told_by_its_name(ann: Person) -> None:
    await ann.json("POST", "/api/session/start", {})
    body = await shown(ann, "/api/Workouts/InProgress")
    assert body["templateName"].endswith(" workout")
    assert body["exercises"] == []


async def test_cardio_without_an_exercise_has_no_template(ann: Person) -> None:
    plan = await gym.routine(ann, {"kind": "cardio", "duration_seconds": 600})
    (exercise,) = (await workout(ann, await start(ann, plan.id)))["exercises"]
    assert exercise["exerciseTemplateId"] is None
    assert exercise["exerciseType"] == "Duration"


async def test_two_in_progress_read_as_the_one_begun_last(ann: Person) -> None:
    first = await begun(ann)
    now = datetime.now(UTC)
    other: Any = {"name": "Other", "started_at": now, "local_date": now.date()}
    second = await Workout.create(user_id=ann.user.id, **other)
    assert (await shown(ann, "/api/Workouts/InProgress"))["id"] == second.id
    assert (await put(ann, first, "/Complete")).status_code == 204
    assert (await shown(ann, "/api/Workouts/InProgress"))["id"] == second.id


# PUT /api/Workouts/{id}


async def test_update_a_workout(ann: Person) -> None:
    id, gym_id = await done(ann), await place(ann)
    said = {
        "locationId": gym_id,
        "notes": "Great session, hit a new PR on bench",
        "rating": 5,
        "startedAt": "2026-02-15T10:00:00Z",
        "endedAt": "2026-02-15T11:15:00Z",
    }
    answer = await put(ann, id, **said)
    assert answer.status_code == 204
    assert await answer.get_data() == b""
    body = await workout(ann, id)
    assert {name: body[name] for name in said} == said
    assert body["locationName"] == "Iron Works Gym"
    assert body["status"] == "Completed"
    assert str((await Workout.get(id=id)).local_date) == "2026-02-15"


async def test_one_in_progress_is_updated_alike(ann: Person) -> None:
    id = await begun(ann)
    said = {"notes": "Half way", "rating": 3, "startedAt": "2026-02-15T10:00:00.5Z"}
    assert (await put(ann, id, **said)).status_code == 204
    assert (await put(ann, id, endedAt="2026-02-15T12:15:00+01:00")).status_code == 204
    body = await shown(ann, "/api/Workouts/InProgress")
    assert (body["notes"], body["rating"]) == ("Half way", 3)
    assert body["startedAt"] == "2026-02-15T10:00:00.500000Z"
    assert body["endedAt"] == "2026-02-15T11:15:00Z"
    assert body["status"] == "InProgress"


async def test_absent_is_unchanged_and_null_clears_location_notes_and_rating(ann: Person) -> None:
    id, gym_id = await begun(ann), await place(ann)
    await put(ann, id, locationId=gym_id, notes="Hm", rating=2)
    before = await workout(ann, id)
    assert (await put(ann, id)).status_code == 204
    assert await workout(ann, id) == before
    nothing: Any = dict.fromkeys(["locationId", "notes", "rating", "startedAt", "endedAt"])
    assert (await put(ann, id, **nothing)).status_code == 204
    cleared = {"locationId": None, "locationName": None, "notes": None, "rating": None}
    assert await workout(ann, id) == {**before, **cleared}


async def test_a_location_said_again_keeps_the_snapshot_of_its_name(ann: Person) -> None:
    id, gym_id = await begun(ann), await place(ann)
    await put(ann, id, locationId=gym_id)
    await ann.json("PUT", f"/api/Locations/{gym_id}", {"id": gym_id, "name": "Moved"})
    await put(ann, id, locationId=gym_id, rating=1)
    assert (await workout(ann, id))["locationName"] == "Iron Works Gym"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"id": 10**9}, "Id"),
        ({"id": None}, "Id"),
        ({"notes": "n" * 2001}, "Notes"),
        ({"notes": 5}, "Notes"),
        ({"notes": "a\x00b"}, "Notes"),
        ({"rating": 0}, "Rating"),
        ({"rating": 6}, "Rating"),
        ({"rating": 4.5}, "Rating"),
        ({"rating": True}, "Rating"),
        ({"rating": 2**63}, "Rating"),
        ({"locationId": 2**63}, "LocationId"),
        ({"locationId": [1]}, "LocationId"),
        ({"startedAt": "yesterday"}, "StartedAt"),
        ({"startedAt": "1950-01-01T00:00:00Z"}, "StartedAt"),
        ({"startedAt": {}}, "StartedAt"),
        ({"endedAt": "9999-12-31T23:59:59-23:59"}, "EndedAt"),
        ({"startedAt": "2026-02-15T10:00:00Z", "endedAt": "2026-02-15T10:00:00Z"}, "EndedAt"),
        ({"startedAt": "2026-02-15T10:00:00Z", "endedAt": "2026-02-15T09:59:59Z"}, "EndedAt"),
        ({"startedAt": "2099-02-15T10:00:00Z"}, "EndedAt"),
        ({"endedAt": "2020-02-15T10:00:00Z"}, "EndedAt"),
    ],
)
async def test_an_update_that_cannot_be_is_refused_and_changes_nothing(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await done(ann, notes="Before")
    before = await workout(ann, id)
    await refused(await put(ann, id, **{"rating": 1, "notes": "After", **said}), 400, field)
    assert await workout(ann, id) == before


async def test_an_update_at_the_limits_is_taken(ann: Person) -> None:
    id = await done(ann)
    for rating in (1, 5):
        assert (await put(ann, id, notes="n" * 2000, rating=rating)).status_code == 204
    times = {"startedAt": "2026-02-15T10:00:00Z", "endedAt": "2026-02-15T10:00:01Z"}
    assert (await put(ann, id, **times)).status_code == 204


async def test_an_update_without_its_id_is_refused(ann: Person) -> None:
    id = await done(ann)
    await refused(await ann.json("PUT", f"/api/Workouts/{id}", {"rating": 1}), 400, "Id")


async def test_anothers_workout_or_location_is_not_found(ann: Person, bob: Person) -> None:
    id, bobs = await done(ann), await place(bob)
    await refused(await put(bob, id, rating=1), 404)
    await refused(await put(ann, id, rating=1, locationId=bobs), 404)
    await refused(await put(ann, id + 1000, rating=1), 404)
    assert (await workout(ann, id))["rating"] is None


async def test_the_moments_of_sets_move_with_a_past_workout(ann: Person) -> None:
    id = await begun(ann)
    await lift(ann, id)
    await put(ann, id, "/Complete", endedAt="2099-01-01T00:00:00Z")
    said = {"startedAt": "2026-02-15T10:00:00Z", "endedAt": "2026-02-15T11:15:00Z"}
    assert (await put(ann, id, **said)).status_code == 204
    at = (await WorkoutSet.get(workout_id=id, completed_at__not_isnull=True)).completed_at
    assert at is not None and (at.year, at.month, at.day, at.hour) == (2026, 2, 15, 10)


# PUT /api/Workouts/{id}/Complete


async def test_complete_a_workout(ann: Person) -> None:
    id = await begun(ann)
    said = {
        "notes": "Good workout",
        "rating": 4,
        "startedAt": "2026-02-15T10:00:00Z",
        "endedAt": "2026-02-15T11:15:00Z",
    }
    answer = await put(ann, id, "/Complete", **said)
    assert answer.status_code == 204
    body = await workout(ann, id)
    assert {name: body[name] for name in said} == said
    assert body["status"] == "Completed"
    assert (await ann.json("GET", "/api/Workouts/InProgress")).status_code == 204
    await begun(ann)


async def test_completed_without_an_end_it_ends_now_and_keeps_what_was_said(ann: Person) -> None:
    id = await begun(ann, await bench(ann), await bench(ann, "Fly"))
    await lift(ann, id)
    await put(ann, id, notes="Before", rating=2, endedAt="2099-02-15T11:15:00Z")
    nothing: Any = dict.fromkeys(["notes", "rating", "startedAt", "endedAt"])
    assert (await put(ann, id, "/Complete", **nothing)).status_code == 204
    body = await workout(ann, id)
    assert is_recent(body["endedAt"])
    assert (body["notes"], body["rating"]) == ("Before", 2)
    assert [len(each["sets"]) for each in body["exercises"]] == [1, 0]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"id": 10**9}, "Id"),
        ({"notes": "n" * 2001}, "Notes"),
        ({"rating": 0}, "Rating"),
        ({"rating": 6}, "Rating"),
        ({"endedAt": "2020-01-01T00:00:00Z"}, "EndedAt"),
        ({"startedAt": "2099-01-01T00:00:00Z"}, "EndedAt"),
        ({"startedAt": "2026-02-15T10:00:00Z", "endedAt": "2026-02-15T10:00:00Z"}, "EndedAt"),
        ({"endedAt": 5e300}, "EndedAt"),
    ],
)
async def test_a_completion_that_cannot_be_is_refused_and_leaves_it_in_progress(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await begun(ann)
    before = await workout(ann, id)
    await refused(await put(ann, id, "/Complete", **{"notes": "After", **said}), 400, field)
    assert await workout(ann, id) == before


async def test_what_is_completed_is_not_completed_again(ann: Person, bob: Person) -> None:
    id = await begun(ann)
    await refused(await put(bob, id, "/Complete"), 404)
    await refused(await put(ann, id + 1000, "/Complete"), 404)
    assert (await put(ann, id, "/Complete", rating=4)).status_code == 204
    await refused(await put(ann, id, "/Complete", rating=1), 400)
    assert (await workout(ann, id))["rating"] == 4


# DELETE /api/Workouts/{id}


async def test_discard_a_workout_in_progress_for_ever(ann: Person, bob: Person) -> None:
    id = await begun(ann)
    await lift(ann, id)
    await refused(await bob.json("DELETE", f"/api/Workouts/{id}"), 404)
    answer = await ann.json("DELETE", f"/api/Workouts/{id}")
    assert answer.status_code == 204
    await refused(await ann.json("DELETE", f"/api/Workouts/{id}"), 404)
    assert not await Workout.exists() and not await WorkoutSet.exists()
    await begun(ann)


async def test_a_completed_workout_is_not_discarded(ann: Person) -> None:
    id = await done(ann)
    await refused(await ann.json("DELETE", f"/api/Workouts/{id}"), 400)
    assert (await workout(ann, id))["status"] == "Completed"


# PUT /api/Workouts/{id}/Exercises


async def arrange(person: Person, id: int, *exercises: Any, **more: Any) -> Any:
    said = {"workoutId": id, "exercises": [{"exerciseTemplateId": each} for each in exercises]}
    return await person.json("PUT", f"/api/Workouts/{id}/Exercises", {**said, **more})


async def test_exercises_are_added_removed_and_reordered_and_keep_their_sets(ann: Person) -> None:
    press, fly, dip = [await bench(ann, name) for name in ("Press", "Fly", "Dip")]
    id = await begun(ann, press, fly)
    await lift(ann, id, 0, reps=1)
    await lift(ann, id, 1, reps=2)
    assert (await arrange(ann, id, dip, fly)).status_code == 204
    body = await workout(ann, id)
    told = [(e["exerciseName"], e["position"], len(e["sets"])) for e in body["exercises"]]
    assert told == [("Dip", 1, 0), ("Fly", 2, 1)]
    assert body["exercises"][0]["implementType"] == "Barbell"
    assert not await WorkoutSet.exists(reps=1)
    assert (await arrange(ann, id)).status_code == 204
    assert (await workout(ann, id))["exercises"] == []
    assert not await WorkoutSet.exists()


async def test_the_kth_of_an_exercise_keeps_the_sets_of_the_kth(ann: Person) -> None:
    press, fly = await bench(ann, "Press"), await bench(ann, "Fly")
    id = await begun(ann, press, fly, press)
    await lift(ann, id, 0, reps=1)
    await lift(ann, id, 2, reps=3)
    before = (await workout(ann, id))["exercises"]
    assert (await arrange(ann, id, press, press, press, fly)).status_code == 204
    after = (await workout(ann, id))["exercises"]
    assert [[each["reps"] for each in e["sets"]] for e in after] == [[1], [3], [], []]
    assert [after[0]["id"], after[1]["id"], after[3]["id"]] == [
        before[0]["id"],
        before[2]["id"],
        before[1]["id"],
    ]
    assert (await arrange(ann, id, fly, press)).status_code == 204
    after = (await workout(ann, id))["exercises"]
    assert [[each["reps"] for each in e["sets"]] for e in after] == [[], [1]]


async def test_the_systems_exercises_may_be_chosen_and_rests_stay_behind_theirs(
    ann: Person,
) -> None:
    plan = await gym.routine(
        ann, {"slug": "squat-barbell"}, {"kind": "rest", "duration_seconds": 90}, {"slug": "plank"}
    )
    squat, plank = await Exercise.get(slug="squat-barbell"), await Exercise.get(slug="plank")
    id = await start(ann, plan.id)
    assert (await arrange(ann, id, plank.id, squat.id)).status_code == 204
    kinds = await WorkoutItem.filter(workout_id=id).order_by("position").values_list("kind")
    assert kinds == [("exercise",), ("exercise",), ("rest",)]
    assert [e["position"] for e in (await workout(ann, id))["exercises"]] == [1, 2]


async def test_an_exercise_that_is_anothers_gone_or_none_is_not_found(
    ann: Person, bob: Person
) -> None:
    press, bobs, gone = await bench(ann), await bench(bob), await bench(ann, "Gone")
    id = await begun(ann, press)
    before = await workout(ann, id)
    await ann.json("DELETE", f"/api/ExerciseTemplates/{gone}")
    for each in (bobs, gone, 10**9):
        await refused(await arrange(ann, id, press, each), 404)
    assert await workout(ann, id) == before


async def test_an_exercise_deleted_meanwhile_stays_in_the_workout_that_has_it(ann: Person) -> None:
    press, fly = await bench(ann, "Press"), await bench(ann, "Fly")
    id = await begun(ann, press, fly)
    await ann.json("DELETE", f"/api/ExerciseTemplates/{press}")
    assert (await arrange(ann, id, fly, press)).status_code == 204
    await refused(await arrange(ann, id, fly, press, press), 404)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"workoutId": 10**9}, "WorkoutId"),
        ({"workoutId": None}, "WorkoutId"),
        ({"exercises": None}, "Exercises"),
        ({"exercises": {}}, "Exercises"),
        ({"exercises": [1]}, "Exercises[0]"),
        ({"exercises": [{}]}, "Exercises[0].ExerciseTemplateId"),
        ({"exercises": [{"exerciseTemplateId": 2**63}]}, "Exercises[0].ExerciseTemplateId"),
        ({"exercises": [{"exerciseTemplateId": 1}] * 201}, "Exercises"),
    ],
)
async def test_a_list_that_cannot_be_is_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await begun(ann)
    await refused(await arrange(ann, id, **said), 400, field)
    assert len((await workout(ann, id))["exercises"]) == 1


async def test_only_a_workout_of_ones_own_in_progress_gets_other_exercises(
    ann: Person, bob: Person
) -> None:
    press = await bench(ann)
    id = await begun(ann, press)
    await refused(await arrange(bob, id), 404)
    await refused(await arrange(ann, id + 1000), 404)
    await put(ann, id, "/Complete")
    await refused(await arrange(ann, id, press), 400)


async def test_nobody_without_a_token_gets_anything(app: Quart, ann: Person) -> None:
    id = await begun(ann)
    ann.token = "setlog_nothing"
    paths = ("", "/Recent", "/InProgress", f"/{id}")
    for path in paths:
        await refused(await ann.json("GET", f"/api/Workouts{path}"), 401)
    ann.token = await world.make_token(ann.user, "gym", read_only=True)
    await refused(await put(ann, id, rating=1), 403)
    assert (await workout(ann, id))["rating"] is None
