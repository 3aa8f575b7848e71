"""Exercises as templates: own ones and the system's by integer id, each with its place."""

from collections.abc import Sequence
from typing import Any

import orjson

from webapp.db import Row, row, rows
from webapp.models.exercises import Exercise, follows
from webapp.models.library import WORDS, fold, search_text, words

_FACTS = (
    "SELECT e.id, e.uuid, e.user_id, e.name, e.aliases, e.implement, e.measure, e.picture_url, "
    "e.model, e.location_id, l.name AS location_name, e.created_at, e.updated_at "
    "FROM exercises e LEFT JOIN locations l ON l.id = e.location_id AND l.user_id = e.user_id "
    "WHERE (e.user_id = ? OR e.user_id IS NULL) AND e.archived_at IS NULL "
    "AND e.merged_into_id IS NULL "
)
_ORDER = "ORDER BY e.name_key, CASE WHEN e.user_id IS NULL THEN 1 ELSE 0 END, e.id"
_NAMED = "e.name_key LIKE ? ESCAPE '!'"
_LOADS = {"Bodyweight": "bodyweight", "Band": "none"}  # what a weight means; else "external"
_BY_WORD = "e.search_text LIKE ? ESCAPE '!'"


async def listed(
    user_id: int,
    *,
    search: str = "",
    implement: str | None = None,
    measure: str | None = None,
    location_id: int | None = None,
) -> Sequence[Row]:
    """The exercises a person can choose from, by name; one statement. `search` is a part of the
    name, or words of it or of an alias.

    Rows: id, uuid, user_id (None: the system's), name, implement, measure, picture_url, model,
    location_id, location_name, the two times, aliases (JSON text).
    """
    sql, args = _FACTS, [user_id]
    asked = {"implement": implement, "measure": measure, "location_id": location_id}
    for column, value in asked.items():
        if value is not None:
            sql, args = f"{sql}AND e.{column} = ? ", [*args, value]  # type: ignore[list-item]
    if search:
        condition, patterns = _found_by(search)
        sql, args = f"{sql}AND {condition} ", [*args, *patterns]  # type: ignore[list-item]
    return await rows(sql + _ORDER, *args)


def _found_by(search: str) -> tuple[str, list[str]]:
    wanted = words(search)[:WORDS]
    patterns = [f"%{_literal(fold(search))}%", *(f"% {_literal(each)}%" for each in wanted)]
    all_words = " AND ".join([_BY_WORD] * len(wanted))
    return (f"({_NAMED} OR ({all_words}))" if wanted else _NAMED), patterns


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


async def one(user_id: int, id: int) -> Row | None:
    """One of them, as in `listed`."""
    return await row(_FACTS + "AND e.id = ?", user_id, id)


async def make(user_id: int, **said: Any) -> int:
    """Make an exercise of one's own; its id."""
    made = await Exercise.made(user_id, None, **_columns(said, None))
    id: int = made.id
    return id


async def change(user_id: int, stored: Row, **said: Any) -> None:
    """Change an exercise of one's own; what is not said stays."""
    await Exercise.change(user_id, stored["uuid"], **_columns(said, stored))


def _columns(said: dict[str, Any], stored: Row | None) -> dict[str, Any]:
    """What is said, with what follows from a name and an implement that are new."""
    columns = dict(said)
    if "name" in said:
        aliases = orjson.loads(stored["aliases"]) if stored else []
        columns |= {"name_key": fold(said["name"])[:400]}
        columns |= {"search_text": search_text(said["name"], aliases)}
    if "implement" in said and (stored is None or stored["implement"] != said["implement"]):
        columns |= follows({"implement": said["implement"]})
        columns |= {"load": _LOADS.get(said["implement"], "external")}
    return columns
