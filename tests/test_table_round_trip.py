"""The table for spreadsheets is imported again without losing anything that it tells."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from quart import Quart

from tests.support import gym
from tests.support.accounts import taken_in
from tests.support.importing import imported, look_at, said
from tests.support.world import Person, register
from webapp.exporting.spreadsheet import HEADER
from webapp.history import places
from webapp.models import Exercise, Location, Routine, User, Workout, WorkoutItem, WorkoutSet
from webapp.models.exercises import IMPLEMENTS, LOADS, MEASURES, MUSCLE_GROUPS
from webapp.models.workouts import SET_TYPES

STEADY = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),  # each example is two accounts: no shrinking
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
ODD = ["=1+1", "'", "''x", "-", " x ", "a\r\nb", "\ttab", "@me", '"', ";,|", "x\ry", "\n" * 150]
TEXT = LETTERS | st.sampled_from(ODD)
SHORT = TEXT.map(lambda text: text.strip("\n")[:50])
NAME = LETTERS.map(lambda text: f"{text.strip()}.")
WEIGHT = st.integers(0, 40_000).map(lambda quarters: f"{quarters / 4:g}") | st.just("100.125")
UNIT = st.sampled_from(["kg", "lb"])
WHEN = st.datetimes(datetime(2001, 1, 1), datetime(2020, 1, 1))
EXERCISES = {  # as a file names them: the catalogue's, one's own, and what no one can run
    "Squat (Barbell)": "squat-barbell",
    "Plank": "plank",
    'Zyx, "heavy"': "019a0000-0000-7000-8000-000000000001",
    "=Lift()": "019a0000-0000-7000-8000-000000000002",
    "'Quoted'": "019a0000-0000-7000-8000-000000000003",
}


def instant(when: datetime) -> str:
    return when.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")


def maybe(**fields: Any) -> Any:
    """Some of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def uuids() -> Any:
    return st.uuids(version=4).map(str)


@st.composite
def did(draw: Any) -> dict[str, Any]:
    """A set as an export of the account has it; a unit stands where its number does."""
    made = {"uuid": draw(uuids()), "created_at": instant(draw(WHEN)), "position": 1}
    made |= {"completed_at": instant(draw(WHEN)), "set_type": draw(st.sampled_from(SET_TYPES))}
    made |= draw(
        maybe(
            reps=st.integers(0, 10_000),
            forced_reps=st.integers(0, 99),
            duration_seconds=st.integers(0, 86_400).map(str),
            rpe=st.sampled_from(["1", "7.5", "10"]),
            band=SHORT,
            notes=TEXT,
        )
    )
    numbers = (("weight", UNIT), ("bodyweight", UNIT), ("distance", st.sampled_from(["m", "yd"])))
    for name, unit in numbers:
        if draw(st.booleans()):
            made |= {name: draw(WEIGHT), f"{name}_unit": draw(unit)}
    return made


