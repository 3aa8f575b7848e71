"""What undoes a merge, in an exported account: the rows that moved, by their UUIDs."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

import orjson

from webapp.db import Row, row, rows
from webapp.db.snapshot import Fetch
from webapp.exporting.shapes import Merge
from webapp.exporting.storing import CHUNK, Ids, text
from webapp.exporting.telling import instant

FOUND = (
    "SELECT source_id, target_id, moved, created_at FROM exercise_merges "
    "WHERE user_id = ? AND undone_at IS NULL ORDER BY id"
)
_TABLES = {"items": "workout_items", "routine_items": "routine_items"}
_NAMES = ("remembered", "added", "aliases")
_MAKE = (
    "INSERT INTO exercise_merges (user_id, source_id, target_id, moved, created_at) "
    "VALUES (?, ?, ?, ?, ?) RETURNING id"
)
# It is merged here, too, and nobody knows yet how to undo that.
_IS_MERGED = (
    "SELECT 1 AS found FROM exercises e WHERE e.id = ? AND (e.merged_into_id = ? OR (e.user_id "
    "IS NULL AND EXISTS (SELECT 1 FROM exercise_settings s WHERE s.user_id = ? "
    "AND s.exercise_id = e.id AND s.is_hidden = ?))) AND NOT EXISTS (SELECT 1 FROM "
    "exercise_merges m WHERE m.user_id = ? AND m.source_id = e.id AND m.undone_at IS NULL)"
)


async def told(
    fetch: Fetch, user_id: int, names: Mapping[int, str]
) -> AsyncIterator[dict[str, Any]]:
    """The merges that can be undone, the first one first."""
    for each in await fetch(FOUND, user_id):
        moved = each["moved"]
        moved = orjson.loads(moved) if isinstance(moved, str) else moved
        found = {
            "source": names[each["source_id"]],
            "target": names[each["target_id"]],
            "created_at": instant(each["created_at"]),
            **{name: moved[name] for name in (*_NAMES, "setting") if moved[name]},
        }
        for part, table in _TABLES.items():
            uuids = await _uuids(fetch, user_id, table, moved[part])
            groups = [_group(group, uuids) for group in moved[part]]
            found |= {part: groups} if groups else {}
        yield found


def _group(group: dict[str, Any], uuids: Mapping[int, str]) -> dict[str, Any]:
    said = group.get("said") or {"exercise_name": group["name"]}
    return {**said, "items": [uuids[id] for id in group["ids"] if id in uuids]}


async def _uuids(
    fetch: Fetch, user_id: int, table: str, groups: Iterable[dict[str, Any]]
) -> dict[int, str]:
    ids = [id for group in groups for id in group["ids"]]
    sql = f"SELECT id, uuid FROM {table} WHERE user_id = ? AND id IN "  # noqa: S608 - ours
    return {each["id"]: str(each["uuid"]) for each in await _in_pieces(fetch, sql, user_id, ids)}


async def _in_pieces(fetch: Any, sql: str, user_id: int, values: Sequence[Any]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(values), CHUNK):
        some = values[start : start + CHUNK]
        found += await fetch(f"{sql}({', '.join('?' * len(some))})", user_id, *some)
    return found


async def keep(user_id: int, said: Sequence[Merge], ids: Ids) -> list[int]:
    """Keep what undoes the merges that are merges here, too; the ids of the new rows."""
    made = []
    for each in said:
        source, target = (ids["exercise"].get(name) for name in (each.source, each.target))
        if await row(_IS_MERGED, source, target, user_id, True, user_id) and target is not None:
            moved = text(await _moved(user_id, each))
            new = await row(_MAKE, user_id, source, target, moved, each.created_at)
            made.append(new["id"] if new else 0)
    return made


async def _moved(user_id: int, said: Merge) -> dict[str, Any]:
    kept = said.model_dump(exclude_unset=True, exclude={"items", "routine_items"})
    items = await _ids(user_id, "workout_items", said.items)
    plans = await _ids(user_id, "routine_items", said.routine_items)
    return {
        "items": [
            {"said": each.model_dump(exclude={"items"}), "ids": _known(each.items, items)}
            for each in said.items
        ],
        "routine_items": [
            {"name": each.exercise_name, "ids": _known(each.items, plans)}
            for each in said.routine_items
        ],
        **{name: kept.get(name, []) for name in _NAMES},
        "setting": kept.get("setting", {}),
    }


def _known(uuids: Iterable[Any], ids: Mapping[str, int]) -> list[int]:
    return [ids[str(uuid)] for uuid in uuids if str(uuid) in ids]


async def _ids(user_id: int, table: str, groups: Iterable[Any]) -> dict[str, int]:
    uuids = [str(uuid) for group in groups for uuid in group.items]
    sql = f"SELECT id, uuid FROM {table} WHERE user_id = ? AND uuid IN "  # noqa: S608 - ours
    return {str(each["uuid"]): each["id"] for each in await _in_pieces(rows, sql, user_id, uuids)}
