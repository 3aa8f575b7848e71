"""`live` about plans: a workout is what pages call a routine, with its workout exercises.

Also exercises, where the document is silent: the library in the same words.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from pydantic import Field

from webapp import forms
from webapp.auth import Caller
from webapp.contracts.live.base import known
from webapp.contracts.live.shapes import Exercise, Progression, Workout, WorkoutExercise
from webapp.db import Row, moment
from webapp.forms.numbers import MaybeReps, MaybeSeconds, MaybeWeight, Sets
from webapp.models.fields import in_unit

Plan = tuple[Row, Sequence[Row]]
DEFAULT_REST = 60


class RoutineItemEdit(forms.RoutineItemEdit):
    """PUT /api/workouts/exercises/{id}: any of these, absent stays; seconds, user's unit."""

    routine: UUID | None = Field(None, alias="workout_id")
    exercise: UUID | None = Field(None, alias="exercise_id")
    interval_seconds: MaybeSeconds = Field(None, alias="interval")
    rest_seconds: MaybeSeconds = Field(None, alias="rest")
    rest_minutes: MaybeSeconds = Field(None, alias="rest_min")
    rest_odd_seconds: MaybeSeconds = Field(None, alias="rest_sec")

    def said(self) -> dict[str, Any]:
        return forms.Form.said(self)


class RoutineItemIn(RoutineItemEdit):
    """POST /api/workouts/exercises; rest is 60 seconds when nothing is said of it."""

    routine: UUID = Field(alias="workout_id")
    exercise: UUID = Field(alias="exercise_id")
    sets: Sets
    reps_min: MaybeReps
    reps_max: MaybeReps
    weight: MaybeWeight
    uuid: UUID | None = None

    def said(self) -> dict[str, Any]:
        said = super().said()
        rests = [said.get(name) for name in ("rest_seconds", "rest_minutes", "rest_odd_seconds")]
        return said if any(each is not None for each in rests) else {**said, "rest_seconds": 60}


def number(amount: str | Decimal | None) -> int | float | None:
    """A bare JSON number: 80, 82.5."""
    if amount is None:
        return None
    exact = Decimal(amount)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def routines(routines: Sequence[Row], items: dict[int, list[Row]], person: Caller) -> list[Workout]:
    """GET /api/workouts."""
    return [routine((each, items.get(each["id"], [])), person) for each in routines]


routines_list = routines


def routine(plan: Plan, person: Caller) -> Workout:
    """A workout: {id, user_id, name, description, workout_exercises, created_at, updated_at}.

    Rests and cardio without an exercise have no words here and are left out.
    """
    found, items = plan
    return {
        "id": str(found["uuid"]),
        "user_id": str(person.user_uuid),
        "name": found["name"],
        "description": found["description"],
        "workout_exercises": [_item(each, person) for each in items if each["exercise_uuid"]],
        "created_at": _when(found["created_at"]),
        "updated_at": _when(found["updated_at"]),
    }


def routine_items(plan: Plan, person: Caller) -> Workout:
    """The workout whose exercises were moved or grouped."""
    return routine(plan, person)


def routine_item(item: Row, person: Caller) -> WorkoutExercise:
    """A workout exercise: {id, workout_id, exercise_id, sets, reps_min, reps_max, weight,
    interval, rest, created_at, updated_at}; seconds, and the weight in the user's unit."""
    return _item(item, person)


routine_item_added = routine_item


def _item(item: Row, person: Caller) -> WorkoutExercise:
    rule: Progression | None = orjson.loads(item["progression"] or "{}") or None
    told: WorkoutExercise = {
        "id": str(item["uuid"]),
        "workout_id": str(item["routine_uuid"]),
        "exercise_id": str(item["exercise_uuid"]) if item["exercise_uuid"] else None,
        "sets": item["sets"],
        "reps_min": item["reps_min"],
        "reps_max": item["reps_max"],
        "weight": _weight(item, person.weight_unit),
        "interval": item["interval_seconds"],
        "rest": _rest(item),
        "created_at": _when(item["created_at"]),
        "updated_at": _when(item["updated_at"]),
    }
    return {**told, "progression": rule} if rule else told


def _weight(item: Row, unit: str) -> int | float | None:
    if item["weight"] is None:
        return None
    return number(in_unit(Decimal(item["weight"]), item["weight_unit"] or unit, unit))


def _rest(item: Row) -> int:
    known = (item["rest_seconds"], item["setting_rest_seconds"], item["exercise_rest_seconds"])
    return next((each for each in known if each is not None), DEFAULT_REST)


def _when(stored: Any) -> str:
    when = moment(stored)
    assert when is not None  # noqa: S101 - the column is NOT NULL
    return known(when)


def routine_deleted() -> None:
    """204."""


routine_item_removed = exercise_archived = routine_deleted


def starters(programs: Sequence[dict[str, Any]], mine: set[str]) -> list[dict[str, Any]]:
    """The starter programs; `taken` says whether the user has one of its workouts."""
    names = ("slug", "name", "description", "days_per_week", "level")
    return [
        {
            **{name: each[name] for name in names},
            "taken": each["slug"] in mine,
            "workouts": [routine["name"] for routine in each["routines"]],
        }
        for each in programs
    ]


def exercises(found: Sequence[Row]) -> list[Exercise]:
    """GET /api/exercises?q&muscle&implement&mine&page."""
    return [exercise(each) for each in found]


exercise_list = exercises


def exercise(exercise: Row) -> Exercise:
    """An exercise: the system's (`is_own` false) or the user's own."""
    return {
        "id": str(exercise["uuid"]),
        "name": exercise["name"],
        "muscle_group": exercise["muscle_group"],
        "implement": exercise["implement"],
        "measure": exercise["measure"],
        "load": exercise["load"],
        "notes": exercise["notes"],
        "aliases": orjson.loads(exercise["aliases"]),
        "primary_muscles": orjson.loads(exercise["primary_muscles"]),
        "secondary_muscles": orjson.loads(exercise["secondary_muscles"]),
        "increment_kg": number(exercise["increment_kg"]),
        "increment_lb": number(exercise["increment_lb"]),
        "rest": exercise["rest_seconds"],
        "is_own": exercise["user_id"] is not None,
        "is_archived": exercise["archived_at"] is not None,
    }


def routine_add(recent: Sequence[Row], found: Sequence[Row]) -> list[Exercise]:
    """The exercises to choose from, recent ones first, each once."""
    once = {each["id"]: each for each in [*recent, *found]}
    return [exercise(each) for each in once.values()]


routine_add_list = routine_add