@st.composite
def accounts(draw: Any) -> dict[str, Any]:
    """An account with what the table tells of: ended workouts with sets that were done."""

    def item(position: int) -> dict[str, Any]:
        name = draw(st.sampled_from(list(EXERCISES)))
        facts = {
            "kind": st.sampled_from(["exercise", "cardio"]),
            "muscle_group": st.sampled_from(MUSCLE_GROUPS),
            "implement": st.sampled_from(IMPLEMENTS),
            "measure": st.sampled_from(MEASURES),
            "load": st.sampled_from(LOADS),
        }
        more = maybe(superset=st.integers(1, 9), note=TEXT, rest_seconds=st.integers(0, 3600))
        sets = draw(st.lists(did(), min_size=1, max_size=4))
        return {
            "uuid": draw(uuids()), "created_at": instant(draw(WHEN)), "position": position,
            "exercise": EXERCISES[name], "exercise_name": name, "status": "finished",
            **draw(st.fixed_dictionaries(facts)), **draw(more),
            "sets": [{**each, "position": n} for n, each in enumerate(sets, 1)],
        }  # fmt: skip

    def workout(number: int) -> dict[str, Any]:
        start = datetime(2019, 1, 1) + timedelta(days=number // 2, hours=7 * (number % 2))
        start += timedelta(microseconds=draw(st.integers(0, 3_600_000_000)))
        end = start + timedelta(microseconds=draw(st.integers(1, 10**12)))
        more = maybe(rating=st.integers(1, 5), location_name=NAME, routine_name=NAME, notes=TEXT)
        day = start.date() + timedelta(days=draw(st.integers(-1, 1)))
        return {
            "uuid": draw(uuids()), "created_at": instant(start), "name": draw(NAME),
            "started_at": instant(start), "ended_at": instant(end), "local_date": str(day),
            "status": draw(st.sampled_from(["finished", "stopped"])), **draw(more),
            "items": [item(n) for n in range(1, draw(st.integers(1, 3)) + 1)],
        }  # fmt: skip

    own = [
        {"uuid": ref, "created_at": "2019-01-01T00:00:00Z", "name": name}
        for name, ref in EXERCISES.items()
        if ref.startswith("019a")
    ]
    workouts = [workout(n) for n in range(draw(st.integers(1, 4)))]
    return {"setlog": 1, "exercises": own, "workouts": workouts}


async def table(person: Person) -> bytes:
    answer = await person.page("GET", "/export.csv")
    assert answer.status_code == 200
    return bytes(await answer.get_data(as_text=False))


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@STEADY
@given(account=accounts())
async def test_what_the_table_tells_comes_back_to_the_byte(
    app: Quart, account: dict[str, Any]
) -> None:
    ann, bob = [await register(app, f"{name}{await User.all().count()}") for name in ("a", "b")]
    for person in (ann, bob):
        await User.filter(id=person.user.id).update(timezone="Europe/Berlin")
    await taken_in(ann, account)
    hers = await table(ann)
    done = await imported(bob, hers)
    assert (done["lost_lines"], done["problems"], done["needs"]) == (0, [], [])
    assert done["workouts"]["new"] == len(account["workouts"])
    assert await table(bob) == hers
    again = await said(ann, await look_at(ann, hers))
    assert (again["workouts"]["new"], again["workouts"]["differs"]) == (0, 0)


async def test_on_another_clock_the_moments_and_the_days_stay(ann: Person, bob: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="Pacific/Auckland")
    past = await gym.did(ann, "squat-barbell", ("80", 5))
    await imported(bob, await table(ann))
    hers, his = await Workout.get(id=past.id), await Workout.get(user=bob.user)
    names = ("started_at", "ended_at", "local_date", "name", "status")
    assert [getattr(his, name) for name in names] == [getattr(hers, name) for name in names]
    done = [await WorkoutSet.get(workout=each) for each in (hers, his)]
    assert done[0].completed_at == done[1].completed_at


async def test_a_place_and_a_routine_are_ones_own_where_they_are_called_so(
    ann: Person, bob: Person
) -> None:
    past = await gym.did(ann, "squat-barbell", ("80", 5))
    named = {"location_name": "Iron Temple", "routine_name": "Legs", "rating": 4}
    await Workout.filter(id=past.id).update(**named)
    place = await Location.create(user=bob.user, name="iron temple")
    await Location.create(user=ann.user, name="Iron Temple")
    plan = await Routine.create(user=bob.user, name="Legs")
    await imported(bob, await table(ann))
    found = await Workout.get(user=bob.user)
    assert (found.location_id, found.routine_id) == (place.id, plan.id)  # type: ignore[attr-defined]
    assert (found.location_name, found.routine_name, found.rating) == (*named.values(),)
    assert set(await places.known(bob.user.id)) == {"iron temple"}


async def test_an_exercise_of_ones_own_is_made_again_as_what_it_was(
    ann: Person, bob: Person
) -> None:
    past = await gym.did(ann, "squat-barbell", ("20", 8))
    facts = {"muscle_group": "back", "implement": "Bodyweight", "load": "assisted"}
    await WorkoutItem.filter(workout=past).update(exercise_name="Zyx Chin", **facts)
    await imported(bob, await table(ann))
    made = await Exercise.get(user=bob.user)
    assert (made.name, made.muscle_group, made.implement, made.load, made.modality) == (
        "Zyx Chin", "back", "Bodyweight", "assisted", "bodyweight",
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [";", "\t"])
async def test_a_table_that_went_through_a_spreadsheet_is_read(
    ann: Person, bob: Person, delimiter: str
) -> None:
    await gym.did(ann, "squat-barbell", ("82.5", 5), ("100", 3), notes="=so")
    rows = lines(await table(ann))
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER[:26], delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    for each in rows:
        day = f"{each['date'][8:]}.{each['date'][5:7]}.{each['date'][:4]}"
        writer.writerow(each | {"date": day, "weight": each["weight"].replace(".", ",")})
    await imported(bob, text.getvalue().encode("cp1252"))
    same = ("date", "started_at", "weight", "weight_unit", "reps", "notes", "completed_at")
    assert [[each[name] for name in same] for each in lines(await table(bob))] == [
        [each[name] for name in same] for each in rows
    ]


async def test_a_cell_that_was_spoilt_costs_no_set(ann: Person, bob: Person) -> None:
    await gym.did(ann, "squat-barbell", ("80", 5))
    first, *_ = lines(await table(ann))
    spoilt = {"completed_at": "soon", "rating": "9", "status": "gone", "measure": "miles"}
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    writer.writerow(first | spoilt | {"date": "1999-01-01", "workout_number": "x"})
    done = await imported(bob, text.getvalue().encode())
    assert (done["workouts"]["sets"], done["lost_lines"]) == (1, 0)
    assert [each["reason"] for each in done["problems"]] == [
        "The date “soon” is not one we can read"
    ]
    found = await Workout.get(user=bob.user)
    assert (found.rating, found.status, str(found.local_date)) == (None, "finished", first["date"])
