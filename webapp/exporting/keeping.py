"""What an exported account becomes here, all but its workouts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from webapp.db import row, rows
from webapp.exporting.shapes import Catalogued, Exercise, Profile, Routine
from webapp.exporting.storing import Ids, insert, stored
from webapp.models import User
from webapp.models.fields import grams
from webapp.models.library import fold, search_text


@dataclass(slots=True)
class Kept:
    """What was made: ids by table, and the person's settings before and after."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


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


async def keep_library(user_id: int, found: Mapping[str, list[Any]]) -> Kept:
    """Keep all but the workouts, by section."""
    mine, kept = {"user_id": user_id}, Kept()
    if found["profile"] and await row(_ANYTHING, *[user_id] * len(_TABLES)) is None:
        await _profile(user_id, found["profile"][-1], kept)

    async def keep(table: str, lines: Any, key: str = "uuid") -> dict[str, int]:
        made = await insert(table, lines, key)
        kept.ids[table] = list(made.values())
        return made

    await keep("locations", [stored(each, {}, **mine) for each in found["locations"]])
    new = await keep("exercises", await _exercises(user_id, found))
    ids = await ids_of(user_id, _slugs(found["catalogue"]))
    await _merge(user_id, found["exercises"], new, ids)
    settings = [stored(each, ids, **mine) for each in found["exercise_settings"]]
    await keep("exercise_settings", _of_known(settings), "exercise_id")
    aliases = [stored(each, ids, **mine) for each in found["aliases"]]
    await keep("exercise_aliases", _of_known(aliases), "name_key")
    routines = await keep("routines", [stored(each, ids, **mine) for each in found["routines"]])
    await _routine_items(user_id, found["routines"], routines, ids)
    weights = [
        stored(each, ids, **mine, weight_grams=grams(each.weight, each.weight_unit))
        for each in found["body_weights"]
    ]
    await keep("body_weights", weights)
    return kept


async def _profile(user_id: int, profile: Profile, kept: Kept) -> None:
    """An account with nothing in it takes the settings over, too."""
    said = profile.model_dump()
    person = await User.get(id=user_id)
    kept.before, kept.after = {name: getattr(person, name) for name in said}, said
    await User.filter(id=user_id).update(**said)


def _slugs(catalogue: Iterable[Catalogued]) -> list[str]:
    return [each.slug for each in catalogue]


def _of_known(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in lines if each["exercise_id"] is not None]


async def ids_of(user_id: int, slugs: Iterable[str]) -> Ids:
    """What everything is called here, with exercises of the catalogue by these slugs."""
    ids = {
        what: {str(each["name"]): each["id"] for each in await rows(sql, user_id)}
        for what, sql in _IDS.items()
    }
    known = ids["exercise"]
    for slug in slugs:
        if slug not in known and str(uuid_of(slug)) in known:
            known[slug] = known[str(uuid_of(slug))]
    return {**ids, "merged_into": known}


def uuid_of(slug: str) -> UUID:
    """The UUID of one's own copy of an exercise that the catalogue here does not have."""
    return uuid5(NAMESPACE_URL, f"setlog:exercise:{slug}")


async def _exercises(user_id: int, found: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """The columns of one's own exercises, and of those that the catalogue here does not have."""
    ids = await ids_of(user_id, ())
    strange = [each for each in found["catalogue"] if each.slug not in ids["exercise"]]
    return [
        stored(
            each,
            ids,
            user_id=user_id,
            name_key=fold(each.name)[:400],
            search_text=search_text(each.name, each.aliases),
        )
        for each in [*found["exercises"], *map(_own, strange)]
    ]


def _own(exercise: Catalogued) -> Exercise:
    said = exercise.model_dump(exclude={"slug"})
    return Exercise(uuid=uuid_of(exercise.slug), created_at=datetime.now(UTC), **said)


async def _merge(user_id: int, said: list[Exercise], new: dict[str, int], ids: Ids) -> None:
    """Name what new exercises were merged into, now that all are there."""
    for each in said:
        target = ids["exercise"].get(each.merged_into or "")
        if target is not None and str(each.uuid) in new:
            await rows(_MERGE, target, user_id, new[str(each.uuid)])


async def _routine_items(
    user_id: int, said: list[Routine], made: Mapping[str, int], ids: Ids
) -> None:
    """Keep the lines of the routines that are new."""
    items = [
        stored(item, ids, user_id=user_id, routine_id=made[str(each.uuid)])
        for each in said
        if str(each.uuid) in made
        for item in each.items
    ]
    await insert("routine_items", items)
