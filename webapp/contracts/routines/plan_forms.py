"""What `routines` may be told of a routine, whose items are EXERCISE, REST and CARDIO."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo

from webapp.contracts.routines.base import BIGGEST, Paged, Words, asked, clamped
from webapp.contracts.routines.sets import Count, Kind
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import (
    MaybeReps,
    MaybeSeconds,
    MaybeSpeed,
    MaybeWeight,
    Number,
    Point,
    Sets,
)

Name = Annotated[Text, Field(min_length=1, max_length=100)]
Prose = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Label = Annotated[Annotated[Text, Field(max_length=200)] | None, Blank]
Minutes = Annotated[Decimal, Field(ge=0, le=1440, max_digits=20), Point, Number]
NEEDED = {"EXERCISE": ("exercise_id", "sets"), "REST": ("rest",), "CARDIO": ("cardio", "minutes")}
NEEDS = ("exerciseId", "sets", "durationSeconds", "cardioName", "durationMinutes")
Tag = Annotated[Text, Field(min_length=1, max_length=50)]


class RoutineItem(Words):
    """One line of a routine: EXERCISE (exerciseId, sets, repsPerSet, weightKg), REST
    (durationSeconds) or CARDIO (cardioName, durationMinutes)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"type": "EXERCISE", "exerciseId": 1, "sets": 3}]}
    )

    type: Kind
    order: Annotated[Count | None, Blank] = None
    exercise_id: Annotated[int, Field(ge=0, le=BIGGEST), Number] | None = Field(
        None, alias="exerciseId"
    )
    exercise_name: Label = Field(None, alias="exerciseName")
    sets: Sets | None = None
    reps: MaybeReps = Field(None, alias="repsPerSet")
    weight: MaybeWeight = Field(None, alias="weightKg")
    rest_after: MaybeSeconds = Field(None, alias="restAfterSeconds")
    rest: MaybeSeconds = Field(None, alias="durationSeconds")
    cardio: Label = Field(None, alias="cardioName")
    minutes: Annotated[Minutes | None, Blank] = Field(None, alias="durationMinutes")
    speed: MaybeSpeed = Field(None, alias="targetSpeedKmh")
    notes: Prose = None

    _asked = model_validator(mode="before")(asked(*NEEDS))

    @field_validator("exercise_id", "sets", "rest", "cardio", "minutes")
    @classmethod
    def _said_where_needed(cls, value: Any, info: ValidationInfo) -> Any:
        if not value and info.field_name in NEEDED.get(info.data.get("type", ""), ()):
            raise ValueError("Field is required")
        return value

    def columns(self, order: int) -> dict[str, Any]:
        """The line as columns of a routine's item."""
        place = order if self.order is None else self.order
        line = {"kind": self.type.lower(), "position": place, "note": self.notes}
        return (
            line
            | {"EXERCISE": self._exercise, "REST": self._rest, "CARDIO": self._cardio}[self.type]()
        )

    def _exercise(self) -> dict[str, Any]:
        weight = None if not self.weight else format(self.weight, "f")
        return {
            "exercise_id": self.exercise_id,
            "exercise_name": self.exercise_name,
            "sets": self.sets,
            "reps_min": self.reps or None,
            "reps_max": self.reps or None,
            "weight": weight,
            "weight_unit": weight and "kg",
            "rest_seconds": self.rest_after,
        }

    def _rest(self) -> dict[str, Any]:
        return {"exercise_name": "", "duration_seconds": self.rest}

    def _cardio(self) -> dict[str, Any]:
        return {
            "exercise_name": self.cardio,
            "duration_seconds": int(((self.minutes or Decimal(0)) * 60).to_integral_value()),
            "speed_kmh": None if self.speed is None else format(self.speed, "f"),
        }


class RoutineEdit(Words):
    """PUT /routines/{id}: absent stays, `items` replaces the items."""

    name: Name = ""
    description: Prose = None
    items: list[RoutineItem] = Field([], min_length=1, max_length=200)
    estimated_minutes: Annotated[Annotated[int, Field(ge=0, le=10_080), Number] | None, Blank] = (
        Field(None, alias="estimatedMinutes")
    )
    tags: list[Tag] = Field([], max_length=50)
    is_public: bool = Field(False, alias="isPublic")

    def said(self) -> dict[str, Any]:
        said = super().said()
        if "items" in said:
            lines = [each.columns(n) for n, each in enumerate(self.items, 1)]
            # One shape for all, so that they are stored in one statement.
            said["items"] = sorted(lines, key=lambda line: int(line["position"]))
        return said


class RoutineIn(RoutineEdit):
    """POST /routines: a name and at least one item."""

    name: Name
    items: list[RoutineItem] = Field(min_length=1, max_length=200)


class RoutinesQuery(Paged):
    """GET /routines."""

    limit: Annotated[int, Number, clamped(50)] = Field(20, alias="pageSize")
    search: Annotated[Text, Field(max_length=100)] = ""
    only_mine: bool = Field(False, alias="mine")

    @field_validator("only_mine", mode="before")
    @classmethod
    def _named_is_meant(cls, value: Any) -> Any:
        return True if value == "" else value
