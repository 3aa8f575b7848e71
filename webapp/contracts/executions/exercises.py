"""The words of `executions` for exercises (document: section Exercises)."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypedDict

from pydantic import BeforeValidator, Field

from webapp.contracts.executions.base import Flag, PageQuery, PictureUrl, instant
from webapp.db import Row, moment
from webapp.forms.base import Blank, Form, Text

BodyPart = Literal["chest", "back", "shoulders", "arms", "legs", "core", "full_body", "other"]
_Modality = Literal["dumbbell", "barbell", "cable", "machine", "smith", "bodyweight"]
ModalityOut = Literal["DUMBBELL", "BARBELL", "CABLE", "MACHINE", "SMITH", "BODYWEIGHT"]
Name = Annotated[Text, Field(min_length=1, max_length=200)]


def _small(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


Modality = Annotated[_Modality, BeforeValidator(_small)]


class ExercisesQuery(PageQuery):
    """GET /exercises: the system's or one's own, a body part, a modality (any case)."""

    is_user_created: Flag = None
    body_part: Annotated[BodyPart | None, Blank] = None
    modality: Annotated[Modality | None, Blank] = None


class ExercisesSearch(ExercisesQuery):
    """GET /exercises/search: the same, with a term of the name."""

    q: Name


class ExerciseIn(Form):
    """POST /exercises: {name, body_part, modality, picture_url?}."""

    name: Name
    body_part: BodyPart
    modality: Modality
    picture_url: PictureUrl = None


class ExerciseEdit(Form):
    """PATCH /exercises/{id}: any of those; absent is unchanged, null takes the picture away."""

    name: Name = ""
    body_part: BodyPart = "other"
    modality: Modality = "barbell"
    picture_url: PictureUrl = None


class Exercise(TypedDict):
    """An exercise: the system's (nobody's, `is_user_created` false) or the person's own."""

    id: int
    name: str
    body_part: BodyPart
    modality: ModalityOut
    picture_url: str | None
    created_by_user_id: int | None
    updated_by_user_id: int | None
    created_at: str
    updated_at: str
    is_user_created: bool


class Exercises(TypedDict):
    """A page of exercises and how many there are on all pages."""

    exercises: list[Exercise]
    total: int
    page: int
    per_page: int


def exercise(exercise: Row) -> Exercise:
    """GET, POST (201) and PATCH of one exercise."""
    return {
        "id": exercise["id"],
        "name": exercise["name"],
        "body_part": exercise["body_part"],
        "modality": exercise["modality"].upper(),
        "picture_url": exercise["picture_url"],
        "created_by_user_id": exercise["user_id"],
        "updated_by_user_id": exercise["updated_by_id"] or exercise["user_id"],
        "created_at": _when(exercise["created_at"]),
        "updated_at": _when(exercise["updated_at"]),
        "is_user_created": exercise["user_id"] is not None,
    }


def _when(stored: Any) -> str:
    when = moment(stored)
    assert when is not None  # noqa: S101 - the column is NOT NULL
    return instant(when)


def exercise_page(found: Sequence[Row], total: int, page: int, per_page: int) -> Exercises:
    """GET /exercises and /exercises/search → 200."""
    shown = [exercise(each) for each in found]
    return {"exercises": shown, "total": total, "page": page, "per_page": per_page}


def exercise_archived() -> None:
    """DELETE /exercises/{id} → 204."""
