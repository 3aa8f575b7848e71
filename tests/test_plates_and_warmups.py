"""Plates: the nearest a bar can come to a weight. Warm-ups: lighter sets towards it."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.training import plates, warmups

D = Decimal
USUAL = plates.stock(None, "kg")


def side(weight: str, bar: str = "20", owned: plates.Stock = USUAL) -> list[str]:
    return [str(each) for each in plates.load(D(weight), D(bar), owned).side]


@pytest.mark.parametrize(
    ("weight", "wanted"),
    [
        ("20", []), ("22.5", ["1.25"]), ("60", ["20"]), ("82.5", ["25", "5", "1.25"]),
        ("100", ["25", "15"]), ("140", ["25", "25", "10"]), ("180", ["25", "25", "25", "5"]),
    ],
)  # fmt: skip
def test_the_usual_plates_make_the_usual_weights(weight: str, wanted: list[str]) -> None:
    assert side(weight) == wanted
    assert plates.load(D(weight), D(20), USUAL).is_exact


def test_pounds_have_plates_of_their_own() -> None:
    owned = plates.stock(None, "lb")
    assert side("135", "45", owned) == ["45"]
    assert side("230", "45", owned) == ["45", "45", "2.5"]


def test_limited_pairs_need_more_than_the_biggest_first() -> None:
    owned = plates.stock({"kg": {"20": 2, "15": 4}}, "kg")
    assert side("80", "20", owned) == ["15", "15"]
    assert side("90", "20", owned) == ["20", "15"]
    assert plates.load(D(200), D(20), owned).total == D(120)


def test_the_nearest_weight_is_told_and_of_two_the_lighter() -> None:
    made = plates.load(D("83"), D(20), USUAL)
    assert (made.total, made.is_exact) == (D("82.5"), False)
    halfway = plates.load(D("83.75"), D(20), USUAL)
    assert halfway.total == D("82.5")
    assert plates.load(D("10"), D(20), USUAL) == plates.Loading((), D(20), False)


def test_single_plates_and_nonsense_are_left_out() -> None:
    owned = plates.stock({"kg": {"20": 1, "10": 3, "0": 4, "5000": 2}}, "kg")
    assert owned == ((D(10), 1),)
    assert plates.stock({"kg": {}}, "kg") == USUAL == plates.stock({"lb": {"45": 2}}, "kg")
    assert plates.bars({"kg": ["15", "20"]}, "kg") == [D(15), D(20)]
    assert plates.bars({}, "lb")[0] == D(45)


@given(
    st.dictionaries(st.sampled_from(["1.25", "2.5", "5", "10", "15", "20"]), st.integers(0, 6)),
    st.integers(20, 200),
)
def test_no_other_choice_of_plates_comes_nearer(owned: dict[str, int], weight: int) -> None:
    stock = plates._stock(owned.items())
    made = plates.load(D(weight), D(20), stock)
    counts = product(*(range(pairs + 1) for _, pairs in stock))
    totals = [
        20 + sum((2 * w * n for (w, _), n in zip(stock, some, strict=True)), D(0))
        for some in counts
    ]
    assert abs(made.total - weight) == min(abs(total - weight) for total in totals)
    for plate, pairs in stock:
        assert made.side.count(plate) <= pairs
    assert list(made.side) == sorted(made.side, reverse=True)


def ramp(weight: str, step: str = "2.5", bar: str | None = "20") -> list[tuple[str, int]]:
    made = warmups.ramp(D(weight), D(step), D(bar) if bar else None)
    return [(str(each.weight.normalize().__format__("f")), each.reps) for each in made]


def test_a_ramp_goes_from_the_bar_towards_the_weight() -> None:
    assert ramp("82.5") == [("20", 10), ("42.5", 5), ("57.5", 3), ("70", 2)]
    assert ramp("100") == [("20", 10), ("50", 5), ("70", 3), ("85", 2)]


def test_a_light_weight_needs_few_warm_ups_and_the_bar_none() -> None:
    assert ramp("30") == [("20", 10), ("25", 2)]
    assert ramp("20") == [] and ramp("22.5") == [("20", 10)]


def test_machines_start_without_a_bar() -> None:
    assert ramp("50", "5", None) == [("25", 5), ("35", 3), ("45", 2)]


def test_a_plan_says_how_many() -> None:
    for count in range(5):
        made = warmups.few(count, D(100), D("2.5"), D(20))
        assert len(made) == count
    assert warmups.few(9, D(100), D("2.5"), D(20))[-1].weight == D(85)


@given(st.integers(1, 400), st.sampled_from(["1", "2.5", "5"]), st.sampled_from([None, "20"]))
def test_warm_ups_always_rise_and_stay_below(weight: int, step: str, bar: str | None) -> None:
    made = warmups.ramp(D(weight), D(step), D(bar) if bar else None)
    weights = [each.weight for each in made]
    assert weights == sorted(set(weights)) and all(0 < each < weight for each in weights)
