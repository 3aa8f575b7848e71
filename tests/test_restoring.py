"""Files that are imported: how they may look, what is refused, what becomes of what is there."""

import gzip
import io
import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import gym
from tests.support.accounts import brought, exported, taken_in
from tests.support.everything import owned
from tests.support.world import Person
from webapp.cli_import import caller_of
from webapp.exporting import reading
from webapp.importing import accounts
from webapp.models import Exercise, ExerciseSetting, Location, Routine, User, Workout, WorkoutSet
from webapp.problems import Problem

STEADY = settings(derandomize=True, deadline=None, max_examples=200)
UUID = "0195f1c2-0000-7000-8000-00000000000%d"
MADE = {"created_at": "2025-11-21T10:00:00Z"}
SET = {**MADE, "uuid": UUID % 3, "position": 1, "reps": 5, "weight": "100", "weight_unit": "lb"}
SET |= {"completed_at": "2025-11-21T11:30:00+01:00"}
ITEM = {**MADE, "uuid": UUID % 2, "position": 1, "exercise": "squat-barbell", "sets": [SET]}
WORKOUT = {
    **MADE, "uuid": UUID % 1, "name": "Legs", "started_at": "2025-11-21T10:00:00Z",
    "local_date": "2025-11-21", "status": "finished", "items": [ITEM],
}  # fmt: skip
FILE = {"setlog": 1, "workouts": [WORKOUT]}


@pytest.mark.parametrize(
    "data",
    [
        orjson.dumps(FILE),
        json.dumps(FILE, indent=4).encode(),
        json.dumps(FILE, sort_keys=True, ensure_ascii=True).encode(),
        b"\xef\xbb\xbf" + orjson.dumps(FILE).replace(b",", b" ,\r\n\t"),
        gzip.compress(orjson.dumps(FILE)),
        orjson.dumps({"workouts": [WORKOUT], "account": {"username": "cleo"}, "setlog": 1}),
    ],
    ids=["ours", "indented", "sorted", "with a mark", "gzipped", "turned round"],
)
async def test_a_file_may_have_gone_through_other_hands(
    ann: Person, bob: Person, data: bytes
) -> None:
    assert await brought(ann, data) == {"workouts": 1, "sets": 1}
    done = await WorkoutSet.get(user=ann.user).prefetch_related("exercise")
    assert (done.weight_grams, done.exercise.slug) == (45359, "squat-barbell")  # type: ignore[union-attr]
    assert (await exported(ann))["workouts"][0]["items"][0]["sets"][0]["completed_at"] == (
        "2025-11-21T10:30:00Z"
    )
    assert not await Workout.filter(user=bob.user).exists()


def _with(**more: Any) -> Any:
    return {**FILE, **more}


def _set(**more: Any) -> Any:
    return _with(workouts=[{**WORKOUT, "items": [{**ITEM, "sets": [{**SET, **more}]}]}])


def _item(**more: Any) -> Any:
    return _with(workouts=[{**WORKOUT, "items": [{**ITEM, **more}]}])


REMOVED = {"removed_item": {"status": "pending", "sets": [{"id": 1, "user_id": 1}]}}


@pytest.mark.parametrize(
    ("account", "wrong"),
    [
        (_set(reps="many"), "items.0.sets.0.reps"),
        (_set(reps=2**40), "items.0.sets.0.reps"),
        (_set(weight=80), "items.0.sets.0.weight"),
        (_set(weight="8e3"), "items.0.sets.0.weight"),
        (_set(weight_unit="stone"), "items.0.sets.0.weight_unit"),
        (_set(notes="a\x00b"), "items.0.sets.0.notes"),
        (_set(notes="\ud800"), "items.0.sets.0.notes"),
        (_set(completed_at="2025-11-21T10:00:00"), "items.0.sets.0.completed_at"),
        (_set(completed_at="0001-01-01T00:00:00+10:00"), "items.0.sets.0.completed_at"),
        (_set(user_id=7), "items.0.sets.0.user_id"),
        (_set(uuid="x"), "items.0.sets.0.uuid"),
        (_item(plan=REMOVED), "items.0.plan.removed_item"),
        (_item(plan={"exercise_id": 1}), "items.0.plan.exercise_id"),
        (_item(status="removed"), "items.0.status"),
        (_item(implement="Log"), "items.0.implement"),
        (_with(workouts=[7]), "Must be an object"),
        (_with(workouts={}), "Field is required"),
        (_with(profile={"plates": {"kg": {"0.3": 2}}}), "Must be weights"),
        (_with(profile={"is_admin": True}), "is_admin"),
        (_with(exercises=[{**MADE, "uuid": UUID % 4, "name": "x", "slug": "plank"}]), "slug"),
        (_with(workouts=[{**WORKOUT, "\ud800": "\ud800"}]), "Must be a valid string"),
    ],
)
async def test_a_row_that_is_not_right_is_told_and_what_is_right_comes(
    ann: Person, account: Any, wrong: str
) -> None:
    right = {**MADE, "uuid": UUID % 8, "name": "Iron Temple"}
    data = json.dumps({**account, "locations": [right]}).encode()
    caller = caller_of(await User.get(id=ann.user.id))
    report = (await accounts.look_at(caller, io.BytesIO(data))).report
    (problem,) = report["problems"]
    assert problem["text"].startswith("Number 1 of “")
    assert wrong in problem["text"]
    assert (report["lost"], report["also"]["new"]["locations"]) == (1, 1)
    await brought(ann, data)
    assert await Location.filter(user=ann.user, name="Iron Temple").count() == 1
    rows = await owned(ann)
    assert len(rows["workouts"]) == report["counts"]["new"] == ("workouts" not in problem["text"])


