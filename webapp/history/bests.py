"""Personal bests, derived from the sets whenever they are asked for and stored nowhere.

So they are right after any edit, deletion, late or imported workout. A set is compared with the
person's completed sets of the same exercise in workouts that began before and have ended; warm-ups
never count, and without an earlier set there is nothing to beat.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.db import Row, rows
from webapp.db.marks import marks
from webapp.history.first_times import DONE, first_times
from webapp.history.lifted import hopeful, lifted
from webapp.history.measured import Measured, known_moment, measured

KINDS = ("heaviest", "e1rm", "reps", "duration", "distance")


@dataclass(frozen=True, slots=True)
class Best:
    """A set that beat everything before it in one way.

    `kind` is one of KINDS; `reps` is most reps at a weight lifted before. `made` is the set,
    `beaten` the best earlier one and `beaten.when` the workout that first reached it. `unit` is
    what the set's weight or distance was entered in (None without one).
    """

    kind: str
    workout_id: int
    exercise_id: int
    exercise_name: str
    set_id: int
    set_uuid: UUID
    unit: str | None
    made: Measured
    beaten: Measured


# As one CASE, because PostgreSQL takes each of the comparisons for rare and would rather sort
# everything than look at the newest few.
_NO_WORSE = """
CASE WHEN CASE WHEN s.load = 'assisted'
 THEN COALESCE({o}.weight_grams, 0) <= COALESCE(s.weight_grams, 0) AND {o}.weight_grams IS NOT NULL
 ELSE COALESCE({o}.weight_grams, 0) >= COALESCE(s.weight_grams, 0) END
AND COALESCE({o}.reps, 0) >= COALESCE(s.reps, 0)
AND COALESCE(CAST({o}.duration_seconds AS DOUBLE PRECISION), 0)
 >= COALESCE(CAST(s.duration_seconds AS DOUBLE PRECISION), 0)
AND COALESCE({o}.distance_mm, 0) >= COALESCE(s.distance_mm, 0)
AND COALESCE({o}.band, '') = COALESCE(s.band, '') THEN TRUE ELSE FALSE END
"""
# A set that was no worse in anything ends the hope for a best: one beside it, or an earlier one.
# Only the last few are tried, the newest first: they match an ordinary set, and what they leave
# over is compared with everything anyway.
_TRIED = 60
_CANDIDATES = """
WITH mine AS MATERIALIZED (SELECT s.id, s.uuid, s.user_id, s.workout_id, s.item_id, s.exercise_id,
 s.weight_grams, s.weight_unit, s.reps, s.duration_seconds, s.distance_mm, s.distance_unit, s.band,
 s.position, i.exercise_name, i.load, i.position AS place, w.started_at
 FROM workout_items i JOIN workouts w ON w.id = i.workout_id
 JOIN workout_sets s ON s.item_id = i.id
 WHERE w.user_id = ? AND i.%s AND i.status <> 'removed' AND s.exercise_id IS NOT NULL
 AND {s_done})
SELECT s.* FROM mine s WHERE NOT EXISTS (SELECT 1 FROM workout_sets o WHERE o.item_id = s.item_id
 AND o.id <> s.id AND {o_done} AND {o_no_worse} AND (o.id < s.id
 OR COALESCE(o.reps, 0) <> COALESCE(s.reps, 0)
 OR COALESCE(o.weight_grams, 0) <> COALESCE(s.weight_grams, 0)))
AND NOT EXISTS (SELECT 1 FROM (SELECT e.* FROM workout_sets e
 JOIN workouts v ON v.id = e.workout_id JOIN workout_items x ON x.id = e.item_id
 WHERE e.user_id = s.user_id AND e.exercise_id = s.exercise_id AND {e_done}
 AND e.completed_at < s.started_at AND v.deleted_at IS NULL AND v.started_at < s.started_at
 AND v.status <> 'in_progress' AND x.status <> 'removed'
 ORDER BY e.completed_at DESC LIMIT {tried}) e
 WHERE (e.reps IS NULL OR e.reps > 0) AND {e_no_worse})
