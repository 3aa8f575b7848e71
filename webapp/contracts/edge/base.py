"""How the edge's words say what all share: moments, what is left out, refusals."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from webapp.problems import Problem
from webapp.training.lines import Sheet, SheetSet

PLANNED = (
    *("position", "set_type", "planned_reps", "planned_reps_max", "planned_weight"),
    *("planned_weight_unit", "planned_seconds"),
)
NUMBERS = (
    *("set_type", "reps", "weight", "weight_unit", "duration_seconds", "distance"),
    *("distance_unit", "band", "rpe", "completed_at"),
)
SET = (
    *("uuid", *PLANNED, *NUMBERS[1:], "forced_reps", "bodyweight", "bodyweight_unit"),
    *("interval_seconds", "notes", "version"),
)
FORM = 1  # of operations and documents; the server hears this one and the one before


def instant(when: datetime) -> str:
    """A moment as JavaScript writes it: ISO 8601, UTC, milliseconds (cut), with Z."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not null, in JSON's words."""
    return {name: _plain(value) for name, value in values.items() if value is not None}


def parts(of: Any, names: Iterable[str]) -> dict[str, Any]:
    """These attributes of an object, without those that are null."""
    return known({name: getattr(of, name) for name in names})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    return value.isoformat() if isinstance(value, date) else value


def error(problem: Problem) -> tuple[int, dict[str, Any], dict[str, str]]:
    """A refusal: {code, text, fields?: {name: [text]}, current?}; `current` is what is there
    instead (see webapp/edge.py)."""
    fields = {".".join(map(str, path)): texts for path, texts in problem.fields.items()}
    said = {"code": problem.facts.get("code", problem.code), "text": problem.text}
    more = {"fields": fields or None, "current": _current(problem.facts.get("current"))}
    return problem.status, known({**said, **more}), {}


def _current(of: object) -> Any:
    if isinstance(of, SheetSet):
        return parts(of, SET)
    return parts(of, ("uuid", "name", "started_at")) if isinstance(of, Sheet) else of