@pytest.mark.parametrize(
    "account",
    [
        _with(tokens=[{"secret": "x"}]),
        _with(setlog=2),
        _with(setlog="1"),
        {"workouts": [WORKOUT]},
        {},
    ],
)
async def test_what_nobody_can_know_is_refused_whole(ann: Person, account: Any) -> None:
    before = await owned(ann)
    with pytest.raises(Problem) as refused:
        await brought(ann, json.dumps(account).encode())
    assert (refused.value.status, [*refused.value.fields]) == (400, [("file",)])
    assert await owned(ann) == before


WHOLE = orjson.dumps(FILE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"Date,Workout Name",
        WHOLE[:-1],
        WHOLE[: len(WHOLE) // 2],
        WHOLE + b"}",
        WHOLE.replace(b"[", b"[,", 1),
        WHOLE[:-1] + b",}",
        WHOLE.replace(b'"reps":5', b'"reps":NaN'),
        WHOLE.replace(b'"reps":5', b'"reps":' + b"9" * 5000),
        b'{"setlog": 1, "workouts": ' + b"[" * 200_000,
        b'{1: 2, "setlog": 1}',
        b'{"setlog" 1}',
        b"\xff\xfe" + "{}".encode("utf-16-le"),
        gzip.compress(WHOLE)[:-12],
        b"\x1f\x8b nothing of the kind",
    ],
)
async def test_a_damaged_file_is_refused_whole(ann: Person, data: bytes) -> None:
    before = await owned(ann)
    with pytest.raises(Problem) as refused:
        await brought(ann, data)
    assert refused.value.status == 400
    assert await owned(ann) == before


@STEADY
@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.integers(-999, 10**9) | st.floats(-1e9, 1e9)
            | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
            max_leaves=12,
        ),
        max_size=4,
    ),
    st.integers(1, 9),
    st.sampled_from([None, 1]),
)  # fmt: skip
def test_the_parts_are_the_whole_however_the_file_is_cut(
    whole: dict[str, Any], size: int, indent: int | None
) -> None:
    file = io.BytesIO(json.dumps(whole, indent=indent, ensure_ascii=False).encode())
    expected = [
        (name, each)
        for name, value in whole.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "CHUNK", size)
        assert list(reading.parts(file)) == expected


async def test_what_is_there_stays_as_it_is(ann: Person) -> None:
    await taken_in(ann, FILE)
    await Workout.filter(user=ann.user).update(name="Mine", notes="Edited since")
    squat = await Exercise.get(slug="squat-barbell")
    await ExerciseSetting.create(user=ann.user, exercise=squat, note="Mine")
    more = {
        "profile": {"theme": "dark"},
        "exercise_settings": [{"exercise": "squat-barbell", "note": "Theirs"}],
        "body_weights": [
            {**MADE, "uuid": UUID % 5, "measured_at": MADE["created_at"], "weight": "80.5",
             "weight_unit": "kg"}
        ],
    }  # fmt: skip
    assert await taken_in(ann, {**FILE, **more}) == {"body weights": 1}
    now = await exported(ann)
    assert (now["workouts"][0]["name"], now["workouts"][0]["notes"]) == ("Mine", "Edited since")
    assert now["exercise_settings"] == [{"exercise": "squat-barbell", "note": "Mine"}]
    assert "theme" not in now["profile"], "an account that is lived in keeps its settings"


