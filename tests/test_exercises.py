"""The exercise library and exercises of one's own; bob sees and changes nothing of ann's."""

from typing import Any

import pytest
from quart import Quart

from tests.support.statements import counted
from tests.support.world import Person
from tests.test_catalogue import logged
from webapp.ids import uuid7
from webapp.models import Exercise, ExerciseSetting

OWN = {
    "name": "Landmine squeeze press",
    "muscle_group": "chest",
    "implement": "Dumbbell",
    "measure": "reps",
    "load": "external",
    "aliases": "Squeeze, Svend press",
    "notes": "Both hands",
}


async def own(person: Person, **said: Any) -> str:
    """Make an exercise by its page, and return its UUID."""
    uuid = str(uuid7())
    made = await person.page("POST", "/exercises", {**OWN, "uuid": uuid, **said})
    assert made.status_code == 303
    return uuid


async def text(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200, path
    return str(await answer.get_data(as_text=True))


async def test_the_library_is_searched_and_narrowed_by_a_plain_form(ann: Person) -> None:
    assert "Show more" in await text(ann, "/exercises")
    found = await text(ann, "/exercises?q=squat+barbell")
    assert ">Squat (Barbell)<" in found
    assert "Plank" not in found
    assert "Band Pull Apart" in await text(ann, "/exercises?muscle=shoulders&implement=Band")
    assert "Nothing found" in await text(ann, "/exercises?mine=1")
    assert "Nothing found" in await text(ann, "/exercises?q=zzz")
    assert await text(ann, "/exercises?q=&muscle=&implement=&mine=")


async def test_the_search_as_you_type_gets_the_list_alone(ann: Person) -> None:
    answer = await ann.htmx("GET", "/exercises?q=plank", HX_Target="div#exercise-list")
    part = await answer.get_data(as_text=True)
    assert "<html" not in part
    assert ">Plank<" in part


async def test_every_page_of_the_list_shows_more_until_all_are_there(ann: Person) -> None:
    page, pages = "/exercises", 0
    while page:
        shown = await text(ann, page)
        pages += 1
        page = f"/exercises?page={pages + 1}" if "Show more" in shown else ""
    assert shown.count('class="row" href="/exercises/') == await Exercise.all().count()


async def test_the_library_costs_two_statements_however_much_was_done(ann: Person) -> None:
    costs = []
    for _ in range(2):
        with counted() as statements:
            await text(ann, "/exercises")
        costs.append(len(statements))
        for slug in ("squat-barbell", "plank", "push-up"):
            await logged(ann.user, await Exercise.get(slug=slug))
    assert costs == [2, 2]


async def test_an_exercise_tells_what_it_is_and_what_was_done_last(
    ann: Person, bob: Person
) -> None:
    squat = await Exercise.get(slug="squat-barbell")
    await logged(ann.user, squat, weight="82.5", reps=8)
    page = await text(ann, f"/exercises/{squat.uuid}")
    for words in ("Squat (Barbell)", "Quads", "Back Squat", "82.5 kg × 8", "Barbell"):
        assert words in page
    assert "/edit" not in page
    assert "82.5 kg" not in await text(bob, f"/exercises/{squat.uuid}")


async def test_an_own_exercise_is_made_and_found_by_its_other_names(
    ann: Person, bob: Person
) -> None:
    assert "Squeeze" in await text(ann, "/exercises/new?q=Squeeze")
    uuid = await own(ann)
    made = await Exercise.get(uuid=uuid, user=ann.user)
    assert (made.body_part, made.modality) == ("chest", "dumbbell")
    assert (str(made.increment_kg), str(made.increment_lb)) == ("2", "5")
    assert made.aliases == ["Squeeze", "Svend press"]
    assert OWN["name"] in await text(ann, "/exercises?q=svend")
    assert OWN["name"] in await text(ann, "/exercises?mine=1")
    assert OWN["name"] not in await text(bob, "/exercises?q=svend")


async def test_the_same_uuid_makes_one_exercise_and_the_same_name_is_refused(ann: Person) -> None:
    uuid = await own(ann)
    await own(ann, uuid=uuid, name=OWN["name"])
    assert await Exercise.filter(user=ann.user).count() == 1
    answer = await ann.page("POST", "/exercises", {**OWN, "name": "  LANDMINE squeeze  press "})
    assert answer.status_code == 400
    assert "You already have" in await answer.get_data(as_text=True)


async def test_an_exercise_made_from_a_routines_picker_leads_back_to_it(ann: Person) -> None:
    routine = str(uuid7())
    await ann.page("POST", "/routines", {"name": "Push", "uuid": routine})
    form = await text(ann, f"/exercises/new?routine={routine}&q=Svend")
    assert routine in form
    made = await ann.page("POST", "/exercises", {**OWN, "routine": routine})
    assert made.headers["Location"].startswith(f"/routines/{routine}/add?q=Landmine")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "nul \x00"),
        ("muscle_group", "tail"),
        ("implement", "Sword"),
        ("measure", "hope"),
        ("load", "moon"),
        ("aliases", ",".join(f"name {n}" for n in range(21))),
        ("notes", "n" * 2001),
    ],
)
async def test_a_wrong_word_shows_the_form_again_and_makes_nothing(
    ann: Person, field: str, value: str
) -> None:
    answer = await ann.page("POST", "/exercises", {**OWN, field: value})
    assert answer.status_code == 400
    assert "Svend press" in await answer.get_data(as_text=True) or field == "aliases"
    assert await Exercise.filter(user=ann.user).count() == 0


