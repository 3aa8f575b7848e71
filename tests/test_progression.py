"""How planned weights grow: the rules by themselves, for any history and any plates."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.models.fields import plain
from webapp.training.plates import load, of_place, stock, totals
from webapp.training.progression import Advice, Done, Ladder, Past, advise

KG = Ladder(Decimal("2.5"))
STEADY = settings(derandomize=True, deadline=None, max_examples=150)


def past(weight: str, *reps: int, low: int = 8, high: int = 8, asked: str | None = None) -> Past:
    """Three sets were asked for, at the weight lifted unless it says otherwise."""
    done = tuple(Done(each, Decimal(weight)) for each in reps)
    return Past(3, low, high, Decimal(weight if asked is None else asked), done)


def told(rule: Any, *workouts: Past, ladder: Ladder = KG, load: str = "external") -> Any:
    advice = advise(rule, workouts, ladder, "kg", load)
    return advice and (plain(advice.weight), advice.reps, advice.text)


def test_linear_adds_a_step_when_every_set_is_done() -> None:
    done = past("80", 8, 8, 9)
    assert told("linear", done) == ("82.5", 8, "3×8 done last time: +2.5 kg")


def test_a_fourth_set_that_fails_does_not_undo_the_three_that_were_asked_for() -> None:
    assert told("linear", past("80", 8, 8, 8, 5)) == ("82.5", 8, "3×8 done last time: +2.5 kg")


def test_misses_are_counted_at_one_weight_and_the_third_takes_a_tenth_off() -> None:
    miss, other = past("80", 8, 7, 5), past("77.5", 8, 8, 5)
    assert told("linear", miss, other) == ("80", None, "Missed last time: same again")
    assert told("linear", miss, miss, other) == ("80", None, "Missed twice: same again")
    assert told("linear", miss, miss, miss) == ("72.5", None, "Third miss: −10 %")
    assert told("linear", past("72.5", 8, 8, 8), miss, miss) == (
        "75", 8, "3×8 done last time: +2.5 kg",
    )  # fmt: skip


def test_a_workout_in_between_that_was_no_miss_begins_the_count_anew() -> None:
    miss, near = past("80", 7, 6, 5, high=12), past("80", 10, 9, 8, high=12)
    assert told("double", miss, near, miss)[2] == "Missed last time: same again"


def test_double_waits_until_every_set_fills_the_range_and_goes_back_to_the_low_end() -> None:
    near, full = past("80", 12, 11, 9, high=12), past("80", 12, 12, 12, high=12)
    assert told("double", near) == ("80", None, "3×12 not done yet: same weight, more reps")
    assert told("double", full) == ("82.5", 8, "3×12 done last time: +2.5 kg")


def test_fewer_sets_than_asked_for_are_a_miss() -> None:
    assert told("linear", past("80", 8, 8))[2] == "Missed last time: same again"


def test_what_was_lifted_counts_more_than_what_was_planned() -> None:
    heavier = past("85", 8, 8, 8, asked="80")
    assert told("linear", heavier)[0] == "87.5"
    lighter = past("70", 8, 8, 8, asked="80")
    assert told("linear", lighter)[0] == "72.5"


def test_a_last_set_made_lighter_is_a_miss_at_the_planned_weight() -> None:
    mixed = Past(3, 8, 8, Decimal(80), (*past("80", 8, 8).done, *past("75", 8).done))
    assert told("linear", mixed) == ("80", None, "Missed last time: same again")
    one_heavier = Past(3, 8, 8, Decimal(80), (*past("82.5", 8).done, *past("80", 8, 8).done))
    assert told("linear", one_heavier)[0] == "82.5"


def test_without_a_weight_there_is_nothing_to_go_by() -> None:
    assert told("linear", past("0", 8, 8, 8)) is None
    assert told("linear") is None


def test_added_weight_begins_at_nothing_and_goes_back_to_it() -> None:
    assert told("linear", past("0", 8, 8, 8), load="bodyweight")[0] == "2.5"
    misses = [past("2.5", 5, 5, 5)] * 3
    assert told("linear", *misses, load="bodyweight") == ("0", None, "Third miss: −10 %")
    bare = [past("0", 5, 5, 5)] * 3
    assert told("linear", *bare, load="bodyweight") == (
        "0", None, "Third miss: it goes no lighter",
    )  # fmt: skip


def test_assistance_is_turned_round() -> None:
    five = Ladder(Decimal(5))
    up = told("linear", past("20", 8, 8, 8), ladder=five, load="assisted")
    assert up == ("15", 8, "3×8 done last time: −5 kg")
    least = told("linear", past("3", 8, 8, 8), ladder=five, load="assisted")
    assert least == ("0", 8, "3×8 done last time: −3 kg")
    none = told("linear", past("0", 8, 8, 8), ladder=five, load="assisted")
    assert none == ("0", None, "3×8 done without assistance")
    misses = [past("60", 5, 5, 5)] * 3
    eased = told("linear", *misses, ladder=five, load="assisted")
    assert eased == ("65", None, "Third miss: 10 % more assistance")


def test_less_assistance_than_planned_counts_as_harder() -> None:
    harder = past("15", 8, 8, 8, asked="20")
    assert told("linear", harder, load="assisted")[0] == "12.5"


@pytest.mark.parametrize(
    ("plates", "weight", "wanted"),
    [
        ({"20": 4, "10": 2, "1.25": 2}, "60", "62.5"),
        ({"20": 4, "10": 2, "2.5": 2}, "60", "65"),
        ({"20": 4, "5": 4}, "100", "110"),
    ],
)
def test_a_bar_goes_up_by_what_the_plates_can_make(
    plates: dict[str, int], weight: str, wanted: str
) -> None:
    ladder = Ladder(Decimal("2.5"), tuple(totals(Decimal(20), stock({"kg": plates}, "kg"))))
    assert Decimal(told("linear", past(weight, 8, 8, 8), ladder=ladder)[0]) == Decimal(wanted)


def test_above_the_last_plate_the_weight_stays() -> None:
    ladder = Ladder(Decimal("2.5"), tuple(totals(Decimal(20), stock({"kg": {"20": 4}}, "kg"))))
    top = told("linear", past("100", 8, 8, 8), ladder=ladder)
    assert top == ("100", None, "3×8 done, and your plates end at 100 kg")


def test_a_jump_that_is_too_large_is_not_made() -> None:
    ladder = Ladder(Decimal("2.5"), tuple(totals(Decimal(20), stock({"kg": {"20": 4}}, "kg"))))
    stay = told("linear", past("60", 8, 8, 8), ladder=ladder)
    assert stay == ("60", None, "3×8 done, but your plates go on at 100 kg: more reps")


def test_a_place_has_its_own_plates_for_the_units_it_names() -> None:
    assert of_place({"kg": {"20": 4}, "lb": {"45": 2}}, {"kg": {"10": 2}}) == {
        "kg": {"10": 2},
        "lb": {"45": 2},
    }
    assert of_place({"kg": {"20": 4}}, None) == {"kg": {"20": 4}}
    assert of_place(None, {"kg": {"20": 4}}) == {"kg": {"20": 4}}


STEPS = st.sampled_from(["0.5", "1", "1.25", "2", "2.5", "5"]).map(Decimal)
WEIGHTS = st.integers(0, 1200).map(lambda n: Decimal(n) / 4)
PLATES = st.dictionaries(
    st.sampled_from(["25", "20", "15", "10", "5", "2.5", "1.25", "0.5"]),
    st.integers(2, 8),
    min_size=1,
)
LOADS = st.sampled_from(["external", "bodyweight", "assisted"])
WORKOUTS = st.lists(
    st.builds(
        lambda sets, low, more, asked, done: Past(sets, low, low + more, asked, tuple(done)),
        st.integers(1, 5),
        st.integers(1, 12),
        st.integers(0, 6),
        st.none() | WEIGHTS,
        st.lists(st.builds(Done, st.integers(0, 20), WEIGHTS), max_size=6),
    ),
    max_size=4,
)


@STEADY
@given(st.sampled_from(["double", "linear"]), WORKOUTS, STEPS, LOADS)
def test_any_history_gives_a_weight_that_is_none_or_a_step_away(
    rule: Any, workouts: list[Past], step: Decimal, load: str
) -> None:
    advice = advise(rule, workouts, Ladder(step), "kg", load)
    if advice is None:
        assert not any(each.done for each in workouts) or load == "external"
        return
    assert advice.weight >= 0
    assert advice.text
    lifted = {each.weight for workout in workouts for each in workout.done}
    asked = {workout.asked for workout in workouts if workout.asked is not None}
    from_there = [abs(advice.weight - each) % step for each in lifted | asked]
    assert 0 in from_there or advice.weight == 0


@STEADY
@given(PLATES, WEIGHTS.filter(lambda weight: weight > 20), STEPS)
def test_what_is_advised_for_a_bar_can_be_loaded_exactly(
    plates: dict[str, int], weight: Decimal, step: Decimal
) -> None:
    owned, bar = stock({"kg": plates}, "kg"), Decimal(20)
    ladder = Ladder(step, tuple(totals(bar, owned)))
    heavier, lighter = ladder.above(weight), ladder.below(weight)
    assert heavier is None or heavier > weight
    assert heavier is not None or weight >= ladder.made[-1]
    assert lighter is not None
    assert lighter < weight
    assert all(load(each, bar, owned).is_exact for each in (heavier, lighter) if each)


@STEADY
@given(st.sampled_from(["double", "linear"]), WEIGHTS.filter(bool), STEPS, LOADS, st.integers(1, 9))
def test_who_always_does_it_gets_on_and_who_never_does_it_gets_off(
    rule: Any, weight: Decimal, step: Decimal, load: str, sets: int
) -> None:
    sign, ladder = -1 if load == "assisted" else 1, Ladder(step)

    def after(reps: int) -> Advice:
        did = Past(sets, 5, 8, weight, (Done(reps, weight),) * sets)
        found = advise(rule, [did] * 3, ladder, "kg", load)
        assert found is not None
        return found

    assert sign * after(8).weight > sign * weight
    assert after(8).reps == 5
    failed = after(4).weight
    assert sign * failed < sign * weight or "no lighter" in after(4).text
