"""Moving in: a file is looked at, decided upon, imported once, and taken back."""

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support.importing import (
    file,
    idle,
    imported,
    look_at,
    measured,
    post,
    run,
    said,
    send,
    strong,
)
from tests.support.statements import counted
from tests.support.world import Person, register
from webapp.db import rows
from webapp.importing import batches
from webapp.models import (
    Exercise,
    ExerciseAlias,
    ImportBatch,
    ImportPart,
    User,
    Workout,
    WorkoutItem,
    WorkoutSet,
)

LINE = '{},"Push",1h,{},{},{},{},0,0,"","",'


def lift(
    exercise: str = "Squat (Barbell)",
    weight: object = 100,
    reps: object = 5,
    at: str = "2026-03-13 15:22:10",
    order: object = 1,
) -> str:
    """A line of Strong."""
    return LINE.format(at, exercise, order, weight, reps)


async def sets(person: Person) -> list[tuple[Any, ...]]:
    """Every set of the person's history in order: minute, exercise, weight, unit, reps."""
    found = await rows(
        "SELECT w.started_at, i.exercise_name, s.weight, s.weight_unit, s.reps "
        "FROM workout_sets s JOIN workout_items i ON i.id = s.item_id "
        "JOIN workouts w ON w.id = s.workout_id WHERE w.user_id = ? AND w.deleted_at IS NULL "
        "ORDER BY w.started_at, i.position, s.position",
        person.user.id,
    )
    return [(str(each[0])[:16], *tuple(each)[1:]) for each in found]


async def test_nothing_is_imported_before_it_was_looked_at(ann: Person, bob: Person) -> None:
    url = await look_at(ann, file("strong.csv"))
    told = await said(ann, url)
    assert (told["format"], told["status"], told["lines"]) == ("strong", "preview", 9)
    assert told["workouts"] == {"new": 2, "there": 0, "differs": 0, "sets": 8}
    assert told["needs"] == ["weight_unit", "distance_unit"]
    assert {each["name"] for each in told["names"]} == {
        "Bench Press (Barbell)",
        "Plank",
        "Running",
        "Pull Up (Assisted)",
    }
    page = await (await ann.page("GET", url)).get_data(as_text=True)
    assert "Import 2 workouts" in page
    assert await Workout.all().count() == 0
    assert (await bob.json("GET", url)).status_code == 404
    assert (await bob.page("POST", f"{url}/start")).status_code == 404
    assert (await (await bob.json("GET", "/import")).get_json()) == {"imports": []}


async def test_an_import_is_the_history_of_the_file(ann: Person, bob: Person) -> None:
    done = await imported(ann, file("strong.csv"), weight_unit="lb", distance_unit="mi")
    assert (done["status"], done["progress"]) == ("done", 1.0)
    assert done["workouts"] == {"new": 2, "there": 0, "differs": 0, "sets": 8}
    push = await Workout.get(user=ann.user, name="Push Day")
    assert (push.status, push.source, push.notes) == (
        "finished",
        "import",
        "Slept badly, still strong",
    )
    assert push.started_at == datetime(2026, 3, 13, 15, 22, 10, tzinfo=UTC)
    assert push.ended_at == datetime(2026, 3, 13, 16, 27, 10, tzinfo=UTC)
    bench, plank = await WorkoutItem.filter(workout=push).order_by("position")
    assert (bench.rest_seconds, bench.status, bench.measure) == (150, "finished", "reps")
    assert (plank.measure, plank.position) == ("duration", 2)
    first, *_, last = await WorkoutSet.filter(item=bench).order_by("position")
    assert (first.set_type, str(first.weight), first.weight_unit, first.weight_grams) == (
        "warm_up",
        "40",
        "lb",
        18_144,
    )
    assert (last.set_type, last.reps, str(last.rpe)) == ("failure", 14, "10")
    assert first.completed_at is not None and last.completed_at is not None
    assert push.started_at < first.completed_at < last.completed_at < push.ended_at
    run_set = await WorkoutSet.get(user=ann.user, distance__isnull=False)
    assert (str(run_set.distance), run_set.distance_unit) == ("7.5", "mi")
    assert await sets(bob) == []


async def test_times_are_on_the_persons_clock(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="America/New_York")
    await imported(ann, strong(lift(at="2026-03-13 23:30:00")))
    workout = await Workout.get(user=ann.user)
    assert workout.started_at == datetime(2026, 3, 14, 3, 30, tzinfo=UTC)
    assert str(workout.local_date) == "2026-03-13"


