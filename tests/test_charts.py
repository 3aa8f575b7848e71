"""Charts and the body figure: sensible axes, places inside the plot, a table with the same."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.catalogue import entries
from webapp.history.ranges import Range
from webapp.history.weeks import stretches
from webapp.settings import ROOT
from webapp.templating import environment
from webapp.views import axes
from webapp.views.charts import Bar, Look, Point, bars, line, thinned
from webapp.views.figure import GROUPS, MUSCLES, figure, level, muscle_rows, named
from webapp.views.progress import labels
from webapp.views.text import aligned

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
LOOK = Look("Estimated 1RM", "kg", lambda value: f"{value:g}", ("Epley", "Brzycki"))
PLAIN = Look("Volume", "", lambda value: f"{value:g}", ("Volume",))


def points(amount: int, every: int = 1) -> list[Point]:
    return [Point(FIRST + DAY * n * every, 50 + n % 7, 49 + n % 7) for n in range(amount)]


def drawn(chart: dict[str, Any]) -> str:
    macros = '{% import "parts/charts.html" as charts %}{{ charts.chart(chart) }}'
    return environment(ROOT / "templates").from_string(macros).render(chart=chart)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 3, ["0", "1", "2", "3"]),
        (80, 102.5, ["80", "90", "100", "110"]),
        (80, 80, ["70", "75", "80", "85", "90"]),
        (0, 0, ["0", "0.25", "0.5", "0.75", "1"]),
        (-20, -5, ["−20", "−15", "−10", "−5"]),
        (71.3, 72.1, ["71.25", "71.5", "71.75", "72", "72.25"]),
        (0, 4_200, ["0", "2,000", "4,000", "6,000"]),
        (0, 8_420, ["0", "2.5k", "5k", "7.5k", "10k"]),
        (0, 123_456, ["0", "50k", "100k", "150k"]),
    ],
)
def test_an_axis_has_few_round_steps(low: float, high: float, labels: list[str]) -> None:
    assert [label for _, label in axes.of_values(low, high).ticks] == labels


def test_a_column_has_as_many_decimals_in_each_of_its_numbers() -> None:
    says = {40.0: "45", 41.0: "1,046.25", 42.0: "−20"}
    look = Look("Top set", "kg", says.__getitem__, ("Top set",))
    chart = line(look, [Point(FIRST + DAY * n, 40.0 + n) for n in range(3)], FIRST, LAST)
    assert [row[1] for row in chart["rows"]] == ["−20.00", "1,046.25", "45.00"]
    assert aligned(["1:30", "", "–", "45"]) == ["1:30", "", "–", "45"]
    assert bars(PLAIN, [], "Week")["rows"] == []


def test_whole_things_and_lengths_of_time_have_steps_of_their_own() -> None:
    assert [label for _, label in axes.of_values(0, 1, whole=True).ticks] == ["0", "1"]
    assert [label for _, label in axes.of_seconds(30, 75).ticks] == ["0:30", "0:45", "1:00", "1:15"]
    assert [label for _, label in axes.of_seconds(0, 3600).ticks][-1] == "1:00:00"


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 11, 1), date(2026, 11, 3), ["1 Nov", "2 Nov", "3 Nov"]),
        (date(2026, 10, 20), date(2026, 11, 21), ["24 Oct", "7 Nov", "21 Nov"]),
        (date(2026, 8, 21), date(2026, 11, 21), ["Sep", "Oct", "Nov"]),
        (date(2025, 11, 21), date(2026, 11, 21), ["2026", "Apr", "Jul", "Oct"]),
        (date(2021, 11, 21), date(2026, 11, 21), ["2022", "2023", "2024", "2025", "2026"]),
        (date(1999, 1, 1), date(2026, 11, 21), ["2000", "2010", "2020"]),
    ],
)
def test_days_are_marked_by_days_months_or_years(first: date, last: date, labels: list) -> None:
    assert [label for _, label in axes.of_days(first, last).ticks] == labels


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    low=st.floats(-5_000, 1_000_000).map(lambda value: round(value, 2)),
    span=st.floats(0, 1_000_000).map(lambda value: round(value, 2)),
    kind=st.sampled_from(["numbers", "whole", "seconds"]),
)
def test_every_axis_holds_what_it_is_for(low: float, span: float, kind: str) -> None:
    low = abs(low) if kind == "seconds" else low
    axis = (
        axes.of_seconds(low, low + span)
        if kind == "seconds"
        else axes.of_values(low, low + span, whole=kind == "whole")
    )
    assert axis.low <= low + 1e-6 and low + span <= axis.high + 1e-6
    assert 2 <= len(axis.ticks) <= 9
    labels = [label for _, label in axis.ticks]
    assert len(set(labels)) == len(labels)
    assert [at for at, _ in axis.ticks] == sorted(at for at, _ in axis.ticks)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    days=st.lists(st.integers(0, 12_000), min_size=1, max_size=160, unique=True),
    values=st.lists(st.floats(-500, 500), min_size=160, max_size=160),
)
def test_every_place_is_inside_the_plot(days: list[int], values: list[float]) -> None:
    first = date(1995, 1, 1)
    shown = [Point(first + DAY * n, v) for n, v in zip(sorted(days), values, strict=False)]
    chart = line(PLAIN, shown, first, first + DAY * 12_000)
    for each in chart["points"]:
        assert 0 <= float(each["x"][:-1]) <= 100 and 0 <= float(each["y"][:-1]) <= 100
    for each in (*chart["grid"], *chart["ticks"]):
        assert 0 <= float(each.get("x", each.get("y"))[:-1]) <= 100
    assert len(chart["points"]) == len(chart["rows"]) <= 130
    assert sum(each["is_top"] for each in chart["points"]) == 1


def test_one_value_is_a_point_without_a_line() -> None:
    chart = line(LOOK, points(1), FIRST, LAST)
    assert chart["paths"] == [] and len(chart["points"]) == 1
    assert chart["alt"] == "Estimated 1RM: 50, 1 Jan 2026"


def test_a_line_says_its_values_in_titles_and_in_a_table_newest_first() -> None:
    chart = line(LOOK, points(3), FIRST, LAST)
    assert [each["kind"] for each in chart["paths"]] == ["area", "second", "line"]
    assert chart["points"][2]["title"] == "3 Jan 2026: 52 kg / 51 kg"
    assert chart["columns"] == ["Date", "Epley, kg", "Brzycki, kg"]
    assert chart["rows"][0] == ["3 Jan 2026", "52", "51"]
    assert chart["alt"] == ("Estimated 1RM: from 50, 1 Jan 2026, to 52, 3 Jan 2026; most 52")


@pytest.mark.parametrize(
    ("every", "slot", "column"),
    [(1, "", "Date"), (2, "week", "Week"), (7, "month", "Month"), (40, "quarter", "Quarter")],
)
def test_many_days_are_drawn_by_the_best_of_each_stretch(
    every: int, slot: str, column: str
) -> None:
    found = points(100 if not slot else 220, every)
    shown, of = thinned(LOOK, found)
    assert of == slot
    assert all(each in found for each in shown)
    chart = line(LOOK, found, FIRST, found[-1].day)
    assert chart["columns"][0] == column
    assert ("The best of each" in chart["note"]) == bool(slot)


def test_bars_stand_on_nothing_and_say_what_they_stand_for() -> None:
    week = [Bar("Jan", "Week of 5 Jan", 2), Bar("", "Week of 12 Jan, so far", 4, is_open=True)]
    chart = bars(PLAIN, week, "Week")
    assert [each["height"] for each in chart["bars"]] == ["50.00%", "100.00%"]
    assert [each["is_open"] for each in chart["bars"]] == [False, True]
    assert [each["label"] for each in chart["ticks"]] == ["Jan"]
    assert chart["rows"] == [["Week of 12 Jan, so far", "4"], ["Week of 5 Jan", "2"]]
    assert bars(PLAIN, [Bar("", "Week of 5 Jan", 0)], "Week")["bars"][0]["height"] == "0.00%"


def test_a_chart_is_a_figure_with_a_caption_and_a_table_and_no_style() -> None:
    html = drawn(line(LOOK, points(30), FIRST, LAST))
    assert html.index("<figure") < html.index("<figcaption") < html.index("<svg")
    assert 'role="img" aria-label="Estimated 1RM: from' in html
    assert html.count("<title>") == 30
    assert "<details" in html and "<table>" in html and html.count('scope="row"') == 30
    for page in (html, *(each.read_text() for each in Path(ROOT / "templates").glob("**/*.html"))):
        assert not re.search(r"<[^>]+\sstyle=", page)


def test_shades_follow_the_sets_a_week() -> None:
    assert [level(each) for each in (0, 0.1, 4.9, 5, 9.9, 10, 19.9, 20, 99)] == [
        0, 1, 1, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip
    found = figure([("quads", 12, 0), ("legs", 12, 0), ("cardio", 5, 0)], 2.0)
    assert found["levels"]["quads"] == 3 and found["levels"]["hamstrings"] == 2
    assert found["levels"]["chest"] == 0 and "cardio" not in found["levels"]
    assert found["titles"]["quads"] == "Quads: 12 sets a week"
    assert found["alt"].endswith("most: quads")


def test_every_muscle_of_the_catalogue_is_drawn_or_listed() -> None:
    muscles = {each for one in entries().values() for each in one["primary_muscles"]}
    assert muscles - {"cardio"} == set(MUSCLES)
    assert {each for group in GROUPS.values() for each in group} <= set(MUSCLES)
    drawn_ones = (ROOT / "templates" / "parts" / "figure.html").read_text()
    assert all(f'"{each}": "M' in drawn_ones for each in MUSCLES)


def test_the_table_of_muscles_tells_change_and_names_groups() -> None:
    shown = Range(date(2026, 3, 9), date(2026, 3, 22))
    rows = muscle_rows([("quads", 24, 10), ("legs", 3, 3), ("abs", 0, 0)], shown, shown.before)
    assert [(each["name"], each["weekly"], each["change"]) for each in rows] == [
        ("Quads", "12", "+7"), ("Legs, any", "1.5", "="),
    ]  # fmt: skip
    assert (named("chest"), named("other")) == ("Chest", "Other, any")


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (date(2026, 11, 18), ["18 Nov", "19 Nov", "20 Nov", "21 Nov"]),
        (date(2026, 8, 22), ["Sep", "Oct", "Nov"]),
        (date(2025, 11, 22), ["2026", "Mar", "May", "Jul", "Sep", "Nov"]),
        (date(2024, 1, 1), ["2024", "Jul", "2025", "Jul", "2026", "Jul"]),
        (date(2022, 5, 3), ["2023", "2024", "2025", "2026"]),
        (date(2012, 5, 3), ["2014", "2017", "2020", "2023", "2026"]),
    ],
)
def test_bars_of_more_than_a_year_say_which_year_it_is(first: date, said: list[str]) -> None:
    along = stretches({}, Range(first, date(2026, 11, 21)), 0)
    assert [label for label in labels(along) if label] == said
