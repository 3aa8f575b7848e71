"""An import under way: piece by piece, each once, whoever works on it and whoever dies."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from quart import Quart

from tests.conftest import SECRET
from tests.support import gym
from tests.support.importing import STRONG, idle, look_at, said
from tests.support.world import Person
from webapp.db import Unavailable, rows, transaction
from webapp.importing import running
from webapp.importing.batches import KEPT_FOR
from webapp.importing.running import STALE, Runner, step
from webapp.models import Exercise, ImportBatch, ImportPart, Workout, WorkoutSet
from webapp.settings import Settings

PIECES = 12
SETS = 15  # of a workout, ten of which are a piece


def history(pieces: int = PIECES) -> bytes:
    """Strong's export of so many pieces."""
    return (STRONG + "".join(_lines(pieces * 10))).encode()


def _lines(workouts: int) -> Iterator[str]:
    day = datetime(2020, 1, 1, 18)
    for number in range(workouts):
        when = day + timedelta(days=number)
        for order in range(1, SETS + 1):
            yield f'{when},"Legs",1h,Squat (Barbell),{order},{60 + number / 4},5,0,0,"","",\n'


async def begun(person: Person, data: bytes) -> ImportBatch:
    """An import that runs as far as the person is concerned, and nobody works on."""
    url = await look_at(person, data)
    await person.app.config["IMPORTS"].stop()
    await person.page("POST", f"{url}/start")
    return await ImportBatch.get(uuid=url.rpartition("/")[2])


async def drain(batch: ImportBatch) -> None:
    """Work on an import to its end, each step in a task of its own."""
    while await asyncio.create_task(step(batch.id)):
        await asyncio.sleep(0)


async def is_whole(person: Person, pieces: int = PIECES) -> None:
    """Every set of the file is there, once."""
    mine = await Workout.filter(user=person.user, deleted_at=None)
    assert len(mine) == len({each.started_at for each in mine}) == pieces * 10
    assert await WorkoutSet.filter(user=person.user).count() == pieces * 10 * SETS


async def test_what_was_left_half_way_is_gone_on_with(ann: Person) -> None:
    batch = await begun(ann, history())
    for _ in range(5):
        assert await asyncio.create_task(step(batch.id))
    told = await said(ann, f"/import/{batch.uuid}")
    assert (told["status"], told["progress"]) == ("running", round(5 / PIECES, 3))
    assert await Workout.filter(user=ann.user).count() == 50
    page = await (await ann.page("GET", f"/import/{batch.uuid}")).get_data(as_text=True)
    assert 'value="5"' in page
    assert 'hx-trigger="every 1s"' in page
    await drain(batch)
    await is_whole(ann)
    assert (await said(ann, f"/import/{batch.uuid}"))["workouts"]["new"] == PIECES * 10
    assert not await asyncio.create_task(step(batch.id))


async def test_two_that_work_on_the_same_import_do_every_piece_once(ann: Person) -> None:
    batch = await begun(ann, history())
    await asyncio.gather(*(asyncio.create_task(drain(batch)) for _ in range(4)))
    await is_whole(ann)


async def test_two_imports_of_the_same_training_at_once_bring_it_once(ann: Person) -> None:
    one = await begun(ann, history())
    url = await look_at(ann, history() + b"\n\n")
    await ann.page("POST", f"{url}/start")
    other = await ImportBatch.get(uuid=url.rpartition("/")[2])
    await asyncio.gather(*(asyncio.create_task(drain(each)) for each in (one, other)))
    await is_whole(ann)


async def test_a_server_that_ends_leaves_whole_pieces_to_the_next(ann: Person) -> None:
    batch = await begun(ann, history())
    runner = Runner()
    runner.start(batch.id)
    await asyncio.sleep(0)
    await runner.stop()
    done = await ImportPart.filter(batch=batch, done_at__isnull=False).count()
    assert await Workout.filter(user=ann.user).count() == 10 * done < PIECES * 10
    another = Runner()
    another.start(batch.id)
    await another.idle()
    await is_whole(ann)


