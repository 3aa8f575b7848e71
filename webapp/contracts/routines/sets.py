"""`routines` about sets: EXERCISE, REST and CARDIO, each answered with the same 17 fields."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo
from typing_extensions import TypedDict

from webapp.contracts.routines.base import (
    BIGGEST,
    Meta,
    Moment,
    Paged,
    Words,
    asked,
    clamped,
    instant,
    kilograms,
    kilometres,
    maybe_instant,
)
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import MaybeDistance, MaybeReps, MaybeSeconds, MaybeWeight, Number
from webapp.problems import invalid
from webapp.training.slots import Placed

Kind = Literal["EXERCISE", "REST", "CARDIO"]
KINDS: dict[str, Kind] = {"exercise": "EXERCISE", "rest": "REST", "cardio": "CARDIO"}
FIXED = ("kind", "exercise_id", "order")
Note = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Rpe = Annotated[Annotated[int, Field(ge=1, le=10), Number] | None, Blank]
Count = Annotated[int, Field(ge=0, le=10_000), Number]


class SetEdit(Words):
    """PUT or PATCH .../sets/{setId}: any of these, absent stays. Weights are kilograms."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"actualReps": 8, "actualWeightKg": "82.5", "rpe": 8}]}
    )

    kind: Kind = Field("EXERCISE", alias="itemType")
    exercise_id: Annotated[int, Field(ge=0, le=BIGGEST), Number] | None = Field(
        None, alias="exerciseId"
    )
    exercise_name: Annotated[Annotated[Text, Field(max_length=200)] | None, Blank] = Field(
        None, alias="exerciseName"
    )
    order: Annotated[Count | None, Blank] = Field(None, alias="orderInSession")
    number: Annotated[Count | None, Blank] = Field(None, alias="setNumber")
    planned_reps: MaybeReps = Field(None, alias="plannedReps")
    planned_weight: MaybeWeight = Field(None, alias="plannedWeightKg")
    reps: MaybeReps = Field(None, alias="actualReps")
    weight: MaybeWeight = Field(None, alias="actualWeightKg")
    duration_seconds: MaybeSeconds = Field(None, alias="durationSeconds")
    distance: MaybeDistance = Field(None, alias="distanceKm")
    rpe: Rpe = None
    notes: Note = None
    completed_at: Moment = Field(None, alias="completedAt")


class SetIn(SetEdit):
    """POST .../sets. An EXERCISE names its exercise; slot and number are the next ones unless
    they are said."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"exerciseId": 1, "actualReps": 8, "actualWeightKg": "80"}]}
    )

    order: Annotated[Annotated[Count, Field(ge=1)] | None, Blank] = Field(
        None, alias="orderInSession"
    )
    number: Annotated[Annotated[int, Field(ge=1, le=200), Number] | None, Blank] = Field(
        None, alias="setNumber"
    )

    _asked = model_validator(mode="before")(asked("exerciseId"))

    @field_validator("exercise_id")
    @classmethod
    def _an_exercise_is_named(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("kind") == "EXERCISE" and not value:
            raise ValueError("Field is required")
        return value

    def said(self) -> dict[str, Any]:
        exercise = self.exercise_id if self.kind == "EXERCISE" else None
        return super().said() | {"kind": self.kind.lower(), "exercise_id": exercise}


class HistoryQuery(Paged):
    """GET /exercises/{exerciseId}/history."""

    limit: Annotated[int, Number, clamped(100)] = Field(50, alias="pageSize")


class WorkoutSet(TypedDict):
    """A set. What is not done yet has nulls for actualReps, actualWeightKg, rpe, completedAt."""

    id: int
    sessionId: int
    exerciseId: int
    exerciseName: str
    itemType: Kind
    orderInSession: int
    setNumber: int
    plannedReps: int
    plannedWeightKg: str
    actualReps: int | None
    actualWeightKg: str | None
    durationSeconds: int
    distanceKm: str
    rpe: int | None
    isPersonalBest: bool
    notes: str
    completedAt: str | None


class SetReply(TypedDict):
    """One set in the envelope."""

    success: Literal[True]
    data: WorkoutSet


class SetsReply(TypedDict):
    """Sets in the envelope."""

    success: Literal[True]
    data: list[WorkoutSet]


class SetsPage(SetsReply):
    """A page of sets in the envelope."""

    meta: Meta


def set_words(each: Placed, is_best: bool) -> WorkoutSet:
    """A set with all 17 fields; weights as decimal strings in kilograms."""
    is_done, is_exercise = each.completed_at is not None, each.kind == "exercise"
    return {
        "id": each.id,
        "sessionId": each.workout_id,
        "exerciseId": (each.exercise_id or 0) if is_exercise else 0,
        "exerciseName": "" if each.kind == "rest" else each.exercise_name,
        "itemType": KINDS[each.kind],
        "orderInSession": each.order,
        "setNumber": each.position,
        "plannedReps": each.planned_reps or 0,
        "plannedWeightKg": kilograms(each.planned_weight, each.planned_weight_unit) or "0",
        "actualReps": each.reps if is_done else None,
        "actualWeightKg": kilograms(each.weight, each.weight_unit) if is_done else None,
        "durationSeconds": _seconds(each),
        "distanceKm": kilometres(each.distance, each.distance_unit),
        "rpe": _whole(each.rpe) if is_done and each.rpe else None,
        "isPersonalBest": is_best,
        "notes": each.notes or "",
        "completedAt": maybe_instant(each.completed_at),
    }


def _seconds(each: Placed) -> int:
    if each.completed_at is None:
        return each.planned_seconds or 0
    return _whole(each.duration_seconds or "0")


def _whole(number: str) -> int:
    return int(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP))


def set_changes(said: dict[str, Any], placed: Placed) -> dict[str, Any]:
    """What of a SetEdit is not what the set says already: pounds worded in kilograms and said
    again stay pounds. Raises Problem 400 for what cannot change."""
    now: dict[str, Any] = {**set_words(placed, False)}
    words = {name: field.alias or name for name, field in SetEdit.model_fields.items()}
    new = {name: each for name, each in said.items() if _said(each) != str(now[words[name]])}
    for name in FIXED:
        if new.pop(name, None) is not None:
            why = "Cannot be changed; delete the set and add it where it belongs"
            raise invalid("A set stays in its slot", **{words[name]: why})
    return new | ({"reps": said["reps"]} if "reps" in said else {})


def _said(value: Any) -> str:
    return instant(value) if isinstance(value, datetime) else str(value)


def set_added(placed: Placed) -> SetReply:
    """POST .../sets → 201. Bests are told once the session is complete."""
    return {"success": True, "data": set_words(placed, False)}


set_edited = set_added


def set_removed() -> None:
    """204."""


def exercise_history(
    sets: Sequence[Placed], bests: set[int], page: int, limit: int, total: int
) -> SetsPage:
    """GET /exercises/{exerciseId}/history: done EXERCISE sets, the last first."""
    found = [set_words(each, each.id in bests) for each in sets]
    meta: Meta = {"page": page, "pageSize": limit, "total": total}
    return {"success": True, "data": found, "meta": meta}


def exercise_bests(sets: Sequence[Placed], bests: set[int]) -> SetsReply:
    """GET /exercises/{exerciseId}/pbs: the heaviest set of each number of reps."""
    return {"success": True, "data": [set_words(each, each.id in bests) for each in sets]}
