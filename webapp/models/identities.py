"""Accounts elsewhere that sign a user in, and the journeys there and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise import fields
from tortoise.models import Model

from webapp.auth import digest
from webapp.db import Row, row, rows
from webapp.models.users import User
from webapp.problems import conflict

LIFE = timedelta(minutes=10)
_LINK = (
    "INSERT INTO identities (user_id, issuer, subject, email, created_at) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (issuer, subject) DO UPDATE SET subject = excluded.subject RETURNING user_id"
)
_USE = (
    "UPDATE sign_in_attempts SET used_at = ? WHERE state_hash = ? AND browser_hash = ? "
    "AND COALESCE(contract, '') = ? AND used_at IS NULL AND created_at > ? "
    "RETURNING nonce, verifier, next_url, user_id"
)


class Identity(Model):
    """An account at an OpenID Connect issuer that signs a user in, by (issuer, subject)."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="identities", on_delete=fields.CASCADE
    )
    issuer = fields.CharField(255)
    subject = fields.CharField(255)
    email = fields.CharField(254, null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "identities"
        unique_together = (("issuer", "subject"),)

    @classmethod
    async def known(cls, issuer: str, subject: str) -> "Identity | None":
        """The identity of this account elsewhere, with its user."""
        return await cls.get_or_none(issuer=issuer, subject=subject).select_related("user")

    @classmethod
    async def first_of(cls, user_id: int) -> "Identity | None":
        """What the user signs in with elsewhere; the oldest of several."""
        return await cls.filter(user_id=user_id).order_by("id").first()

    @classmethod
    async def link(cls, user_id: int, issuer: str, subject: str, email: str | None) -> None:
        """Let an account elsewhere sign this user in. Raises Problem 409 when it signs in
        somebody else."""
        owner = await row(_LINK, user_id, issuer, subject, email, datetime.now(UTC))
        if owner is None or owner["user_id"] != user_id:
            raise conflict("That account already signs in another user here", "Identity")


class SignInAttempt(Model):
    """One journey to the issuer and back: used once, bound to the browser that began it."""

    id = fields.BigIntField(primary_key=True)
    state_hash = fields.CharField(64, unique=True)
    browser_hash = fields.CharField(64)
    nonce = fields.CharField(64)
    verifier = fields.CharField(128)
    next_url = fields.CharField(2048, default="/")
    contract = fields.CharField(16, null=True)
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="sign_in_attempts", null=True, on_delete=fields.CASCADE
    )
    created_at = fields.DatetimeField(auto_now_add=True)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_attempts"

    @classmethod
    async def begin(cls, state: str, browser: str, **more: Any) -> None:
        """Note a journey; `state` and `browser` are the secrets that must come back with it."""
        await cls.create(state_hash=digest(state), browser_hash=digest(browser), **more)

    @classmethod
    async def use(cls, state: str, browser: str, contract: str | None) -> Row | None:
        """End a journey of the last ten minutes: {nonce, verifier, next_url, user_id}, or None.

        One statement, so that of many who come with the same state exactly one gets it.
        """
        now = datetime.now(UTC)
        secrets = (digest(state), digest(browser))
        return await row(_USE, now, *secrets, contract or "", now - LIFE)

    @classmethod
    async def forget_old(cls) -> None:
        """Delete the journeys that nobody can end any more."""
        await rows("DELETE FROM sign_in_attempts WHERE created_at < ?", datetime.now(UTC) - LIFE)
