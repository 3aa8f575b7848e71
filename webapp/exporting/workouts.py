"""What stands in an exported account of workouts, and where everything stands."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from webapp.exporting.fields import (
    T16,
    T50,
    T200,
    Amount,
    Far,
    Moment,
    Owned,
    Prose,
    Ref,
    Shape,
    Unit,
    Whole,
)
from webapp.exporting.shapes import (
    BodyWeight,
    Catalogued,
    Exercise,
    ExerciseAlias,
    ExerciseSetting,
    Kind,
    Location,
    Merge,
    Planned,
    Routine,
)
from webapp.models.workouts import SET_TYPES, STATUSES

VERSION = 1


class WorkoutSet(Owned):
    """A set: planned, done (`completed_at`), or both; without `exercise` it is of the item's."""

    exercise: Ref | None = None
    position: Whole
    set_type: Literal[SET_TYPES] = "working"  # type: ignore[valid-type]
    planned_reps: Whole | None = None
    planned_reps_max: Whole | None = None
    planned_weight: Amount | None = None
    planned_weight_unit: Unit | None = None
    planned_seconds: Whole | None = None
    reps: Whole | None = None
    forced_reps: Whole | None = None
    weight: Amount | None = None
    weight_unit: Unit | None = None
    duration_seconds: Amount | None = None
    distance: Amount | None = None
    distance_unit: Far | None = None
    bodyweight: Amount | None = None
    bodyweight_unit: Unit | None = None
    band: T50 | None = None
    rpe: Amount | None = None
    interval_seconds: Whole | None = None
    notes: Prose | None = None
    completed_at: Moment | None = None


class Plan(Planned):
    """What was planned for an item when its workout began."""

    exercise: Ref | None = None
    sets: Whole | None = None
    warm_up_sets: Whole | None = None
    rest: Whole | None = None
    is_closed: bool = False
    advice: T200 | None = None
    routine_weight: T50 | None = None


class WorkoutItem(Owned, Kind):
    """An exercise, rest or cardio block of a workout, as it was when it was done."""

    routine_item: UUID | None = None
    position: Whole
    kind: Literal["exercise", "rest", "cardio"] = "exercise"
    exercise: Ref | None = None
    exercise_name: T200 = ""
    superset: Whole | None = None
    status: Literal["pending", "active", "stopped", "finished"] = "pending"
    started_at: Moment | None = None
    ended_at: Moment | None = None
    rest_seconds: Whole | None = None
    plan: Plan | None = None
    note: Prose | None = None
    sets: list[WorkoutSet] = []


class Workout(Owned):
    """A training with all that was done; `local_date` is the day it counts for."""

    routine: UUID | None = None
    routine_name: T200 | None = None
    name: T200
    status: Literal[STATUSES] = "in_progress"  # type: ignore[valid-type]
    started_at: Moment
    ended_at: Moment | None = None
    local_date: date
    part_finished_at: Moment | None = None
    notes: Prose | None = None
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    location: UUID | None = None
    location_name: T200 | None = None
    bodyweight: Amount | None = None
    bodyweight_unit: Unit | None = None
    rest_started_at: Moment | None = None
    rest_ends_at: Moment | None = None
    rest_left_seconds: Whole | None = None
    source: T16 = "pages"
    deleted_at: Moment | None = None
    items: list[WorkoutItem] = []


SECTIONS: dict[str, type[Shape]] = {
    "locations": Location,
    "catalogue": Catalogued,
    "exercises": Exercise,
    "exercise_settings": ExerciseSetting,
    "aliases": ExerciseAlias,
    "routines": Routine,
    "body_weights": BodyWeight,
    "workouts": Workout,
    "merges": Merge,
}
