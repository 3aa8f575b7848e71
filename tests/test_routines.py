"""Routines and their items: ann plans, and bob sees and changes nothing of it."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from quart import Quart

from tests.support.statements import counted
from tests.support.world import Person
from webapp import starters
from webapp.ids import uuid7
from webapp.models import Exercise, Routine, RoutineItem, plans

JSON = "application/json"


def ordered(*uuids: str) -> list[tuple[str, str]]:
    """The form that says an order."""
    return [("order", each) for each in uuids]


async def routine(person: Person, name: str = "Push", **said: Any) -> str:
    """Make a routine as a program, and return its UUID."""
    made = await person.json("POST", "/routines", {"name": name, **said}, Accept=JSON)
    assert made.status_code == 201
    return str((await made.get_json())["id"])


async def item(person: Person, routine_uuid: str, slug: str = "squat-barbell", **said: Any) -> str:
    """Add an exercise to a routine by its page, and return the item's UUID."""
    uuid = str(uuid7())
    exercise = await Exercise.get(slug=slug)
    form = {"exercise": str(exercise.uuid), "uuid": uuid, **said}
    made = await person.page("POST", f"/routines/{routine_uuid}/items", form)
    assert made.status_code == 303
    return uuid


async def names(person: Person) -> list[str]:
    return [each["name"] for each in await plans.listed(person.user.id)]


async def lines(person: Person, uuid: str) -> list[str]:
    _, items = await plans.routine_with_items(person.user.id, uuid)
    return [each["name"] for each in items]


async def test_a_routine_is_made_by_a_plain_form_and_shown(ann: Person) -> None:
    assert "No routines yet" in await (await ann.page("GET", "/routines")).get_data(as_text=True)
    assert (await ann.page("GET", "/routines/new")).status_code == 200
    uuid = str(uuid7())
    form = {"name": "Push day", "description": "Chest & co", "uuid": uuid, "key": "k1"}
    made = await ann.page("POST", "/routines", form)
    assert (made.status_code, made.headers["Location"]) == (303, f"/routines/{uuid}")
    page = await (await ann.page("GET", f"/routines/{uuid}")).get_data(as_text=True)
    assert "Push day" in page
    assert "Chest &amp; co" in page
    assert "Push day" in await (await ann.page("GET", "/routines")).get_data(as_text=True)


async def test_the_same_uuid_makes_the_same_routine_even_with_another_key(ann: Person) -> None:
    form = {"name": "Push", "uuid": str(uuid7())}
    for key in ("k1", "k2", "k1"):
        await ann.page("POST", "/routines", {**form, "key": key})
    assert await names(ann) == ["Push"]


async def test_two_people_may_use_the_same_uuid(ann: Person, bob: Person) -> None:
    form = {"name": "Push", "uuid": str(uuid7())}
    await ann.page("POST", "/routines", form)
    await bob.page("POST", "/routines", {**form, "name": "Bob's"})
    assert (await names(ann), await names(bob)) == (["Push"], ["Bob's"])


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\x00b"])
async def test_a_wrong_name_shows_the_form_again_with_the_reason(ann: Person, name: str) -> None:
    answer = await ann.page("POST", "/routines", {"name": name, "description": "kept"})
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in page
    assert "kept" in page
    assert await names(ann) == []


async def test_a_routine_is_renamed_and_described(ann: Person) -> None:
    uuid = await routine(ann, description="old")
    assert (await ann.page("GET", f"/routines/{uuid}/edit")).status_code == 200
    form = {"name": "Pull", "description": ""}
    assert (await ann.page("POST", f"/routines/{uuid}/edit", form)).status_code == 303
    row = await Routine.get(uuid=uuid)
    assert [row.name, row.description] == ["Pull", None]
    refused = await ann.page("POST", f"/routines/{uuid}/edit", {"name": ""})
    assert refused.status_code == 400


async def test_a_copy_has_all_the_items_and_a_life_of_its_own(ann: Person) -> None:
    uuid = await routine(ann)
    await item(ann, uuid, sets="5", reps_min="5", weight="82.5", note="Deep")
    removed = await item(ann, uuid, "plank")
    await ann.page("POST", f"/routines/items/{removed}/remove")
    copy = str(uuid7())
    for key in ("a", "b"):
        form = {"uuid": copy, "key": key}
        assert (await ann.page("POST", f"/routines/{uuid}/duplicate", form)).status_code == 303
    assert await names(ann) == ["Push", "Push (copy)"]
    _, items = await plans.routine_with_items(ann.user.id, copy)
    assert [(each["sets"], each["weight"], each["note"]) for each in items] == [(5, "82.5", "Deep")]
    await ann.page("POST", f"/routines/{copy}/edit", {"name": "Other"})
    assert await names(ann) == ["Push", "Other"]


