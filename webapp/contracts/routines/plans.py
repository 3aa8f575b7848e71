"""What `routines` tells of routines."""

from collections.abc import Sequence
from typing import Any, Literal

import orjson
from typing_extensions import TypedDict

from webapp.contracts.routines.base import Meta, instant, kilograms
from webapp.contracts.routines.sets import KINDS
from webapp.db import Row, moment

Plan = tuple[Row, Sequence[Row]]


class ExerciseItem(TypedDict):
    """A line with an exercise."""

    order: int
    type: Literal["EXERCISE"]
    exerciseId: int
    exerciseName: str
    sets: int
    repsPerSet: int
    weightKg: str
    restAfterSeconds: int | None
    notes: str


class RestItem(TypedDict):
    """A timed rest."""

    order: int
    type: Literal["REST"]
    durationSeconds: int


class CardioItem(TypedDict):
    """A cardio block."""

    order: int
    type: Literal["CARDIO"]
    cardioName: str
    durationMinutes: int | float
    targetSpeedKmh: str | None


class ListedRoutine(TypedDict):
    """A routine as lists have it."""

    id: int
    name: str
    description: str
    estimatedMinutes: int | None
    tags: list[str]
    itemCount: int
    isPublic: bool
    createdBy: int
    updatedAt: str


class Routine(TypedDict):
    """A routine with its items."""

    id: int
    name: str
    description: str
    items: list[ExerciseItem | RestItem | CardioItem]
    estimatedMinutes: int | None
    tags: list[str]
    isPublic: bool
    createdBy: int
    createdAt: str
    updatedAt: str


class RoutineReply(TypedDict):
    """One routine in the envelope."""

    success: Literal[True]
    data: Routine


class RoutinesPage(TypedDict):
    """A page of routines in the envelope."""

    success: Literal[True]
    data: list[ListedRoutine]
    meta: Meta


def numbered_routines(routines: Sequence[Row], page: int, limit: int, total: int) -> RoutinesPage:
    """GET /routines: one's own and the public ones of others."""
    meta: Meta = {"page": page, "pageSize": limit, "total": total}
    return {"success": True, "data": [_listed(each) for each in routines], "meta": meta}


def _listed(each: Row) -> ListedRoutine:
    return {
        "id": each["id"],
        "name": each["name"],
        "description": each["description"] or "",
        "estimatedMinutes": each["estimated_minutes"],
        "tags": orjson.loads(each["tags"]),
        "itemCount": each["item_count"],
        "isPublic": bool(each["is_public"]),
        "createdBy": each["user_id"],
        "updatedAt": _time(each["updated_at"]),
    }


def _time(value: Any) -> str:
    when = moment(value)
    return instant(when) if when else ""


def numbered_routine(plan: Plan) -> RoutineReply:
    """GET /routines/{id}."""
    found, items = plan
    said: Routine = {
        "id": found["id"],
        "name": found["name"],
        "description": found["description"] or "",
        "items": [_item(each) for each in items],
        "estimatedMinutes": found["estimated_minutes"],
        "tags": orjson.loads(found["tags"]),
        "isPublic": bool(found["is_public"]),
        "createdBy": found["user_id"],
        "createdAt": _time(found["created_at"]),
        "updatedAt": _time(found["updated_at"]),
    }
    return {"success": True, "data": said}


def _item(each: Row) -> ExerciseItem | RestItem | CardioItem:
    order, name = each["position"], each["exercise_name"] or each["name"] or ""
    if KINDS[each["kind"]] == "REST":
        seconds = each["duration_seconds"] or each["rest_seconds"] or 0
        return {"order": order, "type": "REST", "durationSeconds": seconds}
    if KINDS[each["kind"]] == "CARDIO":
        return {
            "order": order,
            "type": "CARDIO",
            "cardioName": name,
            "durationMinutes": _minutes(each["duration_seconds"] or 0),
            "targetSpeedKmh": each["speed_kmh"],
        }
    return {
        "order": order,
        "type": "EXERCISE",
        "exerciseId": each["exercise_id"] or 0,
        "exerciseName": name,
        "sets": each["sets"],
        "repsPerSet": each["reps_min"] or 0,
        "weightKg": kilograms(each["weight"], each["weight_unit"]) or "0",
        "restAfterSeconds": each["rest_seconds"],
        "notes": each["note"] or "",
    }


def _minutes(seconds: int) -> int | float:
    return seconds // 60 if seconds % 60 == 0 else round(seconds / 60, 2)


def numbered_routine_deleted() -> None:
    """204."""
