"""Reading and arranging routines: each list in a constant number of statements."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from webapp.db import Row, row, rows
from webapp.models.routines import RoutineItem
from webapp.problems import conflict

_ROUTINE = (
    "SELECT r.id, r.uuid, r.user_id, r.name, r.description, r.estimated_minutes, r.tags, "
    "r.program, r.position, r.last_done_at, r.created_at, r.updated_at, "
    "l.uuid AS location_uuid, l.name AS location_name FROM routines r "
    "LEFT JOIN locations l ON l.id = r.location_id AND l.user_id = r.user_id "
    "WHERE r.user_id = ? AND r.deleted_at IS NULL "
)
_LISTED = _ROUTINE + "ORDER BY r.position, r.id"
_ONE = _ROUTINE + "AND r.uuid = ?"
# The exercise as it is now, and how this person does it, stand beside each line of the plan.
_ITEM = (
    "SELECT i.id, i.uuid, i.routine_id, r.uuid AS routine_uuid, i.position, i.kind, i.superset, "
    "i.sets, i.warm_up_sets, i.reps_min, i.reps_max, i.weight, i.weight_unit, "
    "i.duration_seconds, i.distance, i.distance_unit, i.speed_kmh, i.interval_seconds, "
    "i.rest_seconds, i.note, i.progression, i.created_at, i.updated_at, i.exercise_id, "
    "e.uuid AS exercise_uuid, COALESCE(e.name, i.exercise_name) AS name, "
    "COALESCE(e.muscle_group, 'other') AS muscle_group, "
    "COALESCE(e.body_part, 'other') AS body_part, COALESCE(e.modality, 'barbell') AS modality, "
    "COALESCE(e.implement, 'Bodyweight') AS implement, "
    "COALESCE(e.measure, 'duration') AS measure, COALESCE(e.load, 'none') AS load, "
    "e.primary_muscles, e.unilateral, e.increment_kg, e.increment_lb, "
    "e.rest_seconds AS exercise_rest_seconds, x.weight_unit AS setting_unit, "
    "x.increment AS setting_increment, x.rest_seconds AS setting_rest_seconds, "
    "x.bar_weight AS setting_bar, x.note AS setting_note "
    "FROM routine_items i JOIN routines r ON r.id = i.routine_id "
    "LEFT JOIN exercises e ON e.id = i.exercise_id "
    "LEFT JOIN exercise_settings x ON x.exercise_id = i.exercise_id AND x.user_id = i.user_id "
    "WHERE i.user_id = ? AND i.deleted_at IS NULL AND r.deleted_at IS NULL "
)
_ITEMS = _ITEM + "ORDER BY i.routine_id, i.position, i.id"
_ITEMS_OF = _ITEM + "AND r.uuid = ? ORDER BY i.position, i.id"
_ITEM_ONE = _ITEM + "AND i.uuid = ?"
_LAST_POSITION = {
    "routines": "SELECT COALESCE(MAX(position), -1) AS last FROM routines WHERE user_id = ?",
    "routine_items": "SELECT COALESCE(MAX(position), -1) AS last FROM routine_items "
    "WHERE user_id = ? AND routine_id = ?",
}
_PLACE = {
    "routines": "UPDATE routines SET position = ? WHERE id = ? AND user_id = ?",
    "routine_items": "UPDATE routine_items SET position = ? WHERE id = ? AND user_id = ?",
}


async def listed(user_id: int) -> Sequence[Row]:
    """A person's routines in their order: id, uuid, user_id, name, description,
    estimated_minutes, tags (JSON text), program, position, last_done_at, the two times, and where
    it happens (location_uuid, location_name; None: anywhere)."""
    return await rows(_LISTED, user_id)


async def items_by_routine(user_id: int) -> dict[int, list[Row]]:
    """The items of all a person's routines, by the routine's id; rows as in `routine_with_items`.
    One statement, however many there are."""
    found: dict[int, list[Row]] = {}
    for each in await rows(_ITEMS, user_id):
        found.setdefault(each["routine_id"], []).append(each)
    return found


async def routine_with_items(user_id: int, uuid: object) -> tuple[Row | None, Sequence[Row]]:
    """A routine and its items in order, in two statements; (None, []) when the person has none.

    The routine's row is as in `listed`. An item's: id, uuid, routine_id, routine_uuid, position,
    kind (exercise, rest, cardio), superset (items with one number belong together), sets,
    warm_up_sets, reps_min, reps_max, weight + weight_unit (text as entered), duration_seconds,
    distance + distance_unit, speed_kmh, interval_seconds, rest_seconds (None: as usual), note,
    progression (JSON text), the times; of its exercise exercise_id, exercise_uuid, name,
    muscle_group, body_part, modality, implement, measure, load, primary_muscles, unilateral,
    increment_kg, increment_lb, exercise_rest_seconds; and as the person does it setting_unit,
    setting_increment, setting_rest_seconds, setting_bar, setting_note (each may be None).
    """
    found = await routine(user_id, uuid)
    return found, (await rows(_ITEMS_OF, user_id, str(uuid)) if found is not None else [])


async def routine(user_id: int, uuid: object) -> Row | None:
    """One routine as in `listed`."""
    return await row(_ONE, user_id, str(uuid))


async def item(user_id: int, uuid: object) -> Row | None:
    """One item as in `routine_with_items`."""
    return await row(_ITEM_ONE, user_id, str(uuid))


def next_of(routines: Sequence[Row]) -> Row | None:
    """The routine whose turn it is: the one after the last done, among those of its program.

    Routines outside a program take turns with each other; when none was done, the first.
    """
    done = [each for each in routines if each["last_done_at"] is not None]
    if not done:
        return routines[0] if routines else None
    last = max(done, key=lambda each: str(each["last_done_at"]))
    circle = [each for each in routines if each["program"] == last["program"]]
    return circle[(circle.index(last) + 1) % len(circle)]


async def next_position(user_id: int, routine_id: int | None = None) -> int:
    """Where a new routine, or a new item of a routine, stands: at the end."""
    if routine_id is None:
        found = await row(_LAST_POSITION["routines"], user_id)
    else:
        found = await row(_LAST_POSITION["routine_items"], user_id, routine_id)
    last: int = found["last"] if found else -1
    return last + 1


async def arrange(table: str, user_id: int, now: Sequence[Row], wanted: Iterable[Any]) -> None:
    """Put rows of `table` (routines, routine_items) in the order of the wanted UUIDs.

    Those not named keep their order behind the others, and unknown UUIDs say nothing: a list
    from a page that is a little old does no harm.
    """
    places = {str(uuid): place for place, uuid in enumerate(wanted)}
    ordered = sorted(now, key=lambda each: places.get(str(each["uuid"]), len(places)))
    for place, each in enumerate(ordered):
        if each["position"] != place:
            await rows(_PLACE[table], place, each["id"], user_id)


def moved(now: Sequence[Row], uuid: object, by: int) -> list[str]:
    """The UUIDs of `now` with that one moved by so many places (kept within the list)."""
    order = [str(each["uuid"]) for each in now]
    at = order.index(str(uuid))
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    return order


async def group(user_id: int, items: Sequence[Row], uuid: object) -> None:
    """Make a superset of an item and the one above it. Raises Problem 409 without one."""
    pair = _pair(items, uuid)
    if pair is None:
        raise conflict("There is no exercise above to make a superset with")
    number = _superset_of(pair, items)
    for each in pair:
        await RoutineItem.change(user_id, each["uuid"], superset=number)


async def ungroup(user_id: int, items: Sequence[Row], uuid: object) -> None:
    """Take an item out of its superset."""
    for each, number in _taken_out(items, uuid).items():
        await RoutineItem.change(user_id, each, superset=number)


def _pair(items: Sequence[Row], uuid: object) -> tuple[Row, Row] | None:
    """An item and the one above it, when both are exercises."""
    for above, each in pairwise(items):
        if str(each["uuid"]) == str(uuid) and above["kind"] == each["kind"] == "exercise":
            return above, each
    return None


def _superset_of(pair: tuple[Row, Row], items: Sequence[Row]) -> int:
    """The number that makes a superset of two items: one of theirs, or a new one."""
    taken = [each["superset"] for each in items if each["superset"] is not None]
    above, below = pair[0]["superset"], pair[1]["superset"]
    known = above if above is not None else below
    return max(taken, default=0) + 1 if known is None else known


def _taken_out(items: Sequence[Row], uuid: object) -> dict[str, int | None]:
    """The new superset number of each item that changes when one leaves its superset: those
    behind it become a superset of their own when others stay before it."""
    at = next(place for place, each in enumerate(items) if str(each["uuid"]) == str(uuid))
    number = items[at]["superset"]
    before, behind = (
        [each for each in some if number is not None and each["superset"] == number]
        for some in (items[:at], items[at + 1 :])
    )
    fresh = max((each["superset"] or 0 for each in items), default=0) + 1
    changed: dict[str, int | None] = {str(each["uuid"]): fresh for each in behind if before}
    return {**changed, str(uuid): None}
