"""The shapes of `live`'s documented answers (README of the contracts, `live`)."""

from typing import Annotated, Literal, NotRequired, TypedDict

from pydantic import Field

Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Amount = int | float
Status = Literal["pending", "active", "stopped", "finished"]


class User(TypedDict):
    """An account."""

    id: Uuid
    first_name: str
    last_name: str
    age: int | None
    email: str | None
    is_premium: bool
    created_at: Instant
    updated_at: Instant


class Tokens(TypedDict):
    """An access token for every request, and the refresh token that gets the next pair."""

    access_token: str
    refresh_token: str


class SignedIn(User, Tokens):
    """The account with a pair of tokens."""


class Progression(TypedDict):
    """How the weight grows by itself; without a step, as the equipment allows."""

    rule: Literal["double", "linear"]
    step: NotRequired[str]
    unit: NotRequired[str | None]


class WorkoutExercise(TypedDict):
    """An exercise of a plan; `interval` and `rest` in seconds; `progression` where it has one."""

    id: Uuid
    workout_id: Uuid
    exercise_id: Uuid | None
    sets: int
    reps_min: int | None
    reps_max: int | None
    weight: Amount | None
    interval: int | None
    rest: int
    progression: NotRequired[Progression]
    created_at: Instant
    updated_at: Instant


class Workout(TypedDict):
    """A plan: a workout is done in sessions."""

    id: Uuid
    user_id: Uuid
    name: str
    description: str | None
    workout_exercises: list[WorkoutExercise]
    created_at: Instant
    updated_at: Instant


class Session(TypedDict):
    """Doing a workout; without one it is a free session."""

    id: Uuid
    user_id: Uuid
    workout_id: Uuid | None
    is_active: bool
    is_finished: bool
    started_at: Instant
    ended_at: Instant | None
    created_at: Instant


class Set(TypedDict):
    """A set that was done; `interval` in seconds."""

    id: Uuid
    set_number: int
    reps: int | None
    weight: Amount | None
    interval: int | None
    notes: str | None
    created_at: Instant


class Planned(TypedDict):
    """What the plan wants of an exercise; `interval` and `rest` in seconds. Where its weight grows
    by itself, `advice` says why it is this one."""

    sets: int
    reps_min: int | None
    reps_max: int | None
    weight: Amount | None
    interval: int | None
    rest: int | None
    advice: NotRequired[str]


class SessionExercise(TypedDict):
    """An exercise of a session, with the sets that are done."""

    id: Uuid
    exercise_id: Uuid | None
    exercise_name: str
    status: Status
    started_at: Instant | None
    ended_at: Instant | None
    planned: Planned
    sets: list[Set]


class SessionWorkout(Session):
    """A session with its plan and its exercises."""

    workout: Workout | None
    exercises: list[SessionExercise]


class Exercise(TypedDict):
    """An exercise of the library; `rest` in seconds."""

    id: Uuid
    name: str
    muscle_group: str
    implement: str
    measure: str
    load: str
    notes: str | None
    aliases: list[str]
    primary_muscles: list[str]
    secondary_muscles: list[str]
    increment_kg: Amount | None
    increment_lb: Amount | None
    rest: int | None
    is_own: bool
    is_archived: bool


class Refusal(TypedDict):
    """Why not; `fields` says it for each field that is wrong (400)."""

    error: str
    fields: NotRequired[dict[str, list[str]]]
