"""Files of Strong, Hevy and FitNotes are told apart and read, line by line; hostile ones, too."""

import codecs
from typing import Any

import pytest

from tests.support.importing import STRONG, file, reading, strong, told
from webapp.importing import records
from webapp.importing.reading import MOST_LINES
from webapp.problems import Problem

BENCH = "Bench Press (Barbell)"
WORKING, WARM_UP = "working", "warm_up"
FORMATS = {
    "strong.csv": ("strong", 8),
    "strong_without_notes.csv": ("strong", 4),
    "strong_numbered_kg.csv": ("strong", 4),
    "strong_numbered_lb.csv": ("strong", 3),
    "strong_units.csv": ("strong", 3),
    "strong_duration_last.csv": ("strong", 3),
    "strong_from_a_spreadsheet.csv": ("strong", 3),
    "hevy_kg.csv": ("hevy", 8),
    "hevy_lbs.csv": ("hevy", 3),
    "fitnotes.csv": ("fitnotes", 7),
    "fitnotes_kgs.csv": ("fitnotes", 3),
    "fitnotes_ios.csv": ("fitnotes", 4),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_variant_is_told_apart_and_read_to_its_last_line(name: str) -> None:
    found = reading(file(name))
    assert (found.format, len(told(found.workouts))) == FORMATS[name]
    assert found.problems == []


def test_strong_says_set_types_rests_notes_and_rpe() -> None:
    push, run = reading(file("strong.csv")).workouts
    assert (push.name, push.notes) == ("Push Day", "Slept badly, still strong")
    assert f"{push.started} {push.ended}" == "2026-03-13 15:22:10 2026-03-13 16:27:10"
    bench, plank = push.items
    assert (bench.name, bench.rest_seconds, plank.sets[0].seconds) == (BENCH, 150, "90")
    kinds = [(each.set_type, each.weight, each.reps, each.rpe) for each in bench.sets]
    assert kinds == [
        (WARM_UP, "40", 10, None),
        (WORKING, "80", 8, "8"),
        (WORKING, "82.5", 6, "9.5"),
        ("drop", "60", 11, None),
        ("failure", "50", 14, "10"),
    ]
    assert [each.notes for each in bench.sets] == [None, "Paused", None, None, None]
    assert {each.weight_unit for each in bench.sets} == {None}
    assert (run.items[0].sets[0].distance, run.items[0].sets[0].distance_unit) == ("7.5", None)


def test_strong_with_numbers_semicolons_decimal_commas_and_notes_over_lines() -> None:
    first, second = reading(file("strong_numbered_kg.csv")).workouts
    assert (first.name, first.notes) == ("Ganzkörper A", "Kalt im Studio;\ntrotzdem gut")
    assert told([first])[1:] == [
        ("2025-01-07 07:10", "Deadlift (Barbell)", WORKING, "122.5", "kg", 5, None, None, None),
        ("2025-01-07 07:10", "Rowing (Machine)", WORKING, None, None, None, "486", "2000", "m"),
    ]
    assert first.items[0].sets[1].notes == "Gürtel"
    assert second.line == 8
    assert second.ended is not None
    assert (second.ended - second.started).seconds == 75


def test_strong_in_pounds_with_twelve_hours() -> None:
    (upper,) = reading(file("strong_numbered_lb.csv")).workouts
    assert f"{upper.started:%H:%M}" == "18:15"
    assert [each.weight for each in upper.items[0].sets] == ["70", "72.5"]
    assert {each.weight_unit for each in upper.sets} == {"lb"}


def test_strong_with_a_unit_at_every_set() -> None:
    found = told(reading(file("strong_units.csv")).workouts)
    assert [line[3:5] for line in found] == [("315", "lb"), ("80", "kg"), (None, None)]
    assert found[2][6:] == ("780", "1.5", "mi")


def test_strong_with_the_duration_in_the_last_column() -> None:
    (noon,) = reading(file("strong_duration_last.csv")).workouts
    assert f"{noon.ended:%H:%M:%S}" == "13:05:05"
    assert [each.weight for each in noon.items[0].sets] == ["92.5", "92.5"]
    assert noon.items[1].sets[0].distance == "3.2"


def test_a_spreadsheet_may_have_changed_dates_delimiter_and_numbers() -> None:
    found = told(reading(file("strong_from_a_spreadsheet.csv")).workouts)
    assert [line[0] for line in found] == ["2026-03-13 15:22"] * 2 + ["2026-04-01 08:05"]
    assert found[2][3] == "1250.5"


def test_hevy_says_supersets_set_types_and_both_times() -> None:
    cardio, push = reading(file("hevy_kg.csv")).workouts
    assert f"{push.started} {push.ended}" == "2026-03-13 15:22:00 2026-03-13 16:30:00"
    assert (push.notes, cardio.notes) == ("With Tom", None)
    assert [item.superset for item in push.items] == [None, 1, 1]
    assert [each.set_type for each in push.items[0].sets] == [WARM_UP, WORKING, "failure"]
    assert push.items[2].sets[1].set_type == "drop"
    assert push.items[0].note == "Grip one finger wider"
    run = ("2026-03-09 09:05", "Running", WORKING, None, None, None, "2532", "7.5", "km")
    assert told([cardio])[0] == run


def test_hevy_in_pounds_and_miles() -> None:
    found = told(reading(file("hevy_lbs.csv")).workouts)
    assert [line[3:5] for line in found] == [("225", "lb"), ("231.49", "lb"), (None, None)]
    assert found[2][6:] == ("660", "1.25", "mi")


def test_fitnotes_makes_a_workout_of_each_day() -> None:
    first, second = reading(file("fitnotes.csv")).workouts
    assert (first.has_time, first.ended, first.name) == (False, None, "Workout")
    bench, crunch = first.items
    assert [each.reps for each in bench.sets] == [8, 7, 7]
    assert (bench.sets[0].notes, crunch.category) == ("Felt strong", "Abs")
    assert crunch.sets[0].weight is None
    squat, run, sled = told([second])
    assert squat[3:6] == ("225", "lb", 5)
    assert run[6:] == ("1650", "5", "km")
    assert sled[3:] == ("60", "kg", None, None, "30.48", "m")


def test_older_fitnotes_has_the_unit_in_its_heading() -> None:
    (day,) = reading(file("fitnotes_kgs.csv")).workouts
    assert {each.weight_unit for each in day.items[0].sets} == {"kg"}
    assert day.items[0].sets[1].notes == "Grip, again"
    assert day.items[1].sets[0].seconds == "486"


def test_fitnotes_on_ios_has_both_units_of_which_the_rounder_one_was_entered() -> None:
    (day,) = reading(file("fitnotes_ios.csv")).workouts
    bench, plank = day.items
    assert [(each.weight, each.weight_unit) for each in bench.sets] == [
        ("40", "kg"),
        ("185", "lb"),
        ("60", "kg"),
    ]
    assert [each.set_type for each in bench.sets] == [WARM_UP, WORKING, "drop"]
    assert plank.sets[0].seconds == "90"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_marks_and_line_ends_make_no_difference(
    encoding: str, mark: bytes, end: str
) -> None:
    text = file("strong_numbered_kg.csv").decode().replace("\n", end)
    found = reading(mark + text.encode(encoding))
    assert found.workouts[0].name == "Ganzkörper A"
    assert len(told(found.workouts)) == 4
    assert found.problems == []


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_any_delimiter_will_do(delimiter: str) -> None:
    text = file("strong_without_notes.csv").decode().replace("Legs, ", "Legs ")
    found = reading(text.replace(",", delimiter).encode())
    assert len(told(found.workouts)) == 4


def test_a_broken_letter_does_not_spoil_the_others() -> None:
    data = file("strong_numbered_kg.csv").replace("ü".encode(), b"\xfc", 1)
    first, _ = reading(data).workouts
    assert (first.name, first.items[0].sets[1].notes) == ("Ganzkörper A", "G\ufffdrtel")


LINE = '2026-03-13 15:22:10,"Push",1h,Squat (Barbell),1,{},{},0,0,"","",{}'


@pytest.mark.parametrize(
    ("weight", "reps", "why"),
    [
        ("abc", "5", "The weight “abc” is not a number"),
        ("NaN", "5", "The weight “NaN” is not a number"),
        ("inf", "5", "The weight “inf” is not a number"),
        ("1e5", "5", "The weight “1e5” is not a number"),
        ("-20", "5", "The weight “-20” is less than nothing"),
        ("99999999", "5", "The weight “99999999” is more than 10,000"),
        ("=SUM(A1)", "5", "The weight “=SUM(A1)” is not a number"),
        ("80", "-5", "The number of reps “-5” is less than nothing"),
        ("80", "12345", "The number of reps “12345” is more than 10,000"),
        ("80", "", "No reps, time or distance"),
        ("", "", "No reps, time or distance"),
        ("9" * 70, "5", f"“{'9' * 40}…” is too long for this column"),
    ],
)
def test_a_number_that_is_none_costs_its_line_alone(weight: str, reps: str, why: str) -> None:
    found = reading(strong(LINE.format(60, 5, ""), LINE.format(weight, reps, "")))
    assert [(each.line, each.text, each.is_lost) for each in found.problems] == [(3, why, True)]
    assert [line[3] for line in told(found.workouts)] == ["60"]


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("", "No date"),
        ("yesterday", "The date “yesterday” is not one we can read"),
        ("2026-13-45 10:00:00", "The date “2026-13-45 10:00:00” does not exist"),
        ("2026-02-30", "The date “2026-02-30” does not exist"),
        ("2026-03-13 25:00:00", "The date “2026-03-13 25:00:00” does not exist"),
        ("0000-00-00", "The date “0000-00-00” does not exist"),
        ("1970-01-01 00:00:00", "The date is before 1971"),
        ("2027-03-13 15:22:10", "The date is in the future"),
        ("9999-12-31 23:59:59", "The date is in the future"),
    ],
)
def test_a_date_that_is_none_costs_its_line_alone(date: str, why: str) -> None:
    wrong = LINE.format(60, 5, "").replace("2026-03-13 15:22:10", date)
    found = reading(strong(wrong, LINE.format(60, 5, "")))
    assert [(each.line, each.text) for each in found.problems] == [(2, why)]
    assert len(told(found.workouts)) == 1