async def test_long_names_fold_within_their_columns(ann: Person) -> None:
    uuid = await own(ann, name="ﷺ" * 200)
    assert (await Exercise.get(uuid=uuid)).name == "ﷺ" * 200


async def test_an_own_exercise_is_edited(ann: Person) -> None:
    uuid = await own(ann)
    assert "Svend press" in await text(ann, f"/exercises/{uuid}/edit")
    form = {**OWN, "name": "Svend press", "aliases": "", "implement": "Plate"}
    assert (await ann.page("POST", f"/exercises/{uuid}/edit", form)).status_code == 303
    made = await Exercise.get(uuid=uuid)
    assert (made.name, made.aliases, made.implement) == ("Svend press", [], "Plate")
    assert "Svend press" in await text(ann, "/exercises?q=svend")
    assert "Nothing found" in await text(ann, "/exercises?q=landmine+squeeze")


async def test_an_archived_exercise_is_not_offered_until_it_is_taken_back(
    ann: Person, bob: Person
) -> None:
    uuid = await own(ann)
    assert (await ann.page("POST", f"/exercises/{uuid}/archive")).status_code == 303
    shown = await text(ann, "/exercises?mine=1")
    assert f'action="/exercises/{uuid}/restore"' in shown
    assert "Nothing found" in shown
    assert f'href="/exercises/{uuid}"' in shown.partition("Archived")[2]
    assert "Archived" not in await text(bob, "/exercises?mine=1")
    assert uuid not in await text(ann, "/exercises")
    assert "Archived" in await text(ann, f"/exercises/{uuid}")
    assert (await ann.page("POST", f"/exercises/{uuid}/restore")).status_code == 303
    assert OWN["name"] in await text(ann, "/exercises?mine=1")


