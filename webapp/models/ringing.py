"""The phones that asked to be rung when the rest is over."""

from tortoise import fields

from webapp.models.access import LoginSession
from webapp.models.fields import Row
from webapp.models.users import User


class PushSubscription(Row):
    """A browser's address at its push service, as the Push API names it.

    It ends with the sign-in it was made in. What there is to ring for is no row of its own: the
    rest stands in the workout (`rest_ends_at`), and goes when the next set is logged. `rung_for`
    is the end of the rest it was last rung for: whoever writes it is who rings.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="push_subscriptions", on_delete=fields.CASCADE
    )
    session: fields.ForeignKeyNullableRelation[LoginSession] = fields.ForeignKeyField(
        "models.LoginSession",
        related_name="push_subscriptions",
        null=True,
        on_delete=fields.CASCADE,
    )
    endpoint = fields.TextField()
    endpoint_key = fields.CharField(64)  # its digest
    p256dh = fields.CharField(120)
    auth = fields.CharField(40)
    contact = fields.CharField(300)
    rung_for = fields.DatetimeField(null=True)

    class Meta:
        table = "push_subscriptions"
        unique_together = (("user", "endpoint_key"),)
