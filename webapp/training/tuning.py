"""How an exercise is done today: its note, rest and unit, warm-up sets, the timed rest."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from webapp.auth import Caller
from webapp.db import Row, row, rows
from webapp.ids import child, uuid7
from webapp.models.fields import grams
from webapp.problems import conflict
from webapp.training import resting
from webapp.training.change import Change
from webapp.training.changing_items import again
from webapp.training.changing_sets import find_item, seen_again
from webapp.training.equipment import ramp_of, unit_of
from webapp.training.last_time import remember
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.planning import warm_up_set
from webapp.training.plates import of_place
from webapp.training.prefill import converted
from webapp.training.storing import as_said, store_set, store_sets

_OWNED = (
    "SELECT u.plates, u.bars, l.plates AS place_plates, l.bars AS place_bars FROM users u "
    "LEFT JOIN workouts w ON w.id = (SELECT id FROM workouts WHERE user_id = u.id "
    "AND status = 'in_progress' AND deleted_at IS NULL ORDER BY id DESC LIMIT 1) "
    "LEFT JOIN locations l ON l.id = w.location_id AND l.user_id = u.id WHERE u.id = ?"
)
_WORDS = (
    "UPDATE workout_items SET note = ?, rest_seconds = ?, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND id = ?"
)
_LIKED = (
    "INSERT INTO exercise_settings (user_id, exercise_id, rest_seconds, weight_unit, "
    "is_favourite, is_hidden) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, exercise_id) "
    "DO UPDATE SET rest_seconds = COALESCE(excluded.rest_seconds, exercise_settings.rest_seconds), "
    "weight_unit = COALESCE(excluded.weight_unit, exercise_settings.weight_unit)"
)
_TAKEN = (
    "UPDATE workout_items SET status = 'finished', started_at = ?, ended_at = ?, "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)
_DROP_WARM_UPS = (
    "DELETE FROM workout_sets WHERE user_id = ? AND item_id = ? AND set_type = 'warm_up' "
    "AND completed_at IS NULL"
)
_PLACE = "UPDATE workout_sets SET position = ? WHERE user_id = ? AND id = ?"


async def edit_item(caller: Caller, item_uuid: UUID, said: dict[str, Any]) -> Sheet:
    """Change note, rest (seconds) and unit; rest and unit are remembered for the exercise.
    Problem 404."""
    sheet, item = await find_item(caller, item_uuid)
    note = said.get("note", item.note)
    rest = said.get("rest_seconds")
    rest = item.rest_seconds if rest is None else rest
    await rows(_WORDS, note, rest, datetime.now(UTC), caller.user_id, item.id)
    liked = (said.get("rest_seconds"), said.get("weight_unit"))
    if item.exercise_id is not None and liked != (None, None):
        await rows(_LIKED, caller.user_id, item.exercise_id, *liked, False, False)
    await _reword(caller, item, said.get("weight_unit"))
    return await again(caller, sheet)


async def _reword(caller: Caller, item: SheetItem, unit: str | None) -> None:
    """What waits to be logged is offered in the unit of the scale; what is done stays as it was."""
    for each in item.sets:
        if unit and each.weight and not each.is_done and each.weight_unit not in (None, unit):
            was = as_said(each)
            each.weight = converted(each.weight, each.weight_unit or unit, unit)
            each.weight_unit, each.weight_grams = unit, grams(each.weight, unit)
            await store_set(each, caller.user_id, was)


async def take_rest(caller: Caller, item_uuid: UUID, at: datetime) -> Change:
    """Start the timer of a timed rest (then) and mark it taken. Problem 404, 409."""
    sheet, item = await find_item(caller, item_uuid)
    if item.kind != "rest":
        raise conflict("Only a timed rest can be started", "Exercise")
    now = datetime.now(UTC)
    await rows(_TAKEN, at, at, now, caller.user_id, item.id)
    rest = item.rest_seconds or caller.default_rest_seconds
    await resting.set_rest(sheet, resting.begun(rest, at), now)
    return await seen_again(caller, sheet, item, None)


async def owned(caller: Caller) -> tuple[Any, Any]:
    """The plates and bars where the person trains now, else those of the account, as stored:
    {"kg": ...}; {} is the usual ones."""
    found = await row(_OWNED, caller.user_id)
    assert found is not None  # noqa: S101 - the caller exists
    return _there(found, "plates"), _there(found, "bars")


def _there(found: Row, what: str) -> Any:
    place = found[f"place_{what}"]
    return of_place(orjson.loads(found[what]), place and orjson.loads(place))


async def warm_up(caller: Caller, item_uuid: UUID, uuid: UUID | None = None) -> Sheet:
    """Put the warm-up sets before the working sets, in place of those not done yet; the same
    `uuid` again adds nothing. Problem 404, 409 while no working weight is known."""
    sheet, item = await find_item(caller, item_uuid)
    uuid = uuid or uuid7()
    if sheet.set(str(child(uuid, 1))):
        return await again(caller, sheet)
    await remember(sheet, [item])
    ramp = ramp_of(caller, item, (await owned(caller))[1])
    if not ramp:
        raise conflict("Enter the weight of a working set first", "Set")
    unit = unit_of(caller, item)
    kept = [each for each in item.sets if each.is_done and each.is_warm_up]
    working = [each for each in item.sets if not each.is_warm_up]
    await rows(_DROP_WARM_UPS, caller.user_id, item.id)
    await _place(caller, kept, 1)
    await _place(caller, working, len(kept) + len(ramp) + 1)
    made = [
        {
            **warm_up_set(item.exercise_id, each, unit),
            **{"item_id": item.id, "position": len(kept) + n, "uuid": child(uuid, n)},
        }
        for n, each in enumerate(ramp, 1)
    ]
    await store_sets(caller.user_id, sheet.id, made)
    return await again(caller, sheet)


async def _place(caller: Caller, sets: list[SheetSet], start: int) -> None:
    for position, each in enumerate(sets, start):
        await rows(_PLACE, position, caller.user_id, each.id)
