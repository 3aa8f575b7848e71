"""What a workout begins with: the drafts of a routine, of an earlier workout, or of a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.db import Row, row, rows
from webapp.ids import child
from webapp.models import mirrored
from webapp.problems import not_found
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet
from webapp.training.planning import Draft, of_earlier, of_routine_item, of_said
from webapp.training.progressing import advised
from webapp.training.progression import Advice

_ROUTINE = (
    "SELECT r.id, r.uuid, r.name, r.location_id, l.name AS location_name FROM routines r "
    "LEFT JOIN locations l ON l.id = r.location_id "
    "WHERE r.user_id = ? AND r.deleted_at IS NULL"
)
_IN_ORDER = " ORDER BY r.position, r.id"
_ITEMS = (
    "SELECT ri.*, e.name, e.muscle_group, e.body_part, e.modality, e.implement, e.measure, e.load, "
    "e.increment_kg, e.increment_lb, e.rest_seconds AS usual_rest, x.rest_seconds AS own_rest, "
    "x.weight_unit AS own_unit, x.increment AS own_increment, x.bar_weight AS own_bar "
    "FROM routine_items ri LEFT JOIN exercises e ON e.id = ri.exercise_id "
    "LEFT JOIN exercise_settings x ON x.exercise_id = ri.exercise_id AND x.user_id = ri.user_id "
    "WHERE ri.user_id = ? AND ri.deleted_at IS NULL"
)
_LINES = "SELECT id, uuid FROM routine_items WHERE user_id = ? AND deleted_at IS NULL"
_ITEMS_IN_ORDER = " ORDER BY ri.position, ri.id"


@dataclass(slots=True)
class Beginning:
    """A workout before it is stored: what it is called and comes from (columns), and its items.
    `routine_uuid` and `lines` (routine item's UUID by its id) name the routine to others."""

    named: dict[str, Any]
    drafts: list[Draft] = field(default_factory=list)
    routine_uuid: str | None = None
    lines: dict[int, str] = field(default_factory=dict)


async def of_routine(caller: Caller, which: UUID | int) -> Beginning:
    """The routine of that UUID or integer id as it is now. Problem 404."""
    by = (" AND r.id = ?", which) if isinstance(which, int) else (" AND r.uuid = ?", str(which))
    found = await row(_ROUTINE + by[0], caller.user_id, by[1])
    if found is None:
        raise not_found("Routine")
    mine = " AND ri.routine_id = ?" + _ITEMS_IN_ORDER
    items = await rows(_ITEMS + mine, caller.user_id, found["id"])
    return _of_routine(caller, found, items, await advised(caller, items))


async def of_routines(caller: Caller) -> list[Beginning]:
    """What a start would make of each routine, in their order; two statements, four where an
    item progresses."""
    found = await rows(_ROUTINE + _IN_ORDER, caller.user_id)
    told = await rows(_ITEMS + _ITEMS_IN_ORDER, caller.user_id)
    items: dict[int, list[Row]] = {}
    for each in told:
        items.setdefault(each["routine_id"], []).append(each)
    advice = await advised(caller, told)
    return [_of_routine(caller, each, items.get(each["id"], []), advice) for each in found]


def _of_routine(
    caller: Caller, found: Row, items: Sequence[Row], advice: Mapping[int, Advice]
) -> Beginning:
    named = {"name": found["name"], "routine_id": found["id"], "routine_name": found["name"]}
    named |= {"location_id": found["location_id"], "location_name": found["location_name"]}
    usual = (caller.weight_unit, caller.default_rest_seconds)
    drafts = [of_routine_item(item, *usual, advice.get(item["id"])) for item in items]
    lines = {each["id"]: str(each["uuid"]) for each in items}
    return Beginning(named, drafts, str(found["uuid"]), lines)


async def of_workout(caller: Caller, uuid: UUID) -> Beginning:
    """The earlier workout again, what was done as the plan. Problem 404."""
    earlier = await sheets.of_workout(caller.user_id, uuid)
    if earlier is None:
        raise not_found("Workout")
    return again(earlier)


def again(earlier: Sheet) -> Beginning:
    """The same of a sheet; pure."""
    same = ("name", "routine_id", "routine_name", "location_id", "location_name")
    items = [item for item in earlier.items if item.done or item.kind == "rest"]
    lines = {it.routine_item_id: it.routine_item_uuid for it in items}
    known = {id: uuid for id, uuid in lines.items() if id is not None and uuid is not None}
    named = {name: getattr(earlier, name) for name in same}
    return Beginning(named, [of_earlier(item) for item in items], earlier.routine_uuid, known)


async def as_said(caller: Caller, items: Sequence[Mapping[str, Any]]) -> list[Draft]:
    """The items of a workout that a phone has begun: as they were served to it (see
    contracts/edge/flow.PlannedItem), so that both mean the same by a UUID. An exercise or a line
    of the routine that is gone leaves its item as it was said. Two statements."""
    exercises = {str(e["uuid"]): e for e in await mirrored.by_uuids(caller.user_id, _named(items))}
    wanted = [each["routine_item_uuid"] for each in items if each["routine_item_uuid"]]
    sql = _LINES + f" AND uuid IN ({', '.join('?' * len(wanted))})"
    found = await rows(sql, caller.user_id, *map(str, wanted)) if wanted else ()
    lines = {str(each["uuid"]): each["id"] for each in found}
    return [of_said(each, exercises, lines) for each in items]


def _named(items: Sequence[Mapping[str, Any]]) -> list[str]:
    uuids = [uuid for it in items for uuid in (it["exercise_uuid"], it["plan"]["exercise_uuid"])]
    return sorted({str(uuid) for uuid in uuids if uuid})


def number(drafts: Sequence[Draft], uuid: UUID, first: int = 1) -> None:
    """Name what is made in order, an item and then its sets, by the UUID of the workout."""
    for draft in drafts:
        draft.item["uuid"] = child(uuid, first)
        number_sets(draft, uuid, first + 1)
        first += 1 + len(draft.sets)


def number_sets(draft: Draft, uuid: UUID, first: int = 1) -> None:
    """Name the sets of an item in order."""
    for n, each in enumerate(draft.sets, first):
        each["uuid"] = child(uuid, n)
