from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from webapp.db import triggers
from webapp.ids import uuid7

PENDING = "CREATE INDEX changes_pending ON changes (user_id, changed_at, id) WHERE is_pending"
COLUMNS = "user_id, kind, uuid, seq, created_seq, is_deleted, is_pending, changed_at"
THINGS = triggers.BINNED | triggers.PLAIN
IS_SAID = triggers.IS_SAID.replace("NEW.", "s.")


def there(no: str, yes: str) -> list[str]:
    """What everybody has already, as changes that are still to be numbered."""
    made = []
    for table, kind in THINGS.items():
        gone = "deleted_at IS NOT NULL" if table in triggers.BINNED else no
        made.append(
            f"INSERT INTO changes ({COLUMNS}) "  # noqa: S608
            f"SELECT user_id, '{kind}', uuid, 0, NULL, {gone}, {yes}, created_at "
            f"FROM {table} t WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes c "
            f"WHERE c.user_id = t.user_id AND c.kind = '{kind}' AND c.uuid = t.uuid) "
            "ON CONFLICT DO NOTHING"
        )
    liked = (
        f"INSERT INTO changes ({COLUMNS}) "  # noqa: S608
        f"SELECT s.user_id, 'exercise', e.uuid, 0, 0, {no}, {yes}, "
        "u.created_at FROM exercise_settings s JOIN users u ON u.id = s.user_id "
        "JOIN exercises e ON e.id = s.exercise_id AND e.user_id IS NULL "
        f"WHERE ({IS_SAID}) ON CONFLICT DO NOTHING"
    )
    return [*made, liked]


def went() -> list[str]:
    """What was deleted while the others were found."""
    return [
        f"DELETE FROM changes c WHERE kind = '{kind}' "  # noqa: S608
        "AND created_seq IS NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {table} t WHERE t.user_id = c.user_id AND t.uuid = c.uuid)"
        for table, kind in THINGS.items()
    ]


FOUND = there("FALSE", "TRUE")
# A table is locked from its first trigger to the end, so nearly all is found before; on SQLite a
# statement is alone, and nothing can come between.
SQLITE, POSTGRES = triggers.sqlite(), triggers.postgres()
WATCH = triggers.ByEngine(
    {"sqlite": [*SQLITE, *there("0", "1")], "postgres": [*FOUND, *POSTGRES, *FOUND, *went()]},
    {"sqlite": triggers.undone(SQLITE), "postgres": triggers.undone(POSTGRES)},
)


class Migration(migrations.Migration):
    dependencies = [("models", "0004_push_subscriptions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="changes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=12)),
                ("uuid", fields.UUIDField()),
                ("seq", fields.BigIntField(default=0)),
                ("created_seq", fields.BigIntField(null=True)),
                ("is_deleted", fields.BooleanField(default=False)),
                ("is_pending", fields.BooleanField(default=True)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "changes",
                "app": "models",
                "unique_together": (("user", "kind", "uuid"),),
                "indexes": [Index(fields=["user_id", "seq"])],
                "pk_attr": "id",
                "table_description": "The last change of one thing. Triggers of the database write it, so that nothing forgets to.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.OneToOneField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="feed",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=16)),
                ("last_seq", fields.BigIntField(default=0)),
            ],
            options={
                "table": "feeds",
                "app": "models",
                "pk_attr": "id",
                "table_description": "How far a person's changes are numbered. Cursors name the feed they are of.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="webhooks",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("url", fields.TextField(unique=False)),
                ("kinds", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("secret", fields.TextField(unique=False)),
                ("status", fields.CharField(default="on", max_length=8)),
                ("reason", fields.CharField(null=True, max_length=8)),
                ("cursor", fields.BigIntField(default=0)),
                ("failures", fields.IntField(default=0)),
                ("next_try_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("claimed_by", fields.CharField(null=True, max_length=36)),
                (
                    "claimed_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "webhooks",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [Index(fields=["status", "next_try_at"])],
                "pk_attr": "id",
                "table_description": "An address that is told of a person's changes, in order, after the number `cursor`.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="webhook_deliveries",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "webhook",
                    fields.ForeignKeyField(
                        "models.Webhook",
                        source_field="webhook_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="deliveries",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("type", fields.CharField(max_length=40)),
                ("number", fields.BigIntField(null=True)),
                ("body", fields.TextField(unique=False)),
                ("status", fields.CharField(default="waiting", max_length=10)),
                ("attempts", fields.IntField(default=0)),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("answer_status", fields.SmallIntField(null=True)),
                ("answer_ms", fields.IntField(null=True)),
                ("answer", fields.TextField(null=True, unique=False)),
                ("error", fields.CharField(null=True, max_length=200)),
            ],
            options={
                "table": "webhook_deliveries",
                "app": "models",
                "indexes": [Index(fields=["webhook_id", "status", "id"])],
                "pk_attr": "id",
                "table_description": "One message to one address: `uuid` is its webhook-id, the same at every try.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(PENDING, "DROP INDEX changes_pending"),
        WATCH,
    ]
