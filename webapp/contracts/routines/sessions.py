"""`routines` about sessions: starting, listing, reading, naming, completing them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from webapp.contracts.routines.base import (
    Id,
    Meta,
    Moment,
    Paged,
    Words,
    clamped,
    instant,
    maybe_instant,
)
from webapp.contracts.routines.sets import Kind, WorkoutSet, set_words
from webapp.db import Row, moment
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import Number
from webapp.training.lines import Sheet
from webapp.training.slots import slots

Status = Literal["IN_PROGRESS", "COMPLETED"]
Name = Annotated[Text, Field(min_length=1, max_length=200)]


class SessionStart(Words):
    """POST /workouts: all optional; `startedAt` may be in the past."""

    routine: Annotated[Id | None, Blank] = Field(None, alias="routineId")
    name: Annotated[Name | None, Blank] = None
    started_at: Moment = Field(None, alias="startedAt")


class SessionEdit(Words):
    """PATCH /workouts/{id}: absent stays; null empties the notes and leaves the name."""

    name: Name | None = None
    notes: Annotated[Annotated[Text, Field(max_length=5000)] | None, Blank] = None

    def said(self) -> dict[str, Any]:
        return {k: v for k, v in super().said().items() if k != "name" or v is not None}


class SessionsQuery(Paged):
    """GET /workouts."""

    limit: Annotated[int, Number, clamped(50)] = Field(20, alias="pageSize")
    status: Annotated[Status | None, Blank] = None

    def said(self) -> dict[str, Any]:
        said = super().said()
        return said | {"status": self.status.lower() if self.status else None}


class ListedSession(TypedDict):
    """A session as lists have it."""

    id: int
    name: str
    routineId: int | None
    routineName: str | None
    status: Status
    startedAt: str
    completedAt: str | None
    updatedAt: str


class Slot(TypedDict):
    """The sets of one exercise, or a rest, or a cardio block."""

    orderInSession: int
    itemType: Kind
    exerciseId: int
    exerciseName: str
    sets: list[WorkoutSet]


class Session(TypedDict):
    """A session with its sets, grouped by slot."""

    id: int
    name: str
    routineId: int | None
    routineName: str | None
    status: Status
    startedAt: str
    completedAt: str | None
    notes: str
    createdAt: str
    updatedAt: str
    exercises: list[Slot]


class SessionReply(TypedDict):
    """One session in the envelope."""

    success: Literal[True]
    data: Session


class SessionsPage(TypedDict):
    """A page of sessions in the envelope."""

    success: Literal[True]
    data: list[ListedSession]
    meta: Meta


def numbered_sessions(sessions: Sequence[Row], page: int, limit: int, total: int) -> SessionsPage:
    """GET /workouts: the session that began last comes first."""
    meta: Meta = {"page": page, "pageSize": limit, "total": total}
    return {"success": True, "data": [_listed(each) for each in sessions], "meta": meta}


def _listed(each: Row) -> ListedSession:
    return {
        "id": each["id"],
        "name": each["name"],
        "routineId": each["routine_id"],
        "routineName": each["routine_name"],
        "status": _status(each["status"]),
        "startedAt": maybe_instant(moment(each["started_at"])) or "",
        "completedAt": maybe_instant(moment(each["ended_at"])),
        "updatedAt": maybe_instant(moment(each["updated_at"])) or "",
    }


def _status(status: str) -> Status:
    return "IN_PROGRESS" if status == "in_progress" else "COMPLETED"


def numbered_session(sheet: Sheet, bests: set[int]) -> SessionReply:
    """GET /workouts/{id}: the whole session; `bests` are the ids of its personal bests."""
    said: Session = {
        "id": sheet.id,
        "name": sheet.name,
        "routineId": sheet.routine_id,
        "routineName": sheet.routine_name,
        "status": _status(sheet.status),
        "startedAt": instant(sheet.started_at),
        "completedAt": maybe_instant(sheet.ended_at),
        "notes": sheet.notes or "",
        "createdAt": instant(sheet.created_at),
        "updatedAt": instant(sheet.updated_at),
        "exercises": [_slot([set_words(p, p.id in bests) for p in sets]) for sets in slots(sheet)],
    }
    return {"success": True, "data": said}


def _slot(sets: list[WorkoutSet]) -> Slot:
    first = sets[0]
    return {
        "orderInSession": first["orderInSession"],
        "itemType": first["itemType"],
        "exerciseId": first["exerciseId"],
        "exerciseName": first["exerciseName"],
        "sets": sets,
    }


def numbered_session_deleted() -> None:
    """204."""