async def test_a_deleted_routine_is_taken_back_by_the_undo_that_the_next_page_offers(
    ann: Person,
) -> None:
    uuid = await routine(ann)
    assert (await ann.page("POST", f"/routines/{uuid}/delete")).status_code == 303
    assert await names(ann) == []
    page = await (await ann.page("GET", "/routines")).get_data(as_text=True)
    assert "Push is deleted" in page
    assert f'action="/routines/{uuid}/restore"' in page
    assert (await ann.page("GET", f"/routines/{uuid}")).status_code == 404
    assert (await ann.page("POST", f"/routines/{uuid}/restore")).status_code == 303
    assert await names(ann) == ["Push"]


async def test_routines_move_by_buttons_and_by_a_dragged_order(ann: Person) -> None:
    a, b, c = [await routine(ann, name) for name in "ABC"]
    await ann.page("POST", f"/routines/{c}/up")
    assert await names(ann) == ["A", "C", "B"]
    await ann.page("POST", f"/routines/{a}/down")
    assert await names(ann) == ["C", "A", "B"]
    await ann.page("POST", f"/routines/{c}/up")
    assert await names(ann) == ["C", "A", "B"]
    await ann.page("POST", "/routines/order", ordered(b, a, c))
    assert await names(ann) == ["B", "A", "C"]
    # What the page did not know of stays behind, and what is unknown here says nothing.
    await ann.page("POST", "/routines/order", ordered(str(uuid4()), c))
    assert await names(ann) == ["C", "B", "A"]
    assert (await ann.page("POST", "/routines/order", {"order": "nonsense"})).status_code == 400


async def test_htmx_gets_the_list_alone_with_the_toast(ann: Person) -> None:
    a, _ = [await routine(ann, name) for name in "AB"]
    answer = await ann.htmx("POST", f"/routines/{a}/down")
    text = await answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<html" not in text
    assert text.index(">B<") < text.index(">A<")
    gone = await ann.htmx("POST", f"/routines/{a}/delete")
    text = await gone.get_data(as_text=True)
    assert gone.status_code == 200
    assert "A is deleted" in text
    assert f"/routines/{a}/restore" in text


async def test_the_routine_after_the_last_done_is_next(ann: Person) -> None:
    a, b = [await routine(ann, name) for name in "AB"]
    rows = await plans.listed(ann.user.id)
    assert plans.next_of(rows)["name"] == "A"  # type: ignore[index]
    await Routine.filter(uuid=a).update(last_done_at=ann.user.created_at)
    rows = await plans.listed(ann.user.id)
    assert plans.next_of(rows)["name"] == "B"  # type: ignore[index]
    await Routine.filter(uuid=b).update(program="x", last_done_at=datetime.now(UTC))
    rows = await plans.listed(ann.user.id)
    assert plans.next_of(rows)["name"] == "B"  # type: ignore[index]
    assert plans.next_of([]) is None


async def test_the_picker_offers_recent_ones_and_searches(ann: Person) -> None:
    uuid = await routine(ann)
    page = await (await ann.page("GET", f"/routines/{uuid}/add?q=pushup")).get_data(as_text=True)
    assert ">Push Up<" in page
    part = await ann.htmx("GET", f"/routines/{uuid}/add?q=zzz", HX_Target="div#routine-picks")
    text = await part.get_data(as_text=True)
    assert "<html" not in text
    assert "zzz" in text
    chest = await ann.page("GET", f"/routines/{uuid}/add?muscle=chest")
    assert "Squat (Barbell)" not in await chest.get_data(as_text=True)


async def test_several_exercises_are_added_one_after_another(ann: Person) -> None:
    uuid = await routine(ann)
    squat = await Exercise.get(slug="squat-barbell")
    made = await ann.page("POST", f"/routines/{uuid}/items", {"exercise": str(squat.uuid)})
    assert made.headers["Location"] == f"/routines/{uuid}/add"
    plank = await Exercise.get(slug="plank")
    part = await ann.htmx("POST", f"/routines/{uuid}/items", {"exercise": str(plank.uuid)})
    text = await part.get_data(as_text=True)
    assert part.status_code == 201
    assert "Plank is added" in text
    assert "2 exercises in it" in text
    undo = re.search(r'action="(/routines/items/[^"]+)"', text)
    assert undo is not None
    undone = await ann.page("POST", undo[1])
    assert undone.headers["Location"] == f"/routines/{uuid}/add"
    assert await lines(ann, uuid) == ["Squat (Barbell)"]
    await item(ann, uuid, "plank")
    assert await lines(ann, uuid) == ["Squat (Barbell)", "Plank"]


