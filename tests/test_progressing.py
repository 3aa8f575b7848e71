"""Routines whose weights grow: what a start plans after the workouts before it."""

from typing import Any

import pytest

from tests.support import gym
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import (
    ExerciseSetting,
    Location,
    Routine,
    RoutineItem,
    User,
    Workout,
    WorkoutItem,
    WorkoutSet,
)

SQUAT: dict[str, Any] = {
    "slug": "squat-barbell", "sets": 3, "reps_min": 5, "reps_max": 5, "weight": "80",
    "weight_unit": "kg", "progression": {"rule": "linear"},
}  # fmt: skip
CURL: dict[str, Any] = {
    "slug": "bicep-curl-dumbbell", "sets": 2, "reps_min": 8, "reps_max": 12, "weight": "10",
    "weight_unit": "kg", "progression": {"rule": "double"},
}  # fmt: skip


async def routine(person: Person, *items: dict[str, Any]) -> Routine:
    return await gym.routine(person, *(dict(each) for each in items))


async def begun(person: Person, plan: Routine) -> list[WorkoutItem]:
    assert (await gym.start(person, plan)).status_code == 303
    workout = await Workout.get(user=person.user, status="in_progress", deleted_at=None)
    return await WorkoutItem.filter(workout=workout).order_by("position")


async def planned(item: WorkoutItem) -> list[tuple[Any, ...]]:
    """Kind, weight with unit, and reps of each set waiting."""
    return [
        (
            each.set_type,
            each.planned_weight and f"{each.planned_weight} {each.planned_weight_unit}",
            each.planned_reps,
            each.planned_reps_max,
        )
        for each in await WorkoutSet.filter(item=item).order_by("position")
    ]


async def train(
    person: Person, plan: Routine, *reps: int, **said: str
) -> tuple[str, list[tuple[Any, ...]]]:
    """Do the first item of the routine with these reps; its advice and what was planned."""
    item = (await begun(person, plan))[0]
    sets = await planned(item)
    waiting = await WorkoutSet.filter(item=item, set_type="working").order_by("position")
    for each, done in zip(waiting, reps, strict=False):
        answer = await gym.tap(person, str(each.uuid), reps=str(done), **said)
        assert answer.status_code == 200, await gym.text(answer)
    assert (await person.page("POST", "/session/finish")).status_code == 303
    return item.plan.get("advice", ""), sets


async def test_a_linear_lift_goes_up_stays_and_is_taken_back(ann: Person, bob: Person) -> None:
    plan = await routine(ann, SQUAT)
    first, sets = await train(ann, plan, 5, 5, 5)
    assert (first, sets[0]) == ("", ("working", "80 kg", 5, 5))
    told, sets = await train(ann, plan, 5, 5, 4)
    assert told == "3×5 done last time: +2.5 kg"
    assert sets == [("working", "82.5 kg", 5, 5)] * 3
    for expected in ("Missed last time: same again", "Missed twice: same again"):
        told, sets = await train(ann, plan, 5, 4, 4)
        assert (told, sets[0][1]) == (expected, "82.5 kg")
    told, sets = await train(ann, plan, 5, 5, 5)
    assert (told, sets[0][1]) == ("Third miss: −10 %", "75 kg")
    told, sets = await train(ann, plan, 5, 5, 5)
    assert (told, sets[0][1]) == ("3×5 done last time: +2.5 kg", "77.5 kg")
    theirs = await routine(bob, SQUAT)
    assert await train(bob, theirs, 5, 5, 5) == ("", [("working", "80 kg", 5, 5)] * 3)


async def test_double_progression_fills_the_range_and_begins_it_anew(ann: Person) -> None:
    plan = await routine(ann, CURL)
    await train(ann, plan, 12, 10)
    told, sets = await train(ann, plan, 12, 12)
    assert told == "2×12 not done yet: same weight, more reps"
    assert sets == [("working", "10 kg", 8, 12)] * 2
    item = (await begun(ann, plan))[0]
    assert item.plan["advice"] == "2×12 done last time: +1 kg"
    assert await planned(item) == [("working", "11 kg", 8, 8)] * 2
    told = (await (await ann.json("GET", "/api/session/workout")).get_json())["exercises"][0]
    assert (told["planned"]["weight"], told["planned"]["advice"]) == (11, item.plan["advice"])
    page = await gym.text(await ann.page("GET", "/session"))
    assert "2×12 done last time: +1 kg" in page
    assert "2 × 8–12 · 11 kg" in page


