"""Years of training in a second or two, for tests and benchmarks."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.connection import get_connection

from webapp.db import is_postgres, row, rows, transaction
from webapp.ids import uuid7
from webapp.models import Exercise, User

PIECE = 10_000  # rows of one statement
LIFTS = (
    ("Squat", "legs", "quads"),
    ("Bench press", "chest", "chest"),
    ("Deadlift", "back", "hamstrings"),
    ("Overhead press", "shoulders", "front_delts"),
    ("Bent-over row", "back", "lats"),
    ("Barbell curl", "biceps", "biceps"),
)
_WORKOUT = (
    "uuid", "user_id", "name", "status", "started_at", "ended_at", "local_date", "notes",
    "rating", "source", "version", "created_at", "updated_at",
)  # fmt: skip
_ITEM = (
    "uuid", "user_id", "workout_id", "position", "kind", "exercise_id", "exercise_name",
    "muscle_group", "body_part", "modality", "implement", "measure", "load", "status",
    "started_at", "ended_at", "plan", "version", "created_at", "updated_at",
)  # fmt: skip
_SET = (
    "uuid", "user_id", "workout_id", "item_id", "exercise_id", "position", "set_type", "reps",
    "weight", "weight_unit", "weight_grams", "completed_at", "version", "created_at",
    "updated_at",
)  # fmt: skip


async def train(
    user: User,
    workouts: int = 3,
    exercises: int = 3,
    sets: int = 3,
    *,
    until: datetime | None = None,
    every: timedelta = timedelta(days=2, hours=8),
    pool: int | None = None,
    seed: int = 1,
) -> list[int]:
    """Give the user finished workouts, the last one ending at `until`; their ids, oldest first.

    Each has `exercises` of the `pool` (made once, as the user's own), each with `sets` sets of
    barbell weights that slowly grow. 10,000 sets take about a second.
    """
    chance = random.Random(seed)
    known = await lifts(user, pool or max(exercises, len(LIFTS)))
    end = (until or datetime.now(UTC)).replace(microsecond=0)
    starts = [end - timedelta(hours=1) - every * back for back in reversed(range(workouts))]
    return await transaction(lambda: _fill(user, starts, known, exercises, sets, chance))


async def lifts(user: User, amount: int) -> list[Exercise]:
    """The user's own first `amount` lifts, made when missing."""
    known = await Exercise.filter(user_id=user.id, slug=None).order_by("id").limit(amount)
    for number in range(len(known), amount):
        name, group, muscle = LIFTS[number % len(LIFTS)]
        name = name if number < len(LIFTS) else f"{name} {number // len(LIFTS) + 1}"
        exercise = await Exercise.create(
            user=user,
            name=name,
            name_key=name.casefold(),
            muscle_group=group,
            body_part="arms" if group == "biceps" else group,
            primary_muscles=[muscle],
        )
        known.append(exercise)
    return known


async def _fill(
    user: User,
    starts: Sequence[datetime],
    known: Sequence[Exercise],
    exercises: int,
    sets: int,
    chance: random.Random,
) -> list[int]:
    now = datetime.now(UTC)
    made = [_workout(user, start, number, now) for number, start in enumerate(starts)]
    ids = await _insert("workouts", _WORKOUT, made, user)
    items, done = [], []
    for number, (workout_id, start) in enumerate(zip(ids, starts, strict=True)):
        for position in range(exercises):
            exercise = known[(number * exercises + position) % len(known)]
            items.append(_item(user, workout_id, position, exercise, start, now))
    item_ids = await _insert("workout_items", _ITEM, items, user)
    for at, (item, item_id) in enumerate(zip(items, item_ids, strict=True)):
        grown = 1 + (at // exercises) / (4 * len(starts) + 60)
        weight = 2.5 * round((30 + 10 * (item["exercise_id"] % 7)) * grown / 2.5)
        for position in range(sets):
            done.append(_set(user, item, item_id, position, weight, chance.randint(5, 10)))
    await _insert("workout_sets", _SET, done, user, wanted=False)
    return ids


async def _insert(
    table: str, columns: Sequence[str], made: list[dict[str, Any]], user: User, wanted: bool = True
) -> list[int]:
    marks = (f"${n}" if is_postgres() else "?" for n in range(1, len(columns) + 1))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(marks)})"
    last = (await row(f"SELECT COALESCE(MAX(id), 0) AS id FROM {table}"))["id"]  # type: ignore[index]
    values = [[_stored(each[name]) for name in columns] for each in made]
    for start in range(0, len(values), PIECE):  # a statement has half a minute
        await get_connection("default").execute_many(sql, values[start : start + PIECE])
    if not wanted:
        return []
    found = await rows(
        f"SELECT id FROM {table} WHERE user_id = ? AND id > ? ORDER BY id", user.id, last
    )
    return [each["id"] for each in found]


def _stored(value: Any) -> Any:
    return value.isoformat(" ") if isinstance(value, datetime) and not is_postgres() else value


def _workout(user: User, start: datetime, number: int, now: datetime) -> dict[str, Any]:
    return {
        "uuid": str(uuid7()),
        "user_id": user.id,
        "name": f"Full body {'AB'[number % 2]}",
        "status": "finished",
        "started_at": start,
        "ended_at": start + timedelta(minutes=45 + number % 20),
        "local_date": start.date(),
        "notes": "Felt strong" if number % 5 == 0 else None,
        "rating": number % 5 + 1,
        "source": "pages",
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def _item(
    user: User, workout_id: int, position: int, exercise: Exercise, start: datetime, now: datetime
) -> dict[str, Any]:
    return {
        "uuid": str(uuid7()),
        "user_id": user.id,
        "workout_id": workout_id,
        "position": position,
        "kind": "exercise",
        "exercise_id": exercise.id,
        "exercise_name": exercise.name,
        "muscle_group": exercise.muscle_group,
        "body_part": exercise.body_part,
        "modality": exercise.modality,
        "implement": exercise.implement,
        "measure": exercise.measure,
        "load": exercise.load,
        "status": "finished",
        "started_at": start + timedelta(minutes=12 * position),
        "ended_at": start + timedelta(minutes=12 * position + 11),
        "plan": "{}",
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def _set(
    user: User, item: dict[str, Any], item_id: int, position: int, weight: float, reps: int
) -> dict[str, Any]:
    done = item["started_at"] + timedelta(minutes=2 * position + 1)
    return {
        "uuid": str(uuid7()),
        "user_id": user.id,
        "workout_id": item["workout_id"],
        "item_id": item_id,
        "exercise_id": item["exercise_id"],
        "position": position,
        "set_type": "working",
        "reps": reps,
        "weight": f"{weight:g}",
        "weight_unit": "kg",
        "weight_grams": int(weight * 1000),
        "completed_at": done,
        "version": 1,
        "created_at": done,
        "updated_at": done,
    }