async def test_what_is_planned_fits_how_the_exercise_is_measured(ann: Person) -> None:
    uuid = await routine(ann)
    for slug in ("squat-barbell", "plank", "rowing-machine", "yoke-carry-barbell"):
        await item(ann, uuid, slug)
    await ann.page("POST", f"/routines/{uuid}/items", {"kind": "rest"})
    squat, plank, row, yoke, rest = (await plans.routine_with_items(ann.user.id, uuid))[1]
    assert (squat["kind"], squat["sets"], squat["reps_min"], squat["reps_max"]) == (
        *("exercise", 3),
        *(8, 12),
    )
    assert (plank["sets"], plank["duration_seconds"], plank["reps_min"]) == (3, 30, None)
    assert (row["kind"], row["duration_seconds"]) == ("cardio", 600)
    assert (yoke["distance"], yoke["distance_unit"]) == ("20", "m")
    assert (rest["kind"], rest["duration_seconds"], rest["exercise_id"]) == ("rest", 120, None)
    page = await (await ann.page("GET", f"/routines/{uuid}")).get_data(as_text=True)
    for text in ("3 × 8–12", "3 × 0:30", "10:00", "3 × 20 m", "2:00"):
        assert text in page
    for each in (squat, plank, row, yoke, rest):
        assert (await ann.page("GET", f"/routines/items/{each['uuid']}")).status_code == 200


async def test_an_item_is_planned_with_numbers_as_people_write_them(ann: Person) -> None:
    uuid = await routine(ann)
    one = await item(ann, uuid)
    form = {
        "sets": "4",
        "reps_min": "5",
        "reps_max": "",
        "weight": "82,5",
        "weight_unit": "lb",
        "warm_up_sets": "2",
        "rest_seconds": "2:30",
        "note": "Belt",
    }
    assert (await ann.page("POST", f"/routines/items/{one}", form)).status_code == 303
    row = await RoutineItem.get(uuid=one)
    assert (row.sets, row.reps_min, row.reps_max, str(row.weight), row.weight_unit) == (
        *(4, 5, 5),
        *("82.5", "lb"),
    )
    assert (row.warm_up_sets, row.rest_seconds, row.note) == (2, 150, "Belt")
    page = await (await ann.page("GET", f"/routines/{uuid}")).get_data(as_text=True)
    assert "4 × 5 · 82.5 lb · 2 warm-up sets · rest 2:30" in page
    await ann.page("POST", f"/routines/items/{one}", {"weight": "", "rest_seconds": ""})
    row = await RoutineItem.get(uuid=one)
    assert [row.weight, row.rest_seconds, row.sets] == [None, None, 4]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sets", "0"),
        ("sets", "101"),
        ("sets", ""),
        ("sets", "two"),
        ("reps_min", "-1"),
        ("reps_max", "99999999999999999999"),
        ("weight", "-5"),
        ("weight", "NaN"),
        ("weight", "1e400"),
        ("weight_unit", "stone"),
        ("duration_seconds", "1:2:3:4"),
        ("duration_seconds", "99999999:00"),
        ("distance", "1e9"),
        ("rest_seconds", "-1"),
        ("note", "n" * 2001),
    ],
)
async def test_a_wrong_number_shows_the_form_again_and_changes_nothing(
    ann: Person, field: str, value: str
) -> None:
    one = await item(ann, await routine(ann))
    before = await RoutineItem.get(uuid=one).values()
    answer = await ann.page("POST", f"/routines/items/{one}", {field: value})
    assert answer.status_code == 400
    assert await RoutineItem.get(uuid=one).values() == before


async def test_a_range_of_reps_must_not_be_upside_down(ann: Person) -> None:
    one = await item(ann, await routine(ann))
    answer = await ann.page("POST", f"/routines/items/{one}", {"reps_min": "9", "reps_max": "8"})
    assert answer.status_code == 400
    assert "Must not be below" in await answer.get_data(as_text=True)
    assert (await ann.page("POST", f"/routines/items/{one}", {"reps_max": "7"})).status_code == 400
    assert (await RoutineItem.get(uuid=one)).reps_max == 12


