"""A workout done without signal lands as it was done: once, at its times, under its own names."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from tests.support.everything import owned
from tests.support.gym import classic, exercise, nowhere
from tests.support.phone import Phone, done, now, refused
from tests.support.world import Person
from webapp.ids import child, uuid7
from webapp.models import Exercise, Routine, RoutineItem, User, Workout, WorkoutItem, WorkoutSet

Operation = tuple[str, dict[str, str], dict[str, str]]


async def template(person: Person) -> dict[str, Any]:
    """What the phone would start of the person's first routine."""
    plans = await (await person.page("GET", "/edge/plans")).get_json()
    found: dict[str, Any] = plans["plans"][0]
    return found


def begun(plan: dict[str, Any], uuid: object) -> dict[str, str]:
    """The body of a start that the phone has carried out."""
    made = orjson.dumps(plan["items"]).decode()
    return {"uuid": str(uuid), "routine": plan["uuid"], "name": plan["name"], "plan": made}


async def operations(phone: Phone, plan: dict[str, Any], start: UUID) -> list[Operation]:
    """A whole workout, tap by tap: five sets, one undone, a swap, an added exercise, the end."""
    row, curl = [
        str((await exercise(slug)).uuid)
        for slug in ("bent-over-row-barbell", "bicep-curl-dumbbell")
    ]
    swapped, added = uuid7(), uuid7()
    squats, more = [child(start, n) for n in (2, 3, 4)], child(start, 99)
    taps: list[tuple[str, dict[str, str], int]] = [
        ("/session/start", begun(plan, start), 0),
        *(
            (f"/session/sets/{uuid}/log", {"weight": "80", "reps": str(5 + n)}, 180)
            for n, uuid in enumerate(squats)
        ),
        (f"/session/sets/{squats[2]}/undo", {}, 4),
        (f"/session/items/{child(start, 1)}/swap", {"exercise": row, "uuid": str(swapped)}, 9),
        (f"/session/sets/{child(swapped, 1)}/log", {"weight": "50", "reps": "12"}, 200),
        ("/session/items", {"exercise": curl, "uuid": str(added), "sets": "2"}, 10),
        (f"/session/items/{added}/sets", {"uuid": str(more)}, 2),
        (f"/session/sets/{more}/log", {"weight": "12.5", "reps": "10"}, 60),
        ("/session/rest/skip", {}, 1),
        ("/session/finish", {"rating": "4", "note": "No signal"}, 30),
    ]
    made: list[Operation] = []
    for path, body, seconds in taps:
        at = phone.later(seconds=seconds).isoformat()
        more_said = {"Setlog_Workout": "" if path == "/session/start" else str(start)}
        made.append((path, body, {"Idempotency_Key": f"{start} {len(made)}", "Setlog_Tapped_At": at,
                                  **more_said}))  # fmt: skip
    return made


async def test_a_whole_workout_lands_exactly_and_only_once(ann: Person, bob: Person) -> None:
    await classic(ann)
    await User.filter(id=ann.user.id).update(timezone="Asia/Tokyo")
    begins = (now() - timedelta(days=3)).replace(hour=16, minute=30)  # the next day in Tokyo
    phone, start = Phone(ann, at=begins), uuid7()
    taps = await operations(phone, await template(ann), start)
    before = await owned(bob)
    for path, body, headers in taps:
        await done(await phone.send(path, body, **headers), 201 if path.endswith("start") else 200)
    landed = await owned(ann)
    for path, body, headers in taps:
        answer = await phone.send(path, body, **headers)
        assert answer.headers["Idempotent-Replayed"] == "true"
    assert await owned(ann) == landed and await owned(bob) == before
    workout = await Workout.get()
    assert str(workout.uuid) == str(start)
    assert (workout.started_at, workout.ended_at) == (begins, phone.at)
    assert workout.local_date == (begins + timedelta(hours=9)).date()
    told = (workout.name, workout.status, workout.rating, workout.notes, workout.source)
    assert told == ("Day A", "finished", 4, "No signal", "pages")
    await _lies_there(start, begins)
    assert (await Routine.get()).last_done_at == phone.at


async def _lies_there(start: UUID, begins: datetime) -> None:
    sets = await WorkoutSet.all().prefetch_related("item").order_by("item__position", "position")
    found = [
        (each.item.exercise_name, str(each.weight), each.reps, each.completed_at - begins)  # type: ignore[operator]
        for each in sets
    ]
    after = [timedelta(seconds=seconds) for seconds in (180, 360, 753, 825)]
    assert found == [
        ("Squat (Barbell)", "80", 5, after[0]),
        ("Squat (Barbell)", "80", 6, after[1]),
        ("Bent Over Row (Barbell)", "50", 12, after[2]),
        ("Bicep Curl (Dumbbell)", "12.5", 10, after[3]),
    ]
    assert [each.uuid for each in sets[:2]] == [child(start, 2), child(start, 3)]


