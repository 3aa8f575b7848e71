"""The words of `executions` for workouts, exercise executions and sets (the document's sections
of those names). A weight is a float of pounds; one that was entered in kilograms is converted."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, TypedDict

from pydantic import AfterValidator, Field

from webapp.contracts.executions.base import Flag, IsoDate, PageQuery, instant
from webapp.forms.base import Form, Verbatim
from webapp.forms.numbers import Number, Reps, Weight
from webapp.models.fields import in_unit
from webapp.training.executed import DoneSet, Executed, Performed

Note = Annotated[Verbatim, Field(max_length=2000)] | None
Order = Annotated[int, Field(ge=1, le=10_000), Number]
Pounds = Annotated[Weight, AfterValidator(Decimal.copy_abs)]  # -0.0 is a number of JSON, too
ExerciseId = Annotated[int, Field(ge=1, le=2**63 - 1), Number]


class WorkoutsQuery(PageQuery):
    """GET /workouts: from and to a date (both included), finished or not."""

    start_date: IsoDate = None
    end_date: IsoDate = None
    finished: Flag = None


class Nothing(Form):
    """POST /workouts and PATCH /workouts/{id}/finish need no body."""


class SetEdit(Form):
    """PATCH of a set: any of {note_text, weight, clean_reps, forced_reps}; absent is unchanged."""

    notes: Note = Field(None, alias="note_text")
    weight: Pounds | None = None
    reps: Reps = Field(0, alias="clean_reps")
    forced_reps: Reps | None = None

    def said(self) -> dict[str, Any]:
        """What was said; a weight is in pounds."""
        said = super().said()
        return said | {"weight_unit": "lb"} if said.get("weight") is not None else said


class SetIn(SetEdit):
    """POST of a set: {clean_reps, weight?, forced_reps?, note_text?}."""

    reps: Reps = Field(alias="clean_reps")


class ExecutionEdit(Form):
    """PATCH of an exercise execution: {note_text?, exercise_order?}; absent is unchanged."""

    note: Note = Field(None, alias="note_text")
    order: Order = Field(1, alias="exercise_order")


class ExecutionIn(Form):
    """PUT of an exercise execution: {exercise_order?, note_text?, sets?}. What is left out is
    empty; without an order it stays where it is, or comes last."""

    order: Order | None = Field(None, alias="exercise_order")
    note: Note = Field(None, alias="note_text")
    sets: Annotated[list[SetIn], Field(max_length=200)] = Field(default_factory=list)

    def said(self) -> dict[str, Any]:
        """All of it, because it replaces all."""
        sets = [each.said() for each in self.sets]
        return {"order": self.order, "note": self.note, "sets": sets}


class ReorderIn(Form):
    """PATCH .../exercise-executions/reorder: every exercise of the workout, once, in order."""

    exercise_ids: Annotated[list[ExerciseId], Field(max_length=1000)]


class Set(TypedDict):
    """A set that was done."""

    id: int
    exercise_id: int
    note_text: str | None
    weight: float
    clean_reps: int
    forced_reps: int
    created_at: str
    updated_at: str


class Execution(TypedDict):
    """An exercise of a workout with its sets."""

    exercise_id: int
    exercise_name: str
    exercise_order: int
    note_text: str | None
    created_at: str
    updated_at: str
    sets: list[Set]


class Workout(TypedDict):
    """A workout; `finished_at` is null while it is in progress."""

    id: int
    finished_at: str | None
    created_by_user_id: int
    updated_by_user_id: int
    created_at: str
    updated_at: str
    exercise_executions: list[Execution]


class Workouts(TypedDict):
    """A page of workouts and how many there are on all pages."""

    workouts: list[Workout]
    total: int
    page: int
    per_page: int


class Reordered(TypedDict):
    """The exercise executions in their new order."""

    message: str
    exercise_executions: list[Execution]


def executed_set(done: DoneSet) -> Set:
    """POST (201) and PATCH of a set; no weight is 0 pounds."""
    return {
        "id": done.id,
        "exercise_id": done.exercise_id,
        "note_text": done.notes,
        "weight": _pounds(done),
        "clean_reps": done.reps or 0,
        "forced_reps": done.forced_reps or 0,
        "created_at": instant(done.created_at),
        "updated_at": instant(done.updated_at),
    }


def _pounds(done: DoneSet) -> float:
    if done.weight is None:
        return 0.0
    return float(in_unit(Decimal(done.weight), done.weight_unit or "lb", "lb"))


def execution(performed: Performed) -> Execution:
    """GET, PUT and PATCH of an exercise execution → 200."""
    return {
        "exercise_id": performed.exercise_id,
        "exercise_name": performed.exercise_name,
        "exercise_order": performed.order,
        "note_text": performed.note,
        "created_at": instant(performed.created_at),
        "updated_at": instant(performed.updated_at),
        "sets": [executed_set(each) for each in performed.sets],
    }


def executed_workout(workout: Executed) -> Workout:
    """GET, POST (201) and finish of a workout."""
    ended = workout.finished_at
    return {
        "id": workout.id,
        "finished_at": instant(ended) if ended else None,
        "created_by_user_id": workout.user_id,
        "updated_by_user_id": workout.user_id,
        "created_at": instant(workout.created_at),
        "updated_at": instant(workout.updated_at),
        "exercise_executions": [execution(each) for each in workout.executions],
    }


def executed_workouts(found: Sequence[Executed], total: int, page: int, per_page: int) -> Workouts:
    """GET /workouts → 200."""
    shown = [executed_workout(each) for each in found]
    return {"workouts": shown, "total": total, "page": page, "per_page": per_page}


def reordered(workout: Executed) -> Reordered:
    """PATCH .../exercise-executions/reorder → 200."""
    return {
        "message": "Exercise order updated successfully",
        "exercise_executions": [execution(each) for each in workout.executions],
    }


def nothing() -> None:
    """204."""


workout_deleted = execution_removed = executed_set_removed = nothing
