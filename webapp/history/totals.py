"""What a workout came to: sets, volume, muscles, the best set of each exercise; pure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import orjson

from webapp.db import rows
from webapp.db.marks import marks
from webapp.history.measured import Measured
from webapp.training.lines import Sheet, SheetItem, SheetSet

_MUSCLES = "SELECT id, primary_muscles, muscle_group FROM exercises WHERE id IN (%s)"


def worked(items: Iterable[SheetItem]) -> list[tuple[SheetItem, SheetSet]]:
    """The sets done, without the warm-ups, each with its item."""
    return [(item, each) for item in items for each in item.done if not each.is_warm_up]


def volume(items: Iterable[SheetItem]) -> int:
    """Grams lifted: weight times reps of the sets done; no warm-ups, and no assistance, which is
    the opposite of a load."""
    return sum(
        (each.weight_grams or 0) * (each.reps or 0)
        for item, each in worked(items)
        if item.load != "assisted"
    )


def best_set(item: SheetItem) -> SheetSet | None:
    """The set of the item that says most: by e1RM, else weight, reps, distance, time."""
    sets = [each for each in item.done if not each.is_warm_up] or item.done
    return max(sets, key=lambda each: _rank(as_measured(item, each)), default=None)


def as_measured(item: SheetItem, each: SheetSet) -> Measured:
    """A set of a sheet as it is compared with others."""
    seconds = each.duration_seconds
    return Measured(
        load=item.load,
        grams=each.weight_grams,
        reps=each.reps,
        seconds=None if seconds is None else Decimal(seconds),
        millimetres=each.distance_mm,
        band=each.band,
        when=each.completed_at or datetime.min,
    )


def _rank(each: Measured) -> tuple[int, int, int, int, Decimal]:
    far, long = each.distance or 0, each.seconds or Decimal(0)
    return each.e1rm or 0, each.effort, each.reps or 0, far, long


async def sets_by_muscle(sheet: Sheet) -> list[tuple[str, int]]:
    """Muscles with how many sets worked them, the most first; a set counts for each primary
    muscle of its exercise, or for its muscle group when that names none. One statement."""
    done = worked(sheet.items)
    wanted = sorted({item.exercise_id for item, _ in done if item.exercise_id is not None})
    found = await rows(_MUSCLES % marks(wanted), *wanted) if wanted else []
    muscles = {each["id"]: muscles_of(each["primary_muscles"]) for each in found}
    amounts: dict[str, int] = {}
    for item, _ in done:
        for muscle in muscles.get(item.exercise_id or 0) or [item.muscle_group]:
            amounts[muscle] = amounts.get(muscle, 0) + 1
    return sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))


def muscles_of(stored: str | list[str]) -> list[str]:
    """The muscles in a column, which the engines hand back as JSON."""
    named: list[str] = orjson.loads(stored) if isinstance(stored, str) else stored
    return named
