"""The starter programs of webapp/data/starters.json, and taking them over."""

from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import orjson

from webapp import catalogue
from webapp.auth import Caller
from webapp.models import Exercise, Routine, RoutineItem, plans
from webapp.settings import ROOT
from webapp.views.routines import starter_cards

FILE = ROOT / "webapp" / "data" / "starters.json"
_NOTHING = dict.fromkeys(
    (
        *("exercise", "reps_min", "reps_max", "weight", "weight_unit", "duration_seconds"),
        *("distance", "distance_unit", "speed_kmh", "rest_seconds", "note", "superset"),
    )
)
_PLANNED = ("sets", "reps_min", "reps_max", "duration_seconds", "rest_seconds", "note", "superset")


@lru_cache(maxsize=1)
def programs() -> tuple[dict[str, Any], ...]:
    """Every program with its routines and items, as webapp/data/README.md describes them; each
    item has all the words of a routine's item, and the name of its exercise."""
    read: list[dict[str, Any]] = orjson.loads(FILE.read_bytes())
    for routine in (routine for program in read for routine in program["routines"]):
        routine["items"] = [_complete(each) for each in routine["items"]]
    return tuple(read)


def _complete(item: dict[str, Any]) -> dict[str, Any]:
    exercise = catalogue.entries().get(item.get("exercise", ""), {})
    same = {name: exercise.get(name) for name in ("name", "measure", "load")}
    return {**_NOTHING, **same, "warm_up_sets": 0, "sets": 1, **item}


def offered() -> list[dict[str, str]]:
    """What Today shows to a new person: slug, name, sub ("2 routines · 3 days a week"), text."""
    return starter_cards(programs())


async def taken(user_id: int) -> set[str]:
    """The slugs of the programs of which the person has a routine."""
    mine = Routine.filter(user_id=user_id, deleted_at=None, program__isnull=False)
    return {str(each) for each in await mine.distinct().values_list("program", flat=True)}


async def take(person: Caller, slug: str) -> None:
    """Copy a program's routines into the person's own, behind those there are.

    Each copy's UUID follows from the person's and the program's, so doing it again brings back
    what was deleted and doubles nothing.
    """
    program = next(each for each in programs() if each["slug"] == slug)
    first = await plans.next_position(person.user_id)
    new = [
        _routine(person, program, routine, first + place)
        for place, routine in enumerate(program["routines"])
    ]
    await Routine.bulk_create(new, ignore_conflicts=True)
    mine = Routine.filter(user_id=person.user_id, uuid__in=[each.uuid for each in new])
    await mine.update(deleted_at=None)
    ids = {uuid: id for id, uuid in await mine.values_list("id", "uuid")}
    await RoutineItem.bulk_create(await _items(person, program, ids), ignore_conflicts=True)


def _named(person: Caller, *names: str | int) -> UUID:
    return uuid5(person.user_uuid, " ".join(["starter", *map(str, names)]))


def _routine(person: Caller, program: Any, routine: Any, position: int) -> Routine:
    return Routine(
        user_id=person.user_id,
        uuid=_named(person, routine["slug"]),
        position=position,
        program=program["slug"],
        **{name: routine[name] for name in ("name", "description", "estimated_minutes", "tags")},
    )


async def _items(person: Caller, program: Any, ids: dict[UUID, int]) -> list[RoutineItem]:
    slugs = {each["exercise"] for routine in program["routines"] for each in _of_exercises(routine)}
    exercises = {each.slug: each for each in await Exercise.filter(slug__in=slugs)}
    return [
        _item(person, ids, routine, place, each, exercises.get(each["exercise"]))
        for routine in program["routines"]
        for place, each in enumerate(routine["items"])
    ]


def _of_exercises(routine: Any) -> list[Any]:
    return [each for each in routine["items"] if each["kind"] != "rest"]


def _item(
    person: Caller, ids: dict[UUID, int], routine: Any, place: int, item: Any, exercise: Any
) -> RoutineItem:
    return RoutineItem(
        user_id=person.user_id,
        routine_id=ids[_named(person, routine["slug"])],
        uuid=_named(person, routine["slug"], place),
        position=place,
        kind=item["kind"],
        exercise_id=exercise.id if exercise else None,
        exercise_name=exercise.name if exercise else "",
        **{name: item[name] for name in _PLANNED},
    )
