"""Exercise executions as `executions` documents them: replaced whole or changed bit by bit, in a
workout that is not finished."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import row, rows
from webapp.db.marks import marks
from webapp.db.turns import alone
from webapp.history import changing
from webapp.models.fields import grams, plain
from webapp.models.shelf import usable
from webapp.problems import Problem, conflict, not_found
from webapp.training import changing_items, changing_sets, finishing, logging
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.ordering import exercise_of, moved, orders, positions, without
from webapp.training.planning import of_exercise, planned_set
from webapp.training.storing import store, store_sets, touch

_NOTE = (
    "UPDATE workout_items SET note = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_OTHER_NOTES = (
    "UPDATE workout_items SET note = NULL WHERE user_id = ? AND workout_id = ? "
    "AND exercise_id = ? AND id <> ? AND status <> 'removed'"
)
_NO_SETS = "DELETE FROM workout_sets WHERE user_id = ? AND workout_id = ? AND exercise_id = ?"
_NO_OTHERS = (
    "DELETE FROM workout_items WHERE user_id = ? AND workout_id = ? AND kind = 'exercise' "
    "AND exercise_id = ? AND id <> ?"
)
_PLACE = (
    "UPDATE workout_items SET position = CASE id %s END, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id IN (%s)"
)
_TO = "WHEN CAST(? AS BIGINT) THEN CAST(? AS INTEGER)"


async def find(caller: Caller, id: int) -> Sheet:
    """The workout, which others cannot change meanwhile. Problem 404."""
    # A lock taken by the read itself would still show the exercises as they were before it.
    await alone(caller.user_id)
    sheet = await sheets.by_id(caller.user_id, id, lock=True)
    if sheet is None:
        raise not_found("Workout")
    return sheet


async def _open(caller: Caller, id: int) -> Sheet:
    sheet = await find(caller, id)
    if not sheet.is_running:
        raise Problem(400, "Not allowed: cannot modify finished workout")
    return sheet


def _items(sheet: Sheet, exercise_id: int) -> list[SheetItem]:
    return [item for item in sheet.items if exercise_of(item) == exercise_id]


async def _execution(caller: Caller, id: int, exercise_id: int) -> tuple[Sheet, list[SheetItem]]:
    sheet = await _open(caller, id)
    items = _items(sheet, exercise_id)
    if not items:
        raise not_found("Exercise execution")
    return sheet, items


async def finish(caller: Caller, id: int) -> None:
    """Finish the workout, with whatever is in it. Problem 404, 400 when it is already."""
    sheet = await find(caller, id)
    if not sheet.is_running:
        raise Problem(400, "The workout is already finished")
    await finishing.finish(caller, uuid=UUID(sheet.uuid), untouched="keep")


async def delete(caller: Caller, id: int) -> None:
    """Put the workout into the trash, in progress or finished. Problem 404."""
    sheet = await find(caller, id)
    await changing.trash(caller.user_id, UUID(sheet.uuid), running=True)


async def replace(caller: Caller, id: int, exercise_id: int, said: Mapping[str, Any]) -> None:
    """Make the execution of the exercise what is said (`order`, `note`, `sets`), whether it was
    in the workout or not. Problem 404, 403 for another person's exercise, 400."""
    sheet = await _open(caller, id)
    found = _items(sheet, exercise_id)
    item_id = found[0].id if found else await _begin(caller, sheet, exercise_id)
    place = (caller.user_id, sheet.id, exercise_id)
    await rows(_NO_SETS, *place)
    await rows(_NO_OTHERS, *place, item_id)
    await _note(caller, sheet, exercise_id, item_id, said["note"])
    now = datetime.now(UTC)
    made = [_done(exercise_id, each, now) for each in said["sets"]]
    placed = [{**each, "item_id": item_id, "position": n} for n, each in enumerate(made, 1)]
    await store_sets(caller.user_id, sheet.id, placed)
    await _place(caller, await find(caller, id), exercise_id, said["order"])
    await touch(caller.user_id, sheet.id)


async def _begin(caller: Caller, sheet: Sheet, exercise_id: int) -> int:
    """Put the exercise at the end of the workout; its item."""
    exercise = await usable(caller.user_id, exercise_id)
    if len(sheet.items) >= changing_items.MOST_ITEMS:
        raise conflict("There can be no more exercises in a workout", "Exercise")
    rests = (exercise["own_rest"], exercise["rest_seconds"], caller.default_rest_seconds)
    rest = next(each for each in rests if each is not None)
    draft = of_exercise(exercise, rest, 0)
    last = max((item.position for item in sheet.items), default=0)
    await store(caller.user_id, sheet.id, [draft], last + 1)
    return await _id_of(caller, draft.item["uuid"])


async def _id_of(caller: Caller, uuid: UUID) -> int:
    sql = "SELECT id FROM workout_items WHERE user_id = ? AND uuid = ?"
    found = await row(sql, caller.user_id, str(uuid))
    assert found is not None  # noqa: S101 - it was just stored
    id: int = found["id"]
    return id


