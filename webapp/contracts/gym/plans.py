"""The words of `gym` for templates of workouts and of exercises (its README, companions)."""

from collections.abc import Sequence
from typing import Annotated, TypedDict

from pydantic import Field

from webapp.contracts.gym.base import (
    EXERCISE_TYPES,
    ExerciseType,
    ExerciseTypeName,
    Form,
    Id,
    ImplementType,
    ImplementTypeName,
    MaybeId,
    Name,
    Notes,
    moment,
)
from webapp.contracts.gym.workout_forms import MOST_EXERCISES, ExerciseChosen
from webapp.db import Row
from webapp.db import moment as stored
from webapp.forms.base import Blank, Text

Model = Annotated[Annotated[Text, Field(max_length=200)] | None, Blank]
MaybeImplement = Annotated[ImplementType | None, Blank]
MaybeExerciseType = Annotated[ExerciseType | None, Blank]


class TemplatesQuery(Form):
    """GET /api/WorkoutTemplates."""

    location_id: MaybeId = None


class TemplateIn(Form):
    """POST /api/WorkoutTemplates."""

    name: Name
    description: Notes = Field(None, alias="notes")
    location_id: MaybeId = None


class TemplateEdit(Form):
    """PUT /api/WorkoutTemplates/{id}; absent is unchanged, null clears notes and location."""

    id: Id
    name: Name = ""
    description: Notes = Field(None, alias="notes")
    location_id: MaybeId = None


class TemplateExercises(Form):
    """PUT /api/WorkoutTemplates/{id}/Exercises: the whole list, in its order."""

    workout_template_id: Id
    exercises: list[ExerciseChosen] = Field(max_length=MOST_EXERCISES)


class ExerciseTemplatesQuery(Form):
    """GET /api/ExerciseTemplates."""

    search: Annotated[Text, Field(max_length=200)] = ""
    implement: MaybeImplement = Field(None, alias="implementType")
    measure: MaybeExerciseType = Field(None, alias="exerciseType")
    location_id: MaybeId = None


class ExerciseTemplateIn(Form):
    """POST /api/ExerciseTemplates."""

    name: Name
    implement: ImplementType = Field(alias="implementType")
    measure: ExerciseType = Field(alias="exerciseType")
    model: Model = None
    location_id: MaybeId = None


class ExerciseTemplateEdit(Form):
    """PUT /api/ExerciseTemplates/{id}; absent is unchanged, null clears model and location."""

    id: MaybeId = None
    name: Name = ""
    implement: ImplementType = Field("Barbell", alias="implementType")
    measure: ExerciseType = Field("reps", alias="exerciseType")
    model: Model = None
    location_id: MaybeId = None


class WorkoutTemplateBriefDto(TypedDict):
    """A template in a list; `exerciseCount` leaves timed rests out."""

    id: int
    name: str
    notes: str | None
    locationId: int | None
    locationName: str | None
    created: str
    lastModified: str
    exerciseCount: int


class WorkoutTemplateExerciseDto(TypedDict):
    """An exercise of a template; cardio without an exercise has no exercise template."""

    id: int
    exerciseTemplateId: int | None
    exerciseName: str
    implementType: ImplementTypeName
    exerciseType: ExerciseTypeName
    position: int


class WorkoutTemplateDetailDto(WorkoutTemplateBriefDto):
    """A template with its exercises."""

    exercises: list[WorkoutTemplateExerciseDto]


class ExerciseTemplateBriefDto(TypedDict):
    """An exercise, one's own or the system's, in a list."""

    id: int
    name: str
    implementType: ImplementTypeName
    exerciseType: ExerciseTypeName
    imagePath: str | None
    model: str | None
    locationId: int | None
    locationName: str | None


class ExerciseTemplateDetailDto(ExerciseTemplateBriefDto):
    """An exercise with its times."""

    created: str
    lastModified: str


class Times(TypedDict):
    """When a row was made and last changed."""

    created: str
    lastModified: str


def times(row: Row) -> Times:
    """When a row was made and last changed."""
    made, changed = stored(row["created_at"]), stored(row["updated_at"])
    assert made is not None and changed is not None  # noqa: S101 - the columns are NOT NULL
    return {"created": moment(made), "lastModified": moment(changed)}


def templates(found: Sequence[Row]) -> list[WorkoutTemplateBriefDto]:
    """GET /api/WorkoutTemplates → 200."""
    return [_brief(each) for each in found]


def template(found: Row, items: Sequence[Row]) -> WorkoutTemplateDetailDto:
    """GET /api/WorkoutTemplates/{id} → 200."""
    shown = [item for item in items if item["kind"] != "rest"]
    exercises = [_item(item, position) for position, item in enumerate(shown, 1)]
    return {**_brief(found), "exercises": exercises}


def _brief(found: Row) -> WorkoutTemplateBriefDto:
    return {
        "id": found["id"],
        "name": found["name"],
        "notes": found["description"],
        "locationId": found["location_id"],
        "locationName": found["location_name"],
        **times(found),
        "exerciseCount": found["exercise_count"],
    }


def _item(item: Row, position: int) -> WorkoutTemplateExerciseDto:
    return {
        "id": item["id"],
        "exerciseTemplateId": item["exercise_id"],
        "exerciseName": item["name"] or item["kind"].title(),
        "implementType": item["implement"],
        "exerciseType": EXERCISE_TYPES.theirs[item["measure"]],  # type: ignore[typeddict-item]
        "position": position,
    }


def exercise_templates(found: Sequence[Row]) -> list[ExerciseTemplateBriefDto]:
    """GET /api/ExerciseTemplates → 200."""
    return [_exercise(each) for each in found]


def exercise_template(found: Row) -> ExerciseTemplateDetailDto:
    """GET /api/ExerciseTemplates/{id} → 200."""
    return {**_exercise(found), **times(found)}


def _exercise(found: Row) -> ExerciseTemplateBriefDto:
    return {
        "id": found["id"],
        "name": found["name"],
        "implementType": found["implement"],
        "exerciseType": EXERCISE_TYPES.theirs[found["measure"]],  # type: ignore[typeddict-item]
        "imagePath": found["picture_url"],
        "model": found["model"],
        "locationId": found["location_id"],
        "locationName": found["location_name"],
    }


def template_made(id: int) -> int:
    """POST /api/WorkoutTemplates and /api/ExerciseTemplates → 201, the new id."""
    return id


def template_changed() -> None:
    """204: a template was changed, deleted, or given other exercises."""


exercise_template_made = template_made
template_deleted = template_arranged = template_changed
exercise_template_changed = exercise_template_deleted = template_changed
