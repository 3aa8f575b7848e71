"""How an exercise is done: note, rest and unit, plates, warm-ups, supersets, timed rests."""

from tests.support.gym import (
    JSON,
    classic,
    exercise,
    item,
    routine,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.models import (
    ExerciseSetting,
    User,
    Workout,
    WorkoutItem,
    WorkoutSet,
)  # fmt: skip


async def act(person: Person, path: str, **form: str) -> str:
    answer = await person.htmx("POST", f"/session/{path}", form)
    assert answer.status_code == 200, await text(answer)
    return await text(answer)


async def uuid_of(slug: str) -> str:
    return str((await exercise(slug)).uuid)


async def test_note_rest_and_unit_belong_to_the_exercise(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    page = await act(ann, f"items/{card}/edit", note="Belt", rest="0", unit="lb")
    assert "Belt" in page
    found = await WorkoutItem.get(uuid=card)
    assert (found.note, found.rest_seconds) == ("Belt", 0)
    liked = await ExerciseSetting.get(user=ann.user, exercise=await exercise("squat-barbell"))
    assert (liked.weight_unit, liked.rest_seconds) == ("lb", 0)
    await act(ann, f"items/{card}/edit", note="")
    await found.refresh_from_db()
    assert not found.note and found.rest_seconds == 0
    form = await text(await ann.htmx("GET", f"/session/items/{card}/edit"))
    assert 'value="0" checked' in form and 'value="lb" checked' in form
    for wrong in ({"rest": "-5"}, {"rest": "1000000"}, {"unit": "st"}, {"note": "x" * 3000}):
        answer = await ann.htmx("POST", f"/session/items/{card}/edit", wrong)
        assert answer.status_code == 400


async def test_the_next_workout_remembers_rest_and_unit(ann: Person) -> None:
    await start(ann)
    await act(ann, "items", exercise=await uuid_of("squat-barbell"))
    assert (await WorkoutItem.get()).rest_seconds == 180
    await act(ann, f"items/{await item(ann)}/edit", rest="90")
    await ann.page("POST", "/session/discard", {})
    await start(ann)
    await act(ann, "items", exercise=await uuid_of("squat-barbell"))
    assert (await WorkoutItem.all().order_by("-id").first()).rest_seconds == 90  # type: ignore[union-attr]


async def test_a_superset_goes_round_and_round(ann: Person) -> None:
    plan = await routine(
        ann,
        {"slug": "bicep-curl-dumbbell", "sets": 2, "reps_min": 8, "superset": 1, "rest_seconds": 0},
        {"slug": "plank", "sets": 2, "duration_seconds": 30, "superset": 1, "rest_seconds": 60},
    )  # fmt: skip
    await start(ann, plan)
    curl, plank = await item(ann), await item(ann, 1)
    page = await text(await ann.page("GET", "/session"))
    assert page.count('title="Superset A"') == 2
    order = [(0, 0, plank), (1, 0, curl), (0, 1, plank)]
    for number, place, following in order:
        page = await text(await tap(ann, (await sets(ann, number))[place]["id"], weight="12"))
        assert f'id="fold-{following}" open>' in page


async def test_a_timed_rest_is_started_from_its_card(ann: Person) -> None:
    plan = await routine(
        ann, {"slug": "plank", "sets": 1}, {"kind": "rest", "duration_seconds": 150}
    )
    await start(ann, plan)
    card = await item(ann, 1)
    page = await act(ann, f"items/{card}/rest")
    assert "Done" in page and "2:30" in page
    workout = await Workout.get()
    assert workout.rest_ends_at is not None and workout.rest_started_at is not None
    assert (workout.rest_ends_at - workout.rest_started_at).total_seconds() == 150
    other = await item(ann)
    assert (await ann.htmx("POST", f"/session/items/{other}/rest", {})).status_code == 409
    assert (await ann.htmx("POST", f"/session/items/{card}/swap",
                           {"exercise": await uuid_of("plank")})).status_code == 409  # fmt: skip


async def test_plates_come_from_what_the_person_owns(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    page = await text(await ann.htmx("GET", f"/session/items/{card}/plates"))
    assert "Each side: 25 + 5 kg" in page and 'value="20" checked' in page
    page = await text(await ann.htmx("GET", f"/session/items/{card}/plates?weight=83&bar=15"))
    assert "Your plates reach 82.5 kg, not 83" in page or "reach 85" in page
    await User.filter(id=ann.user.id).update(plates={"kg": {"15": 4}}, bars={"kg": ["20"]})
    page = await text(await ann.page("GET", f"/session/items/{card}/plates?weight=80"))
    assert "<html" in page and "Each side: 15 + 15 kg" in page
    said = await (await ann.json("GET", f"/session/items/{card}/plates", **JSON)).get_json()
    assert said == {"weight": 80, "bar": 20, "side": [15, 15], "total": 80, "unit": "kg"}
    for wrong in ("weight=x", "weight=-1", "weight=99999", "bar=NaN"):
        answer = await ann.htmx("GET", f"/session/items/{card}/plates?{wrong}")
        assert answer.status_code == 400


async def test_warm_up_sets_are_put_before_the_working_sets(ann: Person) -> None:
    await start(ann, await classic(ann))
    card = await item(ann)
    offer = await text(await ann.htmx("GET", f"/session/items/{card}/warmup"))
    assert "Towards 80 kg" in offer and "Add 4 warm-up sets" in offer and "20 kg × 10" in offer
    for _ in range(2):
        await act(ann, f"items/{card}/warmup")
    found = await sets(ann)
    assert [each["set_type"] for each in found] == ["warm_up"] * 4 + ["working"] * 3
    assert [each["set_number"] for each in found] == list(range(1, 8))
    page = await text(await tap(ann, found[0]["id"]))
    assert "Undo Warm-up 1, 20 kg × 10" in page
    await act(ann, f"items/{card}/warmup")
    assert (await sets(ann))[0]["id"] == found[0]["id"]


async def test_no_warm_up_without_a_weight_to_go_towards(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 1}))
    card = await item(ann)
    assert "/warmup" not in await text(await ann.page("GET", "/session"))
    assert (await ann.htmx("POST", f"/session/items/{card}/warmup", {})).status_code == 409
    assert (await ann.htmx("GET", f"/session/items/{card}/warmup")).status_code == 200


async def test_sets_that_wait_are_offered_in_the_unit_chosen(ann: Person) -> None:
    await start(ann, await classic(ann))
    card, (done, waiting) = await item(ann), [each["id"] for each in (await sets(ann))[:2]]
    await tap(ann, done, weight="100", reps="5")
    await act(ann, f"sets/{waiting}/edit", weight="100")
    page = await act(ann, f"items/{card}/edit", unit="lb")
    assert 'name="weight" value="220.5"' in page and 'name="weight" value="100"' in page
    found = {str(s.uuid): (str(s.weight), s.weight_unit) for s in await WorkoutSet.all()}
    assert (found[done], found[waiting]) == (("100", "kg"), ("220.5", "lb"))
