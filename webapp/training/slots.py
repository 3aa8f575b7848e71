"""Sets by the slot they stand in, as the document `routines` has them: add, change, remove.

A slot is an item of the workout, numbered by its position. A rest has no set of its own: what
stands for it is its item, under a number no set has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import rows
from webapp.ids import uuid7
from webapp.models import library
from webapp.models.others import absent
from webapp.problems import conflict, not_found
from webapp.training import changing_items, changing_sets
from webapp.training.lines import DONE, Sheet, SheetItem, SheetSet
from webapp.training.planning import Draft, of_block, of_exercise, planned_set
from webapp.training.slot_columns import of_rest, of_set
from webapp.training.storing import insert, store, touch

# Item ids follow from here: far above any set's, and JavaScript still counts them exactly.
RESTS = 4_000_000_000_000_000
NUMBERS = (
    *("planned_reps", "planned_weight", "planned_weight_unit", "planned_seconds", "reps"),
    *("weight", "weight_unit", "duration_seconds", "distance", "distance_unit", "rpe"),
    *("notes", "completed_at"),
)

_ITEM_ID = "SELECT id FROM workout_items WHERE user_id = ? AND uuid = ?"
_SHIFT = (
    "UPDATE workout_sets SET position = position + ? "
    "WHERE user_id = ? AND item_id = ? AND position >= ?"
)


@dataclass(slots=True)
class Placed:
    """A set with the slot it stands in: `order` is the slot, `position` its number there."""

    id: int
    workout_id: int
    kind: str
    order: int
    exercise_id: int | None
    exercise_name: str
    position: int
    planned_reps: int | None = None
    planned_weight: str | None = None
    planned_weight_unit: str | None = None
    planned_seconds: int | None = None
    reps: int | None = None
    weight: str | None = None
    weight_unit: str | None = None
    duration_seconds: str | None = None
    distance: str | None = None
    distance_unit: str | None = None
    rpe: str | None = None
    notes: str | None = None
    completed_at: datetime | None = None


def slots(sheet: Sheet) -> Iterable[list[Placed]]:
    """The workout's slots in order, each with its sets; exercises without any are no slot."""
    for item in sheet.items:
        sets = [_placed(sheet, item, each) for each in item.sets]
        if item.kind == "rest":
            yield [_rest(sheet, item)]
        elif sets:
            yield sets


def _placed(sheet: Sheet, item: SheetItem, each: SheetSet) -> Placed:
    numbers = [getattr(each, name) for name in NUMBERS]
    return Placed(each.id, sheet.id, *_place(item), each.position, *numbers)


def _place(item: SheetItem) -> tuple[str, int, int | None, str]:
    return item.kind, item.position, item.exercise_id, item.exercise_name


def _rest(sheet: Sheet, item: SheetItem) -> Placed:
    return Placed(
        RESTS + item.id,
        sheet.id,
        *_place(item),
        position=1,
        planned_seconds=item.rest_seconds,
        duration_seconds=str(item.rest_seconds or 0),
        notes=item.note,
        completed_at=item.ended_at if item.status in DONE else None,
    )


def find(sheet: Sheet, id: int) -> Placed:
    """The set (or rest) of that number in the workout. Raises Problem 404."""
    found = (each for sets in slots(sheet) for each in sets if each.id == id)
    placed = next(found, None)
    if placed is None:
        raise not_found("Set")
    return placed


async def add(caller: Caller, sheet: Sheet, said: dict[str, Any]) -> int:
    """Put a set into a slot, which is made when there is none; the set's number.

    `said`: kind, and any of exercise_id, exercise_name, order, number and what `change` takes.
    Raises Problem 404, 403 (exercise), 409 when something else stands in the slot.
    """
    item = _slot(sheet, said)
    if item is not None and said["kind"] == "rest":
        raise conflict(f"Slot {item.position} has its rest already", "Set")
    place = item.id if item else await _made(caller, sheet, said)
    if said["kind"] == "rest":
        await _write(caller, "workout_items", place, of_rest({"duration_seconds": 0, **said}))
        id = RESTS + place
    else:
        id = await _insert(caller, sheet, item, place, said)
    await touch(caller.user_id, sheet.id)
    return id


def _slot(sheet: Sheet, said: dict[str, Any]) -> SheetItem | None:
    """The slot that is meant: of that order, or the last one of the exercise."""
    order = said.get("order")
    alike = [item for item in sheet.items if _is_of(item, said)]
    if order is None:
        return alike[-1] if alike and said["kind"] == "exercise" else None
    here = [item for item in sheet.items if item.position == order]
    fitting = [item for item in here if item in alike]
    if here and not fitting:
        raise conflict(f"Slot {order} has something else: {here[0].exercise_name}", "Set")
    return fitting[0] if fitting else None


