"""Every set of one exercise as it was done: what was lifted with it, workout by workout.

A set counts once it is done, warm-ups never. What a weight means is what the exercise says today.
With a bodyweight exercise one lifts oneself and what is added, with an assisted one oneself less
the help; without a body weight of that day nobody knows how much that is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from webapp.db import Row, moment, rows
from webapp.history.measured import REPS_CAP, epley
from webapp.models.body import Log
from webapp.models.fields import grams

_SETS = (
    "SELECT w.uuid, w.name, w.started_at, w.local_date, s.reps, s.weight, s.weight_unit, "
    "s.weight_grams, s.duration_seconds, s.distance, s.distance_unit, s.distance_mm, s.band, "
    "s.bodyweight, s.bodyweight_unit FROM workout_sets s JOIN workouts w ON w.id = s.workout_id "
    "WHERE s.user_id = ? AND s.exercise_id = ? AND s.completed_at IS NOT NULL "
    "AND s.set_type <> 'warm_up' AND w.deleted_at IS NULL "
    "ORDER BY w.started_at, w.id, s.completed_at, s.id"
)


@dataclass(frozen=True, slots=True)
class Done:
    """A set. `row` has its columns as entered; `effort` is how heavy it was (grams; assistance
    counts downwards, so less of it is more), `lifted` the whole load, None where that is unknown
    or there is none. `epley` and `brzycki` estimate what could be lifted once, in grams: by
    w x (1 + reps / 30), and by w x 36 / (37 - reps)."""

    row: Row
    reps: int
    effort: int
    lifted: int | None
    epley: int | None
    brzycki: int | None

    @property
    def seconds(self) -> Decimal:
        """How long it took."""
        return Decimal(self.row["duration_seconds"] or 0)

    @property
    def millimetres(self) -> int:
        return self.row["distance_mm"] or 0

    @property
    def volume(self) -> int:
        """Grams lifted in all repetitions."""
        return (self.lifted or 0) * self.reps


@dataclass(frozen=True, slots=True)
class Session:
    """All sets of the exercise in one workout."""

    uuid: str
    name: str
    started_at: datetime
    day: date
    sets: list[Done]

    @property
    def heaviest(self) -> Done:
        """The top set: the heaviest, of those the one with the most reps."""
        return max(self.sets, key=lambda each: (each.reps > 0, each.effort, each.reps))

    @property
    def strongest(self) -> Done | None:
        """The set with the best estimate, if any has one."""
        known = [each for each in self.sets if each.epley]
        return max(known, key=lambda each: (each.epley or 0, each.brzycki or 0), default=None)

    @property
    def brzycki(self) -> int | None:
        """The best estimate by Brzycki, which another set may have."""
        return max((each.brzycki or 0 for each in self.sets), default=0) or None

    @property
    def reps(self) -> int:
        return sum(each.reps for each in self.sets)

    @property
    def most_reps(self) -> int:
        """The most repetitions of a set."""
        return max(each.reps for each in self.sets)

    @property
    def volume(self) -> int:
        """Grams lifted."""
        return sum(each.volume for each in self.sets)

    @property
    def seconds(self) -> Decimal:
        """How long all sets took together."""
        return sum((each.seconds for each in self.sets), Decimal(0))

    @property
    def longest(self) -> Decimal:
        """Seconds of the longest set."""
        return max(each.seconds for each in self.sets)

    @property
    def millimetres(self) -> int:
        return sum(each.millimetres for each in self.sets)


def brzycki(weight: int | None, reps: int) -> int | None:
    """Estimated one-repetition maximum in grams; reps are capped at 12; None without either."""
    if not weight or reps < 1:
        return None
    return weight * 36 // (37 - min(reps, REPS_CAP))


async def sessions(user_id: int, exercise: Row, log: Log | None) -> list[Session]:
    """The workouts that have sets of this exercise (a row of the library), oldest first; one
    statement. `log` has the body weights, which bodyweight and assisted exercises need."""
    found = await rows(_SETS, user_id, exercise["id"])
    return [
        _session(list(sets), exercise["load"], log)
        for _, sets in groupby(found, key=lambda each: each["uuid"])
    ]


def needs_body_weight(exercise: Row) -> bool:
    """Whether the person lifts themselves in it."""
    return exercise["load"] in ("bodyweight", "assisted")


def _session(found: Sequence[Row], load: str, log: Log | None) -> Session:
    first = found[0]
    started = moment(first["started_at"])
    assert started is not None  # noqa: S101 - the column is NOT NULL
    day = day_of(first["local_date"])
    body = log.grams_on(day) if log else None
    sets = [_done(each, load, _own_weight(each) or body) for each in found]
    return Session(str(first["uuid"]), first["name"], started, day, sets)


def _own_weight(each: Row) -> int | None:
    """What the person weighed by the set itself, which some programs tell."""
    return grams(each["bodyweight"], each["bodyweight_unit"]) if each["bodyweight"] else None


def _done(each: Row, load: str, body: int | None) -> Done:
    weight, reps = each["weight_grams"] or 0, each["reps"] or 0
    whole = lifted(load, weight, body)
    effort = -weight if load == "assisted" else weight
    return Done(each, reps, effort, whole, epley(whole, reps), brzycki(whole, reps))


def lifted(load: str, weight: int, body: int | None) -> int | None:
    """Grams of the whole load: the weight, or a body weight with what is added or taken off."""
    if load == "external":
        return weight or None
    if load == "none" or body is None:
        return None
    return max(body - weight if load == "assisted" else body + weight, 0) or None


def day_of(stored: date | str) -> date:
    """A stored date, which SQLite hands back as text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def within(found: Iterable[Session], first: date, last: date) -> list[Session]:
    """The sessions of these days."""
    return [each for each in found if first <= each.day <= last]
