"""The system's exercises, kept as webapp/data/exercises.json says."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from webapp.db import connect, disconnect, transaction
from webapp.db.migrate import migrate
from webapp.models import Exercise
from webapp.models.library import fold, search_text
from webapp.settings import ROOT, Settings

FILE = ROOT / "webapp" / "data" / "exercises.json"
_SAME = [
    "slug",
    "name",
    "aliases",
    "muscle_group",
    "body_part",
    "modality",
    "implement",
    "measure",
    "load",
]
_SAME += ["rest_seconds", "unilateral"]


@lru_cache(maxsize=1)
def entries() -> dict[str, dict[str, Any]]:
    """What the file says of every exercise, by slug, as the columns of its row."""
    return {each["slug"]: _columns(each) for each in orjson.loads(FILE.read_bytes())}


def _columns(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: entry[name] for name in _SAME},
        "name_key": fold(entry["name"]),
        "search_text": search_text(entry["name"], entry["aliases"]),
        "primary_muscles": entry["muscles"]["primary"],
        "secondary_muscles": entry["muscles"]["secondary"],
        "increment_kg": Decimal(str(entry["increment_kg"])),
        "increment_lb": Decimal(str(entry["increment_lb"])),
    }


async def prepare(settings: Settings) -> None:
    """Bring a database to this version of the program: its tables, then its exercises."""
    await migrate(settings)
    await connect(settings)
    try:
        await load_catalogue()
    finally:
        await disconnect()


async def load_catalogue() -> tuple[int, int]:
    """Bring the system's exercises to what the file says; return how many are new and changed.

    Found again by slug: nothing is deleted or doubled, and what an admin edited stays. Costs one
    statement when there is nothing to do. Harmless to repeat, and from two processes at once.
    """
    found = await _missing_and_changed(entries())
    return await transaction(lambda: _write(*found)) if any(found) else (0, 0)


async def _missing_and_changed(wanted: dict[str, dict[str, Any]]) -> tuple[Any, Any]:
    columns = next(iter(wanted.values()))
    stored = await Exercise.filter(slug__isnull=False).values("updated_by_id", *columns)
    kept = {each["slug"]: each for each in stored}
    missing = [each for slug, each in wanted.items() if slug not in kept]
    changed = [each for slug, each in wanted.items() if slug in kept and _differs(each, kept[slug])]
    return missing, changed


def _differs(wanted: dict[str, Any], stored: dict[str, Any]) -> bool:
    return stored["updated_by_id"] is None and any(
        stored[name] != value for name, value in wanted.items()
    )


async def _write(missing: list[dict[str, Any]], changed: list[dict[str, Any]]) -> tuple[int, int]:
    # A twin may have inserted the same slugs meanwhile.
    await Exercise.bulk_create([Exercise(**each) for each in missing], ignore_conflicts=True)
    for each in changed:
        await Exercise.filter(slug=each["slug"], updated_by_id=None).update(**each)
    return len(missing), len(changed)