async def test_a_day_without_a_time_is_noon(ann: Person) -> None:
    await imported(ann, file("fitnotes_kgs.csv"))
    workout = await Workout.get(user=ann.user)
    assert workout.started_at == workout.ended_at == datetime(2016, 9, 12, 12, tzinfo=UTC)
    assert {each.completed_at for each in await WorkoutSet.all()} == {workout.started_at}


async def test_supersets_stay_together(ann: Person) -> None:
    await imported(ann, file("hevy_kg.csv"))
    items = await WorkoutItem.filter(workout__name="Evening Push").order_by("position")
    assert [item.superset for item in items] == [None, 1, 1]
    assert items[0].note == "Grip one finger wider"


async def test_the_same_file_again_brings_nothing(ann: Person) -> None:
    data = file("hevy_kg.csv")
    await imported(ann, data)
    before = await sets(ann)
    again = await said(ann, await look_at(ann, data))
    assert again["workouts"] == {"new": 0, "there": 2, "differs": 0, "sets": 0}
    page = await (await ann.page("GET", f"/import/{again['id']}")).get_data(as_text=True)
    assert "there is nothing to import" in page
    await run(ann, f"/import/{again['id']}")
    assert await sets(ann) == before


async def test_a_file_that_has_grown_brings_what_is_new(ann: Person) -> None:
    await imported(ann, strong(lift()))
    grown = strong(lift(), lift(at="2026-03-15 15:00:00", weight=102.5))
    told = await imported(ann, grown)
    assert told["workouts"] == {"new": 1, "there": 1, "differs": 0, "sets": 1}
    assert [each[2] for each in await sets(ann)] == ["100", "102.5"]


@pytest.mark.parametrize("name", ["strong.csv", "hevy_lbs.csv", "fitnotes.csv", "fitnotes_ios.csv"])
async def test_what_is_there_is_recognised_after_names_were_changed(ann: Person, name: str) -> None:
    first = await imported(ann, file(name))
    await Workout.filter(user=ann.user).update(name="Renamed", notes="Other")
    for each in await Exercise.filter(user=ann.user):
        await Exercise.filter(id=each.id).update(name=f"My {each.id}", name_key=f"my {each.id}")
    told = await said(ann, await look_at(ann, file(name)))
    amount = first["workouts"]["new"]
    assert told["workouts"] == {"new": 0, "there": amount, "differs": 0, "sets": 0}


async def test_what_is_there_is_recognised_on_another_clock(ann: Person) -> None:
    await imported(ann, file("hevy_kg.csv"))
    await User.filter(id=ann.user.id).update(timezone="Europe/Berlin")
    told = await said(ann, await look_at(ann, file("hevy_kg.csv")))
    assert told["workouts"]["there"] == 2


async def test_the_same_training_out_of_two_apps_is_one(ann: Person) -> None:
    hevy = (
        "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps\n"
        'Mine,"13 Mar 2026, 15:22","13 Mar 2026, 16:22",Squat (Barbell),0,normal,100,5\n'
    )
    await imported(ann, strong(lift()))
    told = await said(ann, await look_at(ann, hevy.encode()))
    assert told["workouts"]["there"] == 1


async def test_two_alike_on_one_day_of_a_file_are_two(ann: Person) -> None:
    twice = strong(lift(at="2026-03-13 08:00:00"), lift(at="2026-03-13 18:00:00"))
    told = await imported(ann, twice)
    assert told["workouts"]["new"] == 2
    again = await said(ann, await look_at(ann, twice))
    assert again["workouts"]["there"] == 2


async def test_two_exports_put_together_count_once(ann: Person) -> None:
    for name in ("hevy_kg.csv", "fitnotes.csv"):
        told = await imported(ann, file(name) + file(name))
        assert (told["workouts"]["new"], told["workouts"]["there"]) == (2, 2)


async def test_a_workout_at_the_same_minute_with_other_sets_is_imported_when_asked_for(
    ann: Person,
) -> None:
    await imported(ann, strong(lift()))
    changed = strong(lift(weight=105))
    told = await imported(ann, changed)
    assert told["workouts"] == {"new": 0, "there": 0, "differs": 1, "sets": 0}
    assert len(await sets(ann)) == 1
    url = await look_at(ann, changed + b"\n")
    page = await (await ann.page("GET", url)).get_data(as_text=True)
    assert "Already there, with other sets" in page
    await run(ann, url, differing="1")
    assert [each[2] for each in await sets(ann)] == ["100", "105"]


