"""People and how they prove who they are."""

import unicodedata
from datetime import UTC, datetime
from typing import Any, Literal

from tortoise import fields
from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from webapp.ids import uuid7
from webapp.models.fields import ExactDecimal, Row
from webapp.problems import Problem, invalid

TAKEN = {
    "username": "This user name is already taken",
    "email": "This e-mail is already registered",
}


def login_key(text: str) -> str:
    """A user name or an e-mail as it is compared: without case, in one Unicode form."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class User(Row):
    """A person with a user name, an e-mail, or both, and how they like to train."""

    uuid = fields.UUIDField(default=uuid7, unique=True)
    username = fields.CharField(50, null=True)
    username_key = fields.CharField(100, null=True, unique=True)
    email = fields.CharField(254, null=True)
    email_key = fields.CharField(254, null=True, unique=True)
    password_hash = fields.CharField(255, null=True)
    password_changed_at = fields.DatetimeField(null=True)
    first_name = fields.CharField(100, default="")
    last_name = fields.CharField(100, default="")
    name = fields.CharField(200, null=True)
    age = fields.IntField(null=True)
    profile_image_url = fields.CharField(2048, null=True)
    is_active = fields.BooleanField(default=True)
    is_admin = fields.BooleanField(default=False)
    is_premium = fields.BooleanField(default=False)

    timezone = fields.CharField(64, default="UTC")
    first_day_of_week = fields.SmallIntField(default=1)
    weight_unit = fields.CharField(2, default="kg")
    distance_unit = fields.CharField(2, default="km")
    theme = fields.CharField(8, default="auto")
    default_rest_seconds = fields.IntField(default=90)
    rest_timer_on = fields.BooleanField(default=True)
    timer_sound = fields.BooleanField(default=True)
    rpe_on = fields.BooleanField(default=False)
    plates: fields.Field = fields.JSONField(default=dict)
    bars: fields.Field = fields.JSONField(default=dict)

    class Meta:
        table = "users"

    @classmethod
    async def by_login(
        cls, login: str, first: Literal["email", "username"] = "email"
    ) -> "User | None":
        """The active user of this e-mail or user name; where both exist, of the `first`."""
        key = login_key(login)
        named = [Q(**{f"{field}_key": key}) for field in TAKEN if _fits(field, key)]
        found = await cls.filter(Q(*named, join_type="OR"), is_active=True) if named else []
        return min(found, key=lambda user: getattr(user, f"{first}_key") != key, default=None)

    @classmethod
    async def join(cls, **said: Any) -> "User":
        """Make a user. Raises Problem 409 for a user name or an e-mail that is taken."""
        user = cls()
        await user.change(**said)
        return user

    async def change(self, **said: Any) -> None:
        """Set what was said and leave the rest. Raises Problem 409 like `join`."""
        changed = {**said, **_keys(said)}
        self.update_from_dict(changed)
        for field in TAKEN.keys() & said.keys():
            await self._refuse_taken(field)
        # Only what was said: another request may be changing the rest.
        only = [*changed, "updated_at"] if self._saved_in_db else None
        try:
            await self.save(update_fields=only)
        except IntegrityError as error:  # taken between the look and the write
            field = "username" if said.get("username") else "email"
            raise _taken(field, getattr(self, field)) from error

    async def _refuse_taken(self, field: str) -> None:
        column = f"{field}_key"
        key = getattr(self, column)
        if key and await type(self).filter(**{column: key}).exclude(id=self.id or 0).exists():
            raise _taken(field, getattr(self, field))

    async def set_password(self, password_hash: str) -> None:
        """Set another password."""
        await self.change(password_hash=password_hash, password_changed_at=datetime.now(UTC))

    async def rehash(self, password_hash: str) -> None:
        """Store the same password under newer parameters, unless it was changed meanwhile."""
        known = type(self).filter(id=self.id, password_hash=self.password_hash)
        await known.update(password_hash=password_hash)


def _keys(said: dict[str, Any]) -> dict[str, str | None]:
    """The keys of what was said. Raises Problem 400: some letters are several when folded."""
    keys = {field: said[field] and login_key(said[field]) for field in TAKEN.keys() & said.keys()}
    for field, key in keys.items():
        if key and not _fits(field, key):
            raise invalid("This is too long", **{field: "Too long, please choose a shorter one"})
    return {f"{field}_key": key for field, key in keys.items()}


def _fits(field: str, key: str) -> bool:
    column: Any = User._meta.fields_map[f"{field}_key"]
    return len(key) <= column.max_length


def _taken(field: str, said: str | None) -> Problem:
    text = TAKEN[field]
    what = {"field": field, "said": said}
    return Problem(409, text, code="conflict", fields={(field,): [text]}, noun="User", facts=what)


class BodyWeight(Row):
    """What the person weighed at a moment, as entered."""

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="body_weights", on_delete=fields.CASCADE
    )
    measured_at = fields.DatetimeField()
    weight = ExactDecimal()
    weight_unit = fields.CharField(2)
    weight_grams = fields.BigIntField()

    class Meta:
        table = "body_weights"
        unique_together = (("user", "uuid"),)
        indexes = (("user_id", "measured_at"),)
