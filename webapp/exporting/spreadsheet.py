"""The sets of an account for spreadsheets: CSV, one line a set.

A spreadsheet runs a cell that begins like a formula. Such a text gets a `'` before it, and so does
one that begins with `'` itself, so that taking one `'` away always gives the text back.
"""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any, BinaryIO

from webapp.db import Row, moment
from webapp.db.snapshot import Fetch, snapshot
from webapp.settings import Settings
from webapp.views.text import local

MARK = "'"
RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", MARK)
CHUNK = 40  # workouts that are in memory at once
HEADER = (
    *("date", "workout", "started_at", "ended_at", "location", "rating", "workout_notes"),
    *("exercise_number", "exercise", "superset", "exercise_notes", "set", "set_type", "reps"),
    *("forced_reps", "weight", "weight_unit", "duration_seconds", "distance", "distance_unit"),
    *("band", "rpe", "bodyweight", "bodyweight_unit", "notes", "completed_at"),
)
_TEXTS = ("workout", "location", "workout_notes", "exercise", "exercise_notes", "band", "notes")
_MOMENTS = ("started_at", "ended_at", "completed_at")

_WORKOUTS = (
    "SELECT id FROM workouts WHERE user_id = ? AND deleted_at IS NULL "
    "AND status <> 'in_progress' ORDER BY started_at, id"
)
_SETS = (
    "SELECT w.id, w.local_date AS date, w.name AS workout, w.started_at, w.ended_at, "
    "w.location_name AS location, w.rating, w.notes AS workout_notes, i.id AS item_id, "
    "i.exercise_name AS exercise, i.superset, i.note AS exercise_notes, s.set_type, s.reps, "
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
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        found = await fetch(_SETS % ", ".join("?" * len(some)), user_id, *some)
        yield _lines(found, person["timezone"])


def _lines(found: Sequence[Row], timezone: str) -> list[list[Any]]:
    """The sets of whole workouts; exercises are counted in each, sets in each exercise."""
    lines, workout, item, exercise, number = [], None, None, 0, 0
    for each in found:
        exercise = 0 if each["id"] != workout else exercise
        exercise, number = (exercise, number + 1) if each["item_id"] == item else (exercise + 1, 1)
        workout, item = each["id"], each["item_id"]
        counted = {"exercise_number": exercise, "set": number}
        lines.append([_cell(name, each, counted, timezone) for name in HEADER])
    return lines


def _cell(name: str, each: Row, counted: dict[str, int], timezone: str) -> Any:
    if name in counted:
        return counted[name]
    value = each[name]
    if value is None:
        return ""
    if name in _TEXTS:
        return defused(value)
    return _local(value, timezone) if name in _MOMENTS else str(value)


def _local(stored: Any, timezone: str) -> str:
    when = moment(stored)
    assert when is not None  # noqa: S101 - only asked of values
    return local(when, timezone).isoformat(timespec="milliseconds")