def test_what_is_only_beside_the_set_is_left_out_and_told() -> None:
    found = reading(
        strong(LINE.format(60, 5, "17"), LINE.format(60, "7.5", "8.25"), LINE.format(60, 5, "8"))
    )
    assert [(each.line, each.text, each.is_lost) for each in found.problems] == [
        (2, "The RPE “17” is more than 10", False),
        (3, "7.5 reps count as 7", False),
        (3, "The RPE 8.25 is not on the scale of 1 to 10 in halves", False),
    ]
    assert [each.rpe for each in found.workouts[0].sets] == [None, None, "8"]


def test_a_formula_stays_a_text() -> None:
    row = LINE.format(60, 5, "").replace('"Push"', "=cmd|' /C calc'!A0")
    (workout,) = reading(strong(row)).workouts
    assert workout.name == "=cmd|' /C calc'!A0"


def test_a_quotation_mark_that_is_not_closed_costs_its_line_alone() -> None:
    good = LINE.format(60, 5, "")
    broken = LINE.format(70, 5, "").replace('"Push"', '"Push')
    last = '2026-03-13 15:22:10,"Push",1h,Squat (Barbell),1,80,5,0,0,"","never closed'
    found = reading(strong(good, broken, good.replace(",60,", ",61,"), last, good))
    assert [(each.line, each.text) for each in found.problems] == [
        (3, "A quotation mark is not closed"),
        (5, "A quotation mark is not closed"),
    ]
    assert [line[3] for line in told(found.workouts)] == ["60", "61", "60"]


