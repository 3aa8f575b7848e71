"""The exercise library: the system's and each person's own, and how a person likes each."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from webapp.db import rows
from webapp.models.fields import ExactDecimal, Row, kept, plain
from webapp.models.users import User

MUSCLE_GROUPS = ("chest", "back", "shoulders", "biceps", "triceps", "legs", "core", "other")
BODY_PARTS = ("chest", "back", "shoulders", "arms", "legs", "core", "full_body", "other")
MODALITIES = ("dumbbell", "barbell", "cable", "machine", "smith", "bodyweight")
IMPLEMENTS = (
    "Barbell",
    "Dumbbell",
    "SelectorizedMachine",
    "PlateLoadedMachine",
    "Bodyweight",
    "Band",
    "Kettlebell",
    "Plate",
    "MedicineBall",
)
MEASURES = ("reps", "duration", "distance")
LOADS = ("external", "bodyweight", "assisted", "none")
_MODALITY_OF = {
    "Barbell": "barbell",
    "SelectorizedMachine": "machine",
    "PlateLoadedMachine": "machine",
    "Bodyweight": "bodyweight",
    "Band": "cable",
}
_STEP_OF = {  # one tap of the stepper in kg and in lb, as the equipment allows
    "Dumbbell": ("2", "5"),
    "SelectorizedMachine": ("5", "10"),
    "Kettlebell": ("4", "10"),
    "MedicineBall": ("1", "2"),
}


class Location(Row):
    """A gym: a name, where it is, and which plates and bars stand there."""

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="locations", on_delete=fields.CASCADE
    )
    name = fields.CharField(200)
    instagram_handle = fields.CharField(200, null=True)
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    notes = fields.TextField(null=True)
    address = fields.CharField(500, null=True)
    plates: fields.Field = fields.JSONField(null=True)
    bars: fields.Field = fields.JSONField(null=True)

    class Meta:
        table = "locations"
        unique_together = (("user", "uuid"),)


class Exercise(Row):
    """Something to do: no owner means the system's catalogue, found again by its `slug`.

    `muscle_group` is the diary document's word, `body_part` and `modality` executions',
    `implement` gym's; all four are kept so that each reads back what it wrote. `load` says what a
    weight means: external, bodyweight (may be added), assisted (takes load off), none.
    `search_text` is name and aliases, case folded.
    """

    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="exercises", null=True, on_delete=fields.CASCADE
    )
    updated_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="edited_exercises", null=True, on_delete=fields.SET_NULL
    )
    slug = fields.CharField(100, null=True, unique=True)
    name = fields.CharField(200)
    name_key = fields.CharField(400)
    aliases: fields.Field = fields.JSONField(default=list)
    search_text = fields.TextField(default="")
    muscle_group = fields.CharField(12, default="other")
    body_part = fields.CharField(50, default="other")
    modality = fields.CharField(12, default="barbell")
    implement = fields.CharField(24, default="Barbell")
    measure = fields.CharField(8, default="reps")
    load = fields.CharField(10, default="external")
    primary_muscles: fields.Field = fields.JSONField(default=list)
    secondary_muscles: fields.Field = fields.JSONField(default=list)
    unilateral = fields.BooleanField(default=False)
    increment_kg = ExactDecimal(default="2.5")
    increment_lb = ExactDecimal(default="5")
    rest_seconds = fields.IntField(null=True)
    notes = fields.TextField(null=True)
    picture_url = fields.CharField(2048, null=True)
    model = fields.CharField(200, null=True)
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", related_name="exercises", null=True, on_delete=fields.SET_NULL
    )
    merged_into: fields.ForeignKeyNullableRelation["Exercise"] = fields.ForeignKeyField(
        "models.Exercise", related_name="merged", null=True, on_delete=fields.SET_NULL
    )
    archived_at = fields.DatetimeField(null=True)

    class Meta:
        table = "exercises"
        unique_together = (("user", "uuid"),)
        indexes = (("user_id", "name_key"),)

    @classmethod
    async def made(cls, user_id: int, uuid: UUID | None, **said: Any) -> Self:
        """Make an exercise of one's own, or return the one that already has this UUID."""
        return await kept(cls(user_id=user_id, **said), uuid)

    @classmethod
    async def change(cls, user_id: int, uuid: object, **said: Any) -> int:
        """Change columns of the person's own exercise; return how many that were (0 or 1)."""
        said["updated_at"] = datetime.now(UTC)
        return await cls.filter(user_id=user_id, uuid=uuid).update(**said)


