from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from webapp.ids import uuid7


class Migration(migrations.Migration):
    dependencies = [("models", "0003_import_parts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PushSubscription",
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
                        related_name="push_subscriptions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "session",
                    fields.ForeignKeyField(
                        "models.LoginSession",
                        source_field="session_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="push_subscriptions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("endpoint", fields.TextField(unique=False)),
                ("endpoint_key", fields.CharField(max_length=64)),
                ("p256dh", fields.CharField(max_length=120)),
                ("auth", fields.CharField(max_length=40)),
                ("contact", fields.CharField(max_length=300)),
                ("rung_for", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "push_subscriptions",
                "app": "models",
                "unique_together": (("user", "endpoint_key"),),
                "pk_attr": "id",
                "table_description": "A browser's address at its push service, as the Push API names it.",
            },
            bases=["Row"],
        ),
    ]
