"""Exercises of the workout in progress: add, swap, move, remove, tune, keep in the routine."""

import re
from typing import Any

import pytest

from tests.support.gym import (
    JSON,
    classic,
    did,
    exercise,
    item,
    nowhere,
    seen,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import (
    Exercise,
    RoutineItem,
    WorkoutItem,
    WorkoutSet,
)  # fmt: skip


async def names(person: Person) -> list[str]:
    return [each["exercise_name"].partition(" (")[0] for each in (await seen(person))["exercises"]]


async def act(person: Person, path: str, **form: str) -> str:
    answer = await person.htmx("POST", f"/session/{path}", form)
    assert answer.status_code == 200, await text(answer)
    return await text(answer)


async def uuid_of(slug: str) -> str:
    return str((await exercise(slug)).uuid)


async def test_an_exercise_is_added_with_as_many_sets_as_last_time(ann: Person) -> None:
    await did(ann, "deadlift-barbell", ("100", 5), ("110", 3))
    await start(ann, await classic(ann))
    form = {"exercise": await uuid_of("deadlift-barbell"), "uuid": str(uuid7())}
    for _ in range(2):
        page = await act(ann, "items", **form)
    assert await names(ann) == ["Squat", "Bench Press", "Plank", "Deadlift"]
    assert await item(ann, 3) == form["uuid"] and len(await sets(ann, 3)) == 2
    assert "last 110 × 3" in page and f'id="fold-{form["uuid"]}" open>' in page
    answer = await ann.page("POST", "/session/items", {"exercise": await uuid_of("pull-up")})
    assert answer.status_code == 303
    assert len(await sets(ann, 4)) == 3


async def test_an_exercise_can_only_be_added_to_a_workout(ann: Person, bob: Person) -> None:
    form = {"exercise": await uuid_of("deadlift-barbell")}
    assert (await ann.htmx("POST", "/session/items", form)).status_code == 404
    assert (await ann.htmx("GET", "/session/add")).status_code == 404
    await start(ann)
    for exercise_uuid in (str(nowhere()),):
        answer = await ann.htmx("POST", "/session/items", {"exercise": exercise_uuid})
        assert answer.status_code == 404
    for wrong in ({}, {"exercise": "12"}, {"exercise": ""}):
        assert (await ann.htmx("POST", "/session/items", wrong)).status_code == 400
    await start(bob)
    mine = str(uuid7())
    await act(ann, "items", **form, uuid=mine)
    theirs = {**form, "uuid": mine}
    assert (await bob.htmx("POST", "/session/items", theirs)).status_code == 200  # bob's own UUIDs
    assert (await names(ann), await names(bob)) == (["Deadlift"], ["Deadlift"])


async def test_a_swap_before_the_first_set_keeps_the_sets_planned(ann: Person) -> None:
    await did(ann, "leg-press-machine", ("140", 10))
    plan = await classic(ann)
    await start(ann, plan)
    card = await item(ann)
    uuids = [each["id"] for each in await sets(ann)]
    page = await act(ann, f"items/{card}/swap", exercise=await uuid_of("leg-press-machine"))
    assert "last 140 × 10" in page and "Keep in the routine" in page
    assert (await names(ann))[0] == "Leg Press"
    assert [each["id"] for each in await sets(ann)] == uuids
    stored = await WorkoutSet.filter(uuid=uuids[0]).first()
    assert stored is not None and not stored.planned_weight and stored.planned_reps == 5
    leg_press = await exercise("leg-press-machine")
    assert stored.exercise_id == leg_press.id  # type: ignore[attr-defined]
    found = await WorkoutItem.get(uuid=card)
    assert (found.implement, found.muscle_group) == (leg_press.implement, "legs")
    assert await RoutineItem.filter(routine=plan, exercise=leg_press).count() == 0


async def test_a_swap_after_a_set_keeps_what_was_logged(ann: Person) -> None:
    await start(ann, await classic(ann))
    card, new = await item(ann), str(uuid7())
    await tap(ann, (await sets(ann))[0]["id"], weight="80", reps="5")
    form = {"exercise": await uuid_of("leg-press-machine"), "uuid": new}
    for _ in range(2):
        page = await act(ann, f"items/{card}/swap", **form)
    assert await names(ann) == ["Squat", "Leg Press", "Bench Press", "Plank"]
    assert [len(await sets(ann, n)) for n in (0, 1)] == [1, 2]
    assert (await sets(ann))[0]["completed_at"] and await item(ann, 1) == new
    assert page.count("Keep in the routine") == 1
    await act(ann, f"items/{new}/keep")
    kept = await RoutineItem.filter(user=ann.user).order_by("position").first()
    assert kept is not None and kept.exercise_name == "Leg Press (Machine)"


async def test_swapping_for_the_same_exercise_changes_nothing(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    await act(ann, f"items/{card}/swap", exercise=await uuid_of("squat-barbell"))
    assert len(await names(ann)) == 3 and len(await sets(ann)) == 3


async def test_the_picker_offers_recent_ones_first_and_searches(ann: Person) -> None:
    await did(ann, "leg-press-machine", ("140", 10))
    await start(ann, await classic(ann))
    card = await item(ann)
    page = await text(await ann.page("GET", f"/session/items/{card}/swap"))
    assert "<html" in page and "Swap Squat" in page and "140 kg × 10" in page
    part = await text(await ann.htmx("GET", "/session/add?q=front+squat"))
    assert "<html" not in part and "Front Squat" in part and "Recent" not in part
    listed = await text(
        await ann.htmx("GET", "/session/add?q=zzzz&muscle=", HX_Target="form#picker-list")
    )
    assert listed.startswith('<form id="picker-list"') and "Nothing is called" in listed
    found = await (await ann.json("GET", "/session/add?q=front+squat", **JSON)).get_json()
    assert found["exercises"][0]["name"].startswith("Front Squat")
    assert (await ann.htmx("GET", "/session/add?q=" + "x" * 2000)).status_code == 400


async def test_swapping_offers_the_same_muscle_then_recent_ones_then_all(
    ann: Person, bob: Person
) -> None:
    own: Any = {"name": "Anns Own", "name_key": "anns own", "primary_muscles": ["quads"]}
    await Exercise.create(user=ann.user, muscle_group="legs", **own)
    await did(ann, "bench-press-barbell", ("80", 5))
    await did(ann, "leg-press-machine", ("140", 10))
    for person in (ann, bob):
        await start(person, await classic(person))
    path = f"/session/items/{await item(ann)}/swap"
    page = await text(await ann.htmx("GET", path))
    groups = re.split(r'<h2 class="group">(.+?)</h2>', page)
    assert groups[1::2] == ["Same muscle", "Recent", "All exercises"]
    same, recent, others = (re.findall(r"<strong>(.+?)</strong>", each) for each in groups[2::2])
    assert same[:2] == ["Leg Press (Machine)", "Anns Own"] and len(same) > 10
    assert set(re.findall(r"<small>(\w+) ·", groups[2])) == {"Quads"}
    assert recent == ["Bench Press (Barbell)"]
    assert "Squat (Barbell)" not in same + recent + others
    assert not set(same) & set(others) and len(others) > 40
    foreign = await text(await bob.htmx("GET", f"/session/items/{await item(bob)}/swap"))
    assert "Recent" not in foreign and "Leg Press" in foreign and "Anns Own" not in foreign
    searched = await text(await ann.htmx("GET", f"{path}?q=leg+press"))
    assert "Same muscle" not in searched and "Leg Press (Machine)" in searched
    assert (await bob.htmx("GET", path)).status_code == 404


async def test_items_move_up_and_down_and_stop_at_the_edge(ann: Person) -> None:
    await start(ann, await classic(ann))
    squat, bench, plank = [await item(ann, n) for n in range(3)]
    await act(ann, f"items/{plank}/up")
    assert await names(ann) == ["Squat", "Plank", "Bench Press"]
    await act(ann, f"items/{squat}/down")
    assert await names(ann) == ["Plank", "Squat", "Bench Press"]
    await act(ann, f"items/{plank}/up")
    await act(ann, f"items/{bench}/down")
    assert await names(ann) == ["Plank", "Squat", "Bench Press"]


async def test_a_removed_exercise_comes_back_with_its_sets(ann: Person) -> None:
    await start(ann, await classic(ann))
    card, first = await item(ann), (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5", rpe="9")
    was = await WorkoutSet.get(uuid=first)
    page = await act(ann, f"items/{card}/remove")
    assert f"/session/items/{card}/restore" in page and await names(ann) == ["Bench Press", "Plank"]
    assert not await WorkoutSet.filter(uuid=first).exists()
    for _ in range(2):
        await act(ann, f"items/{card}/restore")
    assert await names(ann) == ["Squat", "Bench Press", "Plank"]
    back = await WorkoutSet.get(uuid=first)
    same = ("completed_at", "weight", "weight_grams", "reps", "rpe", "planned_weight", "position")
    assert [getattr(back, name) for name in same] == [getattr(was, name) for name in same]


async def test_a_removed_exercise_takes_its_place_back_from_one_that_moved_there(
    ann: Person, bob: Person
) -> None:
    await start(ann, await classic(ann))
    bench, plank = [await item(ann, n) for n in (1, 2)]
    await act(ann, f"items/{bench}/remove")
    await act(ann, f"items/{plank}/up")
    assert await names(ann) == ["Plank", "Squat"]
    assert (await bob.htmx("POST", f"/session/items/{bench}/restore")).status_code == 404
    await act(ann, f"items/{bench}/restore")
    assert await names(ann) == ["Plank", "Bench Press", "Squat"]
    places = await WorkoutItem.filter(user=ann.user).order_by("position").values_list("position")
    assert places == [(1,), (2,), (3,)]


async def test_a_removed_set_stays_with_what_was_done_when_the_rest_is_swapped(
    ann: Person, bob: Person
) -> None:
    await start(ann, await classic(ann))
    card, (one, two, _) = await item(ann), [each["id"] for each in await sets(ann)]
    for each in (one, two):
        await tap(ann, each, weight="80", reps="5")
    await ann.htmx("POST", f"/session/sets/{two}/remove", {})
    await act(ann, f"items/{card}/swap", exercise=await uuid_of("leg-press-machine"))
    assert (await bob.htmx("POST", f"/session/sets/{two}/restore", {})).status_code == 404
    await ann.htmx("POST", f"/session/sets/{two}/restore", {})
    assert [each["id"] for each in await sets(ann)] == [one, two]
    assert len(await sets(ann, 1)) == 1


async def test_without_a_script_removing_leaves_a_line_with_undo(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    answer = await ann.page("POST", f"/session/items/{card}/remove", {})
    assert answer.headers["Location"] == "/session"
    assert f'action="/session/items/{card}/restore"' in await text(
        await ann.page("GET", "/session")
    )
    await ann.page("POST", "/session/finish", {})
    assert (await ann.page("POST", f"/session/items/{card}/restore", {})).status_code == 404


async def test_an_ended_workout_is_not_changed_from_here(ann: Person) -> None:
    await start(ann, await classic(ann))
    card, first = await item(ann), (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5")
    await ann.page("POST", "/session/finish", {})
    paths = [f"items/{card}/{verb}" for verb in ("remove", "up", "edit", "sets", "warmup", "keep")]
    for path in [*paths, f"sets/{first}/remove"]:
        answer = await ann.htmx("POST", f"/session/{path}", {"note": "x"})
        assert answer.status_code == 409, path
    found = await WorkoutItem.get(uuid=card)
    assert found.status == "pending" and not found.note
    assert await WorkoutSet.filter(uuid=first).exists() and await WorkoutSet.all().count() == 1


ROUTES = (
    ("POST", "swap"), ("POST", "up"), ("POST", "down"), ("POST", "remove"), ("POST", "restore"),
    ("POST", "keep"), ("POST", "rest"), ("POST", "edit"), ("POST", "warmup"), ("GET", "swap"),
    ("GET", "edit"), ("GET", "plates"), ("GET", "warmup"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "route"), ROUTES)
async def test_bob_cannot_touch_anns_exercises(
    ann: Person, bob: Person, method: str, route: str
) -> None:
    await start(ann, await classic(ann))
    await start(bob, await classic(bob))
    before = await seen(ann)
    form = {"exercise": await uuid_of("pull-up"), "note": "Mine"} if method == "POST" else None
    for uuid in (await item(ann), str(nowhere()), "7"):
        path = f"/session/items/{uuid}/{route}"
        assert (await bob.htmx(method, path, form)).status_code == 404
        assert (await bob.page(method, path, form)).status_code == 404
        assert (await bob.json(method, path, form, **JSON)).status_code == 404
    assert await seen(ann) == before
