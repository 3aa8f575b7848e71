"""The tap counts: what a phone has carried out is dated by it, within what can be true."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.gym import routine
from tests.support.phone import Phone, done, in_classic, now, refused
from tests.support.world import Person
from webapp.models import Routine, Workout, WorkoutItem, WorkoutSet

MONTH = timedelta(days=30)


@pytest.fixture
async def phone(ann: Person) -> Phone:
    return await in_classic(ann)


async def log(phone: Phone, number: int = 0, **headers: str) -> WorkoutSet:
    """Log the n-th set of the first exercise."""
    uuid = (await phone.sheet())["items"][0]["sets"][number]["uuid"]
    await done(await phone.send(f"/session/sets/{uuid}/log", {}, **headers))
    return await WorkoutSet.get(uuid=uuid)


async def test_the_rest_begins_at_the_tap_also_when_it_is_only_a_moment_ago(phone: Phone) -> None:
    phone.at = now() - timedelta(seconds=10)
    each, workout = await log(phone), await Workout.get()
    assert (each.completed_at, workout.rest_started_at) == (phone.at, phone.at)
    assert workout.rest_ends_at == phone.at + timedelta(seconds=180)


async def test_a_set_is_not_done_before_the_workout_began(phone: Phone) -> None:
    began = phone.at
    phone.later(minutes=-5)
    assert (await log(phone)).completed_at == began


@pytest.mark.parametrize("said", [MONTH + timedelta(minutes=1), -timedelta(minutes=1), None])
async def test_a_moment_that_cannot_be_is_now(phone: Phone, said: timedelta | None) -> None:
    before = now()
    tap = "yesterday" if said is None else (datetime.now(UTC) - said).isoformat()
    each = await log(phone, Setlog_Tapped_At=tap)
    assert each.completed_at is not None and before <= each.completed_at <= datetime.now(UTC)
    assert each.completed_at.microsecond % 1000 == 0


async def test_a_tap_of_almost_thirty_days_ago_counts_then(ann: Person) -> None:
    phone = Phone(ann, at=now() - MONTH + timedelta(minutes=5))
    await phone.start()
    await done(await phone.send("/session/finish"))
    workout = await Workout.get()
    assert workout.started_at == workout.ended_at == phone.at


async def test_the_timer_is_worked_from_the_phones_moments(phone: Phone) -> None:
    each = await log(phone)
    tapped, seconds = each.completed_at, lambda number: timedelta(seconds=number)
    for verb, later, left in (("plus", 30, 165), ("minus", 30, 120), ("pause", 20, 100)):
        phone.later(seconds=later)
        await done(await phone.send(f"/session/rest/{verb}"))
        workout = await Workout.get()
        if verb != "pause":
            assert workout.rest_ends_at == phone.at + seconds(left)
    assert workout.rest_left_seconds == 100 and workout.rest_started_at == tapped
    phone.later(minutes=1)
    await done(await phone.send("/session/rest/resume"))
    assert (await Workout.get()).rest_ends_at == phone.at + seconds(100)
    await done(await phone.send("/session/rest/skip"))
    assert (await Workout.get()).rest_ends_at is None


async def test_a_timed_rest_is_taken_at_the_tap(ann: Person) -> None:
    plan = await routine(ann, {"kind": "rest", "duration_seconds": 150})
    phone = Phone(ann)
    await phone.start(routine=str(plan.uuid))
    item = (await phone.sheet())["items"][0]["uuid"]
    assert await done(await phone.send(f"/session/items/{item}/rest")) == {"version": 2}
    assert (await Workout.get()).rest_ends_at == phone.at + timedelta(seconds=150)
    assert (await WorkoutItem.get()).ended_at == phone.at


@pytest.mark.parametrize("ending", ["finish", "stop"])
async def test_a_workout_ends_at_the_tap_and_not_before_its_last_set(
    phone: Phone, ending: str
) -> None:
    last = (await log(phone)).completed_at
    await done(await phone.send(f"/session/{ending}", Setlog_Tapped_At=_at(last, minutes=-1)))
    assert (await Workout.get()).ended_at == last


async def test_a_workout_left_running_for_hours_ends_with_its_last_set(ann: Person) -> None:
    ends = {}
    for hours in (2.9, 3.1):
        phone = await in_classic(ann)
        phone.at = now() - timedelta(hours=5)
        await Workout.filter(status="in_progress").update(started_at=phone.at)
        last = (await log(phone)).completed_at
        phone.later(hours=hours)
        await done(await phone.send("/session/finish"))
        ended = (await Workout.get(uuid=phone.workout)).ended_at
        ends[hours] = (ended == phone.at, ended == last)
    assert ends == {2.9: (True, False), 3.1: (False, True)}


async def test_sets_logged_with_the_end_are_done_then(phone: Phone) -> None:
    phone.later(minutes=20)
    await done(await phone.send("/session/finish", {"unlogged": "log"}))
    assert {each.completed_at for each in await WorkoutSet.all()} == {phone.at}


async def test_a_discarded_workout_is_in_the_trash_since_the_tap(phone: Phone) -> None:
    await done(await phone.send("/session/discard"))
    assert (await Workout.get()).deleted_at == phone.at


async def test_what_another_ones_phone_tapped_dates_nothing(phone: Phone, bob: Person) -> None:
    each, before = await log(phone), await Workout.get()
    theirs = Phone(bob, phone.workout, phone.at - timedelta(minutes=30))
    for path in (f"/session/sets/{each.uuid}/log", "/session/rest/plus", "/session/finish"):
        await refused(await theirs.send(path), 404, "not_found")
    await each.refresh_from_db()
    now_there = await Workout.get()
    assert each.completed_at == phone.at and now_there.ended_at is None
    assert now_there.rest_ends_at == before.rest_ends_at


async def test_a_workout_of_before_does_not_make_its_routine_older(ann: Person) -> None:
    phone = await in_classic(ann)
    await log(phone)
    today = now()
    await Routine.all().update(last_done_at=today)
    await done(await phone.send("/session/finish"))
    assert (await Routine.get()).last_done_at == today


async def test_without_the_phones_mark_an_end_counts_from_now(phone: Phone) -> None:
    before, headers = now(), {"Setlog_Tapped_At": phone.at.isoformat()}
    await phone.person.htmx("POST", "/session/rest/plus", **headers)
    await phone.person.page("POST", "/session/finish", **headers)
    ended = (await Workout.get()).ended_at
    assert ended is not None and ended >= before


def _at(when: datetime | None, **by: float) -> str:
    assert when is not None
    return (when + timedelta(**by)).isoformat()
