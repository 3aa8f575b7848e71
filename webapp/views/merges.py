"""Merging two exercises as people see it: which one to keep, and what would move."""

from collections.abc import Iterator, Sequence
from typing import Any

from webapp.db import Row
from webapp.models.merging import Moves
from webapp.views.exercises import LOAD_NAMES, MEASURE_NAMES, subtitle
from webapp.views.plans import key, last_text
from webapp.views.text import count


def exercise_merge(
    source: Row, target: Row | None, moves: Moves, others: Sequence[Row], q: str
) -> dict[str, Any]:
    """The exercises to choose from; of a chosen one, what becomes of both."""
    url = f"/exercises/{source['uuid']}"
    return {
        "current": "exercises",
        "back": f"{url}/merge" if target else url,
        "heading": "Merge exercises",
        "key": key(),
        "url": url,
        "name": source["name"],
        "q": q,
        "moves": list(_moves(moves)),
        "target": _target(source, target) if target else None,
        "others": [_other(each, url) for each in others if each["id"] != source["id"]],
    }


def _moves(moves: Moves) -> Iterator[str]:
    if moves.workouts:
        sets, workouts = f"{moves.sets:,}", f"{moves.workouts:,}"
        yield f"{sets} {'set' if moves.sets == 1 else 'sets'} of {workouts} " + (
            "workout" if moves.workouts == 1 else "workouts"
        )
    if moves.routines:
        yield f"its place in {count(moves.routines, 'routine')}"
    yield "its name, which the search then finds the other by"
    yield "its unit, rest, step and note, where the other has none"


def _target(source: Row, target: Row) -> dict[str, Any]:
    return {
        "uuid": str(target["uuid"]),
        "name": target["name"],
        "sub": subtitle(target),
        "is_same": source["id"] == target["id"],
        "warnings": list(_warnings(source, target)),
        "source_is_own": source["user_id"] is not None,
    }


def _warnings(source: Row, target: Row) -> Iterator[str]:
    for column, names in (("measure", MEASURE_NAMES), ("load", LOAD_NAMES)):
        if source[column] != target[column]:
            was, now = names[source[column]].lower(), names[target[column]].lower()
            what = "A set counts" if column == "measure" else "The weight of a set is"
            yield f"{what} “{was}” here, and “{now}” in {target['name']}."


def _other(each: Row, url: str) -> dict[str, Any]:
    return {
        "url": f"{url}/merge?into={each['uuid']}",
        "name": each["name"],
        "sub": subtitle(each),
        "last": last_text(each),
        "is_mine": each["user_id"] is not None,
    }


def exercise_favourite(exercise: Row, is_favourite: bool) -> dict[str, Any]:
    """The star of an exercise."""
    url = f"/exercises/{exercise['uuid']}"
    return {"exercise": {"url": url, "is_favourite": is_favourite}}