async def test_a_start_lands_as_the_phone_made_it_whatever_the_routine_says_now(
    ann: Person, bob: Person
) -> None:
    plan, start = await classic(ann), uuid7()
    made, phone = await template(ann), Phone(ann)
    first: Any = await RoutineItem.filter(routine=plan, position=0).get()
    await RoutineItem.filter(id=first.id).update(position=9, sets=7, weight="20")
    await Routine.filter(id=plan.id).update(name="Renamed")
    await done(await phone.send("/session/start", begun(made, start)), 201)
    items = await WorkoutItem.all().order_by("position")
    assert [each.exercise_name for each in items] == [
        "Squat (Barbell)", "Bench Press (Barbell)", "Plank",
    ]  # fmt: skip
    squat: Any = items[0]
    assert (squat.routine_item_id, squat.exercise_id) == (first.id, first.exercise_id)
    assert (squat.plan["exercise_id"], squat.plan["weight"]) == (first.exercise_id, "80")
    assert (await WorkoutSet.get(uuid=child(start, 2), item=squat)).position == 1
    sheet = await phone.sheet()
    again = [{n: v for n, v in it.items() if n not in ("uuid", "version", "last")}
             for it in sheet["items"]]  # fmt: skip
    for it in again:
        it["sets"] = [{n: v for n, v in s.items() if n not in ("uuid", "version")}
                      for s in it["sets"]]  # fmt: skip
    assert again == made["items"]


async def test_a_start_of_a_routine_that_is_gone_lands_all_the_same(ann: Person) -> None:
    plan, start = await classic(ann), uuid7()
    made, phone = await template(ann), Phone(ann)
    await Routine.filter(id=plan.id).update(deleted_at=plan.created_at)
    await done(await phone.send("/session/start", begun(made, start)), 201)
    workout: Any = await Workout.get()
    assert (workout.name, workout.routine_id) == ("Day A", None)
    assert await WorkoutSet.all().count() == 8


async def test_nothing_of_another_person_is_in_what_a_phone_says(ann: Person, bob: Person) -> None:
    theirs = await Exercise.create(user=ann.user, name="Secret lift", name_key="x")
    await classic(ann)
    made = await template(ann)
    made["items"][0]["exercise_uuid"] = str(theirs.uuid)
    made["items"][0]["plan"]["exercise_uuid"] = str(theirs.uuid)
    await done(await Phone(bob).send("/session/start", begun(made, uuid7())), 201)
    items: list[Any] = await WorkoutItem.filter(user=bob.user).order_by("position")
    assert items[0].exercise_id is None and items[0].exercise_name == "Squat (Barbell)"
    assert "exercise_id" not in items[0].plan
    assert {each.routine_item_id for each in items} == {None}
    assert await Workout.filter(user=bob.user, routine=None).exists()
    assert not await Workout.filter(user=ann.user).exists()


@pytest.mark.parametrize(
    "plan",
    [
        "{", "5", '"x"', "{}", '[{"kind":"dance"}]', '[{"sets":[{"planned_reps":-1}]}]',
        '[{"plan":{"duration_seconds":"abc"}}]', '[{"exercise_uuid":"x"}]', '[{"plan":[]}]',
        '[{"sets":[' + ",".join(["{}"] * 201) + "]}]", "[" + ",".join(["{}"] * 201) + "]",
        '[{"note":"\\u0000"}]', '[{"superset":99999999999999999999}]', '[{"rest_seconds":1e9}]',
        '[{"exercise_name":"' + "x" * 201 + '"}]', '[{"plan":{"weight":"NaN"}}]',
    ],
)  # fmt: skip
async def test_a_plan_that_is_none_is_refused_and_leaves_nothing(ann: Person, plan: str) -> None:
    answer = await Phone(ann).send("/session/start", {"uuid": str(uuid7()), "plan": plan})
    said = await refused(answer, 400, "invalid")
    assert next(iter(said["fields"])).startswith("plan")
    assert not await Workout.exists()


async def test_an_empty_workout_and_a_repeat_start_as_the_phone_made_them(ann: Person) -> None:
    begins = (now() - timedelta(days=1)).replace(hour=6)
    phone = Phone(ann, at=begins)
    await phone.start(plan="[]")
    assert (await Workout.get()).name == "Morning workout"
    await done(await phone.send("/session/finish"))
    plan = orjson.dumps([{"kind": "exercise", "exercise_name": "Lift", "sets": [{}]}]).decode()
    await phone.start(plan=plan, name="Again", repeat=str(nowhere()))
    made = await Workout.get(status="in_progress")
    assert made.name == "Again" and await WorkoutSet.all().count() == 1


async def test_an_exercise_is_added_with_as_many_sets_as_the_phone_gave_it(ann: Person) -> None:
    phone = Phone(ann)
    await phone.start()
    uuid, plank = uuid7(), str((await exercise("plank")).uuid)
    body = {"exercise": plank, "uuid": str(uuid), "sets": "5"}
    for _ in range(2):
        await done(await phone.send("/session/items", body))
    found = await WorkoutSet.all().order_by("position").values_list("uuid", flat=True)
    assert found == [child(uuid, n) for n in range(1, 6)]
    await refused(await phone.send("/session/items", {**body, "sets": "x"}), 400, "invalid")


async def test_warm_ups_are_named_by_the_tap(ann: Person) -> None:
    await classic(ann)
    phone, uuid = Phone(ann), uuid7()
    await phone.start(routine=(await template(ann))["uuid"])
    path = f"/session/items/{(await phone.sheet())['items'][0]['uuid']}/warmup"
    for _ in range(2):
        await done(await phone.send(path, {"uuid": str(uuid)}))
    found = await WorkoutSet.filter(set_type="warm_up").order_by("position")
    assert [each.uuid for each in found] == [child(uuid, n) for n in range(1, 5)]