async def test_what_was_logged_here_is_recognised(ann: Person, bob: Person) -> None:
    await imported(bob, strong(lift()))
    told = await said(ann, await look_at(ann, strong(lift())))
    assert told["workouts"]["new"] == 1
    await imported(ann, strong(lift()))
    await Workout.filter(user=ann.user).update(source="pages", batch_id=None)
    told = await said(ann, await look_at(ann, strong(lift()) + b"\n"))
    assert told["workouts"]["there"] == 1


async def test_units_that_are_not_said_are_the_accounts_and_then_the_last_ones(
    ann: Person,
) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    told = await said(ann, await look_at(ann, strong(lift())))
    assert (told["needs"], told["choices"]["weight_unit"]) == (["weight_unit"], "lb")
    await run(ann, f"/import/{told['id']}", weight_unit="kg")
    assert [each[2:4] for each in await sets(ann)] == [("100", "kg")]
    told = await said(ann, await look_at(ann, strong(lift(), lift(at="2026-04-01 10:00:00"))))
    assert told["choices"]["weight_unit"] == "kg"
    assert told["workouts"]["there"] == 1


async def test_another_unit_is_counted_again(ann: Person) -> None:
    await imported(ann, strong(lift()), weight_unit="lb")
    url = await look_at(ann, strong(lift()) + b"\n")
    await ann.page("POST", f"{url}/choices", {"weight_unit": "kg"})
    assert (await said(ann, url))["workouts"]["differs"] == 1
    answer = await ann.htmx("POST", f"{url}/choices", {"weight_unit": "lb"})
    assert 'id="import"' in await answer.get_data(as_text=True)
    assert (await said(ann, url))["workouts"]["there"] == 1


async def test_an_unknown_name_is_made_an_own_exercise(ann: Person, bob: Person) -> None:
    rows = (lift("Dragon Flag Hold (Machine)"), lift("DRAGON flag hold (machine)", order=2))
    await imported(ann, strong(*rows))
    made = await Exercise.get(user=ann.user)
    assert (made.name, made.implement, made.measure, made.load) == (
        "Dragon Flag Hold (Machine)",
        "SelectorizedMachine",
        "reps",
        "external",
    )
    assert await WorkoutSet.filter(exercise=made).count() == 2
    told = await said(bob, await look_at(bob, strong(*rows)))
    assert [each["to"] for each in told["names"]] == ["new", "new"]


async def test_a_name_is_mapped_and_the_mapping_is_remembered(ann: Person, bob: Person) -> None:
    data = strong(lift("Kniebeuge"))
    url = await look_at(ann, data)
    squat = await Exercise.get(slug="squat-barbell")
    answer = await ann.page("POST", f"{url}/choices", {"find": "0", "weight_unit": "kg"})
    assert answer.headers["Location"] == f"{url}/exercise?name=0"
    page = await ann.page("GET", f"{url}/exercise?name=0&q=squat")
    assert str(squat.uuid) in await page.get_data(as_text=True)
    chosen = await ann.page("POST", f"{url}/choices", {"names.0": str(squat.uuid)})
    assert chosen.headers["Location"] == f"{url}#name-0"
    told = await said(ann, url)
    assert told["names"][0]["exercise_name"] == "Squat (Barbell)"
    await run(ann, url)
    assert [each[1] for each in await sets(ann)] == ["Squat (Barbell)"]
    assert (await ExerciseAlias.get(user=ann.user, exercise=squat)).name_key == "kniebeuge"
    for person, recognised in ((ann, True), (bob, False)):
        told = await said(person, await look_at(person, data + b"\n"))
        assert told["names"][0]["is_recognised"] is recognised


async def test_a_name_is_mapped_by_programs_in_its_own_words(ann: Person) -> None:
    url = await look_at(ann, strong(lift("Kniebeuge"), lift("Liegestütz", "", 20, order=2)))
    squat = await Exercise.get(slug="squat-barbell")
    body = {"names": {"Kniebeuge": str(squat.uuid), "Liegestütz": "skip"}}
    answer = await ann.json("POST", f"{url}/choices", body)
    told = await answer.get_json()
    assert {each["name"]: each["to"] for each in told["names"]} == body["names"]
    assert told["workouts"]["sets"] == 1
    started = await ann.json("POST", f"{url}/start", {})
    assert started.status_code == 200
    await idle(ann)
    assert [each[1] for each in await sets(ann)] == ["Squat (Barbell)"]


