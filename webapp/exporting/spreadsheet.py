"""The sets of an account for spreadsheets: CSV, one line a set.

A spreadsheet runs a cell that begins like a formula. Such a text gets a `'` before it, and so does
one that begins with `'` itself, so that taking one `'` away always gives the text back.
"""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from webapp.db import Row, moment
from webapp.db.marks import marks
from webapp.db.snapshot import Fetch, snapshot
from webapp.settings import Settings
from webapp.zones import local

MARK = "'"
RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", MARK)
CHUNK = 40  # workouts that are in memory at once
HEADER = (
    *("date", "workout", "started_at", "ended_at", "location", "rating", "workout_notes"),
    *("exercise_number", "exercise", "superset", "exercise_notes", "set", "set_type", "reps"),
    *("forced_reps", "weight", "weight_unit", "duration_seconds", "distance", "distance_unit"),
    *("band", "rpe", "bodyweight", "bodyweight_unit", "notes", "completed_at"),
    *("workout_number", "status", "routine", "rest_seconds", "kind", "muscle_group", "implement"),
    *("measure", "load"),
)
_TEXTS = (
    *("workout", "location", "workout_notes", "exercise", "exercise_notes", "band", "notes"),
    "routine",
)
_MOMENTS = ("started_at", "ended_at", "completed_at")

_WORKOUTS = (
    "SELECT id FROM workouts WHERE user_id = ? AND deleted_at IS NULL "
    "AND status <> 'in_progress' ORDER BY started_at, id"
)
_SETS = (
    "SELECT w.id, w.local_date AS date, w.name AS workout, w.started_at, w.ended_at, "
    "w.location_name AS location, w.rating, w.notes AS workout_notes, w.status, "
    "w.routine_name AS routine, i.id AS item_id, i.exercise_name AS exercise, i.superset, "
    "i.note AS exercise_notes, i.rest_seconds, i.kind, i.muscle_group, i.implement, i.measure, "
    "i.load, s.set_type, s.reps, "
    "s.forced_reps, s.weight, s.weight_unit, s.duration_seconds, s.distance, s.distance_unit, "
    "s.band, s.rpe, s.bodyweight, s.bodyweight_unit, s.notes, s.completed_at "
    "FROM workouts w JOIN workout_items i ON i.workout_id = w.id "
    "JOIN workout_sets s ON s.item_id = i.id "
    "WHERE w.user_id = ? AND w.id IN (%s) AND s.completed_at IS NOT NULL "
    "AND i.status <> 'removed' ORDER BY w.started_at, w.id, i.position, i.id, s.position, s.id"
)


def defused(text: str) -> str:
    """A text as a spreadsheet only shows it."""
    return MARK + text if text.startswith(RUN) else text


def undefused(text: str) -> str:
    """The text that was defused."""
    return text.removeprefix(MARK)


async def export_sets(settings: Settings, user_id: int, file: BinaryIO) -> None:
    """Write every set done in ended workouts, the oldest first; UTF-8 with a byte-order mark,
    without which Excel reads something else. Times are on the person's clock, with its offset."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    try:
        lines = csv.writer(text)
        lines.writerow(HEADER)
        async with snapshot(settings) as fetch:
            async for some in _sets(fetch, user_id):
                lines.writerows(some)
    finally:
        text.detach()


async def _sets(fetch: Fetch, user_id: int) -> AsyncIterator[list[list[Any]]]:
    person = (await fetch("SELECT timezone FROM users WHERE id = ?", user_id))[0]
    ids = [each["id"] for each in await fetch(_WORKOUTS, user_id)]
    counting = _Counting()
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        found = await fetch(_SETS % marks(some), user_id, *some)
        yield [_line(each, counting.count(each), person["timezone"]) for each in found]


class _Counting:
    """Workouts are counted in the file, exercises in each of them, sets in each exercise."""

    def __init__(self) -> None:
        self.workout, self.item = 0, 0  # their ids
        self.numbers = dict.fromkeys(("workout_number", "exercise_number", "set"), 0)

    def count(self, each: Row) -> dict[str, int]:
        """The numbers of the next set; those of one workout, and of one exercise, come together."""
        numbers = self.numbers
        if each["id"] != self.workout:
            numbers |= {"workout_number": numbers["workout_number"] + 1, "exercise_number": 0}
        if each["item_id"] != self.item:
            numbers |= {"exercise_number": numbers["exercise_number"] + 1, "set": 0}
        numbers["set"] += 1
        self.workout, self.item = each["id"], each["item_id"]
        return dict(numbers)


def _line(each: Row, counted: dict[str, int], timezone: str) -> list[Any]:
    return [_cell(name, each, counted, timezone) for name in HEADER]


def _cell(name: str, each: Row, counted: dict[str, int], timezone: str) -> Any:
    if name in counted:
        return counted[name]
    value = each[name]
    if name == "exercise":
        value = value or each["kind"].capitalize()  # a block of cardio has no name of its own
    if value is None:
        return ""
    if name in _TEXTS:
        return defused(value)
    return _local(value, timezone) if name in _MOMENTS else str(value)


def _local(stored: Any, timezone: str) -> str:
    when = moment(stored)
    assert when is not None  # noqa: S101 - only asked of values
    return local(when, timezone).isoformat()
