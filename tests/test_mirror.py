"""What the phone mirrors: the workout, what a start would make, the library; each person's own."""

from typing import Any

import pytest
from quart import Quart

from tests.support.gym import classic, did, item, nowhere, routine, sets, start, tap
from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import child, uuid7
from webapp.models import Exercise, ExerciseAlias, ExerciseSetting, Location, Routine, Workout

DOCUMENTS = ("now", "plans", "library", "shell")
LINE = ("uuid", "version")  # what only a stored item or set has


async def mirrored(person: Person, name: str) -> Any:
    answer = await person.page("GET", f"/edge/{name}", Setlog_User=str(person.user.uuid))
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def full(person: Person) -> None:
    """A routine with all there is in one, two workouts done and one under way."""
    await routine(
        person,
        {"slug": "squat-barbell", "sets": 2, "warm_up_sets": 4, "reps_min": 5, "weight": "100",
         "weight_unit": "kg", "note": "Deep", "superset": 1},
        {"kind": "rest", "duration_seconds": 150},
        {"slug": "rowing-machine", "kind": "cardio", "duration_seconds": 300, "distance": "1.5",
         "distance_unit": "km"},
        {"kind": "exercise", "sets": 1},
        name="All of it",
    )  # fmt: skip
    squat = await Exercise.get(slug="squat-barbell")
    said: dict[str, Any] = {"weight_unit": "lb", "increment": "10", "rest_seconds": 75}
    await ExerciseSetting.create(user=person.user, exercise=squat, **said)
    await did(person, "squat-barbell", ("80", 5), ("85", 4))
    await did(person, "plank", (None, 1), days_ago=20)


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_nobody_is_told_401_in_json_and_a_program_403(
    app: Quart, ann: Person, name: str
) -> None:
    answer = await app.test_client().get(f"/edge/{name}", headers={"Accept": "text/html"})
    assert (answer.status_code, (await answer.get_json())["code"]) == (401, "unauthenticated")
    assert (await ann.json("GET", f"/edge/{name}")).status_code == 403


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_what_is_known_is_not_sent_again_and_never_passed_for_another_persons(
    ann: Person, bob: Person, name: str
) -> None:
    first = await ann.page("GET", f"/edge/{name}")
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
    assert "Cookie" in first.headers["Vary"]
    tag = first.headers["ETag"]
    again = await ann.page("GET", f"/edge/{name}", If_None_Match=tag)
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert await again.get_data() == b""
    theirs = await bob.page("GET", f"/edge/{name}", If_None_Match=tag)
    assert theirs.status_code == (304 if name == "shell" else 200)  # the frame says no name


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_document_asked_for_as_another_person_is_refused(
    ann: Person, bob: Person, name: str
) -> None:
    answer = await ann.page("GET", f"/edge/{name}", Setlog_User=str(bob.user.uuid))
    assert (answer.status_code, (await answer.get_json())["code"]) == (401, "other_user")


async def test_a_workout_is_told_as_it_is_and_its_removed_parts_with_it(
    ann: Person, bob: Person
) -> None:
    await did(ann, "squat-barbell", ("80", 5))
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"], weight="85", reps="5", rpe="8")
    bench, plank = await item(ann, 1), await item(ann, 2)
    await ann.page("POST", f"/session/items/{bench}/sets/drop")
    await ann.page("POST", f"/session/items/{plank}/remove")
    now = await mirrored(ann, "now")
    sheet = now["sheet"]
    assert (sheet["name"], sheet["status"], len(sheet["items"])) == ("Day A", "in_progress", 2)
    assert sheet["started_at"].endswith("Z") and len(sheet["started_at"]) == 24
    first = sheet["items"][0]["sets"][0]
    assert (first["weight"], first["rpe"], first["reps"], first["version"]) == ("85", "8", 5, 2)
    assert "band" not in first and "id" not in str(first.keys()).split("'")
    assert sheet["items"][0]["last"][0]["weight"] == "80"
    assert now["bests"] == {first["uuid"]: {"pb": "Heaviest", "pb_text": _any(now["bests"])}}
    assert {each["set"] for each in now["pbs"]} == {first["uuid"]}
    gone = sheet["items"][1]["plan"]["removed_sets"]
    assert [(each["position"], each["planned_weight"]) for each in gone] == [(3, "60")]
    (removed,) = sheet["removed"]
    assert (removed["uuid"], removed["status"], len(removed["sets"])) == (plank, "pending", 2)
    assert (await mirrored(bob, "now")).get("sheet") is None


def _any(bests: dict[str, Any]) -> str:
    (each,) = bests.values()
    assert each["pb_text"].startswith("85 kg beats 80 kg from ")
    return str(each["pb_text"])


async def test_what_today_needs_is_told_as_facts(ann: Person, bob: Person) -> None:
    await full(ann)
    now = await mirrored(ann, "now")
    (plan,) = now["today"]["routines"]
    assert (plan["name"], plan["size"]) == ("All of it", "3 exercises")
    assert [each["name"] for each in now["recent"]] == ["Earlier", "Earlier"]
    assert (now["recent"][0]["sets"], now["recent"][0]["grams"]) == (2, 740_000)
    assert now["today"]["streak"]["ever"] is True and now["today"]["starters"] == []
    assert now["person"]["weight_unit"] == "kg"
    theirs = await mirrored(bob, "now")
    assert theirs["today"]["routines"] == theirs["recent"] == [] and theirs["today"]["starters"]


def _bare(line: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in line.items() if name not in (*LINE, "last", "sets")}
    kept["sets"] = [{n: v for n, v in each.items() if n not in LINE} for each in line["sets"]]
    return kept


