"""The exercises of a past workout: added late, put into another order, removed, taken back."""

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.support.statements import counted
from tests.support.world import Person
from tests.test_history import first_item, sets_of, text, trained
from webapp.ids import uuid7
from webapp.models import Exercise, Location, Workout, WorkoutItem, WorkoutSet


async def items_of(workout: Workout) -> list[WorkoutItem]:
    items = WorkoutItem.filter(workout=workout).exclude(status="removed")
    return await items.order_by("position", "id")


async def names_of(person: Person, workout: Workout) -> list[str]:
    data = await (await person.json("GET", f"/workouts/{workout.uuid}")).get_json()
    return [each["exercise_name"] for each in data["exercises"]]


async def catalogued(slug: str) -> Exercise:
    return await Exercise.get(slug=slug)


# --- adding


async def test_an_exercise_can_be_added_late_and_gets_its_sets(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=2)
    lift, uuid = await catalogued("squat-barbell"), str(uuid7())
    url = f"/workouts/{workout.uuid}/items"
    for _ in range(2):
        answer = await ann.json("POST", url, {"exercise": str(lift.uuid), "uuid": uuid})
        assert answer.status_code == 201
    made = await answer.get_json()
    assert (made["id"], made["exercise_name"], made["sets"]) == (uuid, lift.name, [])
    assert made["status"] == "finished"
    _, item = await items_of(workout)
    said = {"reps": "5", "weight": "102,5", "weight_unit": "kg"}
    answer = await ann.page("POST", f"{url}/{uuid}/sets", said)
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"#item-{uuid}")
    (one,) = await sets_of(item)
    earlier = await sets_of(await first_item(workout))
    assert (one.weight_grams, one.reps) == (102_500, 5)
    assert one.completed_at == earlier[-1].completed_at
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}"))
    assert lift.name in page and "102.5 kg × 5" in page


async def test_the_picker_leads_to_the_form(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=1)
    lift = await catalogued("squat-barbell")
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    assert f'href="/workouts/{workout.uuid}/add"' in page
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/add?q=squat"))
    assert f'value="{lift.uuid}"' in page and f'action="/workouts/{workout.uuid}/items"' in page
    fragment = await text(await ann.htmx("GET", f"/workouts/{workout.uuid}/add?q=zzzz"))
    assert "No exercise is called “zzzz”." in fragment and "<html" not in fragment
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}/add")).get_json()
    assert [each["name"] for each in data["recent"]] == ["Squat"] and data["exercises"]
    form = {"exercise": str(lift.uuid), "uuid": str(uuid7())}
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/items", form)
    assert answer.status_code == 303
    page = await text(await ann.page("GET", answer.headers["Location"].partition("#")[0]))
    assert lift.name in page and f"/items/{form['uuid']}/sets" in page


async def test_a_workout_in_progress_is_added_to_where_it_runs(ann: Person) -> None:
    (workout,) = await trained(ann)
    await Workout.filter(id=workout.id).update(status="in_progress", ended_at=None)
    lift = await catalogued("squat-barbell")
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/items", {"exercise": str(lift.uuid)})
    assert answer.status_code == 409 and len(await items_of(workout)) == 3
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    assert 'href="/session"' in page and f"{workout.uuid}/add" not in page


@pytest.mark.parametrize("said", [{}, {"exercise": "x"}, {"exercise": ""}, {"exercise": None}])
async def test_without_an_exercise_nothing_is_added(ann: Person, said: Any) -> None:
    (workout,) = await trained(ann)
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/items", said)
    assert answer.status_code == 400 and len(await items_of(workout)) == 3


async def test_there_is_an_end_to_exercises(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1)
    item = await first_item(workout)
    same = {name: getattr(item, name) for name in ("user_id", "workout_id", "exercise_id")}
    await WorkoutItem.bulk_create([WorkoutItem(**same, position=n) for n in range(2, 201)])
    lift = await catalogued("squat-barbell")
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/items", {"exercise": str(lift.uuid)})
    assert answer.status_code == 409 and len(await items_of(workout)) == 200


# --- order


async def test_exercises_are_put_into_another_order(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=3)
    a, b, c = await names_of(ann, workout)
    items = await items_of(workout)
    url = f"/workouts/{workout.uuid}/items"
    data = await (await ann.json("POST", f"{url}/{items[0].uuid}/down")).get_json()
    assert [each["exercise_name"] for each in data["exercises"]] == [b, a, c]
    answer = await ann.page("POST", f"{url}/{items[2].uuid}/up", {})
    assert answer.headers["Location"] == f"/workouts/{workout.uuid}/edit#item-{items[2].uuid}"
    assert await names_of(ann, workout) == [b, c, a]
    for edge in (f"{items[1].uuid}/up", f"{items[0].uuid}/down"):
        assert (await ann.json("POST", f"{url}/{edge}")).status_code == 200
    assert await names_of(ann, workout) == [b, c, a]
    fragment = await text(await ann.htmx("POST", f"{url}/{items[2].uuid}/down", {}))
    assert fragment.index(f"item-{items[0].uuid}") < fragment.index(f"item-{items[2].uuid}")


