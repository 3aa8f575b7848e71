"""What may be said about routines and their items."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import (
    MaybeDistance,
    MaybeDistanceUnit,
    MaybeReps,
    MaybeSeconds,
    MaybeSpeed,
    MaybeWeight,
    MaybeWeightUnit,
    Sets,
    WarmUps,
)

Name = Annotated[Text, Field(min_length=1, max_length=200)]
Prose = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
MaybeUuid = Annotated[UUID | None, Blank]


class RoutineIn(Form):
    """A new routine. `uuid` is the client's own: said again, it is the same routine."""

    name: Name
    description: Prose = None
    uuid: MaybeUuid = None


class RoutineEdit(Form):
    """What to change of a routine; absent stays."""

    name: Name = ""
    description: Prose = None
    location: MaybeUuid = None


class RoutineCopy(Form):
    """The UUID of the copy to make."""

    uuid: MaybeUuid = None


class OrderIn(Form):
    """Routines or items in the order wanted, by UUID."""

    order: list[UUID] = Field(max_length=1000)

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list(cls, data: Any) -> Any:
        one = isinstance(data, dict) and isinstance(data.get("order"), str)
        return {**data, "order": [data["order"]]} if one else data


class RoutineItemEdit(Form):
    """What to change of a routine's item; absent stays, empty is nothing planned.

    Seconds may be said as "1:30". `rest_minutes` and `rest_odd_seconds` are `rest_seconds` in two
    parts, for those who say it so. `progression` is how the weight grows by itself: by
    `progression_step` (empty: as the equipment allows) once every set fills the range of reps
    (double), or once every set is done (linear).
    """

    routine: UUID | None = None
    exercise: UUID | None = None
    sets: Sets = 3
    warm_up_sets: WarmUps = 0
    reps_min: MaybeReps = None
    reps_max: MaybeReps = None
    weight: MaybeWeight = None
    weight_unit: MaybeWeightUnit = None
    duration_seconds: MaybeSeconds = None
    distance: MaybeDistance = None
    distance_unit: MaybeDistanceUnit = None
    speed_kmh: MaybeSpeed = None
    interval_seconds: MaybeSeconds = None
    rest_seconds: MaybeSeconds = None
    rest_minutes: MaybeSeconds = None
    rest_odd_seconds: MaybeSeconds = None
    note: Prose = None
    progression: Literal["off", "double", "linear"] = "off"
    progression_step: MaybeWeight = None

    def said(self) -> dict[str, Any]:
        """What was said; an upper number left empty means: just the lower."""
        said = super().said()
        if "reps_max" in said and said["reps_max"] is None:
            said["reps_max"] = said.get("reps_min")
        return said


class RoutineItemIn(RoutineItemEdit):
    """A new item: of an exercise, or a timed rest. What is left out is as usual for it."""

    kind: Literal["exercise", "rest"] = "exercise"
    exercise: MaybeUuid = None
    uuid: MaybeUuid = None
