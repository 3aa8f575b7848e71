"""Whose rows the connection that writes has changed, so that what was read of others stays known.

Triggers of the connection itself (TEMP: no other program meets them) call a function with the
owner of each row that is made, changed or deleted, whatever statement does it. What other
processes commit is told by SQLite as a whole
(https://www.sqlite.org/pragma.html#pragma_data_version).
"""

from collections.abc import Iterator
from functools import partial
from typing import Literal

from webapp.db.inline import InlineConnection

Topic = Literal["training", "past", "days"]

# What training, history and progress are read from. A row without an owner is everybody's.
WATCHED = (
    *("workouts", "workout_items", "workout_sets", "routines", "routine_items"),
    *("exercises", "exercise_settings"),
)
# What tells which days had a workout, and how long: no logged set changes that.
DAYS = "user_id, local_date, status, deleted_at, started_at, ended_at"
# What workouts that have ended came to: one in progress is no part of that, and no rival.
_ENDED_ITSELF = {"when": "{row}.status <> 'in_progress'", "leaves": "user_id, status"}
_OF_ENDED = {
    "when": "(SELECT w.status FROM main.workouts w WHERE w.id = {row}.workout_id) "
    "IS NOT 'in_progress'",
    "leaves": "user_id, workout_id",
}
PAST: dict[str, dict[str, str]] = {
    "workouts": _ENDED_ITSELF,
    "workout_items": _OF_ENDED,
    "workout_sets": _OF_ENDED,
    "routines": {},
    "exercises": {},
}
MOST_PEOPLE = 10_000


def _triggers(
    topic: Topic, table: str, columns: str = "", when: str = "TRUE", leaves: str = "user_id"
) -> Iterator[str]:
    """Of every way a row of the table is changed, or these columns of one, and of what it `leaves`
    when those are: `when` is said of the row that there is, and of the one that there was."""
    for name, event, row in (
        ("made", "INSERT", "NEW"),
        ("changed", f"UPDATE OF {columns}" if columns else "UPDATE", "NEW"),
        ("gone", "DELETE", "OLD"),
        ("moved", f"UPDATE OF {leaves}", "OLD"),
    ):
        yield (
            f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_{name}_touches_{topic} "
            f"AFTER {event} ON main.{table} WHEN {when.format(row=row)} "
            f"BEGIN SELECT setlog_touched_{topic}({row}.user_id); END"
        )


TRIGGERS: dict[Topic, list[str]] = {
    "training": [each for table in WATCHED for each in _triggers("training", table)],
    "past": [each for table, how in PAST.items() for each in _triggers("past", table, **how)],
    "days": [*_triggers("days", "workouts", DAYS)],
}


class Editions:
    """What stays equal for as long as a person's rows do."""

    def __init__(self, writer: InlineConnection) -> None:
        self._writer = writer
        self._is_watching = False
        self._touched: set[tuple[Topic, int | None]] = set()
        self._commits: dict[tuple[Topic, int | None], int] = {}

    def of(self, user_id: int, topic: Topic) -> object:
        """Another one whenever a row of the topic that is this person's or everybody's may have
        been changed by this process, or anything by another; None while that cannot be told."""
        if self._writer.is_aside or not self._watches():
            return None
        if self._touched and not self._writer.in_transaction:
            self._count()
        mine, everybodys = (topic, user_id), (topic, None)
        if mine in self._touched or everybodys in self._touched:
            return None
        known = self._commits
        return self, self._writer.data_version(), known.get(everybodys, 0), known.get(mine, 0)

    def _watches(self) -> bool:
        # What is made inside a transaction goes when that is undone.
        if not self._is_watching and not self._writer.in_transaction:
            for topic, triggers in TRIGGERS.items():
                touched = partial(self._note, topic)
                self._writer.watch(f"setlog_touched_{topic}", touched, triggers)
            self._is_watching = True
        return self._is_watching

    def _note(self, topic: Topic, user_id: int | None) -> None:
        self._touched.add((topic, user_id))

    def _count(self) -> None:
        if len(self._commits) > MOST_PEOPLE:
            self._touched.update((topic, None) for topic in TRIGGERS)
            self._commits = {key: many for key, many in self._commits.items() if key[1] is None}
        for each in self._touched:
            self._commits[each] = self._commits.get(each, 0) + 1
        self._touched.clear()
