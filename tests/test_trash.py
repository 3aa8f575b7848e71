"""Deleted workouts: taken back for 30 days, then gone, by hand or by themselves."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support.history import train
from tests.support.world import Person
from webapp import create_app, housekeeping, writes
from webapp.db import rows
from webapp.history import changing
from webapp.history.changing import purge_trash
from webapp.models import KeptAnswer, Routine, Workout, WorkoutItem, WorkoutSet
from webapp.settings import Settings


async def trained(person: Person, amount: int = 1) -> list[Workout]:
    ids = await train(person.user, workouts=amount)
    return await Workout.filter(id__in=ids).order_by("started_at")


async def page(person: Person, path: str) -> str:
    text: str = await (await person.page("GET", path)).get_data(as_text=True)
    return text


async def test_a_deleted_workout_is_gone_and_undo_brings_it_back(ann: Person) -> None:
    (workout,) = await trained(ann)
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/delete", {})
    assert answer.status_code == 303 and answer.headers["Location"] == "/workouts"
    history = await page(ann, "/workouts")
    assert "Full body A deleted" in history and f"/workouts/{workout.uuid}/restore" in history
    assert f'href="/workouts/{workout.uuid}"' not in history
    assert (await ann.page("GET", f"/workouts/{workout.uuid}")).status_code == 404
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/restore", {})
    assert answer.headers["Location"] == f"/workouts/{workout.uuid}"
    assert (await ann.page("GET", f"/workouts/{workout.uuid}")).status_code == 200


async def test_deleting_and_restoring_again_is_harmless(ann: Person) -> None:
    (workout,) = await trained(ann)
    url = f"/workouts/{workout.uuid}"
    assert (await ann.json("POST", f"{url}/delete")).status_code == 204
    first = (await Workout.get(id=workout.id)).deleted_at
    assert (await ann.json("POST", f"{url}/delete")).status_code == 204
    assert (await Workout.get(id=workout.id)).deleted_at == first
    for _ in range(2):
        answer = await ann.json("POST", f"{url}/restore")
        assert answer.status_code == 200
        assert (await answer.get_json())["id"] == str(workout.uuid)


async def test_the_trash_lists_what_can_be_taken_back_and_for_how_long(
    ann: Person, bob: Person
) -> None:
    first, second, _ = await trained(ann, 3)
    now = datetime.now(UTC)
    await Workout.filter(id=first.id).update(deleted_at=now - timedelta(days=29, hours=1))
    await Workout.filter(id=second.id).update(deleted_at=now - timedelta(hours=1))
    data = await (await ann.json("GET", "/workouts/trash")).get_json()
    assert [each["id"] for each in data["sessions"]] == [str(second.uuid), str(first.uuid)]
    assert data["sessions"][0]["deleted_at"] is not None
    shown = await page(ann, "/workouts/trash")
    assert "kept for 29 more days" in shown and "gone today" in shown
    assert (await (await bob.json("GET", "/workouts/trash")).get_json()) == {"sessions": []}
    assert "The trash is empty" in await page(bob, "/workouts/trash")


async def test_only_what_is_in_the_trash_can_be_erased(ann: Person) -> None:
    (workout,) = await trained(ann)
    url = f"/workouts/{workout.uuid}"
    assert (await ann.json("POST", f"{url}/erase")).status_code == 404
    await ann.json("POST", f"{url}/delete")
    assert (await ann.json("POST", f"{url}/erase")).status_code == 204
    assert (await ann.json("POST", f"{url}/restore")).status_code == 404
    for model in (Workout, WorkoutItem, WorkoutSet):
        assert await model.all().count() == 0


async def test_the_workout_in_progress_is_discarded_not_deleted(ann: Person) -> None:
    (workout,) = await trained(ann)
    await Workout.filter(id=workout.id).update(status="in_progress", ended_at=None)
    assert (await ann.json("POST", f"/workouts/{workout.uuid}/delete")).status_code == 404


async def test_a_discarded_workout_goes_on_when_it_is_taken_back(ann: Person) -> None:
    (workout,) = await trained(ann)
    facts: dict[str, Any] = {"status": "in_progress", "ended_at": None}
    await Workout.filter(id=workout.id).update(**facts, deleted_at=datetime.now(UTC))
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/restore", {})
    assert answer.status_code == 303 and answer.headers["Location"] == "/session"


async def test_whose_turn_it_is_follows_what_is_deleted_and_restored(
    ann: Person, bob: Person
) -> None:
    first, second = await trained(ann, 2)
    (theirs,) = await trained(bob)  # a routine that is public is done by others, too
    await Workout.filter(id=theirs.id).update(ended_at=datetime.now(UTC))
    routine = await Routine.create(user=ann.user, name="A", last_done_at=second.ended_at)
    await Workout.all().update(routine_id=routine.id)
    await ann.json("POST", f"/workouts/{second.uuid}/delete")
    await routine.refresh_from_db()
    assert routine.last_done_at == first.ended_at
    await ann.json("POST", f"/workouts/{first.uuid}/delete")
    await routine.refresh_from_db()
    assert routine.last_done_at is None
    await ann.json("POST", f"/workouts/{second.uuid}/restore")
    await routine.refresh_from_db()
    assert routine.last_done_at == second.ended_at


async def test_thirty_days_later_the_trash_is_emptied_by_itself(ann: Person) -> None:
    old, new, kept = await trained(ann, 3)
    now = datetime.now(UTC)
    await Workout.filter(id=old.id).update(deleted_at=now - timedelta(days=30, minutes=1))
    await Workout.filter(id=new.id).update(deleted_at=now - timedelta(days=29))
    assert not await purge_trash()
    assert {each.id for each in await Workout.all()} == {new.id, kept.id}
    assert await WorkoutSet.filter(workout_id=old.id).count() == 0


async def keep_an_answer(created_at: datetime, key: str = "k") -> None:
    await KeptAnswer.create(
        scope="anyone", route="x", key=key, fingerprint="f", status=200, headers={}, body=b""
    )
    await KeptAnswer.all().update(created_at=created_at)


async def test_the_server_tidies_up_while_it_runs_and_stops_cleanly(settings: Settings) -> None:
    served = create_app(settings)
    housekeeping.install(served, every=0.01)
    async with served.test_app():
        await keep_an_answer(datetime.now(UTC) - timedelta(days=31))
        for _ in range(200):
            if await KeptAnswer.all().count() == 0:
                break
            await asyncio.sleep(0.01)
        assert await KeptAnswer.all().count() == 0
    assert not [each for each in asyncio.all_tasks() if "_repeating" in repr(each)]


async def test_what_there_is_much_of_is_tidied_up_piece_by_piece(
    ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "PURGED_AT_ONCE", 2)
    monkeypatch.setattr(writes, "FORGOTTEN_AT_ONCE", 2)
    monkeypatch.setattr(housekeeping, "PAUSE_SECONDS", 0)
    before = datetime.now(UTC) - timedelta(days=31)
    await trained(ann, 3)
    await trained(bob, 2)
    await Workout.all().update(deleted_at=before)
    (kept,) = await trained(bob)
    for number in range(5):
        await keep_an_answer(before, key=str(number))
    await housekeeping.tidy()
    assert [each.id for each in await Workout.all()] == [kept.id]
    assert await KeptAnswer.all().count() == 0


async def test_tidying_up_goes_on_after_a_failure(settings: Settings, monkeypatch: Any) -> None:
    calls = []

    async def failing() -> None:
        calls.append(1)
        await rows("SELECT * FROM nothing_of_the_kind")

    monkeypatch.setattr(housekeeping, "purge_trash", failing)
    served = create_app(settings)
    housekeeping.install(served, every=0.01)
    async with served.test_app():
        await keep_an_answer(datetime.now(UTC) - timedelta(days=31))
        for _ in range(200):
            if len(calls) > 2 and await KeptAnswer.all().count() == 0:
                break
            await asyncio.sleep(0.01)
        assert len(calls) > 2 and await KeptAnswer.all().count() == 0


async def test_nothing_is_tidied_up_unasked(app: Quart) -> None:
    assert not [each for each in asyncio.all_tasks() if "_repeating" in repr(each)]
