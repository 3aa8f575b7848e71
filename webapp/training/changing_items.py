"""Other exercises than planned: add, swap, move, remove and take back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from webapp.auth import Caller
from webapp.db import row, rows
from webapp.models.library import one
from webapp.problems import conflict, not_found
from webapp.training import sheet as sheets
from webapp.training.beginning import number_sets
from webapp.training.changing_sets import REMOVED as REMOVED_SETS
from webapp.training.changing_sets import find_item, plainly, timely
from webapp.training.last_time import last_time
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.planning import SNAPSHOT, Draft, of_exercise, planned_set
from webapp.training.storing import insert, store, touch

MOST_ITEMS = 200
REMOVED = "removed_item"  # key of an item's plan: its status and sets before it was removed
CLOSED = "is_closed"  # key of an item's plan: another took its place in the routine's order

_SETTING = "SELECT rest_seconds FROM exercise_settings WHERE user_id = ? AND exercise_id = ?"
_WHERE_ITEM = "SELECT workout_id FROM workout_items WHERE user_id = ? AND uuid = ?"
_ROOM = (
    "UPDATE workout_items SET position = position + 1 "
    "WHERE user_id = ? AND workout_id = ? AND position >= ?"
)
_PLACE = "UPDATE workout_items SET position = ? WHERE user_id = ? AND id = ?"
_STATE = (
    "UPDATE workout_items SET status = ?, plan = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_BECOME = (
    "UPDATE workout_items SET exercise_id = ?, exercise_name = ?, muscle_group = ?, "
    "body_part = ?, modality = ?, implement = ?, measure = ?, load = ?, rest_seconds = ?, "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
# The numbers were for the other exercise; how many reps were wanted stays.
_SETS_BECOME = (
    "UPDATE workout_sets SET exercise_id = ?, planned_weight = NULL, planned_weight_unit = NULL, "
    "planned_seconds = NULL, reps = NULL, weight = NULL, weight_unit = NULL, weight_grams = NULL, "
    "duration_seconds = NULL, distance = NULL, distance_unit = NULL, distance_mm = NULL, "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND item_id = ?"
)
_DROP = "DELETE FROM workout_sets WHERE user_id = ? AND item_id = ? AND completed_at IS NULL"
_REMOVED = (
    "SELECT id, plan, position FROM workout_items "
    "WHERE user_id = ? AND workout_id = ? AND uuid = ? AND status = 'removed'"
)
_SETS_OF = "SELECT * FROM workout_sets WHERE user_id = ? AND item_id = ? ORDER BY position, id"
_EMPTY = "DELETE FROM workout_sets WHERE user_id = ? AND item_id = ?"


async def running(caller: Caller) -> Sheet:
    """The workout in progress, which others cannot change meanwhile. Problem 404."""
    sheet = await sheets.running(caller.user_id, lock=True, last=False)
    if sheet is None:
        raise not_found("Session")
    return sheet


async def add_item(
    caller: Caller, exercise: UUID, uuid: UUID | None = None, sets: int | None = None
) -> Sheet:
    """Put an exercise at the end of the workout in progress, with so many `sets` (None: as many as
    last time); the same `uuid` again adds nothing. Problem 404, 409."""
    sheet, found = await running(caller), await _exercise(caller, exercise)
    if uuid is None or not await _is_known(caller, sheet, uuid):
        many = await _usual(caller, sheet, found["id"]) if sets is None else sets
        await _store(caller, sheet, of_exercise(found, await _rest(caller, found), many, uuid))
    return await again(caller, sheet)


async def _usual(caller: Caller, sheet: Sheet, exercise_id: int) -> int | None:
    """How many working sets there were last time."""
    past = (await last_time(caller.user_id, sheet.id, [exercise_id])).get(exercise_id, ())
    return sum(each.set_type != "warm_up" for each in past) or None


async def _exercise(caller: Caller, uuid: UUID) -> Mapping[str, Any]:
    found = await one(caller.user_id, uuid)
    if found is None:
        raise not_found("Exercise")
    return dict(found)


async def _is_known(caller: Caller, sheet: Sheet, uuid: UUID) -> bool:
    known = await row(_WHERE_ITEM, caller.user_id, str(uuid))
    if known is not None and known["workout_id"] != sheet.id:
        raise conflict("This UUID is another workout's", "Exercise")
    return known is not None


async def _rest(caller: Caller, exercise: Mapping[str, Any]) -> int:
    """Seconds the person rests after this exercise: their own choice, else what is usual."""
    own = await row(_SETTING, caller.user_id, exercise["id"])
    wishes = (own["rest_seconds"] if own else None, exercise["rest_seconds"])
    return next((wish for wish in wishes if wish is not None), caller.default_rest_seconds)


async def _store(caller: Caller, sheet: Sheet, draft: Draft, position: int | None = None) -> None:
    if len(sheet.items) >= MOST_ITEMS:
        raise conflict("There can be no more exercises in a workout", "Exercise")
    number_sets(draft, draft.item["uuid"])
    last = max((item.position for item in sheet.items), default=0)
    await rows(_ROOM, caller.user_id, sheet.id, position or last + 1)
    await store(caller.user_id, sheet.id, [draft], position or last + 1)


async def swap_item(
    caller: Caller, item_uuid: UUID, exercise: UUID, uuid: UUID | None = None
) -> Sheet:
    """Do another exercise instead, with the sets that are left. What is logged stays with the
    old one, and the new one (`uuid`) then follows it. Problem 404, 409."""
    sheet, item = await find_item(caller, item_uuid)
    found = await _exercise(caller, exercise)
    if item.kind == "rest":
        raise conflict("A rest cannot be swapped", "Exercise")
    known = uuid is not None and await _is_known(caller, sheet, uuid)
    if not known and found["id"] != item.exercise_id:
        is_planned = item.plan.get("rest_seconds") is not None
        rest = item.rest_seconds if is_planned else await _rest(caller, found)
        await (_follow if item.done else _become)(caller, sheet, item, found, rest, uuid)
    return await again(caller, sheet)


async def _become(
    caller: Caller, sheet: Sheet, item: SheetItem, found: Any, rest: int | None, uuid: UUID | None
) -> None:
    now, same = datetime.now(UTC), [found[name] for name in SNAPSHOT]
    values = (found["id"], found["name"], *same, rest, now)
    await rows(_BECOME, *values, caller.user_id, item.id)
    await rows(_SETS_BECOME, found["id"], now, caller.user_id, item.id)


async def _follow(
    caller: Caller, sheet: Sheet, item: SheetItem, found: Any, rest: int | None, uuid: UUID | None
) -> None:
    left = [each for each in item.sets if not each.is_done]
    draft = of_exercise(found, rest, 1, uuid)
    draft.sets = [_like(found["id"], each) for each in left] or draft.sets
    draft.item |= {"superset": item.superset, "routine_item_id": item.routine_item_id}
    gone = {name: kept for name, kept in item.plan.items() if name == REMOVED_SETS}
    draft.item["plan"] = {name: said for name, said in item.plan.items() if name not in gone}
    await rows(_DROP, caller.user_id, item.id)
    await _state(caller, item.id, item.status, {CLOSED: True, **gone})
    await _store(caller, sheet, draft, item.position + 1)


def _like(exercise_id: int, each: SheetSet) -> dict[str, Any]:
    low, high = each.planned_reps, each.planned_reps_max
    kind = each.set_type
    return planned_set(exercise_id, planned_reps=low, planned_reps_max=high, set_type=kind)


async def move_item(caller: Caller, item_uuid: UUID, by: int) -> Sheet:
    """Move the item one up (-1) or down (1); at the edge it stays. Problem 404."""
    sheet, item = await find_item(caller, item_uuid)
    order = list(sheet.items)
    place = order.index(item)
    order.remove(item)
    order.insert(max(place + by, 0), item)
    for position, each in enumerate(order, 1):
        if each.position != position:
            await rows(_PLACE, position, caller.user_id, each.id)
    return await again(caller, sheet)


async def remove_item(caller: Caller, item_uuid: UUID) -> Sheet:
    """Remove the item with all its sets; `restore_item` takes it back. Problem 404."""
    sheet, item = await find_item(caller, item_uuid)
    sets = [plainly(dict(each)) for each in await rows(_SETS_OF, caller.user_id, item.id)]
    plan = {**item.plan, REMOVED: {"status": item.status, "sets": sets}}
    await rows(_EMPTY, caller.user_id, item.id)
    await _state(caller, item.id, "removed", plan)
    return await again(caller, sheet)


async def restore_item(caller: Caller, item_uuid: UUID) -> Sheet:
    """Take a removed item of the workout in progress back; harmless when it is there. Problem
    404."""
    return await put_back(caller, await running(caller), item_uuid)


async def put_back(caller: Caller, sheet: Sheet, item_uuid: UUID) -> Sheet:
    """The same on the sheet of any workout, read with a lock. Problem 404."""
    removed = await row(_REMOVED, caller.user_id, sheet.id, str(item_uuid))
    if removed is None and sheet.item(str(item_uuid)) is None:
        raise not_found("Exercise")
    if removed is not None:
        plan = orjson.loads(removed["plan"])
        kept = plan.pop(REMOVED)
        await insert("workout_sets", [timely(each) for each in kept["sets"]])
        await _put_back(caller, sheet, removed)
        await _state(caller, removed["id"], kept["status"], plan)
    return await again(caller, sheet)


async def _put_back(caller: Caller, sheet: Sheet, removed: Any) -> None:
    """What has taken the place meanwhile makes room."""
    place = removed["position"]
    if any(item.position == place for item in sheet.items):
        await rows(_ROOM, caller.user_id, sheet.id, place)
        await rows(_PLACE, place, caller.user_id, removed["id"])


async def _state(caller: Caller, item_id: int, status: str, plan: dict[str, Any]) -> None:
    text = orjson.dumps(plan).decode()
    await rows(_STATE, status, text, datetime.now(UTC), caller.user_id, item_id)


async def again(caller: Caller, sheet: Sheet) -> Sheet:
    """Count the change and read the sheet anew, with last time's numbers."""
    await touch(caller.user_id, sheet.id)
    found = await sheets.of_workout(caller.user_id, sheet.uuid, last=True)
    if found is None:
        raise not_found("Workout")
    return found
