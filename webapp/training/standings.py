"""Where a workout stands, item by item, in one statement and without its sets: enough to tell
whose turn it is (turn.py)."""

from dataclasses import dataclass
from datetime import datetime

from webapp.db import moment, rows
from webapp.training.lines import DONE, SheetItem

# The unary + keeps SQLite from walking all sets of the person for each item.
_STANDINGS = (
    "SELECT i.id, i.uuid, i.exercise_name, i.position, i.kind, i.status, i.superset, "
    "i.rest_seconds, COUNT(s.id), COUNT(s.completed_at), MAX(s.completed_at) "
    "FROM workout_items i LEFT JOIN workout_sets s ON s.item_id = i.id AND +s.user_id = i.user_id "
    "WHERE i.user_id = ? AND i.workout_id = ? AND i.status <> 'removed' "
    "GROUP BY i.position, i.id ORDER BY i.position, i.id"
)


@dataclass(slots=True, eq=False)
class Standing:
    """An item: how many sets it has, how many are done, and when the last of them was."""

    id: int
    uuid: str
    exercise_name: str
    position: int
    kind: str
    status: str
    superset: int | None
    rest_seconds: int | None
    count: int
    count_done: int
    last_at: datetime | None

    @property
    def is_done(self) -> bool:
        """As the item's own."""
        return self.status in DONE if self.kind == "rest" else 0 < self.count == self.count_done


@dataclass(slots=True, eq=False)
class Standings:
    """The items of a workout, in order."""

    items: list[Standing]

    def item(self, id: int) -> Standing:
        return next(item for item in self.items if item.id == id)

    def recount(self, item: SheetItem) -> None:
        """Let the item stand as its sets are now."""
        standing = self.item(item.id)
        standing.count_done, standing.last_at = item.count_done, item.last_at


async def standings(user_id: int, workout_id: int) -> Standings:
    """Where the user's workout stands now."""
    found = [Standing(*row) for row in await rows(_STANDINGS, user_id, workout_id)]
    for item in found:
        item.uuid, item.last_at = str(item.uuid), moment(item.last_at)
    return Standings(found)
