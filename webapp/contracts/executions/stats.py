"""The words of `executions` for GET /users/me/stats: dates are local, weights pounds."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TypedDict

from webapp.contracts.executions.base import IsoDate
from webapp.forms.base import Form
from webapp.history.statistics import Performed, Record, Statistics
from webapp.models.fields import GRAMS, in_unit

MOST_PERFORMED = 10


class StatisticsQuery(Form):
    """From and to a date, both included; without, everything."""

    start_date: IsoDate = None
    end_date: IsoDate = None


class Frequency(TypedDict):
    """Workouts a week, and in every month that has some ("2024-01")."""

    weekly_average: float
    monthly_counts: dict[str, int]


class MostPerformed(TypedDict):
    """An exercise, in how many workouts it was done, its sets and the pounds lifted."""

    exercise_id: int
    exercise_name: str
    count: int
    total_sets: int
    total_volume: float


class PersonalRecord(TypedDict):
    """The heaviest weight, the day it was first lifted, and the most pounds of a single set."""

    exercise_id: int
    exercise_name: str
    max_weight: float
    achieved_date: str
    max_volume_single_set: float


class Streaks(TypedDict):
    """Days in a row with a workout."""

    current_streak: int
    longest_streak: int
    last_workout_date: str | None


class UserStatistics(TypedDict):
    """All that was done in the range."""

    total_workouts: int
    total_exercises_performed: int
    total_sets: int
    total_weight_lifted: float
    workout_frequency: Frequency
    most_performed_exercises: list[MostPerformed]
    body_part_distribution: dict[str, int]
    personal_records: list[PersonalRecord]
    streak_info: Streaks


def statistics(found: Statistics) -> UserStatistics:
    """GET /users/me/stats → 200."""
    return {
        "total_workouts": found.workouts,
        "total_exercises_performed": found.performed,
        "total_sets": found.sets,
        "total_weight_lifted": _pounds(found.grams),
        "workout_frequency": {
            "weekly_average": round(float(found.weekly), 2),
            "monthly_counts": found.monthly,
        },
        "most_performed_exercises": [_most(each) for each in found.exercises[:MOST_PERFORMED]],
        "body_part_distribution": found.body_parts,
        "personal_records": _records(found),
        "streak_info": _streaks(found),
    }


def _pounds(grams: Decimal) -> float:
    # Divided, not multiplied by a rounded inverse: pounds that were lifted come out exact.
    return float((grams / GRAMS["lb"]).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _most(each: Performed) -> MostPerformed:
    return {
        "exercise_id": each.id,
        "exercise_name": each.name,
        "count": each.workouts,
        "total_sets": each.sets,
        "total_volume": _pounds(each.grams),
    }


def _records(found: Statistics) -> list[PersonalRecord]:
    """The heaviest first."""
    made = [_record(each, each.record) for each in found.exercises if each.record]
    return sorted(made, key=lambda each: (-each["max_weight"], each["exercise_id"]))


def _record(each: Performed, record: Record) -> PersonalRecord:
    return {
        "exercise_id": each.id,
        "exercise_name": each.name,
        "max_weight": float(in_unit(record.weight, record.unit, "lb")),
        "achieved_date": record.day.isoformat(),
        "max_volume_single_set": _pounds(record.volume),
    }


def _streaks(found: Statistics) -> Streaks:
    return {
        "current_streak": found.current_streak,
        "longest_streak": found.longest_streak,
        "last_workout_date": max(found.days).isoformat() if found.days else None,
    }