async def test_a_server_takes_over_what_another_one_left_behind(ann: Person) -> None:
    batch = await begun(ann, history(2))
    runner = Runner()
    runner.watch(every=0.01)
    await asyncio.sleep(0.05)
    assert await Workout.filter(user=ann.user).count() == 0  # somebody else may be at it
    stale = datetime.now(UTC) - STALE - timedelta(seconds=1)
    await rows("UPDATE imports SET updated_at = ? WHERE id = ?", stale, batch.id)
    await until(lambda: _is(batch, "done"))
    await runner.stop()
    await is_whole(ann, 2)


async def _is(batch: ImportBatch, status: str) -> bool:
    return (await ImportBatch.get(id=batch.id)).status == status


async def until(condition: Any) -> None:
    """Wait for a condition, patiently."""
    for _ in range(3000):
        if await condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("it did not come about")


async def test_a_piece_that_fails_stops_the_import_which_can_go_on_or_be_undone(
    app: Quart, ann: Person, bob: Person
) -> None:
    url = await look_at(ann, history())
    third = await ImportPart.get(batch__uuid=url.rpartition("/")[2], number=3)
    await ImportPart.filter(id=third.id).update(data=b"damaged")
    await ann.page("POST", f"{url}/start")
    await idle(ann)
    told = await said(ann, url)
    assert (told["status"], told["progress"]) == ("failed", round(2 / PIECES, 3))
    assert await Workout.filter(user=ann.user).count() == 20
    page = await (await ann.page("GET", url)).get_data(as_text=True)
    assert "The import stopped at 16 %" in page
    assert (await bob.page("POST", f"{url}/start")).status_code == 404
    await ImportPart.filter(id=third.id).update(data=third.data)
    await ann.page("POST", f"{url}/start")
    await idle(ann)
    await is_whole(ann)
    await ann.page("POST", f"{url}/undo")
    await idle(ann)
    assert await Workout.filter(user=ann.user).count() == 0


