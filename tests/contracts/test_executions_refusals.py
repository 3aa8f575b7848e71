"""`executions` refuses well: nobody, bob, what is finished, wrong words, twenty at once."""

import asyncio
from typing import Any

import pytest

from tests.support.executions import (
    BASE,
    NOT_FOUND,
    UNAUTHORIZED,
    ask,
    execution,
    ok,
    order,
    refused,
    speaks,
    system,
    workout,
    wrong,
)
from tests.support.world import PROGRAM, Person, make_token
from webapp.models import Token, WorkoutItem, WorkoutSet

Operation = tuple[str, str, Any]
LONG = 2_001


@pytest.fixture(autouse=True)
async def _all_speak_executions(ann: Person, bob: Person) -> None:
    await speaks(ann)
    await speaks(bob)


async def trained(person: Person) -> tuple[str, int, int]:
    """A workout with squats: its path, the exercise, a set."""
    path, squat = await workout(person), await system()
    done = await execution(person, path, squat, sets=[{"weight": 20, "clean_reps": 5}])
    return path, squat, done["sets"][0]["id"]


def changes(path: str, exercise: int, set: int) -> list[Operation]:
    """Every operation that changes what is in a workout."""
    at = f"{path}/exercise-executions/{exercise}"
    return [
        ("PUT", at, {"sets": []}),
        ("PATCH", at, {"note_text": "x"}),
        ("PATCH", f"{path}/exercise-executions/reorder", {"exercise_ids": [exercise]}),
        ("POST", f"{at}/sets", {"clean_reps": 1}),
        ("PATCH", f"{at}/sets/{set}", {"clean_reps": 1}),
        ("DELETE", f"{at}/sets/{set}", None),
        ("DELETE", at, None),
    ]


def everything(path: str, exercise: int, set: int) -> list[Operation]:
    """Every operation on one workout."""
    at = f"{path}/exercise-executions/{exercise}"
    reads = [("GET", path, None), ("GET", at, None)]
    ends = [("PATCH", f"{path}/finish", None), ("DELETE", path, None)]
    return [*reads, *changes(path, exercise, set), *ends]


ALONE: list[Operation] = [
    ("GET", "/users/me", None),
    ("PATCH", "/users/me", {"name": "x"}),
    ("POST", "/auth/logout", None),
    ("GET", "/exercises", None),
    ("GET", "/exercises/search?q=a", None),
    ("GET", "/exercises/1", None),
    ("POST", "/exercises", {"name": "x", "body_part": "legs", "modality": "cable"}),
    ("PATCH", "/exercises/1", {}),
    ("DELETE", "/exercises/1", None),
    ("GET", "/workouts", None),
    ("POST", "/workouts", None),
]


async def test_nobody_and_bad_tokens_are_told_401(ann: Person) -> None:
    operations = [*ALONE, *everything(*await trained(ann))]
    revoked = await make_token(ann.user, "executions")
    await Token.end(ann.user.id, hint=revoked[-4:])
    for bearer in ("nonsense", "setlog_nonsense", revoked, "a.b.c"):
        ann.token = bearer
        for method, path, body in operations:
            said = await ask(ann, method, path, body, Accept_Profile="executions")
            assert said == (401, UNAUTHORIZED), (method, path)
    for method, path, _ in operations:
        client: Any = ann.app.test_client(use_cookies=False)
        sent = {**PROGRAM, "Accept-Profile": "executions"}
        answer = await client.open(BASE + path, method=method, headers=sent)
        assert (answer.status_code, await answer.get_json()) == (401, UNAUTHORIZED)


async def test_a_token_that_may_only_read_reads(ann: Person) -> None:
    path, squat, set = await trained(ann)
    before = await ok(ann, "GET", path)
    ann.token = await make_token(ann.user, "executions", read_only=True)
    for method, at, body in [*ALONE, *everything(path, squat, set)]:
        status, _ = await ask(ann, method, at, body)
        assert status == (200 if method == "GET" else 403), (method, at)
    assert await ok(ann, "GET", path) == before


