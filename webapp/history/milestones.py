"""The records of a stretch of time, in their order: whenever something was done best so far; pure.

Nothing but the first time of all the different numbers of an exercise is looked at, because
doing the same again is no record. The first workout of an exercise has none: there is nothing to
beat.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from webapp.db import Row
from webapp.history.measured import Measured, measured

# Repetitions are a record by themselves where there is no weight.
KINDS: tuple[tuple[str, Callable[[Measured], Any]], ...] = (
    ("heaviest", lambda m: m.weight),
    ("e1rm", lambda m: m.e1rm),
    ("reps", lambda m: None if m.grams or m.band else m.reps or None),
    ("duration", lambda m: m.time),
    ("distance", lambda m: m.distance),
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A record of a kind of KINDS: what was done, when (`made.when`), and the best before it."""

    exercise_id: int
    kind: str
    made: Measured
    beaten: Measured


def milestones(firsts: Mapping[int, Sequence[Row]], loads: Mapping[int, str]) -> list[Milestone]:
    """All records, the newest first. `firsts` is what `first_times` found, `loads` says what a
    weight of each exercise means."""
    found = [
        each
        for id, its in firsts.items()
        for each in _of_exercise(id, [measured(one, loads[id]) for one in its])
    ]
    return sorted(found, key=lambda each: (each.made.when, each.exercise_id), reverse=True)


def _of_exercise(id: int, done: Sequence[Measured]) -> Iterable[Milestone]:
    ordered = sorted(done, key=lambda each: each.when)
    workouts = [list(same) for _, same in groupby(ordered, key=lambda each: each.when)]
    for kind, value in KINDS:
        best: Measured | None = None
        for workout in workouts:
            tried = [each for each in workout if value(each) is not None]
            top = max(tried, key=lambda each: (value(each), each.reps or 0), default=None)
            if top is None:
                continue
            if best is not None and value(top) > value(best):
                yield Milestone(id, kind, top, best)
            best = top if best is None or value(top) > value(best) else best
