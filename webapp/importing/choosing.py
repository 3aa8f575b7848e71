"""What the person decides before an import: units, which exercise a name means; and its start."""

from datetime import UTC, datetime
from typing import Any

from webapp.auth import Caller
from webapp.db import row
from webapp.db.turns import alone
from webapp.ids import uuid7
from webapp.importing import accounts, batches, creating, exercises, returning
from webapp.importing.batches import Batch
from webapp.importing.creating import Done
from webapp.importing.names import Known, Library, Suggestion
from webapp.importing.previewing import NEW, SKIP
from webapp.models import Exercise
from webapp.models.library import fold
from webapp.problems import Problem, conflict, invalid

SETTINGS = ("weight_unit", "distance_unit", "differing")

_START = (
    "UPDATE imports SET status = 'running', undone_at = NULL, updated_at = ? WHERE user_id = ? "
    "AND id = ? AND status IN ('preview', 'failed', 'undone') RETURNING id"
)
_LEFT = (
    "SELECT 1 AS found FROM workouts WHERE user_id = ? AND batch_id = ? UNION ALL "  # noqa: S608
    f"SELECT 1 FROM import_parts WHERE user_id = ? AND batch_id = ? AND {returning.IS_LEFT} LIMIT 1"
)
_AGAIN = "UPDATE import_parts SET done_at = NULL, outcome = '{}' WHERE user_id = ? AND batch_id = ?"


async def choose(caller: Caller, batch: Batch, said: dict[str, Any]) -> bool:
    """Take over what was decided; whether that was another thing than before. `said` may have the
    SETTINGS and `names`: the file's name, or its number in the report, to the UUID of an exercise,
    NEW or SKIP. Raises Problem 400; 409 for an import that has begun."""
    if not batch.can_start:
        raise conflict("This import has begun; undo it first", "Import")
    if batch.format == accounts.FORMAT:
        return False  # it says everything itself
    before = batches.said(batch)
    batch.report["choices"] |= {name: said[name] for name in SETTINGS if name in said}
    if said.get("names"):
        known = {each.uuid: each for each in (await exercises.library(caller.user_id)).exercises}
        for key, to in said["names"].items():
            _choose(batch, key, to, known)
    return batches.said(batch) != before


def _choose(batch: Batch, key: str, to: str, known: dict[str, Known]) -> None:
    name = entry(batch, key)
    if name is None:
        raise invalid("The file has no such exercise", names=f"There is no “{key[:60]}” in it")
    if to not in (NEW, SKIP) and to not in known:
        raise invalid("This exercise is not there any more", names=f"Choose another for “{key}”")
    name["to"], name["exercise"] = to, known[to].name if to in known else ""


def entry(batch: Batch, key: str) -> dict[str, Any] | None:
    """The name of a report by its text, or by its number there (from 0)."""
    names: list[dict[str, Any]] = batch.report.get("names", [])
    if key.isascii() and key.isdigit() and len(key) < 6 and int(key) < len(names):
        return names[int(key)]
    return next((each for each in names if each["name"] == key), None)


async def begin(caller: Caller, batch: Batch) -> None:
    """Make the new exercises, remember what names mean, and let the import run. Raises Problem 409
    for one that runs or has run, and while an undone one is still being cleared away."""
    await alone(caller.user_id)
    if batch.status == "undone":
        if await row(_LEFT, *[caller.user_id, batch.id] * 2):
            text = "The import is still being taken back; try again in a moment"
            raise Problem(409, text, code="conflict", retry_after=2)
        await row(_AGAIN, caller.user_id, batch.id)
    if await row(_START, datetime.now(UTC), caller.user_id, batch.id) is None:
        raise conflict("This import has begun already", "Import")
    await _settle(caller, batch)
    for name in ("finished_at", "result"):
        batch.report.pop(name, None)
    await batches.keep(batch)


async def _settle(caller: Caller, batch: Batch) -> None:
    """Give every name the id of its exercise, in the report's `ids`; `made` are the new ones."""
    library = await exercises.library(caller.user_id)
    known = {each.uuid: each.id for each in library.exercises}
    names = [each for each in batch.report["names"] if each["to"] != SKIP]
    own = {fold(each.name): each.id for each in library.exercises if each.rank == exercises.OWN}
    new = [each for each in names if each["to"] not in known and fold(each["name"]) not in own]
    made = await _made(caller.user_id, new, library)
    batch.report["made"] = [*batch.report.get("made", []), *made.values()]
    # Whoever has an exercise of this name, from the run before this one, say, gets no second.
    mine = own | made
    ids = {each["name"]: known.get(each["to"]) or mine[fold(each["name"])] for each in names}
    for name, id in ids.items():
        await _remember(caller.user_id, name, id, library)
    batch.report["ids"] = ids


async def _made(user_id: int, new: list[dict[str, Any]], library: Library) -> dict[str, int]:
    """Make exercises of these names; their ids by folded name. Two that differ in case are one."""
    wanted = {fold(each["name"]): each for each in reversed(new)}
    rows = [
        Exercise(uuid=uuid7(), user_id=user_id, **_columns(each, library))
        for each in wanted.values()
    ]
    await Exercise.bulk_create(rows)
    stored = await Exercise.filter(user_id=user_id, uuid__in=[each.uuid for each in rows])
    ids = {each.uuid: each.id for each in stored}
    return {key: ids[each.uuid] for key, each in zip(wanted, rows, strict=True)}


def _columns(each: dict[str, Any], library: Library) -> dict[str, Any]:
    offers = library.suggest(each["name"])
    like: Suggestion | None = offers[0] if offers else None
    done = Done(**each["done"])
    return creating.columns(each["name"], each["category"], done, like, each.get("facts", {}))


async def _remember(user_id: int, name: str, id: int, library: Library) -> None:
    """What the catalogue itself calls so need not be remembered; an own one may be renamed."""
    found = library.match(name)
    if found is None or found.id != id or found.rank != exercises.SYSTEM:
        await exercises.remember(user_id, fold(name)[:400], id)
