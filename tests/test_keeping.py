"""What changed in a workout is written back to its routine only when wished."""

from decimal import Decimal

from tests.support.gym import (
    classic,
    exercise,
    item,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import (
    Routine,
    RoutineItem,
    Workout,
)  # fmt: skip


async def act(person: Person, path: str, **form: str) -> str:
    answer = await person.htmx("POST", f"/session/{path}", form)
    assert answer.status_code == 200, await text(answer)
    return await text(answer)


async def uuid_of(slug: str) -> str:
    return str((await exercise(slug)).uuid)


async def test_what_changed_is_kept_in_the_routine_when_wished(ann: Person) -> None:
    plan = await classic(ann)
    await start(ann, plan)
    card = await item(ann)
    assert "Keep in the routine" not in await text(await ann.page("GET", "/session"))
    await act(ann, f"items/{card}/sets")
    await act(ann, f"items/{card}/edit", note="Belt", rest="240")
    page = await text(await tap(ann, (await sets(ann))[0]["id"], weight="85", reps="5"))
    assert "Keep in the routine" in page
    before = await RoutineItem.filter(routine=plan).order_by("position").first()
    assert before is not None and before.sets == 3 and not before.note
    page = await act(ann, f"items/{card}/keep")
    assert "Keep in the routine" not in page and "Kept in the routine" in page
    kept = await RoutineItem.get(id=before.id)
    assert (kept.sets, kept.note, kept.rest_seconds) == (4, "Belt", 240)
    assert (kept.weight, kept.weight_unit, kept.reps_min) == (Decimal("85"), "kg", 5)
    others = await RoutineItem.filter(routine=plan).exclude(id=before.id).order_by("position")
    assert [(each.sets, each.rest_seconds) for each in others] == [(3, 120), (2, 0)]


async def test_an_added_exercise_is_kept_as_a_new_line(ann: Person) -> None:
    plan = await classic(ann)
    await start(ann, plan)
    page = await act(ann, "items", exercise=await uuid_of("pull-up"), uuid=str(uuid7()))
    assert page.count("Keep in the routine") == 1
    card = await item(ann, 3)
    for _ in range(2):
        await act(ann, f"items/{card}/keep")
    lines = await RoutineItem.filter(routine=plan).order_by("position")
    assert [each.exercise_name for each in lines][3:] == ["Pull Up"]
    assert lines[3].sets == 3


async def test_a_kept_line_has_the_uuid_it_was_given(ann: Person, bob: Person) -> None:
    plan, line = await classic(ann), uuid7()
    await start(ann, plan)
    await act(ann, "items", exercise=await uuid_of("pull-up"))
    await act(ann, f"items/{await item(ann, 3)}/keep", uuid=str(line))
    assert (await RoutineItem.get(uuid=line)).routine_id == plan.id  # type: ignore[attr-defined]
    await act(ann, "items", exercise=await uuid_of("plank"))
    again = f"/session/items/{await item(ann, 4)}/keep"
    assert (await ann.htmx("POST", again, {"uuid": str(line)})).status_code == 409
    assert (await bob.htmx("POST", again, {"uuid": str(line)})).status_code == 404
    assert await RoutineItem.filter(routine=plan).count() == 4


async def test_only_a_workout_from_a_routine_can_keep(ann: Person) -> None:
    await start(ann)
    page = await act(ann, "items", exercise=await uuid_of("pull-up"))
    assert "Keep in the routine" not in page
    path = f"/session/items/{await item(ann)}/keep"
    assert (await ann.htmx("POST", path, {})).status_code == 409
    plan = await classic(ann)
    await ann.page("POST", "/session/discard", {})
    await start(ann, plan)
    await Routine.filter(id=plan.id).update(deleted_at=(await Workout.first()).started_at)  # type: ignore[union-attr]
    path = f"/session/items/{await item(ann)}/keep"
    assert (await ann.htmx("POST", path, {})).status_code == 409
