"""The words of `routines` (document: routines.md, rulings and companions: the contracts' README).

camelCase JSON in an envelope, integer ids, ISO 8601 UTC without zone, weights as decimal strings.
"""

from webapp.contracts.routines.base import error, health
from webapp.contracts.routines.plan_forms import RoutineEdit, RoutineIn, RoutinesQuery
from webapp.contracts.routines.plans import (
    numbered_routine,
    numbered_routine_deleted,
    numbered_routines,
)
from webapp.contracts.routines.sessions import (
    SessionEdit,
    SessionsQuery,
    SessionStart,
    numbered_session,
    numbered_session_deleted,
    numbered_sessions,
)
from webapp.contracts.routines.sets import (
    HistoryQuery,
    SetEdit,
    SetIn,
    exercise_bests,
    exercise_history,
    set_added,
    set_changes,
    set_edited,
    set_removed,
)

__all__ = [
    "HistoryQuery",
    "RoutineEdit",
    "RoutineIn",
    "RoutinesQuery",
    "SessionEdit",
    "SessionStart",
    "SessionsQuery",
    "SetEdit",
    "SetIn",
    "error",
    "exercise_bests",
    "exercise_history",
    "health",
    "numbered_routine",
    "numbered_routine_deleted",
    "numbered_routines",
    "numbered_session",
    "numbered_session_deleted",
    "numbered_sessions",
    "set_added",
    "set_changes",
    "set_edited",
    "set_removed",
]
