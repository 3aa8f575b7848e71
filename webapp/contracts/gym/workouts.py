"""The words of `gym` for workouts (document: gym.md): what is said, and how they are told.

A workout's template name, its exercises' names and its location's are snapshots. Exercises are
told without timed rests, and sets only when they are done; positions count what is told.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, TypedDict

from webapp.contracts.gym.base import (
    DISTANCE_UNITS,
    EXERCISE_TYPES,
    WEIGHT_UNITS,
    DistanceUnitName,
    ExerciseTypeName,
    ImplementTypeName,
    WeightUnitName,
    amount,
    instant,
    moment,
)
from webapp.history.rated import Rated, RatedPage
from webapp.models.fields import in_unit
from webapp.training.lines import Sheet, SheetItem, SheetSet


class WorkoutSetDto(TypedDict):
    """A set that was done; weight and body weight in `weightUnit`, duration in seconds."""

    id: int
    position: int
    weight: float | None
    reps: int | None
    duration: int | float | None
    distance: float | None
    bodyweight: float | None
    bandColor: str | None
    weightUnit: WeightUnitName | None
    distanceUnit: DistanceUnitName | None


class WorkoutExerciseDto(TypedDict):
    """An exercise as it was when it was done; cardio without an exercise has no template."""

    id: int
    exerciseTemplateId: int | None
    exerciseName: str
    implementType: ImplementTypeName
    exerciseType: ExerciseTypeName
    position: int
    sets: list[WorkoutSetDto]


class WorkoutDetailDto(TypedDict):
    """A workout with its exercises and sets."""

    id: int
    templateName: str
    status: Literal["InProgress", "Completed"]
    startedAt: str
    endedAt: str | None
    notes: str | None
    rating: int | None
    locationId: int | None
    locationName: str | None
    exercises: list[WorkoutExerciseDto]


class WorkoutBriefDto(TypedDict):
    """A completed workout in a list."""

    id: int
    templateName: str
    startedAt: str
    endedAt: str | None
    rating: int | None
    locationName: str | None


class WorkoutPage(TypedDict):
    """A page of the history; without a next cursor it is the last one."""

    items: list[WorkoutBriefDto]
    nextCursor: str | None


def training_started(sheet: Sheet) -> int:
    """POST /api/Workouts → 201, the workout's id."""
    return sheet.id


def training_in_progress(sheet: Sheet | None) -> WorkoutDetailDto | None:
    """GET /api/Workouts/InProgress → 200, or 204 without one."""
    return None if sheet is None else training(sheet)


def training(sheet: Sheet) -> WorkoutDetailDto:
    """GET /api/Workouts/{id} → 200."""
    shown = [item for item in sheet.items if item.kind != "rest"]
    return {
        "id": sheet.id,
        "templateName": sheet.routine_name or sheet.name,
        "status": "InProgress" if sheet.status == "in_progress" else "Completed",
        "startedAt": moment(sheet.started_at),
        "endedAt": instant(sheet.ended_at),
        "notes": sheet.notes,
        "rating": sheet.rating,
        "locationId": sheet.location_id,
        "locationName": sheet.location_name,
        "exercises": [_exercise(item, place) for place, item in enumerate(shown, 1)],
    }


def _exercise(item: SheetItem, position: int) -> WorkoutExerciseDto:
    return {
        "id": item.id,
        "exerciseTemplateId": item.exercise_id,
        "exerciseName": item.exercise_name,
        "implementType": item.implement,  # type: ignore[typeddict-item]
        "exerciseType": EXERCISE_TYPES.theirs[item.measure],  # type: ignore[typeddict-item]
        "position": position,
        "sets": [_set(each, place) for place, each in enumerate(item.done, 1)],
    }


def _set(each: SheetSet, position: int) -> WorkoutSetDto:
    unit = each.weight_unit or each.bodyweight_unit
    return {
        "id": each.id,
        "position": position,
        "weight": amount(each.weight),
        "reps": each.reps,
        "duration": _seconds(each.duration_seconds),
        "distance": amount(each.distance),
        "bodyweight": _bodyweight(each, unit),
        "bandColor": each.band,
        "weightUnit": WEIGHT_UNITS.theirs[unit] if unit else None,  # type: ignore[typeddict-item]
        "distanceUnit": DISTANCE_UNITS.theirs.get(each.distance_unit or ""),  # type: ignore[typeddict-item]
    }


def _seconds(exact: str | None) -> int | float | None:
    if exact is None:
        return None
    seconds = Decimal(exact)
    return int(seconds) if seconds == seconds.to_integral_value() else float(seconds)


def _bodyweight(each: SheetSet, unit: str | None) -> float | None:
    if each.bodyweight is None or unit is None:
        return amount(each.bodyweight)
    return amount(in_unit(Decimal(each.bodyweight), each.bodyweight_unit or unit, unit))


def recent_trainings(workouts: Sequence[Rated]) -> list[WorkoutBriefDto]:
    """GET /api/Workouts/Recent → 200, the three completed last."""
    return [_brief(each) for each in workouts]


def trainings(page: RatedPage) -> WorkoutPage:
    """GET /api/Workouts → 200."""
    return {"items": [_brief(each) for each in page.workouts], "nextCursor": page.next}


def _brief(each: Rated) -> WorkoutBriefDto:
    started: datetime = each.started_at
    return {
        "id": each.id,
        "templateName": each.routine_name or each.name,
        "startedAt": moment(started),
        "endedAt": instant(each.ended_at),
        "rating": each.rating,
        "locationName": each.location_name,
    }


def training_changed() -> None:
    """204: a workout was updated, completed or discarded, its exercises replaced."""


training_completed = training_discarded = training_arranged = training_changed
training_set_changed = training_set_removed = training_changed


def training_set_added(set: SheetSet) -> int:
    """POST /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets → 201, the set's id."""
    return set.id