def test_quotation_marks_within_a_note_and_a_note_over_lines_are_read() -> None:
    inches = LINE.format(60, 5, "").replace('""', '"5"" band, ""easy""\nsecond line"', 1)
    loose = LINE.format(70, 5, "").replace('""', 'a 5" band', 1)
    found = reading(strong(inches, loose))
    assert found.problems == []
    assert [each.notes for each in found.workouts[0].sets] == [
        '5" band, "easy"\nsecond line',
        'a 5" band',
    ]


def test_a_note_of_many_lines_is_one_and_quotation_marks_left_open_take_no_time(
    monkeypatch: Any,
) -> None:
    lines = "first\n" + "more\n" * 300
    found = reading(strong(LINE.format(60, 5, "").replace('""', f'"{lines}"', 1)))
    assert found.workouts[0].items[0].sets[0].notes == lines.strip()
    read, step = [], records._Lines.__next__

    def counted(self: records._Lines) -> str:
        read.append(1)
        return step(self)

    monkeypatch.setattr(records._Lines, "__next__", counted)
    found = reading(strong(*['a"b,"c'] * 10_000))  # what closes one opens the next
    assert len(found.problems) > 9_900
    assert len(read) < 10_000 * 110 * 2


def test_rows_of_another_width_are_told() -> None:
    good = LINE.format(60, 5, "")
    found = reading(strong("a", good + ",,,", good + ",x", "2026;3;4;5", good[: good.index("5,")]))
    assert [(each.line, each.text) for each in found.problems] == [
        (2, "It has only 1 of 12 columns"),
        (4, "It has 13 columns, the first line 12"),
        (5, "It has only 1 of 12 columns"),
        (6, "No reps, time or distance"),
    ]
    assert len(told(found.workouts)) == 1


