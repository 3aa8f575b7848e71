"""How much there is to export."""

from webapp.db import row

_AMOUNTS = (
    "SELECT (SELECT COUNT(*) FROM workouts WHERE user_id = ?) AS workouts, "
    "(SELECT COUNT(*) FROM workout_sets WHERE user_id = ? AND completed_at IS NOT NULL) AS sets, "
    "(SELECT COUNT(*) FROM routines WHERE user_id = ?) AS routines"
)


async def amounts(user_id: int) -> dict[str, int]:
    """How much an export holds: {"workouts", "sets" (done), "routines"}."""
    found = await row(_AMOUNTS, user_id, user_id, user_id)
    return {} if found is None else {name: found[name] for name in found.keys()}  # noqa: SIM118
