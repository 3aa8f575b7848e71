"""A list in place of another: what stays, what comes, and what nobody can mention."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.training.arranging import arranged

Item = tuple[str, int | None]


def put(now: list[Item], wanted: list[int]) -> list[Item | int]:
    return arranged(now, wanted, lambda item: item[1])


def test_the_kth_mention_is_the_kth_item() -> None:
    now: list[Item] = [("a", 1), ("b", 2), ("c", 1)]
    assert put(now, [1, 1, 2, 1]) == [("a", 1), ("c", 1), ("b", 2), 1]
    assert put(now, [2, 1]) == [("b", 2), ("a", 1)]
    assert put(now, []) == []


def test_what_has_no_exercise_stays_behind_what_stood_before_it() -> None:
    now: list[Item] = [("r", None), ("a", 1), ("s", None), ("b", 2), ("t", None)]
    assert put(now, [2, 3, 1]) == [("r", None), ("b", 2), ("t", None), 3, ("a", 1), ("s", None)]
    assert put(now, [1]) == [("r", None), ("a", 1), ("s", None), ("t", None)]
    assert put(now, []) == [("r", None), ("s", None), ("t", None)]


@given(
    st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=12),
    st.lists(st.integers(1, 4), max_size=12),
)
def test_every_mention_is_there_in_order_and_nothing_nameless_is_lost(
    exercises: list[int | None], wanted: list[int]
) -> None:
    now: list[Item] = [(str(place), each) for place, each in enumerate(exercises)]
    after = put(now, wanted)
    named = [each if isinstance(each, int) else each[1] for each in after]
    assert [each for each in named if each is not None] == wanted
    kept = [each for each in after if not isinstance(each, int)]
    assert len(set(kept)) == len(kept)
    assert {each for each in kept if each[1] is None} == {each for each in now if each[1] is None}
    for exercise in {each for each in wanted if each in exercises}:
        stay = [each for each in kept if each[1] == exercise]
        assert stay == [each for each in now if each[1] == exercise][: wanted.count(exercise)]
