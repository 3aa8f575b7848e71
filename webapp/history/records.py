"""Records by reps, as the document `routines` counts them: ties and first times are bests."""

from collections.abc import Sequence

from webapp.db import rows
from webapp.db.marks import marks

_TIED_OR_BETTER = """
SELECT s.id FROM workouts w JOIN workout_sets s ON s.workout_id = w.id
WHERE w.user_id = ? AND w.id IN ({workouts}) AND s.completed_at IS NOT NULL
AND s.exercise_id IS NOT NULL AND s.reps > 0 AND s.weight_grams > 0
AND (SELECT 1 FROM workout_sets e JOIN workouts v ON v.id = e.workout_id
 WHERE e.user_id = s.user_id AND e.exercise_id = s.exercise_id AND e.completed_at IS NOT NULL
 AND e.reps >= s.reps AND e.weight_grams > s.weight_grams
 AND v.deleted_at IS NULL AND v.status <> 'in_progress' AND v.id <> w.id
 AND (w.ended_at IS NULL OR v.ended_at < w.ended_at)
 ORDER BY e.completed_at DESC LIMIT 1) IS NULL
ORDER BY s.id
"""


async def record_sets(user_id: int, workout_ids: Sequence[int]) -> list[int]:
    """Ids of the sets that were personal bests when their workout was completed (`routines`).

    Counted are sets with reps > 0 and weight > 0. Each is compared with the person's completed
    sets of the same exercise, with the same or more reps, in the *other* sessions completed
    before (all of them while its own is in progress). Equal or better counts, and so does the
    first time. Derived, so it stays right when history is edited, deleted or imported later.
    """
    if not workout_ids:
        return []
    sql = _TIED_OR_BETTER.format(workouts=marks(workout_ids))
    return [each["id"] for each in await rows(sql, user_id, *workout_ids)]
