"""The list of the history says what it would say if it were made anew."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.history import train
from tests.support.remembering import nothing_known
from tests.support.statements import counted
from tests.support.world import Person, caller
from webapp import history_page
from webapp.history.narrowing import Asked
from webapp.models import Exercise, User, Workout, WorkoutSet

PATHS = ("/workouts", "/workouts?q=body&sort=volume")


async def text(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200
    return str(await answer.get_data(as_text=True))


async def anew(person: Person, path: str) -> str:
    with nothing_known():
        return await text(person, path)


async def _more(ann: Person) -> None:
    await train(ann.user, 1)


async def _unit(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")


async def _zone(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="Pacific/Kiritimati")


async def _name(ann: Person) -> None:
    await Workout.filter(user=ann.user).update(name="A body made anew")


async def _lifted(ann: Person) -> None:
    await WorkoutSet.filter(user=ann.user).update(weight="200", weight_grams=200_000)


async def _gone(ann: Person) -> None:
    await Workout.filter(user=ann.user).limit(1).delete()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("change", [_more, _unit, _zone, _name, _lifted, _gone])
async def test_a_change_is_on_the_page_at_once(
    ann: Person, path: str, change: Callable[[Person], Any]
) -> None:
    await train(ann.user, 4, exercises=2, sets=2)
    before = await text(ann, path)
    await change(ann)
    after = await text(ann, path)
    assert after != before
    assert after == await anew(ann, path)


@pytest.mark.parametrize("path", PATHS)
async def test_a_list_is_made_once_for_each_person(ann: Person, bob: Person, path: str) -> None:
    await train(ann.user, 2)
    first = await text(ann, path)
    await train(bob.user, 1)
    with counted() as statements:
        assert await text(ann, path) == first
    assert len(statements) == 1
    assert (await text(bob, path)).count('class="row"') == 1 != first.count('class="row"')


async def test_what_a_filter_is_called_changes_with_its_exercise(ann: Person) -> None:
    await train(ann.user, 1)
    exercise = await Exercise.filter(user=ann.user).first()
    path = f"/workouts?exercise={exercise.uuid}"  # type: ignore[union-attr]
    await text(ann, path)
    await Exercise.filter(user=ann.user).update(name="Zercher squat")
    assert "Zercher squat" in await text(ann, path)


async def test_a_new_year_is_another_list(ann: Person) -> None:
    await train(ann.user, 1)
    me = caller(ann)
    years = (2026, 2026, 2027)
    async with ann.app.app_context():
        made = [await history_page.shown(me.user_id, me, Asked(), year, False) for year in years]
    assert made[0] is made[1]
    assert made[2] is not made[1]
