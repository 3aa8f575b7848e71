"""Histories of any length, made by the database itself: a million sets in half a minute.

Each person has workouts of 6 exercises with 4 sets, the last one just over. What is new has the
same weights and reps however much lies behind it, so that lengths alone are compared.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from webapp.db import is_postgres, row, rows

ITEMS, SETS = 6, 4
EACH = ITEMS * SETS
EVERY, YEARS_AT_MOST = 201_600, 20  # seconds from one workout to the next
AT_ONCE = 24_000  # rows a statement, none of which may take 30 seconds
NUMBERS = (
    "WITH RECURSIVE n (i) AS (SELECT CAST({begin} AS BIGINT) "
    "UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end}) "
)
_WORKOUT = {
    "id": "{first} + i",
    "uuid": "{uuid}",
    "user_id": "{user} + i / {workouts}",
    "name": "'Full body'",
    "status": "'finished'",
    "started_at": "{start}",
    "ended_at": "{end}",
    "local_date": "{day}",
    "rating": "i % 5 + 1",
    "source": "'pages'",
    "version": "1",
    "created_at": "{end}",
    "updated_at": "{end}",
}
_ITEM = {
    "id": "{first} + i",
    "uuid": "{uuid}",
    "user_id": "{user} + i / 6 / {workouts}",
    "workout_id": "{workout} + i / 6",
    "position": "i % 6",
    "kind": "'exercise'",
    "exercise_id": "e.id",
    "exercise_name": "e.name",
    **{
        name: f"e.{name}"
        for name in ("muscle_group", "body_part", "modality", "implement", "measure", "load")
    },
    "status": "'finished'",
    "started_at": "{start}",
    "ended_at": "{end}",
    "plan": "'{{}}'",
    "version": "1",
    "created_at": "{end}",
    "updated_at": "{end}",
}
# Weights grow over the last 400 workouts; before them they went round in circles.
_GRAMS = (
    "2500 * CAST(ROUND((40 + 10 * (i / 4 % 6)) / 2.5 * CASE WHEN {back} < 400 "
    "THEN 1.28 - {back} / 1600.0 ELSE 0.8 + {back} % 40 / 200.0 END) AS BIGINT)"
)
_SET = {
    "id": "{first} + i",
    "uuid": "{uuid}",
    "user_id": "{user} + i / 24 / {workouts}",
    "workout_id": "{workout} + i / 24",
    "item_id": "{item} + i / 4",
    "exercise_id": "e.id",
    "position": "i % 4",
    "set_type": "'working'",
    "reps": "5 + (i * 7919 + {back} * 104729) % 6",
    "weight": "CAST(g / 1000 AS TEXT) || CASE WHEN g % 1000 = 0 THEN '' ELSE '.5' END",
    "weight_unit": "'kg'",
    "weight_grams": "g",
    "completed_at": "{done}",
    "version": "1",
    "created_at": "{done}",
    "updated_at": "{done}",
}


# What the triggers of a workout and its parts write, which are silent meanwhile.
_CHANGES = (
    "INSERT INTO changes (user_id, kind, uuid, seq, is_deleted, is_pending, changed_at) "
    "SELECT user_id, 'workout', uuid, 0, FALSE, TRUE, created_at FROM workouts WHERE id >= ?"
)
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"


async def fill(user_id: int, exercises: list[int], workouts: int, people: int = 1) -> None:
    """Give `people`, whose ids follow each other from `user_id` on, so many workouts each."""
    total = workouts * people
    first = {table: await _next(table) for table in ("workouts", "workout_items", "workout_sets")}
    known = {"user": user_id, "workouts": workouts, "workout": first["workouts"]}
    known["item"] = first["workout_items"]
    chosen = "CASE {slot} " + " ".join(f"WHEN {n} THEN {e}" for n, e in enumerate(exercises))
    done = f" JOIN exercises e ON e.id = {chosen} END"
    sets = f"(SELECT i, {_GRAMS} AS g FROM n) n" + done.format(slot="i / 4 % 6")
    plans = (
        ("workouts", _WORKOUT, total, 1, "n"),
        ("workout_items", _ITEM, total * ITEMS, ITEMS, "n" + done.format(slot="i % 6")),
        ("workout_sets", _SET, total * EACH, EACH, sets),
    )
    for number, (table, columns, amount, each, source) in enumerate(plans):
        said = {**known, **_times(workouts, each), "first": first[table], "uuid": _uuid(number)}
        asked = f"SELECT {', '.join(columns.values())} FROM {source}".format(**said)
        async with _silent(table):
            for begin in range(0, amount, AT_ONCE):
                numbers = NUMBERS.format(begin=begin, end=min(begin + AT_ONCE, amount))
                await rows(f"INSERT INTO {table} ({', '.join(columns)}) {numbers}{asked}")
        await _count_on(table)
    await rows(_CHANGES, first["workouts"])


@asynccontextmanager
async def _silent(table: str) -> AsyncIterator[None]:
    """The table without its triggers: a million of their calls take minutes."""
    if is_postgres():
        await rows(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        await rows(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    found = await rows(_TRIGGERS, table)
    for each in found:
        await rows(f"DROP TRIGGER {each['name']}")
    yield
    for each in found:
        await rows(each["sql"])


def _times(workouts: int, each: int) -> dict[str, str]:
    """When the workout of row i began and ended, and its set was done, as the engine writes it."""
    every = min(EVERY, YEARS_AT_MOST * 365 * 86400 // workouts)
    back = f"({workouts} - 1 - i / {each} % {workouts})"
    start = f"{int(datetime.now(UTC).timestamp()) - 3600} - {back} * {every}"
    done = f"{start} + i / 4 % 6 * 480 + i % 4 * 110 + 60"
    stamp, day = "strftime('%Y-%m-%d %H:%M:%S+00:00', {}, 'unixepoch')", "date({}, 'unixepoch')"
    if is_postgres():
        stamp, day = "to_timestamp({})", "CAST(to_timestamp({}) AT TIME ZONE 'UTC' AS DATE)"
    return {
        "back": back,
        "start": stamp.format(start),
        "end": stamp.format(f"{start} + 2900"),
        "done": stamp.format(done),
        "day": day.format(start),
    }


def _uuid(number: int) -> str:
    """The UUID of row i: in the order of time, as ours are."""
    head = f"01900000-0000-7000-800{number}-"
    if is_postgres():
        return f"CAST('{head}' || LPAD(TO_HEX(i), 12, '0') AS UUID)"
    return f"PRINTF('{head}%012x', i)"


async def _next(table: str) -> int:
    found = await row(f"SELECT COALESCE(MAX(id), 0) + 1 AS id FROM {table}")
    number: int = found["id"] if found else 1
    return number


async def _count_on(table: str) -> None:
    """Let the next row be numbered after these."""
    if is_postgres():
        await rows(f"ANALYZE {table}")
        last = f"(SELECT MAX(id) FROM {table})"
        await rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