async def test_one_whose_failure_cannot_be_written_down_is_left_to_the_next(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await begun(ann, history(1))

    async def fails(_: int) -> bool:
        raise ValueError

    async def is_away(_: Any) -> None:
        raise Unavailable

    monkeypatch.setattr(running, "step", fails)
    monkeypatch.setattr(running, "transaction", is_away)
    runner = Runner()
    runner.start(batch.id)
    await runner.stop()
    monkeypatch.undo()
    await batch.refresh_from_db()
    assert batch.status == "running"
    await drain(batch)
    await is_whole(ann, 1)


async def test_an_import_is_undone_while_it_runs(ann: Person) -> None:
    batch = await begun(ann, history())
    for _ in range(4):
        await asyncio.create_task(step(batch.id))
    await ann.page("POST", f"/import/{batch.uuid}/undo")
    assert await Workout.filter(user=ann.user, deleted_at=None).count() == 0
    refused = await ann.page("POST", f"/import/{batch.uuid}/start")
    assert (refused.status_code, refused.headers["Retry-After"]) == (409, "2")
    await drain(batch)
    assert await Workout.filter(user=ann.user).count() == 0
    assert await ImportPart.filter(batch=batch, done_at=None).count() == PIECES - 4


async def test_an_undoing_that_was_cut_off_is_gone_on_with(ann: Person) -> None:
    batch = await begun(ann, history())
    await drain(batch)
    await ann.page("POST", f"/import/{batch.uuid}/undo")
    await asyncio.create_task(step(batch.id))
    assert 0 < await Workout.filter(user=ann.user).count() < PIECES * 10
    runner = Runner()
    runner.watch(every=0.01)
    await until(lambda: _is_cleared(ann))
    await runner.stop()


async def _is_cleared(person: Person) -> bool:
    return await Workout.filter(user=person.user).count() == 0


async def test_what_was_trashed_by_hand_stays_in_the_trash_after_an_import(ann: Person) -> None:
    batch = await begun(ann, history(1))
    await drain(batch)
    workout = await Workout.filter(user=ann.user).first()
    assert workout is not None
    await ann.page("POST", f"/workouts/{workout.uuid}/delete")
    assert not await asyncio.create_task(step(batch.id))
    assert await Workout.filter(user=ann.user).count() == 10
    assert timedelta(days=30) == KEPT_FOR


async def test_a_set_is_logged_while_an_import_runs(ann: Person, bob: Person) -> None:
    url = await look_at(bob, history(25))
    await gym.start(ann, await gym.classic(ann))
    sets = [each["id"] for number in range(2) for each in await gym.sets(ann, number)]
    await bob.page("POST", f"{url}/start")
    for each in sets[:3]:
        assert (await gym.tap(ann, each)).status_code == 200
    assert (await said(bob, url))["status"] == "running"
    await idle(bob)
    await is_whole(bob, 25)


async def test_an_exercise_that_was_merged_or_deleted_meanwhile_loses_no_set(ann: Person) -> None:
    data = history(2).replace(b"Squat (Barbell)", b"Zyx Squat")
    batch = await begun(ann, data)
    await asyncio.create_task(step(batch.id))
    squat = await Exercise.get(slug="squat-barbell")
    await Exercise.filter(user=ann.user).update(merged_into_id=squat.id)
    await drain(batch)
    assert await WorkoutSet.filter(exercise=squat).count() == 10 * SETS
    await is_whole(ann, 2)
    other = await begun(ann, data.replace(b"2020-", b"2021-").replace(b"Zyx", b"Xyz"))
    await asyncio.create_task(step(other.id))
    await Exercise.filter(user=ann.user, name="Xyz Squat").delete()
    await drain(other)
    assert await WorkoutSet.filter(user=ann.user, exercise_id=None).count() == 20 * SETS
    names = await rows("SELECT DISTINCT exercise_name FROM workout_items ORDER BY 1")
    assert [each[0] for each in names] == ["Squat (Barbell)", "Xyz Squat", "Zyx Squat"]


async def test_an_account_that_is_deleted_ends_its_import(ann: Person) -> None:
    batch = await begun(ann, history(2))
    await asyncio.create_task(step(batch.id))
    await transaction(ann.user.delete)
    assert not await asyncio.create_task(step(batch.id))
    assert await Workout.all().count() == 0


@pytest.fixture
def command(settings: Settings, tmp_path: Path) -> Iterator[Any]:
    """Begins `setlog import ann FILE` in a process of its own."""
    environment = {**os.environ, "SETLOG_DATABASE_URL": settings.database_url}
    environment["SETLOG_SECRET_KEY"] = SECRET
    file = tmp_path / "strong.csv"
    file.write_bytes(history(15))
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        setlog = str(Path(sys.executable).with_name("setlog"))
        line = [setlog, "import", "ann", str(file), "--yes"]
        started.append(subprocess.Popen(line, env=environment, stdout=subprocess.PIPE))
        return started[-1]

    yield begin
    for each in started:
        each.kill()
        each.communicate()


async def _has_begun() -> bool:
    return await ImportPart.filter(done_at__isnull=False).count() >= 2


async def test_a_process_that_is_killed_leaves_nothing_half_done(ann: Person, command: Any) -> None:
    process = command()
    await until(_has_begun)
    process.send_signal(signal.SIGKILL)
    process.wait()
    batch = await ImportBatch.get(user=ann.user)
    done = await ImportPart.filter(batch=batch, done_at__isnull=False).count()
    assert await Workout.filter(user=ann.user).count() == 10 * done
    assert await WorkoutSet.filter(user=ann.user).count() == 10 * done * SETS
    await drain(batch)
    await is_whole(ann, 15)


async def test_two_processes_do_every_piece_once(ann: Person, command: Any) -> None:
    process = command()
    await until(_has_begun)
    batch = await ImportBatch.get(user=ann.user)
    await drain(batch)
    assert await asyncio.to_thread(process.wait, 60) == 0
    await is_whole(ann, 15)