async def test_bob_finds_nothing_of_anns(ann: Person, bob: Person) -> None:
    path, squat, set = await trained(ann)
    before = await ok(ann, "GET", path)
    for method, at, body in everything(path, squat, set):
        assert await ask(bob, method, at, body) == (404, NOT_FOUND), (method, at)
    for method, at, body in everything("/workouts/999999", squat, set):
        assert await ask(bob, method, at, body) == (404, NOT_FOUND), (method, at)
    mine, _, own = await trained(bob)
    for method in ("PATCH", "DELETE"):
        at = f"{mine}/exercise-executions/{squat}/sets/{set}"
        assert await ask(bob, method, at, {}) == (404, NOT_FOUND)
        at = f"{path}/exercise-executions/{squat}/sets/{own}"
        assert await ask(bob, method, at, {}) == (404, NOT_FOUND)
    assert await ok(ann, "GET", path) == before
    assert (await ok(bob, "GET", "/workouts"))["total"] == 1


async def test_a_finished_workout_is_frozen_but_can_be_deleted(ann: Person) -> None:
    path, squat, set = await trained(ann)
    plank = await system("plank")
    before = await ok(ann, "PATCH", f"{path}/finish")
    new: Operation = ("PUT", f"{path}/exercise-executions/{plank}", {})
    for method, at, body in [*changes(path, squat, set), new]:
        said = await ask(ann, method, at, body)
        assert said == refused("cannot modify finished workout"), (method, at)
    assert await ok(ann, "GET", path) == before
    assert await ask(ann, "DELETE", path) == (204, None)


async def test_what_is_not_in_the_workout_is_not_found(ann: Person) -> None:
    path, squat, set = await trained(ann)
    other, plank = await workout(ann), await system("plank")
    for exercise in (plank, 999_999_999):
        for method, at, body in changes(path, exercise, set):
            if method != "PUT" and not at.endswith("reorder"):
                assert await ask(ann, method, at, body) == (404, NOT_FOUND), (method, at)
    assert await ask(ann, "PUT", f"{path}/exercise-executions/999999999", {}) == (404, NOT_FOUND)
    await execution(ann, other, squat)
    for method in ("PATCH", "DELETE"):
        at = f"{other}/exercise-executions/{squat}/sets/{set}"
        assert await ask(ann, method, at, {}) == (404, NOT_FOUND)
        at = f"{path}/exercise-executions/{squat}/sets/999999"
        assert await ask(ann, method, at, {}) == (404, NOT_FOUND)


async def test_a_set_under_another_exercise_is_a_mismatch(ann: Person) -> None:
    path, _, set = await trained(ann)
    plank = await system("plank")
    await execution(ann, path, plank)
    for method in ("PATCH", "DELETE"):
        at = f"{path}/exercise-executions/{plank}/sets/{set}"
        assert await ask(ann, method, at, {"clean_reps": 1}) == refused("mismatch")
    assert (await WorkoutSet.get(id=set)).reps == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"clean_reps": None}, "clean_reps"),
        ({"clean_reps": -1}, "clean_reps"),
        ({"clean_reps": 10_001}, "clean_reps"),
        ({"clean_reps": 1.5}, "clean_reps"),
        ({"clean_reps": "many"}, "clean_reps"),
        ({"clean_reps": True}, "clean_reps"),
        ({"clean_reps": 2**31}, "clean_reps"),
        ({"clean_reps": 2**70}, "clean_reps"),
        ({"forced_reps": -1}, "forced_reps"),
        ({"forced_reps": 10_001}, "forced_reps"),
        ({"forced_reps": []}, "forced_reps"),
        ({"weight": -0.01}, "weight"),
        ({"weight": 10_000.01}, "weight"),
        ({"weight": 1e300}, "weight"),
        ({"weight": "NaN"}, "weight"),
        ({"weight": "Infinity"}, "weight"),
        ({"weight": "0." + "1" * 30}, "weight"),
        ({"weight": False}, "weight"),
        ({"weight": {"kg": 1}}, "weight"),
        ({"note_text": "x" * LONG}, "note_text"),
        ({"note_text": "a\x00"}, "note_text"),
        ({"note_text": 5}, "note_text"),
    ],
)
async def test_sets_refuse_what_is_wrong(ann: Person, change: Any, field: str) -> None:
    path, squat, set = await trained(ann)
    before = await ok(ann, "GET", path)
    at, said = f"{path}/exercise-executions/{squat}", {"weight": 1, "clean_reps": 1, **change}
    assert await ask(ann, "POST", f"{at}/sets", said) == wrong(field)
    assert await ask(ann, "PATCH", f"{at}/sets/{set}", said) == wrong(field)
    good = {"clean_reps": 1}
    assert await ask(ann, "PUT", at, {"sets": [good, said]}) == wrong(f"sets.1.{field}")
    assert await ok(ann, "GET", path) == before


