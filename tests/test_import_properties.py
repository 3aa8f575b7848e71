"""Whatever history another app writes down is read as it was, in every one of its formats."""

import string
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.importing import imported, reading
from tests.support.other_apps import (
    Did,
    History,
    Lift,
    Training,
    by_days,
    fitnotes,
    fitnotes_ios,
    hevy,
    strong,
    strong_numbered,
    strong_units,
    written,
)
from tests.support.world import Person
from webapp.importing.plain import ImportedWorkout
from webapp.models import Exercise, Workout, WorkoutItem, WorkoutSet

FEW = settings(max_examples=30)
LETTERS = string.ascii_letters + string.digits + " äßéñ漢🏋,;\"'=+-@()\n"
WORDS = st.text(LETTERS, max_size=30).map(lambda text: " ".join(text.split()))
TITLES = WORDS.map(lambda text: f"Day {text}".strip())
NOTES = st.text(LETTERS, max_size=40).map(str.strip)
NAMES = st.sampled_from(
    ["Squat (Barbell)", "Bench Press (Dumbbell)", "Plank", 'Zyx, "heavy"', "=Lift()", "Rücken"]
)
WEIGHTS = st.integers(1, 2400).map(lambda quarters: f"{quarters / 4:g}")
REPS = st.integers(1, 100).map(str)
SECONDS = st.integers(1, 7200).map(str)
FAR = st.integers(1, 40_000).map(str)
RPE = st.sampled_from(["", "6", "7.5", "10"])
TYPES = st.sampled_from(["working", "working", "warm_up", "drop", "failure"])
LIFTED = st.builds(Did, set_type=TYPES, weight=st.just("") | WEIGHTS, reps=REPS, rpe=RPE)
HELD = st.builds(Did, seconds=SECONDS, weight=st.just("") | WEIGHTS)
RAN = st.builds(Did, distance=FAR, seconds=st.just("") | SECONDS)
SETS = st.lists(st.one_of(LIFTED, LIFTED, HELD, RAN), min_size=1, max_size=5).map(tuple)


def lifts(notes: bool) -> st.SearchStrategy[tuple[Lift, ...]]:
    """Exercises of a workout, each once."""
    made = st.builds(Lift, name=NAMES, sets=SETS, note=NOTES if notes else st.just(""))
    unique = st.lists(made, min_size=1, max_size=4, unique_by=lambda lift: lift.name)
    return unique.map(tuple)


@st.composite
def histories(draw: Any, notes: bool = False) -> list[Training]:
    """A few workouts, hours or days apart; `notes`: the app keeps them at the exercise."""
    when = datetime(2020, 1, 1, 6, 30)
    made = []
    for _ in range(draw(st.integers(1, 4))):
        when += timedelta(days=draw(st.integers(1, 9)), minutes=draw(st.integers(0, 300)))
        minutes = draw(st.integers(1, 240))
        facts = (draw(TITLES), when, 60 * minutes, draw(lifts(notes)), draw(NOTES))
        made.append(Training(*facts))
    return made


def plain(history: History, kg: str | None, km: str | None) -> list[Any]:
    """The history as it must be read."""
    return [
        (
            each.name,
            each.start,
            each.notes or None,
            [
                (lift.name, lift.note or None, [_set(did, kg, km) for did in lift.sets])
                for lift in each.lifts
            ],
        )
        for each in history
    ]


def _set(did: Did, kg: str | None, km: str | None) -> tuple[Any, ...]:
    return (
        did.set_type,
        int(did.reps) if did.reps else None,
        (did.weight, kg) if did.weight else (None, None),
        did.seconds or None,
        (did.distance, km) if did.distance else (None, None),
        did.rpe or None,
    )


def told(workouts: list[ImportedWorkout]) -> list[Any]:
    """What was read, in the same words."""
    return [
        (
            each.name,
            each.started,
            each.notes,
            [
                (
                    item.name,
                    item.note,
                    [
                        (
                            did.set_type,
                            did.reps,
                            (did.weight, did.weight_unit),
                            did.seconds,
                            (did.distance, did.distance_unit),
                            did.rpe,
                        )
                        for did in item.sets
                    ],
                )
                for item in each.items
            ],
        )
        for each in workouts
    ]


def read(data: bytes) -> list[Any]:
    found = reading(data)
    assert found.problems == []
    return told(found.workouts)


