"""Workouts: what was done, item by item, set by set."""

from tortoise import fields

from webapp.models.exercises import Exercise, Location
from webapp.models.fields import ExactDecimal, Row
from webapp.models.routines import Routine, RoutineItem
from webapp.models.users import User

STATUSES = ("in_progress", "finished", "stopped")
SET_TYPES = ("warm_up", "working", "drop", "failure")


class ImportBatch(Row):
    """One import of a file, so that all it brought can be taken back at once."""

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="imports", on_delete=fields.CASCADE
    )
    format = fields.CharField(24)
    file_name = fields.CharField(255, default="")
    status = fields.CharField(12, default="preview")
    report: fields.Field = fields.JSONField(default=dict)
    undone_at = fields.DatetimeField(null=True)

    class Meta:
        table = "imports"
        unique_together = (("user", "uuid"),)


class Workout(Row):
    """One training (live: a session). Names are snapshots: they outlive routine and location.

    `status` is in_progress, finished, or stopped (ended early). `local_date` is the day it counts
    for, in the person's time zone. `part_finished_at` is live's finished workout part.
    `rest_ends_at` is when the running rest is over; paused, `rest_left_seconds` remain.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="workouts", on_delete=fields.CASCADE
    )
    routine: fields.ForeignKeyNullableRelation[Routine] = fields.ForeignKeyField(
        "models.Routine", related_name="workouts", null=True, on_delete=fields.SET_NULL
    )
    routine_name = fields.CharField(200, null=True)
    name = fields.CharField(200)
    status = fields.CharField(12, default="in_progress")
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    local_date = fields.DateField()
    part_finished_at = fields.DatetimeField(null=True)
    notes = fields.TextField(null=True)
    rating = fields.SmallIntField(null=True)
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", related_name="workouts", null=True, on_delete=fields.SET_NULL
    )
    location_name = fields.CharField(200, null=True)
    bodyweight = ExactDecimal(null=True)
    bodyweight_unit = fields.CharField(2, null=True)
    rest_started_at = fields.DatetimeField(null=True)
    rest_ends_at = fields.DatetimeField(null=True)
    rest_left_seconds = fields.IntField(null=True)
    share_key = fields.CharField(64, null=True, unique=True)
    source = fields.CharField(16, default="pages")
    batch: fields.ForeignKeyNullableRelation[ImportBatch] = fields.ForeignKeyField(
        "models.ImportBatch", related_name="workouts", null=True, on_delete=fields.SET_NULL
    )
    version = fields.IntField(default=1)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "workouts"
        unique_together = (("user", "uuid"),)
        indexes = (
            ("user_id", "status"),
            ("user_id", "started_at"),
            ("user_id", "ended_at"),
            ("user_id", "local_date"),
        )


class WorkoutItem(Row):
    """One exercise, rest or cardio block of a workout, with what it was when it was done.

    `status` is pending, active, stopped or finished (live). `routine_item` is what it came from.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="workout_items", on_delete=fields.CASCADE
    )
    workout: fields.ForeignKeyRelation[Workout] = fields.ForeignKeyField(
        "models.Workout", related_name="items", on_delete=fields.CASCADE
    )
    routine_item: fields.ForeignKeyNullableRelation[RoutineItem] = fields.ForeignKeyField(
        "models.RoutineItem", related_name="workout_items", null=True, on_delete=fields.SET_NULL
    )
    position = fields.IntField()
    kind = fields.CharField(8, default="exercise")
    exercise: fields.ForeignKeyNullableRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="workout_items", null=True, on_delete=fields.SET_NULL
    )
    exercise_name = fields.CharField(200, default="")
    muscle_group = fields.CharField(12, default="other")
    body_part = fields.CharField(50, default="other")
    modality = fields.CharField(12, default="barbell")
    implement = fields.CharField(24, default="Barbell")
    measure = fields.CharField(8, default="reps")
    load = fields.CharField(10, default="external")
    superset = fields.IntField(null=True)
    status = fields.CharField(8, default="pending")
    started_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    rest_seconds = fields.IntField(null=True)
    plan: fields.Field = fields.JSONField(default=dict)
    note = fields.TextField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "workout_items"
        unique_together = (("user", "uuid"),)
        indexes = (("workout_id", "position"), ("user_id", "exercise_id"))


class WorkoutSet(Row):
    """One set: planned, done (`completed_at`), or both.

    Weights and distances are kept as entered with their unit; `weight_grams` and
    `distance_mm` are what they are compared by. `exercise` repeats the item's, for bests.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="workout_sets", on_delete=fields.CASCADE
    )
    workout: fields.ForeignKeyRelation[Workout] = fields.ForeignKeyField(
        "models.Workout", related_name="sets", on_delete=fields.CASCADE
    )
    item: fields.ForeignKeyRelation[WorkoutItem] = fields.ForeignKeyField(
        "models.WorkoutItem", related_name="sets", on_delete=fields.CASCADE
    )
    exercise: fields.ForeignKeyNullableRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="workout_sets", null=True, on_delete=fields.SET_NULL
    )
    position = fields.IntField()
    set_type = fields.CharField(8, default="working")
    planned_reps = fields.IntField(null=True)
    planned_reps_max = fields.IntField(null=True)
    planned_weight = ExactDecimal(null=True)
    planned_weight_unit = fields.CharField(2, null=True)
    planned_seconds = fields.IntField(null=True)
    reps = fields.IntField(null=True)
    forced_reps = fields.IntField(null=True)
    weight = ExactDecimal(null=True)
    weight_unit = fields.CharField(2, null=True)
    weight_grams = fields.BigIntField(null=True)
    duration_seconds = ExactDecimal(null=True)
    distance = ExactDecimal(null=True)
    distance_unit = fields.CharField(2, null=True)
    distance_mm = fields.BigIntField(null=True)
    bodyweight = ExactDecimal(null=True)
    bodyweight_unit = fields.CharField(2, null=True)
    band = fields.CharField(50, null=True)
    rpe = ExactDecimal(null=True)
    interval_seconds = fields.IntField(null=True)
    notes = fields.TextField(null=True)
    completed_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "workout_sets"
        unique_together = (("user", "uuid"),)
        indexes = (
            ("item_id", "position"),
            ("workout_id",),
            ("user_id", "exercise_id", "completed_at"),
        )
