"""Routines: what a person plans to do, item by item."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from tortoise import fields

from webapp.models.exercises import Exercise, Location
from webapp.models.fields import ExactDecimal, Row, kept
from webapp.models.users import User


class Routine(Row):
    """A plan that a workout starts from (live: a workout, gym: a workout template)."""

    user_id: int
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="routines", on_delete=fields.CASCADE
    )
    name = fields.CharField(200)
    description = fields.TextField(null=True)
    location: fields.ForeignKeyNullableRelation[Location] = fields.ForeignKeyField(
        "models.Location", related_name="routines", null=True, on_delete=fields.SET_NULL
    )
    estimated_minutes = fields.IntField(null=True)
    tags: fields.Field = fields.JSONField(default=list)
    is_public = fields.BooleanField(default=False)
    program = fields.CharField(100, null=True)
    position = fields.IntField(default=0)
    last_done_at = fields.DatetimeField(null=True)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "routines"
        unique_together = (("user", "uuid"),)
        indexes = (("user_id", "position"),)

    @classmethod
    async def made(cls, user_id: int, position: int, uuid: UUID | None, **said: Any) -> Self:
        """Make a routine, or return the one that already has this UUID."""
        return await kept(cls(user_id=user_id, position=position, **said), uuid)

    @classmethod
    async def change(cls, user_id: int, uuid: object, **said: Any) -> int:
        """Change columns of the person's routine; return how many that were (0 or 1)."""
        said["updated_at"] = datetime.now(UTC)
        return await cls.filter(user_id=user_id, uuid=uuid).update(**said)

    async def copied(self, position: int, uuid: UUID | None) -> Self:
        """Make a copy with all its items, at `position`; with a UUID of its own."""
        same = {name: getattr(self, name) for name in _COPIED}
        copy = await self.made(self.user_id, position, uuid, name=_copy_name(self.name), **same)
        if not await RoutineItem.exists(user_id=self.user_id, routine_id=copy.id):
            await RoutineItem.bulk_create(await self._copied_items(copy.id))
        return copy

    async def _copied_items(self, routine_id: int) -> list["RoutineItem"]:
        items = RoutineItem.filter(user_id=self.user_id, routine_id=self.id, deleted_at=None)
        return [
            RoutineItem(
                user_id=self.user_id,
                routine_id=routine_id,
                **{name: getattr(each, name) for name in _COPIED_OF_ITEM},
            )
            for each in await items.order_by("position", "id")
        ]


_COPIED = ("description", "location_id", "estimated_minutes", "tags")


def _copy_name(name: str) -> str:
    return f"{name[:193]} (copy)"


class RoutineItem(Row):
    """One line of a routine. `kind` is exercise, rest or cardio, and `superset` groups items.

    Planned weight is as entered; seconds and metres where the exercise is measured by them.
    `progression` holds the rule of the item ({} is none). A removed item stays, so that taking
    it back finds it whole: every reading asks for `deleted_at IS NULL`.
    """

    user_id: int
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="routine_items", on_delete=fields.CASCADE
    )
    routine: fields.ForeignKeyRelation[Routine] = fields.ForeignKeyField(
        "models.Routine", related_name="items", on_delete=fields.CASCADE
    )
    position = fields.IntField()
    kind = fields.CharField(8, default="exercise")
    exercise: fields.ForeignKeyNullableRelation[Exercise] = fields.ForeignKeyField(
        "models.Exercise", related_name="routine_items", null=True, on_delete=fields.SET_NULL
    )
    exercise_name = fields.CharField(200, default="")
    superset = fields.IntField(null=True)
    sets = fields.IntField(default=3)
    warm_up_sets = fields.IntField(default=0)
    reps_min = fields.IntField(null=True)
    reps_max = fields.IntField(null=True)
    weight = ExactDecimal(null=True)
    weight_unit = fields.CharField(2, null=True)
    duration_seconds = fields.IntField(null=True)
    distance = ExactDecimal(null=True)
    distance_unit = fields.CharField(2, null=True)
    speed_kmh = ExactDecimal(null=True)
    interval_seconds = fields.IntField(null=True)
    rest_seconds = fields.IntField(null=True)
    note = fields.TextField(null=True)
    progression: fields.Field = fields.JSONField(default=dict)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "routine_items"
        unique_together = (("user", "uuid"),)
        indexes = (("routine_id", "position"),)

    @classmethod
    async def made(
        cls, user_id: int, routine_id: int, position: int, uuid: UUID | None, **said: Any
    ) -> Self:
        """Make an item at the end of a routine, or return the one that already has this UUID."""
        return await kept(
            cls(user_id=user_id, routine_id=routine_id, position=position, **said), uuid
        )

    @classmethod
    async def change(cls, user_id: int, uuid: object, **said: Any) -> int:
        """Change columns of the person's item; return how many that were (0 or 1)."""
        said["updated_at"] = datetime.now(UTC)
        return await cls.filter(user_id=user_id, uuid=uuid).update(**said)


_COPIED_OF_ITEM = (
    *("position", "kind", "exercise_id", "exercise_name", "superset", "sets", "warm_up_sets"),
    *("reps_min", "reps_max", "weight", "weight_unit", "duration_seconds", "distance"),
    *("distance_unit", "speed_kmh", "interval_seconds", "rest_seconds", "note", "progression"),
)


def named(exercise: Any) -> dict[str, Any]:
    """The columns that say which exercise (a row of the library) an item is of."""
    return {"exercise_id": exercise["id"], "exercise_name": exercise["name"]}


def usual_plan(exercise: Any) -> dict[str, Any]:
    """What is planned of an exercise (a row of the library) when nothing else is said."""
    same = named(exercise)
    if exercise["measure"] == "reps":
        return {**same, "sets": 3, "reps_min": 8, "reps_max": 12}
    if "cardio" in (exercise["primary_muscles"] or ""):
        return {**same, "kind": "cardio", "sets": 1, "duration_seconds": 600}
    if exercise["measure"] == "duration":
        return {**same, "sets": 3, "duration_seconds": 30}
    return {**same, "sets": 3, "distance": Decimal(20), "distance_unit": "m"}
