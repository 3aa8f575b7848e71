"""The words of `live` for the session in progress: a session is doing a workout (its plan).

Weights are bare numbers in the user's unit, rests and intervals seconds. Where the document is
silent (the pages' own steps) the words are those of live/history.py.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from webapp import forms
from webapp.auth import Caller
from webapp.contracts.live import history
from webapp.contracts.live.base import instant, known
from webapp.contracts.live.history import bare
from webapp.contracts.live.plans import Plan, routine
from webapp.contracts.live.shapes import (
    Planned,
    Session,
    SessionExercise,
    SessionWorkout,
    Set,
    Status,
)
from webapp.db import Row
from webapp.forms.base import Blank
from webapp.forms.numbers import MaybeSeconds, Number, Reps, Weight
from webapp.forms.sets import Kind, Note
from webapp.history.bests import Best
from webapp.models.fields import in_unit
from webapp.training.equipment import Loaded
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.warmups import WarmUp


class SessionStart(forms.SessionStart):
    """POST /api/session/start: {workout_id?}; nothing is a free session."""

    routine: UUID | None = Field(None, alias="workout_id")


class ExerciseStart(forms.ExerciseStart):
    """POST /api/session/workout/exercise/start: {workout_exercise_id | exercise_id}."""

    routine_item: UUID | None = Field(None, alias="workout_exercise_id")
    exercise: UUID | None = Field(alias="exercise_id")

    @model_validator(mode="before")
    @classmethod
    def _one_is_enough(cls, data: Any) -> Any:
        is_named = isinstance(data, dict) and data.get("workout_exercise_id") is not None
        return {"exercise_id": None, **data} if is_named else data


class ExerciseLog(forms.SetIn):
    """PUT /api/session/workout/exercise/log: {reps, weight, set_number?, interval?, notes?}."""

    reps: Reps
    weight: Annotated[Weight | None, Blank]
    duration_seconds: MaybeSeconds = Field(None, alias="duration")
    interval_seconds: MaybeSeconds = Field(None, alias="interval")
    notes: Note = None
    set_type: Kind = Field("working", alias="kind")
    set_number: Annotated[int | None, Field(ge=1, le=200), Number, Blank] = None


class Finish(forms.Finish):
    """PUT /api/session/finish and /stop: {rating?, notes?, unlogged?}, none of it needed."""

    notes: Note = None


def active_session(sheet: Sheet, person: Caller) -> Session:
    """A session: {id, user_id, workout_id, is_active, is_finished, started_at, ended_at,
    created_at}."""
    return {
        "id": sheet.uuid,
        "user_id": str(person.user_uuid),
        "workout_id": sheet.routine_uuid,
        "is_active": sheet.is_running,
        "is_finished": sheet.status == "finished",
        "started_at": known(sheet.started_at),
        "ended_at": instant(sheet.ended_at),
        "created_at": known(sheet.created_at),
    }


started = finished = stopped = active_session


def session_workout(sheet: Sheet, person: Caller, plan: Plan | None) -> SessionWorkout:
    """The session with its `workout` (the plan, null for a free session) and its `exercises`."""
    return {
        **active_session(sheet, person),
        "workout": routine(plan, person) if plan else None,
        "exercises": [session_exercise(item, person) for item in sheet.items if _has_words(item)],
    }


def _has_words(item: SheetItem) -> bool:
    return item.kind != "rest"


def session_exercise(item: SheetItem, person: Caller) -> SessionExercise:
    """An exercise of the session: {id, exercise_id, exercise_name, status, started_at, ended_at,
    planned, sets}; `sets` are those done."""
    done = item.done
    return {
        "id": item.uuid,
        "exercise_id": item.exercise_uuid,
        "exercise_name": item.exercise_name,
        "status": _status(item),
        "started_at": instant(item.started_at or (done[0].completed_at if done else None)),
        "ended_at": instant(item.ended_at or (done[-1].completed_at if item.is_done else None)),
        "planned": _planned(item, person),
        "sets": [session_set(each, person) for each in done],
    }


def _status(item: SheetItem) -> Status:
    is_over = item.status == "pending" and item.is_done
    return "finished" if is_over else item.status  # type: ignore[return-value]


def _planned(item: SheetItem, person: Caller) -> Planned:
    plan = item.plan
    told: Planned = {
        "sets": plan.get("sets", len(item.sets)),
        "reps_min": plan.get("reps_min"),
        "reps_max": plan.get("reps_max"),
        "weight": _weight(plan.get("weight"), plan.get("weight_unit"), person),
        "interval": plan.get("interval_seconds"),
        "rest": item.rest_seconds,
    }
    return {**told, "advice": plan["advice"]} if plan.get("advice") else told


def session_set(set: SheetSet, person: Caller) -> Set:
    """A set: {id, set_number, reps, weight, interval, notes, created_at}."""
    return {
        "id": set.uuid,
        "set_number": set.position,
        "reps": set.reps,
        "weight": _weight(set.weight, set.weight_unit, person),
        "interval": set.interval_seconds,
        "notes": set.notes,
        "created_at": known(set.completed_at or set.created_at),
    }


def _weight(weight: str | None, unit: str | None, person: Caller) -> int | float | None:
    wanted = person.weight_unit
    return bare(in_unit(Decimal(weight), unit or wanted, wanted)) if weight is not None else None


def session(sheet: Sheet, bests: Sequence[Best], person: Caller) -> dict[str, Any]:
    """GET /session: the session with all it has, and the rest that runs."""
    return {**history.workout(sheet, bests, person), **rest_timer(sheet)}


def rest_timer(sheet: Sheet) -> dict[str, Any]:
    """The rest: {rest: {started_at, ends_at, left}}; `left` seconds while it is paused."""
    rest = {
        "started_at": instant(sheet.rest_started_at),
        "ends_at": instant(sheet.rest_ends_at),
        "left": sheet.rest_left_seconds,
    }
    return {"rest": rest if sheet.rest_ends_at else None}


cards_changed = session


def logged(sheet: Sheet, item: SheetItem, person: Caller) -> dict[str, Any]:
    """The exercise after a tap, with all its sets, and the rest that runs."""
    return {**history.past_item(item, person), **rest_timer(sheet)}


def set_edit(item: SheetItem, set: SheetSet, person: Caller) -> dict[str, Any]:
    """GET /session/sets/{id}: the exercise that has the set."""
    return history.past_item(item, person)


def item_edit(item: SheetItem, person: Caller) -> dict[str, Any]:
    """GET /session/items/{id}/edit: the exercise, with its rest in seconds."""
    return {**history.past_item(item, person), "planned": _planned(item, person)}


def exercise_picker(recent: Iterable[Row], found: Iterable[Row]) -> dict[str, Any]:
    """GET /session/add: {recent, exercises}, each {id, name}."""
    return {"recent": [_named(each) for each in recent], "exercises": [_named(e) for e in found]}


def _named(found: Row) -> dict[str, str]:
    return {"id": str(found["uuid"]), "name": found["name"]}


def plate_sheet(loaded: Loaded) -> dict[str, Any]:
    """GET /session/items/{id}/plates: {weight, bar, side, total, unit}; `side` from the collar."""
    return {
        "weight": bare(loaded.weight),
        "bar": bare(loaded.bar),
        "side": [bare(each) for each in loaded.loading.side],
        "total": bare(loaded.loading.total),
        "unit": loaded.unit,
    }


def warm_ups(ramp: Sequence[WarmUp]) -> dict[str, Any]:
    """GET /session/items/{id}/warmup: {sets: [{weight, reps}]}, in the exercise's unit."""
    return {"sets": [{"weight": bare(each.weight), "reps": each.reps} for each in ramp]}


def finish(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """GET /session/finish: the session as it is."""
    return history.workout(sheet, [], person)


def discarded() -> None:
    """204."""
