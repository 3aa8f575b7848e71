"""Places to train: made, renamed, deleted; their plates; where a routine happens."""

from typing import Any

import pytest

from tests.support import gym
from tests.support.world import Person
from webapp.models import Location, Routine, User, Workout

HERE = "/settings/locations"


async def page(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200
    return await answer.get_data(as_text=True)


async def made(person: Person, name: str = "Iron Works") -> Location:
    answer = await person.page("POST", HERE, {"name": name})
    place = await Location.get(user=person.user, name=name)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{HERE}/{place.uuid}")
    return place


async def test_a_place_is_made_renamed_and_deleted(ann: Person, bob: Person) -> None:
    assert "No places yet" in await page(ann, HERE)
    place = await made(ann)
    url = f"{HERE}/{place.uuid}"
    form = {"name": "Iron Works East", "address": "Dock 3", "notes": ""}
    answer = await ann.page("POST", url, form)
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    listed = await page(ann, HERE)
    assert "Iron Works East" in listed
    assert "Dock 3" in listed
    workout = await gym.did(ann, "squat-barbell", ("80", 5))
    await Workout.filter(id=workout.id).update(location_id=place.id, location_name="Iron Works")
    assert (await ann.page("POST", f"{url}/delete")).status_code == 303
    after = await Workout.get(id=workout.id)
    assert (after.location_id, after.location_name) == (None, "Iron Works")  # type: ignore[attr-defined]
    assert "No places yet" in await page(bob, HERE)


async def test_places_are_told_and_changed_as_json(ann: Person, bob: Person) -> None:
    answer = await ann.json("POST", HERE, {"name": "Garage", "address": "Home"})
    place = await answer.get_json()
    assert answer.status_code == 201
    assert place == {
        "id": place["id"], "name": "Garage", "address": "Home", "notes": None, "plates": None,
        "bars": None,
    }  # fmt: skip
    url = f"{HERE}/{place['id']}"
    changed = await ann.json("POST", url, {"notes": "The good bar is on the left"})
    assert (await changed.get_json())["notes"] == "The good bar is on the left"
    assert [each["name"] for each in await (await ann.json("GET", HERE)).get_json()] == ["Garage"]
    assert await (await bob.json("GET", HERE)).get_json() == []
    for method, path in (("GET", url), ("POST", url), ("POST", f"{url}/delete"),
                         ("GET", f"{url}/plates"), ("POST", f"{url}/plates")):  # fmt: skip
        assert (await bob.json(method, path, {"name": "Mine"})).status_code == 404
    assert (await ann.json("POST", f"{url}/delete")).status_code == 204
    assert (await ann.json("GET", url)).status_code == 404


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00"])
async def test_a_place_needs_a_name(ann: Person, name: str) -> None:
    answer = await ann.page("POST", HERE, {"name": name})
    assert answer.status_code == 400
    assert 'id="f-name-error"' in await answer.get_data(as_text=True)
    place = await made(ann)
    again = await ann.page("POST", f"{HERE}/{place.uuid}", {"name": name})
    assert again.status_code == 400
    assert (await Location.get()).name == "Iron Works"


async def test_a_place_has_the_plates_of_the_account_until_it_has_its_own(
    ann: Person, bob: Person
) -> None:
    await User.filter(id=ann.user.id).update(plates={"kg": {"20": 6}}, bars={"kg": ["15"]})
    place = await made(ann)
    url = f"{HERE}/{place.uuid}/plates"
    shown = await page(ann, url)
    assert "These are the plates and bars of your account" in shown
    assert 'name="bars.kg" type="text" value="15"' in shown
    answer = await ann.page(
        "POST", url, {"plates.kg.20": "4", "plates.kg.10": "2", "bars.kg": "20"}
    )
    assert answer.status_code == 303
    owned = {"plates": {"kg": {"20": 4, "10": 2}}, "bars": {"kg": ["20"]}}
    assert await (await ann.json("GET", url)).get_json() == owned
    assert "Its own" in await page(ann, f"{HERE}/{place.uuid}")
    assert "own plates" in await page(ann, HERE)
    assert (await User.get(id=ann.user.id)).plates == {"kg": {"20": 6}}
    refused = await ann.json("POST", url, {"plates": {"kg": {"0.3": 2}}})
    assert refused.status_code == 400
    assert await (await ann.json("GET", url)).get_json() == owned
    given_up = await ann.page("POST", url, {"own": "0"})
    assert given_up.status_code == 303
    assert await (await ann.json("GET", url)).get_json() == {"plates": None, "bars": None}


async def test_a_workout_loads_the_plates_of_where_its_routine_happens(
    ann: Person, bob: Person
) -> None:
    await User.filter(id=ann.user.id).update(plates={"kg": {"25": 4, "5": 2}})
    plan, place = await gym.classic(ann), await made(ann)
    form: dict[str, Any] = {"name": "Day A", "location": str(place.uuid)}
    assert (await ann.page("POST", f"/routines/{plan.uuid}/edit", form)).status_code == 303
    assert "Iron Works" in await page(ann, f"/routines/{plan.uuid}")
    assert "Day A" in await page(ann, f"{HERE}/{place.uuid}")
    await ann.json("POST", f"{HERE}/{place.uuid}/plates", {"plates": {"kg": {"15": 4}}})
    await gym.start(ann, plan)
    item = await gym.item(ann)
    plates = await page(ann, f"/session/items/{item}/plates")
    assert "Each side: 15 + 15 kg" in plates
    assert (await Workout.get(user=ann.user)).location_name == "Iron Works"
    await ann.page("POST", "/session/discard")
    form["location"] = ""
    await ann.page("POST", f"/routines/{plan.uuid}/edit", form)
    assert (await Routine.get(id=plan.id)).location_id is None  # type: ignore[attr-defined]
    await gym.start(ann, plan)
    plates = await page(ann, f"/session/items/{await gym.item(ann)}/plates")
    assert "Each side: 25 + 5 kg" in plates
    theirs = await made(bob, "Bob's")
    form["location"] = str(theirs.uuid)
    assert (await ann.page("POST", f"/routines/{plan.uuid}/edit", form)).status_code == 404