async def test_items_move_by_buttons_and_by_a_dragged_order(ann: Person) -> None:
    uuid = await routine(ann)
    squat, plank, row = [
        await item(ann, uuid, slug) for slug in ("squat-barbell", "plank", "rowing-machine")
    ]
    await ann.page("POST", f"/routines/items/{row}/up")
    assert await lines(ann, uuid) == ["Squat (Barbell)", "Rowing Machine", "Plank"]
    await ann.page("POST", f"/routines/items/{squat}/down")
    assert await lines(ann, uuid) == ["Rowing Machine", "Squat (Barbell)", "Plank"]
    order = ordered(plank, squat, row)
    assert (await ann.page("POST", f"/routines/{uuid}/items/order", order)).status_code == 303
    assert await lines(ann, uuid) == ["Plank", "Squat (Barbell)", "Rowing Machine"]
    part = await ann.htmx("POST", f"/routines/{uuid}/items/order", ordered(row, plank))
    assert part.status_code == 200
    assert await lines(ann, uuid) == ["Rowing Machine", "Plank", "Squat (Barbell)"]


async def test_a_removed_item_is_taken_back_to_where_it_was(ann: Person) -> None:
    uuid = await routine(ann)
    squat = await item(ann, uuid, note="Deep")
    await item(ann, uuid, "plank")
    part = await ann.htmx("POST", f"/routines/items/{squat}/remove")
    text = await part.get_data(as_text=True)
    assert part.status_code == 200
    assert "Squat (Barbell) is removed" in text
    assert f"/routines/items/{squat}/restore" in text
    assert await lines(ann, uuid) == ["Plank"]
    assert (await ann.page("GET", f"/routines/items/{squat}")).status_code == 404
    assert (await ann.page("POST", f"/routines/items/{squat}/restore")).status_code == 303
    assert await lines(ann, uuid) == ["Squat (Barbell)", "Plank"]
    assert (await RoutineItem.get(uuid=squat)).note == "Deep"


async def test_exercises_are_grouped_to_supersets_with_the_one_above(ann: Person) -> None:
    uuid = await routine(ann)
    slugs = ("squat-barbell", "plank", "push-up", "pull-up")
    a, b, c, d = [await item(ann, uuid, slug) for slug in slugs]
    assert (await ann.page("POST", f"/routines/items/{b}/group")).status_code == 303
    assert (await ann.page("POST", f"/routines/items/{d}/group")).status_code == 303
    numbers = [each["superset"] for each in (await plans.routine_with_items(ann.user.id, uuid))[1]]
    assert numbers == [1, 1, 2, 2]
    page = await (await ann.page("GET", f"/routines/{uuid}")).get_data(as_text=True)
    assert page.count(">A</span>") == page.count(">B</span>") == 2
    await ann.page("POST", f"/routines/items/{b}/ungroup")
    page = await (await ann.page("GET", f"/routines/{uuid}")).get_data(as_text=True)
    assert (page.count(">A</span>"), page.count(">B</span>")) == (2, 0)
    assert (await ann.page("POST", f"/routines/items/{a}/group")).status_code == 409
    await ann.page("POST", f"/routines/items/{c}/group")
    numbers = [each["superset"] for each in (await plans.routine_with_items(ann.user.id, uuid))[1]]
    assert numbers == [1, 2, 2, 2]


async def test_who_leaves_the_middle_of_a_superset_parts_it(ann: Person) -> None:
    uuid = await routine(ann)
    slugs = ("squat-barbell", "plank", "push-up", "pull-up")
    items = [await item(ann, uuid, slug) for slug in slugs]
    for each in items[1:]:
        await ann.page("POST", f"/routines/items/{each}/group")
    await ann.page("POST", f"/routines/items/{items[1]}/ungroup")
    numbers = [each["superset"] for each in (await plans.routine_with_items(ann.user.id, uuid))[1]]
    assert numbers == [1, None, 2, 2]


async def test_a_rest_is_no_part_of_a_superset(ann: Person) -> None:
    uuid = await routine(ann)
    await ann.page("POST", f"/routines/{uuid}/items", {"kind": "rest"})
    squat = await item(ann, uuid)
    assert (await ann.page("POST", f"/routines/items/{squat}/group")).status_code == 409


async def test_a_starter_program_becomes_ones_own_once(ann: Person, bob: Person) -> None:
    page = await (await ann.page("GET", "/routines/starters")).get_data(as_text=True)
    for each in starters.offered():
        assert each["name"] in page
    for key in ("a", "b"):
        taken = await ann.page("POST", "/routines/starters/full-body", {"key": key})
        assert (taken.status_code, taken.headers["Location"]) == (303, "/")
    assert await names(ann) == ["Full Body A", "Full Body B"]
    assert await names(bob) == []
    first = (await plans.listed(ann.user.id))[0]
    items = (await plans.routine_with_items(ann.user.id, first["uuid"]))[1]
    assert [each["kind"] for each in items] == ["cardio"] + ["exercise"] * 5
    assert items[1]["name"] == "Squat (Barbell)"
    assert items[4]["superset"] == items[5]["superset"] == 1
    assert await starters.taken(ann.user.id) == {"full-body"}
    assert (await ann.page("POST", "/routines/starters/nothing")).status_code == 404


