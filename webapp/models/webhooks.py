"""Addresses that are told what happened, and what they were told."""

from tortoise import fields

from webapp.models.fields import Row
from webapp.models.users import User


class Webhook(Row):
    """An address that is told of a person's changes, in order, after the number `cursor`.

    `kinds` are the things it wants to hear of (none: all). `secret` signs, and is sealed.
    `status` is on or paused; `reason` says who paused it: asked, failing or gone (it said 410).
    `failures` counts the tries of the message that is due; `claimed_by` is the process that
    delivers, until `claimed_until`.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="webhooks", on_delete=fields.CASCADE
    )
    url = fields.TextField()
    kinds: fields.Field = fields.JSONField(default=list)
    secret = fields.TextField()
    status = fields.CharField(8, default="on")
    reason = fields.CharField(8, null=True)
    cursor = fields.BigIntField(default=0)
    failures = fields.IntField(default=0)
    next_try_at = fields.DatetimeField()
    claimed_by = fields.CharField(36, null=True)
    claimed_until = fields.DatetimeField(null=True)

    class Meta:
        table = "webhooks"
        unique_together = (("user", "uuid"),)
        indexes = (("status", "next_try_at"),)


class WebhookDelivery(Row):
    """One message to one address: `uuid` is its webhook-id, the same at every try.

    `status` is waiting, delivered, or given_up (a test that failed). `number` is the change it
    tells of; a test tells of none. `answer` begins what the address said last, `error` is why
    there was no answer.
    """

    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="webhook_deliveries", on_delete=fields.CASCADE
    )
    webhook: fields.ForeignKeyRelation[Webhook] = fields.ForeignKeyField(
        "models.Webhook", related_name="deliveries", on_delete=fields.CASCADE
    )
    type = fields.CharField(40)
    number = fields.BigIntField(null=True)
    body = fields.TextField()
    status = fields.CharField(10, default="waiting")
    attempts = fields.IntField(default=0)
    tried_at = fields.DatetimeField(null=True)
    answer_status = fields.SmallIntField(null=True)
    answer_ms = fields.IntField(null=True)
    answer = fields.TextField(null=True)
    error = fields.CharField(200, null=True)

    class Meta:
        table = "webhook_deliveries"
        indexes = (("webhook_id", "status", "id"),)
