"""What was lifted in some workouts, exercise by exercise and weight by weight; one statement.

Of the sets of one weight only how many there were and the most reps matter, both to what a workout
came to and to whether there can be a best among them, so the database adds them up.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from webapp.db import Row, rows
from webapp.db.marks import marks
from webapp.history.first_times import DONE

# `is_odd` are sets that more than weight and reps can make a best.
_LIFTED = f"""
SELECT g.workout_id, g.item_id, g.exercise_id, i.load, w.started_at, g.weight_grams, g.sets,
 g.reps, g.most, g.is_odd
FROM (SELECT s.workout_id, s.item_id, s.weight_grams, COUNT(*) AS sets, SUM(s.reps) AS reps,
 MAX(s.reps) AS most, MAX(s.exercise_id) AS exercise_id, MAX(CASE WHEN s.distance_mm IS NULL
 AND s.duration_seconds IS NULL AND s.band IS NULL THEN 0 ELSE 1 END) AS is_odd
 FROM workout_sets s WHERE s.user_id = ? AND s.workout_id IN (%s) AND {DONE.format(o="s")}
 GROUP BY s.workout_id, s.item_id, s.weight_grams) g
JOIN workout_items i ON i.id = g.item_id AND i.status <> 'removed'
JOIN workouts w ON w.id = g.workout_id
"""  # noqa: S608 - our own words


async def lifted(user_id: int, workout_ids: Sequence[int]) -> Sequence[Row]:
    """The sets done of these workouts, no warm-ups, by item and weight. Rows: workout_id, item_id,
    exercise_id, load, started_at as stored, weight_grams, `sets` of that weight, their `reps`
    together, the `most` reps of one, `is_odd` for those with a time, a distance or a band."""
    if not workout_ids:
        return []
    return await rows(_LIFTED % marks(workout_ids), user_id, *workout_ids)


def totals(found: Iterable[Row]) -> dict[int, tuple[int, int]]:
    """By workout how many sets, and the grams lifted: assistance is the opposite of a load."""
    came_to: dict[int, tuple[int, int]] = {}
    for workout_id, _, _, load, _, weight, sets, reps, _, _ in found:
        amount, grams = came_to.get(workout_id, (0, 0))
        more = weight * int(reps) if weight and reps and load != "assisted" else 0
        came_to[workout_id] = amount + sets, grams + more
    return came_to


def hopeful(found: Sequence[Row]) -> list[int]:
    """The items that may have a best: those an earlier one of `found` does not match in weight and
    reps; pure. What is left over is compared with everything."""
    fronts: dict[int, list[tuple[int, int]]] = {}
    items: set[int] = set()
    for _, same in groupby(sorted(found, key=_start), key=_start):
        hopes = list(_hopes(same, fronts))
        items.update(item_id for item_id, *_ in hopes)
        for _, exercise_id, weight, most in hopes:
            # A weight that nobody could lift once is no rival.
            if most != 0:
                fronts.setdefault(exercise_id, []).append((weight, most or 0))
    return sorted(items)


def _start(each: Row) -> Any:
    return each["started_at"]


def _hopes(
    same: Iterable[Row], fronts: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, int, int, int | None]]:
    """Of workouts that began together: item, exercise, weight, most reps of what may be a best."""
    for _, item_id, exercise_id, load, _, weight, _, _, most, is_odd in same:
        if exercise_id is None:
            continue
        effort, reps = weight or 0, most or 0
        if is_odd or load == "assisted":
            yield item_id, exercise_id, 0, 0
        elif not any(w >= effort and r >= reps for w, r in fronts.get(exercise_id, ())):
            yield item_id, exercise_id, effort, most
