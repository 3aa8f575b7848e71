"""Numbers, lengths of time and dates as other apps and spreadsheets write them."""

from datetime import datetime
from decimal import Decimal

import pytest

from webapp.importing import moments, numbers
from webapp.importing.plain import Unreadable

MOST = Decimal(10_000)


@pytest.mark.parametrize(
    ("said", "has_commas", "found"),
    [
        ("80", True, "80"),
        (" 80.0 ", True, "80"),
        ("82,5", False, "82.5"),
        ("82,5", True, "82.5"),
        ("1,250", True, "1250"),
        ("1,250", False, "1.25"),
        ("1,250.5", True, "1250.5"),
        ("1.250,5", False, "1250.5"),
        ("1 250,5", False, "1250.5"),
        ("1'250.5", True, "1250.5"),
        ("1\u202f250", True, "1250"),
        (".5", True, "0.5"),
        ("80.", True, "80"),
        ("20.411657", True, "20.412"),
        ("٨٠٫٥", True, "80.5"),
    ],
)
def test_a_number_in_any_spelling(said: str, has_commas: bool, found: str) -> None:
    amount = numbers.amount(said, "weight", MOST, has_commas)
    assert amount is not None
    assert numbers.rounded(amount, 3) == found


@pytest.mark.parametrize("said", ["", " ", "-", "–", "NULL", "None"])
def test_nothing_said_is_no_number(said: str) -> None:
    assert numbers.amount(said, "weight", MOST) is None


@pytest.mark.parametrize(
    "said", ["abc", "nan", "8O", "1e3", "--5", "5-", "1.2.3", "0x10", "1_000", "½"]
)
def test_no_number_is_told_as_such(said: str) -> None:
    with pytest.raises(Unreadable, match="is not a number"):
        numbers.amount(said, "weight", MOST)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("90", 90),
        ("1:30", 90),
        ("0:01:30", 90),
        ("01:05:00", 3900),
        ("90.5", Decimal("90.5")),
        ("0:00:30.25", Decimal("30.25")),
        ("1h 5m", 3900),
        ("1h5m", 3900),
        ("1 h 5 min 10 s", 3910),
        ("2 hrs", 7200),
        ("45m", 2700),
        ("35s", 35),
        ("1 Std. 5 Min.", 3900),
        ("", None),
    ],
)
def test_a_length_of_time_in_any_spelling(said: str, found: object) -> None:
    assert numbers.seconds(said) == found


@pytest.mark.parametrize(
    ("said", "in_seconds", "found"),
    [
        ("75", False, 4500),
        ("3900", False, 3900),
        ("75", True, 75),
        ("01:05:00", False, 3900),
        ("1h 5m", False, 3900),
        ("58m", False, 3480),
        ("0", False, None),
        ("", False, None),
        ("999:00:00", True, None),
    ],
)
def test_a_bare_length_of_a_workout_counts_minutes_when_it_is_small(
    said: str, in_seconds: bool, found: int | None
) -> None:
    assert numbers.length(said, in_seconds) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2026-03-13 15:22:10", "2026-03-13 15:22:10"),
        ("2026-03-13T15:22", "2026-03-13 15:22:00"),
        ("2026-03-13 3:22:10 PM", "2026-03-13 15:22:10"),
        ("2026-03-13 3:22:10\u202fPM", "2026-03-13 15:22:10"),
        ("2026-03-13 12:05 a.m.", "2026-03-13 00:05:00"),
        ("13 Mar 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 March 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 mars 2026, 15:22", "2026-03-13 15:22:00"),
        ("13. März 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 Mrz. 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 mar 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 de marzo de 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 maart 2026, 15:22", "2026-03-13 15:22:00"),
        ("1 août 2026 15:22", "2026-08-01 15:22:00"),
        ("1 dez. 2026, 15:22", "2026-12-01 15:22:00"),
        ("Mar 13, 2026, 3:22 PM", "2026-03-13 15:22:00"),
        ("March 13, 2026 at 3:22 PM", "2026-03-13 15:22:00"),
        ("Fri, 13 Mar 2026, 15:22", "2026-03-13 15:22:00"),
        ("13-Mar-2026 15:22", "2026-03-13 15:22:00"),
        ("13/03/2026 15:22", "2026-03-13 15:22:00"),
        ("13.03.2026 15:22:10", "2026-03-13 15:22:10"),
        ("3.4.2026 15:22", "2026-04-03 15:22:00"),
        ("13 мар. 2026 г., 15:22", "2026-03-13 15:22:00"),
        ("1 мая 2026 г., 15:22", "2026-05-01 15:22:00"),
        ("13 бер. 2026 р., 15:22", "2026-03-13 15:22:00"),
        ("13 Mart 2026, 15:22", "2026-03-13 15:22:00"),
        ("1 Ağu 2026, 15:22", "2026-08-01 15:22:00"),
        ("1 Kas 2025, 15:22", "2025-11-01 15:22:00"),
        ("1 paź 2025, 15:22", "2025-10-01 15:22:00"),
        ("1 maja 2026, 15:22", "2026-05-01 15:22:00"),
        ("1. des. 2025 kl. 15:22", "2025-12-01 15:22:00"),
        ("13 3月 2026, 15:22", "2026-03-13 15:22:00"),
        ("13 3월 2026, 15:22", "2026-03-13 15:22:00"),
        ("2026年3月13日 15:22", "2026-03-13 15:22:00"),
        ("2026년 3월 13일 15:22", "2026-03-13 15:22:00"),
        ("2026-03-13T15:22:10.123456+01:00", "2026-03-13T15:22:10.123456+01:00"),
        ("2026-03-13 15:22:10,5", "2026-03-13 15:22:10.500000"),
        ("1971-03-13T15:22:10-00:44:30", "1971-03-13T15:22:10-00:44:30"),
    ],
)
def test_a_moment_in_any_spelling(said: str, found: str) -> None:
    assert moments.moment(said) == (datetime.fromisoformat(found), True)


@pytest.mark.parametrize("said", ["2026-03-13", "13 Mar 2026", "13.3.2026", "2026/3/13"])
def test_a_day_without_a_time(said: str) -> None:
    assert moments.moment(said) == (datetime(2026, 3, 13), False)


def test_an_offset_that_is_written_is_kept() -> None:
    for said in ("2026-03-13T15:22:10+01:00", "2026-03-13 15:22:10 +0100", "2026-03-13T14:22:10Z"):
        when, _ = moments.moment(said)
        assert when == datetime.fromisoformat("2026-03-13T14:22:10+00:00")


def test_months_come_first_where_the_file_is_such() -> None:
    assert moments.moment("3/4/2026", day_first=False)[0] == datetime(2026, 3, 4)
    assert moments.moment("3.4.2026", day_first=False)[0] == datetime(2026, 4, 3)
    orders = [moments.order(said) for said in ("13/4/2026", "4/13/2026", "4/5/2026", "2026-04-05")]
    assert orders == ["day", "month", "either", None]


@pytest.mark.parametrize("said", ["", "jui 2026", "13 jui 2026", "13 Foo 2026", "2026", "x" * 5000])
def test_what_is_no_date_is_told_as_such(said: str) -> None:
    with pytest.raises(Unreadable):
        moments.moment(said)
