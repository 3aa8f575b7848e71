"""Column types and small pieces every model shares."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, TypeVar
from uuid import UUID

from tortoise import fields
from tortoise.fields.base import Field
from tortoise.models import Model

from webapp.ids import uuid7

GRAMS = {"kg": Decimal(1000), "lb": Decimal("453.59237")}
MILLIMETRES = {
    "m": Decimal(1000),
    "km": Decimal(1_000_000),
    "mi": Decimal("1609344"),
    "yd": Decimal("914.4"),
}


class ExactDecimal(Field[Decimal]):
    """A decimal kept as entered, as text on both engines.

    NUMERIC would pad zeros on PostgreSQL and is text on SQLite anyway; comparing is done by the
    integer column beside it (grams, millimetres).
    """

    SQL_TYPE = "VARCHAR(32)"

    def to_db_value(self, value: Any, instance: Any) -> str | None:
        return None if value is None else plain(Decimal(value))

    def to_python_value(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


def plain(number: Decimal) -> str:
    """The shortest exact text of a number: no exponent, no trailing zeros ("82.5", "100")."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def grams(weight: Decimal | str | None, unit: str | None) -> int | None:
    """The canonical integer a weight is compared by; None for no weight."""
    return _whole(weight, GRAMS[unit or "kg"])


def millimetres(distance: Decimal | str | None, unit: str | None) -> int | None:
    """The canonical integer a distance is compared by; None for no distance."""
    return _whole(distance, MILLIMETRES[unit or "m"])


def _whole(amount: Decimal | str | None, factor: Decimal) -> int | None:
    if amount is None:
        return None
    try:
        return int((Decimal(amount) * factor).to_integral_value())
    except InvalidOperation as error:
        raise ValueError(f"not a number: {amount}") from error


def in_unit(amount: Decimal, unit: str, wanted: str) -> Decimal:
    """A weight in another unit, to two decimals; unchanged in its own."""
    return amount if unit == wanted else _converted(amount, GRAMS[unit] / GRAMS[wanted])


def in_distance_unit(amount: Decimal, unit: str, wanted: str) -> Decimal:
    """A distance in another unit, to two decimals; unchanged in its own."""
    if unit == wanted:
        return amount
    return _converted(amount, MILLIMETRES[unit] / MILLIMETRES[wanted])


def _converted(amount: Decimal, factor: Decimal) -> Decimal:
    return (amount * factor).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()


def from_grams(weight: int | Decimal, unit: str) -> Decimal:
    """Grams in a unit people use, to two decimals."""
    return _converted(Decimal(weight), Decimal(1) / GRAMS[unit])


class Row(Model):
    """An integer id for us, a UUIDv7 for the public (which a client may mint), two times."""

    id = fields.BigIntField(primary_key=True)
    uuid = fields.UUIDField(default=uuid7)
    created_at = fields.DatetimeField(auto_now_add=True)
    updated_at = fields.DatetimeField(auto_now=True)

    class Meta:
        abstract = True


R = TypeVar("R", bound=Row)


async def kept(new: R, uuid: UUID | None) -> R:
    """Store a row of a person's by this UUID, or by one of its own; the row that has it already
    stays as it is. Returns the row that is there then."""
    new.uuid = uuid or new.uuid
    await type(new).bulk_create([new], ignore_conflicts=True)
    return await type(new).get(user_id=new.user_id, uuid=new.uuid)  # type: ignore[attr-defined]