@pytest.mark.parametrize(
    "form",
    [
        {"names.7": "new"},
        {"names.0": "00000000-0000-7000-8000-000000000000"},
        {"names.0": "nonsense"},
        {"weight_unit": "stone"},
        {"names.0": "x" * 50},
    ],
)
async def test_a_choice_that_is_none_is_refused(ann: Person, form: dict[str, str]) -> None:
    url = await look_at(ann, strong(lift("Kniebeuge")))
    before = await said(ann, url)
    for path in ("choices", "start"):
        assert (await ann.page("POST", f"{url}/{path}", form)).status_code == 400
    assert await said(ann, url) == before


async def test_an_exercise_of_another_person_cannot_be_chosen(ann: Person, bob: Person) -> None:
    mine = await Exercise.create(user=ann.user, name="Secret", name_key="secret")
    url = await look_at(bob, strong(lift("Secret")))
    assert (await said(bob, url))["names"][0]["to"] == "new"
    refused = await bob.page("POST", f"{url}/choices", {"names.0": str(mine.uuid)})
    assert refused.status_code == 400


async def test_a_plank_in_reps_and_a_weighted_one_hide_no_number(ann: Person) -> None:
    await imported(ann, strong(lift("Plank", 10, 3)))
    item = await WorkoutItem.get(user=ann.user)
    assert (item.measure, item.load) == ("reps", "bodyweight")
    page = await ann.page("GET", f"/workouts/{(await Workout.get(user=ann.user)).uuid}")
    assert "+10 kg × 3" in await page.get_data(as_text=True)


async def test_undo_takes_everything_back_and_only_that(ann: Person, bob: Person) -> None:
    await imported(ann, strong(lift(at="2025-01-01 10:00:00")))
    await imported(bob, file("strong.csv"))
    mine, bobs = await sets(ann), await sets(bob)
    rows = [lift("Zyx Press", at=f"2026-01-{day:02} 10:00:00") for day in range(1, 29)]
    done = await imported(ann, strong(*rows))
    url = f"/import/{done['id']}"
    await Workout.filter(user=ann.user, batch__uuid=done["id"]).update(version=2)
    page = await (await ann.page("GET", url)).get_data(as_text=True)
    assert "28 workouts you changed since" in page
    assert (await bob.page("POST", f"{url}/undo")).status_code == 404
    undone = await ann.page("POST", f"{url}/undo")
    assert undone.headers["Location"] == url
    assert await sets(ann) == mine
    await idle(ann)
    assert await Workout.filter(user=ann.user).count() == 1
    assert await Exercise.filter(user=ann.user).count() == 0
    assert await sets(bob) == bobs
    assert (await said(ann, url))["status"] == "undone"
    assert (await ann.page("POST", f"{url}/undo")).status_code == 409


async def test_what_was_undone_can_be_imported_again(ann: Person) -> None:
    done = await imported(ann, file("strong.csv"))
    url, before = f"/import/{done['id']}", await sets(ann)
    await ann.page("POST", f"{url}/undo")
    await idle(ann)
    again = await run(ann, url)
    assert (again["status"], again["workouts"]["new"]) == ("done", 2)
    assert await sets(ann) == before


async def test_an_exercise_that_is_used_elsewhere_stays_after_an_undo(ann: Person) -> None:
    done = await imported(ann, strong(lift("Zyx Press")))
    made = await Exercise.get(user=ann.user)
    other = await Workout.create(
        user=ann.user, name="Mine", started_at=datetime.now(UTC), local_date="2026-01-01"
    )
    await WorkoutItem.create(user=ann.user, workout=other, position=1, exercise=made)
    await ann.page("POST", f"/import/{done['id']}/undo")
    await idle(ann)
    assert await Exercise.filter(user=ann.user).count() == 1


