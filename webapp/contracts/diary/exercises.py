"""The words of `diary` for exercises: a name and a muscle group."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict, cast

from pydantic import AfterValidator, Field

from webapp.contracts.diary.base import Id
from webapp.db import Row
from webapp.forms.base import Form, Text

MuscleGroup = Literal["CHEST", "BACK", "SHOULDERS", "BICEPS", "TRICEPS", "LEGS", "CORE", "OTHER"]
Group = Annotated[MuscleGroup, AfterValidator(str.lower)]
Name = Annotated[Text, Field(min_length=3, max_length=50)]


class ExerciseIn(Form):
    """POST /exercises."""

    name: Name
    muscle_group: Group = Field(alias="muscleGroup")


class ExerciseEdit(Form):
    """PUT /exercises/{id}; absent (or null) is unchanged."""

    name: Name | None = None
    muscle_group: Group | None = Field(None, alias="muscleGroup")


class ExercisesQuery(Form):
    """GET /exercises."""

    muscle_group: Group = Field(alias="muscleGroup")


class ExerciseResponse(TypedDict):
    """An exercise."""

    id: Id
    name: str
    muscleGroup: MuscleGroup


def exercise(exercise: Row) -> ExerciseResponse:
    """POST /exercises → 201, GET and PUT /exercises/{id} → 200."""
    return {
        "id": str(exercise["uuid"]),
        "name": exercise["name"],
        "muscleGroup": cast(MuscleGroup, exercise["muscle_group"].upper()),
    }


def exercises(found: Sequence[Row]) -> list[ExerciseResponse]:
    """GET /exercises → 200, by name."""
    return [exercise(each) for each in found]


def exercise_deleted() -> None:
    """DELETE /exercises/{id} → 204."""
