"""One truth: a set that was logged through any contract or page is the same row for all."""

from typing import Any

import pytest

from tests.support import voices
from tests.support.gym import did
from tests.support.voices import CONTRACTS, VOICES
from tests.support.world import Person
from webapp.models import WorkoutSet

# What 82.5 kg and 185.5 lb are in each contract's words; `bare` numbers are in the user's unit.
WORDS: dict[str, dict[str, Any]] = {
    "kg": {
        "gym": (82.5, "Kg"),
        "routines": "82.5",
        "executions": 181.88,
        "bare": {"kg": 82.5, "lb": 181.88},
    },
    "lb": {
        "gym": (185.5, "Lbs"),
        "routines": "84.14",
        "executions": 185.5,
        "bare": {"kg": 84.14, "lb": 185.5},
    },
}
ENTERED = {"kg": "82.5", "lb": "185.5"}
OWN_UNIT = {"routines": "kg", "executions": "lb"}
PEOPLE = [(voice, unit) for voice in VOICES for unit in ("kg", "lb")]


async def _likes(person: Person, unit: str) -> None:
    person.user.weight_unit = unit
    await person.user.save(update_fields=["weight_unit"])


def _unit(voice: str, person: Person) -> str:
    """The unit that a weight through this voice is entered in."""
    return OWN_UNIT.get(voice, person.user.weight_unit)


def _words(reader: str, unit: str, person: Person) -> Any:
    words = WORDS[unit]
    return words[reader] if reader in words else words["bare"][person.user.weight_unit]


async def _all_tell(person: Person, each: WorkoutSet, unit: str, reps: int) -> None:
    """That every contract tells this set, by its own id, in its own words."""
    for reader in CONTRACTS:
        name: Any = str(each.uuid) if reader in ("live", "diary") else each.id
        expected = [(name, _words(reader, unit, person), reps)]
        assert await voices.told(reader, person, each.workout) == expected, reader


@pytest.mark.parametrize(("voice", "liked"), PEOPLE)
async def test_a_set_logged_through_one_is_told_by_all_and_read_back_as_it_was_entered(
    ann: Person, voice: str, liked: str
) -> None:
    await _likes(ann, liked)
    unit = _unit(voice, ann)
    workout = await voices.begin(ann, await voices.lift(ann))
    each: Any = await voices.log(voice, ann, workout, ENTERED[unit], 8)
    assert (str(each.weight), each.weight_unit) == (ENTERED[unit], unit)
    assert each.exercise_id == each.item.exercise_id
    await _all_tell(ann, each, unit, 8)
    await voices.finish(ann)
    await _all_tell(ann, each, unit, 8)
    assert await WorkoutSet.filter(user=ann.user, completed_at__isnull=False).count() == 1


@pytest.mark.parametrize(("voice", "liked"), PEOPLE)
async def test_a_set_changed_and_then_removed_through_one_is_so_for_all(
    ann: Person, voice: str, liked: str
) -> None:
    await _likes(ann, liked)
    unit = _unit(voice, ann)
    workout = await voices.begin(ann, await voices.lift(ann))
    each = await voices.log("live", ann, workout, "60", 5)
    await voices.change(voice, ann, each, ENTERED[unit], 8)
    changed = await voices.newest(workout)
    assert (str(changed.weight), changed.weight_unit) == (ENTERED[unit], unit)
    await _all_tell(ann, changed, unit, 8)
    await voices.remove(voice, ann, changed)
    for reader in CONTRACTS:
        assert await voices.told(reader, ann, workout) == [], reader


@pytest.mark.parametrize("voice", VOICES)
async def test_bests_are_right_after_a_set_and_the_deletion_of_its_workout_through_each(
    ann: Person, voice: str
) -> None:
    exercise = await voices.lift(ann)
    await did(ann, "bench-press-barbell", ("200", 5))  # another exercise counts for nothing
    earlier = await voices.begin(ann, exercise)
    await voices.log("gym", ann, earlier, "80", 5)
    await voices.finish(ann)
    workout = await voices.begin(ann, exercise)
    each = await voices.log(voice, ann, workout, ENTERED[_unit(voice, ann)], 5)
    await voices.finish(ann)
    assert await _bests(ann, exercise.id) == [each.id]
    assert each.id in await _marked(ann, workout.id)
    assert await _proud(ann, str(workout.uuid)) == {str(each.uuid)}
    await voices.drop(voice, ann, workout)
    assert await _bests(ann, exercise.id) == [(await WorkoutSet.get(workout=earlier)).id]


@pytest.mark.parametrize("voice", ["gym", "diary", "pages"])
async def test_a_past_set_changed_through_one_ceases_to_be_a_best_for_all(
    ann: Person, voice: str
) -> None:
    exercise = await voices.lift(ann)
    kept: list[WorkoutSet] = []
    for weight in ("80", "82.5"):
        workout = await voices.begin(ann, exercise)
        kept.append(await voices.log("live", ann, workout, weight, 5))
        await voices.finish(ann)
    assert await _bests(ann, exercise.id) == [kept[1].id]
    if voice == "pages":
        at = f"/workouts/{workout.uuid}/sets/{kept[1].uuid}/edit"
        await ann.htmx("POST", at, {"weight": "70", "weight_unit": "kg", "reps": "5"})
    else:
        await voices.change(voice, ann, kept[1], "70", 5)
    assert await _bests(ann, exercise.id) == [kept[0].id]
    assert await _marked(ann, workout.id) == []
    assert await _proud(ann, str(workout.uuid)) == set()


async def _bests(person: Person, exercise: int) -> list[int]:
    """The heaviest of each number of reps, as `routines` tells them."""
    answer = await person.json("GET", f"/api/v1/exercises/{exercise}/pbs")
    return [each["id"] for each in (await voices.said(answer))["data"]]


async def _marked(person: Person, workout: int) -> list[int]:
    """The sets of a session that `routines` marks as personal bests."""
    whole = (await voices.said(await person.json("GET", f"{voices.BY_NUMBER}/{workout}")))["data"]
    lines = [each for slot in whole["exercises"] for each in slot["sets"]]
    return [each["id"] for each in lines if each["isPersonalBest"]]


async def _proud(person: Person, workout: str) -> set[str]:
    """The sets that the workout's page tells of as bests."""
    whole = await voices.said(await person.json("GET", f"/workouts/{workout}"))
    return {best["set_id"] for best in whole["personal_bests"]}
