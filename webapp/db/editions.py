"""What stays equal for as long as a person's rows do, so that what was read of them stays known.

Their past has a name of its own in the database, which is another one after every change of it,
whoever makes it (`past_triggers.py`). What belongs to the workout in progress, too, is told on
SQLite alone: triggers of the connection that writes (TEMP: no other program meets them) call a
function with the owner of each row that is made, changed or deleted, whatever statement does it;
what other processes commit is told as a whole (https://www.sqlite.org/pragma.html#pragma_data_version).
"""

import asyncio
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Literal
from weakref import ref

from webapp.db.inline import InlineConnection

_heard: ContextVar[Any] = ContextVar("the_edition_that_came_with_the_caller", default=None)

Topic = Literal["training", "past"]

PAST = (
    "SELECT p.edition AS own, e.edition AS everybodys FROM past_editions p, past_editions e "
    "WHERE p.user_id = ? AND e.user_id IS NULL"
)
# What training is read from. A row without an owner is everybody's.
WATCHED = (
    *("workouts", "workout_items", "workout_sets", "routines", "routine_items"),
    *("exercises", "exercise_settings"),
)
MOST_PEOPLE = 10_000


def _triggers(table: str) -> Iterator[str]:
    """Of every way a row of the table is changed."""
    for name, event, row in (
        ("made", "INSERT", "NEW"),
        ("changed", "UPDATE", "NEW"),
        ("gone", "DELETE", "OLD"),
        ("moved", "UPDATE OF user_id", "OLD"),
    ):
        yield (
            f"CREATE TEMP TRIGGER IF NOT EXISTS {table}_{name}_touches AFTER {event} "
            f"ON main.{table} BEGIN SELECT setlog_touched({row}.user_id); END"
        )


TRIGGERS = [each for table in WATCHED for each in _triggers(table)]


def hear(user_id: int, own: str | None, everybodys: str | None) -> None:
    """This task has just read of what edition the person's past is: nothing need ask again until
    the task writes, or ends."""
    task = asyncio.current_task()
    _heard.set((ref(task), user_id, (own, everybodys)) if task and own and everybodys else None)


def heard(user_id: int) -> object:
    """The edition this task has heard of; None where it has not, or some task it came from has."""
    known = _heard.get()
    if known is None or known[1] != user_id or known[0]() is not asyncio.current_task():
        return None
    return known[2]


def forget() -> None:
    """This task writes now."""
    _heard.set(None)


class Editions:
    """Of training, by the connection that writes."""

    def __init__(self, writer: InlineConnection) -> None:
        self._writer = writer
        self._is_watching = False
        self._touched: set[int | None] = set()
        self._commits: dict[int | None, int] = {}

    def of(self, user_id: int) -> object:
        """Another one whenever a watched row that is this person's or everybody's may have been
        changed by this process, or anything by another; None while that cannot be told."""
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
