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
MOST_PEOPLE = 10_000


# What workouts that have ended came to, bests included. A set of the workout in progress is no
# rival of theirs when none of them began later, and none has a set of its exercise since then.
PAST = ("workouts", "workout_items", "workout_sets", "routines", "exercises")
_HARMLESS = """EXISTS (SELECT 1 FROM main.workouts w WHERE w.id = {row}.workout_id
 AND w.status = 'in_progress' AND NOT EXISTS (SELECT 1 FROM main.workouts v
  WHERE v.user_id = {row}.user_id AND v.started_at > w.started_at)
 AND NOT EXISTS (SELECT 1 FROM main.workout_sets o WHERE o.user_id = {row}.user_id
  AND o.exercise_id = {row}.exercise_id AND o.completed_at >= w.started_at
  AND o.workout_id <> w.id) AND {early})"""
_EARLY = {
    "workout_sets": "({row}.completed_at IS NULL OR {row}.completed_at >= w.started_at)",
    "workout_items": "NOT EXISTS (SELECT 1 FROM main.workout_sets s WHERE s.item_id = {row}.id "
    "AND s.completed_at < w.started_at)",
}
_STAYS = "NEW.status = 'in_progress'"
_STAYS_SO = f"OLD.status = 'in_progress' AND {_STAYS} " + " ".join(
    f"AND OLD.{name} IS NEW.{name}" for name in ("user_id", "started_at", "deleted_at")
)


def _past() -> Iterator[str]:
    for table, early in _EARLY.items():
        for name, event, row in (
            *(("made", "INSERT", "NEW"), ("changed", "UPDATE", "NEW")),
            *(("was", "UPDATE", "OLD"), ("gone", "DELETE", "OLD")),
        ):
            harmless = _HARMLESS.format(row=row, early=early.format(row=row))
            yield _trigger("past", table, name, event, row, f"WHEN NOT {harmless}")
    for name, event, row, when in (
        ("made", "INSERT", "NEW", f"WHEN NOT ({_STAYS})"),
        ("changed", "UPDATE", "NEW", f"WHEN NOT ({_STAYS_SO})"),
        ("gone", "DELETE", "OLD", ""),
        ("moved", "UPDATE OF user_id", "OLD", ""),
    ):
        yield _trigger("past", "workouts", name, event, row, when)
    for table in ("routines", "exercises"):
        yield from _triggers("past", table)


def _trigger(topic: Topic, table: str, name: str, event: str, row: str, when: str = "") -> str:
    return (
        f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_{name}_touches_{topic} "
        f"AFTER {event} ON main.{table} {when} "
        f"BEGIN SELECT setlog_touched_{topic}({row}.user_id); END"
    )


def _triggers(topic: Topic, table: str, columns: str = "") -> Iterator[str]:
    """Of every way a row of the table is changed, or these columns of one."""
    for name, event, row in (
        ("made", "INSERT", "NEW"),
        ("changed", f"UPDATE OF {columns}" if columns else "UPDATE", "NEW"),
        ("gone", "DELETE", "OLD"),
        ("moved", "UPDATE OF user_id", "OLD"),
    ):
        yield _trigger(topic, table, name, event, row)


TRIGGERS: dict[Topic, list[str]] = {
    "training": [each for table in WATCHED for each in _triggers("training", table)],
    "past": [*_past()],
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