async def test_the_warm_ups_lead_to_the_weight_of_today(ann: Person) -> None:
    plan = await routine(ann, {**SQUAT, "warm_up_sets": 1})
    await train(ann, plan, 5, 5, 5)
    _, sets = await train(ann, plan, 5, 5, 5)
    assert sets[0] == ("warm_up", "50 kg", 5, None)
    assert sets[1] == ("working", "82.5 kg", 5, 5)


async def test_a_routine_without_a_weight_goes_on_from_what_was_lifted(ann: Person) -> None:
    plan = await routine(ann, {**SQUAT, "weight": None, "weight_unit": None})
    told, sets = await train(ann, plan, 5, 5, 5, weight="60")
    assert (told, sets[0][1]) == ("", None)
    told, sets = await train(ann, plan, 5, 5, 5)
    assert (told, sets[0][1]) == ("3×5 done last time: +2.5 kg", "62.5 kg")
    page = await gym.text(await ann.page("GET", f"/routines/{plan.uuid}"))
    assert "linear progression" in page


async def test_a_weight_planned_anew_counts_and_is_gone_on_from(ann: Person) -> None:
    plan = await routine(ann, SQUAT)
    await train(ann, plan, 5, 5, 5)
    item = await RoutineItem.get(routine=plan)
    answer = await ann.page("POST", f"/routines/items/{item.uuid}", {"weight": "60"})
    assert answer.status_code == 303
    assert await train(ann, plan, 5, 5, 5) == ("", [("working", "60 kg", 5, 5)] * 3)
    told, sets = await train(ann, plan, 5, 5, 5)
    assert (told, sets[0][1]) == ("3×5 done last time: +2.5 kg", "62.5 kg")


async def test_what_was_kept_in_the_routine_is_gone_on_from(ann: Person) -> None:
    plan = await routine(ann, SQUAT)
    await train(ann, plan, 5, 5, 5)
    item = (await begun(ann, plan))[0]
    for each in await WorkoutSet.filter(item=item):
        await gym.tap(ann, str(each.uuid), reps="5", weight="90")
    kept = await ann.htmx("POST", f"/session/items/{item.uuid}/keep")
    assert kept.status_code == 200
    await ann.page("POST", "/session/finish")
    assert (await RoutineItem.get(routine=plan)).weight == 90
    told, sets = await train(ann, plan, 5, 5, 5)
    assert (told, sets[0][1]) == ("3×5 done last time: +2.5 kg", "92.5 kg")


async def test_a_repeat_of_a_workout_advises_nothing(ann: Person) -> None:
    plan = await routine(ann, SQUAT)
    await train(ann, plan, 5, 5, 5)
    await train(ann, plan, 5, 5, 5)
    last = await Workout.filter(user=ann.user).order_by("-id").first()
    assert last is not None
    assert (await gym.start(ann, repeat=str(last.uuid))).status_code == 303
    item = await WorkoutItem.get(workout__status="in_progress")
    assert not {"advice", "routine_weight"} & item.plan.keys()
    assert (await planned(item))[0][1] == "82.5 kg"


async def test_a_discarded_workout_and_another_line_of_the_exercise_say_nothing(
    ann: Person,
) -> None:
    plan = await routine(ann, SQUAT, {**SQUAT, "weight": "60", "reps_min": 10, "reps_max": 10})
    await train(ann, plan, 5, 5, 5)
    await Workout.filter(user=ann.user).update(deleted_at=(await User.first()).created_at)  # type: ignore[union-attr]
    first, second = await begun(ann, plan)
    assert "advice" not in first.plan
    assert "advice" not in second.plan
    assert (await planned(second))[0] == ("working", "60 kg", 10, 10)


@pytest.mark.parametrize(
    ("mine", "there", "wanted"),
    [
        ({"kg": {"20": 4, "10": 2, "1.25": 2}}, None, "82.5 kg"),
        ({"kg": {"20": 4, "10": 2, "2.5": 2}}, None, "85 kg"),
        ({"kg": {"20": 4, "10": 2, "1.25": 2}}, {"kg": {"20": 4, "10": 2, "2.5": 2}}, "85 kg"),
        ({"kg": {"20": 4, "10": 2, "2.5": 2}}, {"lb": {"45": 2}}, "85 kg"),
        ({"kg": {"20": 4, "10": 2}}, None, "80 kg"),
    ],
)
async def test_the_step_is_one_that_the_plates_of_the_place_can_make(
    ann: Person, bob: Person, mine: Any, there: Any, wanted: str
) -> None:
    await User.filter(id=ann.user.id).update(plates=mine)
    await User.filter(id=bob.user.id).update(plates={"kg": {"0.5": 20}})
    plan = await routine(ann, SQUAT)
    place = await Location.create(user=ann.user, name="Barn", plates=there)
    await Routine.filter(id=plan.id).update(location_id=place.id)
    await train(ann, plan, 5, 5, 5)
    assert (await train(ann, plan, 5, 5, 5))[1][0][1] == wanted


