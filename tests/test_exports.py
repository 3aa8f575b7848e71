"""Taking one's data out: by button, by token, by command; the table for spreadsheets."""

import asyncio
import csv
import gzip
import io
import os
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from quart import Quart

from tests.conftest import SECRET
from tests.support import gym, importing
from tests.support.accounts import content, exported
from tests.support.everything import fill, owned
from tests.support.history import train
from tests.support.serving import serving
from tests.support.world import Person, make_token
from webapp import db
from webapp.cli import main
from webapp.exporting.spreadsheet import HEADER, RUN, defused, undefused
from webapp.models import (
    Exercise,
    ImportBatch,
    Location,
    Routine,
    User,
    Workout,
    WorkoutItem,
    WorkoutSet,
)
from webapp.settings import Settings
from webapp.views.places import settings_export

STEADY = settings(derandomize=True, deadline=None, max_examples=300)


async def table(person: Person) -> list[dict[str, str]]:
    answer = await person.page("GET", "/export.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    text = (await answer.get_data(as_text=False)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def test_the_button_gives_the_account_as_a_file(ann: Person, bob: Person) -> None:
    await train(ann.user, workouts=3)
    page = await (await ann.page("GET", "/settings/export")).get_data(as_text=True)
    assert "3 workouts, 27 sets, 0 routines" in page
    many = settings_export({"workouts": 1, "sets": 30_110, "routines": 2}, "https://here")
    assert many["told"] == ["1 workout", "30,110 sets", "2 routines"]
    answer = await ann.page("GET", "/export.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    named = answer.headers["Content-Disposition"]
    assert named.startswith('attachment; filename="setlog-ann-2')
    assert answer.headers["Cache-Control"] == "no-store"
    body = await answer.get_data()
    assert answer.headers["Content-Length"] == str(len(body))
    assert orjson.loads(body) == await exported(ann)
    theirs = orjson.loads(await (await bob.page("GET", "/export.json")).get_data())
    assert (theirs["account"]["username"], theirs["workouts"]) == ("bob", [])


async def test_a_program_with_a_token_that_only_reads_may_have_it(ann: Person) -> None:
    await train(ann.user, workouts=1)
    ann.token = await make_token(ann.user, read_only=True)
    told = await (await ann.json("GET", "/settings/export")).get_json()
    assert told == {"workouts": 1, "sets": 9, "routines": 0, "json": "/export.json",
                    "csv": "/export.csv"}  # fmt: skip
    answer = await ann.json("GET", told["json"], Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert orjson.loads(gzip.decompress(await answer.get_data(as_text=False))) == await exported(
        ann
    )


@pytest.mark.parametrize("path", ["/export.json", "/export.csv", "/settings/export"])
async def test_nobody_gets_anything(app: Quart, path: str) -> None:
    client: Any = app.test_client(use_cookies=False)
    answer = await client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 401


async def test_a_name_that_no_header_can_hold_is_left_out_of_the_files(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(username='ä";\r\nx', username_key="x")
    answer = await ann.page("GET", "/export.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="setlog-x-2')


async def test_a_large_file_is_sent_in_pieces(app: Quart, ann: Person) -> None:
    await train(ann.user, workouts=150, exercises=4, sets=4)
    async with serving(app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET /export.json HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ann.token}\r\n"
        writer.write(f"{request}Connection: close\r\n\r\n".encode())
        received = await reader.read()
        writer.close()
    head, _, body = received.partition(b"\r\n\r\n")
    assert len(body) > 500_000
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert orjson.loads(body) == await exported(ann)


async def test_the_table_has_a_line_for_every_set_of_ended_workouts(
    ann: Person, bob: Person
) -> None:
    await User.filter(id=ann.user.id).update(timezone="Europe/Berlin")
    await gym.did(bob, "squat-barbell", ("70", 5))
    past = await gym.did(ann, "squat-barbell", ("80", 5), ("80", 4), notes="=HYPERLINK(1)")
    await Workout.filter(id=past.id).update(
        name='Push, "A"\nday', notes="'quoted", rating=4, location_name="@home"
    )
    await WorkoutItem.filter(workout=past).update(note="-1", superset=2)
    await WorkoutSet.filter(workout=past, reps=4).update(set_type="failure", rpe="9.5")
    await WorkoutSet.create(
        user=ann.user, workout=past, item=await WorkoutItem.get(workout=past), position=3
    )
    plan = await gym.classic(ann)
    await gym.start(ann, plan)
    await gym.tap(ann, (await gym.sets(ann))[0]["id"])
    first, second = await table(ann)
    assert tuple(first) == HEADER
    done = await WorkoutSet.get(workout=past, reps=5)
    assert done.completed_at is not None
    when = first.pop("completed_at")
    assert when.endswith(("+01:00", "+02:00"))
    assert when[:10] >= first["date"]
    del first["started_at"], first["ended_at"], first["date"]
    assert first == {
        "workout": 'Push, "A"\nday', "location": "'@home", "rating": "4",
        "workout_notes": "''quoted", "exercise_number": "1", "exercise": "Squat (Barbell)",
        "superset": "2", "exercise_notes": "'-1", "set": "1", "set_type": "working", "reps": "5",
        "forced_reps": "", "weight": "80", "weight_unit": "kg", "duration_seconds": "",
        "distance": "", "distance_unit": "", "band": "", "rpe": "", "bodyweight": "",
        "bodyweight_unit": "", "notes": "'=HYPERLINK(1)", "workout_number": "1",
        "status": "finished", "routine": "", "rest_seconds": "", "kind": "exercise",
        "muscle_group": "legs", "implement": "Barbell", "measure": "reps", "load": "external",
    }  # fmt: skip
    told = (second["set"], second["set_type"], second["reps"], second["rpe"])
    assert told == ("2", "failure", "4", "9.5")


async def test_workouts_exercises_in_each_and_sets_in_each_are_counted(
    ann: Person,
) -> None:
    await train(ann.user, workouts=2, exercises=2, sets=2)
    numbers = ("workout_number", "exercise_number", "set")
    told = ["".join(each[name] for name in numbers) for each in await table(ann)]
    assert told == ["111", "112", "121", "122", "211", "212", "221", "222"]


@STEADY
@given(st.text(max_size=8) | st.sampled_from([*RUN, "''", "'=1", "a=1"]))
def test_no_text_runs_in_a_spreadsheet_and_every_text_comes_back(text: str) -> None:
    shown = defused(text)
    assert undefused(shown) == text
    assert not shown.startswith(tuple(each for each in RUN if each != "'"))
    assert shown == text or text.startswith(RUN)


@pytest.fixture
def setlog(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Any:
    monkeypatch.setenv("SETLOG_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SETLOG_SECRET_KEY", SECRET)

    async def run(*arguments: str | Path) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, main, [str(a) for a in arguments])

    return run


@pytest.fixture
async def lifter(settings: Settings) -> None:
    await db.connect(settings)
    user = await User.create(username="ann", username_key="ann")
    await train(user, workouts=2)
    await db.disconnect()


async def test_the_command_writes_either_file(setlog: Any, lifter: None, tmp_path: Path) -> None:
    whole, sets = tmp_path / "ann.json", tmp_path / "ann.CSV"
    assert (await setlog("export", "ann", whole)).exit_code == 0
    assert len(orjson.loads(whole.read_bytes())["workouts"]) == 2
    assert (await setlog("export", "ann", sets)).exit_code == 0
    assert len(list(csv.DictReader(sets.open(encoding="utf-8-sig", newline="")))) == 18
    told = await setlog("export", "ann", "-", "--format", "csv")
    assert told.stdout_bytes == sets.read_bytes()


@pytest.mark.parametrize("kind", ["json", "csv"])
async def test_whoever_reads_only_the_beginning_hears_of_no_error(
    settings: Settings, lifter: None, kind: str
) -> None:
    known = {"SETLOG_DATABASE_URL": settings.database_url, "SETLOG_SECRET_KEY": SECRET}
    reading, writing = os.pipe()
    os.close(reading)  # as `head -1` does, only sooner
    main = "from webapp.cli import main; main()"
    command = [sys.executable, "-c", main, "export", "ann", "-", "--format", kind]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=writing, stderr=asyncio.subprocess.PIPE, env={**os.environ, **known}
    )
    os.close(writing)
    _, said = await process.communicate()
    assert (said, process.returncode) == (b"", 1)


async def test_the_command_leaves_nothing_half_behind(
    setlog: Any, lifter: None, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("before")
    told = await setlog("export", "nobody", kept)
    assert (told.exit_code, "there is no user nobody" in told.output) == (1, True)
    assert kept.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".json"] == ["kept.json"]


async def download(person: Person, path: str) -> bytes:
    data: Any = await (await person.page("GET", path)).get_data()
    return bytes(data)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
async def test_an_exported_account_is_imported_on_the_page(
    ann: Person, bob: Person, pack: Any
) -> None:
    await train(ann.user, workouts=3)
    body = pack(await download(ann, "/export.json"))
    answer = await importing.post(bob, body)
    assert answer.status_code == 201
    seen = await answer.get_json()
    new = {"new": 3, "there": 0, "differs": 0, "sets": 27}
    assert (seen["format"], seen["status"], seen["workouts"]) == ("account", "preview", new)
    assert await Workout.filter(user=bob.user).count() == 0, "it is looked at first"
    assert (await importing.run(bob, f"/import/{seen['id']}"))["workouts"] == new
    assert content(await exported(bob)) == content(await exported(ann))
    again = await importing.said(bob, await importing.look_at(bob, body))
    assert (again["workouts"]["new"], again["workouts"]["there"]) == (0, 3)
    page = await (await bob.page("GET", f"/import/{again['id']}")).get_data(as_text=True)
    assert "there is nothing to import" in page


async def test_a_damaged_account_is_refused_whole(ann: Person, bob: Person) -> None:
    await train(ann.user, workouts=2)
    body = await download(ann, "/export.json")
    answer = await importing.post(bob, body[:-40])
    assert answer.status_code == 400
    assert (await answer.get_json())["fields"]["file"] == ["Nothing was imported"]
    assert await ImportBatch.filter(user=bob.user).count() == 0


async def test_a_row_that_is_not_right_is_told_before_the_others_come(
    ann: Person, bob: Person
) -> None:
    await train(ann.user, workouts=3)
    wrong = (await download(ann, "/export.json")).replace(b'"reps":', b'"rips":', 1)
    url = await importing.look_at(bob, wrong)
    page = await (await bob.page("GET", url)).get_data(as_text=True)
    assert "1 row not read" in page
    assert "Number 1 of “workouts”: items.0.sets.0.rips" in page
    file = await (await bob.page("GET", f"{url}/problems")).get_data(as_text=True)
    assert "items.0.sets.0.rips" in file
    done = await importing.run(bob, url)
    assert (done["workouts"]["new"], done["lost_lines"]) == (2, 1)
    assert (await ann.json("GET", url)).status_code == 404


async def test_an_account_is_undone_whole_and_may_come_again(ann: Person, bob: Person) -> None:
    await fill(ann)
    await User.filter(id=ann.user.id).update(theme="dark", weight_unit="lb")
    url = await importing.look_at(bob, await download(ann, "/export.json"))
    page = await (await bob.page("GET", url)).get_data(as_text=True)
    assert "Also new:" in page and "1 location, " in page and ", 1 body weight" in page
    before = _lasting(await owned(bob))
    done = await importing.run(bob, url)
    assert done["status"] == "done" and (await User.get(id=bob.user.id)).theme == "dark"
    whole = content(await exported(ann))
    assert content(await exported(bob)) == whole
    await bob.page("POST", f"{url}/undo")
    await importing.idle(bob)
    assert _lasting(await owned(bob)) == before
    await importing.run(bob, url)
    assert content(await exported(bob)) == whole


def _lasting(rows: dict[str, Any]) -> dict[str, Any]:
    kept = ("imports", "import_parts", "changes", "feeds")
    return {
        table: [{k: v for k, v in row.items() if k != "updated_at"} for row in lines]
        for table, lines in rows.items()
        if table not in kept
    }


async def test_what_is_used_since_stays_when_an_account_is_undone(ann: Person, bob: Person) -> None:
    await fill(ann)
    url = await importing.look_at(bob, await download(ann, "/export.json"))
    await importing.run(bob, url)
    own, other = await Exercise.filter(user=bob.user, archived_at=None).order_by("id")
    place, plan = await Location.get(user=bob.user), await Routine.filter(user=bob.user).first()
    mine = await gym.did(bob, "squat-barbell", ("80", 5))
    await WorkoutItem.filter(workout=mine).update(exercise_id=own.id)
    await Workout.filter(id=mine.id).update(location_id=place.id, routine_id=plan.id)  # type: ignore[union-attr]
    await User.filter(id=bob.user.id).update(theme="light")
    await bob.page("POST", f"{url}/undo")
    await importing.idle(bob)
    assert await Workout.filter(user=bob.user).values_list("id", flat=True) == [mine.id]
    assert await Exercise.filter(user=bob.user).values_list("id", flat=True) == [own.id]
    assert await Location.filter(user=bob.user).count() == 1
    assert [each.id for each in await Routine.filter(user=bob.user)] == [plan.id]  # type: ignore[union-attr]
    assert (await User.get(id=bob.user.id)).theme == "light"
    assert other.id != own.id


async def test_settings_and_routines_alone_are_something_to_import(
    ann: Person, bob: Person
) -> None:
    await Routine.create(user=ann.user, name="Legs")
    url = await importing.look_at(bob, await download(ann, "/export.json"))
    assert "Import it" in await (await bob.page("GET", url)).get_data(as_text=True)
    done = await importing.run(bob, url)
    assert (done["workouts"]["new"], done["also"]["new"]) == (0, {"routines": 1})
    page = await (await bob.page("GET", url)).get_data(as_text=True)
    assert "1 routine imported" in page
    listed = await (await bob.page("GET", "/import")).get_data(as_text=True)
    assert "1 routine" in listed


async def test_the_table_is_imported_and_known_to_whom_it_is_from(ann: Person, bob: Person) -> None:
    (workout, *_) = await train(ann.user, workouts=3)
    await Workout.filter(id=workout).update(name="=1+1", notes="'so'")
    body = await download(ann, "/export.csv")
    done = await importing.imported(bob, body)
    assert (done["format"], done["workouts"]["new"], done["lost_lines"]) == ("setlog", 3, 0)
    assert await Workout.filter(user=bob.user, name="=1+1", notes="'so'").count() == 1
    columns = ("set_type", "reps", "weight", "weight_unit", "started_at", "ended_at")
    hers, his = [[{k: e[k] for k in columns} for e in await table(p)] for p in (ann, bob)]
    assert hers == his
    again = await importing.said(ann, await importing.look_at(ann, body))
    assert (again["workouts"]["new"], again["workouts"]["there"]) == (0, 3)
