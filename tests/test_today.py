"""The first page: go on, start what is next, repeat; the week and the last workouts."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quart import Quart

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp import starters
from webapp.history.streaks import streak, today_of, week_of
from webapp.models import Routine, RoutineItem, User, Workout, WorkoutItem, WorkoutSet

FRIDAY = date(2026, 11, 20)


async def page(person: Person, path: str = "/") -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    text: str = await answer.get_data(as_text=True)
    return text


async def on(person: Person, *days: date, **more: Any) -> None:
    """Workouts that count for these days."""
    for day in days:
        start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        facts = {"status": "finished", "ended_at": start, "started_at": start, **more}
        await Workout.create(user=person.user, name="Legs", local_date=day, **facts)


async def test_a_new_person_is_offered_the_starter_programs(ann: Person) -> None:
    shown = await page(ann)
    for starter in starters.offered():
        assert f'action="/routines/starters/{starter["slug"]}"' in shown
    assert "Your first week" in shown and "Repeat last" not in shown
    data = await (await ann.json("GET", "/")).get_json()
    assert data["active"] is None and data["recent"] == [] and data["streak"]["weeks"] == 0


async def test_whoever_is_signed_out_is_sent_to_sign_in(app: Quart) -> None:
    answer = await app.test_client().get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/login")


async def test_the_routine_whose_turn_it_is_leads(ann: Person) -> None:
    now = datetime.now(UTC)
    for position, (name, done) in enumerate((("A", 2), ("B", 5), ("C", 7))):
        last = now - timedelta(days=done)
        await Routine.create(user=ann.user, name=name, position=position, last_done_at=last)
    shown = await page(ann)
    names = re.findall(r"<strong>([ABC])</strong>", shown)
    assert names == ["B", "A", "C"]
    assert shown.index("Next up") < shown.index("<strong>B</strong>") < shown.index("5 days ago")
    assert shown.count("Next up") == 1 and "Pick a program" not in shown


async def test_a_routine_says_what_is_in_it(ann: Person) -> None:
    routine = await Routine.create(user=ann.user, name="A")
    for position, name in enumerate(("Squat (barbell)", "Row")):
        await RoutineItem.create(
            user=ann.user, routine=routine, position=position, exercise_name=name
        )
    shown = await page(ann)
    assert "Squat, Row" in shown and "2 exercises · not done yet" in shown


async def test_the_workout_in_progress_can_be_resumed(ann: Person) -> None:
    (id,) = await train(ann.user, workouts=1, exercises=2, sets=2)
    start = datetime.now(UTC) - timedelta(minutes=31)
    await Workout.filter(id=id).update(status="in_progress", ended_at=None, started_at=start)
    await WorkoutSet.filter(workout_id=id, position=1).update(completed_at=None)
    shown = await page(ann)
    assert "2 of 4 sets · started 31 min ago" in shown and 'value="2" max="4"' in shown
    assert "Recent workouts" not in shown
    data = await (await ann.json("GET", "/")).get_json()
    assert data["active"]["is_active"] is True and data["recent"] == []


async def test_the_last_workouts_are_shown_with_what_they_came_to(ann: Person) -> None:
    ids = await train(ann.user, workouts=7, exercises=1, sets=2, pool=1)
    facts = {"weight": "500", "weight_grams": 500_000, "reps": 8}
    await WorkoutSet.filter(workout_id=ids[-1]).update(**facts)
    shown = await page(ann)
    last = await Workout.get(id=ids[-1])
    assert f'name="repeat" value="{last.uuid}"' in shown and "2 PBs" in shown
    assert "51\xa0min · 2\xa0sets" in shown
    data = await (await ann.json("GET", "/")).get_json()
    assert len(data["recent"]) == 5
    assert data["recent"][0]["id"] == str(last.uuid)
    assert data["recent"][0]["personal_best_count"] == 2


async def test_bob_sees_nothing_of_ann(ann: Person, bob: Person) -> None:
    await train(ann.user, workouts=3)
    await Routine.create(user=ann.user, name="Hers")
    shown = await page(bob)
    assert "Hers" not in shown and "Full body" not in re.sub(r"<form.*?</form>", "", shown)
    data = await (await bob.json("GET", "/")).get_json()
    assert data["recent"] == [] == data["workouts"] and data["streak"]["this_week"] == 0


async def test_the_workout_in_progress_tells_what_it_came_to_so_far(
    ann: Person, bob: Person
) -> None:
    running = {"status": "in_progress", "ended_at": None}
    for person in (ann, bob):
        await train(person.user, workouts=2, exercises=3, sets=3)
        newest = await Workout.filter(user=person.user).order_by("-id").first()
        assert newest is not None
        await Workout.filter(id=newest.id).update(**running)
    of_ann = await Workout.get(user=ann.user, status="in_progress")
    sets = WorkoutSet.filter(workout=of_ann)
    await sets.update(reps=5, weight="100", weight_unit="kg", weight_grams=100_000)
    first, second, third = await WorkoutItem.filter(workout=of_ann).order_by("position")
    await sets.filter(item=first, position=0).update(set_type="warm_up")
    await sets.filter(item=first, position=2).update(completed_at=None)
    await WorkoutItem.filter(id=second.id).update(load="assisted")
    await WorkoutItem.filter(id=third.id).update(status="removed")
    assert "5 of 6 sets" in await page(ann) and "9 of 9 sets" in await page(bob)
    data = await (await ann.json("GET", "/")).get_json()
    assert data["active"]["set_count"] == 4
    assert data["active"]["volume"] == 500


async def test_today_costs_as_many_statements_however_long_the_history(ann: Person) -> None:
    amounts = []
    for number in (3, 60):
        await train(ann.user, workouts=number, exercises=4, sets=4)
        await Routine.create(user=ann.user, name=f"Routine {number}")
        newest = await WorkoutSet.filter(user=ann.user).order_by("-id").first()
        facts = {"weight": str(400 + number), "weight_grams": (400 + number) * 1000}
        await WorkoutSet.filter(id=newest.id).update(**facts)  # type: ignore[union-attr]
        with counted() as statements:
            await page(ann)
        amounts.append(len(statements))
    assert amounts[0] == amounts[1] <= 9  # one of them asks who it is


# --- the streak


@pytest.mark.parametrize(
    ("weeks_ago", "weeks"),
    [
        ([], 0),
        ([0], 1),
        ([0, 1, 2], 3),
        ([1, 2], 2),
        ([2, 3], 0),
        ([0, 2], 1),
        (range(60), 60),
    ],
)
async def test_weeks_in_a_row(ann: Person, weeks_ago: Any, weeks: int) -> None:
    await on(ann, *(FRIDAY - timedelta(weeks=each) for each in weeks_ago))
    found = await streak(ann.user.id, FRIDAY, 1)
    assert found.weeks == weeks and found.ever == bool(weeks_ago)


async def test_a_week_begins_on_the_persons_first_day(ann: Person) -> None:
    await on(ann, date(2026, 11, 15), date(2026, 11, 13))  # a Sunday, and the Friday before
    by_monday = await streak(ann.user.id, FRIDAY, 1)
    assert (by_monday.first, by_monday.weeks) == (date(2026, 11, 16), 1)
    assert by_monday.this_week == 0
    by_sunday = await streak(ann.user.id, FRIDAY, 7)
    assert (by_sunday.first, by_sunday.weeks) == (date(2026, 11, 15), 2)
    assert by_sunday.days == {date(2026, 11, 15): 1}


async def test_only_what_was_done_and_kept_counts(ann: Person, bob: Person) -> None:
    await on(ann, FRIDAY, status="in_progress", ended_at=None)
    await on(ann, FRIDAY, deleted_at=datetime.now(UTC))
    await on(bob, FRIDAY)
    found = await streak(ann.user.id, FRIDAY, 1)
    assert found.weeks == 0 and not found.ever and not found.days
    await on(ann, FRIDAY, FRIDAY)
    assert (await streak(ann.user.id, FRIDAY, 1)).this_week == 2


async def test_the_days_are_those_of_the_persons_clock(ann: Person) -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert today_of("Asia/Tokyo", late) == date(2026, 11, 21)
    assert today_of("America/New_York", late) == FRIDAY
    await User.filter(id=ann.user.id).update(timezone="Pacific/Kiritimati", first_day_of_week=7)
    today = today_of("Pacific/Kiritimati")
    await on(ann, today)
    shown = await page(ann)
    days = re.findall(r'<li class="([^"]*)"><span aria-hidden="true">(\w)', shown)
    assert [label for _, label in days] == list("SMTWTFS")
    assert [days.index(each) for each in days if "is-today" in each[0]] == [today.isoweekday() % 7]
    assert sum("is-done" in classes for classes, _ in days) == 1


@given(day=st.dates(date(1980, 1, 1), date(2100, 1, 1)), first=st.integers(1, 7))
def test_a_day_is_in_the_week_that_begins_at_most_six_days_before(day: date, first: int) -> None:
    start = week_of(day, first)
    assert start.isoweekday() == first and 0 <= (day - start).days <= 6
