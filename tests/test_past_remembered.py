"""What is remembered of past workouts is what they are, whatever is changed and in which order."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support import gym
from tests.support.history import lifts, train
from tests.support.remembering import nothing_known
from tests.support.statements import counted
from tests.support.world import Person
from webapp.history import listing, progress
from webapp.history.narrowing import Asked
from webapp.history.ranges import Range
from webapp.models import User, Workout, WorkoutItem, WorkoutSet

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOURS = 12
EVER = Range(date(2026, 1, 1), date(2026, 12, 31))


async def _workout(user: User, chance: random.Random, status: str) -> Workout:
    at = START + timedelta(hours=chance.randrange(HOURS))
    ended = None if status == "in_progress" else at + timedelta(hours=1)
    return await Workout.create(
        user=user, name="Gym", status=status, started_at=at, ended_at=ended, local_date=at.date()
    )


async def _item(user: User, of: Workout, exercise: Any) -> WorkoutItem:
    return await WorkoutItem.create(
        user=user, workout=of, position=1, exercise=exercise, exercise_name=exercise.name,
        muscle_group="legs", body_part="legs", modality="strength", implement="Barbell",
        measure="reps", load="external", kind="exercise", status="active", plan={},
    )  # fmt: skip


async def _set(user: User, item: WorkoutItem, chance: random.Random) -> None:
    grams = 1000 * chance.choice((40, 50, 60, 70))
    await WorkoutSet.create(
        user=user, workout_id=item.workout_id, item=item, exercise_id=item.exercise_id,  # type: ignore[attr-defined]
        position=1, set_type="working", reps=chance.randrange(3, 7), weight=str(grams // 1000),
        weight_unit="kg", weight_grams=grams, completed_at=_moment(chance),
    )  # fmt: skip


def _moment(chance: random.Random) -> datetime | None:
    at = START + timedelta(minutes=chance.randrange(60 * HOURS))
    return at if chance.random() < 0.9 else None


async def _change(user: User, chance: random.Random) -> None:
    """One of the ways rows change, on a row of any workout."""
    workouts = await Workout.filter(user=user).order_by("id")
    items = await WorkoutItem.filter(user=user).order_by("id")
    sets = await WorkoutSet.filter(user=user).order_by("id")
    workout, item, each = chance.choice(workouts), chance.choice(items), chance.choice(sets)
    what, at = chance.randrange(10), START + timedelta(hours=chance.randrange(HOURS))
    if what < 4:
        await _set(user, item, chance)
    elif what == 4:
        await WorkoutSet.filter(id=each.id).update(completed_at=_moment(chance))
    elif what == 5:
        await WorkoutSet.filter(id=each.id).delete()
    elif what == 6:
        status = chance.choice(("active", "removed"))
        await WorkoutItem.filter(id=item.id).update(status=status)
    elif what == 7:
        await Workout.filter(id=workout.id).update(started_at=at, version=2)
    elif what == 8:
        deleted = chance.choice((None, at))
        await Workout.filter(id=workout.id).update(deleted_at=deleted)
    else:
        status = chance.choice(("in_progress", "finished"))
        await Workout.filter(id=workout.id).update(status=status)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_changes_it_is_what_a_recount_says(ann: Person, seed: int) -> None:
    chance, user = random.Random(seed), ann.user
    known = await lifts(user, 2)
    for status in ("finished", "finished", "finished", "in_progress"):
        of = await _workout(user, chance, status)
        for exercise in known:
            item = await _item(user, of, exercise)
            for _ in range(3):
                await _set(user, item, chance)
    reads: Any = ((listing.page, Asked()), (listing.recent, 5))
    for _ in range(40):
        for read, asked in reads:
            assert await read(user.id, asked) == await read.__wrapped__(user.id, asked)
        found = await progress.progress(user.id, "UTC", EVER, await progress.days(user.id))
        with nothing_known():
            trained = await progress.days(user.id)
            assert found == await progress.progress(user.id, "UTC", EVER, trained)
        await _change(user, chance)


async def test_logging_a_set_leaves_the_past_as_it_is(ann: Person) -> None:
    await gym.did(ann, "squat-barbell", ("77.5", 5))
    await train(ann.user, 3)
    await gym.classic(ann)
    routine = await ann.user.routines.all().first()  # type: ignore[attr-defined]
    await ann.page("POST", "/session/start", {"routine": str(routine.uuid)})
    for each in await WorkoutSet.filter(user=ann.user, completed_at=None).order_by("id"):
        await listing.page(ann.user.id, Asked())
        said = {"weight": "80", "reps": "5", "duration": "60"}
        answer = await ann.page("POST", f"/session/sets/{each.uuid}/log", said)
        assert answer.status_code == 303
        with counted() as statements:
            await listing.page(ann.user.id, Asked())
        assert len(statements) == 1 and "past_editions" in statements[0]
