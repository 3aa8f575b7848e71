"""What may be said about the workout in progress: its sets, exercises, beginning and end."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AliasChoices, BeforeValidator, Field

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import (
    MaybeDistance,
    MaybeDistanceUnit,
    MaybeReps,
    MaybeSeconds,
    MaybeWeight,
    MaybeWeightUnit,
    Number,
    Point,
)

Note = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Band = Annotated[Annotated[Text, Field(max_length=50)] | None, Blank]
Rpe = Annotated[Annotated[float, Field(ge=1, le=10, multiple_of=0.5), Point, Number] | None, Blank]
MaybeUuid = Annotated[UUID | None, Blank]


def _kind(value: Any) -> Any:
    return "warm_up" if value == "warmup" else value


Kind = Annotated[Literal["warm_up", "working", "drop", "failure"], BeforeValidator(_kind)]


def also(*names: str, default: Any = None) -> Any:
    """A field that may be said by any of these names."""
    return Field(default, validation_alias=AliasChoices(*names))


class SetIn(Form):
    """What was done in a set. Weight and distance without a unit are in the one shown; seconds may
    be said as "1:30"; RPE in halves from 1 to 10; what is not said is as it was offered."""

    reps: MaybeReps = None
    weight: MaybeWeight = None
    weight_unit: MaybeWeightUnit = None
    duration_seconds: MaybeSeconds = also("duration", "duration_seconds")
    distance: MaybeDistance = None
    distance_unit: MaybeDistanceUnit = None
    band: Band = None
    rpe: Rpe = None
    interval_seconds: MaybeSeconds = also("interval", "interval_seconds")
    notes: Note = also("note", "notes")
    set_type: Kind = also("kind", "set_type", default="working")


class Made(Form):
    """The UUID the client gave to what it makes: said again, it is the same one."""

    uuid: MaybeUuid = None


class SessionStart(Made):
    """From a routine, as a repeat of an earlier workout, or (neither) empty."""

    routine: MaybeUuid = None
    repeat: MaybeUuid = None


class Finish(Form):
    """How it was (1 to 5), a note, and what becomes of the sets not logged."""

    rating: Annotated[Annotated[int, Field(ge=1, le=5), Number] | None, Blank] = None
    notes: Note = also("note", "notes")
    unlogged: Literal["drop", "log"] = "drop"


class Chosen(Made):
    """The exercise to do."""

    exercise: UUID


class SessionItemEdit(Form):
    """Note, rest (seconds; 0 is off) and unit of an exercise of the workout; absent stays."""

    note: Note = also("note", "notes")
    rest_seconds: MaybeSeconds = also("rest", "rest_seconds")
    weight_unit: MaybeWeightUnit = also("unit", "weight_unit")


class PlatesQuery(Form):
    """The weight to load and the bar to load it on; as shown when not said."""

    weight: MaybeWeight = None
    bar: MaybeWeight = None


class ExerciseStart(Form):
    """The exercise to begin: its line in the routine (or in the session), or the exercise."""

    routine_item: UUID | None = None
    exercise: UUID | None = None
