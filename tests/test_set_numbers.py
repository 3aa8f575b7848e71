"""Every kind of set has its numbers, in the unit of its scale, within bounds."""

import pytest

from tests.support.gym import (
    JSON,
    classic,
    did,
    exercise,
    routine,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.world import Person
from webapp.models import ExerciseSetting, User, WorkoutSet


async def stored(uuid: str) -> WorkoutSet:
    return await WorkoutSet.get(uuid=uuid)


KINDS = (
    ("pull-up", {"weight": "5", "reps": "6"}, "+5 kg × 6"),
    ("pull-up", {"weight": "", "reps": "6"}, "6 reps"),
    ("pull-up-assisted", {"weight": "20", "reps": "8"}, "−20 kg × 8"),
    ("plank", {"duration": "1:15"}, "1:15"),
    ("rowing-machine", {"distance": "2", "duration": "8:41"}, "2 km in 8:41"),
    ("farmers-walk-dumbbell", {"weight": "24", "distance": "40"}, "24 kg · 40 m"),
    ("face-pull-band", {"reps": "15", "band": "red"}, "Red × 15"),
    ("bicycle-crunch", {"reps": "20"}, "20 reps"),
    ("squat-barbell", {"weight": "", "reps": "10"}, "10 reps"),
    ("squat-barbell", {"weight": "82,5", "reps": "10"}, "82.5 kg × 10"),
)


@pytest.mark.parametrize(("slug", "form", "shown"), KINDS)
async def test_every_kind_of_set_is_logged_in_its_numbers(
    ann: Person, slug: str, form: dict[str, str], shown: str
) -> None:
    await start(ann, await routine(ann, {"slug": slug, "sets": 1}))
    page = await text(await tap(ann, (await sets(ann))[0]["id"], **form))
    assert f'Undo Set 1, {shown}"' in page, page


async def test_weights_are_kept_in_the_unit_of_the_scale(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    squat = await exercise("squat-barbell")
    await ExerciseSetting.create(user=ann.user, exercise=squat, weight_unit="kg")
    plan = await routine(
        ann, {"slug": "squat-barbell", "sets": 1}, {"slug": "bench-press-barbell", "sets": 1}
    )
    await start(ann, plan)
    await tap(ann, (await sets(ann))[0]["id"], weight="100", reps="5")
    await tap(ann, (await sets(ann, 1))[0]["id"], weight="135", reps="5")
    one, two = await WorkoutSet.all().order_by("item_id")
    assert (one.weight_unit, one.weight_grams) == ("kg", 100_000)
    assert (two.weight_unit, two.weight_grams) == ("lb", 61_235)
    assert (await sets(ann))[0]["weight"] == 220.46


async def test_a_weight_of_another_unit_is_offered_on_the_scale_at_hand(ann: Person) -> None:
    await did(ann, "squat-barbell", ("80", 5))
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 1}))
    page = await text(await ann.page("GET", "/session"))
    assert 'value="176.5"' in page and "last 80 kg × 5" in page


WRONG = (
    {"weight": "10001"}, {"weight": "-1"}, {"weight": "NaN"}, {"weight": "1e400"},
    {"weight": "heavy"}, {"reps": "-1"}, {"reps": "1.5"}, {"reps": str(10**30)},
    {"reps": "99999"}, {"duration": "1:xx"}, {"duration": "999999"}, {"distance": "-2"},
    {"rpe": "11"}, {"rpe": "8.3"}, {"band": "x" * 51}, {"note": "x" * 2001},
    {"note": "a\x00b"}, {"kind": "best"}, {"weight_unit": "st"}, {"interval": "-5"},
)  # fmt: skip


@pytest.mark.parametrize("form", WRONG)
async def test_numbers_out_of_bounds_are_refused(ann: Person, form: dict[str, str]) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    for verb in ("log", "edit"):
        answer = await ann.htmx("POST", f"/session/sets/{first}/{verb}", form)
        assert answer.status_code == 400
        assert 'class="notice error"' in await text(answer)
        said = await ann.json("POST", f"/session/sets/{first}/{verb}", form, **JSON)
        assert said.status_code == 400 and (await said.get_json())["fields"]
    assert (await stored(first)).completed_at is None


async def test_a_set_without_its_number_is_refused(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 1}))
    first = (await sets(ann))[0]["id"]
    answer = await tap(ann, first, weight="80", reps="")
    assert answer.status_code == 400 and "Enter the reps first" in await text(answer)
