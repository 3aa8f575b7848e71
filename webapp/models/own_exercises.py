"""A person's own exercises by muscle group, as a diary keeps them: a name once in each group."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from webapp.auth import Caller
from webapp.db import Row, row, rows
from webapp.db.turns import alone
from webapp.models.exercises import Exercise, follows
from webapp.models.library import fold, search_text
from webapp.problems import conflict, not_found

_COLUMNS = (
    "e.id, e.uuid, e.name, e.name_key, e.aliases, e.muscle_group, e.body_part, e.modality, "
    "e.implement, e.measure, e.load"
)
_OWN = "e.user_id = ? AND e.archived_at IS NULL AND e.merged_into_id IS NULL"
_ONE = f"SELECT {_COLUMNS} FROM exercises e WHERE {_OWN} AND e.uuid = ?"  # noqa: S608
_OF_GROUP = f"SELECT {_COLUMNS} FROM exercises e WHERE {_OWN} AND e.muscle_group = ?"  # noqa: S608
_NAMED = (
    f"SELECT e.name FROM exercises e WHERE {_OWN} AND e.muscle_group = ? "  # noqa: S608
    "AND e.name_key = ? AND e.id <> ?"
)


async def of_group(user_id: int, muscle_group: str) -> Sequence[Row]:
    """The exercises of a muscle group by name; archived and merged ones stay out."""
    found = await rows(_OF_GROUP, user_id, muscle_group)
    return sorted(found, key=lambda each: (each["name_key"], each["id"]))


async def own(caller: Caller, uuid: UUID) -> Row:
    """An exercise of one's own that is not archived. Raises Problem 404."""
    found = await row(_ONE, caller.user_id, str(uuid))
    if found is None:
        raise not_found("Exercise", id=uuid, user_id=caller.user_uuid)
    return found


async def make(caller: Caller, name: str, muscle_group: str) -> Row:
    """Make an exercise. Raises Problem 409 when the group has one of this name."""
    await _refuse_twin(caller, name, muscle_group)
    said = {"name": name, "muscle_group": muscle_group}
    columns = {**said, **follows(said), **_found_by(name, [])}
    made = await Exercise.made(caller.user_id, None, **columns)
    return await own(caller, made.uuid)


async def change(caller: Caller, uuid: UUID, said: dict[str, Any]) -> Row:
    """Change name or muscle group; what is not said (or None) stays. Raises Problem 404, 409."""
    before = await own(caller, uuid)
    new = {name: value for name, value in said.items() if value not in (None, before[name])}
    if new:
        now = {name: new.get(name, before[name]) for name in ("name", "muscle_group")}
        await _refuse_twin(caller, **now, but=before["id"])
        names = _found_by(now["name"], orjson.loads(before["aliases"]))
        await Exercise.change(caller.user_id, uuid, **new, **names, **follows(new))
    return await own(caller, uuid)


async def archive(caller: Caller, uuid: UUID) -> None:
    """Offer it no longer; past workouts keep it. Raises Problem 404."""
    await own(caller, uuid)
    await Exercise.change(caller.user_id, uuid, archived_at=datetime.now(UTC))


async def _refuse_twin(caller: Caller, name: str, muscle_group: str, but: int = 0) -> None:
    await alone(caller.user_id)
    # name_key also forgives accents, which make another name here.
    alike = await rows(_NAMED, caller.user_id, muscle_group, fold(name)[:400], but)
    if any(each["name"].casefold() == name.casefold() for each in alike):
        text = "You already have an exercise of this name for this muscle group"
        raise conflict(text, "Exercise", name=name, muscle_group=muscle_group)


def _found_by(name: str, aliases: Iterable[str]) -> dict[str, str]:
    return {"name_key": fold(name)[:400], "search_text": search_text(name, aliases)}