async def test_a_rest_between_does_not_hold_an_exercise_up(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=3)
    first, rest, last = await items_of(workout)
    await WorkoutItem.filter(id=rest.id).update(kind="rest", exercise_id=None)
    await ann.json("POST", f"/workouts/{workout.uuid}/items/{last.uuid}/up")
    assert [each.id for each in await items_of(workout)] == [last.id, rest.id, first.id]


async def test_sets_are_put_into_another_order(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=3)
    item = await first_item(workout)
    one, two, three = await sets_of(item)
    url = f"/workouts/{workout.uuid}/sets"
    data = await (await ann.json("POST", f"{url}/{three.uuid}/up")).get_json()
    assert [each["id"] for each in data["sets"]] == [str(x.uuid) for x in (one, three, two)]
    await ann.page("POST", f"{url}/{one.uuid}/down", {})
    assert [each.id for each in await sets_of(item)] == [three.id, one.id, two.id]
    for edge in (f"{three.uuid}/up", f"{two.uuid}/down"):
        assert (await ann.json("POST", f"{url}/{edge}")).status_code == 200
    assert [each.id for each in await sets_of(item)] == [three.id, one.id, two.id]


async def test_a_set_passes_what_was_planned_and_not_done(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=3)
    item = await first_item(workout)
    one, two, three = await sets_of(item)
    await WorkoutSet.filter(id=two.id).update(completed_at=None)
    await ann.json("POST", f"/workouts/{workout.uuid}/sets/{three.uuid}/up")
    assert [each.id for each in await sets_of(item)] == [three.id, two.id, one.id]


async def test_a_set_that_was_not_done_stays(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=2)
    item = await first_item(workout)
    one, two = await sets_of(item)
    await WorkoutSet.filter(id=two.id).update(completed_at=None)
    assert (
        await ann.json("POST", f"/workouts/{workout.uuid}/sets/{two.uuid}/up")
    ).status_code == 200
    assert [each.id for each in await sets_of(item)] == [one.id, two.id]


# --- note, removing, place


async def test_what_is_noted_of_an_exercise_can_be_changed_and_cleared(ann: Person) -> None:
    (workout,) = await trained(ann)
    item = await first_item(workout)
    url = f"/workouts/{workout.uuid}/items/{item.uuid}/edit"
    fragment = await text(await ann.htmx("POST", url, {"notes": "Grip wide"}))
    assert "Saved" in fragment
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    assert 'value="Grip wide"' in page
    assert "Grip wide" in await text(await ann.page("GET", f"/workouts/{workout.uuid}"))
    assert (await (await ann.json("POST", url, {})).get_json())["notes"] == "Grip wide"
    assert (await (await ann.json("POST", url, {"notes": ""})).get_json())["notes"] is None
    assert (await ann.json("POST", url, {"notes": "x" * 2001})).status_code == 400


async def test_an_exercise_is_removed_and_taken_back_with_its_sets(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=2, sets=3)
    item = await first_item(workout)
    before = [(each.uuid, each.weight, each.completed_at) for each in await sets_of(item)]
    order = await names_of(ann, workout)
    url = f"/workouts/{workout.uuid}/items/{item.uuid}"
    fragment = await text(await ann.htmx("POST", f"{url}/remove", {}))
    assert f'action="{url}/restore"' in fragment and f"{item.exercise_name} removed" in fragment
    assert await names_of(ann, workout) == order[1:]
    assert await WorkoutSet.filter(workout=workout).count() == 3
    answer = await ann.page("POST", f"{url}/restore", {})
    assert answer.headers["Location"] == f"/workouts/{workout.uuid}/edit#item-{item.uuid}"
    assert await names_of(ann, workout) == order
    assert [(each.uuid, each.weight, each.completed_at) for each in await sets_of(item)] == before
    assert (await ann.json("POST", f"{url}/restore")).status_code == 200


async def test_a_plain_removal_says_so_on_the_next_page(ann: Person) -> None:
    (workout,) = await trained(ann)
    item = await first_item(workout)
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/items/{item.uuid}/remove", {})
    assert answer.status_code == 303
    page = await text(await ann.page("GET", answer.headers["Location"].partition("#")[0]))
    assert "removed" in page and f"/items/{item.uuid}/restore" in page


async def test_a_workout_left_without_exercises_can_be_filled_again(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1)
    item = await first_item(workout)
    await ann.page("POST", f"/workouts/{workout.uuid}/items/{item.uuid}/remove", {})
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    assert "Add exercise" in page and 'class="card past-item"' not in page
    assert "No sets were logged" in await text(await ann.page("GET", f"/workouts/{workout.uuid}"))


