"""The words of `executions` (document: executions.md, rulings: the contracts' README).

snake_case JSON, integer ids, ISO 8601 with Z, weights as floats in pounds.
"""

from webapp.contracts.executions.base import error
from webapp.contracts.executions.exercises import (
    ExerciseEdit,
    ExerciseIn,
    ExercisesQuery,
    ExercisesSearch,
    exercise,
    exercise_archived,
    exercise_page,
)
from webapp.contracts.executions.people import ProfileIn, logged_out, profile
from webapp.contracts.executions.signing_in import GoogleIn, authorization, signed_in
from webapp.contracts.executions.stats import StatisticsQuery, statistics
from webapp.contracts.executions.workouts import (
    ExecutionEdit,
    ExecutionIn,
    Nothing,
    ReorderIn,
    SetEdit,
    SetIn,
    WorkoutsQuery,
    executed_set,
    executed_set_removed,
    executed_workout,
    executed_workouts,
    execution,
    execution_removed,
    reordered,
    workout_deleted,
)

__all__ = [
    "ExecutionEdit",
    "ExecutionIn",
    "ExerciseEdit",
    "ExerciseIn",
    "ExercisesQuery",
    "ExercisesSearch",
    "GoogleIn",
    "Nothing",
    "ProfileIn",
    "ReorderIn",
    "SetEdit",
    "SetIn",
    "StatisticsQuery",
    "WorkoutsQuery",
    "authorization",
    "error",
    "executed_set",
    "executed_set_removed",
    "executed_workout",
    "executed_workouts",
    "execution",
    "execution_removed",
    "exercise",
    "exercise_archived",
    "exercise_page",
    "logged_out",
    "profile",
    "reordered",
    "signed_in",
    "statistics",
    "workout_deleted",
]
