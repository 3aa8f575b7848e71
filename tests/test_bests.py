"""Personal bests are derived: always right, whatever was edited, deleted or came late."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp.history import bests as bests_module
from webapp.history.bests import (
    Best,
    bests_of_exercise,
    bests_of_workout,
    bests_of_workouts,
)
from webapp.history.records import record_sets
from webapp.models import Exercise, Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams, millimetres

DAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


async def exercise(person: Person, name: str = "Squat", **more: Any) -> Exercise:
    return await Exercise.create(user=person.user, name=name, name_key=name.casefold(), **more)


async def workout(person: Person, day: int, **more: Any) -> Workout:
    start = DAY + timedelta(days=day)
    facts = {"status": "finished", "ended_at": start + timedelta(hours=1), **more}
    return await Workout.create(
        user=person.user, name=f"Day {day}", started_at=start, local_date=start.date(), **facts
    )


async def did(workout: Workout, exercise: Exercise, *sets: tuple[Any, Any], **more: Any) -> list:
    """Log sets of (weight, reps) of an exercise in a workout; more columns by keyword."""
    owner = {"user_id": workout.user_id}  # type: ignore[attr-defined]
    item = await WorkoutItem.create(
        **owner,
        workout=workout,
        position=0,
        exercise=exercise,
        exercise_name=exercise.name,
        load=exercise.load,
        measure=exercise.measure,
    )
    made = []
    for position, (weight, reps) in enumerate(sets):
        facts = {"completed_at": workout.started_at + timedelta(minutes=position), **more}
        unit = facts.pop("unit", "kg")
        each = await WorkoutSet.create(
            **owner,
            workout=workout,
            item=item,
            exercise=exercise,
            position=position,
            weight=weight,
            weight_unit=unit if weight is not None else None,
            weight_grams=grams(weight, unit),
            reps=reps,
            **facts,
        )
        made.append(each)
    return made


async def bests(person: Person, workout: Workout) -> list[Best]:
    return await bests_of_workout(person.user.id, workout.id)


def said(found: list[Best]) -> list[tuple[str, Any, Any, int]]:
    """Kind, the set's and the beaten one's value, the day of the beaten one."""
    value = {
        "heaviest": lambda m: m.grams,
        "e1rm": lambda m: m.e1rm,
        "reps": lambda m: m.reps,
        "duration": lambda m: m.seconds,
        "distance": lambda m: m.millimetres,
    }
    return [
        (b.kind, value[b.kind](b.made), value[b.kind](b.beaten), (b.beaten.when - DAY).days)
        for b in found
    ]


async def test_the_first_time_there_is_nothing_to_beat(ann: Person) -> None:
    squat, first = await exercise(ann), await workout(ann, 0)
    await did(first, squat, ("80", 8))
    assert await bests(ann, first) == []


async def test_a_heavier_set_beats_the_heaviest_and_the_estimate(ann: Person) -> None:
    squat = await exercise(ann)
    first, second, third = [await workout(ann, day) for day in (0, 3, 5)]
    await did(first, squat, ("77.5", 8), ("80", 8))
    await did(second, squat, ("80", 8), ("80", 7))
    sets = await did(third, squat, ("80", 8), ("82.5", 8), ("82.5", 8))
    found = await bests(ann, third)
    assert said(found) == [("heaviest", 82_500, 80_000, 0), ("e1rm", 104_500, 101_333, 0)]
    assert {best.set_uuid for best in found} == {sets[1].uuid}
    assert found[0].exercise_name == "Squat" and found[0].unit == "kg"
    assert await bests(ann, second) == []


async def test_more_reps_at_a_weight_lifted_before_is_a_best(ann: Person) -> None:
    squat, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 2)
    await did(first, squat, ("80", 8), ("90", 5))
    await did(second, squat, ("85", 7), ("80", 9))
    assert said(await bests(ann, second)) == [("reps", 9, 8, 0)]


async def test_a_lighter_weight_with_fewer_reps_than_a_heavier_one_is_no_record(
    ann: Person,
) -> None:
    squat, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 2)
    await did(first, squat, ("60", 5), ("80", 10))
    await did(second, squat, ("60", 9))
    assert await bests(ann, second) == []


async def test_reps_above_twelve_do_not_raise_the_estimate(ann: Person) -> None:
    curl, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 2)
    await did(first, curl, ("20", 12))
    await did(second, curl, ("20", 30))
    assert said(await bests(ann, second)) == [("reps", 30, 12, 0)]


async def test_warm_ups_and_sets_not_done_count_on_neither_side(ann: Person) -> None:
    squat, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 2)
    await did(first, squat, ("80", 8))
    await did(first, squat, ("200", 5), set_type="warm_up")
    await did(first, squat, ("200", 5), completed_at=None)
    await did(second, squat, ("300", 5), set_type="warm_up")
    await did(second, squat, ("90", 8))
    assert said(await bests(ann, second))[0] == ("heaviest", 90_000, 80_000, 0)


async def test_less_assistance_is_more(ann: Person) -> None:
    dip = await exercise(ann, "Assisted dip", load="assisted")
    first, second, third = [await workout(ann, day) for day in (0, 1, 2)]
    await did(first, dip, ("20", 8))
    await did(second, dip, ("25", 8))
    await did(third, dip, ("15", 6), ("20", 9))
    assert await bests(ann, second) == []
    assert said(await bests(ann, third)) == [
        ("heaviest", 15_000, 20_000, 0),
        ("reps", 9, 8, 0),
    ]


async def test_bodyweight_reps_and_added_weight_are_compared(ann: Person) -> None:
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    first, second = await workout(ann, 0), await workout(ann, 1)
    await did(first, pull_up, (None, 8), ("5", 5))
    await did(second, pull_up, (None, 10), ("7.5", 5))
    assert said(await bests(ann, second)) == [("heaviest", 7_500, 5_000, 0), ("reps", 10, 8, 0)]


async def test_time_and_distance_have_their_longest(ann: Person) -> None:
    run = await exercise(ann, "Run", load="none", measure="distance")
    first, second = await workout(ann, 0), await workout(ann, 4)
    for each, km, seconds in ((first, "5", "1500"), (second, "6", "1400.5")):
        await did(
            each,
            run,
            (None, None),
            distance=km,
            distance_unit="km",
            distance_mm=millimetres(km, "km"),
            duration_seconds=seconds,
        )
    assert said(await bests(ann, second)) == [("distance", 6_000_000, 5_000_000, 0)]
    plank = await exercise(ann, "Plank", load="none", measure="duration")
    await did(first, plank, (None, None), duration_seconds="60")
    await did(second, plank, (None, None), duration_seconds="75")
    assert said(await bests(ann, second))[1] == ("duration", Decimal(75), Decimal(60), 0)


async def test_kilograms_and_pounds_are_compared_by_what_they_weigh(ann: Person) -> None:
    squat, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 1)
    await did(first, squat, ("180", 5), unit="lb")
    await did(second, squat, ("81", 5))
    assert await bests(ann, second) == []
    await WorkoutSet.filter(workout=second).update(weight="82", weight_grams=82_000)
    assert [best.kind for best in await bests(ann, second)] == ["heaviest", "e1rm"]


async def test_a_best_ends_when_what_it_beat_is_raised_and_returns_when_it_is_deleted(
    ann: Person,
) -> None:
    squat, first, second = await exercise(ann), await workout(ann, 0), await workout(ann, 1)
    (early,) = await did(first, squat, ("80", 8))
    await did(second, squat, ("85", 8))
    assert len(await bests(ann, second)) == 2
    early.weight, early.weight_grams = "90", 90_000
    await early.save()
    assert await bests(ann, second) == []
    late = await workout(ann, -5)
    await did(late, squat, ("70", 8))
    await Workout.filter(id=first.id).update(deleted_at=datetime.now(UTC))
    assert said(await bests(ann, second))[0] == ("heaviest", 85_000, 70_000, -5)


async def test_bobs_training_is_nothing_to_ann(ann: Person, bob: Person) -> None:
    squat = await exercise(ann)
    await did(await workout(bob, 0), squat, ("200", 8))
    await did(await workout(ann, 0), squat, ("80", 8))
    second = await workout(ann, 1)
    await did(second, squat, ("85", 8))
    assert said(await bests(ann, second))[0] == ("heaviest", 85_000, 80_000, 0)
    assert await bests_of_workout(bob.user.id, second.id) == []
    assert await bests_of_exercise(bob.user.id, second.id, squat.id) == []


async def test_one_exercise_can_be_asked_for(ann: Person) -> None:
    squat, bench = await exercise(ann), await exercise(ann, "Bench")
    first, second = await workout(ann, 0), await workout(ann, 1)
    for each in (squat, bench):
        await did(first, each, ("80", 8))
    _, best = await did(second, squat, ("80", 8), ("85", 8))
    await did(second, bench, ("90", 8))
    found = await bests_of_exercise(ann.user.id, second.id, squat.id)
    assert {each.exercise_name for each in found} == {"Squat"}
    assert {each.set_id for each in found} == {best.id}


@pytest.mark.parametrize("amount", [3, 60])
async def test_bests_cost_three_statements_whatever_the_history(ann: Person, amount: int) -> None:
    ids = await train(ann.user, workouts=amount)
    last = await Workout.get(id=ids[-1])
    item = await WorkoutItem.filter(workout=last).first()
    assert item is not None
    await WorkoutSet.filter(item=item, position=0).update(weight="500", weight_grams=500_000)
    with counted() as statements:
        found = await bests_of_workouts(ann.user.id, ids[-3:])
    assert any(best.kind == "heaviest" for best in found[last.id])
    assert len(statements) == 3
    await WorkoutSet.filter(item=item).update(weight="1", weight_grams=1000, reps=1)
    with counted() as statements:
        await bests_of_exercise(ann.user.id, last.id, item.exercise_id)  # type: ignore[attr-defined]
    assert len(statements) == 1


async def test_the_record_of_routines_counts_ties_and_first_times(ann: Person) -> None:
    squat = await exercise(ann)
    first, second, third = [await workout(ann, day) for day in (0, 1, 2)]
    opening = await did(first, squat, ("80", 8), ("80", 0), ("0", 8), (None, 8))
    tie, fewer, lighter = await did(second, squat, ("80", 8), ("82.5", 6), ("75", 8))
    (beaten,) = await did(third, squat, ("75", 5))
    user = ann.user.id
    assert await record_sets(user, [first.id]) == [opening[0].id]
    assert await record_sets(user, [second.id]) == [tie.id, fewer.id]
    assert lighter.id not in await record_sets(user, [second.id])
    assert await record_sets(user, [third.id]) == []
    assert await record_sets(user, [first.id, second.id]) == [opening[0].id, tie.id, fewer.id]
    assert beaten.id not in await record_sets(user, [third.id])
    assert await record_sets(user, []) == []


async def test_the_record_of_routines_looks_at_completed_sessions_of_the_same_person(
    ann: Person, bob: Person
) -> None:
    squat = await exercise(ann)
    await did(await workout(bob, 0), squat, ("200", 8))
    await did(await workout(ann, 0, status="in_progress", ended_at=None), squat, ("200", 8))
    mine = await workout(ann, 1)
    (best,) = await did(mine, squat, ("80", 8))
    assert await record_sets(ann.user.id, [mine.id]) == [best.id]
    assert await record_sets(bob.user.id, [mine.id]) == []


SETS = st.tuples(
    st.integers(0, 4),  # the workout, by its day
    st.sampled_from([None, "20", "40", "42.5", "60"]),
    st.sampled_from([None, 0, 1, 5, 8, 12, 15]),
    st.sampled_from(["working", "working", "working", "warm_up"]),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "trash", "edit"]), st.integers(0, 30), SETS), max_size=4
)


async def test_a_set_that_no_recent_one_matches_is_compared_with_the_whole_history(
    ann: Person,
) -> None:
    squat = await exercise(ann)
    await did(await workout(ann, 0), squat, ("90", 8))
    await did(await workout(ann, 1), squat, *[("60", 8)] * (bests_module._TRIED + 1))
    second, third = await workout(ann, 2), await workout(ann, 3)
    await did(second, squat, ("85", 8))
    assert await bests(ann, second) == []
    await did(third, squat, ("95", 8))
    assert said(await bests(ann, third))[0] == ("heaviest", 95_000, 90_000, 0)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sets=st.lists(SETS, max_size=12),
    edits=EDITS,
    load=st.sampled_from(["external", "bodyweight", "assisted", "none"]),
    tried=st.sampled_from([0, 1, bests_module._TRIED]),
)
async def test_bests_equal_a_naive_recount_after_any_edits(
    ann: Person, sets: list, edits: list, load: str, tried: int
) -> None:
    fewer = bests_module._CANDIDATES.replace(f"LIMIT {bests_module._TRIED}", f"LIMIT {tried}")
    with patch.object(bests_module, "_CANDIDATES", fewer):
        await recounted(ann, sets, edits, load)


async def recounted(ann: Person, sets: list, edits: list, load: str) -> None:
    lift = await exercise(ann, load=load)
    days = [await workout(ann, day) for day in range(5)]
    made = []
    for day, weight, reps, kind in sets:
        made += await did(days[day], lift, (weight, reps), set_type=kind)
    for verb, which, (day, weight, reps, kind) in edits:
        if verb == "trash":
            await Workout.filter(id=days[day].id).update(deleted_at=DAY)
        elif made and verb == "delete":
            await made.pop(which % len(made)).delete()
        elif made:
            facts = {"weight": weight, "weight_grams": grams(weight, "kg"), "reps": reps}
            await WorkoutSet.filter(id=made[which % len(made)].id).update(**facts, set_type=kind)
    found = await bests_of_workouts(ann.user.id, [day.id for day in days])
    for day in days:
        kinds = {best.kind for best in found.get(day.id, [])}
        assert kinds == await recount(day, lift, load)


async def recount(day: Workout, lift: Exercise, load: str) -> set[str]:
    """The kinds of bests a workout has, by looking at every set there is."""
    every = await WorkoutSet.filter(exercise=lift, set_type="working").prefetch_related("workout")
    mine = [each for each in every if each.workout.id == day.id]
    before = [
        each
        for each in every
        if each.workout.started_at < day.started_at and each.workout.deleted_at is None
    ]
    found = set()
    for kind, value in (("heaviest", heaviness), ("e1rm", estimate)):
        new = [v for each in mine if (v := value(each, load)) is not None]
        old = [v for each in before if (v := value(each, load)) is not None]
        if new and old and max(new) > max(old):
            found.add(kind)
    for each in mine:
        heavy = [b for b in before if b.reps and effort(b, load) >= effort(each, load)]
        known = any(effort(b, load) == effort(each, load) for b in heavy)
        beside = any(
            (o.reps or 0) >= each.reps and effort(o, load) > effort(each, load)
            for o in mine
            if each.reps
        )
        if each.reps and known and not beside and all(each.reps > (b.reps or 0) for b in heavy):
            found.add("reps")
    return found


def effort(each: WorkoutSet, load: str) -> int:
    return (each.weight_grams or 0) * (-1 if load == "assisted" else 1)


def heaviness(each: WorkoutSet, load: str) -> int | None:
    if load == "none" or each.weight_grams is None or each.reps == 0:
        return None
    return effort(each, load)


def estimate(each: WorkoutSet, load: str) -> int | None:
    if load != "external" or not each.weight_grams or not each.reps:
        return None
    factor = Decimal(1) if each.reps == 1 else 1 + Decimal(min(each.reps, 12)) / 30
    return int(each.weight_grams * factor)


async def test_a_workout_in_progress_is_no_rival_before_it_has_ended(ann: Person) -> None:
    squat = await exercise(ann)
    await did(await workout(ann, 0), squat, ("80", 5))
    going = await workout(ann, 1, status="in_progress", ended_at=None)
    await did(going, squat, ("100", 5))
    later = await workout(ann, 2)
    await did(later, squat, ("90", 5))
    found = said(await bests(ann, later))
    assert ("heaviest", 90_000, 80_000, 0) in found
    assert ("heaviest", 100_000, 80_000, 0) in said(await bests(ann, going))
    await Workout.filter(id=going.id).update(status="finished", ended_at=going.started_at)
    assert await bests(ann, later) == []
