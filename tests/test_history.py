"""Past workouts: the list, one of them, changing it, making a routine of it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.history import lifts, train
from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import Exercise, Routine, RoutineItem, User, Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams

MARCH = datetime(2026, 3, 2, 18, 0, 30, tzinfo=UTC)


async def trained(person: Person, amount: int = 1, **more: Any) -> list[Workout]:
    """Workouts of the person that ended on 2 March 2026 and before, oldest first."""
    ids = await train(person.user, workouts=amount, until=MARCH, **more)
    found = {each.id: each for each in await Workout.filter(id__in=ids)}
    return [found[id] for id in ids]


async def text(answer: Any) -> str:
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    said: str = await answer.get_data(as_text=True)
    return said


async def first_item(workout: Workout) -> WorkoutItem:
    return await WorkoutItem.filter(workout=workout).order_by("position").first()  # type: ignore[return-value]


async def sets_of(item: WorkoutItem) -> list[WorkoutSet]:
    return await WorkoutSet.filter(item=item).order_by("position", "id")


# --- the list


async def test_the_history_is_listed_newest_first_with_its_totals(ann: Person) -> None:
    workouts = await trained(ann, 3, exercises=2, sets=2)
    await WorkoutSet.filter(workout=workouts[2]).update(
        weight="80", weight_grams=80_000, reps=5, set_type="working"
    )
    data = await (await ann.json("GET", "/workouts")).get_json()
    assert [each["id"] for each in data["sessions"]] == [str(w.uuid) for w in reversed(workouts)]
    newest = data["sessions"][0]
    assert newest["set_count"] == 4 and newest["volume"] == 4 * 80 * 5
    assert newest["is_finished"] is True and newest["is_active"] is False
    assert newest["started_at"].endswith("Z") and data["next"] is None
    page = await text(await ann.page("GET", "/workouts"))
    assert page.index("March 2026") < page.index("February 2026")
    assert "1,600\xa0kg" in page and "4\xa0sets" in page


async def test_warm_ups_and_assistance_are_no_volume(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=2, sets=2)
    await WorkoutSet.filter(workout=workout).update(weight_grams=10_000, reps=10)
    item = await first_item(workout)
    await WorkoutItem.filter(id=item.id).update(load="assisted")
    other = await WorkoutItem.filter(workout=workout).exclude(id=item.id).first()
    await WorkoutSet.filter(item=other, position=0).update(set_type="warm_up")
    (found,) = (await (await ann.json("GET", "/workouts")).get_json())["sessions"]
    assert found["volume"] == 100 and found["set_count"] == 3
    alone = await (await ann.json("GET", f"/workouts/{workout.uuid}")).get_json()
    assert alone["volume"] == 100 and alone["set_count"] == 3


async def test_the_next_pages_follow_without_gap_or_double(ann: Person) -> None:
    workouts = await trained(ann, 45, exercises=1, sets=1)
    same = [each.id for each in workouts[20:30]]
    await Workout.filter(id__in=same).update(started_at=workouts[20].started_at)
    seen: list[str] = []
    before: str | None = ""
    pages = 0
    while before is not None:
        data = await (await ann.json("GET", f"/workouts?before={before}")).get_json()
        seen += [each["id"] for each in data["sessions"]]
        before, pages = data["next"], pages + 1
    assert pages == 3 and len(seen) == 45 == len(set(seen))


async def test_older_workouts_are_loaded_in_place_under_one_heading(ann: Person) -> None:
    await trained(ann, 21, exercises=1, sets=1, every=timedelta(hours=5))
    page = await text(await ann.page("GET", "/workouts"))
    older = re.search(r'hx-get="(/workouts\?before=[^"]+)"', page)
    assert older is not None
    url = older[1].replace("&amp;", "&")
    fragment = await text(await ann.htmx("GET", url))
    month = re.search(r"<h2([^>]*)>February 2026</h2>", fragment)
    assert month is not None and "vh" in month[1]
    whole = await text(await ann.page("GET", url))
    month = re.search(r"<h2([^>]*)>February 2026</h2>", whole)
    assert month is not None and "vh" not in month[1]


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "8J+Yig", "MjAyNnw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"]
)
async def test_a_bad_cursor_is_the_first_page(ann: Person, cursor: str) -> None:
    (workout,) = await trained(ann)
    data = await (await ann.json("GET", f"/workouts?before={cursor}")).get_json()
    if cursor == "%00":
        assert "fields" in data
        return
    assert [each["id"] for each in data["sessions"]] == [str(workout.uuid)]


async def test_words_are_looked_for_in_names_and_notes(ann: Person) -> None:
    first, second, third = await trained(ann, 3)
    await Workout.filter(id=first.id).update(name="Rücken", notes=None)
    await Workout.filter(id=second.id).update(name="Legs", notes="100% of RÜCKEN_day")
    await Workout.filter(id=third.id).update(name="Arms", notes="nothing")
    for q, found in (("rücken", 2), ("RÜCK", 2), ("0%", 1), ("N_D", 1), ("zzz", 0), ("a_m", 0)):
        answer = await ann.client.get(
            "/workouts", query_string={"q": q}, headers={"Accept": "application/json"}
        )
        assert len((await answer.get_json())["sessions"]) == found, q
    page = await ann.client.get(
        "/workouts", query_string={"q": "<b>"}, headers={"Accept": "text/html"}
    )
    assert "“&lt;b&gt;”" in await text(page)


async def test_the_list_says_how_many_bests_a_workout_had(ann: Person) -> None:
    _, second = await trained(ann, 2, exercises=1, pool=1)
    await WorkoutSet.filter(workout=second).update(weight="500", weight_grams=500_000)
    data = await (await ann.json("GET", "/workouts")).get_json()
    assert [each["personal_best_count"] for each in data["sessions"]] == [2, 0]
    page = await text(await ann.page("GET", "/workouts"))
    assert page.count("personal bests</span>") == 1


async def test_a_new_person_is_told_where_the_history_will_be(ann: Person) -> None:
    page = await text(await ann.page("GET", "/workouts"))
    assert "No workouts yet" in page and 'name="q"' not in page


@pytest.mark.parametrize("path", ["/", "/workouts", "/stats"])
async def test_where_nothing_is_yet_one_may_import(ann: Person, bob: Person, path: str) -> None:
    await trained(bob)
    await bob.json("POST", "/routines", {"name": "His"})
    link = 'href="/import"'
    assert link in await text(await ann.page("GET", path))
    assert link not in await text(await bob.page("GET", path))


async def test_a_workout_whose_length_nobody_knows_shows_none(ann: Person) -> None:
    (workout,) = await trained(ann)
    assert "\xa0min" in await text(await ann.page("GET", "/workouts"))
    await Workout.filter(id=workout.id).update(ended_at=workout.started_at)
    assert "\xa0min" not in await text(await ann.page("GET", "/workouts"))


async def test_the_workout_in_progress_is_no_history(ann: Person) -> None:
    (workout,) = await trained(ann)
    await Workout.filter(id=workout.id).update(status="in_progress", ended_at=None)
    data = await (await ann.json("GET", "/workouts")).get_json()
    assert data == {"sessions": [], "next": None}


@pytest.mark.parametrize(
    "path", ["/workouts", "/workouts?q=body", "/workouts/{uuid}", "/workouts/trash"]
)
async def test_statements_do_not_grow_with_the_history(ann: Person, path: str) -> None:
    amounts = []
    for amount in (3, 60):
        workouts = await trained(ann, amount, exercises=4, sets=4)
        with counted() as statements:
            await text(await ann.page("GET", path.format(uuid=workouts[-1].uuid)))
        amounts.append(len(statements))
    assert amounts[0] == amounts[1] <= 5


# --- one workout


async def test_a_workout_is_shown_with_all_its_sets(ann: Person) -> None:
    _, workout = await trained(ann, 2, exercises=2, sets=3, pool=2)
    item = await first_item(workout)
    sets = await sets_of(item)
    sets[0].set_type, sets[0].rpe, sets[0].notes = "warm_up", "7.5", "easy"  # type: ignore[assignment]
    await sets[0].save()
    facts = {"weight": "200", "weight_grams": 200_000, "reps": 5}
    await WorkoutSet.filter(id=sets[1].id).update(**facts)
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}")).get_json()
    assert data["id"] == str(workout.uuid) and data["user_id"] == str(ann.user.uuid)
    assert len(data["exercises"]) == 2
    shown = data["exercises"][0]["sets"]
    assert (shown[0]["set_type"], shown[0]["rpe"], shown[0]["notes"]) == ("warm_up", 7.5, "easy")
    assert (shown[1]["weight"], shown[1]["reps"]) == (200, 5)
    best = data["personal_bests"][0]
    assert (best["kind"], best["value"], best["set_id"]) == ("heaviest", 200, str(sets[1].uuid))
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}"))
    assert "200 kg × 5" in page and "Heaviest" in page and "RPE 7.5" in page and "easy" in page
    assert "Monday 2 March" in page


async def test_weights_are_told_in_the_persons_unit_and_shown_as_entered(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=1)
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    facts = {"weight": "82.5", "weight_grams": 82_500, "reps": 10}
    await WorkoutSet.filter(workout=workout).update(**facts)
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}")).get_json()
    assert data["exercises"][0]["sets"][0]["weight"] == 181.88
    assert data["volume"] == 1818.81
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}"))
    assert "82.5 kg × 10" in page and "1,819 <small>lb</small>" in page


async def test_what_is_written_in_a_workout_stays_text(ann: Person) -> None:
    (workout,) = await trained(ann)
    await Workout.filter(id=workout.id).update(name="<script>a</script>", notes="<img src=x>")
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}"))
    assert "<script>a" not in page and "<img" not in page


# --- changing it


async def test_name_notes_and_rating_can_be_changed_and_cleared(ann: Person) -> None:
    (workout,) = await trained(ann)
    url = f"/workouts/{workout.uuid}/edit"
    answer = await ann.page("POST", url, {"name": "Legs", "notes": "good", "rating": "5"})
    assert answer.status_code == 303 and answer.headers["Location"] == f"/workouts/{workout.uuid}"
    await workout.refresh_from_db()
    assert (workout.name, workout.notes, workout.rating) == ("Legs", "good", 5)
    data = await (await ann.json("POST", url, {"notes": None, "rating": None})).get_json()
    assert (data["name"], data["notes"], data["rating"]) == ("Legs", None, None)


async def test_the_form_unchanged_changes_no_moment(ann: Person) -> None:
    (workout,) = await trained(ann)
    await User.filter(id=ann.user.id).update(timezone="Asia/Kolkata")
    before = (workout.started_at, workout.ended_at)
    page = await text(await ann.page("GET", f"/workouts/{workout.uuid}/edit"))
    said = dict(re.findall(r'name="(name|day|start|end)" type="\w+" value="([^"]*)"', page))
    assert said["day"] == "2026-03-02" and said["start"] == "22:30"
    assert (await ann.page("POST", f"/workouts/{workout.uuid}/edit", said)).status_code == 303
    await workout.refresh_from_db()
    assert (workout.started_at, workout.ended_at) == before


async def test_another_day_moves_the_whole_workout_with_its_sets(ann: Person) -> None:
    (workout,) = await trained(ann)
    await User.filter(id=ann.user.id).update(timezone="Europe/Berlin")
    item = await first_item(workout)
    done = (await sets_of(item))[0].completed_at
    assert done is not None and workout.ended_at is not None
    length = workout.ended_at - workout.started_at
    said = {"day": "2026-02-27", "start": "18:00", "end": f"{_berlin(workout.ended_at):%H:%M}"}
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/edit", said)
    assert answer.status_code == 303
    await workout.refresh_from_db()
    assert workout.local_date == date(2026, 2, 27)
    assert workout.started_at == MARCH - timedelta(days=3, hours=1)
    assert workout.ended_at == workout.started_at + length
    moved = (await sets_of(item))[0].completed_at
    assert moved == done - timedelta(days=3)


def _berlin(when: datetime) -> datetime:
    return when + timedelta(hours=1)


async def test_the_local_date_follows_the_start_over_midnight(ann: Person) -> None:
    (workout,) = await trained(ann)
    await User.filter(id=ann.user.id).update(timezone="America/New_York")
    said = {"day": "2026-03-01", "start": "23:30", "end": "00:40"}
    await ann.page("POST", f"/workouts/{workout.uuid}/edit", said)
    await workout.refresh_from_db()
    assert workout.local_date == date(2026, 3, 1)
    assert workout.started_at == datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
    assert workout.ended_at == datetime(2026, 3, 2, 5, 40, tzinfo=UTC)


async def test_programs_say_moments(ann: Person) -> None:
    (workout,) = await trained(ann)
    said = {"started_at": "2026-01-05T10:00:00Z", "ended_at": "2026-01-05T12:30:00+01:00"}
    data = await (await ann.json("POST", f"/workouts/{workout.uuid}/edit", said)).get_json()
    assert data["started_at"] == "2026-01-05T10:00:00Z"
    assert data["ended_at"] == "2026-01-05T11:30:00Z" and data["local_date"] == "2026-01-05"


WRONG: list[dict[str, Any]] = [
    {"name": ""},
    {"name": "x" * 201},
    {"notes": "x" * 5001},
    {"rating": 6},
    {"rating": 0},
    {"rating": True},
    {"started_at": "yesterday"},
    {"started_at": "0001-01-01T00:00:00Z"},
    {"started_at": "9999-12-31T23:59:59-12:00"},
    {"started_at": (datetime.now(UTC) + timedelta(days=3)).isoformat()},
    {"started_at": "2026-01-05T10:00:00Z", "ended_at": "2026-01-05T09:00:00Z"},
    {"ended_at": "2027-01-05T09:00:00Z"},
    {"name": "a\x00b"},
]


@pytest.mark.parametrize("said", WRONG, ids=str)
async def test_a_wrong_edit_is_refused_and_changes_nothing(ann: Person, said: Any) -> None:
    (workout,) = await trained(ann)
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/edit", said)
    assert answer.status_code == 400 and (await answer.get_json())["fields"]
    unchanged = await Workout.get(id=workout.id)
    assert unchanged.version == workout.version and unchanged.name == workout.name


async def test_a_refused_form_is_shown_again_with_what_was_typed(ann: Person) -> None:
    (workout,) = await trained(ann)
    said = {"name": "", "notes": "keep me", "day": "2026-03-02", "start": "18:00", "end": "19:00"}
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/edit", said)
    assert answer.status_code == 400
    page = await answer.get_data(as_text=True)
    assert "keep me" in page and 'aria-invalid="true"' in page


# --- its sets


async def test_a_set_can_be_changed_any_time_and_derived_numbers_follow(ann: Person) -> None:
    _, workout = await trained(ann, 2, exercises=1, pool=1)
    await WorkoutSet.filter(workout=workout).update(weight="1", weight_grams=1000, reps=1)
    one = (await sets_of(await first_item(workout)))[1]
    url = f"/workouts/{workout.uuid}/sets/{one.uuid}/edit"
    said = {"weight": "182,5", "weight_unit": "kg", "reps": "9", "rpe": "8.5", "notes": "fast"}
    fragment = await text(await ann.htmx("POST", url, said))
    assert "Saved" in fragment and f'hx-target="#n-{one.uuid}"' in fragment
    await one.refresh_from_db()
    assert (str(one.weight), one.weight_grams, one.reps) == ("182.5", 182_500, 9)
    assert (str(one.rpe), one.notes) == ("8.5", "fast")
    data = await (await ann.json("GET", f"/workouts/{workout.uuid}")).get_json()
    assert [best["kind"] for best in data["personal_bests"]] == ["heaviest", "e1rm"]
    answer = await ann.page("POST", url, {"reps": "5"})
    assert answer.status_code == 303 and "/edit#item-" in answer.headers["Location"]
    await one.refresh_from_db()
    assert one.reps == 5 and one.weight_grams == 182_500


async def test_a_set_can_be_added_once_like_the_last_one(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=2)
    item, uuid = await first_item(workout), str(uuid7())
    last = (await sets_of(item))[-1]
    url = f"/workouts/{workout.uuid}/items/{item.uuid}/sets"
    for _ in range(2):
        answer = await ann.json("POST", url, {"uuid": uuid, "reps": 3})
        assert answer.status_code == 201
    data = await answer.get_json()
    assert len(data["sets"]) == 3 and data["sets"][-1]["id"] == uuid
    made = (await sets_of(item))[-1]
    assert made.reps == 3 and made.weight == last.weight
    assert made.completed_at is not None and made.exercise_id == last.exercise_id  # type: ignore[attr-defined]


async def test_a_set_is_removed_and_taken_back_as_it_was(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=3)
    item = await first_item(workout)
    before = await sets_of(item)
    url = f"/workouts/{workout.uuid}/sets/{before[1].uuid}"
    page = await text(await ann.htmx("POST", f"{url}/remove", {}))
    assert f'action="{url}/restore"' in page and str(before[1].uuid) in page
    assert [each.uuid for each in await sets_of(item)] == [before[0].uuid, before[2].uuid]
    answer = await ann.page("POST", f"{url}/restore", {})
    assert answer.status_code == 303
    after = await sets_of(item)
    assert [each.uuid for each in after] == [each.uuid for each in before]
    assert (after[1].weight, after[1].reps) == (before[1].weight, before[1].reps)
    assert after[1].completed_at == before[1].completed_at


async def test_a_plain_removal_says_so_on_the_next_page(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=1, sets=3)
    one = (await sets_of(await first_item(workout)))[0]
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/sets/{one.uuid}/remove", {})
    assert answer.status_code == 303
    page = await text(await ann.page("GET", answer.headers["Location"].partition("#")[0]))
    assert "Set removed" in page and f"/sets/{one.uuid}/restore" in page


@pytest.mark.parametrize(
    "said",
    [
        {"reps": -1},
        {"reps": 10_001},
        {"reps": 2**70},
        {"weight": "1e99"},
        {"weight": -1},
        {"weight": "NaN"},
        {"weight_unit": "stone"},
        {"rpe": 11},
        {"rpe": 7.3},
        {"set_type": "wild"},
        {"notes": "x" * 2001},
        {"duration": "1:xx"},
        {"distance": "Infinity"},
        {"band": "x" * 51},
        {"reps": None},
    ],
    ids=str,
)
async def test_a_wrong_set_is_refused_and_changes_nothing(ann: Person, said: Any) -> None:
    (workout,) = await trained(ann, exercises=1, sets=1)
    one = (await sets_of(await first_item(workout)))[0]
    answer = await ann.json("POST", f"/workouts/{workout.uuid}/sets/{one.uuid}/edit", said)
    assert answer.status_code == 400, await answer.get_data(as_text=True)
    assert (await WorkoutSet.get(id=one.id)).version == one.version


# --- a routine of it


async def test_a_routine_is_made_of_what_was_done(ann: Person) -> None:
    (workout,) = await trained(ann, exercises=2, sets=3)
    item = await first_item(workout)
    sets = await sets_of(item)
    for each, (weight, reps, kind) in zip(
        sets, (("40", 10, "warm_up"), ("80", 8, "working"), ("80", 6, "working")), strict=True
    ):
        facts = {"weight": weight, "weight_grams": grams(weight, "kg"), "reps": reps}
        await WorkoutSet.filter(id=each.id).update(set_type=kind, **facts)
    uuid = str(uuid7())
    for _ in range(2):
        answer = await ann.json("POST", f"/workouts/{workout.uuid}/routine", {"uuid": uuid})
        assert answer.status_code == 201 and (await answer.get_json())["id"] == uuid
    routine = await Routine.get(user=ann.user)
    assert routine.name == workout.name
    first, second = await RoutineItem.filter(routine=routine).order_by("position")
    assert (first.sets, first.warm_up_sets, first.reps_min, first.reps_max) == (2, 1, 6, 8)
    assert (str(first.weight), first.weight_unit) == ("80", "kg")
    assert first.exercise_id == item.exercise_id  # type: ignore[attr-defined]
    assert second.sets == 3
    answer = await ann.page("POST", f"/workouts/{workout.uuid}/routine", {"uuid": uuid})
    assert answer.headers["Location"] == f"/routines/{uuid}"


@pytest.mark.parametrize(
    ("lifted", "planned"),
    [
        (("112.5", "142.5", "112.5"), "112.5"),
        (("60", "70", "80"), "80"),
        (("80", "80", "60"), "80"),
    ],
)
async def test_a_routine_takes_the_weight_that_most_sets_had(
    ann: Person, lifted: tuple[str, ...], planned: str
) -> None:
    (workout,) = await trained(ann, exercises=1, sets=3)
    for each, weight in zip(await sets_of(await first_item(workout)), lifted, strict=True):
        facts = {"weight": weight, "weight_grams": grams(weight, "kg")}
        await WorkoutSet.filter(id=each.id).update(**facts)
    await ann.json("POST", f"/workouts/{workout.uuid}/routine", {"uuid": str(uuid7())})
    item = await RoutineItem.get(user=ann.user)
    assert (item.sets, str(item.weight)) == (3, planned)


async def test_the_summary_counts_sets_by_muscle_and_names_bests(ann: Person) -> None:
    _, workout = await trained(ann, 2, exercises=2, sets=3, pool=2)
    item = await first_item(workout)
    await Exercise.filter(id=item.exercise_id).update(primary_muscles=["quads", "glutes"])  # type: ignore[attr-defined]
    await WorkoutSet.filter(item=item).update(weight="500", weight_grams=500_000)
    data = await (await ann.json("GET", f"/session/summary/{workout.uuid}")).get_json()
    assert data["sets_by_muscle"]["quads"] == 3 == data["sets_by_muscle"]["glutes"]
    assert sum(data["sets_by_muscle"].values()) == 9
    page = await text(await ann.page("GET", f"/session/summary/{workout.uuid}"))
    assert "Heaviest · 500\u00a0kg\u00a0×\u00a0" in page and "beats" in page and "Quads" in page


# --- ann and bob

ROUTES = [
    ("GET", "/workouts/{workout}"),
    ("GET", "/workouts/{workout}/edit"),
    ("GET", "/session/summary/{workout}"),
    ("POST", "/workouts/{workout}/edit"),
    ("POST", "/workouts/{workout}/delete"),
    ("POST", "/workouts/{workout}/restore"),
    ("POST", "/workouts/{workout}/erase"),
    ("POST", "/workouts/{workout}/routine"),
    ("POST", "/workouts/{workout}/items/{item}/sets"),
    ("POST", "/workouts/{workout}/sets/{set}/edit"),
    ("POST", "/workouts/{workout}/sets/{set}/remove"),
    ("POST", "/workouts/{workout}/sets/{set}/restore"),
]


async def _where(workout: Workout) -> dict[str, str]:
    item = await first_item(workout)
    one = (await sets_of(item))[0]
    return {"workout": str(workout.uuid), "item": str(item.uuid), "set": str(one.uuid)}


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_bob_finds_nothing_of_anns(ann: Person, bob: Person, method: str, path: str) -> None:
    (workout,) = await trained(ann)
    if path.endswith("/erase"):
        await Workout.filter(id=workout.id).update(deleted_at=MARCH)
    where = await _where(workout)
    answer = await bob.json(method, path.format(**where), {"reps": 1} if method == "POST" else None)
    assert answer.status_code == 404
    assert (await bob.page(method, path.format(**where), {})).status_code == 404
    nowhere = dict.fromkeys(where, str(uuid4()))
    assert (await ann.json(method, path.format(**nowhere), {"reps": 1})).status_code == 404
    assert await Workout.filter(user=ann.user).count() == 1


async def test_bob_cannot_reach_anns_set_through_his_workout(ann: Person, bob: Person) -> None:
    (hers,), (his,) = await trained(ann), await trained(bob)
    where = {**await _where(hers), "workout": str(his.uuid)}
    for path in ("sets/{set}/edit", "sets/{set}/remove", "sets/{set}/restore", "items/{item}/sets"):
        answer = await bob.json(
            "POST", "/workouts/{workout}/".format(**where) + path.format(**where), {"reps": 1}
        )
        assert answer.status_code == 404
    assert await WorkoutSet.filter(user=ann.user).count() == 9


async def test_bobs_history_is_his_alone(ann: Person, bob: Person) -> None:
    await trained(ann, 2)
    (his,) = await trained(bob)
    for path in ("/workouts", "/workouts?q=body"):
        data = await (await bob.json("GET", path)).get_json()
        assert [each["id"] for each in data["sessions"]] == [str(his.uuid)]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/workouts"), ("GET", "/workouts/trash"), *ROUTES]
)
async def test_nobody_is_let_in_without_signing_in(app: Any, method: str, path: str) -> None:
    url = path.format(**dict.fromkeys(("workout", "item", "set"), str(uuid4())))
    headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
    answer = await app.test_client().open(url, method=method, headers=headers)
    assert answer.status_code == 401


async def test_ten_thousand_sets_are_made_fast_enough_to_test_with(ann: Person) -> None:
    ids = await train(ann.user, workouts=100, exercises=5, sets=4, pool=10)
    assert await WorkoutSet.filter(workout_id__in=ids).count() == 2000
    assert len(await lifts(ann.user, 10)) == 10