async def test_taking_a_starter_again_brings_back_what_was_deleted(ann: Person) -> None:
    await ann.page("POST", "/routines/starters/full-body")
    first = (await plans.listed(ann.user.id))[0]["uuid"]
    await ann.page("POST", f"/routines/{first}/edit", {"name": "Mine"})
    await ann.page("POST", f"/routines/{first}/delete")
    await ann.page("POST", "/routines/starters/full-body")
    assert await names(ann) == ["Mine", "Full Body B"]
    assert await RoutineItem.filter(user_id=ann.user.id).count() == 13


async def test_everything_offered_can_be_taken(ann: Person) -> None:
    for each in starters.offered():
        assert set(each) == {"slug", "name", "sub", "text"}
        assert (await ann.page("POST", f"/routines/starters/{each['slug']}")).status_code == 303
    without = RoutineItem.filter(user_id=ann.user.id, exercise_id=None).exclude(kind="rest")
    assert await without.count() == 0


async def test_the_number_of_statements_does_not_grow_with_the_routines(ann: Person) -> None:
    await ann.page("POST", "/routines/starters/full-body")
    uuid = (await plans.listed(ann.user.id))[0]["uuid"]
    costs = []
    for _ in range(2):
        for path in ("/routines", f"/routines/{uuid}", f"/routines/{uuid}/add"):
            with counted() as statements:
                assert (await ann.page("GET", path)).status_code == 200
            costs.append(len(statements))
        for slug in ("push-pull-legs", "upper-lower", "bodyweight-home"):
            await ann.page("POST", f"/routines/starters/{slug}")
    assert costs[:3] == costs[3:] == [3, 3, 5]


async def test_bob_neither_sees_nor_changes_what_is_anns(ann: Person, bob: Person) -> None:
    uuid = await routine(ann)
    one, two = await item(ann, uuid), await item(ann, uuid, "plank")
    before = (await Routine.all().values(), await RoutineItem.all().order_by("id").values())
    exercise = (await Exercise.get(slug="plank")).uuid
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"/routines/{uuid}", {}),
        ("GET", f"/routines/{uuid}/edit", {}),
        ("GET", f"/routines/{uuid}/add", {}),
        ("GET", f"/routines/items/{one}", {}),
        ("POST", f"/routines/{uuid}/edit", {"name": "Bob was here"}),
        *(("POST", f"/routines/{uuid}/{verb}", {}) for verb in ("duplicate", "delete", "restore")),
        *(("POST", f"/routines/{uuid}/{verb}", {}) for verb in ("up", "down")),
        ("POST", f"/routines/{uuid}/items", {"exercise": str(exercise)}),
        ("POST", f"/routines/{uuid}/items", {"kind": "rest"}),
        ("POST", f"/routines/{uuid}/items/order", ordered(two, one)),
        ("POST", f"/routines/items/{one}", {"sets": "9"}),
        *(("POST", f"/routines/items/{two}/{verb}", {}) for verb in ("up", "down", "remove")),
        *(("POST", f"/routines/items/{two}/{verb}", {}) for verb in ("restore", "group")),
        ("POST", f"/routines/items/{two}/ungroup", {}),
    ]
    for method, path, form in asked:
        answer = await bob.page(method, path, form or None)
        assert answer.status_code == 404, (method, path)
    await bob.page("POST", "/routines/order", ordered(uuid))
    assert "Push" not in await (await bob.page("GET", "/routines")).get_data(as_text=True)
    after = (await Routine.all().values(), await RoutineItem.all().order_by("id").values())
    assert after == before


async def test_nobody_plans_with_anothers_exercise(ann: Person, bob: Person) -> None:
    secret = await Exercise.create(user=bob.user, name="Secret", name_key="secret")
    uuid = await routine(ann)
    answer = await ann.page("POST", f"/routines/{uuid}/items", {"exercise": str(secret.uuid)})
    assert answer.status_code == 404
    assert await lines(ann, uuid) == []


async def test_every_page_of_routines_asks_a_stranger_to_sign_in(app: Quart, ann: Person) -> None:
    uuid = await routine(ann)
    stranger = app.test_client()
    for path in ("/routines", "/routines/new", "/routines/starters", f"/routines/{uuid}"):
        answer = await stranger.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login")
    assert UUID(uuid)
