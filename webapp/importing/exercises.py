"""The exercises a person can use, by the names that mean them."""

from collections.abc import Collection
from typing import Any

import orjson

from webapp.db import Row, rows
from webapp.db.marks import marks
from webapp.importing.names import Known, Library

_USABLE = (
    "SELECT e.id, e.uuid, e.user_id, e.name, e.aliases, e.muscle_group, e.implement, "
    "e.archived_at, e.merged_into_id FROM exercises e WHERE e.user_id = ? OR e.user_id IS NULL"
)
_REMEMBERED = "SELECT name_key, exercise_id FROM exercise_aliases WHERE user_id = ?"
_SNAPSHOTS = (
    "SELECT e.id, e.uuid, e.name, e.muscle_group, e.body_part, e.modality, e.implement, "
    "e.measure, e.load, e.merged_into_id FROM exercises e "
    "WHERE (e.user_id = ? OR e.user_id IS NULL) AND e.id IN (%s)"
)
_REMEMBER = (
    "INSERT INTO exercise_aliases (user_id, exercise_id, name_key) VALUES (?, ?, ?) "
    "ON CONFLICT (user_id, name_key) DO UPDATE SET exercise_id = excluded.exercise_id"
)
OWN, SYSTEM, ARCHIVED = 0, 1, 2  # who goes first


async def library(user_id: int) -> Library:
    """All names there are for this person; two statements."""
    stored = {each["id"]: each for each in await rows(_USABLE, user_id)}
    known = {id: _known(each) for id, each in stored.items() if each["merged_into_id"] is None}
    for id, each in stored.items():
        if (target := _target(stored, each)) in known:
            known[id] = known[target]
    aliases = await rows(_REMEMBERED, user_id)
    remembered = {
        each["name_key"]: known[each["exercise_id"]]
        for each in aliases
        if each["exercise_id"] in known
    }
    return Library([each for id, each in known.items() if each.id == id], remembered)


def _target(stored: dict[int, Row], each: Row) -> int:
    """What an exercise was merged into, in the end."""
    seen: set[int] = set()
    while each["merged_into_id"] in stored and each["id"] not in seen:
        seen.add(each["id"])
        each = stored[each["merged_into_id"]]
    id: int = each["id"]
    return id


def _known(each: Row) -> Known:
    rank = SYSTEM if each["user_id"] is None else ARCHIVED if each["archived_at"] else OWN
    aliases = tuple(orjson.loads(each["aliases"]))
    names = (each["name"], aliases, each["muscle_group"], each["implement"])
    return Known(each["id"], str(each["uuid"]), *names, rank)


async def snapshots(user_id: int, ids: Collection[int]) -> dict[int, Row]:
    """The exercises of these ids as items repeat them; one that was merged since is its target."""
    found: dict[int, Any] = {}
    wanted = set(ids)
    while wanted:
        for each in await rows(_SNAPSHOTS % marks(list(wanted)), user_id, *sorted(wanted)):
            found[each["id"]] = each
        merged = {each["merged_into_id"] for each in found.values()} - {None}
        wanted = merged - found.keys()
    return {id: _final(found, id) for id in ids if id in found}


def _final(found: dict[int, Row], id: int) -> Row:
    for _ in found:
        target = found[id]["merged_into_id"]
        if target not in found:
            break
        id = target
    return found[id]


async def remember(user_id: int, name_key: str, exercise_id: int) -> None:
    """Let this name mean that exercise from now on."""
    await rows(_REMEMBER, user_id, exercise_id, name_key)
