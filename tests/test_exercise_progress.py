"""What came of an exercise: series, estimates and bests, against a recount set by set."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from tests.test_bests import DAY, did, exercise, workout
from webapp.models import BodyWeight, Exercise, User, Workout, WorkoutSet
from webapp.models.fields import grams, millimetres

WORKOUTS = 5


async def told(person: Person, lift: Exercise, asked: str = "?range=all") -> Any:
    """What a program is told of an exercise."""
    answer = await person.json("GET", f"/api/exercises/{lift.uuid}{asked}")
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def text(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200, path
    return str(await answer.get_data(as_text=True))


async def weighs(person: Person, day: date, kilos: str, hour: int = 7) -> BodyWeight:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    facts: dict[str, Any] = {"weight": kilos, "weight_unit": "kg"}
    facts |= {"weight_grams": grams(kilos, "kg"), "measured_at": at}
    return await BodyWeight.create(user=person.user, **facts)


async def test_the_estimates_are_epleys_and_brzyckis(ann: Person, bob: Person) -> None:
    squat, first = await exercise(ann), await workout(ann, 0)
    await did(first, squat, ("100", 5), ("90", 10), ("110", 1))
    await did(first, squat, ("200", 5), set_type="warm_up")
    found = await told(ann, squat)
    (point,) = found["series"]
    assert (point["e1rm_epley"], point["e1rm_brzycki"]) == (120, 120)
    assert [each["e1rm_epley"] for each in found["sessions"][0]["sets"]] == [116.67, 120, 110]
    assert [each["e1rm_brzycki"] for each in found["sessions"][0]["sets"]] == [112.5, 120, 110]
    assert point["top_weight"] == 110
    assert point["volume"] == 100 * 5 + 90 * 10 + 110
    assert (point["reps"], point["most_reps"]) == (16, 10)
    page = await text(ann, f"/exercises/{squat.uuid}?range=all")
    assert "Epley" in page and "Brzycki" in page and "110 kg × 1" in page
    assert (await bob.json("GET", f"/api/exercises/{squat.uuid}")).status_code == 404


async def test_more_than_twelve_reps_estimate_no_more_than_twelve(ann: Person) -> None:
    curl, first = await exercise(ann, "Curl"), await workout(ann, 0)
    await did(first, curl, ("20", 12), ("20", 30))
    sets = (await told(ann, curl))["sessions"][0]["sets"]
    assert {each["e1rm_epley"] for each in sets} == {28}
    assert {each["e1rm_brzycki"] for each in sets} == {28.8}


async def test_the_systems_exercise_shows_each_person_their_own(ann: Person, bob: Person) -> None:
    plank = await Exercise.get(slug="squat-barbell")
    await did(await workout(ann, 0), plank, ("150", 5))
    assert (await told(ann, plank))["series"]
    assert (await told(bob, plank))["series"] == []
    assert "150 kg" not in await text(bob, f"/exercises/{plank.uuid}")


async def test_a_bodyweight_exercise_takes_the_body_weight_of_its_day(
    ann: Person, bob: Person
) -> None:
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    await weighs(bob, DAY.date() - timedelta(days=9), "150")
    for day in (0, 2, 4, 6):
        await did(await workout(ann, day), pull_up, (None, 10), ("10", 5))
    assert [each["e1rm_epley"] for each in (await told(ann, pull_up))["series"]] == [None] * 4
    assert "enter your body weight" in await text(ann, f"/exercises/{pull_up.uuid}?range=all")
    # Of the third day, later than the workout; one in between; nothing of the first day.
    await weighs(ann, DAY.date() + timedelta(days=2), "80", hour=23)
    await weighs(ann, DAY.date() + timedelta(days=5), "90")
    found = (await told(ann, pull_up))["series"]
    assert [each["e1rm_epley"] for each in found] == [None, 106.67, 106.67, 120]
    assert [each["volume"] for each in found] == [0, 80 * 10 + 90 * 5, 80 * 10 + 90 * 5, 1400]
    assert [each["top_weight"] for each in found] == [10] * 4


async def test_the_day_of_a_weighing_is_the_one_on_the_persons_clock(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="Pacific/Auckland")
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    late = await workout(ann, 0)
    await Workout.filter(id=late.id).update(local_date=DAY.date() + timedelta(days=1))
    await did(late, pull_up, (None, 10))
    await weighs(ann, DAY.date(), "80", hour=23)  # the next day there, at noon
    assert (await told(ann, pull_up))["series"][0]["e1rm_epley"] == 106.67


async def test_help_is_taken_off_the_body_weight_and_less_of_it_is_more(ann: Person) -> None:
    dip = await exercise(ann, "Dip", load="assisted")
    await weighs(ann, DAY.date(), "80")
    await did(await workout(ann, 0), dip, ("30", 10))
    await did(await workout(ann, 1), dip, ("20", 10), ("100", 10))
    found = await told(ann, dip)
    assert [each["top_weight"] for each in found["series"]] == [-30, -20]
    assert [each["e1rm_epley"] for each in found["series"]] == [66.67, 80]
    assert [each["volume"] for each in found["series"]] == [500, 600]
    (best,) = found["personal_bests"]
    assert (best["set"]["weight"], best["beats"]["weight"]) == (20, 30)
    assert "−20 kg × 10" in await text(ann, f"/exercises/{dip.uuid}?range=all")


async def test_a_sets_own_body_weight_beats_the_log(ann: Person) -> None:
    pull_up = await exercise(ann, "Pull-up", load="bodyweight")
    await weighs(ann, DAY.date(), "80")
    (each,) = await did(await workout(ann, 0), pull_up, (None, 1))
    await WorkoutSet.filter(id=each.id).update(bodyweight="75", bodyweight_unit="kg")
    assert (await told(ann, pull_up))["series"][0]["e1rm_epley"] == 75


async def test_bests_by_reps_tell_their_day_and_the_set_they_beat(ann: Person) -> None:
    squat = await exercise(ann)
    first, second, third = [await workout(ann, day) for day in (0, 3, 9)]
    await did(first, squat, ("80", 8), ("100", 3))
    await did(second, squat, ("90", 5), ("80", 8), ("85", 6))
    await did(third, squat, ("90", 8), ("100", 2))
    found = await told(ann, squat)
    said = [
        (b["set"]["reps"], b["set"]["weight"], b["date"], b["beats"] and b["beats"]["weight"])
        for b in found["personal_bests"]
    ]
    assert said == [(3, 100, "2026-03-02", None), (8, 90, "2026-03-11", 80)]
    assert found["personal_bests"][1]["beaten_on"] == "2026-03-02"
    page = await text(ann, f"/exercises/{squat.uuid}?range=all")
    assert "beat 80 kg × 8 from 2 Mar 2026" in page and "The first time" in page


async def test_bands_time_and_distance_have_bests_of_their_own(ann: Person) -> None:
    pull = await exercise(ann, "Pull apart", load="none")
    await did(await workout(ann, 0), pull, (None, 12), band="red")
    await did(await workout(ann, 1), pull, (None, 20), band="yellow")
    said = [(b["set"]["band"], b["set"]["reps"]) for b in (await told(ann, pull))["personal_bests"]]
    assert said == [("red", 12), ("yellow", 20)]
    run = await exercise(ann, "Run", load="none", measure="distance")
    for day, km, seconds in ((0, "5", "1500"), (1, "6", "1400")):
        far = {"distance": km, "distance_unit": "km", "distance_mm": millimetres(km, "km")}
        await did(await workout(ann, day), run, (None, None), duration_seconds=seconds, **far)
    found = await told(ann, run)
    kinds = {b["kind"]: (b["set"], b["beats"]) for b in found["personal_bests"]}
    assert kinds["duration"][0]["duration"] == 1500 and kinds["duration"][1] is None
    assert kinds["distance"][0]["distance"] == 6 and kinds["distance"][1]["distance"] == 5
    assert [each["distance"] for each in found["series"]] == [5, 6]
    page = await text(ann, f"/exercises/{run.uuid}?range=all")
    assert "Distance in a workout" in page and "Longest set" in page


async def test_the_range_is_chosen_by_a_link(ann: Person) -> None:
    squat, now = await exercise(ann), datetime.now(UTC)
    for days_ago in (10, 200, 900):
        day = (now - timedelta(days=days_ago) - DAY).days
        await did(await workout(ann, day), squat, (str(days_ago), 5))
    lengths = {"3m": 1, "1y": 2, "all": 3}
    for name, length in lengths.items():
        assert len((await told(ann, squat, f"?range={name}"))["series"]) == length
        assert f"?range={name}#progress" in await text(ann, f"/exercises/{squat.uuid}")
    assert (await ann.json("GET", f"/api/exercises/{squat.uuid}?range=2y")).status_code == 400
    assert (await ann.page("GET", f"/exercises/{squat.uuid}?range=2y")).status_code == 400


async def test_earlier_workouts_come_five_at_a_time(ann: Person) -> None:
    await train(ann.user, workouts=12, exercises=1, pool=1)
    lift = await Exercise.get(user=ann.user)
    seen: list[str] = []
    before: Any = ""
    while before is not None:
        found = await told(ann, lift, f"?before={before}")
        seen += [each["session_id"] for each in found["sessions"]]
        before = found["next"]
    every = await Workout.filter(user=ann.user).order_by("-started_at")
    assert seen == [str(each.uuid) for each in every]
    page = await text(ann, f"/exercises/{lift.uuid}")
    assert f"?before={every[4].uuid}" in page
    assert "Earlier workouts" not in await text(
        ann, f"/exercises/{lift.uuid}?before={every[9].uuid}"
    )


async def test_an_exercise_never_done_says_what_comes(ann: Person) -> None:
    page = await text(ann, f"/exercises/{(await exercise(ann)).uuid}")
    assert "You have not logged this yet" in page and "<svg" not in page


@pytest.mark.parametrize("load", ["external", "bodyweight"])
async def test_an_exercise_costs_the_same_statements_whatever_the_history(
    ann: Person, load: str
) -> None:
    costs = []
    for amount in (2, 60):
        await train(ann.user, workouts=amount, exercises=1, pool=1)
        lift = await Exercise.get(user=ann.user)
        await Exercise.filter(id=lift.id).update(load=load)
        await weighs(ann, DAY.date(), "80")
        with counted() as statements:
            await text(ann, f"/exercises/{lift.uuid}?range=all")
        costs.append(len(statements))
    assert costs == [5, 5] if load == "external" else costs == [6, 6]


SETS = st.tuples(
    st.integers(0, WORKOUTS - 1),
    st.sampled_from([None, "20", "40", "42.5", "60"]),
    st.sampled_from([None, 0, 1, 5, 8, 12, 15]),
    st.sampled_from(["working", "working", "working", "warm_up"]),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "trash", "edit"]), st.integers(0, 30), SETS), max_size=4
)
WEIGHINGS = st.dictionaries(
    st.integers(-2, WORKOUTS), st.sampled_from(["59.5", "80", "81.3"]), max_size=3
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sets=st.lists(SETS, max_size=12),
    edits=EDITS,
    weighings=WEIGHINGS,
    load=st.sampled_from(["external", "bodyweight", "assisted", "none"]),
)
async def test_series_and_bests_equal_a_plain_recount_after_any_edits(
    ann: Person, sets: list, edits: list, weighings: dict[int, str], load: str
) -> None:
    lift = await exercise(ann, load=load)
    days = [await workout(ann, day) for day in range(WORKOUTS)]
    await BodyWeight.filter(user=ann.user).delete()
    for day, kilos in weighings.items():
        await weighs(ann, DAY.date() + timedelta(days=day), kilos)
    made = []
    for day, weight, reps, kind in sets:
        made += await did(days[day], lift, (weight, reps), set_type=kind)
    for verb, which, (day, weight, reps, kind) in edits:
        if verb == "trash":
            await Workout.filter(id=days[day].id).update(deleted_at=DAY)
        elif made and verb == "delete":
            await made.pop(which % len(made)).delete()
        elif made:
            facts = {"weight": weight, "weight_grams": grams(weight, "kg"), "reps": reps}
            await WorkoutSet.filter(id=made[which % len(made)].id).update(**facts, set_type=kind)
    found, (series, bests) = await told(ann, lift), await recount(lift, load, weighings)
    names = ("date", "top_weight", "e1rm_epley", "e1rm_brzycki", "volume", "reps")
    assert [tuple(each[name] for name in names) for each in found["series"]] == series
    assert [
        (b["set"]["reps"], b["set"]["weight"] or 0, b["beats"] and (b["beats"]["weight"] or 0))
        for b in found["personal_bests"]
    ] == bests


async def recount(
    lift: Exercise, load: str, weighings: dict[int, str]
) -> tuple[list[Any], list[Any]]:
    """Series and bests, by looking at every set there is, with Decimals."""
    every = await WorkoutSet.filter(exercise=lift, set_type="working").prefetch_related("workout")
    kept = sorted(
        (each for each in every if each.workout.deleted_at is None),
        key=lambda each: (each.workout.started_at, each.completed_at, each.id),
    )
    by_day: dict[int, list[WorkoutSet]] = {}
    for each in kept:
        by_day.setdefault((each.workout.started_at - DAY).days, []).append(each)
    series = [session(its, load, body_on(day, weighings)) for day, its in by_day.items()]
    return series, rep_bests(kept, load)


def body_on(day: int, weighings: dict[int, str]) -> Decimal | None:
    known = [each for each in weighings if each <= day]
    return Decimal(weighings[max(known)]) if known else None


def whole(each: WorkoutSet, load: str, body: Decimal | None) -> Decimal:
    """Kilograms lifted; none when that is nothing or unknown."""
    weight = Decimal(each.weight or 0)
    if load == "external":
        return weight
    if load == "none" or body is None:
        return Decimal(0)
    return max(body - weight if load == "assisted" else body + weight, Decimal(0))


def cut(kilos: Decimal) -> float | None:
    """As it is told: whole grams, then two decimals."""
    exact = Decimal(int(kilos * 1000)) / 1000
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)) or None


def session(its: list[WorkoutSet], load: str, body: Decimal | None) -> tuple[Any, ...]:
    epley, brzycki = Decimal(0), Decimal(0)
    for each in its:
        weight, reps = whole(each, load, body), min(each.reps or 0, 12)
        if reps:
            epley = max(epley, weight if reps == 1 else weight * (30 + reps) / 30)
            brzycki = max(brzycki, weight * 36 / (37 - reps))
    volume = sum((whole(each, load, body) * (each.reps or 0) for each in its), Decimal(0))
    lifted = [each for each in its if each.reps] or its
    top = max(effort(each, load) for each in lifted)
    reps = sum(each.reps or 0 for each in its)
    return (
        str(its[0].workout.local_date),
        float(top),
        cut(epley),
        cut(brzycki),
        float(volume),
        reps,
    )


def effort(each: WorkoutSet, load: str) -> Decimal:
    return Decimal(each.weight or 0) * (-1 if load == "assisted" else 1)


def rep_bests(kept: list[WorkoutSet], load: str) -> list[tuple[int, float, float | None]]:
    """Reps, weight, and the weight that was beaten, for every best that nothing outdoes."""
    found = []
    for reps in sorted({each.reps for each in kept if each.reps}):
        same = [each for each in kept if each.reps == reps]
        best = max(effort(each, load) for each in same)
        more = [effort(each, load) for each in kept if (each.reps or 0) > reps]
        if more and max(more) >= best:
            continue
        first = next(each for each in same if effort(each, load) == best)
        start = first.workout.started_at
        before = [e for e in kept if (e.reps or 0) >= reps and e.workout.started_at < start]
        rival = max((effort(each, load) for each in before), default=None)
        found.append((reps, float(abs(best)), None if rival is None else float(abs(rival))))
    return found