@FEW
@given(histories(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_strong(history: History, delimiter: str, end: str) -> None:
    assert read(written(strong(history), delimiter, end)) == plain(history, None, None)


@FEW
@given(histories(), st.sampled_from(["kg", "lb"]), st.sampled_from(["utf-8", "utf-16"]))
def test_strong_with_numbers(history: History, unit: str, encoding: str) -> None:
    data = written(strong_numbered(history, unit), ";", encoding=encoding)
    assert read(data) == plain(history, unit, "m")


@FEW
@given(histories(), st.sampled_from([("kg", "km"), ("lbs", "mi"), ("lb", "m"), ("kg", "yd")]))
def test_strong_with_units(history: History, units: tuple[str, str]) -> None:
    kg, km = units
    assert read(written(strong_units(history, kg, km))) == plain(history, kg.rstrip("s"), km)


@FEW
@given(histories(notes=True), st.sampled_from([("kg", "km", "km"), ("lbs", "miles", "mi")]))
def test_hevy(history: History, units: tuple[str, str, str]) -> None:
    weight, far, km = units
    found = read(written(hevy(history, weight, far), end="\r\n"))
    assert found == plain(history, weight.rstrip("s"), km)


def _without(history: History, *names: str) -> list[Training]:
    """The history without what an app does not keep."""
    usual = Did()

    def less(did: Did) -> Did:
        return Did(**{**did.__dict__, **{name: getattr(usual, name) for name in names}})

    return [
        Training(
            each.name,
            each.start,
            each.length,
            tuple(Lift(lift.name, tuple(map(less, lift.sets))) for lift in each.lifts),
        )
        for each in by_days(history)
    ]


@FEW
@given(histories(), st.sampled_from([("kgs", "kg"), ("lbs", "lb")]))
def test_fitnotes(history: History, units: tuple[str, str]) -> None:
    known = _without(history, "set_type", "rpe")
    assert read(written(fitnotes(known, units[0]))) == plain(known, units[1], "km")


@FEW
@given(histories())
def test_fitnotes_on_ios(history: History) -> None:
    known = _without(history, "rpe")
    assert read(written(fitnotes_ios(known))) == plain(known, "kg", "m")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(max_examples=100)
def test_nothing_that_follows_a_heading_breaks_the_reader(rest: bytes) -> None:
    for rows in (strong, hevy, fitnotes):
        found = reading(written(rows([])) + rest)
        lines = {each.line for each in found.problems if each.is_lost}
        assert found.lines >= len(lines)


HISTORY = [
    Training(
        f"Day {number}",
        datetime(2024, 1, 1, 18) + timedelta(days=2 * number),
        3600,
        (
            Lift("Squat (Barbell)", tuple(Did(weight=f"{60 + number}", reps="5") for _ in "abc")),
            Lift("Zyx Hold", (Did(seconds="45"), Did(seconds="50"))),
            Lift("Running", (Did(distance="5000", seconds="1500"),)),
        ),
    )
    for number in range(12)
]
WRITERS: dict[str, Callable[[History], Any]] = {
    "strong": strong,
    "strong with numbers": strong_numbered,
    "strong with units": lambda history: strong_units(history, "kg", "m"),
    "hevy": hevy,
    "fitnotes": fitnotes,
    "fitnotes on ios": fitnotes_ios,
}


@pytest.mark.parametrize("name", WRITERS)
async def test_a_history_is_stored_as_it_was_written(name: str, ann: Person, bob: Person) -> None:
    data = written(WRITERS[name](HISTORY), ";" if "numbers" in name else ",")
    done = await imported(ann, data, weight_unit="kg", distance_unit="m")
    assert done["workouts"] == {"new": 12, "there": 0, "differs": 0, "sets": 72}
    stored = []
    for workout in await Workout.filter(user=ann.user).order_by("started_at"):
        for item in await WorkoutItem.filter(workout=workout).order_by("position"):
            for each in await WorkoutSet.filter(item=item).order_by("position"):
                seconds = int(each.duration_seconds) if each.duration_seconds else None
                numbers = (each.weight_grams, each.reps, seconds)
                stored.append((str(workout.local_date), item.exercise_name, *numbers))
    assert stored == [
        (
            f"{training.start:%Y-%m-%d}",
            lift.name,
            int(float(did.weight) * 1000) if did.weight else None,
            int(did.reps) if did.reps else None,
            int(did.seconds) if did.seconds else None,
        )
        for training in HISTORY
        for lift in training.lifts
        for did in lift.sets
    ]
    assert [each.name for each in await Exercise.filter(user=ann.user)] == ["Zyx Hold"]
    assert await Workout.filter(user=bob.user).count() == 0
    again = await imported(ann, data + b"\n", weight_unit="kg", distance_unit="m")
    assert again["workouts"]["there"] == 12
