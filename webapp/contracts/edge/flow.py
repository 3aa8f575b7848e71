"""What the phone says of what it has carried out, and the few bytes that acknowledge it."""

from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BeforeValidator, Field

from webapp import forms
from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import (
    MaybeDistance,
    MaybeDistanceUnit,
    MaybeReps,
    MaybeSeconds,
    MaybeSpeed,
    MaybeWeight,
    MaybeWeightUnit,
    Number,
)
from webapp.forms.sets import Kind, MaybeUuid, Note
from webapp.training.changing_items import MOST_ITEMS
from webapp.training.changing_sets import MOST_SETS
from webapp.training.lines import Sheet

Few = Annotated[int | None, Field(ge=0, le=MOST_SETS), Number, Blank]
Name = Annotated[Annotated[Text, Field(max_length=200)] | None, Blank]
Words = Annotated[Text, Field(max_length=500)] | None


class PlannedSet(Form):
    """A set as the phone has planned it."""

    set_type: Kind = "working"
    planned_reps: MaybeReps = None
    planned_reps_max: MaybeReps = None
    planned_weight: MaybeWeight = None
    planned_weight_unit: MaybeWeightUnit = None
    planned_seconds: MaybeSeconds = None


class Plan(Form):
    """What a plan says (see training/planning.py), with the exercise by its UUID."""

    sets: Few = None
    warm_up_sets: Few = None
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
    rest: MaybeSeconds = None
    note: Note = None
    advice: Words = None
    routine_weight: Words = None
    is_closed: bool | None = None
    exercise_uuid: MaybeUuid = None


class PlannedItem(Form):
    """An exercise, rest or cardio block as the phone has planned it."""

    kind: Literal["exercise", "rest", "cardio"] = "exercise"
    exercise_uuid: MaybeUuid = None
    exercise_name: Name = None
    superset: Annotated[int | None, Field(ge=0, le=10_000), Number] = None
    rest_seconds: MaybeSeconds = None
    note: Note = None
    routine_item_uuid: MaybeUuid = None
    plan: Plan = Plan()
    sets: list[PlannedSet] = Field(default=[], max_length=MOST_SETS)


def _read(text: Any) -> Any:
    try:
        return orjson.loads(text) if isinstance(text, str) else text
    except orjson.JSONDecodeError as error:
        raise ValueError("Must be JSON") from error


def _plainly(items: list[PlannedItem]) -> list[dict[str, Any]]:
    return [each.model_dump() for each in items]


Planned = Annotated[
    Annotated[list[PlannedItem], Field(max_length=MOST_ITEMS), AfterValidator(_plainly)],
    BeforeValidator(_read),
]


class SessionStart(forms.SessionStart):
    """A start: `plan` is what the phone has made of it (a list of PlannedItem as JSON), which the
    routine may not say any more; `anyway` ends another workout first."""

    name: Name = None
    plan: Planned | None = None
    anyway: bool = False


class Chosen(forms.Chosen):
    """The exercise to do, and how many sets the phone gave it."""

    sets: Few = None


class LateSet(Form):
    """Where a set belongs that was done in a workout which another device has ended."""

    item: MaybeUuid = None
    exercise: MaybeUuid = None


def acknowledged(sheet: Sheet) -> dict[str, int]:
    """{version}: of the workout."""
    return {"version": sheet.version}


started = logged = cards_changed = rest_timer = acknowledged
finished = stopped = discarded = workout_restored = acknowledged