async def test_two_people_may_import_the_same_file(ann: Person, bob: Person) -> None:
    await taken_in(ann, FILE)
    await taken_in(bob, FILE)
    assert await Workout.filter(uuid=UUID % 1).count() == 2
    assert (await exported(ann))["workouts"] == (await exported(bob))["workouts"]


async def test_an_exercise_the_catalogue_lacks_becomes_ones_own_once(ann: Person) -> None:
    known = {
        "slug": "log-lift",
        "name": "Log Lift",
        "muscle_group": "shoulders",
        "aliases": ["Log"],
    }
    used = {**FILE, "catalogue": [known], "workouts": [{**WORKOUT, "items": [
        {**ITEM, "exercise": "log-lift"}
    ]}]}  # fmt: skip
    assert await taken_in(ann, used) == {"workouts": 1, "sets": 1, "exercises": 1}
    own = await Exercise.get(user=ann.user)
    assert (own.name, own.muscle_group, own.slug) == ("Log Lift", "shoulders", None)
    assert (await WorkoutSet.get(user=ann.user).prefetch_related("exercise")).exercise == own
    later = {**WORKOUT, "uuid": UUID % 6, "items": [
        {**ITEM, "uuid": UUID % 7, "exercise": "log-lift", "sets": [{**SET, "uuid": UUID % 8}]}
    ]}  # fmt: skip
    assert await taken_in(ann, {**used, "workouts": [later]}) == {"workouts": 1, "sets": 1}
    assert await WorkoutSet.filter(user=ann.user, exercise=own).count() == 2


async def test_names_of_rows_that_are_nowhere_are_left_empty(ann: Person, bob: Person) -> None:
    theirs = await Location.create(user=bob.user, name="Bob's")
    plan = await Routine.create(user=bob.user, name="Bob's")
    away = {**WORKOUT, "location": str(theirs.uuid), "routine": str(plan.uuid), "items": [
        {**ITEM, "exercise": "no-such-thing", "routine_item": UUID % 9}
    ]}  # fmt: skip
    await taken_in(ann, {**FILE, "workouts": [away]})
    made = await Workout.get(user=ann.user)
    assert (made.location_id, made.routine_id) == (None, None)  # type: ignore[attr-defined]
    assert (await WorkoutSet.get(user=ann.user)).exercise_id is None  # type: ignore[attr-defined]


async def test_a_workout_in_progress_stops_where_another_one_runs(ann: Person, bob: Person) -> None:
    running = {**WORKOUT, "status": "in_progress", "rest_ends_at": "2025-11-21T10:31:00Z"}
    await taken_in(bob, {**FILE, "workouts": [running]})
    assert (await Workout.get(user=bob.user)).status == "in_progress"
    await gym.start(ann)
    await taken_in(ann, {**FILE, "workouts": [running]})
    made = await Workout.get(user=ann.user, uuid=UUID % 1)
    assert (made.status, made.rest_ends_at) == ("stopped", None)
    assert made.ended_at is not None
    assert made.ended_at.isoformat() == "2025-11-21T10:30:00+00:00"
    assert await Workout.filter(user=ann.user, status="in_progress").count() == 1


async def test_an_import_that_was_interrupted_is_finished_by_another(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        {**WORKOUT, "uuid": f"0195f1c2-0000-7000-8001-{n:012d}", "items": [
            {**ITEM, "uuid": f"0195f1c2-0000-7000-8002-{n:012d}", "sets": [
                {**SET, "uuid": f"0195f1c2-0000-7000-8003-{n:012d}"}]}]}
        for n in range(120)
    ]  # fmt: skip
    kept, calls = accounts.keep_workouts, []

    async def failing(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the power went")
        return await kept(*given)

    monkeypatch.setattr(accounts, "keep_workouts", failing)
    with pytest.raises(RuntimeError):
        await taken_in(ann, {**FILE, "workouts": many})
    there, left = 2 * accounts.WORKOUTS, 120 - 2 * accounts.WORKOUTS
    assert await Workout.filter(user=ann.user).count() == there
    monkeypatch.undo()
    assert await taken_in(ann, {**FILE, "workouts": many}) == {"workouts": left, "sets": left}
    assert len((await exported(ann))["workouts"]) == 120
