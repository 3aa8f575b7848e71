"""What a workout is made of once it is read: the sheet, its items, their sets.

Decimal columns stay the text they are stored as ("82.5"), times are aware datetimes, UUIDs text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

DONE = ("finished", "stopped")
WARM_UP = "warm_up"


@dataclass(slots=True)
class PastSet:
    """A set as it was done last time."""

    exercise_id: int
    set_type: str
    reps: int | None
    weight: str | None
    weight_unit: str | None
    duration_seconds: str | None
    distance: str | None
    distance_unit: str | None
    band: str | None
    rpe: str | None
    completed_at: datetime


@dataclass(slots=True)
class SheetSet:
    """One set, planned, done (`completed_at`) or both; `position` counts from 1 in its item."""

    id: int
    uuid: str
    item_id: int
    exercise_id: int | None
    position: int
    set_type: str
    planned_reps: int | None
    planned_reps_max: int | None
    planned_weight: str | None
    planned_weight_unit: str | None
    planned_seconds: int | None
    reps: int | None
    forced_reps: int | None
    weight: str | None
    weight_unit: str | None
    weight_grams: int | None
    duration_seconds: str | None
    distance: str | None
    distance_unit: str | None
    distance_mm: int | None
    bodyweight: str | None
    bodyweight_unit: str | None
    band: str | None
    rpe: str | None
    interval_seconds: int | None
    notes: str | None
    completed_at: datetime | None
    created_at: datetime
    version: int

    @property
    def is_done(self) -> bool:
        return self.completed_at is not None

    @property
    def is_warm_up(self) -> bool:
        return self.set_type == WARM_UP


@dataclass(slots=True)
class SheetItem:
    """One exercise, rest or cardio block, with its sets in order.

    `weight_unit`, `increment`, `bar_weight` are how the person does this exercise (None: as the
    account says); `exercise_increment_*` the catalogue's steps. `last` is what was done of this
    exercise in the last workout that had it, in order.
    """

    id: int
    uuid: str
    position: int
    kind: str
    exercise_id: int | None
    exercise_name: str
    muscle_group: str
    body_part: str
    modality: str
    implement: str
    measure: str
    load: str
    superset: int | None
    status: str
    started_at: datetime | None
    ended_at: datetime | None
    rest_seconds: int | None
    plan: dict[str, Any]
    note: str | None
    created_at: datetime
    version: int
    routine_item_id: int | None
    routine_item_uuid: str | None
    exercise_uuid: str | None
    exercise_increment_kg: str | None
    exercise_increment_lb: str | None
    weight_unit: str | None
    increment: str | None
    bar_weight: str | None
    sets: list[SheetSet] = field(default_factory=list)
    last: list[PastSet] = field(default_factory=list)

    @property
    def done(self) -> list[SheetSet]:
        return [each for each in self.sets if each.completed_at is not None]

    @property
    def count(self) -> int:
        return len(self.sets)

    @property
    def count_done(self) -> int:
        return len([each for each in self.sets if each.completed_at is not None])

    @property
    def last_at(self) -> datetime | None:
        """When its last set was completed."""
        done = [each.completed_at for each in self.sets if each.completed_at is not None]
        return max(done) if done else None

    @property
    def is_done(self) -> bool:
        """Nothing is left to log (a rest: it was taken)."""
        if self.kind == "rest":
            return self.status in DONE
        return bool(self.sets) and all(each.completed_at is not None for each in self.sets)


@dataclass(slots=True)
class Sheet:
    """One workout with its items in order (removed ones left out)."""

    id: int
    uuid: str
    user_id: int
    routine_id: int | None
    routine_name: str | None
    name: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    local_date: date
    part_finished_at: datetime | None
    notes: str | None
    rating: int | None
    location_id: int | None
    location_name: str | None
    rest_started_at: datetime | None
    rest_ends_at: datetime | None
    rest_left_seconds: int | None
    source: str
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    routine_uuid: str | None
    items: list[SheetItem] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return self.status == "in_progress" and self.deleted_at is None

    @property
    def sets(self) -> list[SheetSet]:
        return [each for item in self.items for each in item.sets]

    def item(self, uuid: str) -> SheetItem | None:
        return next((item for item in self.items if item.uuid == uuid), None)

    def set(self, uuid: str) -> tuple[SheetItem, SheetSet] | None:
        """The set of that UUID and its item, or None."""
        found = ((item, each) for item in self.items for each in item.sets if each.uuid == uuid)
        return next(found, None)
