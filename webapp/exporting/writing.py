"""Writing an account as one JSON file, a part after the other, so that its size does not matter."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, BinaryIO

import orjson

from webapp.db import Row
from webapp.db.snapshot import Fetch, snapshot
from webapp.exporting import merges
from webapp.exporting.fields import Shape
from webapp.exporting.shapes import (
    BodyWeight,
    Catalogued,
    Exercise,
    ExerciseAlias,
    ExerciseSetting,
    Location,
    Profile,
    Routine,
    RoutineItem,
)
from webapp.exporting.telling import Names, columns, told
from webapp.exporting.workouts import VERSION, Plan, Workout, WorkoutItem, WorkoutSet
from webapp.settings import Settings

CHUNK = 20  # workouts that are in memory at once
Parts = AsyncIterator[dict[str, Any]]

_CATALOGUE = (
    "SELECT * FROM exercises WHERE user_id IS NULL AND slug IS NOT NULL AND id IN ("
    "SELECT exercise_id FROM workout_sets WHERE user_id = ? UNION "
    "SELECT exercise_id FROM workout_items WHERE user_id = ? UNION "
    "SELECT exercise_id FROM routine_items WHERE user_id = ? UNION "
    "SELECT exercise_id FROM exercise_settings WHERE user_id = ? UNION "
    "SELECT exercise_id FROM exercise_aliases WHERE user_id = ? UNION "
    "SELECT source_id FROM exercise_merges WHERE user_id = ? AND undone_at IS NULL UNION "
    "SELECT target_id FROM exercise_merges WHERE user_id = ? AND undone_at IS NULL UNION "
    "SELECT merged_into_id FROM exercises WHERE user_id = ?) ORDER BY slug"
)
_NAMES = {
    "exercise": "SELECT id, COALESCE(slug, CAST(uuid AS TEXT)) AS name FROM exercises "
    "WHERE user_id = ? OR user_id IS NULL",
    "location": "SELECT id, uuid AS name FROM locations WHERE user_id = ?",
    "routine": "SELECT id, uuid AS name FROM routines WHERE user_id = ?",
    "routine_item": "SELECT id, uuid AS name FROM routine_items WHERE user_id = ?",
}


async def export_account(settings: Settings, user_id: int, file: BinaryIO) -> None:
    """Write all that a person owns, as it is at one moment, as docs/export-format.md says."""
    async with snapshot(settings) as fetch:
        user = (await fetch("SELECT * FROM users WHERE id = ?", user_id))[0]
        names = await _names(fetch, user_id)
        account = {name: user[name] for name in ("username", "email") if user[name]}
        file.write(b'{"setlog": %d,\n"account": %s' % (VERSION, orjson.dumps(account)))
        file.write(b',\n"profile": ' + orjson.dumps(told(Profile, user, names)))
        for section, parts in _sections(fetch, user_id, names):
            await _write(file, section, parts)
        if await fetch(merges.FOUND, user_id):  # who has none writes what older Setlogs read
            await _write(file, "merges", merges.told(fetch, user_id, names["exercise"]))
        file.write(b"\n}\n")


async def _write(file: BinaryIO, section: str, parts: Parts) -> None:
    file.write(b',\n"%s": [' % section.encode())
    mark = b"\n"
    async for each in parts:
        file.write(mark + orjson.dumps(each))
        mark = b",\n"
    file.write(b"\n]")


async def _names(fetch: Fetch, user_id: int) -> Names:
    names = {what: {each["id"]: str(each["name"]) for each in await fetch(sql, user_id)}
             for what, sql in _NAMES.items()}  # fmt: skip
    return {**names, "merged_into": names["exercise"]}


def _sections(fetch: Fetch, user_id: int, names: Names) -> Iterable[tuple[str, Parts]]:
    def of(table: str, shape: type[Shape]) -> Parts:
        return _owned(fetch, table, shape, user_id, names)

    yield "locations", of("locations", Location)
    yield "catalogue", _catalogue(fetch, user_id, names)
    yield "exercises", of("exercises", Exercise)
    yield "exercise_settings", of("exercise_settings", ExerciseSetting)
    yield "aliases", of("exercise_aliases", ExerciseAlias)
    yield "routines", _routines(fetch, user_id, names)
    yield "body_weights", of("body_weights", BodyWeight)
    yield "workouts", _workouts(fetch, user_id, names)


def _from(table: str, shape: type[Shape], more: str = "") -> str:
    return f"SELECT id, {', '.join(columns(shape))}{more} FROM {table}"  # noqa: S608


def _select(table: str, shape: type[Shape], more: str = "") -> str:
    return _from(table, shape, more) + " WHERE user_id = ?"


async def _owned(fetch: Fetch, table: str, shape: type[Shape], user_id: int, names: Names) -> Parts:
    for row in await fetch(_select(table, shape) + " ORDER BY id", user_id):
        yield told(shape, row, names)


async def _catalogue(fetch: Fetch, user_id: int, names: Names) -> Parts:
    for row in await fetch(_CATALOGUE, *[user_id] * _CATALOGUE.count("?")):
        yield told(Catalogued, row, names)


async def _routines(fetch: Fetch, user_id: int, names: Names) -> Parts:
    sql = _select("routine_items", RoutineItem, ", routine_id") + " ORDER BY routine_id, id"
    items = _by("routine_id", await fetch(sql, user_id))
    for row in await fetch(_select("routines", Routine) + " ORDER BY id", user_id):
        lines = [told(RoutineItem, each, names) for each in items.get(row["id"], ())]
        yield _with("items", lines, told(Routine, row, names))


async def _workouts(fetch: Fetch, user_id: int, names: Names) -> Parts:
    sql = _select("workouts", Workout) + f" AND id > ? ORDER BY id LIMIT {CHUNK}"
    last = 0
    while found := await fetch(sql, user_id, last):
        last = found[-1]["id"]
        items, sets = await _inside(fetch, user_id, [each["id"] for each in found])
        for row in found:
            lines = [_item(each, sets, names) for each in items.get(row["id"], ())]
            yield _with("items", lines, told(Workout, row, names))


async def _inside(
    fetch: Fetch, user_id: int, ids: list[int]
) -> tuple[dict[int, list[Row]], dict[int, list[Row]]]:
    """The items of these workouts by workout, and their sets by item. Removed items stay behind:
    they are there to be taken back while their workout runs."""
    # The unary + keeps SQLite from walking all that the person ever did.
    of_these = f" WHERE +user_id = ? AND workout_id IN ({', '.join('?' * len(ids))})"
    items = _from("workout_items", WorkoutItem, ", workout_id") + of_these
    sets = _from("workout_sets", WorkoutSet, ", item_id") + of_these
    lines = await fetch(items + " AND status <> 'removed' ORDER BY workout_id, id", user_id, *ids)
    done = await fetch(sets + " ORDER BY workout_id, id", user_id, *ids)
    return _by("workout_id", lines), _by("item_id", done)


def _item(row: Row, sets: dict[int, list[Row]], names: Names) -> dict[str, Any]:
    item = told(WorkoutItem, row, names)
    plan = _plan(item.pop("plan", {}), names)
    lines = [told(WorkoutSet, each, names) for each in sets.get(row["id"], ())]
    for line in lines:
        if line.get("exercise") == item.get("exercise"):
            line.pop("exercise", None)
    return _with("sets", lines, _with("plan", plan, item))


def _plan(plan: dict[str, Any], names: Names) -> dict[str, Any]:
    known = {**plan, "exercise": names["exercise"].get(plan.get("exercise_id") or 0)}
    return {name: known[name] for name in Plan.model_fields if known.get(name) is not None}


def _by(column: str, rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in rows:
        found.setdefault(each[column], []).append(each)
    return found


def _with(name: str, more: Any, found: dict[str, Any]) -> dict[str, Any]:
    return {**found, name: more} if more else found
