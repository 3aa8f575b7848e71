"""The numbers of the exercises in a workout, whatever line of items there is."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from webapp.training.ordering import moved, orders, positions, without

ITEMS = st.lists(st.none() | st.integers(1, 5), max_size=12)
NUMBERS = st.dictionaries(st.integers(1, 6), st.integers(1, 12), max_size=6).filter(
    lambda numbers: len(set(numbers.values())) == len(numbers)
)


def items(exercises: list[int | None]) -> list[Any]:
    return [
        SimpleNamespace(id=n, position=n, exercise_id=each, kind="exercise" if each else "rest")
        for n, each in enumerate(exercises, 1)
    ]


def line(placed: list[Any]) -> list[tuple[int | None, int]]:
    return [(each.exercise_id, each.position) for each in placed]


@given(ITEMS)
def test_exercises_are_counted_from_one_without_a_gap(exercises: list[int | None]) -> None:
    once = list(dict.fromkeys(each for each in exercises if each))
    assert orders(line(items(exercises))) == {each: n for n, each in enumerate(once, 1)}


@given(ITEMS, st.data())
def test_positions_give_the_numbers_wanted(exercises: list[int | None], data: Any) -> None:
    placed = items(exercises)
    known = sorted({each for each in exercises if each})
    numbers = data.draw(st.lists(st.integers(1, 40), min_size=len(known), max_size=len(known),
                                 unique=True))  # fmt: skip
    wanted = dict(zip(known, numbers, strict=True))
    new = positions(placed, wanted)
    assert len(set(new.values())) == len(placed), "each has a place of its own"
    for each in placed:
        each.position = new[each.id]
    assert orders(line(sorted(placed, key=lambda each: each.position))) == wanted


@given(NUMBERS, st.integers(1, 7), st.none() | st.integers(1, 13))
def test_moving_keeps_the_order_of_the_others(
    now: dict[int, int], exercise: int, wanted: int | None
) -> None:
    after = moved(now, exercise, wanted)
    others = sorted((each for each in now if each != exercise), key=lambda each: now[each])
    assert sorted(others, key=lambda each: after[each]) == others
    assert len(set(after.values())) == len(after)
    assert min(after.values()) >= 1
    assert after[exercise] == (wanted or now.get(exercise) or max(now.values(), default=0) + 1)


@given(NUMBERS.filter(bool), st.data())
def test_leaving_closes_the_gap_and_no_other(now: dict[int, int], data: Any) -> None:
    gone = data.draw(st.sampled_from(sorted(now)))
    after = without(now, gone)
    left = sorted((each for each in now if each != gone), key=lambda each: now[each])
    assert sorted(after, key=lambda each: after[each]) == left
    assert len(set(after.values())) == len(after)
    assert all(now[each] - after[each] in (0, 1) for each in left)


def test_numbers_from_zero_and_twice_the_same_are_told_apart() -> None:
    assert orders([(1, 0), (2, 1), (3, 1), (None, 2), (4, 9)]) == {1: 1, 2: 2, 3: 3, 4: 8}


def test_a_gap_stays() -> None:
    assert moved({1: 10, 2: 20}, 3, 10) == {1: 11, 2: 20, 3: 10}
    assert without({1: 10, 2: 20, 3: 21}, 1) == {2: 20, 3: 21}
