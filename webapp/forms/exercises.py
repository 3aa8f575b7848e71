"""What may be said about exercises, and what is asked of the library."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import (
    Count,
    MaybeSeconds,
    MaybeWeight,
    MaybeWeightUnit,
)
from webapp.forms.routines import MaybeUuid, Name, Prose


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return value


MuscleGroup = Literal["chest", "back", "shoulders", "biceps", "triceps", "legs", "core", "other"]
Implement = Literal[
    "Barbell",
    "Dumbbell",
    "SelectorizedMachine",
    "PlateLoadedMachine",
    "Bodyweight",
    "Band",
    "Kettlebell",
    "Plate",
    "MedicineBall",
]
Measure = Literal["reps", "duration", "distance"]
Load = Literal["external", "bodyweight", "assisted", "none"]
Alias = Annotated[Text, Field(min_length=1, max_length=200)]
Aliases = Annotated[list[Alias], Field(max_length=20), BeforeValidator(_split)]
Asked = Annotated[Text, Field(max_length=200)]


class ExerciseEdit(Form):
    """What to change of an own exercise; absent stays."""

    name: Name = ""
    aliases: Aliases = Field(default_factory=list)
    muscle_group: MuscleGroup = "other"
    implement: Implement = "Barbell"
    measure: Measure = "reps"
    load: Load = "external"
    notes: Prose = None


class ExerciseIn(ExerciseEdit):
    """A new exercise of one's own. `uuid` is the client's: said again, it is the same exercise.
    `routine` is where the page leads to afterwards."""

    name: Name
    uuid: MaybeUuid = None
    routine: MaybeUuid = None


class NewExercise(Form):
    """What the form of a new exercise begins with: a name, the routine whose picker asked."""

    q: Asked = ""
    routine: MaybeUuid = None


class SettingIn(Form):
    """How a person does an exercise: the unit of its scale, one step, the rest, the bar.

    Absent stays; empty is as usual.
    """

    weight_unit: MaybeWeightUnit = None
    increment: MaybeWeight = None
    rest_seconds: MaybeSeconds = None
    bar_weight: MaybeWeight = None
    note: Prose = None


class LibraryQuery(Form):
    """A look into the library: words, a muscle group, an implement, only one's own, only
    favourites, how far."""

    q: Asked = ""
    muscle: Asked = ""
    implement: Asked = ""
    mine: Annotated[bool | None, Blank] = None
    starred: Annotated[bool | None, Blank] = None
    page: Annotated[Count, Field(ge=1, le=100)] = 1


class ExerciseQuery(Form):
    """How far back the charts of an exercise go, and the workout before which others are listed."""

    range: Literal["3m", "1y", "all"] = "1y"
    before: MaybeUuid = None


class FavouriteIn(Form):
    """Whether an exercise is a favourite."""

    on: bool = True


class MergeIn(Form):
    """The exercise to keep."""

    into: UUID


class MergeQuery(Form):
    """The exercise that would be kept, or words to find one by."""

    into: MaybeUuid = None
    q: Asked = ""