async def test_a_step_of_ones_own_and_pounds(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    said = {"weight": "20", "weight_unit": "lb", "reps_max": 8}
    said["progression"] = {"rule": "linear", "step": "2.5", "unit": "lb"}
    plan = await routine(ann, {**CURL, **said})
    await train(ann, plan, 8, 8)
    told, sets = await train(ann, plan, 8, 8)
    assert (told, sets[0][1]) == ("2×8 done last time: +2.5 lb", "22.5 lb")


async def test_a_weight_planned_in_another_unit_grows_in_that_of_the_scale(ann: Person) -> None:
    plan = await routine(ann, {**CURL, "reps_max": 8})
    curl = await gym.exercise("bicep-curl-dumbbell")
    await ExerciseSetting.create(user=ann.user, exercise=curl, weight_unit="lb", increment="5")
    await train(ann, plan, 8, 8)
    told, sets = await train(ann, plan, 8, 8)
    assert (told, sets[0][1]) == ("2×8 done last time: +5 lb", "27 lb")


async def test_a_start_asks_as_often_whatever_the_history_and_the_rules(ann: Person) -> None:
    plan = await routine(ann, SQUAT, CURL)
    await train(ann, plan, 5, 5, 5)
    few = await _statements(ann, plan)
    for _ in range(5):
        await train(ann, plan, 5, 5, 5)
    assert await _statements(ann, plan) == few
    more = await routine(ann, *[SQUAT, CURL] * 4)
    many = await _statements(ann, more)
    assert many == few
    await RoutineItem.filter(routine=plan).update(progression={})
    assert await _statements(ann, plan) == few - 2


async def _statements(person: Person, plan: Routine) -> int:
    with counted() as seen:
        await gym.start(person, plan)
    await person.page("POST", "/session/discard")
    return len(seen)


async def test_the_form_offers_and_keeps_the_rule(ann: Person, bob: Person) -> None:
    plan = await routine(ann, {**SQUAT, "progression": {}})
    item = await RoutineItem.get(routine=plan)
    url = f"/routines/items/{item.uuid}"
    assert 'name="progression" value="off" checked' in await gym.text(await ann.page("GET", url))
    said = {"progression": "double", "progression_step": "5", "weight_unit": "kg"}
    assert (await ann.page("POST", url, said)).status_code == 303
    kept = {"rule": "double", "step": "5", "unit": "kg"}
    assert (await RoutineItem.get(id=item.id)).progression == kept
    page = await gym.text(await ann.page("GET", url))
    assert 'name="progression" value="double" checked' in page
    assert 'name="progression_step" type="text" value="5"' in page
    assert (await (await ann.json("GET", url)).get_json())["progression"] == kept
    assert (await bob.page("POST", url, said)).status_code == 404
    assert (await ann.page("POST", url, {"sets": "4"})).status_code == 303
    assert (await RoutineItem.get(id=item.id)).progression == kept
    assert (await ann.page("POST", url, {"progression": "off"})).status_code == 303
    assert (await RoutineItem.get(id=item.id)).progression == {}
    assert "progression" not in await (await ann.json("GET", url)).get_json()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"progression": "wild"}, "progression"),
        ({"progression": "linear", "progression_step": "heavy"}, "progression_step"),
        ({"progression": "linear", "reps_min": "", "reps_max": ""}, "progression"),
    ],
)
async def test_a_rule_that_cannot_be_is_refused_beside_its_field(
    ann: Person, said: dict[str, str], field: str
) -> None:
    plan = await routine(ann, {**SQUAT, "progression": {}})
    item = await RoutineItem.get(routine=plan)
    answer = await ann.json("POST", f"/routines/items/{item.uuid}", said)
    assert (answer.status_code, list((await answer.get_json())["fields"])) == (400, [field])
    assert (await ann.page("POST", f"/routines/items/{item.uuid}", said)).status_code == 400
    assert (await RoutineItem.get(id=item.id)).progression == {}
