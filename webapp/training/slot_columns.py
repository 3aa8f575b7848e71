"""What is said of a set in the words of `routines`, as columns; pure.

`said` may have: planned_reps, planned_weight, reps, weight (kg), duration_seconds, distance (km),
rpe, notes, completed_at. Decimals are kept as they were written: "80.0" stays "80.0".
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

from webapp.models.fields import grams, millimetres


class Was(Protocol):
    """A set as it was before."""

    reps: int | None
    planned_seconds: int | None
    completed_at: datetime | None


def of_rest(said: dict[str, Any]) -> dict[str, Any]:
    """What is said of a rest as columns of its item."""
    columns: dict[str, Any] = {}
    if "duration_seconds" in said:
        columns["rest_seconds"] = said["duration_seconds"] or 0
    if "notes" in said:
        columns["note"] = said["notes"]
    if "completed_at" in said:
        at = said["completed_at"]
        columns |= {"status": "finished" if at else "pending", "ended_at": at}
    return columns


def of_set(said: dict[str, Any], was: Was | None) -> dict[str, Any]:
    """What is said of a set as its columns."""
    columns: dict[str, Any] = {name: said[name] for name in ("reps", "notes") if name in said}
    if "planned_reps" in said:
        planned = said["planned_reps"] or None
        columns |= {"planned_reps": planned, "planned_reps_max": planned}
    if "planned_weight" in said:
        planned = said["planned_weight"] or None
        columns |= {"planned_weight": _text(planned), "planned_weight_unit": planned and "kg"}
    if "weight" in said:
        weight = _text(said["weight"])
        columns |= {"weight": weight, "weight_unit": weight and "kg"}
        columns["weight_grams"] = grams(weight, "kg")
    if "distance" in said:
        far = _text(said["distance"] or None)
        columns |= {"distance": far, "distance_unit": far and "km"}
        columns["distance_mm"] = millimetres(far, "km")
    if "rpe" in said:
        columns["rpe"] = None if said["rpe"] is None else str(said["rpe"])
    return columns | _time(said, was)


def _time(said: dict[str, Any], was: Was | None) -> dict[str, Any]:
    """When it was done, and how long: of a set not done yet that is its plan."""
    before, at = was.completed_at if was else None, _done_at(said, was)
    columns: dict[str, Any] = {"completed_at": at} if at != before else {}
    planned = was.planned_seconds if was else None
    if "duration_seconds" in said:
        long = said["duration_seconds"] or None
        columns |= {"duration_seconds": _text(long)} if at else {"planned_seconds": long}
    elif at and not before and planned is not None:
        columns["duration_seconds"] = str(planned)
    return columns


def _done_at(said: dict[str, Any], was: Was | None) -> datetime | None:
    before = was.completed_at if was else None
    if said.get("completed_at") is not None:
        at: datetime = said["completed_at"]
        return at
    if said.get("reps") is not None:
        return before or datetime.now(UTC).replace(microsecond=0)
    is_undone = "completed_at" in said or ("reps" in said and was and was.reps is not None)
    return None if is_undone else before


def _text(number: Decimal | int | None) -> str | None:
    """A number exactly as it was written: "80.0" stays "80.0"."""
    return None if number is None else format(abs(Decimal(number)), "f")
