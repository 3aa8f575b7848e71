"""What a phone knows: the exercises, all it may choose from and those it names; the plates."""

from collections.abc import Sequence
from typing import Any

import orjson

from webapp.db import Row, row, rows

_COLUMNS = (
    "e.id, e.uuid, e.user_id, e.name, e.aliases, e.search_text, e.muscle_group, e.body_part, "
    "e.modality, e.implement, e.measure, e.load, e.primary_muscles, e.increment_kg, "
    "e.increment_lb, e.rest_seconds"
)
_WHOLE = (
    f"SELECT {_COLUMNS}, x.rest_seconds AS own_rest_seconds, x.weight_unit AS own_weight_unit, "  # noqa: S608
    "x.increment AS own_increment, x.bar_weight AS own_bar_weight, "
    "CASE WHEN e.archived_at IS NULL AND e.merged_into_id IS NULL "
    "AND (x.is_hidden IS NULL OR x.is_hidden = ?) THEN 0 ELSE 1 END AS is_off FROM exercises e "
    "LEFT JOIN exercise_settings x ON x.exercise_id = e.id AND x.user_id = ? "
    "WHERE e.user_id = ? OR e.user_id IS NULL "
    "ORDER BY CASE WHEN e.user_id IS NULL THEN 1 ELSE 0 END, e.name_key, e.id"
)
_OWNED = "SELECT plates, bars FROM users WHERE id = ?"
_PLACES = (
    "SELECT name, plates, bars FROM locations WHERE user_id = ? "
    "AND (plates IS NOT NULL OR bars IS NOT NULL) ORDER BY id"
)
_CALLED = "SELECT exercise_id, name_key FROM exercise_aliases WHERE user_id = ? ORDER BY id"
_THESE = f"SELECT {_COLUMNS} FROM exercises e WHERE (e.user_id = ? OR e.user_id IS NULL) AND e."  # noqa: S608


async def whole(user_id: int) -> Sequence[Row]:
    """Every exercise a person may have in a workout, in the order of a search without words:
    columns of the exercise, `is_off` (1: not offered), and as the person does it
    own_rest_seconds, own_weight_unit, own_increment, own_bar_weight."""
    return await rows(_WHOLE, False, user_id, user_id)


async def called(user_id: int) -> dict[int, list[str]]:
    """What the person's imports and merges call an exercise, by its id, as a search looks at it:
    " barbell row"."""
    found: dict[int, list[str]] = {}
    for each in await rows(_CALLED, user_id):
        name = " " + each["name_key"].replace("-", " ")
        found.setdefault(each["exercise_id"], []).append(name)
    return found


async def by_uuids(user_id: int, uuids: Sequence[str]) -> Sequence[Row]:
    """These exercises, as far as the person may use them; at most one statement."""
    return await rows(_THESE + _among("uuid", uuids), user_id, *uuids) if uuids else ()


async def by_ids(user_id: int, ids: Sequence[int]) -> Sequence[Row]:
    """The same by their integer ids."""
    return await rows(_THESE + _among("id", ids), user_id, *ids) if ids else ()


def _among(column: str, values: Sequence[object]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


async def owned(user_id: int) -> dict[str, Any]:
    """{plates, bars, places: {name: {plates?, bars?}}}: of the account, and of the places that
    have their own, each as stored."""
    mine = await row(_OWNED, user_id)
    assert mine is not None  # noqa: S101 - the caller exists
    places = {each["name"]: _stored(each) for each in await rows(_PLACES, user_id)}
    return {"plates": {}, "bars": {}, **_stored(mine), "places": places}


def _stored(found: Row) -> dict[str, Any]:
    told = {what: found[what] and orjson.loads(found[what]) for what in ("plates", "bars")}
    return {what: each for what, each in told.items() if each}
