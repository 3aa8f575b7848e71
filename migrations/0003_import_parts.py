from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_history_indexes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ImportPart",
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
                        related_name="import_parts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "batch",
                    fields.ForeignKeyField(
                        "models.ImportBatch",
                        source_field="batch_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="parts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("data", fields.BinaryField()),
                ("outcome", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "import_parts",
                "app": "models",
                "unique_together": (("batch", "number"),),
                "pk_attr": "id",
                "table_description": "A piece of a file (see importing.plain.packed), imported in one transaction at `done_at`.",
            },
            bases=["Model"],
        ),
    ]
