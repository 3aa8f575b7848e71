"""executions.md, "Get User Workout Statistics": its shape, and the figures against a recount."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support import gym
from tests.support.history import lifts, train
from tests.support.recount import DAY, did, recount
from tests.support.statements import counted
from tests.support.world import Person
from webapp.history.streaks import today_of
from webapp.ids import uuid7
from webapp.models import User, WorkoutSet


async def stats(person: Person, query: str = "", **headers: str) -> Any:
    answer = await person.json("GET", f"/api/v1/users/me/stats{query}", **headers)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def test_get_users_me_stats(ann: Person) -> None:
    push_up, squat = await gym.exercise("push-up"), await gym.exercise("squat-barbell")
    first, second = date(2024, 1, 15), date(2024, 3, 15)
    easy = {"exercise": push_up, "weight": None, "reps": 12}
    await did(ann, first, easy, easy, {"exercise": squat, "weight": "205", "reps": 10})
    await did(ann, second, easy, {"exercise": squat, "weight": "225", "reps": 12})
    assert await stats(ann, "?start_date=2024-01-01&end_date=2024-03-31") == {
        "total_workouts": 2,
        "total_exercises_performed": 4,
        "total_sets": 5,
        "total_weight_lifted": 4750.0,
        "workout_frequency": {
            "weekly_average": 0.18,
            "monthly_counts": {"2024-01": 1, "2024-03": 1},
        },
        "most_performed_exercises": [
            {
                "exercise_id": push_up.id,
                "exercise_name": push_up.name,
                "count": 2,
                "total_sets": 3,
                "total_volume": 0.0,
            },
            {
                "exercise_id": squat.id,
                "exercise_name": squat.name,
                "count": 2,
                "total_sets": 2,
                "total_volume": 4750.0,
            },
        ],
        "body_part_distribution": {push_up.body_part: 2, "legs": 2},
        "personal_records": [
            {
                "exercise_id": squat.id,
                "exercise_name": squat.name,
                "max_weight": 225.0,
                "achieved_date": "2024-03-15",
                "max_volume_single_set": 2700.0,
            }
        ],
        "streak_info": {
            "current_streak": 0,
            "longest_streak": 1,
            "last_workout_date": "2024-03-15",
        },
    }


NOTHING = {
    "total_workouts": 0,
    "total_exercises_performed": 0,
    "total_sets": 0,
    "total_weight_lifted": 0.0,
    "workout_frequency": {"weekly_average": 0.0, "monthly_counts": {}},
    "most_performed_exercises": [],
    "body_part_distribution": {},
    "personal_records": [],
    "streak_info": {"current_streak": 0, "longest_streak": 0, "last_workout_date": None},
}


async def test_without_any_training_everything_is_nothing(ann: Person, bob: Person) -> None:
    assert await stats(ann) == NOTHING
    await train(ann.user)
    assert await stats(bob) == NOTHING
    assert await stats(ann, "?start_date=2030-01-01&end_date=2020-01-01") == NOTHING


async def test_only_what_is_done_counts(ann: Person, bob: Person) -> None:
    (squat,) = await lifts(ann.user, 1)
    heavy = {"exercise": squat, "weight": "500", "reps": 5}
    today = today_of("UTC")
    await did(ann, today, heavy, status="in_progress")
    await did(ann, today, heavy, deleted_at=datetime.now(UTC))
    await did(bob, today, {**heavy, "exercise": (await lifts(bob.user, 1))[0]})
    assert await stats(ann) == NOTHING
    await did(ann, today, {**heavy, "completed_at": None})
    await did(ann, today - DAY)
    found = await stats(ann)
    assert (found["total_workouts"], found["total_sets"]) == (2, 0)
    assert found["streak_info"]["current_streak"] == 2
    await did(ann, today, {**heavy, "reps": 0}, {**heavy, "weight": "10"}, status="stopped")
    found = await stats(ann)
    assert (found["total_sets"], found["total_weight_lifted"]) == (2, 50.0)
    assert found["personal_records"][0]["max_weight"] == 10.0


async def test_assistance_is_no_load_that_was_lifted(ann: Person) -> None:
    (dip,) = await lifts(ann.user, 1)
    dip.load = "assisted"
    await dip.save()
    await did(ann, date(2024, 1, 1), {"exercise": dip, "weight": "40"})
    found = await stats(ann)
    assert (found["total_sets"], found["total_weight_lifted"]) == (1, 0.0)
    assert found["personal_records"] == []


async def test_an_exercise_twice_in_a_workout_is_performed_once(ann: Person) -> None:
    (squat,) = await lifts(ann.user, 1)
    made = await did(ann, date(2024, 1, 1), {"exercise": squat, "weight": "100"})
    again = await did(ann, date(2024, 1, 2), {"exercise": squat, "weight": "100"})
    await WorkoutSet.filter(workout_id=again.id).update(workout_id=made.id)
    found = await stats(ann)
    assert (found["total_exercises_performed"], found["total_sets"]) == (1, 2)


@pytest.mark.parametrize(
    ("sets", "heaviest", "volume"),
    [
        ([("225", "lb", 12)], 225.0, 2700.0),
        ([("100", "kg", 1)], 220.46, 220.46),
        ([("100", "kg", 5), ("220.46", "lb", 6)], 220.46, 1322.76),
        ([("220.47", "lb", 1), ("100", "kg", 10)], 220.47, 2204.62),
        ([("0.125", "lb", 3)], 0.125, 0.38),
        ([("0.0001", "lb", 10_000)], 0.0001, 1.0),
        ([("9", "lb", 1), ("10", "lb", 1)], 10.0, 10.0),
    ],
)
async def test_pounds_are_exact(
    ann: Person, sets: list[tuple[str, str, int]], heaviest: float, volume: float
) -> None:
    (squat,) = await lifts(ann.user, 1)
    said = [{"exercise": squat, "weight": w, "weight_unit": u, "reps": r} for w, u, r in sets]
    await did(ann, date(2024, 1, 1), *said)
    (record,) = (await stats(ann))["personal_records"]
    assert (record["max_weight"], record["max_volume_single_set"]) == (heaviest, volume)


async def test_a_record_is_of_the_day_it_was_first_lifted(ann: Person) -> None:
    (squat,) = await lifts(ann.user, 1)
    for day, weight, unit in ((3, "100", "kg"), (2, "100", "kg"), (1, "95", "kg")):
        sets = {"exercise": squat, "weight": weight, "weight_unit": unit}
        await did(ann, date(2024, 1, day), sets)
    assert (await stats(ann))["personal_records"][0]["achieved_date"] == "2024-01-02"
    later = await stats(ann, "?start_date=2024-01-03")
    assert later["personal_records"][0]["achieved_date"] == "2024-01-03"


async def test_both_days_of_a_range_are_in_it(ann: Person) -> None:
    for day in range(1, 6):
        await did(ann, date(2024, 1, day))
    for query, amount in (
        ("", 5),
        ("?start_date=2024-01-02", 4),
        ("?end_date=2024-01-02", 2),
        ("?start_date=2024-01-02&end_date=2024-01-04", 3),
        ("?start_date=2024-01-03&end_date=2024-01-03", 1),
        ("?start_date=&end_date=", 5),
        ("?start_date=0001-01-01&end_date=9999-12-31", 5),
    ):
        assert (await stats(ann, query))["total_workouts"] == amount


@pytest.mark.parametrize(
    ("ago", "current", "longest"),
    [
        ([0], 1, 1),
        ([1], 1, 1),
        ([2], 0, 1),
        ([0, 1, 2], 3, 3),
        ([1, 2, 3, 5], 3, 3),
        ([0, 2, 3, 4], 1, 3),
        ([-1, 0, 1], 2, 3),
        ([-3], 0, 1),
        ([0, 0, 1], 2, 2),
        ([3, 4, 5], 0, 3),
    ],
)
async def test_streaks_are_days_in_a_row_and_today_may_still_come(
    ann: Person, ago: list[int], current: int, longest: int
) -> None:
    for each in ago:
        await did(ann, today_of("UTC") - each * DAY)
    found = (await stats(ann))["streak_info"]
    assert (found["current_streak"], found["longest_streak"]) == (current, longest)
    assert found["last_workout_date"] == str(today_of("UTC") - min(ago) * DAY)


async def test_the_streak_of_a_range_is_current_at_its_end(ann: Person) -> None:
    for day in (1, 2, 3, 4, 8):
        await did(ann, date(2024, 1, day))
    for end, current in ((4, 4), (5, 4), (6, 0), (8, 1)):
        found = await stats(ann, f"?start_date=2024-01-01&end_date=2024-01-{end:02}")
        assert found["streak_info"]["current_streak"] == current


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_today_is_the_persons_own(ann: Person, zone: str) -> None:
    await User.filter(id=ann.user.id).update(timezone=zone)
    today = today_of(zone)
    await did(ann, today)
    await did(ann, today - DAY)
    assert (await stats(ann))["streak_info"]["current_streak"] == 2
    assert await stats(ann) == await recount(ann, zone=zone)


async def test_workouts_a_week_count_from_the_first_one_to_the_end(ann: Person) -> None:
    for day in (1, 3, 5):
        await did(ann, date(2024, 1, day))
    for query, average in (
        ("?start_date=2024-01-01&end_date=2024-01-05", 3.0),
        ("?start_date=2024-01-01&end_date=2024-01-14", 1.5),
        ("?start_date=2023-01-01&end_date=2024-01-28", 0.75),
    ):
        found = (await stats(ann, query))["workout_frequency"]["weekly_average"]
        assert found == average


async def test_the_ten_most_performed_are_listed(ann: Person) -> None:
    known: Sequence[Any] = await lifts(ann.user, 12)
    for number, exercise in enumerate(known):
        for day in range(number + 1):
            await did(ann, date(2024, 1, 1) + day * DAY, {"exercise": exercise, "weight": "50"})
    found = await stats(ann)
    assert [e["count"] for e in found["most_performed_exercises"]] == list(range(12, 2, -1))
    assert len(found["personal_records"]) == 12


async def test_any_history_is_counted_as_by_hand(ann: Person) -> None:
    chance = random.Random(5)
    known = await lifts(ann.user, 8)
    known[3].load = "assisted"
    await known[3].save()
    today = today_of("UTC")
    for _ in range(60):
        sets = [
            {
                "uuid": uuid7(),
                "exercise": chance.choice(known),
                "weight": chance.choice([None, "0", "20", "82.5", "33.333", "225", "102.05"]),
                "weight_unit": chance.choice(["kg", "lb"]),
                "reps": chance.choice([None, 0, 1, 5, 12]),
                "set_type": chance.choice(["working", "warm_up"]),
                "completed_at": chance.choice([None, datetime.now(UTC), datetime.now(UTC)]),
            }
            for _ in range(chance.randint(0, 6))
        ]
        status = chance.choice(["finished", "finished", "stopped", "in_progress"])
        gone = chance.choice([None, None, None, datetime.now(UTC)])
        await did(ann, today - chance.randint(-2, 60) * DAY, *sets, status=status, deleted_at=gone)
    assert await stats(ann) == await recount(ann)
    for begin, length in ((60, 30), (30, 5), (20, 40), (10, 0), (500, 100)):
        first = today - begin * DAY
        last = first + length * DAY
        found = await stats(ann, f"?start_date={first}&end_date={last}")
        assert found == await recount(ann, first, last)


async def test_a_hundred_thousand_sets_are_right_in_well_under_a_second(ann: Person) -> None:
    await train(ann.user, 4_200, 6, 4, pool=30)
    times = []
    for _ in range(3):  # the quickest, of the processor alone, as others use the machine too
        with counted() as statements:
            began = time.process_time()
            found = await stats(ann)
            times.append(time.process_time() - began)
    assert min(times) < 1
    assert len(statements) <= 5
    assert found == await recount(ann)
    assert found["total_sets"] == 100_800


async def test_the_statements_do_not_grow_with_the_history(ann: Person) -> None:
    await stats(ann)  # the token's first use is noted
    costs = []
    for workouts in (0, 3, 40):
        await train(ann.user, workouts, until=datetime.now(UTC) - workouts * timedelta(days=1))
        with counted() as statements:
            await stats(ann)
        costs.append(len(statements))
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.parametrize("field", ["start_date", "end_date"])
@pytest.mark.parametrize("said", ["soon", "2024-02-30", "2024-1-1", "1704067200", "2024-01-01T00"])
async def test_a_wrong_date_is_named(ann: Person, field: str, said: str) -> None:
    path = f"/api/v1/users/me/stats?{field}={said}"
    answer = await ann.json("GET", path, Accept_Profile="executions")
    body = await answer.get_json()
    assert (answer.status_code, list(body)) == (400, ["error", "message", "details"])
    assert (body["error"], list(body["details"])) == ("validation_error", [field])


async def test_nobody_has_no_statistics(ann: Person) -> None:
    for token in ("setlog_no", "nonsense"):
        ann.token = token
        answer = await ann.json("GET", "/api/v1/users/me/stats", Accept_Profile="executions")
        assert answer.status_code == 401
        assert (await answer.get_json())["error"] == "unauthorized"
