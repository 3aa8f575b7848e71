"""Progress over a range of days, against a recount set by set; bob's training is nothing to ann."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import gym
from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from tests.test_bests import did, exercise, workout
from webapp.history.ranges import Range, back, months_before, said, whole_weeks
from webapp.history.streaks import today_of
from webapp.history.weeks import stretches, weeks_in_a_row
from webapp.models import Exercise, User, Workout, WorkoutSet
from webapp.models.fields import grams

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)  # a Monday, and day 0 of the workouts below
TODAY = date(2026, 11, 21)


async def stats(person: Person, asked: str = "") -> Any:
    answer = await person.json("GET", f"/api/stats{asked}")
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def text(person: Person, asked: str = "") -> str:
    answer = await person.page("GET", f"/stats{asked}")
    assert answer.status_code == 200
    return str(await answer.get_data(as_text=True))


def days(first: int, last: int) -> str:
    """The query of a range, by days since FIRST."""
    return f"?from={FIRST + DAY * first}&to={FIRST + DAY * last}"


async def test_a_range_is_told_beside_the_one_before(ann: Person, bob: Person) -> None:
    squat, bench = await gym.exercise("squat-barbell"), await exercise(ann, muscle_group="chest")
    for day, weight in ((0, "80"), (7, "100"), (8, "90")):
        past = await workout(ann, day)
        await did(past, squat, (weight, 5), (weight, 5))
        await did(past, squat, ("20", 10), set_type="warm_up")
    await did(await workout(ann, 9), bench, ("60", 10))
    await did(await workout(bob, 8), squat, ("200", 5))
    found = await stats(ann, days(7, 13))
    assert found["now"] == {
        "from_date": "2026-03-09", "to_date": "2026-03-15", "sessions": 3,
        "sessions_a_week": 3.0, "sets": 5, "volume": 2500, "duration": 3 * 3600,
    }  # fmt: skip
    assert found["before"] == {
        "from_date": "2026-03-02", "to_date": "2026-03-08", "sessions": 1,
        "sessions_a_week": 1.0, "sets": 2, "volume": 800, "duration": 3600,
    }  # fmt: skip
    assert [(each["kind"], each["sessions"]) for each in found["parts"]] == [
        ("day", 1), ("day", 1), ("day", 1), *[("day", 0)] * 4,
    ]  # fmt: skip
    assert found["muscles"] == [
        {"muscle": "glutes", "sets": 4, "sets_a_week": 4.0, "sets_before": 2},
        {"muscle": "quads", "sets": 4, "sets_a_week": 4.0, "sets_before": 2},
        {"muscle": "chest", "sets": 1, "sets_a_week": 1.0, "sets_before": 0},
    ]
    assert [(each["exercise_name"], each["sets"]) for each in found["exercises"]] == [
        ("Squat (Barbell)", 4), ("Squat", 1),
    ]  # fmt: skip
    page = await text(ann, days(7, 13))
    for words in ("9 Mar – 15 Mar 2026", "with 2 Mar – 8 Mar 2026", "2,500", "+2", "Quads"):
        assert words in page


async def test_the_records_come_in_their_order_with_what_they_beat(ann: Person) -> None:
    squat = await exercise(ann)
    for day, sets in enumerate([[("80", 5)], [("85", 5)], [("80", 8), ("82.5", 1)], [("85", 5)]]):
        await did(await workout(ann, day), squat, *sets)
    found = (await stats(ann, days(0, 9)))["records"]
    assert [(r["kind"], r["value"], r["reps"], r["beats"], r["at"][:10]) for r in found] == [
        ("e1rm", 101.33, 8, 99.17, "2026-03-04"),
        ("heaviest", 85, 5, 80, "2026-03-03"),
        ("e1rm", 99.17, 5, 93.33, "2026-03-03"),
    ]
    later = (await stats(ann, days(2, 9)))["records"]
    assert later == found[:1]
    page = (await text(ann, days(0, 9))).replace("\u00a0", " ")
    assert "85 kg × 5 · e1RM 99.2 kg" in page and "beat 80 kg from 2 Mar 2026" in page


async def test_of_equal_weights_the_one_with_the_most_reps_is_the_record(ann: Person) -> None:
    squat = await exercise(ann)
    await did(await workout(ann, 0), squat, ("80", 5))
    await did(await workout(ann, 1), squat, ("85", 5), ("85", 6), ("85", 10))
    found = (await stats(ann, days(0, 9)))["records"]
    assert [(r["kind"], r["value"], r["reps"]) for r in found if r["kind"] == "heaviest"] == [
        ("heaviest", 85, 10)
    ]


async def test_bodyweight_time_and_distance_have_records_too(ann: Person) -> None:
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    plank = await exercise(ann, "Plank", load="none", measure="duration")
    dip = await exercise(ann, "Dip", load="assisted")
    for day, (reps, seconds, helped) in enumerate([(8, "60", "30"), (9, "75", "25")]):
        past = await workout(ann, day)
        await did(past, pull_up, (None, reps))
        await did(past, plank, (None, None), duration_seconds=seconds)
        await did(past, dip, (helped, 5))
    found = (await stats(ann, days(0, 9)))["records"]
    assert {r["exercise_name"]: (r["kind"], r["value"], r["beats"]) for r in found} == {
        "Pull-up": ("reps", 9, 8), "Plank": ("duration", 75, 60), "Dip": ("heaviest", 25, 30),
    }  # fmt: skip
    page = (await text(ann, days(0, 9))).replace("\u00a0", " ")
    assert "Most reps 9<" in page
    assert "Longest 1:15" in page and "−25 kg × 5" in page


async def test_few_records_are_shown_until_all_are_asked_for(ann: Person) -> None:
    squat = await exercise(ann)
    for day in range(20):
        await did(await workout(ann, day), squat, (str(80 + day), 5))
    asked = days(0, 30)
    page = await text(ann, asked)
    assert page.count('class="pb-mark"') == 4 and "records=all#records" in page
    page = await text(ann, asked + "&records=all")
    assert page.count('class="pb-mark"') == 19 and "records=all" not in page


async def test_edits_deletions_and_the_trash_count_at_once(ann: Person) -> None:
    squat, past = await exercise(ann), await workout(ann, 0)
    await did(past, squat, ("80", 5), ("90", 5))
    each = await WorkoutSet.filter(workout=past).order_by("id").first()
    assert each is not None
    form = {"weight": "100", "reps": "5"}
    at = f"/workouts/{past.uuid}"
    await ann.page("POST", f"{at}/sets/{each.uuid}/edit", form)
    assert (await stats(ann, "?range=all"))["now"]["volume"] == 950
    await ann.page("POST", f"{at}/sets/{each.uuid}/remove")
    assert (await stats(ann, "?range=all"))["now"]["volume"] == 450
    await ann.page("POST", f"{at}/delete")
    assert (await stats(ann, "?range=all"))["now"]["sessions"] == 0
    await ann.page("POST", f"{at}/restore")
    assert (await stats(ann, "?range=all"))["now"]["volume"] == 450


async def test_volume_is_what_the_history_says(ann: Person) -> None:
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    dip = await exercise(ann, "Dip", load="assisted")
    past = await workout(ann, 0)
    await did(past, pull_up, ("10", 5))
    await did(past, dip, ("30", 5))
    await did(await workout(ann, 1, status="in_progress", ended_at=None), pull_up, ("50", 5))
    told = await (await ann.json("GET", f"/workouts/{past.uuid}")).get_json()
    assert (await stats(ann, "?range=all"))["now"]["volume"] == told["volume"] == 50


async def test_weights_and_hours_are_told_in_the_persons_units(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    squat = await exercise(ann)
    await did(await workout(ann, 0), squat, ("225", 4), unit="lb")
    await did(await workout(ann, 1), squat, ("250", 4), unit="lb")
    found = await stats(ann, "?range=all")
    assert found["now"]["volume"] == 1900
    assert {r["value"] for r in found["records"] if r["kind"] == "heaviest"} == {250}
    assert "Volume, lb" in await text(ann, "?range=all")


async def test_nothing_to_look_back_on_leads_to_a_workout(ann: Person, bob: Person) -> None:
    await train(bob.user, workouts=2)
    page = await text(ann)
    assert "Nothing to look back on yet" in page and "<svg" not in page
    await did(await workout(ann, 0), await exercise(ann), ("80", 5))
    page = await text(ann, days(100, 120))
    assert "No workouts in this period" in page
    assert 'href="/stats?range=all"' in page.partition("No workouts in this period")[2]


async def test_the_days_may_be_said_in_either_order_and_end_today(ann: Person) -> None:
    await did(await workout(ann, 0), await exercise(ann), ("80", 5))
    found = await stats(ann, f"?from={FIRST + DAY}&to={FIRST - DAY}")
    assert (found["now"]["from_date"], found["now"]["to_date"]) == ("2026-03-01", "2026-03-03")
    found = await stats(ann, f"?from={FIRST}&to=2199-01-01")
    today = max(today_of("UTC"), FIRST)
    assert found["now"]["to_date"] in (str(today), str(today - DAY))
    assert (await stats(ann, f"?to={FIRST + DAY}"))["now"]["from_date"] == "2026-03-02"


@pytest.mark.parametrize("wrong", ["?range=2y", "?from=yesterday", "?from=0001-01-01", "?to=%00"])
async def test_a_range_that_is_none_is_refused(ann: Person, wrong: str) -> None:
    assert (await ann.json("GET", f"/api/stats{wrong}")).status_code == 400
    answer = await ann.page("GET", f"/stats{wrong}")
    assert answer.status_code == 400
    assert "Some of this is not right" in await answer.get_data(as_text=True)


async def test_every_preset_is_a_link_and_all_comes_without_a_comparison(ann: Person) -> None:
    await train(ann.user, workouts=300)
    for name, kind in (("4w", "week"), ("3m", "week"), ("1y", "week"), ("all", "month")):
        page = await text(ann, f"?range={name}")
        assert f"Workouts a {kind}" in page and page.count('class="c-bar') > 3
        assert ("compared with" in page) == (name != "all")
        assert (await stats(ann, f"?range={name}"))["range"] == name
    assert (await stats(ann, "?range=all"))["before"] is None


@pytest.mark.parametrize("asked", ["", "?range=all&records=all"])
async def test_progress_costs_the_same_statements_whatever_the_history(
    ann: Person, asked: str
) -> None:
    costs = []
    for amount in (3, 80):
        await train(ann.user, workouts=amount)
        with counted() as statements:
            await text(ann, asked)
        costs.append(len(statements))
    assert costs == [6, 6]


def test_the_ranges_end_today_and_begin_with_a_week() -> None:
    known = [date(2020, 1, 5), date(2026, 11, 20)]
    assert whole_weeks("4w", TODAY, known, 1) == Range(date(2026, 10, 26), TODAY, "4w")
    assert whole_weeks("4w", TODAY, known, 7) == Range(date(2026, 10, 25), TODAY, "4w")
    assert whole_weeks("all", TODAY, known, 1) == Range(known[0], TODAY, "all")
    assert whole_weeks("all", TODAY, [], 1) == Range(TODAY, TODAY, "all")
    assert back("3m", TODAY, known) == Range(date(2026, 8, 21), TODAY, "3m")
    assert back("all", TODAY, [TODAY + DAY]) == Range(TODAY, TODAY + DAY, "all")
    assert said(None, date(2026, 1, 1), TODAY, known) == Range(known[0], date(2026, 1, 1))
    assert said(date(2027, 1, 1), None, TODAY, known) == Range(TODAY, TODAY)
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)


def test_the_range_before_has_as_many_days() -> None:
    shown = Range(date(2026, 3, 9), date(2026, 3, 15))
    assert shown.before == Range(date(2026, 3, 2), date(2026, 3, 8))
    assert Range(date(2020, 1, 5), TODAY, "all").before is None
    assert Range(date.min, date.min + DAY).before is None
    assert (shown.days, shown.weeks) == (7, 1.0)
    assert Range(TODAY, TODAY).weeks == 1.0


@pytest.mark.parametrize(
    ("first", "kind", "many"),
    [
        (TODAY, "day", 1),
        (TODAY - DAY * 13, "day", 14),
        (TODAY - DAY * 14, "week", 3),
        (TODAY - DAY * 363, "week", 53),
        (date(2024, 1, 1), "month", 35),
        (date(1999, 6, 1), "year", 28),
    ],
)
def test_a_range_is_cut_into_as_many_pieces_as_a_chart_can_show(
    first: date, kind: str, many: int
) -> None:
    found = stretches({}, Range(first, TODAY), 1)
    assert ({each.kind for each in found}, len(found)) == ({kind}, many)
    assert (found[0].first, found[-1].last) == (first, TODAY)
    assert all(b.first == a.last + DAY for a, b in pairwise(found))


def test_weeks_in_a_row_break_only_when_a_week_is_over() -> None:
    monday = date(2026, 11, 16)
    weeks = [monday - timedelta(weeks=back) for back in (1, 2, 3, 5, 6, 7, 8)]
    assert weeks_in_a_row(weeks, TODAY, 1) == weeks_in_a_row([*weeks, weeks[0] + DAY], TODAY, 1)
    found = weeks_in_a_row(weeks, TODAY, 1)
    assert (found.current, found.longest) == (3, 4)
    assert weeks_in_a_row([*weeks, monday], TODAY, 1).current == 4
    assert weeks_in_a_row(weeks[3:], TODAY, 1).current == 0
    assert weeks_in_a_row([], TODAY, 1).longest == 0


SETS = st.tuples(
    st.integers(0, 30),  # the day
    st.integers(0, 2),  # the exercise
    st.sampled_from([None, "20", "42.5", "60"]),
    st.sampled_from([None, 0, 1, 5, 12, 15]),
    st.sampled_from(["working", "working", "drop", "warm_up"]),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "trash", "edit"]), st.integers(0, 30), SETS), max_size=4
)
LOADS = ("external", "bodyweight", "assisted")


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sets=st.lists(SETS, max_size=14),
    edits=EDITS,
    first=st.integers(-3, 25),
    length=st.integers(0, 20),
)
async def test_every_figure_equals_a_plain_recount_after_any_edits(
    ann: Person, sets: list, edits: list, first: int, length: int
) -> None:
    await Workout.filter(user=ann.user).delete()
    lifts = [await exercise(ann, load, load=load, primary_muscles=[load]) for load in LOADS]
    past = {day: await workout(ann, day) for day in sorted({each[0] for each in sets})}
    made = []
    for day, which, weight, reps, kind in sets:
        made += await did(past[day], lifts[which], (weight, reps), set_type=kind)
    for verb, number, (day, _, weight, reps, kind) in edits:
        if verb == "trash" and day in past:
            await Workout.filter(id=past[day].id).update(deleted_at=datetime.now(UTC))
        elif made and verb == "delete":
            await made.pop(number % len(made)).delete()
        elif made and verb == "edit":
            facts = {"weight": weight, "weight_grams": grams(weight, "kg"), "reps": reps}
            await WorkoutSet.filter(id=made[number % len(made)].id).update(**facts, set_type=kind)
    found = await stats(ann, days(first, first + length))
    last = min(FIRST + DAY * (first + length), max(today_of("UTC"), *(_days(past) or [FIRST])))
    shown = Range(min(FIRST + DAY * first, last), last)
    now, before = await recount(ann, shown), await recount(ann, shown.before)
    names = ("sessions", "sets", "volume", "duration")
    assert tuple(found["now"][name] for name in names) == now["totals"]
    assert tuple(found["before"][name] for name in names) == before["totals"]
    assert {each["muscle"]: each["sets"] for each in found["muscles"] if each["sets"]} == (
        now["muscles"]
    )
    assert {e["muscle"]: e["sets_before"] for e in found["muscles"] if e["sets_before"]} == (
        before["muscles"]
    )
    assert sum(each["sets"] for each in found["parts"]) == now["totals"][1]
    told = [(r["at"][:10], r["exercise_name"], r["kind"], r["value"]) for r in found["records"]]
    assert sorted(told) == sorted(await records(ann, shown, lifts))


def _days(past: dict[int, Workout]) -> list[date]:
    return [FIRST + DAY * day for day in past]


async def recount(person: Person, shown: Range | None) -> dict[str, Any]:
    """Totals and sets by muscle of a range, by looking at every workout and every set."""
    assert shown is not None
    every = await Workout.filter(user=person.user, deleted_at=None)
    inside = [each for each in every if shown.first <= each.local_date <= shown.last]
    sets = await _sets(person)
    mine = [each for each in sets if each.workout.id in {w.id for w in inside}]
    lifted = (
        Decimal(each.weight or 0) * (each.reps or 0)
        for each in mine
        if each.exercise.load != "assisted"  # type: ignore[union-attr]
    )
    lengths = [each.ended_at - each.started_at for each in inside if each.ended_at]
    seconds = sum(length.seconds for length in lengths)
    muscles: Counter[str] = Counter(each.exercise.load for each in mine)  # type: ignore[union-attr]
    volume = float(sum(lifted, Decimal(0)))
    return {"totals": (len(inside), len(mine), volume, seconds), "muscles": dict(muscles)}


async def _sets(person: Person) -> list[WorkoutSet]:
    found = WorkoutSet.filter(
        user=person.user, workout__deleted_at=None, completed_at__isnull=False
    )
    every = await found.prefetch_related("workout", "exercise").order_by("completed_at", "id")
    return [each for each in every if each.set_type != "warm_up"]


async def records(person: Person, shown: Range, lifts: list[Exercise]) -> list[tuple[Any, ...]]:
    """Day by day, whatever was better than every day before it."""
    sets, found = await _sets(person), []
    for lift in lifts:
        for kind, value in (("heaviest", heaviest), ("e1rm", e1rm), ("reps", reps)):
            best: dict[date, Decimal] = {}
            for each in sets:
                its = value(each, lift.load)
                if each.exercise == lift and its is not None:
                    day = each.workout.local_date
                    best[day] = max(best.get(day, its), its)
            top: Decimal | None = None
            for day in sorted(best):
                if top is not None and best[day] > top and shown.first <= day <= shown.last:
                    found.append((str(day), lift.name, kind, float(abs(best[day]))))
                top = best[day] if top is None else max(top, best[day])
    return found


def heaviest(each: WorkoutSet, load: str) -> Decimal | None:
    if each.weight is None or each.reps == 0:
        return None
    return Decimal(each.weight) * (-1 if load == "assisted" else 1)


def e1rm(each: WorkoutSet, load: str) -> Decimal | None:
    if load != "external" or not each.weight or not each.reps:
        return None
    factor = Decimal(1) if each.reps == 1 else 1 + Decimal(min(each.reps, 12)) / 30
    kilos = Decimal(int(each.weight * 1000 * factor)) / 1000
    return kilos.quantize(Decimal("0.01"), ROUND_HALF_UP)


def reps(each: WorkoutSet, load: str) -> Decimal | None:
    return None if each.weight or not each.reps else Decimal(each.reps)
