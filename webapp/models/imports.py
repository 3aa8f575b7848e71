"""What an import keeps until it is too late to undo it: the file as it was read, in pieces."""

from tortoise import fields
from tortoise.models import Model

from webapp.models.users import User
from webapp.models.workouts import ImportBatch


class ImportPart(Model):
    """A piece of a file (see importing.plain.packed), imported in one transaction at `done_at`.

    `outcome` says what became of its workouts: {"new": 12, "there": 3, "differs": 0, "sets": 250}.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="import_parts", on_delete=fields.CASCADE
    )
    batch: fields.ForeignKeyRelation[ImportBatch] = fields.ForeignKeyField(
        "models.ImportBatch", related_name="parts", on_delete=fields.CASCADE
    )
    number = fields.IntField()
    data = fields.BinaryField()
    outcome: fields.Field = fields.JSONField(default=dict)
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import_parts"
        unique_together = (("batch", "number"),)
