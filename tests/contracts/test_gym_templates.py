"""`gym`, companions: WorkoutTemplates with their Exercises, ExerciseTemplates."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from quart import Quart

from tests.support import gym
from tests.support.gym_api import (
    begun,
    bench,
    made,
    place,
    refused,
    shown,
    start,
    template,
    workout,
)
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Exercise, Routine, RoutineItem

BRIEF = (
    *("id", "name", "notes", "locationId", "locationName", "created", "lastModified"),
    "exerciseCount",
)
EXERCISE = ("id", "exerciseTemplateId", "exerciseName", "implementType", "exerciseType", "position")
EXERCISE_TEMPLATE = (
    *("id", "name", "implementType", "exerciseType", "imagePath", "model", "locationId"),
    "locationName",
)
IMPLEMENTS = (
    *("Barbell", "Dumbbell", "SelectorizedMachine", "PlateLoadedMachine", "Bodyweight", "Band"),
    *("Kettlebell", "Plate", "MedicineBall"),
)


def is_instant(text: str) -> bool:
    return text.endswith("Z") and datetime.fromisoformat(text).tzinfo is not None


async def put(person: Person, path: str, **said: Any) -> Any:
    return await person.json("PUT", f"/api/{path}", said)


# /api/WorkoutTemplates


async def test_templates_are_made_listed_and_shown(ann: Person, bob: Person) -> None:
    assert await shown(ann, "/api/WorkoutTemplates") == []
    gym_id, press = await place(ann), await bench(ann)
    first = await template(ann, press, press, notes="Heavy", locationId=gym_id)
    second = await template(ann, name="Pull Day")
    await template(bob)
    listed = await shown(ann, "/api/WorkoutTemplates")
    assert [each["id"] for each in listed] == [first, second]
    assert tuple(listed[0]) == BRIEF
    whole = await shown(ann, f"/api/WorkoutTemplates/{first}")
    exercises = whole.pop("exercises")
    assert whole == listed[0]
    assert is_instant(whole.pop("created")) and is_instant(whole.pop("lastModified"))
    assert whole == {
        "id": first,
        "name": "Push Day",
        "notes": "Heavy",
        "locationId": gym_id,
        "locationName": "Iron Works Gym",
        "exerciseCount": 2,
    }
    assert tuple(exercises[0]) == EXERCISE
    assert exercises[0].pop("id") != exercises[1].pop("id")
    assert exercises == [
        {
            "exerciseTemplateId": press,
            "exerciseName": "Bench Press",
            "implementType": "Barbell",
            "exerciseType": "Reps",
            "position": position,
        }
        for position in (1, 2)
    ]
    assert (await shown(ann, f"/api/WorkoutTemplates/{second}"))["exercises"] == []


async def test_templates_of_a_location(ann: Person, bob: Person) -> None:
    gym_id, bobs = await place(ann), await place(bob)
    here = await template(ann, locationId=gym_id)
    await template(ann)
    listed = await shown(ann, f"/api/WorkoutTemplates?locationId={gym_id}")
    assert [each["id"] for each in listed] == [here]
    assert await shown(ann, f"/api/WorkoutTemplates?locationId={bobs}") == []
    assert len(await shown(ann, "/api/WorkoutTemplates?locationId=")) == 2
    await refused(await ann.json("GET", "/api/WorkoutTemplates?locationId=x"), 400, "LocationId")


async def test_a_template_is_changed_and_absent_is_unchanged(ann: Person) -> None:
    id = await template(ann, notes="Heavy", locationId=await place(ann))
    path = f"WorkoutTemplates/{id}"
    before = await shown(ann, f"/api/{path}")
    assert (await put(ann, path, id=id, name="Light Day")).status_code == 204
    after = await shown(ann, f"/api/{path}")
    assert after["lastModified"] > before["lastModified"]
    assert {**after, "lastModified": ""} == {**before, "name": "Light Day", "lastModified": ""}
    said = {"id": str(id), "name": "Empty Day", "notes": None, "locationId": None}
    assert (await put(ann, path, **said)).status_code == 204
    after = await shown(ann, f"/api/{path}")
    assert (after["notes"], after["locationId"], after["locationName"]) == (None, None, None)


async def test_a_deleted_template_is_gone_and_its_workout_stays(ann: Person) -> None:
    id = await template(ann)
    begun_id = await start(ann, id)
    assert (await ann.json("DELETE", f"/api/WorkoutTemplates/{id}")).status_code == 204
    await refused(await ann.json("DELETE", f"/api/WorkoutTemplates/{id}"), 404)
    await refused(await ann.json("GET", f"/api/WorkoutTemplates/{id}"), 404)
    assert await shown(ann, "/api/WorkoutTemplates") == []
    assert (await workout(ann, begun_id))["templateName"] == "Push Day"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "Name"),
        ({"name": "  "}, "Name"),
        ({"name": None}, "Name"),
        ({"name": "n" * 201}, "Name"),
        ({"name": 5}, "Name"),
        ({"name": "a\x00b"}, "Name"),
        ({"notes": "n" * 2001}, "Notes"),
        ({"notes": ["x"]}, "Notes"),
        ({"locationId": 2**63}, "LocationId"),
        ({"locationId": "x"}, "LocationId"),
        ({"locationId": True}, "LocationId"),
    ],
)
async def test_a_template_that_cannot_be_is_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await template(ann)
    whole = {"name": "New", **said}
    await refused(await ann.json("POST", "/api/WorkoutTemplates", whole), 400, field)
    await refused(await put(ann, f"WorkoutTemplates/{id}", id=id, **whole), 400, field)
    assert [each["name"] for each in await shown(ann, "/api/WorkoutTemplates")] == ["Push Day"]


async def test_a_template_at_the_limits_is_taken(ann: Person) -> None:
    said = {"name": "n" * 200, "notes": "ö" * 2000}
    id = await made(await ann.json("POST", "/api/WorkoutTemplates", said))
    assert said.items() <= (await shown(ann, f"/api/WorkoutTemplates/{id}")).items()


async def test_a_template_needs_its_name_and_its_id(ann: Person) -> None:
    await refused(await ann.json("POST", "/api/WorkoutTemplates", {}), 400, "Name")
    id = await template(ann)
    await refused(await put(ann, f"WorkoutTemplates/{id}", name="X"), 400, "Id")
    await refused(await put(ann, f"WorkoutTemplates/{id}", name="X", id=id + 1), 400, "Id")
    path = f"WorkoutTemplates/{id}/Exercises"
    await refused(await put(ann, path, exercises=[]), 400, "WorkoutTemplateId")
    said: Any = {"workoutTemplateId": id + 1, "exercises": []}
    await refused(await put(ann, path, **said), 400, "WorkoutTemplateId")
    await refused(await put(ann, path, workoutTemplateId=id), 400, "Exercises")
    many = [{"exerciseTemplateId": 1}] * 201
    await refused(await put(ann, path, workoutTemplateId=id, exercises=many), 400, "Exercises")


async def test_anothers_template_or_location_is_not_found(ann: Person, bob: Person) -> None:
    id, bobs = await template(ann), await place(bob)
    path = f"WorkoutTemplates/{id}"
    await refused(await bob.json("GET", f"/api/{path}"), 404)
    await refused(await bob.json("DELETE", f"/api/{path}"), 404)
    await refused(await put(bob, path, id=id, name="Bob's"), 404)
    said: Any = {"workoutTemplateId": id, "exercises": []}
    await refused(await put(bob, f"{path}/Exercises", **said), 404)
    await refused(await put(ann, path, id=id, name="Ann's", locationId=bobs), 404)
    answer = await ann.json("POST", "/api/WorkoutTemplates", {"name": "X", "locationId": bobs})
    await refused(answer, 404)
    assert [each["name"] for each in await shown(ann, "/api/WorkoutTemplates")] == ["Push Day"]


async def arrange(person: Person, id: int, *exercises: int) -> Any:
    chosen = [{"exerciseTemplateId": each} for each in exercises]
    path = f"WorkoutTemplates/{id}/Exercises"
    return await put(person, path, workoutTemplateId=id, exercises=chosen)


async def test_exercises_of_a_template_keep_their_plan_when_they_stay(ann: Person) -> None:
    press, fly = await bench(ann, "Press"), await bench(ann, "Fly")
    squat = (await Exercise.get(slug="squat-barbell")).id
    id = await template(ann, press, fly, press)
    first = await RoutineItem.filter(routine_id=id).order_by("position").first()
    assert first is not None
    await RoutineItem.filter(id=first.id).update(weight="82.5", weight_unit="kg", sets=5)
    assert (await arrange(ann, id, squat, press)).status_code == 204
    body = await shown(ann, f"/api/WorkoutTemplates/{id}")
    told = [(each["exerciseTemplateId"], each["position"]) for each in body["exercises"]]
    assert told == [(squat, 1), (press, 2)]
    assert body["exerciseCount"] == 2
    assert body["exercises"][1]["id"] == first.id
    await first.refresh_from_db()
    assert (str(first.weight), first.sets) == ("82.5", 5)
    assert (await arrange(ann, id)).status_code == 204
    assert (await shown(ann, f"/api/WorkoutTemplates/{id}"))["exercises"] == []


async def test_an_exercise_of_anothers_is_not_found_for_a_template(
    ann: Person, bob: Person
) -> None:
    press, bobs = await bench(ann), await bench(bob)
    id = await template(ann, press)
    for wrong in (bobs, 10**9):
        await refused(await arrange(ann, id, press, wrong), 404)
    assert (await shown(ann, f"/api/WorkoutTemplates/{id}"))["exerciseCount"] == 1


async def test_lists_sent_at_once_leave_one_of_them(ann: Person) -> None:
    press, fly = await bench(ann, "Press"), await bench(ann, "Fly")
    id = await template(ann)
    answers = await asyncio.gather(*(arrange(ann, id, press, fly) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {204}
    body = await shown(ann, f"/api/WorkoutTemplates/{id}")
    assert [each["exerciseTemplateId"] for each in body["exercises"]] == [press, fly]


async def test_a_routine_of_the_phone_reads_sensibly(ann: Person) -> None:
    plan = await gym.routine(
        ann,
        {"slug": "squat-barbell"},
        {"kind": "rest", "duration_seconds": 90},
        {"kind": "cardio", "duration_seconds": 600},
    )
    body = await shown(ann, f"/api/WorkoutTemplates/{plan.id}")
    assert body["exerciseCount"] == 2
    told = [(e["exerciseName"], e["exerciseType"], e["position"]) for e in body["exercises"]]
    assert told == [("Squat (Barbell)", "Reps", 1), ("Cardio", "Duration", 2)]
    assert body["exercises"][1]["exerciseTemplateId"] is None
    page = await (await ann.page("GET", f"/routines/{plan.uuid}")).get_data(as_text=True)
    assert "Squat (Barbell)" in page


# /api/ExerciseTemplates


async def test_exercises_are_made_and_shown(ann: Person) -> None:
    gym_id = await place(ann)
    id = await bench(ann, model="Rogue", locationId=gym_id)
    whole = await shown(ann, f"/api/ExerciseTemplates/{id}")
    assert tuple(whole) == (*EXERCISE_TEMPLATE, "created", "lastModified")
    assert is_instant(whole.pop("created")) and is_instant(whole.pop("lastModified"))
    assert whole == {
        "id": id,
        "name": "Bench Press",
        "implementType": "Barbell",
        "exerciseType": "Reps",
        "imagePath": None,
        "model": "Rogue",
        "locationId": gym_id,
        "locationName": "Iron Works Gym",
    }
    listed = await shown(ann, "/api/ExerciseTemplates")
    assert tuple(listed[0]) == EXERCISE_TEMPLATE
    assert whole in listed


async def test_implements_and_types_come_as_names_or_numbers_and_go_as_names(ann: Person) -> None:
    for number, name in enumerate(IMPLEMENTS):
        for said in (name, name.lower(), number, str(number)):
            id = await bench(ann, "X", implementType=said)
            shown_ = await shown(ann, f"/api/ExerciseTemplates/{id}")
            assert shown_["implementType"] == name
    for number, name in enumerate(("Reps", "Duration", "Distance")):
        for said in (name, number):
            id = await bench(ann, "X", exerciseType=said)
            assert (await shown(ann, f"/api/ExerciseTemplates/{id}"))["exerciseType"] == name


async def test_what_follows_from_an_implement_is_known_to_the_phone(ann: Person) -> None:
    loads = {"Bodyweight": "bodyweight", "Band": "none", "Kettlebell": "external"}
    for implement, load in loads.items():
        row = await Exercise.get(id=await bench(ann, implement, implementType=implement))
        assert row.load == load
    row = await Exercise.get(id=await bench(ann, "Machine", implementType="SelectorizedMachine"))
    assert (row.modality, str(row.increment_kg)) == ("machine", "5")
    page = await (await ann.page("GET", "/exercises?q=machine")).get_data(as_text=True)
    assert f"/exercises/{row.uuid}" in page


async def test_the_systems_exercises_stand_beside_ones_own(ann: Person, bob: Person) -> None:
    mine, bobs = await bench(ann, "Äpfel heben"), await bench(bob)
    listed = await shown(ann, "/api/ExerciseTemplates")
    ids = [each["id"] for each in listed]
    squat = await Exercise.get(slug="squat-barbell")
    assert {mine, squat.id} <= set(ids) and bobs not in ids
    assert len(ids) == await Exercise.filter(user_id=None).count() + 1
    assert ids.index(mine) < ids.index(squat.id)  # "äpfel" sorts as "apfel"
    one = await shown(ann, f"/api/ExerciseTemplates/{squat.id}")
    assert (one["name"], one["implementType"]) == ("Squat (Barbell)", "Barbell")


async def test_exercises_are_searched_and_filtered(ann: Person, bob: Person) -> None:
    gym_id = await place(ann)
    odd = await bench(ann, "100% Hip_Thrust!", locationId=gym_id)
    hold = await bench(ann, "Hip hold", exerciseType="Duration", implementType="Plate")

    async def ids(query: str) -> list[int]:
        return [each["id"] for each in await shown(ann, f"/api/ExerciseTemplates?{query}")]

    assert await ids(f"locationId={gym_id}") == [odd]
    assert await ids("search=100%25") == [odd]
    assert await ids("search=HIP%20ho") == [hold]
    assert await ids("search=hold%20hip") == [hold]
    assert hold in await ids("exerciseType=Duration&implementType=Plate")
    assert hold in await ids("exerciseType=1&implementType=7&search=hip")
    assert odd not in await ids("exerciseType=1")
    assert await ids("search=nothing%20like%20it") == []
    assert len(await ids("search=&implementType=&exerciseType=&locationId=")) > 50
    squat = await Exercise.get(slug="squat-barbell")
    assert squat.id in await ids("search=squat&implementType=barbell")
    assert await ids("search=!%25_") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("implementType=Rope", "ImplementType"),
        ("implementType=9", "ImplementType"),
        ("exerciseType=3", "ExerciseType"),
        ("exerciseType=-1", "ExerciseType"),
        ("locationId=x", "LocationId"),
        ("search=a%00b", "Search"),
        (f"search={'a' * 201}", "Search"),
    ],
)
async def test_a_search_that_cannot_be_is_refused(ann: Person, query: str, field: str) -> None:
    await refused(await ann.json("GET", f"/api/ExerciseTemplates?{query}"), 400, field)


async def test_an_exercise_is_changed_and_absent_is_unchanged(ann: Person) -> None:
    id = await bench(ann, model="Rogue", locationId=await place(ann))
    path = f"ExerciseTemplates/{id}"
    before = await shown(ann, f"/api/{path}")
    assert (await put(ann, path, id=id, name="Überzug")).status_code == 204
    after = await shown(ann, f"/api/{path}")
    changed = {"name": "Überzug", "lastModified": after["lastModified"]}
    assert after == {**before, **changed}
    found = await shown(ann, "/api/ExerciseTemplates?search=uberzug")
    assert [each["id"] for each in found] == [id]
    said = {"implementType": 4, "exerciseType": "Duration", "model": None, "locationId": None}
    assert (await put(ann, path, **said)).status_code == 204
    after = await shown(ann, f"/api/{path}")
    assert (after["implementType"], after["exerciseType"]) == ("Bodyweight", "Duration")
    assert (after["model"], after["locationId"], after["locationName"]) == (None, None, None)
    row = await Exercise.get(id=id)
    assert (row.load, row.modality) == ("bodyweight", "bodyweight")


async def test_an_implement_said_again_changes_nothing_the_phone_knows(ann: Person) -> None:
    id = await bench(ann, implementType="Bodyweight")
    await Exercise.filter(id=id).update(load="assisted", increment_kg="5")
    await put(ann, f"ExerciseTemplates/{id}", implementType="Bodyweight", name="Dip")
    row = await Exercise.get(id=id)
    assert (row.load, str(row.increment_kg)) == ("assisted", "5")


async def test_a_deleted_exercise_is_offered_no_longer(ann: Person) -> None:
    id = await bench(ann)
    plan = await template(ann, id)
    assert (await ann.json("DELETE", f"/api/ExerciseTemplates/{id}")).status_code == 204
    await refused(await ann.json("DELETE", f"/api/ExerciseTemplates/{id}"), 404)
    await refused(await put(ann, f"ExerciseTemplates/{id}", name="X"), 404)
    assert id not in [each["id"] for each in await shown(ann, "/api/ExerciseTemplates")]
    assert (await shown(ann, f"/api/WorkoutTemplates/{plan}"))["exerciseCount"] == 1


async def test_the_systems_and_anothers_exercises_are_nobodys_to_change(
    ann: Person, bob: Person
) -> None:
    squat = await Exercise.get(slug="squat-barbell")
    bobs = await bench(bob)
    for id in (squat.id, bobs, 10**9):
        await refused(await put(ann, f"ExerciseTemplates/{id}", id=id, name="Mine"), 404)
        await refused(await ann.json("DELETE", f"/api/ExerciseTemplates/{id}"), 404)
    await refused(await ann.json("GET", f"/api/ExerciseTemplates/{bobs}"), 404)
    said = {"name": "X", "implementType": 0, "exerciseType": 0, "locationId": await place(bob)}
    await refused(await ann.json("POST", "/api/ExerciseTemplates", said), 404)
    mine = await bench(ann)
    await refused(await put(ann, f"ExerciseTemplates/{mine}", **said), 404)
    assert (await shown(ann, f"/api/ExerciseTemplates/{mine}"))["name"] == "Bench Press"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "Name"),
        ({"name": None}, "Name"),
        ({"name": "n" * 201}, "Name"),
        ({"name": {}}, "Name"),
        ({"implementType": None}, "ImplementType"),
        ({"implementType": "Rope"}, "ImplementType"),
        ({"implementType": 9}, "ImplementType"),
        ({"implementType": -1}, "ImplementType"),
        ({"implementType": True}, "ImplementType"),
        ({"implementType": 1.5}, "ImplementType"),
        ({"exerciseType": 3}, "ExerciseType"),
        ({"exerciseType": []}, "ExerciseType"),
        ({"model": "m" * 201}, "Model"),
        ({"locationId": -1}, "LocationId"),
        ({"locationId": 2**64}, "LocationId"),
    ],
)
async def test_an_exercise_that_cannot_be_is_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await bench(ann)
    whole = {"name": "New", "implementType": 0, "exerciseType": 0, **said}
    await refused(await ann.json("POST", "/api/ExerciseTemplates", whole), 400, field)
    await refused(await put(ann, f"ExerciseTemplates/{id}", **whole), 400, field)
    assert (await shown(ann, f"/api/ExerciseTemplates/{id}"))["name"] == "Bench Press"


async def test_an_exercise_needs_name_implement_and_type_and_an_id_must_match(ann: Person) -> None:
    answer = await ann.json("POST", "/api/ExerciseTemplates", {})
    await refused(answer, 400, "Name", "ImplementType", "ExerciseType")
    id = await bench(ann, "n" * 200, model="m" * 200)
    await refused(await put(ann, f"ExerciseTemplates/{id}", id=id + 1, name="X"), 400, "Id")


async def test_nothing_the_document_does_not_name_can_be_set(ann: Person, bob: Person) -> None:
    more = {"userId": bob.user.id, "user_id": bob.user.id, "slug": "x", "load": "none"}
    more |= {"archivedAt": "2020-01-01T00:00:00Z", "isPublic": True, "uuid": str(bob.user.uuid)}
    id = await bench(ann, **more)
    plan = await template(ann, **more)
    await put(ann, f"ExerciseTemplates/{id}", **more)
    row, routine = await Exercise.get(id=id), await Routine.get(id=plan)
    assert (row.user_id, row.slug, row.load, row.archived_at) == (  # type: ignore[attr-defined]
        ann.user.id,
        None,
        "external",
        None,
    )
    assert (routine.user_id, routine.is_public) == (ann.user.id, False)
    assert bob.user.uuid not in (row.uuid, routine.uuid)


async def test_the_statements_of_the_lists_do_not_grow(app: Quart, ann: Person) -> None:
    costs = []
    for _ in range(2):
        for _ in range(5):
            press = await bench(ann)
            await template(ann, press, press)
        plan = await template(ann, *[press] * 5)
        for path in ("WorkoutTemplates", "ExerciseTemplates", f"WorkoutTemplates/{plan}"):
            with counted() as statements:
                await shown(ann, f"/api/{path}")
            costs.append(len(statements))
    assert costs[:3] == costs[3:] == [2, 2, 3]
    assert await begun(ann)