async def test_how_a_person_does_an_exercise_is_theirs_alone(ann: Person, bob: Person) -> None:
    squat = await Exercise.get(slug="squat-barbell")
    form = {
        "weight_unit": "lb",
        "increment": "2,5",
        "rest_seconds": "240",
        "bar_weight": "45",
        "note": "Low bar",
    }
    path = f"/exercises/{squat.uuid}/settings"
    assert (await ann.page("POST", path, form)).status_code == 303
    kept = await ExerciseSetting.get(user=ann.user, exercise=squat)
    assert (kept.weight_unit, str(kept.increment), kept.rest_seconds) == ("lb", "2.5", 240)
    assert (str(kept.bar_weight), kept.note) == ("45", "Low bar")
    await ann.page("POST", path, {"increment": "", "weight_unit": ""})
    kept = await ExerciseSetting.get(user=ann.user, exercise=squat)
    assert [kept.weight_unit, kept.increment, kept.rest_seconds] == [None, None, 240]
    assert "Low bar" in await text(ann, f"/exercises/{squat.uuid}")
    assert "Low bar" not in await text(bob, f"/exercises/{squat.uuid}")
    refused = await ann.page("POST", path, {"increment": "-1", "note": "typed"})
    assert refused.status_code == 400
    assert "typed" in await refused.get_data(as_text=True)


async def test_bob_neither_sees_nor_changes_anns_exercise(ann: Person, bob: Person) -> None:
    uuid = await own(ann)
    before = await Exercise.filter(uuid=uuid).values()
    for path in (f"/exercises/{uuid}", f"/exercises/{uuid}/edit"):
        assert (await bob.page("GET", path)).status_code == 404
    for verb in ("edit", "archive", "restore", "settings"):
        answer = await bob.page("POST", f"/exercises/{uuid}/{verb}", OWN)
        assert answer.status_code == 404, verb
    assert await Exercise.filter(uuid=uuid).values() == before


async def test_the_systems_exercises_are_nobodys_to_change(ann: Person) -> None:
    plank = await Exercise.get(slug="plank")
    before = await Exercise.filter(slug="plank").values()
    assert (await ann.page("GET", f"/exercises/{plank.uuid}/edit")).status_code == 404
    for verb in ("edit", "archive", "restore"):
        answer = await ann.page("POST", f"/exercises/{plank.uuid}/{verb}", OWN)
        assert answer.status_code == 404, verb
    assert await Exercise.filter(slug="plank").values() == before


async def test_a_program_hears_of_exercises_in_the_words_of_live(ann: Person) -> None:
    listed = await (await ann.json("GET", "/api/exercises?q=squat+barbell")).get_json()
    assert listed[0] == {
        "id": str((await Exercise.get(slug="squat-barbell")).uuid),
        "name": "Squat (Barbell)",
        "muscle_group": "legs",
        "implement": "Barbell",
        "measure": "reps",
        "load": "external",
        "notes": None,
        "aliases": (await Exercise.get(slug="squat-barbell")).aliases,
        "primary_muscles": ["quads", "glutes"],
        "secondary_muscles": (await Exercise.get(slug="squat-barbell")).secondary_muscles,
        "increment_kg": 2.5,
        "increment_lb": 5,
        "rest": 180,
        "is_own": False,
        "is_archived": False,
    }
    made = await ann.json("POST", "/api/exercises", {"name": "Svend", "aliases": ["Squeeze"]})
    body = await made.get_json()
    assert (made.status_code, body["name"], body["is_own"]) == (201, "Svend", True)
    path = f"/api/exercises/{body['id']}"
    assert body.items() <= (await (await ann.json("GET", path)).get_json()).items()
    changed = await ann.json("PUT", path, {"implement": "Plate"})
    assert (await changed.get_json()) == {**body, "implement": "Plate"}
    refused = await ann.json("PUT", path, {"measure": 3})
    assert (refused.status_code, list((await refused.get_json())["fields"])) == (400, ["measure"])
    assert (await ann.json("DELETE", path)).status_code == 204
    assert (await (await ann.json("GET", path)).get_json())["is_archived"] is True


async def test_an_unknown_exercise_is_not_found(app: Quart, ann: Person) -> None:
    for path in (f"/exercises/{uuid7()}", "/exercises/nonsense"):
        assert (await ann.page("GET", path)).status_code == 404
    assert (await ann.json("GET", f"/api/exercises/{uuid7()}")).status_code == 404
