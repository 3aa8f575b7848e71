"""The words of `live` for one exercise and what came of it, where the document is silent.

Weights and distances are bare numbers in the user's units, lengths of time seconds.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypedDict

from webapp.auth import Caller
from webapp.contracts.live.history import bare
from webapp.contracts.live.plans import exercise as plain
from webapp.contracts.live.shapes import Amount, Exercise, Uuid
from webapp.db import Row
from webapp.history.performed import Done, Session, within
from webapp.history.ranges import Range
from webapp.history.rep_bests import RepBest, rep_bests
from webapp.models import merging
from webapp.models.fields import MILLIMETRES, from_grams, in_distance_unit
from webapp.views.exercise_detail import page


class SetDone(TypedDict):
    """A set that was done; the estimates are what could be lifted once."""

    reps: int | None
    weight: Amount | None
    duration: Amount | None
    distance: Amount | None
    band: str | None
    e1rm_epley: Amount | None
    e1rm_brzycki: Amount | None


class SessionDone(TypedDict):
    """A session that has this exercise, with its sets; no warm-ups."""

    session_id: Uuid
    session_name: str
    date: str
    sets: list[SetDone]


class SeriesPoint(TypedDict):
    """What an exercise came to in one session; `top_weight` is negative for help."""

    session_id: Uuid
    date: str
    top_weight: Amount
    e1rm_epley: Amount | None
    e1rm_brzycki: Amount | None
    volume: Amount
    reps: int
    most_reps: int
    duration: Amount
    distance: Amount


class PersonalBest(TypedDict):
    """The best set of a kind (for reps: the heaviest with so many or more), the day it was
    reached, and the set it beat."""

    kind: str
    set: SetDone
    session_id: Uuid
    date: str
    beats: SetDone | None
    beaten_on: str | None


class ExerciseProgress(Exercise):
    """An exercise with what was done of it. `series` has the sessions of the range that was asked
    for, oldest first, `sessions` the last ones, `next` the value of `before` that has more."""

    is_favourite: bool
    merged_into: Uuid | None
    range: str
    sessions: list[SessionDone]
    next: Uuid | None
    personal_bests: list[PersonalBest]
    series: list[SeriesPoint]


class Moves(TypedDict):
    """What a merge would move: sessions and sets outside the trash, workouts (plans)."""

    sessions: int
    sets: int
    workouts: int


class Merge(TypedDict):
    """An exercise that may become part of another: `into`, or one of `choices` (ids)."""

    exercise: Exercise
    into: Exercise | None
    moves: Moves
    choices: list[Uuid]


def exercise_kept(exercise: Row) -> Exercise:
    """The exercise that was made or changed."""
    return plain(exercise)


exercise_favourite = exercise_kept


def exercise_merged(exercise: Row) -> Exercise:
    """The exercise that was kept."""
    return plain(exercise)


def exercise_merge(
    source: Row, target: Row | None, moves: merging.Moves, others: Sequence[Row]
) -> Merge:
    """GET /api/exercises/{id}/merge?into={id}&q={words}."""
    return {
        "exercise": plain(source),
        "into": plain(target) if target else None,
        "moves": {"sessions": moves.workouts, "sets": moves.sets, "workouts": moves.routines},
        "choices": [str(each["uuid"]) for each in others if each["id"] != source["id"]],
    }


def exercise(
    exercise: Row,
    setting: Row | None,
    sessions: Sequence[Session],
    shown: Range,
    before: str,
    merges: Sequence[Row],
    person: Caller,
) -> ExerciseProgress:
    """GET /api/exercises/{id}?range=3m|1y|all&before={session id}."""
    past, older = page(list(reversed(sessions)), before)
    inside = within(sessions, shown.first, shown.last)
    away = next((each for each in merges if each["source_id"] == exercise["id"]), None)
    return {
        **plain(exercise),
        "is_favourite": bool(setting and setting["is_favourite"]),
        "merged_into": str(away["uuid"]) if away else None,
        "range": shown.name,
        "sessions": [_session(each, person) for each in past],
        "next": older or None,
        "personal_bests": [_best(each, person) for each in rep_bests(sessions)],
        "series": [_point(each, person) for each in inside],
    }


def _session(each: Session, person: Caller) -> SessionDone:
    return {
        "session_id": each.uuid,
        "session_name": each.name,
        "date": each.day.isoformat(),
        "sets": [_set(one, person) for one in each.sets],
    }


def _set(each: Done, person: Caller) -> SetDone:
    weight = each.row["weight_grams"]
    return {
        "reps": each.row["reps"],
        "weight": None if weight is None else _weight(weight, person),
        "duration": bare(each.seconds) or None,
        "distance": _far(each.millimetres, person) or None,
        "band": each.row["band"],
        "e1rm_epley": _weight(each.epley, person) if each.epley else None,
        "e1rm_brzycki": _weight(each.brzycki, person) if each.brzycki else None,
    }


def _point(each: Session, person: Caller) -> SeriesPoint:
    best = each.strongest
    return {
        "session_id": each.uuid,
        "date": each.day.isoformat(),
        "top_weight": _weight(each.heaviest.effort, person),
        "e1rm_epley": _weight(best.epley or 0, person) if best else None,
        "e1rm_brzycki": _weight(each.brzycki, person) if each.brzycki else None,
        "volume": _weight(each.volume, person),
        "reps": each.reps,
        "most_reps": each.most_reps,
        "duration": bare(each.seconds) or 0,
        "distance": _far(each.millimetres, person),
    }


def _best(best: RepBest, person: Caller) -> PersonalBest:
    return {
        "kind": best.kind,
        "set": _set(best.made, person),
        "session_id": best.session.uuid,
        "date": best.session.day.isoformat(),
        "beats": _set(best.beaten, person) if best.beaten else None,
        "beaten_on": best.beaten_in.day.isoformat() if best.beaten_in else None,
    }


def _weight(grams: int, person: Caller) -> Amount:
    return bare(from_grams(grams, person.weight_unit)) or 0


def _far(millimetres: int, person: Caller) -> Amount:
    metres = Decimal(millimetres) / MILLIMETRES["m"]
    said: Any = bare(in_distance_unit(metres, "m", person.distance_unit))
    return said or 0