ORDER BY s.workout_id, s.place, s.item_id, s.position, s.id
""".format(  # noqa: S608 - our own words
    tried=_TRIED,
    **{f"{o}_done": DONE.format(o=o) for o in "soe"},
    **{f"{o}_no_worse": _NO_WORSE.format(o=o) for o in "oe"},
)
_BY: tuple[tuple[str, Callable[[Measured], Any]], ...] = (
    ("heaviest", lambda m: m.weight),
    ("e1rm", lambda m: m.e1rm),
    ("duration", lambda m: m.time),
    ("distance", lambda m: m.distance),
)


async def bests_of_workout(user_id: int, workout_id: int) -> list[Best]:
    """The bests of one workout (any status), in the order of its exercises, then of KINDS."""
    found = await _bests(user_id, "workout_id = ?", [workout_id])
    return found.get(workout_id, [])


async def bests_of_exercise(user_id: int, workout_id: int, exercise_id: int) -> list[Best]:
    """The bests one exercise has in a workout. For the hot path of logging a set: one statement
    that looks at a few rows when there is none (which is the rule), a second one to name it."""
    which = "workout_id = ? AND s.exercise_id = ?"
    found = await _bests(user_id, which, [workout_id, exercise_id])
    return found.get(workout_id, [])


async def bests_of_workouts(user_id: int, workout_ids: Sequence[int]) -> dict[int, list[Best]]:
    """The bests of several workouts at once, by workout id, in three statements at most."""
    return await bests_among(user_id, await lifted(user_id, workout_ids))


async def bests_among(user_id: int, found: Sequence[Row]) -> dict[int, list[Best]]:
    """The same of workouts whose sets were added up by `lifted`, in two statements at most."""
    items = hopeful(found)
    return await _bests(user_id, f"id IN ({marks(items)})", items) if items else {}


async def _bests(user_id: int, which: str, args: Sequence[int]) -> dict[int, list[Best]]:
    """The bests among the items that `which` says, by workout id."""
    candidates = await rows(_CANDIDATES % which, user_id, *args)
    if not candidates:
        return {}
    earlier = await _earlier(user_id, candidates)
    found: dict[int, list[Best]] = {}
    for (workout_id, exercise), sets in _grouped(candidates).items():
        before = earlier[exercise, sets[0]["load"]]
        found.setdefault(workout_id, []).extend(judge(sets, before))
    return {workout_id: bests for workout_id, bests in found.items() if bests}


async def _earlier(
    user_id: int, candidates: Sequence[Row]
) -> dict[tuple[int, str], list[Measured]]:
    """All that was ever done of the candidates' exercises, by exercise and what a weight means."""
    wanted = {(each["exercise_id"], each["load"]) for each in candidates}
    found = await first_times(user_id, sorted({exercise for exercise, _ in wanted}))
    return {
        (exercise, load): [measured(each, load) for each in found.get(exercise, ())]
        for exercise, load in wanted
    }


def _grouped(candidates: Iterable[Row]) -> dict[tuple[int, int], list[Row]]:
    groups: dict[tuple[int, int], list[Row]] = {}
    for each in candidates:
        groups.setdefault((each["workout_id"], each["exercise_id"]), []).append(each)
    return groups


def judge(sets: Sequence[Row], earlier: Iterable[Measured]) -> list[Best]:
    """Name the bests among the sets of one exercise in one workout; pure."""
    load, start = sets[0]["load"], known_moment(sets[0]["started_at"])
    before = [each for each in earlier if each.when < start]
    made = [(measured(each, load), each) for each in sets]
    found = [_top(kind, value, made, before) for kind, value in _BY]
    found.append(_most_reps(made, before))
    return sorted((b for b in found if b), key=lambda best: KINDS.index(best.kind))


def _top(
    kind: str,
    value: Callable[[Measured], Any],
    made: list[tuple[Measured, Row]],
    before: list[Measured],
) -> Best | None:
    tried = [pair for pair in made if value(pair[0]) is not None]
    rivals = [(had, m) for m in before if (had := value(m)) is not None] if tried else []
    if not rivals:
        return None
    best = max(tried, key=lambda pair: value(pair[0]))
    most = max(had for had, _ in rivals)
    if value(best[0]) <= most:
        return None
    return _best(kind, *best, min((m for had, m in rivals if had == most), key=_when))


def _when(each: Measured) -> datetime:
    return each.when


def _most_reps(made: list[tuple[Measured, Row]], before: list[Measured]) -> Best | None:
    """The heaviest set that did more reps than any before with as much weight or more; the
    weight itself must have been lifted before, else every new weight would be a record."""
    most = 0
    for mine, each in sorted(made, key=lambda pair: (-pair[0].effort, -(pair[0].reps or 0))):
        if (mine.reps or 0) <= most:
            continue
        most = mine.reps or 0
        rivals = [m for m in before if m.reps and m.band == mine.band and m.effort >= mine.effort]
        if not any(m.effort == mine.effort for m in rivals):
            continue
        beaten = max(rivals, key=lambda m: (m.reps, -m.effort, -m.when.timestamp()))
        if most > (beaten.reps or 0):
            return _best("reps", mine, each, beaten)
    return None


def _best(kind: str, made: Measured, each: Row, beaten: Measured) -> Best:
    return Best(
        kind=kind,
        workout_id=each["workout_id"],
        exercise_id=each["exercise_id"],
        exercise_name=each["exercise_name"],
        set_id=each["id"],
        set_uuid=UUID(str(each["uuid"])),
        unit=each["distance_unit"] if kind == "distance" else each["weight_unit"],
        made=made,
        beaten=beaten,
    )
