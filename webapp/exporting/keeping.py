"""What an exported account becomes here, all but its workouts."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from webapp.db import row, rows
from webapp.exporting.shapes import Catalogued, Exercise, Profile, Routine
from webapp.exporting.storing import Ids, insert, stored
from webapp.models import User
from webapp.models.fields import grams
from webapp.models.library import fold, search_text

Made = Counter[str]

_TABLES = ("workouts", "routines", "body_weights", "locations", "exercises", "exercise_settings")
_ANYTHING = " UNION ALL ".join(f"SELECT 1 FROM {t} WHERE user_id = ?" for t in _TABLES)  # noqa: S608
_IDS = {
    "exercise": "SELECT id, COALESCE(slug, CAST(uuid AS TEXT)) AS name FROM exercises "
    "WHERE user_id = ? OR user_id IS NULL",
    "location": "SELECT id, uuid AS name FROM locations WHERE user_id = ?",
    "routine": "SELECT id, uuid AS name FROM routines WHERE user_id = ?",
    "routine_item": "SELECT id, uuid AS name FROM routine_items WHERE user_id = ?",
}
_MERGE = "UPDATE exercises SET merged_into_id = ? WHERE user_id = ? AND id = ?"


async def keep_library(user_id: int, found: dict[str, list[Any]]) -> tuple[Made, Ids]:
    """Keep all but the workouts; how many are new, and what everything is called."""
    mine = {"user_id": user_id}
    if found["profile"] and await row(_ANYTHING, *[user_id] * len(_TABLES)) is None:
        await _profile(user_id, found["profile"][-1])
    places = await insert("locations", [stored(each, {}, **mine) for each in found["locations"]])
    new = await _exercises(user_id, found)
    ids = await _ids(user_id, found["catalogue"])
    await _merge(user_id, found["exercises"], new, ids)
    settings = [stored(each, ids, **mine) for each in found["exercise_settings"]]
    await insert("exercise_settings", _of_known(settings), key="exercise_id")
    aliases = [stored(each, ids, **mine) for each in found["aliases"]]
    await insert("exercise_aliases", _of_known(aliases), key="name_key")
    routines = await _routines(user_id, found["routines"], ids)
    weights = [
        stored(each, ids, **mine, weight_grams=grams(each.weight, each.weight_unit))
        for each in found["body_weights"]
    ]
    counts = {"exercises": len(new), "locations": len(places), "routines": len(routines)}
    counts["body weights"] = len(await insert("body_weights", weights))
    return Counter(counts), await _ids(user_id, found["catalogue"])


async def _profile(user_id: int, profile: Profile) -> None:
    """An account with nothing in it takes the settings over, too."""
    await User.filter(id=user_id).update(**profile.model_dump())


def _of_known(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in lines if each["exercise_id"] is not None]


async def _ids(user_id: int, catalogue: list[Catalogued]) -> Ids:
    ids = {
        what: {str(each["name"]): each["id"] for each in await rows(sql, user_id)}
        for what, sql in _IDS.items()
    }
    known = ids["exercise"]
    for each in catalogue:
        if each.slug not in known and str(_uuid(each)) in known:
            known[each.slug] = known[str(_uuid(each))]
    return {**ids, "merged_into": known}


def _uuid(exercise: Catalogued) -> UUID:
    """The UUID of one's own copy of an exercise that the catalogue here does not have."""
    return uuid5(NAMESPACE_URL, f"setlog:exercise:{exercise.slug}")


async def _exercises(user_id: int, found: dict[str, list[Any]]) -> dict[str, int]:
    ids = await _ids(user_id, [])
    strange = [each for each in found["catalogue"] if each.slug not in ids["exercise"]]
    lines = [
        stored(
            each,
            ids,
            user_id=user_id,
            name_key=fold(each.name)[:400],
            search_text=search_text(each.name, each.aliases),
        )
        for each in [*found["exercises"], *map(_own, strange)]
    ]
    return await insert("exercises", lines)


def _own(exercise: Catalogued) -> Exercise:
    said = exercise.model_dump(exclude={"slug"})
    return Exercise(uuid=_uuid(exercise), created_at=datetime.now(UTC), **said)


async def _merge(user_id: int, said: list[Exercise], new: dict[str, int], ids: Ids) -> None:
    """Name what new exercises were merged into, now that all are there."""
    for each in said:
        target = ids["exercise"].get(each.merged_into or "")
        if target is not None and str(each.uuid) in new:
            await rows(_MERGE, target, user_id, new[str(each.uuid)])


async def _routines(user_id: int, said: list[Routine], ids: Ids) -> dict[str, int]:
    made = await insert("routines", [stored(each, ids, user_id=user_id) for each in said])
    items = [
        stored(item, ids, user_id=user_id, routine_id=made[str(each.uuid)])
        for each in said
        if str(each.uuid) in made
        for item in each.items
    ]
    await insert("routine_items", items)
    return made