def follows(said: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from what a person said of an exercise of their own."""
    more: dict[str, Any] = {}
    if muscle := said.get("muscle_group"):
        more["body_part"] = "arms" if muscle in ("biceps", "triceps") else muscle
    if implement := said.get("implement"):
        kg, lb = _STEP_OF.get(implement, ("2.5", "5"))
        more["modality"] = _MODALITY_OF.get(implement, "dumbbell")
        more |= {"increment_kg": Decimal(kg), "increment_lb": Decimal(lb)}
    return more


_SETTING = (
    "INSERT INTO exercise_settings (user_id, exercise_id, weight_unit, increment, rest_seconds, "
    "bar_weight, note, is_favourite, is_hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (user_id, exercise_id) DO UPDATE SET weight_unit = excluded.weight_unit, "
    "increment = excluded.increment, rest_seconds = excluded.rest_seconds, "
    "bar_weight = excluded.bar_weight, note = excluded.note"
)


_FAVOUR = (
    "INSERT INTO exercise_settings (user_id, exercise_id, is_favourite, is_hidden) "
    "VALUES (?, ?, ?, ?) ON CONFLICT (user_id, exercise_id) DO UPDATE SET "
    "is_favourite = excluded.is_favourite"
)


class ExerciseSetting(Model):
    """How one person does one exercise: the unit of its scale, the step, the rest, the bar."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="exercise_settings", on_delete=fields.CASCADE
    )
    exercise: fields.ForeignKeyRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="settings", on_delete=fields.CASCADE
    )
    weight_unit = fields.CharField(2, null=True)
    increment = ExactDecimal(null=True)
    rest_seconds = fields.IntField(null=True)
    bar_weight = ExactDecimal(null=True)
    note = fields.TextField(null=True)
    is_favourite = fields.BooleanField(default=False)
    is_hidden = fields.BooleanField(default=False)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "exercise_settings"
        unique_together = (("user", "exercise"),)

    @classmethod
    async def put(cls, user_id: int, exercise_id: int, said: dict[str, Any]) -> None:
        """Keep how a person does an exercise; what was not said stays."""
        names = ("weight_unit", "increment", "rest_seconds", "bar_weight", "note")
        kept = await cls.filter(user_id=user_id, exercise_id=exercise_id).values(*names)
        now = {**dict.fromkeys(names), **(kept[0] if kept else {}), **said}
        now |= {name: now[name] and plain(now[name]) for name in ("increment", "bar_weight")}
        columns = [now[name] for name in names]
        await rows(_SETTING, user_id, exercise_id, *columns, False, False)

    @classmethod
    async def favour(cls, user_id: int, exercise_id: int, is_favourite: bool) -> None:
        """Make an exercise one of the person's favourites, or not any more."""
        await rows(_FAVOUR, user_id, exercise_id, is_favourite, False)


class ExerciseAlias(Model):
    """What another app calls an exercise, remembered from the person's own imports."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="exercise_aliases", on_delete=fields.CASCADE
    )
    exercise: fields.ForeignKeyRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="remembered_aliases", on_delete=fields.CASCADE
    )
    name_key = fields.CharField(400)

    class Meta:
        table = "exercise_aliases"
        unique_together = (("user", "name_key"),)


class ExerciseMerge(Model):
    """Two exercises made one: which items moved, so that it can be undone."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="exercise_merges", on_delete=fields.CASCADE
    )
    source: fields.ForeignKeyRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="merged_away", on_delete=fields.CASCADE
    )
    target: fields.ForeignKeyRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="merged_in", on_delete=fields.CASCADE
    )
    moved: fields.Field = fields.JSONField(default=dict)
    created_at = fields.DatetimeField(auto_now_add=True)
    undone_at = fields.DatetimeField(null=True)

    class Meta:
        table = "exercise_merges"
