"""What a person weighs: the newest entry counts."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from webapp.models.fields import grams
from webapp.models.users import BodyWeight
from webapp.views.text import in_unit


async def known(user_id: int, unit: str) -> Decimal | None:
    """What the person weighs, in this unit; None when nobody knows."""
    entry = await BodyWeight.filter(user_id=user_id).order_by("-measured_at", "-id").first()
    return in_unit(entry.weight, entry.weight_unit, unit) if entry else None


async def weigh(user_id: int, weight: Decimal | None, unit: str) -> None:
    """Enter what the person weighs now, unless that is known; None forgets every entry."""
    if weight is None:
        await BodyWeight.filter(user_id=user_id).delete()
        return
    if weight == await known(user_id, unit):
        return
    entry: dict[str, Any] = {"weight": weight, "weight_unit": unit}
    entry |= {"weight_grams": grams(weight, unit), "measured_at": datetime.now(UTC)}
    await BodyWeight.create(user_id=user_id, **entry)
