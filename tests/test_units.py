"""Any number that a contract takes reads back identically through it, and is exact for the rest."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import voices
from tests.support.voices import CONTRACTS
from tests.support.world import Person
from webapp.models import ExerciseSetting, Workout, WorkoutSet
from webapp.models.fields import GRAMS, grams, in_unit, plain

quick = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
weights = st.decimals(0, 10_000, places=2, allow_nan=False, allow_infinity=False)
units = st.sampled_from(["kg", "lb"])


def converted(weight: Decimal, unit: str, wanted: str) -> Decimal:
    """The definition: to two decimals, half up; nothing is done to a weight in its own unit."""
    if unit == wanted:
        return weight
    exact = weight * GRAMS[unit] / GRAMS[wanted]
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture
async def workout(ann: Person) -> Workout:
    """A workout in progress with one set."""
    made = await voices.begin(ann, await voices.lift(ann))
    await voices.log("live", ann, made, "60", 5)
    return made


@pytest.mark.parametrize("contract", CONTRACTS)
@given(weights, units, st.integers(1, 500))
@quick
async def test_a_weight_reads_back_as_it_was_written_and_exact_through_the_others(
    ann: Person, workout: Workout, contract: str, weight: Decimal, liked: str, reps: int
) -> None:
    ann.user.weight_unit = liked
    await ann.user.save(update_fields=["weight_unit"])
    # A weight that is what the set has already, in another unit, would stay as it is.
    await WorkoutSet.filter(workout=workout).update(weight="20000", weight_unit="kg")
    await voices.change(contract, ann, await voices.newest(workout), plain(weight), reps)
    unit = {"routines": "kg", "executions": "lb"}.get(contract, liked)
    stored = await voices.newest(workout)
    assert (stored.weight, stored.weight_unit, stored.reps) == (weight, unit, reps)
    assert stored.weight_grams == grams(weight, unit)
    for reader in CONTRACTS:
        told = [(_number(said), n) for _, said, n in await voices.told(reader, ann, workout)]
        assert told == [(_expected(reader, weight, unit, liked), reps)], reader


async def test_a_bare_number_of_live_is_in_the_persons_unit_whatever_the_exercises_scale(
    ann: Person,
) -> None:
    exercise = await voices.lift(ann)
    await ExerciseSetting.create(user=ann.user, exercise=exercise, weight_unit="lb")
    workout = await voices.begin(ann, exercise)
    each = await voices.log("live", ann, workout, "80", 5)
    assert (str(each.weight), each.weight_unit) == ("80", "kg")
    assert [told[1] for told in await voices.told("live", ann, workout)] == [80]
    tapped = await voices.log("pages", ann, workout, "80", 5)
    assert tapped.weight_unit == "lb"  # the page shows the exercise's scale


def _number(said: Any) -> Decimal:
    """What a client reads: a text or the shortest float."""
    value = said[0] if isinstance(said, tuple) else said
    return Decimal(str(value))


def _expected(reader: str, weight: Decimal, unit: str, liked: str) -> Decimal:
    wanted = {"routines": "kg", "executions": "lb", "gym": unit}.get(reader, liked)
    return converted(weight, unit, wanted)


@given(weights, units, units)
def test_a_conversion_is_the_definition_and_there_and_back_is_as_near_as_two_decimals(
    weight: Decimal, unit: str, wanted: str
) -> None:
    there = in_unit(weight, unit, wanted)
    assert there == converted(weight, unit, wanted)
    assert abs(in_unit(there, wanted, unit) - weight) <= Decimal("0.02")
    assert Decimal(str(float(there))) == there


@given(st.lists(st.tuples(weights, units), min_size=2, max_size=6))
def test_grams_keep_the_order_of_weights_that_differ_by_more_than_a_gram(
    lifted: list[tuple[Decimal, str]],
) -> None:
    exact = [weight * GRAMS[unit] for weight, unit in lifted]
    whole = [grams(weight, unit) or 0 for weight, unit in lifted]
    for one, here in zip(exact, whole, strict=True):
        for other, there in zip(exact, whole, strict=True):
            assert abs(one - other) <= 1 or (one < other) == (here < there)
