"""A set that was done in a workout which another device has ended meanwhile."""

from uuid import UUID

from webapp.auth import Caller
from webapp.models import library
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.changing_items import MOST_ITEMS
from webapp.training.changing_sets import MOST_SETS
from webapp.training.lines import Sheet, SheetItem
from webapp.training.planning import of_exercise, planned_set
from webapp.training.storing import insert, store


async def make(
    caller: Caller,
    workout_id: int,
    uuid: UUID,
    item: UUID | None = None,
    exercise: UUID | None = None,
) -> None:
    """See to it that the workout has this set, to be logged: the end has dropped what was not
    done. It stands last in its item, or in a new one of that UUID and exercise. Problem 404, 409.
    """
    sheet = await sheets.by_id(caller.user_id, workout_id, lock=True)
    if sheet is None or (sheet.set(str(uuid)) is None and item is None):
        raise not_found("Set")
    if sheet.set(str(uuid)) is not None or item is None:
        return
    found = sheet.item(str(item)) or await _item(caller, sheet, item, exercise)
    if len(found.sets) >= MOST_SETS:
        raise conflict("There can be no more sets here", "Set")
    last = max((each.position for each in found.sets), default=0)
    place = {"user_id": caller.user_id, "workout_id": sheet.id, "item_id": found.id}
    made = planned_set(found.exercise_id, uuid=uuid, position=last + 1)
    await insert("workout_sets", [{**made, **place}])


async def _item(caller: Caller, sheet: Sheet, uuid: UUID, exercise: UUID | None) -> SheetItem:
    known = await library.one(caller.user_id, exercise) if exercise else None
    if known is None:
        raise not_found("Exercise")
    if len(sheet.items) >= MOST_ITEMS:
        raise conflict("There can be no more exercises in a workout", "Exercise")
    last = max((each.position for each in sheet.items), default=0)
    await store(caller.user_id, sheet.id, [of_exercise(dict(known), None, 0, uuid)], last + 1)
    again = await sheets.by_id(caller.user_id, sheet.id)
    made = again.item(str(uuid)) if again else None
    assert made is not None  # noqa: S101 - it was just stored
    return made
