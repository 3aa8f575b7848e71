"""The shapes of `live`'s words for the calendar, for filters and for what is shared.

Weights and distances are bare numbers in the owner's units, durations seconds.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from webapp.contracts.live.shapes import Amount, Uuid


class Named(TypedDict):
    """Something with a name."""

    id: Uuid
    name: str


class Filters(TypedDict):
    """What the history can be narrowed to; a workout is a plan here."""

    locations: list[str]
    workouts: list[Named]
    exercises: list[Named]


class Choice(TypedDict):
    """Exercises to add: those done lately, and those found."""

    recent: list[Named]
    exercises: list[Named]


class Day(TypedDict):
    """A day with training."""

    date: str
    sessions: list[Named]


class Streak(TypedDict):
    """Weeks in a row with training, and the workouts of this week."""

    weeks: int
    this_week: int


class Calendar(TypedDict):
    """A month ("2026-11"); days of the week count as ISO's, Monday is 1."""

    month: str
    first_day_of_week: int
    days: list[Day]
    streak: Streak


class Link(TypedDict):
    """Where a workout is shared, and whether its notes are, too."""

    url: str | None
    has_notes: bool


class Share(Link):
    """The same with the workout as a text."""

    text: str


class SharedSet(TypedDict):
    """A set that was done."""

    reps: int | None
    forced_reps: int | None
    weight: Amount | None
    duration: Amount | None
    distance: Amount | None
    band: str | None
    rpe: Amount | None
    set_type: Literal["warm_up", "working", "drop", "failure"]
    notes: NotRequired[str | None]


class SharedExercise(TypedDict):
    """An exercise with the sets done."""

    exercise_name: str
    notes: NotRequired[str | None]
    sets: list[SharedSet]


class SharedBest(TypedDict):
    """A personal best, without what it beats."""

    kind: str
    exercise_name: str
    value: Amount | None


class SharedWorkout(TypedDict):
    """A workout as whoever has the link may know it."""

    name: str
    local_date: str
    duration: float | None
    notes: str | None
    set_count: int
    volume: Amount | None
    weight_unit: str
    distance_unit: str
    exercises: list[SharedExercise]
    personal_bests: list[SharedBest]
