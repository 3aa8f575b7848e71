"""The words of `diary` for workouts: a date, exercises in their order, sets of reps and weight.

What pages and other contracts write besides is left out: rests, blocks without an exercise, sets
not done or without repetitions. Weights are bare numbers in the user's unit.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field

from webapp.auth import Caller
from webapp.contracts.diary.base import Date, Id
from webapp.contracts.diary.exercises import ExerciseResponse, exercise
from webapp.db import Row
from webapp.forms.base import Form, Verbatim
from webapp.forms.numbers import Number, Weight
from webapp.models.fields import in_unit
from webapp.training.lines import Sheet, SheetItem, SheetSet

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
SetType = Literal["WARM_UP", "WORKING"]


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.match(value):
        raise ValueError("Must be a date like 2024-01-29")
    return value


def _list(value: Any) -> Any:
    return [] if value is None else value


Day = Annotated[date, BeforeValidator(_day)]
DayOfTraining = Annotated[Day, Field(ge=date(1970, 1, 2), le=date(2200, 1, 1))]
Reps = Annotated[int, Field(ge=1, le=10_000), Number]
# The document knows no limit; these keep what others add after it within the column.
Order = Annotated[int, Field(ge=-1_000_000, le=1_000_000), Number]
Notes = Annotated[Verbatim, Field(max_length=250)]


class SetRequest(Form):
    """A set of POST and PUT /workouts."""

    reps: Reps
    weight: Weight
    notes: Notes | None = None
    set_type: Annotated[SetType, AfterValidator(str.lower)] = Field(alias="setType")


class WorkoutExerciseRequest(Form):
    """An exercise of POST and PUT /workouts, with its sets."""

    exercise_uuid: UUID = Field(alias="exerciseId")
    position: Order = Field(alias="exerciseOrder")
    sets: Annotated[list[SetRequest], Field(max_length=200), BeforeValidator(_list)] = Field(
        default_factory=list
    )

    def said(self) -> dict[str, Any]:
        return {**super().said(), "sets": [each.said() for each in self.sets]}


Exercises = Annotated[list[WorkoutExerciseRequest], Field(max_length=200)]


class WorkoutIn(Form):
    """POST /workouts."""

    day: DayOfTraining = Field(alias="date")
    exercises: Annotated[Exercises, BeforeValidator(_list)] = Field(
        default_factory=list, alias="workoutExercises"
    )

    def said(self) -> dict[str, Any]:
        return {"day": self.day, "exercises": [each.said() for each in self.exercises]}


class WorkoutEdit(Form):
    """PUT /workouts/{id}; absent (or null) is unchanged, workoutExercises replace all."""

    day: DayOfTraining | None = Field(None, alias="date")
    exercises: Exercises | None = Field(None, alias="workoutExercises")

    def said(self) -> dict[str, Any]:
        new = None if self.exercises is None else [each.said() for each in self.exercises]
        return {"day": self.day, "exercises": new}


class WorkoutsQuery(Form):
    """GET /workouts; both days are included."""

    first: Day = Field(alias="startDate")
    last: Day = Field(alias="endDate")


class SetResponse(TypedDict):
    """A set."""

    id: Id
    reps: int
    weight: float
    notes: str | None
    setType: SetType


class WorkoutExerciseResponse(TypedDict):
    """An exercise of a workout, with its sets in the order sent."""

    id: Id
    exercise: ExerciseResponse
    exerciseOrder: int
    sets: list[SetResponse]


class WorkoutResponse(TypedDict):
    """A workout, its exercises by exerciseOrder."""

    id: Id
    date: Date
    workoutExercises: list[WorkoutExerciseResponse]


class WorkoutSummaryResponse(TypedDict):
    """A workout in the list."""

    id: Id
    date: Date


def workouts(found: Sequence[Row]) -> list[WorkoutSummaryResponse]:
    """GET /workouts → 200, newest first."""
    return [{"id": str(each["uuid"]), "date": str(each["local_date"])} for each in found]


def workout(sheet: Sheet, exercises: Mapping[int, Row], person: Caller) -> WorkoutResponse:
    """POST /workouts → 201, GET and PUT /workouts/{id} → 200."""
    shown = [item for item in sheet.items if item.exercise_id in exercises and _is_known(item)]
    return {
        "id": sheet.uuid,
        "date": sheet.local_date.isoformat(),
        "workoutExercises": [_item(each, exercises, person) for each in shown],
    }


def _is_known(item: SheetItem) -> bool:
    """Something was done of it, or nothing was planned."""
    return bool(item.done) or not item.sets


def _item(item: SheetItem, exercises: Mapping[int, Row], person: Caller) -> WorkoutExerciseResponse:
    return {
        "id": item.uuid,
        "exercise": exercise(exercises[item.exercise_id or 0]),
        "exerciseOrder": item.position,
        "sets": [_set(each, person) for each in item.done if each.reps],
    }


def _set(each: SheetSet, person: Caller) -> SetResponse:
    weight, unit = Decimal(each.weight or 0), each.weight_unit or person.weight_unit
    return {
        "id": each.uuid,
        "reps": each.reps or 0,
        "weight": float(in_unit(weight, unit, person.weight_unit)),
        "notes": each.notes,
        "setType": "WARM_UP" if each.is_warm_up else "WORKING",
    }


def workout_deleted() -> None:
    """DELETE /workouts/{id} → 204."""