async def test_an_import_can_be_undone_for_thirty_days(ann: Person) -> None:
    done = await imported(ann, strong(lift()))
    batch = await ImportBatch.get(uuid=done["id"])
    long_ago = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    await ImportBatch.filter(id=batch.id).update(report={**batch.report, "finished_at": long_ago})
    refused = await ann.page("POST", f"/import/{batch.uuid}/undo")
    assert refused.status_code == 409
    page = await (await ann.page("GET", f"/import/{batch.uuid}")).get_data(as_text=True)
    assert "Undo the import" not in page
    assert len(await sets(ann)) == 1


async def test_files_are_forgotten_when_they_are_of_no_more_use(ann: Person) -> None:
    done = await imported(ann, strong(lift()))
    await look_at(ann, strong(lift(), lift(order=2)))
    now = datetime.now(UTC)
    assert not await batches.forget_old(now)
    assert (await ImportPart.all().count(), await ImportBatch.all().count()) == (2, 2)
    assert await batches.forget_old(now + timedelta(days=31))
    assert not await batches.forget_old(now + timedelta(days=31))
    assert await ImportPart.all().count() == 0
    assert [str(each.uuid) for each in await ImportBatch.all()] == [done["id"]]
    page = await (await ann.page("GET", "/import")).get_data(as_text=True)
    assert "1 workout" in page
    assert len(await sets(ann)) == 1


async def test_what_is_forgotten_goes_file_by_file(ann: Person, bob: Person) -> None:
    done = await imported(bob, strong(lift()))
    for person in (ann, bob):
        await look_at(person, strong(lift(), lift(order=2)))
    for person in (ann, bob):
        await imported(person, strong(lift(order=3)))
    later, left = datetime.now(UTC) + timedelta(days=31), []
    while await batches.forget_old(later):
        left.append((await ImportBatch.all().count(), await ImportPart.all().count()))
    assert left == [(4, 3), (3, 1), (3, 0)]
    assert await ImportBatch.filter(status="preview").count() == 0
    assert done["id"] in [str(each.uuid) for each in await ImportBatch.filter(user=bob.user)]


async def test_a_preview_is_thrown_away_and_an_import_is_not(ann: Person, bob: Person) -> None:
    url = await look_at(ann, strong(lift()))
    assert (await bob.page("POST", f"{url}/discard")).status_code == 404
    assert (await ann.page("POST", f"{url}/discard")).headers["Location"] == "/import"
    assert (await ann.json("GET", url)).status_code == 404
    done = await imported(ann, strong(lift()))
    assert (await ann.page("POST", f"/import/{done['id']}/discard")).status_code == 409
    assert (await ann.json("POST", f"/import/{done['id']}/discard")).status_code == 409


async def test_starting_twice_imports_once(ann: Person) -> None:
    url = await look_at(ann, file("strong.csv"))
    for _ in range(2):
        assert (await ann.page("POST", f"{url}/start")).status_code == 303
    await idle(ann)
    assert (await ann.page("POST", f"{url}/start")).status_code == 303
    await idle(ann)
    assert len(await sets(ann)) == 8
    assert (await ann.page("POST", f"{url}/choices", {"weight_unit": "lb"})).status_code == 409


async def test_the_same_file_twice_in_a_row_is_one_preview(ann: Person, bob: Person) -> None:
    data = file("strong.csv")
    first, second = await look_at(ann, data), await look_at(ann, data)
    assert first == second
    assert await look_at(bob, data) != first


async def test_every_line_that_was_not_read_can_be_had(ann: Person, bob: Person) -> None:
    wrong = [lift(weight="=1+1") for _ in range(1500)]
    url = await look_at(ann, strong(lift(), *wrong))
    told = await said(ann, url)
    assert (told["lost_lines"], len(told["problems"])) == (1500, 30)
    page = await (await ann.page("GET", url)).get_data(as_text=True)
    assert "1,500 lines not read" in page
    assert "1,470 more are in the file" in page
    answer = await ann.page("GET", f"{url}/problems")
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = (await answer.get_data(as_text=True)).splitlines()
    assert len(lines) == 1501
    assert lines[1].startswith("3,no,The weight “=1+1” is not a number,")
    problems = await (await ann.json("GET", f"{url}/problems")).get_json()
    assert [each["line"] for each in problems["problems"]] == list(range(3, 1503))
    assert (await bob.page("GET", f"{url}/problems")).status_code == 404


async def test_what_a_line_says_is_no_formula_for_a_spreadsheet(ann: Person) -> None:
    url = await look_at(ann, strong(lift(), "=cmd|' /C calc'!A0,a,b,c,d,e,f"))
    text = await (await ann.page("GET", f"{url}/problems")).get_data(as_text=True)
    assert ",'=cmd|' /C calc'!A0" in text.replace('"', "")


HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 64,
    "nul": b"\x00" * 4096,
    "one column": b"Date\n2026-01-01\n",
    "only a heading": strong(),
    "only quotes": b'"' * 4097,
    "a long line": b"Date," + b"x" * 1_000_000,
    "json": b'{"a": 1}',
    "damaged gzip": b"\x1f\x8b\x08\x00rest",
    "wrong numbers": strong(lift(weight="NaN"), lift(weight="-1"), lift(weight="9" * 40)),
    "wrong dates": strong(lift(at="2026-99-99"), lift(at="never"), lift(at="")),
    "mixed delimiters": strong(lift().replace(",", ";"), lift()),
    "headings": strong() * 3,
    "cut off": file("strong.csv")[:500],
    "cut off in quotes": file("strong.csv")[:280] + b'"',
    "formulas": strong(lift("=cmd()", reps=5)),
    "odd letters": strong(lift("\u202e\u0000\ud7ff🏋️" * 9)),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_files_are_refused_or_shown_and_never_half_imported(
    ann: Person, name: str
) -> None:
    answer = await send(ann, HOSTILE[name])
    assert answer.status_code in (303, 400)
    if answer.status_code == 400:
        page = await answer.get_data(as_text=True)
        assert 'role="alert"' in page
        assert 'id="f-file-error"' in page
        assert await ImportBatch.all().count() == 0
        return
    url = answer.headers["Location"]
    assert (await ann.page("GET", url)).status_code == 200
    done = await run(ann, url)
    assert done["status"] == "done"
    assert len(await sets(ann)) == done["workouts"]["sets"]


async def test_a_program_sends_the_file_as_the_body(ann: Person, bob: Person) -> None:
    answer = await post(ann, file("hevy_kg.csv"), "workouts.csv")
    told = await answer.get_json()
    assert (answer.status_code, told["format"], told["file_name"]) == (201, "hevy", "workouts.csv")
    listed = await (await ann.json("GET", "/import")).get_json()
    assert [each["id"] for each in listed["imports"]] == [told["id"]]
    refused = await post(bob, b"nothing known")
    assert refused.status_code == 400
    assert (await refused.get_json())["fields"]["file"]


async def test_a_packed_file_is_unpacked(ann: Person) -> None:
    told = await imported(ann, gzip.compress(file("hevy_kg.csv")))
    assert told["workouts"]["new"] == 2
    bomb = gzip.compress(b"x" * (65 * 1024 * 1024))
    refused = await send(ann, bomb)
    assert refused.status_code == 400
    assert "Unpacked it has more than 64 MB" in await refused.get_data(as_text=True)


async def test_the_same_key_is_the_same_request_and_another_file_is_not(ann: Person) -> None:
    one, other = strong(lift()), strong(lift(), lift(order=2))
    answers = [await send(ann, data, key="once") for data in (one, one, other)]
    assert [each.status_code for each in answers] == [303, 303, 422]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert answers[1].headers["Idempotent-Replayed"] == "true"


async def test_statements_do_not_grow_with_the_file(ann: Person) -> None:
    amounts = []
    for many in (10, 400):
        rows = [lift(f"Lift {n}", at=f"2026-01-01 10:{n % 60:02}:00") for n in range(many)]
        url = await look_at(ann, strong(*rows))
        await measured(ann)
        with counted() as statements:
            await ann.page("GET", url)
        amounts.append(len(statements))
    assert amounts[0] == amounts[1] <= 4


async def test_the_list_of_imports_costs_one_statement(ann: Person) -> None:
    for order in range(1, 4):
        await look_at(ann, strong(lift(order=order)))
    await measured(ann)
    with counted() as statements:
        page = await ann.page("GET", "/import")
    assert (await page.get_data(as_text=True)).count("Not imported yet") == 3
    assert len(statements) == 2  # who asks, and the list


async def test_an_account_goes_with_its_imports(app: Quart, ann: Person) -> None:
    cleo = await register(app, "cleo")
    await imported(cleo, file("strong.csv"))
    await look_at(cleo, file("hevy_kg.csv"))
    await cleo.user.delete()
    assert await ImportBatch.all().count() == await ImportPart.all().count() == 0
