"""A workout as the phone mirrors it: the names and values of training/lines.py, without integer
ids and without what is null."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.contracts.edge.base import NUMBERS, PLANNED, SET, instant, known, parts
from webapp.db import moment
from webapp.training.changing_items import REMOVED as REMOVED_ITEM
from webapp.training.changing_sets import REMOVED as REMOVED_SETS
from webapp.training.lines import PastSet, Sheet, SheetItem, SheetSet

_SHEET = (
    *("uuid", "routine_uuid", "routine_name", "name", "status", "started_at", "ended_at"),
    *("local_date", "notes", "rating", "location_name", "rest_started_at", "rest_ends_at"),
    *("rest_left_seconds", "version"),
)
_ITEM = (
    *("uuid", "position", "kind", "exercise_uuid", "exercise_name", "muscle_group", "body_part"),
    *("modality", "implement", "measure", "load", "superset", "status", "rest_seconds", "note"),
    *("version", "routine_item_uuid", "exercise_increment_kg", "exercise_increment_lb"),
    *("weight_unit", "increment", "bar_weight"),
)
_IDS = ("exercise_id", REMOVED_SETS, REMOVED_ITEM)  # keys of a plan that hold integer ids

Uuids = Mapping[int, str]  # of exercises, by their integer ids


def sheet(of: Sheet, removed: Sequence[SheetItem], uuids: Uuids) -> dict[str, Any]:
    """{…, items, removed?}: a workout; `removed` are the items that can be taken back."""
    gone = [item(each, uuids) for each in removed]
    said = {**parts(of, _SHEET), "items": [item(each, uuids) for each in of.items]}
    return {**said, "removed": gone} if gone else said


def item(of: SheetItem, uuids: Uuids) -> dict[str, Any]:
    """{…, plan, sets, last}: an item with its sets; a removed one as it was before."""
    kept = of.plan.get(REMOVED_ITEM)
    said = {**parts(of, _ITEM), "plan": plan(of.plan, uuids), "last": [past(p) for p in of.last]}
    if kept is None:
        return {**said, "sets": [set_(each) for each in of.sets]}
    return {**said, "status": kept["status"], "sets": [_stored(each) for each in kept["sets"]]}


def set_(of: SheetSet) -> dict[str, Any]:
    """A set, planned, done or both."""
    return parts(of, SET)


def past(of: PastSet) -> dict[str, Any]:
    """A set of last time."""
    return parts(of, NUMBERS)


def plan(of: Mapping[str, Any], uuids: Uuids) -> dict[str, Any]:
    """What was planned: `exercise_uuid` stands for the id, `removed_sets` are worded as sets."""
    said = known({name: value for name, value in of.items() if name not in _IDS})
    said |= known({"exercise_uuid": uuids.get(of.get("exercise_id") or 0)})
    gone = [_stored(each) for each in of.get(REMOVED_SETS, ())]
    return {**said, REMOVED_SETS: gone} if gone else said


def _stored(row: Mapping[str, Any]) -> dict[str, Any]:
    """A set that was kept as its row."""
    said = known({name: row.get(name) for name in SET})
    done = moment(row["completed_at"])
    return {**said, "completed_at": instant(done)} if done else said


def planned(row: Mapping[str, Any], position: int) -> dict[str, Any]:
    """A set that is not stored yet."""
    return known({name: {**row, "position": position}[name] for name in PLANNED})


def drafted(row: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """An item that is not stored yet; `more` is what a sheet joins to it."""
    both = {**row, **more}
    return known({name: both.get(name) for name in _ITEM if name not in ("uuid", "version")})