async def test_sets_take_what_is_just_within_the_limits(ann: Person) -> None:
    path, squat, _ = await trained(ann)
    at = f"{path}/exercise-executions/{squat}/sets"
    for said in (
        {"clean_reps": 0, "forced_reps": 0, "weight": 0.0, "note_text": ""},
        {"clean_reps": 10_000, "forced_reps": 10_000, "weight": 10_000.0, "note_text": "x" * 2000},
        {"clean_reps": 1, "forced_reps": 1, "weight": 0.1, "note_text": " as it is \n"},
    ):
        made = await ok(ann, "POST", at, said, 201)
        assert {name: made[name] for name in said} == said
    text = await ann.json("POST", BASE + at, {"clean_reps": "7", "weight": -0.0})
    assert b'"weight":0.0,"clean_reps":7' in await text.get_data()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"exercise_order": 0}, "exercise_order"),
        ({"exercise_order": 10_001}, "exercise_order"),
        ({"exercise_order": "first"}, "exercise_order"),
        ({"exercise_order": 2**64}, "exercise_order"),
        ({"note_text": "x" * LONG}, "note_text"),
        ({"note_text": "\x00"}, "note_text"),
        ({"note_text": ["x"]}, "note_text"),
    ],
)
async def test_executions_refuse_what_is_wrong(ann: Person, said: Any, field: str) -> None:
    path, squat, _ = await trained(ann)
    before = await ok(ann, "GET", path)
    at, new = f"{path}/exercise-executions/{squat}", await system("plank")
    for method, exercise in (("PUT", squat), ("PATCH", squat), ("PUT", new)):
        at = f"{path}/exercise-executions/{exercise}"
        assert await ask(ann, method, at, said) == wrong(field)
    assert await ok(ann, "GET", path) == before


async def test_put_and_reorder_refuse_what_are_no_lists(ann: Person) -> None:
    path, squat, _ = await trained(ann)
    at = f"{path}/exercise-executions"
    wrong_sets: list[Any] = ["none", {"0": {}}, None]
    for sets in wrong_sets:
        assert await ask(ann, "PUT", f"{at}/{squat}", {"sets": sets}) == wrong("sets")
    assert await ask(ann, "PUT", f"{at}/{squat}", {"sets": [7]}) == wrong("sets.0")
    many = [{"clean_reps": 1}] * 200
    assert len((await execution(ann, path, squat, sets=many))["sets"]) == 200
    assert await ask(ann, "PUT", f"{at}/{squat}", {"sets": many + many[:1]}) == wrong("sets")
    full = await ask(ann, "POST", f"{at}/{squat}/sets", {"clean_reps": 1})
    assert full == refused("no more sets")
    for ids, field in (
        ("1,2", "exercise_ids"),
        (None, "exercise_ids"),
        ([0], "exercise_ids.0"),
        ([2**63], "exercise_ids.0"),
        ([squat, "x"], "exercise_ids.1"),
    ):
        assert await ask(ann, "PATCH", f"{at}/reorder", {"exercise_ids": ids}) == wrong(field)
    assert await ask(ann, "PATCH", f"{at}/reorder", {}) == wrong("exercise_ids")