def _is_of(item: SheetItem, said: dict[str, Any]) -> bool:
    is_exercise = item.kind == "exercise"
    return item.kind == said["kind"] and (
        not is_exercise or item.exercise_id == said["exercise_id"]
    )


async def _made(caller: Caller, sheet: Sheet, said: dict[str, Any]) -> int:
    """The id of a new item without sets."""
    if len(sheet.items) >= changing_items.MOST_ITEMS:
        raise conflict("There can be no more slots in a session", "Set")
    draft = await _draft(caller, said)
    last = max((item.position for item in sheet.items), default=0)
    order = said.get("order")
    await store(caller.user_id, sheet.id, [draft], last + 1 if order is None else order)
    found = await rows(_ITEM_ID, caller.user_id, str(draft.item["uuid"]))
    id: int = found[0]["id"]
    return id


async def _draft(caller: Caller, said: dict[str, Any]) -> Draft:
    if said["kind"] != "exercise":
        name = said.get("exercise_name") or said["kind"].title()
        return of_block(said["kind"], name)
    exercise = await library.by_id(caller.user_id, said["exercise_id"])
    if exercise is None:
        raise await absent("exercises", caller.user_id, said["exercise_id"], "Exercise")
    own = await library.setting(caller.user_id, exercise["id"])
    wishes = (own and own["rest_seconds"], exercise["rest_seconds"], caller.default_rest_seconds)
    rest = next(wish for wish in wishes if wish is not None)
    named = {**dict(exercise), "name": said.get("exercise_name") or exercise["name"]}
    return of_exercise(named, rest, sets=0)


async def _insert(
    caller: Caller, sheet: Sheet, item: SheetItem | None, place: int, said: dict[str, Any]
) -> int:
    sets = item.sets if item else []
    if len(sets) >= changing_sets.MOST_SETS:
        raise conflict("There can be no more sets in this slot", "Set")
    number = said.get("number") or max((each.position for each in sets), default=0) + 1
    if any(each.position == number for each in sets):
        await rows(_SHIFT, 1, caller.user_id, place, number)
    owner = {"user_id": caller.user_id, "workout_id": sheet.id, "item_id": place}
    exercise = item.exercise_id if item else said.get("exercise_id")
    blank = planned_set(exercise, uuid=uuid7(), position=number, **owner)
    made = await insert("workout_sets", [blank | of_set(said, None)])
    id: int = made[0]["id"]
    return id


async def change(caller: Caller, sheet: Sheet, placed: Placed, said: dict[str, Any]) -> None:
    """Change what is said of a set; absent stays.

    `said`: planned_reps, planned_weight, reps, weight (kg), duration_seconds, distance (km), rpe,
    notes, completed_at, number. Reps without a moment are done now; a set whose moment or reps
    are taken away is not done.
    """
    if placed.id >= RESTS:
        await _write(caller, "workout_items", placed.id - RESTS, of_rest(said))
    else:
        columns = of_set(said, placed)
        if said.get("number") is not None:
            columns["position"] = await _moved(caller, sheet, placed, said["number"])
        await _write(caller, "workout_sets", placed.id, columns)
    await touch(caller.user_id, sheet.id)


async def _moved(caller: Caller, sheet: Sheet, placed: Placed, number: int) -> int:
    """Make room for the set at another number of its slot."""
    item = next(item for item in sheet.items for each in item.sets if each.id == placed.id)
    await rows(_SHIFT, -1, caller.user_id, item.id, placed.position + 1)
    await rows(_SHIFT, 1, caller.user_id, item.id, number)
    return number


async def remove(caller: Caller, sheet: Sheet, placed: Placed) -> None:
    """Remove a set, and with its last one the slot; people can take it back."""
    for item in sheet.items:
        if placed.id == RESTS + item.id or [each.id for each in item.sets] == [placed.id]:
            await changing_items.remove_item(caller, UUID(item.uuid))
            return
    uuid = next(each.uuid for each in sheet.sets if each.id == placed.id)
    await changing_sets.remove_set(caller, UUID(uuid))


async def _write(caller: Caller, table: str, id: int, columns: dict[str, Any]) -> None:
    if not columns:
        return
    now = {**columns, "updated_at": datetime.now(UTC)}
    names = ", ".join(f"{name} = ?" for name in now)
    sql = f"UPDATE {table} SET {names}, version = version + 1 WHERE user_id = ? AND id = ?"  # noqa: S608
    await rows(sql, *now.values(), caller.user_id, id)
