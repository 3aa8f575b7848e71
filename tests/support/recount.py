"""Training of any kind on any day, and its statistics counted set by set, by hand."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.support.world import Person
from webapp.db import rows
from webapp.history.streaks import today_of
from webapp.models import Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams

POUND = {"lb": Decimal(1), "kg": Decimal(1000) / Decimal("453.59237")}
DAY = timedelta(days=1)
_ALL = (
    "SELECT w.id, w.local_date, e.id AS exercise_id, e.name, e.body_part, e.load, s.reps, "
    "s.weight, s.weight_unit FROM workouts w JOIN workout_sets s ON s.workout_id = w.id "
    "JOIN exercises e ON e.id = s.exercise_id WHERE w.user_id = ? AND s.completed_at IS NOT NULL "
    "AND w.status <> 'in_progress' AND w.deleted_at IS NULL"
)


def rounded(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def day_of(value: Any) -> date:
    return date.fromisoformat(str(value))


def streaks(days: set[date], until: date) -> tuple[int, int]:
    """Current and longest, counted day by day."""

    def back(day: date) -> int:
        length = 0
        while day in days:
            length, day = length + 1, day - DAY
        return length

    return back(until) or back(until - DAY), max((back(day) for day in days), default=0)


async def recount(
    person: Person, first: date = date.min, last: date = date.max, zone: str = "UTC"
) -> dict[str, Any]:
    """The same figures, set by set, by hand."""
    found = list(await rows(_ALL, person.user.id))
    sets = [each for each in found if first <= day_of(each["local_date"]) <= last]
    ended = await Workout.filter(user_id=person.user.id, deleted_at=None).exclude(
        status="in_progress"
    )
    days = [each.local_date for each in ended if first <= each.local_date <= last]
    until = min(last, today_of(zone))
    span = (max([*days, until]) - min(days)).days + 1 if days else 0
    by_exercise: dict[int, list[Any]] = defaultdict(list)
    for each in sets:
        by_exercise[each["exercise_id"]].append(each)
    done = {id: len({each["id"] for each in its}) for id, its in by_exercise.items()}
    parts: Counter[str] = Counter()
    for id, its in by_exercise.items():
        parts[its[0]["body_part"]] += done[id]
    most = sorted(by_exercise, key=lambda id: (-done[id], -len(by_exercise[id]), id))
    current, longest = streaks(set(days), until)
    return {
        "total_workouts": len(days),
        "total_exercises_performed": sum(done.values()),
        "total_sets": len(sets),
        "total_weight_lifted": rounded(sum(map(volume, sets), Decimal(0))),
        "workout_frequency": {
            "weekly_average": round(len(days) * 7 / max(span, 7), 2),
            "monthly_counts": dict(Counter(f"{day:%Y-%m}" for day in sorted(days))),
        },
        "most_performed_exercises": [
            {
                "exercise_id": id,
                "exercise_name": by_exercise[id][0]["name"],
                "count": done[id],
                "total_sets": len(by_exercise[id]),
                "total_volume": rounded(sum(map(volume, by_exercise[id]), Decimal(0))),
            }
            for id in most[:10]
        ],
        "body_part_distribution": dict(parts),
        "personal_records": records(by_exercise),
        "streak_info": {
            "current_streak": current,
            "longest_streak": longest,
            "last_workout_date": max(days).isoformat() if days else None,
        },
    }


def pounds(each: Any) -> Decimal:
    """What was lifted, in pounds; nothing by assistance, or without a repetition."""
    if each["load"] == "assisted" or not each["reps"]:
        return Decimal(0)
    return Decimal(each["weight"] or 0) * POUND[each["weight_unit"] or "lb"]


def volume(each: Any) -> Decimal:
    return pounds(each) * (each["reps"] or 0)


def records(by_exercise: dict[int, list[Any]]) -> list[dict[str, Any]]:
    made = []
    for id, sets in by_exercise.items():
        top = max(map(pounds, sets))
        if top:
            heaviest = [each for each in sets if pounds(each) == top]
            as_entered = heaviest[0]["weight_unit"] == "lb"
            made.append(
                {
                    "exercise_id": id,
                    "exercise_name": sets[0]["name"],
                    "max_weight": float(top) if as_entered else rounded(top),
                    "achieved_date": min(str(each["local_date"]) for each in heaviest),
                    "max_volume_single_set": rounded(max(map(volume, sets))),
                }
            )
    return sorted(made, key=lambda each: (-each["max_weight"], each["exercise_id"]))


async def did(
    person: Person, day: date, *sets: dict[str, Any], status: str = "finished", **more: Any
) -> Workout:
    """A workout of a day with these sets, each with its `exercise`."""
    then = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    workout = await Workout.create(
        user=person.user, name="Then", started_at=then, local_date=day, status=status, **more
    )
    for exercise in {each["exercise"].id: each["exercise"] for each in sets}.values():
        its = [each for each in sets if each["exercise"].id == exercise.id]
        named = {"exercise": exercise, "exercise_name": exercise.name, "position": 1}
        item = await WorkoutItem.create(user=person.user, workout=workout, **named)
        for position, each in enumerate(its, 1):
            weight, unit = each.get("weight"), each.get("weight_unit", "lb")
            said = {"completed_at": then, "reps": 5, "weight_unit": unit, **each}
            said |= {"weight_grams": grams(weight, unit), "position": position}
            owner: dict[str, Any] = {"user": person.user, "workout": workout, "item": item}
            await WorkoutSet.create(**owner, **said)
    return workout
