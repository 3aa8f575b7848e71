"""The system's exercises: loaded once, found by their words."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support.statements import counted
from tests.support.world import Person
from webapp import catalogue
from webapp.models import Exercise, ExerciseSetting, Workout, WorkoutItem, WorkoutSet
from webapp.models.library import one, recent, search, search_text
from webapp.models.users import User


def names(rows: Sequence[Any]) -> list[str]:
    return [each["name"] for each in rows]


async def own(user: User, name: str, **more: Any) -> Exercise:
    text = search_text(name, [])
    return await Exercise.create(
        user=user, name=name, name_key=name.casefold(), search_text=text, **more
    )


async def test_every_database_has_the_whole_catalogue(app: Quart) -> None:
    assert await Exercise.filter(slug__isnull=False).count() == len(catalogue.entries()) >= 200
    squat = await Exercise.get(slug="squat-barbell")
    assert (squat.name, squat.measure, squat.load) == ("Squat (Barbell)", "reps", "external")
    assert str(squat.increment_kg) == "2.5"


async def test_loading_again_costs_one_statement_and_changes_nothing(app: Quart) -> None:
    with counted() as statements:
        assert await catalogue.load_catalogue() == (0, 0)
    assert len(statements) == 1


async def test_loading_brings_back_what_is_missing_and_mends_what_differs(app: Quart) -> None:
    before = await Exercise.get(slug="squat-barbell")
    await Exercise.filter(slug="plank").delete()
    await Exercise.filter(slug="squat-barbell").update(name="Kniebeuge", aliases=[])
    assert await catalogue.load_catalogue() == (1, 1)
    after = await Exercise.get(slug="squat-barbell")
    assert (after.id, after.uuid, after.name) == (before.id, before.uuid, "Squat (Barbell)")
    assert await Exercise.filter(slug="plank").count() == 1
    assert await catalogue.load_catalogue() == (0, 0)


async def test_what_an_admin_edited_and_what_a_person_owns_stay(ann: Person) -> None:
    await Exercise.filter(slug="plank").update(name="Front plank", updated_by_id=ann.user.id)
    await own(ann.user, "Squat (Barbell)")
    assert await catalogue.load_catalogue() == (0, 0)
    assert (await Exercise.get(slug="plank")).name == "Front plank"
    assert await Exercise.filter(name="Squat (Barbell)").count() == 2


async def test_two_that_load_at_once_make_every_exercise_once(app: Quart) -> None:
    await Exercise.all().delete()
    await asyncio.gather(*(catalogue.load_catalogue() for _ in range(3)))
    assert await Exercise.all().count() == len(catalogue.entries())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("squat barbell", "Squat (Barbell)"),
        ("barbell squat", "Squat (Barbell)"),
        ("SQUAT (BARB", "Squat (Barbell)"),
        ("back squat", "Squat (Barbell)"),
        ("pushup", "Push Up"),
        ("push-ups", "Push Up"),
        ("Bench press (bar", "Bench Press (Barbell)"),
        ("curl", "Bicep Curl (Dumbbell)"),
        ("ohp", "Overhead Press (Barbell)"),
        ("RDL", "Romanian Deadlift (Barbell)"),
        ("bb row", "Bent Over Row (Barbell)"),
        ("db bench", "Bench Press (Dumbbell)"),
        ("benchpress", "Bench Press (Barbell)"),
        ("lat pull down", "Lat Pulldown (Cable)"),
        ("skull crusher", "Skullcrusher (Barbell)"),
    ],
)
async def test_words_find_an_exercise_by_its_name_and_aliases(
    ann: Person, text: str, first: str
) -> None:
    assert names(await search(ann.user.id, text))[:1] == [first]


async def test_all_words_must_match_and_marks_of_sql_are_only_text(ann: Person) -> None:
    assert names(await search(ann.user.id, "squat banana")) == []
    assert names(await search(ann.user.id, "100% _ ' \\ zzz")) == []
    assert len(await search(ann.user.id, "%_'\\")) == 50
    assert names(await search(ann.user.id, "squat " * 500)) != []


async def test_a_search_can_be_narrowed_to_a_muscle_an_implement_and_ones_own(ann: Person) -> None:
    mine = await own(ann.user, "Chest squeeze", muscle_group="chest", implement="Plate")
    chest = await search(ann.user.id, muscle="chest", limit=600)
    assert {each["muscle_group"] for each in chest} == {"chest"}
    bands = await search(ann.user.id, implement="Band", limit=600)
    assert {each["implement"] for each in bands} == {"Band"}
    assert names(await search(ann.user.id, mine=True)) == [mine.name]
    assert mine.name not in names(await search(ann.user.id, mine=False, limit=600))
    pages = [await search(ann.user.id, limit=300, offset=n) for n in (0, 300)]
    assert len({each["id"] for page in pages for each in page}) == len(catalogue.entries()) + 1


async def test_ones_own_come_first_among_equals_and_nobody_elses_at_all(
    ann: Person, bob: Person
) -> None:
    await own(ann.user, "Squat (Barbell)")
    await own(bob.user, "Squat of bob")
    found = await search(ann.user.id, "squat barbell")
    assert (found[0]["user_id"], found[1]["user_id"]) == (ann.user.id, None)
    assert "Squat of bob" not in names(await search(ann.user.id, "squat of bob"))


async def test_hidden_archived_and_merged_ones_are_not_offered(ann: Person) -> None:
    target = await own(ann.user, "Zercher carry")
    merged = await own(ann.user, "Zercher walk", merged_into=target)
    archived = await own(ann.user, "Zercher run", archived_at=ann.user.created_at)
    hidden = await Exercise.get(slug="zercher-squat-barbell")
    await ExerciseSetting.create(user=ann.user, exercise=hidden, is_hidden=True)
    assert names(await search(ann.user.id, "zercher")) == ["Zercher carry"]
    for each in (archived, merged):
        found = await one(ann.user.id, each.uuid)
        assert found is not None
        assert found["name"] == each.name


async def logged(user: User, exercise: Exercise, **more: Any) -> WorkoutSet:
    """A set that the person has done."""
    now = datetime.now(UTC)
    workout = await Workout.create(
        user=user, name="A", started_at=now, local_date=now.date(), **more.pop("workout", {})
    )
    item = await WorkoutItem.create(user=user, workout=workout, position=0, exercise=exercise)
    said = {"completed_at": now, "position": 0, "reps": 5, "weight": "60", "weight_unit": "kg"}
    return await WorkoutSet.create(
        user=user, workout=workout, item=item, exercise=exercise, **{**said, **more}
    )


async def test_what_a_person_did_last_leads_with_its_numbers(ann: Person, bob: Person) -> None:
    squat = await Exercise.get(slug="squat-barbell")
    plank = await Exercise.get(slug="plank")
    earlier = datetime.now(UTC) - timedelta(days=3)
    await logged(ann.user, squat, completed_at=earlier, weight="82.5", reps=8)
    await logged(ann.user, squat, completed_at=earlier, set_type="warm_up", weight="40")
    await logged(ann.user, plank, weight=None, reps=None, duration_seconds="60")
    assert names(await search(ann.user.id, limit=2)) == ["Plank", "Squat (Barbell)"]
    last = (await recent(ann.user.id))[1]
    assert (last["last_weight"], last["last_weight_unit"], last["last_reps"]) == ("82.5", "kg", 8)
    assert names(await recent(ann.user.id, 1)) == ["Plank"]
    assert list(await recent(bob.user.id)) == []
    assert (await search(bob.user.id, "squat barbell"))[0]["last_weight"] is None


async def test_numbers_of_a_deleted_workout_are_not_shown_as_the_last(ann: Person) -> None:
    squat = await Exercise.get(slug="squat-barbell")
    await logged(ann.user, squat, workout={"deleted_at": datetime.now(UTC)})
    assert (await search(ann.user.id, "squat barbell"))[0]["last_weight"] is None
