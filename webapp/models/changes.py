"""What happened to a person's things, for programs that follow it: the last change of each."""

from tortoise import fields
from tortoise.models import Model

from webapp.models.users import User


class Change(Model):
    """The last change of one thing. Triggers of the database write it, so that nothing forgets to.

    A change is first pending; whoever reads gives it its number (`seq`), which is the order that
    everybody sees. `created_seq` is the thing's first number (0 for an exercise of the catalogue,
    which nobody made). `changed_at` is when it became pending: the first change since.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="changes", on_delete=fields.CASCADE
    )
    kind = fields.CharField(12)
    uuid = fields.UUIDField()
    seq = fields.BigIntField(default=0)
    created_seq = fields.BigIntField(null=True)
    is_deleted = fields.BooleanField(default=False)
    is_pending = fields.BooleanField(default=True)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "changes"
        unique_together = (("user", "kind", "uuid"),)
        indexes = (("user_id", "seq"),)


class Feed(Model):
    """How far a person's changes are numbered. Cursors name the feed they are of."""

    id = fields.BigIntField(primary_key=True)
    user: fields.OneToOneRelation[User] = fields.OneToOneField(
        "models.User", related_name="feed", on_delete=fields.CASCADE
    )
    name = fields.CharField(16)
    last_seq = fields.BigIntField(default=0)

    class Meta:
        table = "feeds"
