"""The words of `diary` (document: diary.md, rulings: the contracts' README).

camelCase JSON, UUID ids, dates YYYY-MM-DD in the user's time zone.
"""

from webapp.contracts.diary.base import error
from webapp.contracts.diary.exercises import (
    ExerciseEdit,
    ExerciseIn,
    ExercisesQuery,
    exercise,
    exercise_deleted,
    exercises,
)
from webapp.contracts.diary.users import LoginIn, RegisterIn, logged_in, registered
from webapp.contracts.diary.workouts import (
    WorkoutEdit,
    WorkoutIn,
    WorkoutsQuery,
    workout,
    workout_deleted,
    workouts,
)

__all__ = [
    "ExerciseEdit",
    "ExerciseIn",
    "ExercisesQuery",
    "LoginIn",
    "RegisterIn",
    "WorkoutEdit",
    "WorkoutIn",
    "WorkoutsQuery",
    "error",
    "exercise",
    "exercise_deleted",
    "exercises",
    "logged_in",
    "registered",
    "workout",
    "workout_deleted",
    "workouts",
]
