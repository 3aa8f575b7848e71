"""A workout ends: finished, stopped early, discarded and taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.gym import (
    JSON,
    classic,
    exercise,
    item,
    routine,
    seen,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import ExerciseSetting, Workout, WorkoutItem, WorkoutSet


async def test_finishing_drops_what_was_not_done(ann: Person) -> None:
    plan = await classic(ann)
    await start(ann, plan)
    first = (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5")
    form = await text(await ann.page("GET", "/session/finish"))
    assert "7 sets are not logged" in form and "Log all 7 and finish" in form
    answer = await ann.page(
        "POST", "/session/finish", {"rating": "4", "note": "Fine", "unlogged": "drop"}
    )
    done = await Workout.get(user=ann.user)
    assert answer.headers["Location"] == f"/session/summary/{done.uuid}"
    assert (done.status, done.rating, done.notes) == ("finished", 4, "Fine")
    assert done.ended_at is not None and done.part_finished_at is not None
    assert (await WorkoutSet.all().count(), await WorkoutItem.all().count()) == (1, 1)
    await plan.refresh_from_db()
    assert plan.last_done_at == done.ended_at
    squat = await exercise("squat-barbell")
    assert (await ExerciseSetting.get(exercise=squat)).last_used_at == done.ended_at
    assert (await ann.page("GET", answer.headers["Location"])).status_code == 200


async def test_finishing_can_log_what_was_offered(ann: Person) -> None:
    await start(ann, await classic(ann))
    await ann.page("POST", "/session/finish", {"unlogged": "log"})
    stored = await WorkoutSet.all().order_by("item_id", "position")
    assert len(stored) == 8 and all(each.completed_at for each in stored)
    assert [(str(s.weight), s.reps) for s in stored[:4]] == [("80", 5)] * 3 + [("60", 8)]
    assert str(stored[7].duration_seconds) == "60"


async def test_logging_the_rest_leaves_out_what_nothing_is_known_of(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 2}))
    await ann.page("POST", "/session/finish", {"unlogged": "log"})
    assert await WorkoutSet.all().count() == 0
    assert (await Workout.get()).status == "finished"


async def test_a_note_keeps_an_exercise_that_was_not_done(ann: Person) -> None:
    await start(ann, await classic(ann))
    await ann.page("POST", f"/session/items/{await item(ann, 2)}/edit", {"note": "Elbow hurts"})
    await ann.page("POST", "/session/finish", {})
    assert [each.exercise_name for each in await WorkoutItem.all()] == ["Plank"]


async def test_a_workout_left_running_ends_with_its_last_set(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    then = datetime.now(UTC) - timedelta(hours=9)
    await WorkoutSet.exclude(completed_at=None).update(completed_at=then)
    await ann.page("POST", "/session/finish", {})
    assert (await Workout.get()).ended_at == then


async def test_stopping_early_is_not_finishing(ann: Person) -> None:
    await start(ann, await classic(ann))
    answer = await ann.page("POST", "/session/stop", {})
    done = await Workout.get(user=ann.user)
    assert (answer.status_code, done.status) == (303, "stopped")
    assert done.ended_at is not None
    said = "stopped early"
    assert said in await text(await ann.page("GET", f"/workouts/{done.uuid}"))
    assert said.replace(" ", "\u00a0") in await text(await ann.page("GET", "/workouts"))


async def test_how_the_ways_to_end_differ_is_said(ann: Person) -> None:
    await start(ann, await classic(ann))
    page = await text(await ann.page("GET", "/session/finish"))
    for words in ("Finish without them", "Finish and mark as stopped early"):
        assert words in page
    await ann.page("POST", "/session/finish", {})
    assert "stopped" not in await text(await ann.page("GET", "/workouts"))


async def test_a_finish_that_is_wrong_shows_its_page_again(ann: Person) -> None:
    await start(ann, await classic(ann))
    for form in ({"rating": "6"}, {"rating": "x"}, {"unlogged": "keep"}, {"note": "x" * 3000}):
        answer = await ann.page("POST", "/session/finish", form)
        assert answer.status_code == 400
        assert "How was it?" in await text(answer)
    assert (await seen(ann))["is_active"]


async def test_finishing_twice_with_one_key_is_once(ann: Person) -> None:
    await start(ann, await classic(ann))
    answers = [await ann.page("POST", "/session/finish", {"key": "one"}) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


async def test_a_discarded_workout_comes_back_running(ann: Person, bob: Person) -> None:
    await start(ann, await classic(ann))
    uuid = (await seen(ann))["id"]
    answer = await ann.page("POST", "/session/discard", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert f"/workouts/{uuid}/restore" in await text(await ann.page("GET", "/"))
    assert (await ann.json("GET", "/session", **JSON)).status_code == 404
    assert (await bob.page("POST", f"/workouts/{uuid}/restore", {})).status_code == 404
    back = await ann.page("POST", f"/workouts/{uuid}/restore", {})
    assert back.headers["Location"] == "/session"
    assert (await seen(ann))["id"] == uuid


async def test_a_discarded_workout_comes_back_as_stopped_beside_another(ann: Person) -> None:
    await start(ann, await classic(ann))
    uuid = (await seen(ann))["id"]
    await ann.page("POST", "/session/discard", {})
    await start(ann)
    await ann.page("POST", f"/workouts/{uuid}/restore", {})
    back = await Workout.get(uuid=uuid)
    assert (back.status, back.deleted_at) == ("stopped", None) and back.ended_at is not None
    assert await Workout.filter(status="in_progress").count() == 1


async def test_a_start_said_again_after_it_was_discarded_is_refused(ann: Person) -> None:
    uuid = str(uuid7())
    await start(ann, uuid=uuid)
    await ann.page("POST", "/session/discard", {})
    assert (await start(ann, uuid=uuid)).status_code == 409


@pytest.mark.parametrize("path", ["finish", "stop"])
async def test_programs_finish_in_the_words_of_live(ann: Person, path: str) -> None:
    await start(ann)
    said = await (await ann.json("POST", f"/session/{path}", {}, **JSON)).get_json()
    assert (said["is_active"], said["is_finished"]) == (False, path == "finish")
