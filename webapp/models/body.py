"""What a person weighs, entry by entry: the newest counts, and each day has its own newest."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from webapp.db import moment, row, rows
from webapp.models.fields import grams, in_unit, plain
from webapp.models.users import BodyWeight
from webapp.problems import invalid, not_found
from webapp.zones import local

_ENTRY = "SELECT id, uuid, measured_at, weight, weight_unit, weight_grams FROM body_weights "
_LOG = f"{_ENTRY} WHERE user_id = ? ORDER BY measured_at, id"
_ONE = f"{_ENTRY} WHERE user_id = ? AND uuid = ?"
_ADD = (
    "INSERT INTO body_weights (user_id, uuid, measured_at, weight, weight_unit, weight_grams, "
    "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, uuid) DO NOTHING"
)
_CHANGE = (
    "UPDATE body_weights SET measured_at = ?, weight = ?, weight_unit = ?, weight_grams = ?, "
    "updated_at = ? WHERE user_id = ? AND uuid = ?"
)
_REMOVE = "DELETE FROM body_weights WHERE user_id = ? AND uuid = ?"


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the person weighed at a moment: as entered, and in grams. `day` is on their clock."""

    uuid: str
    at: datetime
    day: date
    weight: Decimal
    unit: str
    grams: int


class Log:
    """A person's weighings, oldest first."""

    def __init__(self, entries: Sequence[Weighing]) -> None:
        self.entries = entries
        self._days = [each.day for each in entries]

    def grams_on(self, day: date) -> int | None:
        """Grams of the newest entry of this day or before it; None when there is none yet."""
        place = bisect_right(self._days, day)
        return self.entries[place - 1].grams if place else None


async def log(user_id: int, timezone: str) -> Log:
    """All weighings of the person, whose clock says which days they were on; one statement."""
    return Log([_weighing(each, timezone) for each in await rows(_LOG, user_id)])


async def entry(user_id: int, uuid: UUID, timezone: str) -> Weighing:
    """One weighing. Raises Problem 404."""
    found = await row(_ONE, user_id, str(uuid))
    if found is None:
        raise not_found("Body weight")
    return _weighing(found, timezone)


def _weighing(each: Any, timezone: str) -> Weighing:
    at = moment(each["measured_at"])
    assert at is not None  # noqa: S101 - the column is NOT NULL
    return Weighing(
        uuid=str(each["uuid"]),
        at=at,
        day=local(at, timezone).date(),
        weight=Decimal(each["weight"]),
        unit=each["weight_unit"],
        grams=each["weight_grams"],
    )


async def enter(user_id: int, uuid: UUID, weight: Decimal, unit: str, at: datetime) -> None:
    """Enter what the person weighed; the same `uuid` again enters nothing. Raises Problem 400."""
    _check(at)
    now, facts = datetime.now(UTC), (at, plain(weight), unit, grams(weight, unit))
    await rows(_ADD, user_id, str(uuid), *facts, now, now)


async def change(user_id: int, was: Weighing, weight: Decimal, unit: str, at: datetime) -> None:
    """Change a weighing. Raises Problem 400."""
    if at != was.at:
        _check(at)
    facts = (at, plain(weight), unit, grams(weight, unit))
    await rows(_CHANGE, *facts, datetime.now(UTC), user_id, was.uuid)


async def remove(user_id: int, was: Weighing) -> None:
    """Delete a weighing; to take it back, enter it again."""
    await rows(_REMOVE, user_id, was.uuid)


def _check(at: datetime) -> None:
    # The newest entry is what the person weighs now, so none may be of a time to come.
    if at > datetime.now(UTC):
        raise invalid("That is still to come", measured_at="Must not be in the future")


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
