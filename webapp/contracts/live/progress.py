"""The words of `live` for progress and body weight, where the document is silent.

Weights and distances are bare numbers in the user's units, lengths of time seconds, dates local.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, TypedDict

from pydantic import Field

from webapp.auth import Caller
from webapp.contracts.live.base import known
from webapp.contracts.live.history import bare
from webapp.contracts.live.shapes import Amount, Instant, Uuid
from webapp.forms.base import Form
from webapp.forms.body import Kilos, Moment
from webapp.forms.routines import MaybeUuid
from webapp.history.measured import Measured
from webapp.history.milestones import Milestone
from webapp.history.progress import Performed, Progress, Work
from webapp.history.ranges import Range
from webapp.history.weeks import Stretch, Weeks, stretches
from webapp.models.body import Weighing
from webapp.models.fields import MILLIMETRES, from_grams, in_distance_unit, in_unit

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class Totals(TypedDict):
    """What was done in these days."""

    from_date: Day
    to_date: Day
    sessions: int
    sessions_a_week: float
    sets: int
    volume: Amount
    duration: int


class Part(TypedDict):
    """The same of a stretch of the range: a `day`, `week`, `month` or `year`."""

    kind: str
    from_date: Day
    to_date: Day
    sessions: int
    sets: int
    volume: Amount
    duration: int


class Muscle(TypedDict):
    """The sets that worked a muscle first, and in the range before."""

    muscle: str
    sets: int
    sets_a_week: float
    sets_before: int


class Streak(TypedDict):
    """Weeks in a row with a session."""

    weeks: int
    longest_weeks: int


class Record(TypedDict):
    """What was done best so far; `value` and `beats` are weights, reps, seconds or a distance, as
    the `kind` says: heaviest, e1rm, reps, duration, distance."""

    kind: str
    exercise_id: Uuid
    exercise_name: str
    value: Amount
    reps: int | None
    at: Instant
    beats: Amount
    beaten_at: Instant


class Done(TypedDict):
    """An exercise with its sets, and those of the range before."""

    exercise_id: Uuid
    exercise_name: str
    sets: int
    sets_before: int


class Stats(TypedDict):
    """Progress over a range; `before` is as many days before it, null for all days."""

    range: str
    now: Totals
    before: Totals | None
    parts: list[Part]
    muscles: list[Muscle]
    streak: Streak
    records: list[Record]
    exercises: list[Done]


def stats(found: Progress, weeks: Weeks, person: Caller) -> Stats:
    """GET /api/stats?range=4w|3m|1y|all, or ?from&to with dates."""
    shown, first_day = found.shown, person.first_day_of_week
    named = {each.id: each for each in found.performed}
    return {
        "range": shown.name,
        "now": _totals(found.total(shown), shown, person),
        "before": _totals(found.total(shown.before), shown.before, person)
        if shown.before
        else None,
        "parts": [_part(each, person) for each in stretches(found.work, shown, first_day)],
        "muscles": [_muscle(*each, shown) for each in found.muscles()],
        "streak": {"weeks": weeks.current, "longest_weeks": weeks.longest},
        "records": [_record(each, named[each.exercise_id], person) for each in found.records],
        "exercises": [_done(each) for each in found.performed],
    }


def _totals(work: Work, shown: Range, person: Caller) -> Totals:
    return {
        "from_date": shown.first.isoformat(),
        "to_date": shown.last.isoformat(),
        "sessions": work.workouts,
        "sessions_a_week": round(work.workouts / shown.weeks, 2),
        "sets": work.sets,
        "volume": _weight(work.grams, person),
        "duration": work.seconds,
    }


def _part(each: Stretch, person: Caller) -> Part:
    return {
        "kind": each.kind,
        "from_date": each.first.isoformat(),
        "to_date": each.last.isoformat(),
        "sessions": each.work.workouts,
        "sets": each.work.sets,
        "volume": _weight(each.work.grams, person),
        "duration": each.work.seconds,
    }


def _muscle(muscle: str, sets: int, before: int, shown: Range) -> Muscle:
    weekly = round(sets / shown.weeks, 2)
    return {"muscle": muscle, "sets": sets, "sets_a_week": weekly, "sets_before": before}


def _record(each: Milestone, exercise: Performed, person: Caller) -> Record:
    return {
        "kind": each.kind,
        "exercise_id": exercise.uuid,
        "exercise_name": exercise.name,
        "value": _value(each.kind, each.made, person),
        "reps": each.made.reps,
        "at": known(each.made.when),
        "beats": _value(each.kind, each.beaten, person),
        "beaten_at": known(each.beaten.when),
    }


def _value(kind: str, each: Measured, person: Caller) -> Amount:
    if kind in ("heaviest", "e1rm"):
        return _weight((each.grams if kind == "heaviest" else each.e1rm) or 0, person)
    if kind == "distance":
        metres = Decimal(each.millimetres or 0) / MILLIMETRES["m"]
        return bare(in_distance_unit(metres, "m", person.distance_unit)) or 0
    return (each.reps if kind == "reps" else bare(each.seconds)) or 0


def _weight(grams: int, person: Caller) -> Amount:
    return bare(from_grams(grams, person.weight_unit)) or 0


def _done(each: Performed) -> Done:
    return {
        "exercise_id": each.uuid,
        "exercise_name": each.name,
        "sets": each.sets,
        "sets_before": each.sets_before,
    }


class BodyWeightIn(Form):
    """POST /api/body: what the user weighs, in their unit; without a moment it is now. The same
    `id` again enters nothing."""

    uuid: MaybeUuid = Field(None, validation_alias="id")
    weight: Kilos
    measured_at: Moment = None


class BodyWeightEdit(Form):
    """PUT /api/body/{id}; absent is unchanged."""

    weight: Kilos = Decimal(0)
    measured_at: Moment = None


class BodyWeight(TypedDict):
    """What the user weighed."""

    id: Uuid
    weight: Amount
    measured_at: Instant


class BodyWeights(TypedDict):
    """Entries, the newest first; `next` is the value of `before` that has more, null at the
    end."""

    weights: list[BodyWeight]
    next: Uuid | None


def body(past: Sequence[Weighing], older: str, person: Caller) -> BodyWeights:
    """GET /api/body?before={id}."""
    return {"weights": [body_entry(each, person) for each in past], "next": older or None}


def body_entry(entry: Weighing, person: Caller) -> BodyWeight:
    """An entry."""
    return {
        "id": entry.uuid,
        "weight": bare(in_unit(entry.weight, entry.unit, person.weight_unit)) or 0,
        "measured_at": known(entry.at),
    }


body_edit = body_entered = body_entry


def body_removed() -> None:
    """204."""
