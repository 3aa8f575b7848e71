"""Personal bests of one exercise: the heaviest set for as many reps, the longest, the farthest.

Each with the day it was first reached and the set it beat, which is the best one of the workouts
before. A set that a heavier one with as many reps outdoes is no best.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.history.performed import Done, Session


@dataclass(frozen=True, slots=True)
class RepBest:
    """`kind` is reps (the heaviest with so many or more), duration or distance; `beaten` is None
    for a first time."""

    kind: str
    made: Done
    session: Session
    beaten: Done | None
    beaten_in: Session | None


Pair = tuple[Session, Done]


def rep_bests(sessions: Sequence[Session]) -> list[RepBest]:
    """The bests among these sessions, which come oldest first: by reps, the fewest first and each
    band for itself, then the longest and the farthest."""
    every = [(session, each) for session in sessions for each in session.sets]
    lifted = [pair for pair in every if pair[1].reps]
    bands = sorted({pair[1].row["band"] or "" for pair in lifted})
    found = [best for band in bands for best in _by_reps(lifted, band)]
    still = [pair for pair in every if not pair[1].reps]
    found += _top("duration", still, lambda each: each.seconds)
    return found + _top("distance", every, lambda each: each.millimetres)


def _by_reps(lifted: Iterable[Pair], band: str) -> list[RepBest]:
    same = [pair for pair in lifted if (pair[1].row["band"] or "") == band]
    first: dict[tuple[int, int], Pair] = {}
    for pair in same:
        first.setdefault((pair[1].reps, pair[1].effort), pair)
    found: list[Pair] = []
    for (_, effort), pair in sorted(first.items(), key=lambda item: item[0], reverse=True):
        if not found or effort > found[-1][1].effort:
            found.append(pair)
    return [_best("reps", pair, _rival(pair, same)) for pair in reversed(found)]


def _rival(made: Pair, every: Iterable[Pair]) -> Pair | None:
    """The heaviest earlier set with as many reps; of equals the one with the most, then first."""
    before = [
        pair
        for pair in every
        if pair[0].started_at < made[0].started_at and pair[1].reps >= made[1].reps
    ]
    return max(before, key=lambda pair: (pair[1].effort, pair[1].reps), default=None)


def _top(kind: str, every: Iterable[Pair], value: Callable[[Done], Any]) -> list[RepBest]:
    some = [pair for pair in every if value(pair[1])]
    if not some:
        return []
    made = max(some, key=lambda pair: value(pair[1]))  # of equals the first
    before = [pair for pair in some if pair[0].started_at < made[0].started_at]
    return [_best(kind, made, max(before, key=lambda pair: value(pair[1]), default=None))]


def _best(kind: str, made: Pair, beaten: Pair | None) -> RepBest:
    session, each = made
    return RepBest(
        kind=kind,
        made=each,
        session=session,
        beaten=beaten[1] if beaten else None,
        beaten_in=beaten[0] if beaten else None,
    )
