"""Two exercises made one for a person: what they did and planned moves to the one that is kept.

What moved is kept beside it, so that it can be undone: then only what moved goes back, and what
was done since stays. Another person's rows never move; the system's exercise is only hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson

from webapp.db import Row, row, rows
from webapp.db.marks import CHUNK, marks
from webapp.db.turns import alone
from webapp.models import merged_names
from webapp.models.exercises import Exercise, ExerciseMerge
from webapp.problems import conflict

SNAPSHOT = ("muscle_group", "body_part", "modality", "implement", "measure", "load")
_ITEMS = (
    f"SELECT id, exercise_name, {', '.join(SNAPSHOT)} FROM workout_items "  # noqa: S608
    "WHERE user_id = ? AND exercise_id = ? ORDER BY id"
)
_TOUCH = (
    "UPDATE workouts SET version = version + 1, updated_at = ? WHERE user_id = ? AND id IN "
    "(SELECT i.workout_id FROM workout_items i WHERE i.user_id = ? AND i.exercise_id = ?)"
)
_BECOME = (
    "UPDATE workout_items SET exercise_id = ?, exercise_name = ?, "  # noqa: S608
    f"{', '.join(f'{name} = ?' for name in SNAPSHOT)}, version = version + 1, updated_at = ? "
    "WHERE user_id = ? AND exercise_id = ?"
)
_SETS_BECOME = "UPDATE workout_sets SET exercise_id = ? WHERE user_id = ? AND exercise_id = ?"
_PLANNED = (
    "SELECT id, exercise_name FROM routine_items WHERE user_id = ? AND exercise_id = ? ORDER BY id"
)
_PLAN_BECOMES = (
    "UPDATE routine_items SET exercise_id = ?, exercise_name = ?, updated_at = ? "
    "WHERE user_id = ? AND exercise_id = ?"
)
# A removed set waits in the plan of its item to be taken back.
_WAITING = (
    "SELECT id, plan FROM workout_items WHERE user_id = ? AND exercise_id = ? "
    "AND CAST(plan AS TEXT) LIKE '%removed_%'"
)
_WAIT = "UPDATE workout_items SET plan = ? WHERE user_id = ? AND id = ?"
_HIDE = (
    "INSERT INTO exercise_settings (user_id, exercise_id, is_favourite, is_hidden) "
    "VALUES (?, ?, ?, ?) ON CONFLICT (user_id, exercise_id) DO UPDATE SET "
    "is_hidden = excluded.is_hidden"
)
_PREVIEW = (
    "SELECT (SELECT COUNT(DISTINCT i.workout_id) FROM workout_items i JOIN workouts w "
    "ON w.id = i.workout_id WHERE i.user_id = ? AND i.exercise_id = ? AND w.deleted_at IS NULL) "
    "AS workouts, (SELECT COUNT(*) FROM workout_sets s JOIN workouts w ON w.id = s.workout_id "
    "WHERE s.user_id = ? AND s.exercise_id = ? AND s.completed_at IS NOT NULL "
    "AND w.deleted_at IS NULL) AS sets, (SELECT COUNT(DISTINCT p.routine_id) FROM routine_items p "
    "JOIN routines r ON r.id = p.routine_id WHERE p.user_id = ? AND p.exercise_id = ? "
    "AND p.deleted_at IS NULL AND r.deleted_at IS NULL) AS routines"
)
_INVOLVING = (
    "SELECT m.id, m.source_id, m.target_id, e.uuid, e.name FROM exercise_merges m "
    "JOIN exercises e ON e.id = CASE WHEN m.source_id = ? THEN m.target_id ELSE m.source_id END "
    "WHERE m.user_id = ? AND m.undone_at IS NULL AND (m.source_id = ? OR m.target_id = ?) "
    "ORDER BY m.id DESC"
)


@dataclass(frozen=True, slots=True)
class Moves:
    """How much a merge would move: workouts and done sets outside the trash, routines."""

    workouts: int
    sets: int
    routines: int


async def preview(user_id: int, source: Row) -> Moves:
    """What would move away from this exercise; one statement."""
    asked = (user_id, source["id"])
    found = await row(_PREVIEW, *asked, *asked, *asked)
    assert found is not None  # noqa: S101 - counting always answers
    return Moves(found["workouts"], found["sets"], found["routines"])


async def involving(user_id: int, exercise_id: int) -> Sequence[Row]:
    """The person's merges of this exercise, into it or away, that are not undone: source_id,
    target_id, and name and uuid of the other one; the last one first."""
    return await rows(_INVOLVING, exercise_id, user_id, exercise_id, exercise_id)


async def merge(user_id: int, source: Row, target: Row) -> None:
    """Move all of `source` to `target` (rows of the library) and offer it no longer. Raises
    Problem 409 when they are one already, or `source` is part of another."""
    await alone(user_id)
    if source["id"] == target["id"]:
        raise conflict("Choose another exercise to merge with", "Exercise")
    if _away(await involving(user_id, source["id"]), source["id"]):
        raise conflict("This exercise was merged already", "Exercise")
    moved = {
        "items": await _move_items(user_id, source, target),
        "routine_items": await _move_plans(user_id, source, target),
        **await merged_names.move(user_id, source, target),
    }
    await _offer(user_id, source, target["id"])
    await ExerciseMerge.create(
        user_id=user_id, source_id=source["id"], target_id=target["id"], moved=moved
    )


def _away(merges: Iterable[Row], exercise_id: int) -> Row | None:
    return next((each for each in merges if each["source_id"] == exercise_id), None)


async def undo(user_id: int, source: Row) -> bool:
    """Take back the merge of `source` into another; False when there is none. Raises Problem 409
    when the other one has been merged since."""
    await alone(user_id)
    away = _away(await involving(user_id, source["id"]), source["id"])
    if away is None:
        return False
    target = away["target_id"]
    if _away(await involving(user_id, target), target):
        raise conflict(f"Take the merge of {away['name']} back first", "Exercise")
    made = await ExerciseMerge.get(id=away["id"], user_id=user_id)
    await _return_items(user_id, source["id"], target, made.moved["items"])
    await _return_plans(user_id, source["id"], target, made.moved["routine_items"])
    await merged_names.give_back(user_id, source["id"], target, made.moved)
    await _offer(user_id, source, None)
    made.undone_at = datetime.now(UTC)
    await made.save(update_fields=["undone_at"])
    return True


async def _offer(user_id: int, source: Row, target_id: int | None) -> None:
    """Offer an exercise no longer, because it is part of another, or (None) again."""
    if source["user_id"] is None:
        await rows(_HIDE, user_id, source["id"], False, target_id is not None)
    else:
        mine = Exercise.filter(user_id=user_id, id=source["id"])
        await mine.update(merged_into_id=target_id, updated_at=datetime.now(UTC))


async def _move_items(user_id: int, source: Row, target: Row) -> list[dict[str, Any]]:
    """What moved: the ids of items, by what they said of their exercise."""
    now, old, new = datetime.now(UTC), source["id"], target["id"]
    names = ("exercise_name", *SNAPSHOT)
    found = sorted(
        await rows(_ITEMS, user_id, old), key=lambda each: tuple(each[name] for name in names)
    )
    await rows(_TOUCH, now, user_id, user_id, old)
    await _rename_waiting(user_id, old, new)
    said = (target["name"], *(target[name] for name in SNAPSHOT))
    await rows(_BECOME, new, *said, now, user_id, old)
    await rows(_SETS_BECOME, new, user_id, old)
    groups = groupby(found, key=lambda each: tuple(each[name] for name in names))
    return [
        {"said": dict(zip(names, was, strict=True)), "ids": [each["id"] for each in same]}
        for was, same in groups
    ]


async def _rename_waiting(
    user_id: int, old: int, new: int, only: Iterable[int] | None = None
) -> None:
    """Let removed sets that may be taken back be of the other exercise, too."""
    wanted = None if only is None else set(only)
    for each in await rows(_WAITING, user_id, old):
        if wanted is None or each["id"] in wanted:
            plan = orjson.loads(each["plan"])
            for kept in [
                *plan.get("removed_sets", []),
                *plan.get("removed_item", {}).get("sets", []),
            ]:
                kept["exercise_id"] = new
            await rows(_WAIT, orjson.dumps(plan).decode(), user_id, each["id"])


async def _move_plans(user_id: int, source: Row, target: Row) -> list[dict[str, Any]]:
    found = await rows(_PLANNED, user_id, source["id"])
    values = (target["id"], target["name"], datetime.now(UTC))
    await rows(_PLAN_BECOMES, *values, user_id, source["id"])
    ordered = sorted(found, key=lambda each: each["exercise_name"])
    return [
        {"name": name, "ids": [each["id"] for each in same]}
        for name, same in groupby(ordered, key=lambda each: each["exercise_name"])
    ]


async def _return_items(user_id: int, old: int, new: int, moved: list[dict[str, Any]]) -> None:
    await _rename_waiting(user_id, new, old, [id for group in moved for id in group["ids"]])
    now = datetime.now(UTC)
    for group in moved:
        said = [group["said"][name] for name in ("exercise_name", *SNAPSHOT)]
        for ids in chunks(group["ids"]):
            await rows(f"{_BECOME} AND id IN ({marks(ids)})", old, *said, now, user_id, new, *ids)
            await rows(f"{_SETS_BECOME} AND item_id IN ({marks(ids)})", old, user_id, new, *ids)
    await rows(_TOUCH, now, user_id, user_id, old)


async def _return_plans(user_id: int, old: int, new: int, moved: list[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    for group in moved:
        for ids in chunks(group["ids"]):
            values = (old, group["name"], now, user_id, new)
            await rows(f"{_PLAN_BECOMES} AND id IN ({marks(ids)})", *values, *ids)


def chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """The ids in pieces that fit a statement."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
