"""Routines by number: one's own, and the public ones of others to read, start and copy."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from webapp.db import Row, is_postgres, row, rows
from webapp.db.marks import marks, row_marks
from webapp.ids import uuid7
from webapp.models.exercises import Exercise
from webapp.models.fields import in_unit, plain
from webapp.models.library import fold
from webapp.models.others import absent
from webapp.models.plans import next_position
from webapp.models.routines import Routine

_COUNTED = (
    "(SELECT COUNT(*) FROM routine_items i WHERE i.routine_id = r.id "
    "AND i.user_id = r.user_id AND i.deleted_at IS NULL) AS item_count"
)
_FACTS = (
    "r.id, r.uuid, r.user_id, r.name, r.description, r.estimated_minutes, r.tags, r.is_public, "
    "r.created_at, r.updated_at"
)
_OFFERED = (
    "FROM routines r WHERE (r.user_id = ? OR (r.is_public = ? AND ? = 'all')) "
    "AND r.deleted_at IS NULL AND {fold}(r.name) LIKE ? ESCAPE '!' "
)
_ORDER = (
    "ORDER BY CASE WHEN r.user_id = ? THEN 0 ELSE 1 END, "
    "CASE WHEN r.user_id = ? THEN r.position ELSE 0 END, r.updated_at DESC, r.id "
    "LIMIT ? OFFSET ?"
)
_OWN = (
    f"SELECT {_FACTS} FROM routines r "  # noqa: S608 - our own column names
    "WHERE r.user_id = ? AND r.id = ? AND r.deleted_at IS NULL"
)
_READABLE = _OWN.replace("r.user_id = ?", "(r.user_id = ? OR r.is_public)")
_ITEMS = (
    "SELECT i.*, e.name, e.muscle_group, e.body_part, e.modality, e.implement, e.measure, e.load, "
    "e.increment_kg, e.increment_lb, e.rest_seconds AS usual_rest, x.rest_seconds AS own_rest "
    "FROM routine_items i LEFT JOIN exercises e ON e.id = i.exercise_id "
    "LEFT JOIN exercise_settings x ON x.exercise_id = i.exercise_id AND x.user_id = ? "
    "WHERE i.user_id = ? AND i.routine_id = ? AND i.deleted_at IS NULL "
    "ORDER BY i.position, i.id"
)
_USABLE = "SELECT id, name FROM exercises WHERE (user_id = ? OR user_id IS NULL) AND id IN (%s)"
_GONE = (
    "UPDATE routine_items SET deleted_at = ?, updated_at = ? "
    "WHERE user_id = ? AND routine_id = ? AND id IN (%s)"
)
_OF_ITEM = (
    *("position", "kind", "exercise_id", "exercise_name", "superset", "sets", "warm_up_sets"),
    *("reps_min", "reps_max", "weight", "weight_unit", "duration_seconds", "distance"),
    *("distance_unit", "speed_kmh", "interval_seconds", "rest_seconds", "note", "progression"),
)
_BLANK: dict[str, Any] = {
    **dict.fromkeys(_OF_ITEM),
    **{"exercise_name": "", "sets": 1, "warm_up_sets": 0, "progression": "{}"},
}
_OF_EXERCISE = (
    *("name", "name_key", "aliases", "search_text", "muscle_group", "body_part", "modality"),
    *("implement", "measure", "load", "primary_muscles", "secondary_muscles", "unilateral"),
    *("increment_kg", "increment_lb", "rest_seconds"),
)


async def offered(
    user_id: int, search: str, only_mine: bool, limit: int, offset: int
) -> tuple[Sequence[Row], int]:
    """A page of the routines a person may start, their own first, and how many there are.

    Rows: id, uuid, user_id, name, description, estimated_minutes, tags (JSON text), is_public,
    item_count and the two times.
    """
    where = _OFFERED.format(fold="lower" if is_postgres() else "casefold")
    asked = (user_id, True, "mine" if only_mine else "all", _pattern(search))
    counted = await row(f"SELECT COUNT(*) AS total {where}", *asked)
    sql = f"SELECT {_FACTS}, {_COUNTED} {where} {_ORDER}"
    found = await rows(sql, *asked, user_id, user_id, limit, offset)
    return found, counted["total"] if counted else 0


def _pattern(search: str) -> str:
    folded = search.lower() if is_postgres() else search.casefold()
    for special in "!%_":
        folded = folded.replace(special, f"!{special}")
    return f"%{folded}%"


async def readable(user_id: int, id: int) -> Row:
    """The routine, one's own or public. Raises Problem 404, and 403 for another's private one."""
    found = await row(_READABLE, user_id, id)
    if found is None:
        raise await absent("routines", user_id, id, "Routine")
    return found


async def own(user_id: int, id: int) -> Row:
    """The person's own routine. Raises Problem 404, and 403 for another's."""
    found = await row(_OWN, user_id, id)
    if found is None:
        raise await absent("routines", user_id, id, "Routine")
    return found


async def items(user_id: int, routine: Row) -> Sequence[Row]:
    """The items of a readable routine in order: their columns, of the exercise what a plan needs,
    `usual_rest` and `own_rest` (the reader's own)."""
    return await rows(_ITEMS, user_id, routine["user_id"], routine["id"])


async def make(user_id: int, said: dict[str, Any]) -> int:
    """Make a routine with its items at the end of the list; its id. Raises Problem 404, 403."""
    lines = await _named(user_id, said.pop("items"))
    made = await Routine.made(user_id, await next_position(user_id), None, **said)
    await _insert(user_id, made.id, lines)
    return made.id


async def change(user_id: int, routine: Row, said: dict[str, Any]) -> None:
    """Change what is said; `items` replaces the items. Raises Problem 404, 403."""
    lines = await _named(user_id, said.pop("items")) if "items" in said else None
    await Routine.change(user_id, routine["uuid"], **said)
    if lines is not None:
        await _replace(user_id, routine, lines)


async def copy(user_id: int, routine: Row) -> int:
    """Make a private copy of a readable routine with all its items; its id."""
    found = [dict(each) for each in await items(user_id, routine)]
    lines = [{name: each[name] for name in _OF_ITEM} for each in await adopted(user_id, found)]
    original = await Routine.get(id=routine["id"], user_id=routine["user_id"])
    same = ("name", "description", "estimated_minutes", "tags")
    facts = {name: getattr(original, name) for name in same}
    made = await Routine.made(user_id, await next_position(user_id), None, **facts)
    await _insert(user_id, made.id, lines)
    return made.id


async def adopted(user_id: int, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines with exercises this person may use: another's own ones become theirs, by name or
    as a copy."""
    used = {each["exercise_id"] for each in lines if each["exercise_id"] is not None}
    foreign = await Exercise.filter(id__in=used, user_id__not=user_id) if used else []
    theirs = {each.id: each for each in foreign if each.user_id is not None}  # type: ignore[attr-defined]
    mine = {id: await _mine(user_id, each) for id, each in theirs.items()}
    return [
        {**each, "exercise_id": mine.get(each["exercise_id"], each["exercise_id"])}
        for each in lines
    ]


async def _mine(user_id: int, like: Exercise) -> int:
    same = Exercise.filter(user_id=user_id, name_key=like.name_key, measure=like.measure)
    known = await same.filter(archived_at=None, merged_into_id=None).first()
    if known is None:
        facts = {name: getattr(like, name) for name in _OF_EXERCISE}
        known = await Exercise.made(user_id, None, **facts)
    return known.id


async def _named(user_id: int, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines, each with the exercise's name unless another is said. Problem 404, 403."""
    wanted = sorted({each["exercise_id"] for each in lines if each.get("exercise_id")})
    sql = _USABLE % marks(wanted)
    names = (
        {each["id"]: each["name"] for each in await rows(sql, user_id, *wanted)} if wanted else {}
    )
    for id in wanted:
        if id not in names:
            raise await absent("exercises", user_id, id, "Exercise")
    return [
        {
            **each,
            "exercise_name": each.get("exercise_name") or names.get(each.get("exercise_id"), ""),
        }
        for each in lines
    ]


async def _replace(user_id: int, routine: Row, lines: list[dict[str, Any]]) -> None:
    """The k-th line of an exercise becomes what is said of it, so that what has no words in a
    contract (warm-ups, supersets, progression) stays; the others go."""
    left: dict[tuple[str, Any], list[Row]] = {}
    for each in await items(user_id, routine):
        left.setdefault(_key(dict(each)), []).append(each)
    new = []
    for line in lines:
        olds = left.get(_key(line))
        if olds:
            await _write(user_id, olds.pop(0), line)
        else:
            new.append(line)
    gone = [each["id"] for olds in left.values() for each in olds]
    now = datetime.now(UTC)
    if gone:
        await rows(_GONE % marks(gone), now, now, user_id, routine["id"], *gone)
    await _insert(user_id, routine["id"], new)


def _key(line: dict[str, Any]) -> tuple[str, Any]:
    if line["kind"] == "exercise":
        return "exercise", line["exercise_id"]
    is_rest = line["kind"] == "rest"
    return line["kind"], "" if is_rest else fold(line["exercise_name"] or line.get("name") or "")


async def _write(user_id: int, old: Row, line: dict[str, Any]) -> None:
    said = {name: value for name, value in line.items() if name not in ("kind", "exercise_id")}
    if said.get("reps_min") == old["reps_min"]:
        said = {name: value for name, value in said.items() if not name.startswith("reps_")}
    if _is_same_weight(said.get("weight"), old):
        said.pop("weight"), said.pop("weight_unit")
    said["updated_at"] = datetime.now(UTC)
    names = ", ".join(f"{name} = ?" for name in said)
    sql = f"UPDATE routine_items SET {names} WHERE user_id = ? AND id = ?"  # noqa: S608 - our own
    await rows(sql, *said.values(), user_id, old["id"])


def _is_same_weight(said: str | None, old: Row) -> bool:
    """The stored pounds, said again in kilograms."""
    if said is None or old["weight"] is None or old["weight_unit"] != "lb":
        return False
    return plain(in_unit(Decimal(old["weight"]), "lb", "kg")) == plain(Decimal(said))


async def _insert(user_id: int, routine_id: int, lines: Iterable[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    owner = {"user_id": user_id, "routine_id": routine_id, "created_at": now, "updated_at": now}
    made = [{"uuid": str(uuid7()), **_BLANK, **each, **owner} for each in lines]
    if made:
        sql = f"INSERT INTO routine_items ({', '.join(made[0])}) VALUES {row_marks(made)}"  # noqa: S608
        await rows(sql, *(value for each in made for value in each.values()))
