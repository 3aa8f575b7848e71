"""The calendar of training: a month, its days, the weeks in a row, the years before."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from tests.test_history import text
from webapp.history.streaks import today_of
from webapp.models import User, Workout

NOON = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)


async def trained_on(person: Person, *days: date) -> list[Workout]:
    """A workout on each of the days, in their order."""
    ids = await train(person.user, workouts=len(days), exercises=1, sets=1, until=NOON)
    for id, day in zip(ids, days, strict=True):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        facts = {"local_date": day, "started_at": at, "ended_at": at + timedelta(hours=1)}
        await Workout.filter(id=id).update(**facts)
    return [await Workout.get(id=id) for id in ids]


async def calendar(person: Person, month: str = "") -> dict[str, Any]:
    url = "/workouts/calendar" + (f"?month={month}" if month else "")
    data: dict[str, Any] = await (await person.json("GET", url)).get_json()
    return data


async def test_each_day_of_training_is_marked_with_its_workouts(ann: Person) -> None:
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 14), date(2026, 2, 14))
    _, first, one, two = await trained_on(ann, *days)
    await Workout.filter(id=two.id).update(name="Legs")
    assert (await calendar(ann, "2026-02"))["days"] == [
        {"date": "2026-02-01", "sessions": [{"id": str(first.uuid), "name": first.name}]},
        {
            "date": "2026-02-14",
            "sessions": [
                {"id": str(one.uuid), "name": one.name},
                {"id": str(two.uuid), "name": "Legs"},
            ],
        },
    ]
    page = await text(await ann.page("GET", "/workouts/calendar?month=2026-02"))
    assert "February 2026" in page and "3 workouts on 2 days" in page
    assert f"Sunday 1 February, 1 workout: {first.name}" in page
    assert f"Saturday 14 February, 2 workouts: {one.name}, Legs" in page
    assert f'href="/workouts/{first.uuid}"' in page
    assert 'href="/workouts?from=2026-02-14&amp;to=2026-02-14"' in page
    assert page.count('class="day-cell is-done"') == 2


async def test_a_day_of_several_opens_a_list_of_them(ann: Person) -> None:
    await trained_on(ann, date(2026, 2, 14), date(2026, 2, 14), date(2026, 2, 15))
    page = await text(await ann.page("GET", "/workouts?from=2026-02-14&to=2026-02-14"))
    assert page.count('class="row" href="/workouts/') == 2 and "14 Feb 2026" in page


@pytest.mark.parametrize(
    ("first_day", "names", "blank"),
    [
        (1, ["Mon", "Sun"], 6),
        (7, ["Sun", "Sat"], 0),
        (0, ["Sun", "Sat"], 0),
        (6, ["Sat", "Fri"], 1),
    ],
)
async def test_weeks_begin_on_the_day_the_person_says(
    ann: Person, first_day: int, names: list[str], blank: int
) -> None:
    await User.filter(id=ann.user.id).update(first_day_of_week=first_day)
    page = await text(await ann.page("GET", "/workouts/calendar?month=2026-02"))
    heads = re.findall(r'<th scope="col" abbr="\w+"><span aria-hidden="true">(\w+)', page)
    assert [heads[0], heads[-1]] == names and len(heads) == 7
    first_week = page.split("<tbody>")[1].split("</tr>")[0]
    assert first_week.count("<td></td>") == blank
    assert page.count('class="day-cell"') == 28


async def test_without_a_month_it_is_this_one_with_today_and_the_weeks_in_a_row(
    ann: Person,
) -> None:
    today = today_of("UTC")
    await trained_on(ann, today - timedelta(days=7), today)
    data = await calendar(ann)
    assert data["month"] == f"{today:%Y-%m}" and data["streak"]["weeks"] == 2
    assert {"date": str(today), "sessions": data["days"][-1]["sessions"]} == data["days"][-1]
    page = await text(await ann.page("GET", "/workouts/calendar"))
    assert page.count('aria-current="date"') == 1 and "2 weeks in a row" in page
    assert 'rel="next"' not in page and 'rel="prev"' in page and ">Today</a>" not in page


async def test_months_and_years_lead_to_each_other(ann: Person) -> None:
    await trained_on(ann, date(2023, 12, 5), date(2026, 2, 1))
    page = await text(await ann.page("GET", "/workouts/calendar?month=2024-01"))
    assert 'href="/workouts/calendar?month=2023-12" rel="prev" aria-label="December 2023"' in page
    assert 'href="/workouts/calendar?month=2024-02" rel="next" aria-label="February 2024"' in page
    assert 'href="/workouts/calendar">Today</a>' in page
    years = re.findall(r'<a class="chip[^"]*" href="([^"]*)"[^>]*>(\d+)</a>', page)
    assert [year for _, year in years][-4:] == ["2026", "2025", "2024", "2023"]
    assert years[-1][0] == "/workouts/calendar?month=2023-01"
    for url, _ in years:
        assert (await ann.page("GET", url)).status_code == 200


async def test_a_new_person_is_told_what_will_be_here(ann: Person) -> None:
    page = await text(await ann.page("GET", "/workouts/calendar"))
    assert "Each day you train gets a mark here." in page and 'href="/"' in page
    assert "Years" not in page and "in a row" not in page


async def test_what_is_deleted_or_in_progress_is_no_day_of_training(ann: Person) -> None:
    gone, running = await trained_on(ann, date(2026, 2, 3), date(2026, 2, 4))
    await Workout.filter(id=gone.id).update(deleted_at=NOON)
    await Workout.filter(id=running.id).update(status="in_progress", ended_at=None)
    assert (await calendar(ann, "2026-02"))["days"] == []


async def test_a_name_stays_text(ann: Person) -> None:
    (workout,) = await trained_on(ann, date(2026, 2, 3))
    await Workout.filter(id=workout.id).update(name='<b>"x"</b>')
    assert "<b>&#34;" not in (page := await text(await ann.page("GET", _FEBRUARY)))
    assert "<b>&quot;" not in page and '<b>"x"' not in page


_FEBRUARY = "/workouts/calendar?month=2026-02"


async def test_bob_sees_none_of_anns_days(ann: Person, bob: Person) -> None:
    await trained_on(ann, date(2020, 2, 3), date(2026, 2, 4))
    data = await calendar(bob, "2026-02")
    assert data["days"] == [] and data["streak"] == {"weeks": 0, "this_week": 0}
    page = await text(await bob.page("GET", _FEBRUARY))
    assert "2020" not in page and "is-done" not in page


@pytest.mark.parametrize("month", ["2026-13", "x", "1969-12", "9999-01", "2026-02-30", "%00"])
async def test_a_month_there_is_not_is_refused_in_words(ann: Person, month: str) -> None:
    answer = await ann.json("GET", f"/workouts/calendar?month={month}")
    assert answer.status_code == 400 and "month" in (await answer.get_json())["fields"]
    assert (await ann.page("GET", f"/workouts/calendar?month={month}")).status_code == 400


async def test_statements_do_not_grow_with_the_history(ann: Person) -> None:
    amounts = []
    for amount in (2, 60):
        await train(ann.user, workouts=amount, exercises=1, sets=1)
        with counted() as statements:
            await text(await ann.page("GET", "/workouts/calendar"))
        amounts.append(len(statements))
    assert amounts[0] == amounts[1] <= 4


async def test_a_month_without_training_leads_to_the_last_one_that_has_some(
    ann: Person, bob: Person
) -> None:
    await trained_on(ann, date(2019, 5, 2), date(2021, 3, 9))
    for query in ("", "?month=2020-01"):
        page = await text(await ann.page("GET", f"/workouts/calendar{query}"))
        assert 'href="/workouts/calendar?month=2021-03">Last trained in March 2021' in page
    assert "Last trained" not in await text(
        await ann.page("GET", "/workouts/calendar?month=2019-05")
    )
    theirs = await text(await bob.page("GET", "/workouts/calendar"))
    assert "Last trained" not in theirs and "Each day you train gets a mark here" in theirs