def _done(exercise_id: int, said: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A set that was done now, as a row."""
    weight = plain(said["weight"]) if said.get("weight") is not None else None
    unit = said["weight_unit"] if weight is not None else None
    return planned_set(exercise_id) | {
        "reps": said["reps"],
        "forced_reps": said.get("forced_reps"),
        "weight": weight,
        "weight_unit": unit,
        "weight_grams": grams(weight, unit),
        "notes": said.get("notes"),
        "completed_at": now,
        "created_at": now,
        "updated_at": now,
    }


async def _note(
    caller: Caller, sheet: Sheet, exercise_id: int, item_id: int, note: str | None
) -> None:
    await rows(_NOTE, note, datetime.now(UTC), caller.user_id, item_id)
    await rows(_OTHER_NOTES, caller.user_id, sheet.id, exercise_id, item_id)


async def edit(caller: Caller, id: int, exercise_id: int, said: Mapping[str, Any]) -> None:
    """Change `note` and `order` of an execution; what is not said stays. Problem 404, 400."""
    sheet, items = await _execution(caller, id, exercise_id)
    if "note" in said:
        await _note(caller, sheet, exercise_id, items[0].id, said["note"])
    if "order" in said:
        await _place(caller, sheet, exercise_id, said["order"])
    await touch(caller.user_id, sheet.id)


async def remove(caller: Caller, id: int, exercise_id: int) -> None:
    """Remove the exercise from the workout, with its sets. Problem 404, 400."""
    sheet, items = await _execution(caller, id, exercise_id)
    wanted = without(_orders(sheet), exercise_id)
    for item in items:
        await changing_items.remove_item(caller, UUID(item.uuid))
    sheet.items = [item for item in sheet.items if item not in items]
    await _arrange(caller, sheet, wanted)


async def reorder(caller: Caller, id: int, exercise_ids: list[int]) -> None:
    """Bring the exercises of the workout, all of them, into this order. Problem 404, 400."""
    sheet = await _open(caller, id)
    if sorted(exercise_ids) != sorted(_orders(sheet)):
        text = "Exercise ids mismatch: name every exercise of the workout exactly once"
        raise Problem(400, text)
    await _arrange(caller, sheet, {each: n for n, each in enumerate(exercise_ids, 1)})
    await touch(caller.user_id, sheet.id)


def _orders(sheet: Sheet) -> dict[int, int]:
    return orders([(exercise_of(item), item.position) for item in sheet.items])


async def _place(caller: Caller, sheet: Sheet, exercise_id: int, order: int | None) -> None:
    await _arrange(caller, sheet, moved(_orders(sheet), exercise_id, order))


async def _arrange(caller: Caller, sheet: Sheet, wanted: Mapping[int, int]) -> None:
    placed = positions(sheet.items, wanted)
    new = {item.id: placed[item.id] for item in sheet.items if placed[item.id] != item.position}
    if not new:
        return
    sql = _PLACE % (" ".join([_TO] * len(new)), marks(new))
    pairs = (number for pair in new.items() for number in pair)
    await rows(sql, *pairs, datetime.now(UTC), caller.user_id, *new)


async def add_set(caller: Caller, id: int, exercise_id: int, said: Mapping[str, Any]) -> int:
    """Log a set: the next one planned, else one more. Returns its id. Problem 404, 400."""
    sheet, items = await _execution(caller, id, exercise_id)
    planned = next((each for item in items for each in item.sets if not each.is_done), None)
    uuid = planned.uuid if planned else await _one_more(caller, sheet, items[-1])
    unsaid = dict.fromkeys(("weight", "forced_reps", "notes", "duration_seconds", "distance"))
    logged = await logging.log(
        caller, UUID(uuid), {**unsaid, **said}, datetime.now(UTC), is_checked=True
    )
    assert logged.set is not None  # noqa: S101 - it was just logged
    return logged.set.id


async def _one_more(caller: Caller, sheet: Sheet, item: SheetItem) -> str:
    if len(item.sets) >= changing_sets.MOST_SETS:
        raise conflict("There can be no more sets here", "Set")
    position = max((each.position for each in item.sets), default=0) + 1
    made = planned_set(item.exercise_id) | {"item_id": item.id, "position": position}
    await store_sets(caller.user_id, sheet.id, [made])
    return str(made["uuid"])


async def edit_set(
    caller: Caller, id: int, exercise_id: int, set_id: int, said: Mapping[str, Any]
) -> None:
    """Change what is said of a set that was done. Problem 404, 400."""
    each = await _set(caller, id, exercise_id, set_id)
    await logging.edit(caller, UUID(each.uuid), dict(said), is_checked=True)


async def remove_set(caller: Caller, id: int, exercise_id: int, set_id: int) -> None:
    """Remove a set that was done; those after it move up. Problem 404, 400."""
    each = await _set(caller, id, exercise_id, set_id)
    await changing_sets.remove_set(caller, UUID(each.uuid))


async def _set(caller: Caller, id: int, exercise_id: int, set_id: int) -> SheetSet:
    sheet, items = await _execution(caller, id, exercise_id)
    each = next((each for each in sheet.sets if each.id == set_id and each.is_done), None)
    if each is None:
        raise not_found("Set")
    if each.item_id not in [item.id for item in items]:
        raise Problem(400, "Exercise mismatch: the set is of another exercise")
    return each
