"""Two exercises become one: everything moves, for this person alone, and all of it comes back."""

from typing import Any

import pytest

from tests.support import gym
from tests.support.everything import owned
from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from tests.test_bests import did, exercise, workout
from webapp.ids import uuid7
from webapp.models import (
    Exercise,
    ExerciseAlias,
    ExerciseMerge,
    ExerciseSetting,
    Routine,
    RoutineItem,
    Workout,
    WorkoutItem,
    WorkoutSet,
)
from webapp.models.library import search_text


async def text(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200, path
    return str(await answer.get_data(as_text=True))


async def merge(person: Person, source: Exercise, target: Exercise, status: int = 200) -> Any:
    body = {"into": str(target.uuid)}
    answer = await person.json("POST", f"/api/exercises/{source.uuid}/merge", body)
    assert answer.status_code == status, await answer.get_data(as_text=True)
    return await answer.get_json()


async def undo(person: Person, source: Exercise, status: int = 200) -> Any:
    answer = await person.json("POST", f"/api/exercises/{source.uuid}/merge/undo")
    assert answer.status_code == status, await answer.get_data(as_text=True)
    return await answer.get_json()


async def planned(person: Person, lift: Exercise, **more: Any) -> RoutineItem:
    routine = await Routine.create(user=person.user, name="Push")
    named: dict[str, Any] = {"exercise": lift, "exercise_name": lift.name, **more}
    return await RoutineItem.create(user=person.user, routine=routine, position=0, **named)


async def rows_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """What the person has, without what only counts changes and without the merges themselves."""
    found = await owned(person)
    found.pop("exercise_merges")
    passing = {"version", "updated_at", "plan"}
    return {
        table: [{k: v for k, v in each.items() if k not in passing} for each in lines]
        for table, lines in found.items()
    }


@pytest.fixture
async def old(ann: Person) -> Exercise:
    """An own exercise with a history, a plan, a setting and an import's name."""
    made = await exercise(
        ann, "Benchy", aliases=["Flat bench"], search_text=search_text("Benchy", ["Flat bench"])
    )
    await did(await workout(ann, 0), made, ("80", 8), ("90", 5))
    await did(await workout(ann, 2), made, ("100", 3))
    await planned(ann, made, note="Feet planted")
    await ExerciseSetting.create(
        user=ann.user, exercise=made, note="Arch", increment="1.25", is_favourite=True
    )
    await ExerciseAlias.create(user=ann.user, exercise=made, name_key="bench (smith)")
    return made


@pytest.fixture
async def kept(ann: Person) -> Exercise:
    made = await exercise(ann, "Bench press", search_text=search_text("Bench press", []))
    await did(await workout(ann, 5), made, ("95", 5))
    await ExerciseSetting.create(user=ann.user, exercise=made, rest_seconds=180, note="Mine")
    return made


async def test_history_routines_and_settings_move_to_the_kept_one(
    ann: Person, bob: Person, old: Exercise, kept: Exercise
) -> None:
    bobs = await rows_of(bob)
    assert (await merge(ann, old, kept))["name"] == "Bench press"
    assert await WorkoutSet.filter(exercise=kept).count() == 4
    assert {each.exercise_name for each in await WorkoutItem.all()} == {"Bench press"}
    assert not await WorkoutItem.filter(exercise=old).exists()
    item = await RoutineItem.get(user=ann.user)
    assert (item.exercise_id, item.exercise_name, item.note) == (  # type: ignore[attr-defined]
        kept.id, "Bench press", "Feet planted",
    )  # fmt: skip
    setting = await ExerciseSetting.get(user=ann.user, exercise=kept)
    said = (setting.rest_seconds, setting.note, str(setting.increment), setting.is_favourite)
    assert said == (180, "Mine", "1.25", True)
    found = await (await ann.json("GET", f"/api/exercises/{kept.uuid}?range=all")).get_json()
    assert [each["top_weight"] for each in found["series"]] == [90, 100, 95]
    assert found["aliases"] == ["Benchy", "Flat bench"]
    assert await rows_of(bob) == bobs


async def test_its_names_find_the_kept_one(ann: Person, old: Exercise, kept: Exercise) -> None:
    await merge(ann, old, kept)
    for words in ("benchy", "flat+bench"):
        found = await (await ann.json("GET", f"/api/exercises?q={words}")).get_json()
        assert found[0]["name"] == "Bench press", words
    keys = {each.name_key: each.exercise_id for each in await ExerciseAlias.all()}  # type: ignore[attr-defined]
    assert keys == dict.fromkeys(["bench (smith)", "benchy", "flat bench"], kept.id)
    page = await text(ann, f"/exercises/{old.uuid}")
    assert "This is part of" in page and f"/exercises/{old.uuid}/merge/undo" in page
    assert "Merged into this" in await text(ann, f"/exercises/{kept.uuid}")


async def test_undoing_leaves_everything_as_it_was(
    ann: Person, old: Exercise, kept: Exercise
) -> None:
    before = await rows_of(ann)
    await merge(ann, old, kept)
    assert await rows_of(ann) != before
    assert (await undo(ann, old))["name"] == "Benchy"
    after = await rows_of(ann)
    for table in before:
        assert after[table] == before[table], table
    assert (await undo(ann, old))["name"] == "Benchy"
    assert await rows_of(ann) == after
    await merge(ann, old, kept)
    await undo(ann, old)
    assert await rows_of(ann) == after


async def test_what_was_done_and_said_since_stays_with_the_kept_one(
    ann: Person, old: Exercise, kept: Exercise
) -> None:
    await merge(ann, old, kept)
    (later,) = await did(await workout(ann, 9), kept, ("110", 1))
    note = {"note": "Newer", "increment": "5"}
    await ann.page("POST", f"/exercises/{kept.uuid}/settings", note)
    first = await WorkoutItem.filter(exercise=kept).order_by("id").first()
    await WorkoutItem.filter(id=first.id).delete()  # type: ignore[union-attr]
    await undo(ann, old)
    assert (await WorkoutSet.get(id=later.id)).exercise_id == kept.id  # type: ignore[attr-defined]
    setting = await ExerciseSetting.get(user=ann.user, exercise=kept)
    assert (setting.note, str(setting.increment), setting.is_favourite) == ("Newer", "5", False)


async def test_a_system_exercise_goes_away_for_this_person_alone(ann: Person, bob: Person) -> None:
    plank, mine = await gym.exercise("plank"), await exercise(ann, "Hold", measure="duration")
    for person in (ann, bob):
        await gym.did(person, "plank", (None, 1))
    system = await Exercise.filter(slug="plank").values()
    await merge(ann, plank, mine)
    assert await Exercise.filter(slug="plank").values() == system
    assert await WorkoutItem.filter(exercise=plank).count() == 1
    found = await (await ann.json("GET", "/api/exercises?q=plank")).get_json()
    names = [each["name"] for each in found]
    assert "Hold" in names and "Plank" not in names
    theirs = await (await bob.json("GET", "/api/exercises?q=plank")).get_json()
    assert theirs[0]["name"] == "Plank"
    assert "This is part of" in await text(ann, f"/exercises/{plank.uuid}")
    assert "This is part of" not in await text(bob, f"/exercises/{plank.uuid}")
    assert (await bob.json("GET", f"/exercises/{mine.uuid}/merge")).status_code == 404
    await undo(ann, plank)
    assert await WorkoutItem.filter(exercise=plank).count() == 2
    found = await (await ann.json("GET", "/api/exercises?q=plank")).get_json()
    assert found[0]["name"] == "Plank"


async def test_a_system_exercise_is_kept_and_then_found_by_the_persons_name(
    ann: Person, bob: Person, old: Exercise
) -> None:
    bench = await gym.exercise("bench-press-barbell")
    await merge(ann, old, bench)
    found = await (await ann.json("GET", "/api/exercises?q=benchy")).get_json()
    assert [each["name"] for each in found] == ["Bench Press (Barbell)"]
    assert await (await bob.json("GET", "/api/exercises?q=benchy")).get_json() == []
    assert (await Exercise.get(id=bench.id)).aliases == bench.aliases


async def test_what_a_set_means_follows_the_kept_one_and_returns(ann: Person) -> None:
    lift = await exercise(ann, "Pulls")  # imported as if its weight were all there is
    await did(await workout(ann, 0), lift, ("10", 8))
    pull_up = await gym.exercise("pull-up")
    page = await text(ann, f"/exercises/{lift.uuid}/merge?into={pull_up.uuid}")
    assert "The weight of a set is" in page and "1 set of 1 workout" in page
    await merge(ann, lift, pull_up)
    item = await WorkoutItem.get(user=ann.user)
    assert (item.load, item.muscle_group, item.implement) == ("bodyweight", "back", "Bodyweight")
    await undo(ann, lift)
    assert (await WorkoutItem.get(user=ann.user)).load == "external"


async def test_a_removed_set_is_taken_back_into_the_kept_one(
    ann: Person, old: Exercise, kept: Exercise
) -> None:
    each = await WorkoutSet.filter(exercise=old).order_by("id").first()
    assert each is not None
    past = await Workout.get(id=each.workout_id)  # type: ignore[attr-defined]
    at = f"/workouts/{past.uuid}/sets/{each.uuid}"
    assert (await ann.page("POST", f"{at}/remove")).status_code == 303
    await merge(ann, old, kept)
    assert (await ann.page("POST", f"{at}/restore")).status_code == 303
    again = await WorkoutSet.get(uuid=each.uuid)
    assert again.exercise_id == kept.id  # type: ignore[attr-defined]
    await ann.page("POST", f"{at}/remove")
    await undo(ann, old)
    await ann.page("POST", f"{at}/restore")
    assert (await WorkoutSet.get(uuid=each.uuid)).exercise_id == old.id  # type: ignore[attr-defined]


async def test_merges_are_undone_the_last_one_first(
    ann: Person, old: Exercise, kept: Exercise
) -> None:
    before = await rows_of(ann)
    third = await gym.exercise("bench-press-barbell")
    await merge(ann, old, kept)
    await merge(ann, kept, third)
    assert (await undo(ann, old, 409))["error"] == ("Take the merge of Bench press back first")
    await undo(ann, kept)
    await undo(ann, old)
    after = await rows_of(ann)
    assert after["workout_sets"] == before["workout_sets"]
    assert after["routine_items"] == before["routine_items"]


async def test_what_cannot_be_merged_is_refused_and_changes_nothing(
    ann: Person, bob: Person, old: Exercise, kept: Exercise
) -> None:
    gone = await exercise(ann, "Gone", archived_at="2026-01-01T00:00:00Z")
    theirs = await exercise(bob, "Theirs")
    before = await rows_of(ann)
    await merge(ann, old, old, 409)
    await merge(ann, old, gone, 404)
    await merge(ann, old, theirs, 404)
    await merge(bob, old, theirs, 404)
    await undo(bob, old, 404)
    for body in ({}, {"into": "nonsense"}, {"into": str(uuid7())}):
        answer = await ann.json("POST", f"/api/exercises/{old.uuid}/merge", body)
        assert answer.status_code in (400, 404), body
    assert await rows_of(ann) == before
    await merge(ann, old, kept)
    await merge(ann, old, kept, 409)
    await merge(ann, kept, old, 404)


async def test_an_archived_exercise_can_become_part_of_another(ann: Person, kept: Exercise) -> None:
    gone = await exercise(ann, "Gone", archived_at="2026-01-01T00:00:00Z")
    await did(await workout(ann, 0), gone, ("60", 5))
    await merge(ann, gone, kept)
    assert await WorkoutSet.filter(exercise=kept).count() == 2


async def test_the_pages_let_one_choose_look_and_undo(
    ann: Person, old: Exercise, kept: Exercise
) -> None:
    at = f"/exercises/{old.uuid}/merge"
    assert at in await text(ann, f"/exercises/{old.uuid}")
    page = await text(ann, f"{at}?q=bench+press")
    assert f"{at}?into={kept.uuid}" in page and f"?into={old.uuid}" not in page
    assert "Nothing found" in await text(ann, f"{at}?q=zzz")
    page = await text(ann, f"{at}?into={kept.uuid}")
    assert "3 sets of 2 workouts" in page and "its place in 1 routine" in page
    answer = await ann.page("POST", at, {"into": str(kept.uuid), "key": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/exercises/{kept.uuid}")
    page = await text(ann, f"/exercises/{kept.uuid}")
    assert "Benchy is part of Bench press now" in page and f'action="{at}/undo"' in page
    answer = await ann.page("POST", f"{at}/undo")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/exercises/{old.uuid}")
    refused = await ann.page("POST", at, {"into": str(old.uuid)})
    assert refused.status_code == 409
    assert "Choose another exercise" in await refused.get_data(as_text=True)


async def test_a_merge_told_twice_is_one(ann: Person, old: Exercise, kept: Exercise) -> None:
    body, once = {"into": str(kept.uuid)}, {"Idempotency_Key": "merge-1"}
    answers = [
        await ann.json("POST", f"/api/exercises/{old.uuid}/merge", body, **once) for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    assert await ExerciseMerge.all().count() == 1


async def test_long_histories_move_and_return_in_pieces(ann: Person, kept: Exercise) -> None:
    await train(ann.user, workouts=450, exercises=1, sets=1, pool=2)
    source = await Exercise.get(user=ann.user, slug=None, id__not=kept.id)
    amount = await WorkoutItem.filter(exercise=source).count()
    await merge(ann, source, kept)
    assert await WorkoutItem.filter(exercise=source).count() == 0
    await undo(ann, source)
    assert await WorkoutItem.filter(exercise=source).count() == amount
    assert await WorkoutSet.filter(exercise=source).count() == amount


async def test_a_preview_costs_the_same_statements_whatever_the_history(ann: Person) -> None:
    target = await gym.exercise("plank")
    costs = []
    for amount in (2, 40):
        await train(ann.user, workouts=amount, exercises=1, pool=1)
        source = await Exercise.get(user=ann.user)
        with counted() as statements:
            await text(ann, f"/exercises/{source.uuid}/merge?into={target.uuid}")
        costs.append(len(statements))
    assert costs == [4, 4]


async def test_favourites_are_each_persons_own(ann: Person, bob: Person) -> None:
    plank = await gym.exercise("plank")
    path = f"/exercises/{plank.uuid}/favourite"
    assert "Open an exercise and tap its star" in await text(ann, "/exercises?starred=1")
    assert (await ann.page("POST", path, {"on": "1"})).status_code == 303
    assert ">Plank" in await text(ann, "/exercises?starred=1")
    assert "Nothing found" in await text(bob, "/exercises?starred=1")
    assert 'aria-pressed="true"' in await text(ann, f"/exercises/{plank.uuid}")
    star = await ann.htmx("POST", path, {"on": "0"})
    shown = await star.get_data(as_text=True)
    assert 'aria-pressed="false"' in shown and "<html" not in shown
    assert "Nothing found" in await text(ann, "/exercises?starred=1")
    kept = await ExerciseSetting.get(user=ann.user, exercise=plank)
    assert (kept.is_favourite, kept.is_hidden) == (False, False)
