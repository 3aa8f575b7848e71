"""What is in the database in the end, held against what was acknowledged."""

from types import SimpleNamespace
from typing import cast

from tests.support.recount import POUND, recount, rounded
from tests.support.world import Person
from torture.lifter import Lifter
from webapp import db
from webapp.history.statistics import statistics
from webapp.history.streaks import today_of

_SETS = (
    "SELECT id, reps, weight FROM workout_sets "
    "WHERE user_id = ? AND completed_at IS NOT NULL ORDER BY id"
)
_RUNNING = (
    "SELECT COUNT(*) AS many FROM workouts WHERE user_id = ? AND status = 'in_progress' "
    "AND deleted_at IS NULL"
)


async def audit(user_id: int, lifter: Lifter) -> list[str]:
    """What is wrong, in words; nothing when every acknowledged set is there exactly once, and
    the totals are those of a recount."""
    rows = await db.rows(_SETS, user_id)
    found = {each["id"]: (each["reps"], float(each["weight"])) for each in rows}
    told = lifter.acknowledged
    kinds = {
        "acknowledged and lost": told.keys() - found.keys(),
        "counted that nobody was told of": found.keys() - told.keys(),
        "with other numbers": {id for id in found.keys() & told.keys() if found[id] != told[id]},
    }
    wrong = [f"user {user_id}: sets {how}: {sorted(ids)[:5]}" for how, ids in kinds.items() if ids]
    (running,) = await db.rows(_RUNNING, user_id)
    if running["many"]:
        wrong.append(f"user {user_id}: {running['many']} workouts in progress")
    return wrong + await _totals(user_id)


async def _totals(user_id: int) -> list[str]:
    """The statistics of all that ended, held against a count set by set."""
    person = cast(Person, SimpleNamespace(user=SimpleNamespace(id=user_id)))
    counted = await recount(person)
    told = await statistics(user_id, today_of("UTC"))
    same = (told.workouts, told.sets, rounded(told.grams * POUND["kg"] / 1000))
    names = ("total_workouts", "total_sets", "total_weight_lifted")
    by_hand = tuple(counted[name] for name in names)
    return [] if same == by_hand else [f"user {user_id}: totals {same}, recounted {by_hand}"]


async def is_sound() -> list[str]:
    """What the database itself finds wrong with its file (SQLite), or with a lookup of all."""
    if db.is_postgres():
        return []
    checks = await db.rows("PRAGMA integrity_check")
    broken = await db.rows("PRAGMA foreign_key_check")
    said = [str(each["integrity_check"]) for each in checks if each["integrity_check"] != "ok"]
    return said + [f"a row of {each['table']} hangs in the air" for each in broken]
