"""The exercises as `executions` keeps them: by integer id, page by page, the system's edited by
admins."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from webapp.auth import Caller
from webapp.db import Row, row, rows
from webapp.models.exercises import MUSCLE_GROUPS, Exercise, follows
from webapp.models.library import WORDS, fold, search_text, words
from webapp.problems import forbidden, not_found

NOTHING = "|"  # no search text is like this one
_IMPLEMENT_OF = {
    "dumbbell": "Dumbbell",
    "barbell": "Barbell",
    "cable": "SelectorizedMachine",
    "machine": "SelectorizedMachine",
    "smith": "PlateLoadedMachine",
    "bodyweight": "Bodyweight",
}
_COLUMNS = (
    "e.id, e.uuid, e.user_id, e.updated_by_id, e.name, e.aliases, e.muscle_group, e.body_part, "
    "e.modality, e.implement, e.measure, e.load, e.rest_seconds, e.picture_url, e.created_at, "
    "e.updated_at"
)
# Whoever's it is: what is another person's is refused as such.
_ONE = (
    f"SELECT {_COLUMNS}, x.rest_seconds AS own_rest FROM exercises e "  # noqa: S608
    "LEFT JOIN exercise_settings x ON x.exercise_id = e.id AND x.user_id = ? "
    "WHERE e.id = ? AND e.archived_at IS NULL AND e.merged_into_id IS NULL"
)
_OFFERED = (
    "FROM exercises e WHERE (e.user_id = ? OR e.user_id IS NULL) AND e.archived_at IS NULL "
    "AND e.merged_into_id IS NULL AND NOT EXISTS (SELECT 1 FROM exercise_settings h "
    "WHERE h.user_id = ? AND h.exercise_id = e.id AND h.is_hidden = ?) "
    "AND (? = '' OR (CASE WHEN e.user_id IS NULL THEN 'system' ELSE 'own' END) = ?) "
    "AND (? = '' OR e.body_part = ?) AND (? = '' OR e.modality = ?) "
)
_NAMED = (
    f"AND (({' AND '.join(['e.search_text LIKE ?'] * WORDS)}) OR e.name_key LIKE ? ESCAPE '!') "
)
_BY_NAME = "ORDER BY e.name_key, e.id LIMIT ? OFFSET ?"
_BY_FIT = "ORDER BY CASE WHEN e.name_key LIKE ? ESCAPE '!' THEN 0 ELSE 1 END, " + _BY_NAME[9:]


async def usable(user_id: int, id: int) -> Row:
    """The exercise, with `own_rest`, the seconds the person rests after it. Problem 404; 403 when
    it is another person's."""
    found = await row(_ONE, user_id, id)
    if found is None:
        raise not_found("Exercise")
    if found["user_id"] not in (None, user_id):
        raise forbidden("This exercise is another person's")
    return found


async def editable(caller: Caller, id: int) -> Row:
    """The exercise, when it is the caller's own or the caller is an admin and it is the system's.
    Problem 404, 403."""
    found = await usable(caller.user_id, id)
    if found["user_id"] is None and not caller.is_admin:
        raise forbidden("Only admins change the system's exercises")
    return found


async def page(
    user_id: int,
    *,
    q: str = "",
    is_user_created: bool | None = None,
    body_part: str | None = None,
    modality: str | None = None,
    page: int = 1,
    per_page: int = 20,
) -> tuple[Sequence[Row], int]:
    """A page of the exercises a person can choose from, by name, and how many there are on all
    pages; 2 statements. `q` must begin words of the name or an alias, or be within the name;
    names that begin with it come first."""
    owner = "" if is_user_created is None else "own" if is_user_created else "system"
    part, kind = body_part or "", modality or ""
    args = [user_id, user_id, True, owner, owner, part, part, kind, kind]
    where, order, fit = _OFFERED, _BY_NAME, []
    if q:
        where, order, fit = _OFFERED + _NAMED, _BY_FIT, [f"{_literal(q)}%"]
        args += [*_patterns(q), f"%{_literal(q)}%"]
    counted = await row("SELECT COUNT(*) AS total " + where, *args)
    place = (per_page, (page - 1) * per_page)
    found = await rows(f"SELECT {_COLUMNS} {where}{order}", *args, *fit, *place)
    return found, counted["total"] if counted else 0


def _patterns(q: str) -> list[str]:
    wanted = words(q)[:WORDS]
    found = [f"% {word}%" for word in wanted]
    return found + ["%"] * (WORDS - len(found)) if wanted else [NOTHING] * WORDS


def _literal(q: str) -> str:
    return fold(q).replace("!", "!!").replace("%", "!%").replace("_", "!_")


async def make(caller: Caller, said: dict[str, Any]) -> int:
    """Make an exercise of the caller's own; its id."""
    made = await Exercise.create(
        user_id=caller.user_id, updated_by_id=caller.user_id, **_columns(said)
    )
    return made.id


async def change(caller: Caller, found: Row, said: dict[str, Any]) -> None:
    """Change what is said of an editable exercise."""
    await _write(caller, found, _columns(said, found))


async def archive(caller: Caller, found: Row) -> None:
    """Offer an editable exercise no longer; workouts keep it."""
    await _write(caller, found, {"archived_at": datetime.now(UTC)})


async def _write(caller: Caller, found: Row, columns: dict[str, Any]) -> None:
    same = Exercise.filter(id=found["id"], user_id=found["user_id"])
    await same.update(updated_by_id=caller.user_id, updated_at=datetime.now(UTC), **columns)


def _columns(said: dict[str, Any], stored: Row | None = None) -> dict[str, Any]:
    """What was said, with the columns that follow from it."""
    columns = dict(said)
    if "name" in said:
        aliases = orjson.loads(stored["aliases"]) if stored else []
        columns["name_key"] = fold(said["name"])[:400]
        columns["search_text"] = search_text(said["name"], aliases)
    part, kind = said.get("body_part"), said.get("modality")
    if part and not (stored and stored["body_part"] == part):
        columns["muscle_group"] = part if part in MUSCLE_GROUPS else "other"
    if kind and not (stored and stored["modality"] == kind):
        columns |= follows({"implement": _IMPLEMENT_OF[kind]})
        columns |= {"implement": _IMPLEMENT_OF[kind], "modality": kind}
        columns["load"] = "bodyweight" if kind == "bodyweight" else "external"
    return columns
