"""Finding exercises: the system's and the person's own, by words, recency and kind."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from webapp.db import Row, row, rows

WORDS = 6  # a seventh word of a search is not looked at
_SEPARATORS = re.compile(r"[\W_]+")
_SHORT = {"bb": "barbell", "db": "dumbbell", "kb": "kettlebell"}

_COLUMNS = (
    "e.id, e.uuid, e.user_id, e.name, e.name_key, e.aliases, e.muscle_group, e.body_part, "
    "e.modality, e.implement, e.measure, e.load, e.primary_muscles, e.secondary_muscles, "
    "e.unilateral, e.increment_kg, e.increment_lb, e.rest_seconds, e.notes, e.archived_at"
)
# One seek in the index (user_id, exercise_id, completed_at), however long the history is.
_USED = (
    "(SELECT MAX(s.completed_at) FROM workout_sets s WHERE s.user_id = ? AND s.exercise_id = e.id)"
)
_OFFERED = (
    "(e.user_id = ? OR e.user_id IS NULL) AND e.archived_at IS NULL AND e.merged_into_id IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM exercise_settings h WHERE h.user_id = ? "
    "AND h.exercise_id = e.id AND h.is_hidden = ?)"
)
_ORDER = (
    "ORDER BY f.fit, f.last_used_at DESC NULLS LAST, "
    "CASE WHEN f.user_id IS NULL THEN 1 ELSE 0 END, f.known DESC, f.name_key, f.id"
)
# What was done last stands beside each row found, and is looked up only for those.
_LAST = (
    "SELECT f.*, l.weight AS last_weight, l.weight_unit AS last_weight_unit, "
    "l.reps AS last_reps, l.duration_seconds AS last_seconds, l.distance AS last_distance, "
    "l.distance_unit AS last_distance_unit, l.band AS last_band, v.is_favourite FROM ("
)
_BESIDE = (
    ") f LEFT JOIN workout_sets l ON l.id = (SELECT s.id FROM workout_sets s "
    "JOIN workouts w ON w.id = s.workout_id WHERE s.user_id = ? AND s.exercise_id = f.id "
    "AND s.completed_at IS NOT NULL AND s.set_type <> 'warm_up' AND w.deleted_at IS NULL "
    "ORDER BY s.completed_at DESC, s.id DESC LIMIT 1) "
    "LEFT JOIN exercise_settings v ON v.user_id = ? AND v.exercise_id = f.id "
)
_KNOWN = "LENGTH(CAST(e.aliases AS TEXT)) - LENGTH(REPLACE(CAST(e.aliases AS TEXT), '\",', '\"'))"
_CALLED = (
    f"{' AND '.join(['e.search_text LIKE ?'] * WORDS)} "  # noqa: S608 - constant
    # What this person's imports and merges call an exercise.
    "OR e.id IN (SELECT a.exercise_id FROM exercise_aliases a WHERE a.user_id = ? AND "
    + " AND ".join(["' ' || REPLACE(a.name_key, '-', ' ') LIKE ?"] * WORDS)
    + ")"
)
_SEARCH = (
    f"{_LAST} SELECT * FROM (SELECT {_COLUMNS}, {_USED} AS last_used_at, "  # noqa: S608
    "CASE WHEN e.search_text LIKE ? THEN 0 WHEN e.search_text LIKE ? THEN 1 "
    "WHEN e.search_text LIKE ? THEN 2 WHEN e.search_text LIKE ? THEN 3 "
    "WHEN e.name_key LIKE ? THEN 4 ELSE 5 END AS fit, "
    # What is done most has the most names: "curl" finds the dumbbell's before the wrist's.
    f"CASE WHEN ? = '' THEN 0 ELSE {_KNOWN} END AS known "
    f"FROM exercises e WHERE {_OFFERED} AND ({_CALLED}) AND "
    "(? = '' OR e.muscle_group = ?) AND (? = '' OR e.implement = ?) "
    "AND (? = '' OR (CASE WHEN e.user_id IS NULL THEN 'system' ELSE 'own' END) = ?) "
    "AND (? = '' OR EXISTS (SELECT 1 FROM exercise_settings v WHERE v.user_id = ? "
    "AND v.exercise_id = e.id AND v.is_favourite = ?)) "
    f") f {_ORDER} LIMIT ? OFFSET ? {_BESIDE} {_ORDER}"
)
_RECENT = (
    f"{_LAST} SELECT * FROM (SELECT {_COLUMNS}, {_USED} AS last_used_at, 0 AS fit, 0 AS known "  # noqa: S608
    f"FROM exercises e WHERE {_OFFERED}) f WHERE f.last_used_at IS NOT NULL "
    f"{_ORDER} LIMIT ? {_BESIDE} {_ORDER}"
)
_OFFER = (
    f"{_LAST} SELECT {_COLUMNS} FROM exercises e "  # noqa: S608 - constant
    f"WHERE {_OFFERED} AND e.uuid = ? {_BESIDE}"
)
_ONE = (
    f"SELECT {_COLUMNS} FROM exercises e "  # noqa: S608 - constant
    "WHERE (e.user_id = ? OR e.user_id IS NULL) AND e."
)
_AWAY = (
    "SELECT uuid, name, CASE WHEN merged_into_id IS NULL THEN 0 ELSE 1 END AS is_merged "
    "FROM exercises WHERE user_id = ? AND (archived_at IS NOT NULL OR merged_into_id IS NOT NULL) "
    "ORDER BY name_key, id"
)
_SETTING = (
    "SELECT weight_unit, increment, rest_seconds, bar_weight, note, is_favourite "
    "FROM exercise_settings WHERE user_id = ? AND exercise_id = ?"
)


def fold(text: str) -> str:
    """A text as names are compared: without case, accents and needless spaces."""
    plain = text.casefold()
    if not text.isascii():  # else there is nothing to take apart: most names, many times
        apart = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.split())


def words(text: str) -> list[str]:
    """The folded words of a text as searches compare them: "Push-Up (DB)" is push, up, dumbbell."""
    parts = (_singular(word) for word in _SEPARATORS.split(fold(text)) if word)
    return [_SHORT.get(word, word) for word in parts]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def search_text(name: str, aliases: Iterable[str]) -> str:
    """What `search` looks in: the words of the name, then of every alias, each ended by a bar.

    A short word is also written joined to the one before, so that "pushup" finds "Push Up".
    """
    said = [words(each) for each in (name, *aliases)]
    lines = [*said, *(_joined(each) for each in said)]
    return "".join(f" {line} |" for line in dict.fromkeys(" ".join(each) for each in lines))


def _joined(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for word in parts:
        if joined and len(word) <= 5:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


async def search(
    user_id: int,
    text: str = "",
    muscle: str = "",
    implement: str = "",
    mine: bool | None = None,
    limit: int = 50,
    offset: int = 0,
    favourites: bool = False,
) -> Sequence[Row]:
    """Return the exercises a person can choose from; one statement, own and system alike.

    Every word of `text` must begin a word of the name or of an alias. A name or alias that is the
    text comes first, then those that begin with it; among equals the last used, then the
    person's own, then the best known: with no text the recently used lead, then by name.
    `muscle` is a muscle_group, `implement` one of IMPLEMENTS; `mine` True asks for the own ones
    only, False for the system's; `favourites` those alone. Archived, merged and hidden ones stay
    out. What the person's imports and merges call an exercise is an alias, too.

    Rows have the exercise's columns (id, uuid, user_id, name, aliases, muscle_group, body_part,
    modality, implement, measure, load, primary_muscles, secondary_muscles, unilateral,
    increment_kg, increment_lb, rest_seconds, notes; lists as JSON text), last_used_at,
    is_favourite (null for no), and the last working set done: last_weight, last_weight_unit,
    last_reps, last_seconds, last_distance, last_distance_unit, last_band (all null when never
    done).
    """
    wanted = words(text)[:WORDS]
    phrase = " ".join(wanted)
    fits = (f" {phrase} |%", f"%| {phrase} |%", f" {phrase}%", f"%| {phrase}%", f"%{phrase}%")
    owner = "" if mine is None else "own" if mine else "system"
    begins = [f"% {word}%" for word in wanted] + ["%"] * (WORDS - len(wanted))
    return await rows(
        _SEARCH,
        user_id,
        *(fits if wanted else ["%"] * len(fits)),
        phrase,
        *(user_id, user_id, True),
        *begins,
        user_id,
        *begins,
        *(muscle, muscle, implement, implement, owner, owner),
        *("y" if favourites else "", user_id, True),
        *(limit, offset, user_id, user_id),
    )


async def recent(user_id: int, limit: int = 8) -> Sequence[Row]:
    """The exercises a person has logged sets of, the last used first; rows as in `search`."""
    return await rows(_RECENT, user_id, user_id, user_id, True, limit, user_id, user_id)


def first_muscle(exercise: Row) -> str:
    """What an exercise works first; its muscle group where no muscle is named."""
    named = texts(exercise["primary_muscles"])
    return named[0] if named else str(exercise["muscle_group"])


def texts(stored: Any) -> list[str]:
    """A JSON column read by hand as a list of texts."""
    found: list[str] = orjson.loads(stored or "[]") if isinstance(stored, str | None) else stored
    return found


async def put_away(user_id: int) -> Sequence[Row]:
    """The person's own exercises that are offered no longer, by name: uuid, name, and whether it
    is_merged into another (else it is archived)."""
    return await rows(_AWAY, user_id)


async def offered(user_id: int, uuid: object) -> Row | None:
    """One exercise with what was done of it last, as in `search` (without last_used_at)."""
    return await row(_OFFER, user_id, user_id, True, str(uuid), user_id, user_id)


async def one(user_id: int, uuid: object) -> Row | None:
    """The exercise of this UUID that the person may use (own or system), archived ones too."""
    return await row(_ONE + "uuid = ?", user_id, str(uuid))


async def by_id(user_id: int, id: int) -> Row | None:
    """The exercise of this integer id that the person may use (own or system)."""
    return await row(_ONE + "id = ?", user_id, id)


async def setting(user_id: int, exercise_id: int) -> Row | None:
    """How a person does an exercise: weight_unit, increment, rest_seconds, bar_weight, note, and
    is_favourite."""
    return await row(_SETTING, user_id, exercise_id)
