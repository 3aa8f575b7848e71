"""The workouts that are there on the days of a file, a few hundred at a time."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date

from webapp.db import Row, moment, rows
from webapp.db.marks import marks
from webapp.importing.content import Content, Present, of_stored

CHUNK = 200  # workouts a statement

_WORKOUTS = (
    "SELECT id, started_at, ended_at, local_date, batch_id FROM workouts WHERE user_id = ? "
    "AND deleted_at IS NULL AND status <> 'in_progress' AND local_date >= ? AND local_date <= ?"
)
_SETS = (
    "SELECT s.workout_id, s.exercise_id, s.reps, s.weight_grams, s.duration_seconds, "
    "s.distance_mm FROM workout_items i JOIN workout_sets s ON s.item_id = i.id "
    "WHERE i.user_id = ? AND i.workout_id IN (%s) AND s.completed_at IS NOT NULL "
    "AND i.status <> 'removed'"
)


async def look(present: Present, user_id: int, days: Iterable[date]) -> None:
    """Add what the person has on these days, those aside that were looked at."""
    wanted = set(days) - present.days
    present.days |= wanted
    if not wanted:
        return
    stored = await rows(_WORKOUTS, user_id, min(wanted), max(wanted))
    on_days = [each for each in stored if _day(each) in wanted]
    async for each in _contents(user_id, on_days):
        present.add(each)


def _day(workout: Row) -> date:
    day = workout["local_date"]
    return date.fromisoformat(day) if isinstance(day, str) else day


async def _contents(user_id: int, workouts: Sequence[Row]) -> AsyncIterator[Content]:
    for start in range(0, len(workouts), CHUNK):
        some = workouts[start : start + CHUNK]
        sets: dict[int, list[Row]] = {each["id"]: [] for each in some}
        for each in await rows(_SETS % marks(some), user_id, *sets):
            sets[each["workout_id"]].append(each)
        for workout in some:
            yield of_stored(workout, sets[workout["id"]], moment)
