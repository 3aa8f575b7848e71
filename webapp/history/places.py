"""Where a person trains: the places they keep, and those that workouts name."""

from collections.abc import Mapping
from typing import Any

from webapp.db import rows
from webapp.models.library import fold

_KNOWN = (
    "SELECT l.id, l.name FROM locations l WHERE l.user_id = ? UNION "
    "SELECT CAST(NULL AS BIGINT), w.location_name FROM workouts w WHERE w.user_id = ? "
    "AND w.deleted_at IS NULL AND w.location_name IS NOT NULL"
)


async def known(user_id: int) -> dict[str, tuple[int | None, str]]:
    """Id (None for one that is only named) and name of each place, by its folded name and in the
    order of it; one statement."""
    found = await rows(_KNOWN, user_id, user_id)
    kept_last = sorted(found, key=lambda each: (fold(each["name"]), each["id"] is not None))
    return {fold(each["name"]): (each["id"], each["name"]) for each in kept_last}


async def placed(user_id: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a workout, with the id and name of the location in place of the name
    typed; a name nobody keeps is a name alone."""
    rest = {name: value for name, value in said.items() if name != "location"}
    if "location" not in said:
        return rest
    typed = said["location"]
    id, name = (await known(user_id)).get(fold(typed), (None, typed)) if typed else (None, None)
    return {**rest, "location_id": id, "location_name": name}