async def test_where_it_was_is_a_place_one_keeps_or_just_a_name(ann: Person, bob: Person) -> None:
    (workout,) = await trained(ann)
    home = await Location.create(user=ann.user, name="Home Gym")
    await Location.create(user=bob.user, name="Bobs barn")
    url = f"/workouts/{workout.uuid}/edit"
    assert '<option value="Home Gym">' in (page := await text(await ann.page("GET", url)))
    assert "Bobs" not in page
    await ann.page("POST", url, {"location": "home gym"})
    await workout.refresh_from_db()
    assert (workout.location_id, workout.location_name) == (home.id, "Home Gym")  # type: ignore[attr-defined]
    data = await (await ann.json("POST", url, {"location": "Bobs barn"})).get_json()
    assert data["location"] == "Bobs barn"
    await workout.refresh_from_db()
    assert workout.location_id is None  # type: ignore[attr-defined]
    assert '<option value="Bobs barn">' in await text(await ann.page("GET", url))
    await ann.page("POST", url, {"name": "Still there"})
    assert (await Workout.get(id=workout.id)).location_name == "Bobs barn"
    await ann.page("POST", url, {"location": " "})
    assert (await Workout.get(id=workout.id)).location_name is None
    assert (await ann.json("POST", url, {"location": "x" * 201})).status_code == 400


# --- ann and bob

ROUTES = (
    ("GET", "add"),
    ("POST", "items"),
    ("POST", "items/{item}/edit"),
    ("POST", "items/{item}/up"),
    ("POST", "items/{item}/down"),
    ("POST", "items/{item}/remove"),
    ("POST", "items/{item}/restore"),
    ("POST", "sets/{set}/up"),
    ("POST", "sets/{set}/down"),
)


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_bob_changes_nothing_of_anns(
    ann: Person, bob: Person, method: str, path: str
) -> None:
    (hers,), (his,) = await trained(ann), await trained(bob)
    item = (await items_of(hers))[1]
    one = (await sets_of(item))[1]
    lift = await catalogued("squat-barbell")
    said = {"exercise": str(lift.uuid), "notes": "x"} if method == "POST" else None
    before = await names_of(ann, hers)
    where = {"item": item.uuid, "set": one.uuid}
    for workout in (hers, his):
        if workout is his and "{" not in path:
            continue
        url = f"/workouts/{workout.uuid}/{path.format(**where)}"
        assert (await bob.json(method, url, said)).status_code == 404
    nowhere = path.format(item=uuid4(), set=uuid4())
    if nowhere != path:
        assert (await ann.json(method, f"/workouts/{hers.uuid}/{nowhere}", said)).status_code == 404
    assert await names_of(ann, hers) == before
    assert [each.id for each in await sets_of(item)][1] == one.id


async def test_bob_adds_no_exercise_of_anns_own(ann: Person, bob: Person) -> None:
    (hers,), (his,) = await trained(ann), await trained(bob)
    own = await Exercise.get(id=(await first_item(hers)).exercise_id)  # type: ignore[attr-defined]
    answer = await bob.json("POST", f"/workouts/{his.uuid}/items", {"exercise": str(own.uuid)})
    assert answer.status_code == 404 and len(await items_of(his)) == 3


async def test_a_uuid_of_anns_is_no_use_to_bob(ann: Person, bob: Person) -> None:
    (hers,), (his,) = await trained(ann), await trained(bob)
    taken, lift = (await first_item(hers)).uuid, await catalogued("squat-barbell")
    said = {"exercise": str(lift.uuid), "uuid": str(taken)}
    answer = await bob.json("POST", f"/workouts/{his.uuid}/items", said)
    assert answer.status_code == 201 and len(await items_of(his)) == 4
    assert (await WorkoutItem.get(uuid=taken, user=ann.user)).workout_id == hers.id  # type: ignore[attr-defined]


# --- what it costs


@pytest.mark.parametrize("path", ["add", "edit"])
async def test_statements_do_not_grow_with_the_history(ann: Person, path: str) -> None:
    amounts = []
    for amount in (2, 40):
        workouts = await trained(ann, amount, exercises=4, sets=4)
        with counted() as statements:
            await text(await ann.page("GET", f"/workouts/{workouts[-1].uuid}/{path}"))
        amounts.append(len(statements))
    assert amounts[0] == amounts[1] <= 6


async def test_the_first_exercise_cannot_go_up_nor_the_last_down(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=2, sets=2)
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    for first, last in (await items_of(workout), await sets_of((await items_of(workout))[0])):
        assert not re.search(rf"{first.uuid}/up", page) and re.search(rf"{first.uuid}/down", page)
        assert re.search(rf"{last.uuid}/up", page) and not re.search(rf"{last.uuid}/down", page)
