"""When a person first did which numbers of an exercise: all there is that a set can beat.

A person lifts the same weights for years, so the different numbers stay few however many sets
there are, and an index leads from one to the next.
"""

from collections.abc import Sequence

from webapp.db import Row, rows
from webapp.db.marks import marks

DONE = "{o}.completed_at IS NOT NULL AND {o}.set_type <> 'warm_up'"  # the sets that count
# The index workout_sets_numbers has this expression, word by word.
_NUMBERS = (
    "(COALESCE(CAST({o}.weight_grams AS TEXT), '') || '|' || COALESCE(CAST({o}.reps AS TEXT), '') "
    "|| '|' || COALESCE(CAST({o}.distance_mm AS TEXT), '') "
    "|| '|' || COALESCE({o}.duration_seconds, '') || '|' || COALESCE({o}.band, ''))"
)
# From each set to the next one with other numbers. Of those with the same numbers the one
# completed first stands for all.
_FIRST = """
WITH RECURSIVE steps (exercise_id, set_id) AS (
 SELECT x.id, (SELECT s.id FROM workout_sets s WHERE s.user_id = ? AND s.exercise_id = x.id
  AND {s_done} ORDER BY {s_numbers} LIMIT 1)
 FROM exercises x WHERE x.id IN (%s)
 UNION ALL
 SELECT t.exercise_id, (SELECT o.id FROM workout_sets o WHERE o.user_id = s.user_id
  AND o.exercise_id = t.exercise_id AND {o_done} AND {o_numbers} > {s_numbers}
  ORDER BY {o_numbers} LIMIT 1)
 FROM steps t JOIN workout_sets s ON s.id = t.set_id)
SELECT s.exercise_id, s.weight_grams, s.reps, s.duration_seconds, s.distance_mm, s.band,
 (SELECT v.started_at FROM workout_sets e JOIN workouts v ON v.id = e.workout_id
  JOIN workout_items x ON x.id = e.item_id
  WHERE e.user_id = s.user_id AND e.exercise_id = s.exercise_id AND {e_done}
  AND {e_numbers} = {s_numbers} AND v.deleted_at IS NULL AND v.status <> 'in_progress'
  AND x.status <> 'removed'
  ORDER BY e.completed_at LIMIT 1) AS started_at
 FROM steps t JOIN workout_sets s ON s.id = t.set_id
""".format(  # noqa: S608 - our own words
    **{f"{o}_done": DONE.format(o=o) for o in "soe"},
    **{f"{o}_numbers": _NUMBERS.format(o=o) for o in "soe"},
)


async def first_times(user_id: int, exercises: Sequence[int]) -> dict[int, list[Row]]:
    """By exercise all the different numbers that were ever done of it (weight_grams, reps,
    duration_seconds, distance_mm, band) in workouts that have ended, each with the start of the
    one that had them first; one statement. A repetition of the same numbers beats nothing, so this
    is all there is to compare with."""
    found: dict[int, list[Row]] = {}
    for each in await rows(_FIRST % marks(exercises), user_id, *exercises):
        if each["started_at"] is not None:
            found.setdefault(each["exercise_id"], []).append(each)
    return found
