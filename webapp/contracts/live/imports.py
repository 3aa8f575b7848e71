"""The words of `live` for moving in, where the document is silent."""

from collections.abc import Sequence
from typing import Any, TypedDict

from webapp.contracts.live.base import instant, known
from webapp.contracts.live.shapes import Instant, Uuid
from webapp.db import Row
from webapp.importing.batches import Batch
from webapp.importing.plain import LineProblem


class Offer(TypedDict):
    """An exercise that a name of the file may mean; `score` is from 0 to 1."""

    id: Uuid
    name: str
    score: float


class Name(TypedDict):
    """What the file calls an exercise; `to` is the id of one, "new" or "skip"."""

    name: str
    sets: int
    to: str
    exercise_name: str | None
    is_recognised: bool
    suggestions: list[Offer]


class Line(TypedDict):
    """A line that was not read (`is_lost`), or not all of it."""

    line: int
    reason: str
    text: str
    is_lost: bool


class Counts(TypedDict):
    """Workouts that are new, there already, and there with other sets; sets of the new ones."""

    new: int
    there: int
    differs: int
    sets: int


class Also(TypedDict):
    """What an account of Setlog has beside its workouts, by noun: new, and there already."""

    new: dict[str, int]
    there: dict[str, int]


class Import(TypedDict):
    """An import: `preview`, `running`, `done`, `failed` or `undone`; `progress` is from 0 to 1.

    A line of an account is a row of it, and what is new is known by its UUIDs.
    """

    id: Uuid
    format: str
    file_name: str
    status: str
    progress: float
    lines: int
    workouts: Counts
    also: Also
    lost_lines: int
    needs: list[str]
    choices: dict[str, Any]
    created_at: Instant
    finished_at: Instant | None
    undone_at: Instant | None


class ImportDetail(Import):
    """An import with the names in the file and the first lines that were not read."""

    names: list[Name]
    problems: list[Line]


class Imports(TypedDict):
    """The imports of a person, the newest first."""

    imports: list[Import]


class Found(TypedDict):
    """Exercises that a name may mean."""

    name: str
    exercises: list[dict[str, str]]


class Problems(TypedDict):
    """Every line that was not read, or not all of it."""

    problems: list[Line]


def imports(imports: Sequence[Batch]) -> Imports:
    """GET /import."""
    return {"imports": [_import(each) for each in imports]}


def import_batch(batch: Batch) -> ImportDetail:
    """GET /import/{id}, and what changes it; POST /import → 201."""
    report = batch.report
    return {
        **_import(batch),
        "names": [_name(each) for each in report.get("names", [])],
        "problems": [_line(LineProblem(**each)) for each in report.get("problems", [])],
    }


import_progress = import_batch


def _import(batch: Batch) -> Import:
    report = batch.report
    counts = report.get("result") or report.get("counts") or {}
    return {
        "id": str(batch.uuid),
        "format": batch.format,
        "file_name": batch.file_name,
        "status": batch.status,
        "progress": round(batch.parts_done / max(batch.parts, 1), 3),
        "lines": report.get("lines", 0),
        "workouts": {
            "new": counts.get("new", 0),
            "there": counts.get("there", 0),
            "differs": counts.get("differs", 0),
            "sets": counts.get("sets", 0),
        },
        "also": report.get("also", {"new": {}, "there": {}}),
        "lost_lines": report.get("lost", 0),
        "needs": report.get("needs", []),
        "choices": report.get("choices", {}),
        "created_at": known(batch.created_at),
        "finished_at": instant(batch.finished_at),
        "undone_at": instant(batch.undone_at),
    }


def _name(each: dict[str, Any]) -> Name:
    return {
        "name": each["name"],
        "sets": each["done"]["sets"],
        "to": each["to"],
        "exercise_name": each["exercise"] or None,
        "is_recognised": each["by"] == "name",
        "suggestions": [
            {"id": uuid, "name": name, "score": score} for uuid, name, score in each["offers"]
        ],
    }


def _line(each: LineProblem) -> Line:
    return {"line": each.line, "reason": each.text, "text": each.said, "is_lost": each.is_lost}


def import_problems(problems: Sequence[LineProblem]) -> Problems:
    """GET /import/{id}/problems."""
    return {"problems": [_line(each) for each in problems]}


def import_exercise(entry: dict[str, Any], found: Sequence[Row]) -> Found:
    """GET /import/{id}/exercise."""
    exercises = [{"id": str(each["uuid"]), "name": each["name"]} for each in found]
    return {"name": entry["name"], "exercises": exercises}


import_exercise_list = import_exercise


def import_discarded() -> None:
    """204."""
