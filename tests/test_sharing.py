"""Sharing a workout: as a text, and by a link that shows it to whoever has it, until it ends."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from quart import Quart

from tests.support.statements import counted
from tests.support.world import PROGRAM, Person
from tests.test_history import first_item, sets_of, text, trained
from webapp.models import User, Workout, WorkoutItem, WorkoutSet

SECRET = "between me and my notebook"


async def done(person: Person) -> Workout:
    """A workout with a note in every place there is."""
    _, workout = await trained(person, 2, exercises=1, sets=2, pool=1)
    facts = {"name": "Push <day>", "notes": SECRET, "location_name": SECRET, "rating": 1}
    await Workout.filter(id=workout.id).update(**facts)
    item = await first_item(workout)
    await WorkoutItem.filter(id=item.id).update(note=SECRET)
    one, two = await sets_of(item)
    lifted = {"weight": "40", "weight_grams": 40_000, "reps": 10, "notes": SECRET}
    await WorkoutSet.filter(id=one.id).update(set_type="warm_up", **lifted)
    await WorkoutSet.filter(id=two.id).update(weight="182.5", weight_grams=182_500, reps=5)
    return workout


async def share(person: Person, workout: Workout, **said: Any) -> str:
    """Make a link; its path."""
    answer = await person.json("POST", f"/workouts/{workout.uuid}/share", said)
    assert answer.status_code == 201
    url: str = (await answer.get_json())["url"]
    assert url.startswith("http://localhost/s/")
    return url.removeprefix("http://localhost")


async def visit(app: Quart, path: str, accept: str = "text/html") -> Any:
    """What somebody without an account gets."""
    return await app.test_client().get(path, headers={"Accept": accept})


# --- as a text


async def test_a_workout_is_told_as_a_text(ann: Person) -> None:
    workout = await done(ann)
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}/share")).get_json()
    assert data["url"] is None and data["has_notes"] is False
    lines = data["text"].splitlines()
    assert lines[:2] == ["Push <day>", "Monday 2 March 2026"]
    assert lines[2] == "46 min, 1 set, 913 kg"
    assert lines[3:] == ["", "Squat", "W. 40 kg × 10", "1. 182.5 kg × 5 (personal best)"]
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share"))
    assert "1. 182.5 kg × 5 (personal best)" in page and "Push &lt;day&gt;" in page
    assert SECRET not in page


async def test_notes_are_told_when_they_are_asked_for(ann: Person) -> None:
    workout = await done(ann)
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}/share?notes=1")).get_json()
    assert data["text"].count(SECRET) == 2
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share?notes=1"))
    assert SECRET in page and '<input type="hidden" name="notes" value="1">' in page


# --- by a link


async def test_nothing_is_shared_until_the_person_makes_a_link(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    for path in (f"/s/{workout.uuid}", f"/s/{workout.id}", "/s/None", "/s/w", "/s/%00", "/s/"):
        assert (await visit(app, path)).status_code == 404, path
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share"))
    assert "Make a link" in page and "Nobody sees this workout" in page and "/s/" not in page


async def test_whoever_has_the_link_sees_what_was_done_and_nothing_else(
    app: Quart, ann: Person
) -> None:
    workout = await done(ann)
    path = await share(ann, workout)
    answer = await visit(app, path)
    page = await text(answer)
    assert "182.5 kg × 5" in page and "Push &lt;day&gt;" in page and "Monday 2 March 2026" in page
    assert "Heaviest" in page and "18:00" not in page and "beats" not in page
    for private in (SECRET, "ann", "Ann", "example.org", "Awful", str(ann.user.uuid), "/exercises"):
        assert private not in page, private
    assert "noindex" in answer.headers["X-Robots-Tag"] and 'name="robots"' in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


async def test_programs_are_told_the_same_and_no_more(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    answer = await visit(app, await share(ann, workout), "application/json")
    data = await answer.get_json()
    assert (data["name"], data["local_date"]) == ("Push <day>", "2026-03-02")
    assert (data["set_count"], data["volume"], data["weight_unit"]) == (1, 912.5, "kg")
    (exercise,) = data["exercises"]
    assert [each["reps"] for each in exercise["sets"]] == [10, 5]
    assert data["personal_bests"][0] == {
        "kind": "heaviest",
        "exercise_name": "Squat",
        "value": 182.5,
    }
    told = await answer.get_data(as_text=True)
    assert SECRET not in told and str(workout.uuid) not in told and '"id"' not in told


async def test_notes_go_along_only_when_the_person_says_so(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    path = await share(ann, workout, notes=True)
    page = await text(await visit(app, path))
    assert page.count(SECRET) == 3  # of the workout, the exercise and the set; never the place
    told = await (await visit(app, path, "application/json")).get_data(as_text=True)
    assert told.count(SECRET) == 3
    other = path.replace("/s/n", "/s/w")
    assert other != path and (await visit(app, other)).status_code == 404


async def test_the_same_link_stays_until_it_tells_something_else(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    first = await share(ann, workout)
    assert await share(ann, workout) == first
    second = await share(ann, workout, notes=True)
    assert (await visit(app, first)).status_code == 404
    assert (await visit(app, second)).status_code == 200
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share"))
    assert "The link you have shows the workout with your notes" in page
    assert second not in page
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share?notes=1"))
    assert second in page and "Stop sharing" in page


async def test_a_plain_form_makes_the_link_and_ends_it_at_once(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    url = f"/workouts/{workout.uuid}"
    answer = await ann.page("POST", f"{url}/share", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{url}/share")
    page = await text(await ann.page("GET", f"{url}/share"))
    found = re.search(r'value="http://localhost(/s/[^"]+)"', page)
    assert found is not None and (await visit(app, found[1])).status_code == 200
    answer = await ann.page("POST", f"{url}/unshare", {})
    assert answer.status_code == 303 and (await visit(app, found[1])).status_code == 404
    assert "The link is gone" in await text(await ann.page("GET", f"{url}/share"))
    assert (await ann.json("POST", f"{url}/unshare")).status_code == 204
    assert await share(ann, workout) != found[1]


async def test_no_two_links_are_alike_and_none_can_be_guessed(ann: Person) -> None:
    workouts = await trained(ann, 3)
    keys = [(await share(ann, each)).removeprefix("/s/") for each in workouts]
    assert len(set(keys)) == 3 and all(len(each) == 33 for each in keys)
    assert all(str(each.id) not in ("", key) for each, key in zip(workouts, keys, strict=True))


async def test_what_is_deleted_or_whose_owner_is_gone_is_shared_no_more(
    app: Quart, ann: Person
) -> None:
    workout = await done(ann)
    path = await share(ann, workout)
    await ann.json("POST", f"/workouts/{workout.uuid}/delete")
    assert (await visit(app, path)).status_code == 404
    await Workout.filter(id=workout.id).update(deleted_at=None)
    assert (await visit(app, path)).status_code == 200
    await User.filter(id=ann.user.id).update(is_active=False)
    assert (await visit(app, path)).status_code == 404


async def test_a_workout_in_progress_is_shared_when_it_has_ended(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    path = await share(ann, workout)
    await Workout.filter(id=workout.id).update(status="in_progress", ended_at=None)
    assert (await visit(app, path)).status_code == 404
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/share", {})
    assert answer.status_code == 409
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/share"))
    assert "Still in progress" in page and "Make a link" not in page


async def test_changes_are_seen_by_whoever_has_the_link(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    path = await share(ann, workout)
    await ann.json("POST", f"/workouts/{workout.uuid}/edit", {"name": "Legs"})
    assert "Legs" in await text(await visit(app, path))


@pytest.mark.parametrize("said", [{"notes": "maybe"}, {"notes": 7}, {"notes": []}])
async def test_a_wrong_wish_shares_nothing(ann: Person, said: Any) -> None:
    workout = await done(ann)
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/share", said)
    assert answer.status_code == 400
    assert (await Workout.get(id=workout.id)).share_key is None


# --- ann and bob


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "share"), ("POST", "share"), ("POST", "unshare")]
)
async def test_bob_can_neither_make_nor_see_nor_end_anns_link(
    app: Quart, ann: Person, bob: Person, method: str, path: str
) -> None:
    workout = await done(ann)
    link = await share(ann, workout)
    answer = await bob.json(method, f"/workouts/{workout.uuid}/{path}")
    assert answer.status_code == 404 and link not in await answer.get_data(as_text=True)
    assert (await bob.page(method, f"/workouts/{workout.uuid}/{path}", {})).status_code == 404
    assert (await ann.json(method, f"/workouts/{uuid4()}/{path}")).status_code == 404
    assert (await visit(app, link)).status_code == 200
    assert f"/s/{(await Workout.get(id=workout.id)).share_key}" == link


async def test_a_visitor_is_not_looked_up_and_costs_four_statements(
    app: Quart, ann: Person, bob: Person
) -> None:
    workout = await done(ann)
    path = await share(ann, workout)
    with counted() as statements:
        page = await text(await bob.page("GET", path))
    assert len(statements) <= 5 and "Main" not in page
    bad = {**PROGRAM, "Authorization": "Bearer nobody"}
    assert (await app.test_client().get(path, headers=bad)).status_code == 200


async def test_a_shared_workout_is_told_in_its_owners_units(app: Quart, ann: Person) -> None:
    workout = await done(ann)
    await User.filter(id=ann.user.id).update(weight_unit="lb", timezone="Pacific/Kiritimati")
    late = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    await Workout.filter(id=workout.id).update(started_at=late, ended_at=late)
    page = await text(await visit(app, await share(ann, workout)))
    assert "Tuesday 3 March 2026" in page and "2,012 <small>lb</small>" in page
