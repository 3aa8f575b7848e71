"""Whether what was read of a person's past is what it still is."""

from tortoise import fields
from tortoise.models import Model

from webapp.models.users import User


class PastEdition(Model):
    """The name of what somebody has behind them: another one after every change of it.

    Of workouts that have ended, of routines or of exercises: triggers of the database write it, so
    that nothing forgets to. The one without a user is of what is everybody's.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.OneToOneNullableRelation[User] = fields.OneToOneField(
        "models.User", related_name="past_edition", null=True, on_delete=fields.CASCADE
    )
    edition = fields.CharField(36)

    class Meta:
        table = "past_editions"