def test_a_very_long_cell_costs_its_line_alone() -> None:
    good = LINE.format(60, 5, "")
    huge = good.replace('"Push"', "x" * 10_000_000)
    found = reading(strong(huge, good))
    assert [(each.line, each.text) for each in found.problems] == [(2, "A cell is too long")]
    assert len(found.problems[0].said) <= 120
    assert len(told(found.workouts)) == 1


def test_a_long_name_and_a_long_note_are_cut_and_told() -> None:
    row = LINE.format(60, 5, "").replace("Squat (Barbell)", "S" * 300)
    row = row.replace('""', f'"{"n" * 3000}"', 1)
    found = reading(strong(row))
    (item,) = found.workouts[0].items
    assert (len(item.name), len(item.sets[0].notes or "")) == (200, 2000)
    assert [each.is_lost for each in found.problems] == [False, False]


def test_nul_characters_go() -> None:
    row = LINE.format(60, 5, "").replace("Push", "Pu\x00sh")
    assert reading(strong(row)).workouts[0].name == "Push"


def test_a_heading_in_the_middle_begins_another_export() -> None:
    export = strong(LINE.format(60, 5, ""), LINE.format(70, 5, "").replace(",1,70", ",2,70"))
    found = reading(export + export)
    assert found.problems == []
    assert [len(list(each.sets)) for each in found.workouts] == [2, 2]


def test_an_exercise_done_twice_in_a_workout_stays_twice() -> None:
    squat, press = LINE.format(60, 5, ""), LINE.format(30, 5, "").replace("Squat", "Press")
    (workout,) = reading(strong(squat, press, squat)).workouts
    names = [item.name for item in workout.items]
    assert names == ["Squat (Barbell)", "Press (Barbell)", "Squat (Barbell)"]


def test_lines_in_another_order_make_the_same_workouts() -> None:
    lines = file("strong.csv").decode().splitlines()
    heading, rows = lines[0], sorted(lines[1:], key=lambda row: row.split(",")[3])
    found = reading("\n".join([heading, *rows]).encode())
    usual = reading(file("strong.csv"))
    assert sorted(map(str, told(found.workouts))) == sorted(map(str, told(usual.workouts)))
    assert len(found.workouts) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty"),
        (b"\n\n  \n", "The file is empty"),
        (codecs.BOM_UTF8, "The file is empty"),
        (b"Name\nAnn\n", "The columns of this file are not those of Strong, Hevy or FitNotes"),
        (b"Date,Reps\n2026-01-01,5\n", "The columns of this file are not those of"),
        (b"{}", "The columns of this file are not those of"),
        (bytes(range(256)) * 40, "This is not a text file"),
        (b"\x00" * 5000, "This is not a text file"),
        (b"SQLite format 3\x00" + b"\x01" * 99, "This is a database, such as FitNotes makes"),
        (b"PK\x03\x04rest", "This is a ZIP or Excel file"),
        (b"%PDF-1.7", "This is a PDF"),
        (b'"' * 5000, "The columns of this file are not those of"),
        (b"x" * 2_000_000, "The columns of this file are not those of"),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(Problem) as refused:
        reading(data)
    assert refused.value.status == 400
    assert refused.value.text.startswith(why)
    assert refused.value.fields.keys() == {("file",)}


def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        reading(strong() + b"x,y\n" * (MOST_LINES + 1))
    assert refused.value.text == "The file has more than 200,000 lines"


def test_a_file_of_a_thousand_names_is_refused() -> None:
    rows = (LINE.format(60, 5, "").replace("Squat", f"Squat {n}") for n in range(1001))
    with pytest.raises(Problem) as refused:
        reading(strong(*rows))
    assert "more than 1,000 different exercises" in refused.value.text


def test_a_workout_without_end_is_cut_and_told() -> None:
    rows = [LINE.format(60, 5, "")] * 2003
    found = reading(strong(*rows))
    assert sum(1 for _ in found.workouts[0].sets) == 2000
    assert [each.line for each in found.problems] == [2002, 2003, 2004]


def test_the_heading_may_stand_below_other_lines() -> None:
    found = reading(b"My export\n\n" + STRONG.encode() + LINE.format(60, 5, "").encode())
    assert found.workouts[0].line == 4
