"""The names and settings of an exercise that is merged: the one that is kept takes them over."""

from typing import Any

import orjson

from webapp.db import Row, row, rows
from webapp.models.exercises import Exercise
from webapp.models.library import fold, search_text

MOST_ALIASES = 20
SETTINGS = ("weight_unit", "increment", "rest_seconds", "bar_weight", "note")
_REMEMBERED = (
    "UPDATE exercise_aliases SET exercise_id = ? WHERE user_id = ? AND exercise_id = ? "
    "RETURNING name_key"
)
_REMEMBER = (
    "INSERT INTO exercise_aliases (user_id, exercise_id, name_key) VALUES (?, ?, ?) "
    "ON CONFLICT (user_id, name_key) DO NOTHING RETURNING name_key"
)
_RETURN = (
    "UPDATE exercise_aliases SET exercise_id = ? "
    "WHERE user_id = ? AND exercise_id = ? AND name_key = ?"
)
_FORGET = "DELETE FROM exercise_aliases WHERE user_id = ? AND exercise_id = ? AND name_key = ?"
_SETTING = (
    f"SELECT {', '.join(SETTINGS)}, is_favourite FROM exercise_settings "  # noqa: S608
    "WHERE user_id = ? AND exercise_id = ?"
)
_FILL = (
    f"INSERT INTO exercise_settings (user_id, exercise_id, {', '.join(SETTINGS)}, "  # noqa: S608
    f"is_favourite, is_hidden) VALUES (?, ?, {', '.join('?' * len(SETTINGS))}, ?, ?) "
    "ON CONFLICT (user_id, exercise_id) DO UPDATE SET "
    + ", ".join(
        f"{name} = COALESCE(exercise_settings.{name}, excluded.{name})" for name in SETTINGS
    )
    + ", is_favourite = exercise_settings.is_favourite OR excluded.is_favourite"
)
_LAST_USED = (
    "UPDATE exercise_settings SET last_used_at = (SELECT MAX(x.last_used_at) "
    "FROM exercise_settings x WHERE x.user_id = ? AND x.exercise_id IN (?, ?)) "
    "WHERE user_id = ? AND exercise_id = ?"
)


async def move(user_id: int, source: Row, target: Row) -> dict[str, Any]:
    """Let `target` be found by the names of `source`, and be done as it was where nothing else is
    said of it. Returns what that changed: {remembered, added, aliases, setting}."""
    names = [source["name"], *orjson.loads(source["aliases"])]
    old, new = source["id"], target["id"]
    remembered = [each["name_key"] for each in await rows(_REMEMBERED, new, user_id, old)]
    keys = dict.fromkeys(fold(name)[:400] for name in names)
    added = [each for key in keys for each in await rows(_REMEMBER, user_id, new, key)]
    return {
        "remembered": remembered,
        "added": [each["name_key"] for each in added],
        "aliases": await _call(user_id, target, names) if target["user_id"] else [],
        "setting": await _fill(user_id, old, new),
    }


async def _call(user_id: int, target: Row, names: list[str]) -> list[str]:
    """Write the names that are new to an own exercise among its aliases; those it got."""
    aliases: list[str] = orjson.loads(target["aliases"])
    known = {fold(each) for each in (target["name"], *aliases)}
    wanted = {fold(name): name for name in reversed(names) if fold(name) not in known}
    new = list(reversed(wanted.values()))[: max(MOST_ALIASES - len(aliases), 0)]
    await _write(user_id, target["id"], target["name"], [*aliases, *new])
    return new


async def _write(user_id: int, exercise_id: int, name: str, aliases: list[str]) -> None:
    mine = Exercise.filter(user_id=user_id, id=exercise_id)
    await mine.update(aliases=aliases, search_text=search_text(name, aliases))


async def _fill(user_id: int, old: int, new: int) -> dict[str, Any]:
    """Take over what is not said of the kept one; what that was."""
    theirs, mine = await row(_SETTING, user_id, old), await row(_SETTING, user_id, new)
    if theirs is None:
        return {}
    values = [theirs[name] for name in SETTINGS]
    await rows(_FILL, user_id, new, *values, bool(theirs["is_favourite"]), False)
    await rows(_LAST_USED, user_id, old, new, user_id, new)
    gaps = [name for name in SETTINGS if mine is None or mine[name] is None]
    filled = {name: theirs[name] for name in gaps if theirs[name] is not None}
    if theirs["is_favourite"] and not (mine and mine["is_favourite"]):
        filled["is_favourite"] = True
    return filled


async def give_back(user_id: int, old: int, new: int, moved: dict[str, Any]) -> None:
    """Undo `move`: what was changed since stays as it is."""
    for key in moved["remembered"]:
        await rows(_RETURN, old, user_id, new, key)
    for key in moved["added"]:
        await rows(_FORGET, user_id, new, key)
    await _uncall(user_id, new, moved["aliases"])
    await _empty(user_id, new, moved["setting"])


async def _uncall(user_id: int, exercise_id: int, names: list[str]) -> None:
    kept = await Exercise.get_or_none(user_id=user_id, id=exercise_id) if names else None
    if kept is not None:
        await _write(user_id, kept.id, kept.name, [a for a in kept.aliases if a not in names])


async def _empty(user_id: int, exercise_id: int, filled: dict[str, Any]) -> None:
    now = await row(_SETTING, user_id, exercise_id) if filled else None
    same = [name for name, value in filled.items() if now is not None and now[name] == value]
    if same:
        empty = ", ".join(f"{name} = ?" for name in same)
        values = [False if name == "is_favourite" else None for name in same]
        sql = f"UPDATE exercise_settings SET {empty} WHERE user_id = ? AND exercise_id = ?"  # noqa: S608
        await rows(sql, *values, user_id, exercise_id)