@pytest.mark.parametrize("what", ["routine", "repeat"])
async def test_a_template_is_exactly_what_a_start_makes(ann: Person, what: str) -> None:
    await full(ann)
    plans = await mirrored(ann, "plans")
    known = {"routine": {each["uuid"]: each for each in plans["plans"]}, "repeat": plans["repeats"]}
    ((uuid, template),) = known[what].items()
    await ann.page("POST", "/session/start", {what: uuid})
    sheet = (await mirrored(ann, "now"))["sheet"]
    assert [_bare(each) for each in sheet["items"]] == template["items"]
    for name in ("name", "routine_uuid", "routine_name", "location_name"):
        assert sheet.get(name) == template.get(name)


async def test_a_start_names_items_and_sets_in_order_by_its_own_uuid(ann: Person) -> None:
    parent = uuid7()
    await start(ann, await classic(ann), uuid=str(parent))
    sheet = (await mirrored(ann, "now"))["sheet"]
    named = [each["uuid"] for it in sheet["items"] for each in (it, *it["sets"])]
    assert named == [str(child(parent, number)) for number in range(1, 12)]


async def test_last_time_settings_and_plates_are_told_for_every_exercise(
    ann: Person, bob: Person
) -> None:
    await full(ann)
    squat, plank = await Exercise.get(slug="squat-barbell"), await Exercise.get(slug="plank")
    plans = await mirrored(ann, "plans")
    uuid = str(squat.uuid)
    assert [each["weight"] for each in plans["last"][uuid]] == ["80", "85"]
    assert set(plans["last"]) == set(plans["used"]) == {uuid, str(plank.uuid)}
    assert (plans["used"][uuid]["weight"], plans["used"][uuid]["reps"]) == ("85", 4)
    assert plans["settings"][uuid] == {"rest_seconds": 75, "weight_unit": "lb", "increment": "10"}
    assert plans["plates"] == plans["bars"] == plans["places"] == {}
    theirs = await mirrored(bob, "plans")
    empty = ("plans", "repeats", "last", "used", "settings")
    assert not any(theirs[name] for name in empty)


async def test_plates_and_bars_are_told_of_the_account_and_of_each_place(
    ann: Person, bob: Person
) -> None:
    ann.user.plates = {"kg": {"20": 4}}
    await ann.user.save()
    await Location.create(user=ann.user, name="Attic", bars={"kg": ["15"]})
    await Location.create(user=ann.user, name="Park")
    plans = await mirrored(ann, "plans")
    assert (plans["plates"], plans["bars"]) == ({"kg": {"20": 4}}, {})
    assert plans["places"] == {"Attic": {"bars": {"kg": ["15"]}}}
    assert (await mirrored(bob, "plans"))["places"] == {}


async def test_the_library_has_what_can_be_chosen_and_nobody_elses(
    ann: Person, bob: Person
) -> None:
    said: dict[str, Any] = {"user": ann.user, "name_key": "x", "primary_muscles": ["quads"]}
    mine = await Exercise.create(name="Ann's squat", **said)
    old = await Exercise.create(name="Ann's old one", archived_at=mine.created_at, **said)
    alias: dict[str, Any] = {"name_key": "knee-bend", "exercise": mine}
    await ExerciseAlias.create(user=ann.user, **alias)
    found = {each["uuid"]: each for each in (await mirrored(ann, "library"))["library"]}
    assert found[str(mine.uuid)]["called"] == [" knee bend"]
    assert found[str(mine.uuid)]["own"] is True and "off" not in found[str(mine.uuid)]
    assert found[str(old.uuid)]["off"] is True
    assert found[str(mine.uuid)]["muscles"] == ["quads"]
    assert list(found)[:2] == [str(mine.uuid), str(old.uuid)]
    theirs = {each["uuid"] for each in (await mirrored(bob, "library"))["library"]}
    assert theirs == found.keys() - {str(mine.uuid), str(old.uuid)}


async def test_the_shell_has_a_mark_for_each_part_and_keeps_the_next_pages_toast(
    ann: Person,
) -> None:
    uuid = (await did(ann, "squat-barbell", ("80", 5))).uuid
    await ann.page("POST", f"/workouts/{uuid}/delete")
    text = await (await ann.page("GET", "/edge/shell")).get_data(as_text=True)
    for name in ("title", "body_class", "top", "main", "toast", "sheets"):
        assert text.count(f"<!--{name}-->") == 1
    assert text.count('<a href="/" aria-current="page"') == text.count("aria-current") == 1
    assert "Earlier deleted" in await (await ann.page("GET", "/")).get_data(as_text=True)


@pytest.mark.parametrize("name", ["now", "plans", "library"])
async def test_a_document_costs_as_many_statements_after_years(
    ann: Person, bob: Person, name: str
) -> None:
    costs = []
    for person, years in ((ann, 1), (bob, 40)):
        await train(person.user, workouts=years * 2, exercises=3, sets=2, pool=6)
        for _ in range(years):
            plan = await classic(person)
        await start(person, plan)
        await tap(person, (await sets(person))[0]["id"], weight="85", reps="5")
        with counted() as statements:
            await mirrored(person, name)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 16


async def test_a_deleted_routine_is_no_template_and_a_discarded_workout_no_sheet(
    ann: Person,
) -> None:
    plan = await classic(ann)
    await start(ann, plan)
    await ann.page("POST", "/session/discard")
    await Routine.filter(id=plan.id).update(deleted_at=plan.created_at)
    assert "sheet" not in await mirrored(ann, "now")
    assert (await mirrored(ann, "plans"))["plans"] == []
    assert await Workout.filter(user=ann.user).count() == 1
    assert child(nowhere(), 1) != child(nowhere(), 1)
