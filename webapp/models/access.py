"""What lets a program or a browser in: login sessions, refresh tokens, personal tokens."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.expressions import Q
from tortoise.models import Model

from webapp.auth import ABSOLUTE, IDLE, TOKEN_PREFIX, digest, new_secret
from webapp.db import row
from webapp.ids import uuid7
from webapp.models.users import User
from webapp.problems import conflict

REFRESH = timedelta(days=90)
FORGOTTEN = timedelta(days=90)  # how long an ended session still says which addresses are known


class LoginSession(Model):
    """One sign-in of one device or client. Every cookie and signed token names one of these.

    `kind` is `cookie` (a browser; `secret_hash` is what its cookie holds) or `tokens` (a program
    with access and refresh tokens). `contract` pins what its tokens speak where URLs collide.
    """

    id = fields.BigIntField(primary_key=True)
    uuid = fields.UUIDField(default=uuid7, unique=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="login_sessions", on_delete=fields.CASCADE
    )
    kind = fields.CharField(8)
    contract = fields.CharField(16, null=True)
    secret_hash = fields.CharField(64, null=True, unique=True)
    device = fields.CharField(200, default="")
    address = fields.CharField(45, default="")
    created_at = fields.DatetimeField(auto_now_add=True)
    last_seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "login_sessions"
        indexes = (("user_id", "revoked_at"),)

    @classmethod
    async def open(cls, user_id: int, kind: str, **more: Any) -> "LoginSession":
        """Begin a session (of a year, when `expires_at` is not said), and forget those of this
        user that ended long ago."""
        now = datetime.now(UTC)
        gone = Q(revoked_at__lt=now - FORGOTTEN) | Q(expires_at__lt=now - FORGOTTEN)
        await cls.filter(gone, user_id=user_id).delete()
        said = {"expires_at": now + ABSOLUTE, **more}
        return await cls.create(user_id=user_id, kind=kind, last_seen_at=now, **said)

    @classmethod
    async def living(cls, user_id: int) -> list["LoginSession"]:
        """The sessions that still let somebody in, the one seen last first."""
        now = datetime.now(UTC)
        open_ones = cls.filter(user_id=user_id, revoked_at=None, expires_at__gt=now)
        return await open_ones.filter(last_seen_at__gte=now - IDLE).order_by("-last_seen_at", "id")

    @classmethod
    async def end(cls, user_id: int, **which: Any) -> int:
        """End the user's sessions, or those of them that `which` filters; how many they were."""
        open_ones = cls.filter(user_id=user_id, revoked_at=None, **which)
        return await open_ones.update(revoked_at=datetime.now(UTC))

    @classmethod
    async def is_known(cls, user_id: int, address: str) -> bool:
        """Whether the user has signed in from this address before."""
        return await cls.filter(user_id=user_id, address=address).exists()


class RefreshToken(Model):
    """One link of a family: spent when it is exchanged, and its second use revokes the session."""

    id = fields.BigIntField(primary_key=True)
    login_session: fields.ForeignKeyRelation[LoginSession] = fields.ForeignKeyField(
        "models.LoginSession", related_name="refresh_tokens", on_delete=fields.CASCADE
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="refresh_tokens", on_delete=fields.CASCADE
    )
    token_hash = fields.CharField(64, unique=True)
    created_at = fields.DatetimeField(auto_now_add=True)
    expires_at = fields.DatetimeField()
    spent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refresh_tokens"

    @classmethod
    async def give(cls, session_id: int, user_id: int) -> str:
        """Add a link to the family of this session and return its secret."""
        secret, until = new_secret(), datetime.now(UTC) + REFRESH
        ids: dict[str, Any] = {"login_session_id": session_id, "user_id": user_id}
        await cls.create(token_hash=digest(secret), expires_at=until, **ids)
        return secret

    @classmethod
    async def spend(cls, token_hash: str) -> Any:
        """Spend the token; its row, or None when it is unknown, over, or spent already.

        One statement, so that of many who try at once exactly one gets the row.
        """
        now = datetime.now(UTC)
        return await row(
            "UPDATE refresh_tokens SET spent_at = ? WHERE token_hash = ? AND spent_at IS NULL "
            "AND expires_at > ? RETURNING login_session_id, user_id",
            *(now, token_hash, now),
        )


class Token(Model):
    """A personal token for a program: shown once, hashed at rest, pinned to a contract."""

    id = fields.BigIntField(primary_key=True)
    uuid = fields.UUIDField(default=uuid7, unique=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="tokens", on_delete=fields.CASCADE
    )
    name = fields.CharField(100)
    contract = fields.CharField(16)
    read_only = fields.BooleanField(default=False)
    token_hash = fields.CharField(64, unique=True)
    hint = fields.CharField(12)
    created_at = fields.DatetimeField(auto_now_add=True)
    last_used_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "tokens"

    @classmethod
    async def issue(
        cls, user_id: int, days: int | None = None, uuid: UUID | None = None, **more: Any
    ) -> tuple["Token", str]:
        """Make a token for the next `days` (None: for ever); with it the secret, shown once.

        Repeated with the same `uuid`, a token that was never used gets another secret, because
        the first may not have arrived. Raises Problem 409 when it was used.
        """
        token = await cls._repeated(user_id, uuid) if uuid else None
        token = token or cls(user_id=user_id, uuid=uuid or uuid7())
        secret = TOKEN_PREFIX + new_secret()
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        kept = {"token_hash": digest(secret), "hint": secret[-4:], "expires_at": until}
        token.update_from_dict({**more, **kept})
        await token.save()
        return token, secret

    @classmethod
    async def _repeated(cls, user_id: int, uuid: UUID) -> "Token | None":
        found = await cls.get_or_none(uuid=uuid)
        if found and (found.user_id != user_id or found.last_used_at or found.revoked_at):  # type: ignore[attr-defined]
            raise conflict("This token was made before; its secret was shown then", "Token")
        return found

    @classmethod
    async def living(cls, user_id: int) -> list["Token"]:
        """The tokens that are not revoked, newest first (those that are over say so)."""
        return await cls.filter(user_id=user_id, revoked_at=None).order_by("-created_at", "-id")

    @classmethod
    async def end(cls, user_id: int, **which: Any) -> int:
        """Revoke the user's tokens that `which` filters; how many they were."""
        open_ones = cls.filter(user_id=user_id, revoked_at=None, **which)
        return await open_ones.update(revoked_at=datetime.now(UTC))


class Throttle(Model):
    """How often something failed lately, by a hash of who tried (an account, an address)."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(64, unique=True)
    failures = fields.IntField(default=0)
    last_at = fields.DatetimeField()
    blocked_until = fields.DatetimeField(null=True)

    class Meta:
        table = "throttles"


class KeptAnswer(Model):
    """The answer to a request that carried an Idempotency-Key, kept with its effect.

    `scope` is whose key it is ("user 7" or "anyone"); `fingerprint` a hash of path and body.
    """

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(40)
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="kept_answers", null=True, on_delete=fields.CASCADE
    )
    route = fields.CharField(200)
    key = fields.CharField(200)
    fingerprint = fields.CharField(64)
    status = fields.SmallIntField()
    headers: fields.Field = fields.JSONField()
    body = fields.BinaryField()
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "kept_answers"
        unique_together = (("scope", "route", "key"),)
        indexes = (("created_at",),)
