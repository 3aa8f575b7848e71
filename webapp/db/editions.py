"""Whose rows the connection that writes has changed, so that what was read of others stays known.

Triggers of the connection itself (TEMP: no other program meets them) call a function with the
owner of each row that is made, changed or deleted, whatever statement does it. What other
processes commit is told by SQLite as a whole
(https://www.sqlite.org/pragma.html#pragma_data_version).
"""

from webapp.db.inline import InlineConnection

# What training, history and progress are read from. A row without an owner is everybody's.
WATCHED = (
    *("workouts", "workout_items", "workout_sets", "routines", "routine_items"),
    *("exercises", "exercise_settings"),
)
MOST_PEOPLE = 10_000
_EVENTS = (
    *(("made", "INSERT", "NEW"), ("changed", "UPDATE", "NEW"), ("gone", "DELETE", "OLD")),
    ("moved", "UPDATE OF user_id", "OLD"),
)
TRIGGERS = [
    f"CREATE TEMP TRIGGER {table}_{name}_touches AFTER {event} ON main.{table} "
    f"BEGIN SELECT setlog_touched({row}.user_id); END"
    for table in WATCHED
    for name, event, row in _EVENTS
]


class Editions:
    """What stays equal for as long as a person's rows do."""

    def __init__(self, writer: InlineConnection) -> None:
        self._writer = writer
        self._is_watching = False
        self._touched: set[int | None] = set()
        self._commits: dict[int | None, int] = {}

    def of(self, user_id: int) -> object:
        """Another one whenever a row that is this person's or everybody's may have been changed by
        this process, or anything by another; None while that cannot be told."""
        if self._writer.is_aside or not self._watches():
            return None
        if self._touched and not self._writer.in_transaction:
            self._count()
        if user_id in self._touched or None in self._touched:
            return None
        known = self._commits
        return self, self._writer.data_version(), known.get(None, 0), known.get(user_id, 0)

    def _watches(self) -> bool:
        # What is made inside a transaction goes when that is undone.
        if not self._is_watching and not self._writer.in_transaction:
            self._writer.watch("setlog_touched", self._touched.add, TRIGGERS)
            self._is_watching = True
        return self._is_watching

    def _count(self) -> None:
        if len(self._commits) > MOST_PEOPLE:
            self._touched.add(None)
            self._commits = {None: self._commits.get(None, 0)}
        for each in self._touched:
            self._commits[each] = self._commits.get(each, 0) + 1
        self._touched.clear()
