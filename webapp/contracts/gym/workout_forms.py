"""What is said of workouts in the words of `gym` (document: gym.md)."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, JsonValue

from webapp.contracts.gym.base import (
    DistanceUnit,
    Form,
    Id,
    MaybeId,
    Notes,
    Rating,
    WeightUnit,
    When,
)
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import MaybeDistance, MaybeReps, MaybeWeight, Number
from webapp.forms.workouts import Band, Length
from webapp.problems import invalid

MOST_EXERCISES = 200
MEASUREMENTS = ("weight", "reps", "duration_seconds", "distance", "bodyweight", "band")
EXAMPLE: dict[str, JsonValue] = {"weight": 135.0, "reps": 10, "weightUnit": "Lbs"}


class WorkoutStart(Form):
    """POST /api/Workouts."""

    routine: Id = Field(alias="workoutTemplateId")


class WorkoutEdit(Form):
    """PUT /api/Workouts/{id}; absent is unchanged, null clears location, notes and rating."""

    id: Id
    location_id: MaybeId = None
    notes: Notes = None
    rating: Rating = None
    started_at: When = None
    ended_at: When = None


class WorkoutComplete(Form):
    """PUT /api/Workouts/{id}/Complete; absent or null is unchanged, and the end is now."""

    id: Id
    notes: Notes = None
    rating: Rating = None
    started_at: When = None
    ended_at: When = None


class ExerciseChosen(Form):
    """An exercise of a list that replaces another."""

    exercise: Id = Field(alias="exerciseTemplateId")


class WorkoutExercises(Form):
    """PUT /api/Workouts/{id}/Exercises: the whole list, in its order."""

    workout_id: Id
    exercises: list[ExerciseChosen] = Field(max_length=MOST_EXERCISES)


class WorkoutSetIn(Form):
    """A set, whole: what is absent was not measured. Duration in seconds. Ids are optional."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"weight": 80, "reps": 8, "weightUnit": "Kg"}]}
    )

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: MaybeId = None
    workout_id: MaybeId = None
    exercise_id: MaybeId = None
    set_id: MaybeId = None
    weight: MaybeWeight = None
    reps: MaybeReps = None
    duration_seconds: Length = Field(None, alias="duration")
    distance: MaybeDistance = None
    bodyweight: MaybeWeight = None
    band: Band = Field(None, alias="bandColor")
    weight_unit: Annotated[WeightUnit | None, Blank] = None
    distance_unit: Annotated[DistanceUnit | None, Blank] = None

    def said(self) -> dict[str, Any]:
        """All of the set, and the ids that were said. Raises Problem 400 without a measurement."""
        if all(getattr(self, name) is None for name in MEASUREMENTS):
            why = "At least one measurement must be given"
            raise invalid("Nothing is measured", weight=why)
        ids = {"id", "workout_id", "exercise_id", "set_id"}
        return super().said() | self.model_dump(exclude=ids)


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _clamped(size: int) -> int:
    return max(1, min(size, 50))


class HistoryQuery(Form):
    """GET /api/Workouts; more than 50 on a page are 50, a bad cursor is the first page."""

    sort_by: Annotated[Literal["date", "rating"], BeforeValidator(_lower)] = "date"
    sort_direction: Annotated[Literal["desc", "asc"], BeforeValidator(_lower)] = "desc"
    location_id: MaybeId = None
    min_rating: Rating = None
    search: Annotated[Text, Field(max_length=200)] = ""
    cursor: str = ""
    page_size: Annotated[int, AfterValidator(_clamped), Number] = 20

    def said(self) -> dict[str, Any]:
        """All of it: what was left out is as usual."""
        return self.model_dump()