async def test_get_workouts_refuses_what_is_wrong(ann: Person) -> None:
    for query, field in (
        ("start_date=yesterday", "start_date"),
        ("start_date=2024-02-30", "start_date"),
        ("start_date=20240101", "start_date"),
        ("end_date=1704067200", "end_date"),
        ("end_date=2024-01-01T00:00:00Z", "end_date"),
        ("finished=maybe", "finished"),
        ("page=0", "page"),
        ("page=99999999999999999999", "page"),
        ("per_page=-1", "per_page"),
    ):
        assert await ask(ann, "GET", f"/workouts?{query}") == wrong(field), query


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b"7",
        b'{"clean_reps": NaN}',
        b'{"clean_reps": 1, "note_text": "\xff"}',
        b'{"note_text": "\\ud800", "clean_reps": 1}',
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
    ],
)
async def test_bodies_that_are_no_objects_are_refused_everywhere(ann: Person, body: bytes) -> None:
    path, squat, set = await trained(ann)
    before = await ok(ann, "GET", path)
    writes = [each for each in everything(path, squat, set) if each[0] in ("PUT", "PATCH", "POST")]
    named = ("/users/me", "/exercises", "/workouts")
    alone = [each for each in ALONE if each[0] in ("POST", "PATCH") and each[1] in named]
    for method, at, _ in [*writes, *alone]:
        client: Any = ann.app.test_client(use_cookies=False)
        sent = {"Authorization": f"Bearer {ann.token}", "Content-Type": "application/json"}
        answer = await client.open(BASE + at, method=method, headers=sent, data=body)
        said = await answer.get_json()
        assert (answer.status_code, said["error"], tuple(said)) == (
            *(400, "validation_error"),
            ("error", "message", "details"),
        ), (method, at)
    assert await ok(ann, "GET", path) == before


async def test_ten_megabytes_are_refused(ann: Person) -> None:
    path, squat, _ = await trained(ann)
    at = f"{path}/exercise-executions/{squat}"
    status, body = await ask(ann, "PUT", at, {"note_text": "x" * 10_000_000})
    assert (status, tuple(body)) == (413, ("error", "message", "details"))


async def test_methods_and_addresses_that_do_not_exist(ann: Person) -> None:
    for method, at in (("DELETE", "/users/me"), ("PUT", "/exercises"), ("GET", "/nothing")):
        status, body = await ask(ann, method, at, Accept_Profile="executions")
        assert (status, tuple(body)) == (404 if at == "/nothing" else 405, ("error", "message"))
    assert (await ask(ann, "GET", f"/exercises/{'9' * 30}", Accept_Profile="executions")) == (
        404,
        NOT_FOUND,
    )
    assert (await ask(ann, "GET", f"/workouts/{'9' * 18}")) == (404, NOT_FOUND)


async def test_twenty_at_once_put_an_exercise_into_a_workout_once(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    at = f"{path}/exercise-executions/{squat}"
    said = [{"sets": [{"clean_reps": n}]} for n in range(20)]
    answers = await asyncio.gather(*(ask(ann, "PUT", at, each) for each in said))
    assert {status for status, _ in answers} == {200}
    assert await order(ann, path) == [(squat, 1)]
    assert (await WorkoutItem.all().count(), await WorkoutSet.all().count()) == (1, 1)


async def test_twenty_at_once_log_twenty_sets(ann: Person) -> None:
    path, squat = await workout(ann), await system()
    await execution(ann, path, squat)
    at = f"{path}/exercise-executions/{squat}/sets"
    answers = await asyncio.gather(
        *(ask(ann, "POST", at, {"clean_reps": n}) for n in range(20)),
    )
    assert {status for status, _ in answers} == {201}
    rows = await WorkoutSet.filter(exercise_id=squat).order_by("position")
    assert [row.position for row in rows] == list(range(1, 21))


async def test_twenty_at_once_finish_a_workout_once(ann: Person) -> None:
    path, _, _ = await trained(ann)
    answers = await asyncio.gather(*(ask(ann, "PATCH", f"{path}/finish") for _ in range(20)))
    assert sorted(status for status, _ in answers) == [200] + [400] * 19
    assert [said for said in answers if said[0] == 400] == [refused("already finished")] * 19
