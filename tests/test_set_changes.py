"""Sets of a workout in progress: undone, edited, added, removed and taken back."""

from tests.support.gym import (
    classic,
    item,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import WorkoutSet


async def stored(uuid: str) -> WorkoutSet:
    return await WorkoutSet.get(uuid=uuid)


async def test_undo_takes_the_log_back_and_keeps_the_numbers(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    await tap(ann, first, weight="82.5", reps="6")
    page = await text(await ann.htmx("POST", f"/session/sets/{first}/undo", {}))
    assert ">Set 1</span>" in page and 'value="82.5"' in page and "0 of 8 sets" in page
    assert (await stored(first)).completed_at is None
    await tap(ann, first)
    assert str((await stored(first)).weight) == "82.5"


async def test_a_logged_set_is_edited_in_place(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5")
    form = {"reps": "6", "rpe": "8.5", "note": "Deep", "kind": "warmup"}
    page = await text(await ann.htmx("POST", f"/session/sets/{first}/edit", form))
    assert "RPE 8.5" in page and "Deep" in page
    each = await stored(first)
    assert (each.reps, str(each.weight), str(each.rpe)) == (6, "80", "8.5")
    assert (each.notes, each.set_type) == ("Deep", "warm_up") and each.completed_at
    await ann.htmx("POST", f"/session/sets/{first}/edit", {"note": "", "kind": "working"})
    each = await stored(first)
    assert not each.notes and each.set_type == "working"
    sheet = await text(await ann.page("GET", f"/session/sets/{first}"))
    assert "<html" in sheet and "Kind of set" in sheet
    part = await text(await ann.htmx("GET", f"/session/sets/{first}"))
    assert "<html" not in part and "Kind of set" in part


async def test_a_removed_set_comes_back_where_it_was(ann: Person) -> None:
    await start(ann, await classic(ann))
    one, two, three = (each["id"] for each in await sets(ann))
    await tap(ann, two, weight="80", reps="5")
    was = (await stored(two)).completed_at
    page = await text(await ann.htmx("POST", f"/session/sets/{two}/remove", {}))
    assert f"/session/sets/{two}/restore" in page
    assert [s["id"] for s in await sets(ann)] == [one, three]
    assert [s["set_number"] for s in await sets(ann)] == [1, 2]
    for _ in range(2):
        assert (await ann.htmx("POST", f"/session/sets/{two}/restore", {})).status_code == 200
    assert [s["id"] for s in await sets(ann)] == [one, two, three]
    each = await stored(two)
    assert (each.completed_at, str(each.weight), each.position) == (was, "80", 2)


async def test_the_last_set_is_dropped_unless_it_is_logged(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    assert (await ann.htmx("POST", f"/session/items/{card}/sets/drop", {})).status_code == 200
    _, two = (each["id"] for each in await sets(ann))
    await tap(ann, two, weight="80", reps="5")
    assert (await ann.htmx("POST", f"/session/items/{card}/sets/drop", {})).status_code == 409
    assert len(await sets(ann)) == 2


async def test_an_added_set_is_like_the_last_one_and_is_made_once(ann: Person) -> None:
    await start(ann, await classic(ann))
    card, uuid = await item(ann), str(uuid7())
    for _ in range(2):
        page = await text(await ann.htmx("POST", f"/session/items/{card}/sets", {"uuid": uuid}))
        assert "0/4" in page
    found = await sets(ann)
    assert [s["id"] for s in found][3] == uuid and len(found) == 4
    assert (await stored(uuid)).planned_reps == 5
    other = await item(ann, 1)
    first = found[0]["id"]
    assert len(await sets(ann, 1)) == 3
    await ann.htmx("POST", f"/session/items/{other}/sets", {"uuid": first})
    assert len(await sets(ann, 1)) == 3
