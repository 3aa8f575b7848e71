"""Which workouts of the history are asked for: by words, days, place, rating, routine, exercise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from webapp.db import Row, is_postgres, rows
from webapp.db.marks import marks

_NOTED = (
    "w.id IN (SELECT i.workout_id FROM workout_items i WHERE i.user_id = ? "
    "AND i.note IS NOT NULL AND i.status <> 'removed' AND {fold}(i.note) LIKE ? ESCAPE '!') "
    "OR w.id IN (SELECT s.workout_id FROM workout_sets s WHERE s.user_id = ? "
    "AND s.notes IS NOT NULL AND {fold}(s.notes) LIKE ? ESCAPE '!')"
)
_FOUND = "({fold}(w.name) LIKE ? ESCAPE '!' OR {fold}(w.notes) LIKE ? ESCAPE '!' OR " + _NOTED + ")"
_OF_ROUTINE = "w.routine_id = (SELECT r.id FROM routines r WHERE r.user_id = ? AND r.uuid = ?)"
_WITH_EXERCISE = (
    "w.id IN (SELECT i.workout_id FROM workout_items i WHERE i.user_id = ? "
    "AND i.status <> 'removed' AND i.exercise_id = (SELECT e.id FROM exercises e "
    "WHERE (e.user_id = ? OR e.user_id IS NULL) AND e.uuid = ?))"
)
_PAST = "w.user_id = ? AND w.deleted_at IS NULL AND w.status <> 'in_progress'"
_PLACES = (
    f"SELECT DISTINCT w.location_name AS name FROM workouts w WHERE {_PAST} "  # noqa: S608
    "AND w.location_name IS NOT NULL"
)
_ROUTINES = (
    "SELECT r.uuid, r.name FROM routines r WHERE r.user_id = ? AND r.id IN "  # noqa: S608
    f"(SELECT w.routine_id FROM workouts w WHERE {_PAST})"
)
_EXERCISES = (
    "SELECT e.uuid, e.name FROM exercises e WHERE (e.user_id = ? OR e.user_id IS NULL) AND EXISTS "
    "(SELECT 1 FROM workout_items i JOIN workouts w ON w.id = i.workout_id "
    "WHERE i.user_id = ? AND i.exercise_id = e.id AND w.status <> 'in_progress')"
)
_NAMES = (
    "SELECT 'routine' AS kind, r.name FROM routines r WHERE r.user_id = ? AND r.uuid = ? "
    "UNION ALL SELECT 'exercise', e.name FROM exercises e "
    "WHERE (e.user_id = ? OR e.user_id IS NULL) AND e.uuid = ?"
)
_NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the history; `first` and `last` are days, both included, `before` is the
    cursor of a later page."""

    q: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    rating: Sequence[int] = ()
    routine: UUID | None = None
    exercise: UUID | None = None
    sort: str = "newest"
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.first, self.last, self.place, self.rating, self.routine, self.exercise))


def understood(said: Mapping[str, Any]) -> Asked:
    """What was said in a query; days that stand the wrong way round mean the days between."""
    asked = Asked(**{**said, "rating": tuple(said.get("rating", ()))})
    if asked.first and asked.last and asked.first > asked.last:
        return replace(asked, first=asked.last, last=asked.first)
    return asked


def where(user_id: int, asked: Asked) -> tuple[str, list[Any]]:
    """The conditions on `workouts w`, each after an AND, and their arguments."""
    conditions = list(_conditions(user_id, asked))
    text = "".join(f"AND {condition} " for condition, _ in conditions)
    return text, [arg for _, args in conditions for arg in args]


def _conditions(user_id: int, asked: Asked) -> list[tuple[str, list[Any]]]:
    like = folded_pattern(asked.q)
    ratings = marks(asked.rating)
    offered: list[tuple[object, str, list[Any]]] = [
        (asked.q, _FOUND.format(fold=fold_name()), [like, like, user_id, like, user_id, like]),
        (asked.first, "w.local_date >= ?", [asked.first]),
        (asked.last, "w.local_date <= ?", [asked.last]),
        (asked.place, "w.location_name = ?", [asked.place]),
        (asked.rating, f"w.rating IN ({ratings})", [*asked.rating]),
        (asked.routine, _OF_ROUTINE, [user_id, str(asked.routine)]),
        (asked.exercise, _WITH_EXERCISE, [user_id, user_id, str(asked.exercise)]),
    ]
    return [(text, args) for is_asked, text, args in offered if is_asked]


def fold_name() -> str:
    """The database's function that folds a text's case."""
    return "lower" if is_postgres() else "casefold"


def folded_pattern(q: str) -> str:
    """What LIKE ... ESCAPE '!' looks for in a folded text to find these words in it."""
    folded = q.lower() if is_postgres() else q.casefold()
    for special in "!%_":
        folded = folded.replace(special, f"!{special}")
    return f"%{folded}%"


async def names(user_id: int, asked: Asked) -> dict[str, str]:
    """What the routine and the exercise that are asked for are called, by kind; what is not the
    person's is not in it. One statement at most."""
    if asked.routine is None and asked.exercise is None:
        return {}
    wanted = (str(asked.routine or _NOBODY), str(asked.exercise or _NOBODY))
    found = await rows(_NAMES, user_id, wanted[0], user_id, wanted[1])
    return {each["kind"]: each["name"] for each in found}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person's history can be narrowed to, by name."""

    places: list[str]
    routines: list[Row]
    exercises: list[Row]


async def choices(user_id: int) -> Choices:
    """The places, the routines and the exercises (each uuid and name) of a person's workouts."""
    return Choices(
        places=[each["name"] for each in _by_name(await rows(_PLACES, user_id))],
        routines=_by_name(await rows(_ROUTINES, user_id, user_id)),
        exercises=_by_name(await rows(_EXERCISES, user_id, user_id)),
    )


def _by_name(found: Sequence[Row]) -> list[Row]:
    return sorted(found, key=lambda each: each["name"].casefold())
