"""The list of past workouts: sorted, narrowed, page by page, each person's own."""

import base64
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import orjson
import pytest

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from tests.test_history import MARCH, first_item, text, trained
from webapp.db import is_postgres, rows
from webapp.history import listing, narrowing, sorting
from webapp.models import Exercise, Location, Routine, Workout, WorkoutItem, WorkoutSet

SORTS = ("newest", "oldest", "longest", "volume")


async def found(person: Person, **asked: Any) -> list[str]:
    """The ids of the sessions of one page, in their order."""
    return [each["id"] for each in (await page_of(person, **asked))["sessions"]]


async def page_of(person: Person, **asked: Any) -> dict[str, Any]:
    query = urlencode({"from" if key == "first" else key: value for key, value in asked.items()})
    answer = await person.json("GET", f"/workouts?{query}")
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    data: dict[str, Any] = await answer.get_json()
    return data


def ids(*workouts: Workout) -> list[str]:
    return [str(each.uuid) for each in workouts]


# --- the orders


async def test_the_history_can_be_sorted_by_day_length_and_volume(ann: Person) -> None:
    one, two, three = await trained(ann, 3, exercises=1, sets=1)
    for each, minutes, grams in ((one, 30, 80_000), (two, 90, 20_000), (three, 60, 40_000)):
        end = each.started_at + timedelta(minutes=minutes)
        await Workout.filter(id=each.id).update(ended_at=end)
        await WorkoutSet.filter(workout=each).update(weight_grams=grams, reps=10)
    assert await found(ann) == ids(three, two, one)
    assert await found(ann, sort="newest") == ids(three, two, one)
    assert await found(ann, sort="oldest") == ids(one, two, three)
    assert await found(ann, sort="longest") == ids(two, three, one)
    assert await found(ann, sort="volume") == ids(one, three, two)


async def test_warm_ups_assistance_and_what_was_removed_are_no_volume_to_sort_by(
    ann: Person,
) -> None:
    workouts = await trained(ann, 4, exercises=1, sets=1)
    await WorkoutSet.filter(user=ann.user).update(weight_grams=90_000, reps=10)
    await WorkoutSet.filter(workout=workouts[0]).update(weight_grams=10_000)
    await WorkoutSet.filter(workout=workouts[1]).update(set_type="warm_up")
    await WorkoutItem.filter(workout=workouts[2]).update(load="assisted")
    await WorkoutItem.filter(workout=workouts[3]).update(status="removed")
    data = await page_of(ann, sort="volume")
    assert [each["volume"] for each in data["sessions"]] == [100, 0, 0, 0]
    assert data["sessions"][0]["id"] == str(workouts[0].uuid)


@pytest.mark.parametrize("sort", SORTS)
async def test_pages_of_every_order_follow_without_gap_or_double(ann: Person, sort: str) -> None:
    workouts = await trained(ann, 45, exercises=1, sets=1)
    alike = [each.id for each in workouts[10:35]]
    facts = {"started_at": workouts[10].started_at, "ended_at": workouts[10].ended_at}
    await Workout.filter(id__in=alike).update(**facts)
    await WorkoutSet.filter(workout_id__in=alike).update(weight_grams=50_000, reps=5)
    seen, pages = list[str](), 0
    before: str | None = ""
    while before is not None:
        data = await page_of(ann, sort=sort, before=before)
        seen += [each["id"] for each in data["sessions"]]
        before, pages = data["next"], pages + 1
    assert pages == 3 and len(seen) == 45 and set(seen) == set(ids(*workouts))


async def test_a_list_by_size_has_one_heading_and_says_the_day_in_each_line(ann: Person) -> None:
    await trained(ann, 25, exercises=1, sets=1, every=timedelta(days=40))
    page = await text(await ann.page("GET", "/workouts?sort=longest"))
    assert page.count("<h2>Longest first</h2>") == 1 and "March 2026" not in page
    assert "2025 · " in page and "More workouts" in page
    older = re.search(r'hx-get="(/workouts\?[^"]*before=[^"]+)"', page)
    assert older is not None and "sort=longest" in older[1]
    fragment = await text(await ann.htmx("GET", older[1].replace("&amp;", "&")))
    assert '<h2 class="vh">Longest first</h2>' in fragment


# --- the cursor


def coded(*parts: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "e30",
        coded("volume", 5, 1, "2026-03"),
        coded("newest", "2026-01-01T00:00:00", 1, ""),
        coded("newest", "0001-01-01T00:00:00+14:00", 1, ""),
        coded("newest", 5, 1, ""),
        coded("newest", "2026-01-01T00:00:00+00:00", "1", ""),
        coded("newest", "2026-01-01T00:00:00+00:00", True, ""),
        coded("newest", "2026-01-01T00:00:00+00:00"),
        base64.urlsafe_b64encode(b'["newest", "2026-01-01T00:00:00Z", 99999999999999999999, ""]'),
    ],
)
async def test_a_cursor_that_says_nothing_is_the_first_page(ann: Person, cursor: Any) -> None:
    (workout,) = await trained(ann)
    assert await found(ann, before=cursor) == ids(workout)


async def test_a_cursor_made_by_hand_leads_only_through_ones_own_workouts(
    ann: Person, bob: Person
) -> None:
    hers = await trained(ann, 3)
    (his,) = await trained(bob)
    cursor = coded("newest", str(MARCH + timedelta(days=9)), 2**62, "2026-03<b>")
    assert await found(ann, before=cursor) == ids(*reversed(hers))
    assert await found(bob, before=cursor) == ids(his)
    page = await text(await ann.htmx("GET", f"/workouts?before={cursor}"))
    assert "2026-03<b>" not in page


# --- what it is narrowed to


async def narrowed(ann: Person) -> Sequence[Workout]:
    """Three workouts that differ in everything that can be asked for."""
    one, two, three = await trained(ann, 3, exercises=1, sets=2, pool=6)
    home = await Location.create(user=ann.user, name="Home")
    push = await Routine.create(user=ann.user, name="Push & pull")
    facts = {"location_id": home.id, "location_name": "Home", "rating": 2, "routine_id": push.id}
    await Workout.filter(id=one.id).update(**facts)
    await Workout.filter(id=two.id).update(location_name="Gym", rating=4)
    await Workout.filter(id=three.id).update(rating=5)
    return one, two, three


async def test_the_history_is_narrowed_by_days_place_rating_routine_and_exercise(
    ann: Person,
) -> None:
    one, two, three = await narrowed(ann)
    day = two.local_date
    assert await found(ann, first=day) == ids(three, two)
    assert await found(ann, to=day) == ids(two, one)
    assert await found(ann, first=day, to=day) == ids(two)
    assert await found(ann, place="Home") == ids(one)
    assert await found(ann, rating=4) == ids(two)
    both = await ann.json("GET", "/workouts?rating=4&rating=5&rating=")
    assert [each["id"] for each in (await both.get_json())["sessions"]] == ids(three, two)
    routine = await Routine.get(user=ann.user)
    assert await found(ann, routine=routine.uuid) == ids(one)
    exercise = await Exercise.get(id=(await first_item(two)).exercise_id)  # type: ignore[attr-defined]
    assert await found(ann, exercise=exercise.uuid) == ids(two)
    assert await found(ann, place="Home", rating=5) == []
    empty = {"from": "", "to": "", "place": "", "rating": "", "routine": "", "exercise": ""}
    assert await found(ann, **empty, q="", before="") == ids(three, two, one)


async def test_days_that_stand_the_wrong_way_round_mean_the_days_between(ann: Person) -> None:
    _, two, three = await narrowed(ann)
    said = {"first": three.local_date, "to": two.local_date}
    assert await found(ann, **said) == ids(three, two)


async def test_words_are_found_in_the_notes_of_exercises_and_sets_too(ann: Person) -> None:
    one, two, three = await trained(ann, 3)
    item = await first_item(one)
    await WorkoutItem.filter(id=item.id).update(note="Elbows IN")
    other = await first_item(two)
    await WorkoutSet.filter(item=other, position=0).update(notes="left elbow hurt")
    gone = await first_item(three)
    await WorkoutItem.filter(id=gone.id).update(note="elbows", status="removed")
    assert await found(ann, q="ELBOW") == ids(two, one)


async def test_what_is_on_is_shown_and_each_can_be_taken_away(ann: Person) -> None:
    await narrowed(ann)
    routine = await Routine.get(user=ann.user)
    asked = f"q=body&from=2026-02-01&to=2026-03-31&place=Home&rating=2&routine={routine.uuid}"
    page = await text(await ann.page("GET", f"/workouts?{asked}&sort=oldest"))
    chips = dict(re.findall(r'<a class="chip on drop" href="([^"]*)">([^<]*)<i', page))
    assert list(chips.values()) == ["1 Feb 2026 to 31 Mar 2026", "Home", "Hard", "Push &amp; pull"]
    without_place = next(url for url, name in chips.items() if name == "Home")
    assert "place" not in without_place and "q=body" in without_place
    assert "rating=2" in without_place and "sort=oldest" in without_place
    assert '>4<span class="vh"> on</span>' in page and "Clear all" in page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert ("from", "2026-02-01") in hidden and ("sort", "oldest") in hidden
    assert "q" not in dict(hidden)


async def test_an_empty_result_has_a_way_out(ann: Person) -> None:
    await narrowed(ann)
    page = await text(await ann.page("GET", "/workouts?place=Nowhere&sort=volume"))
    assert "No workouts match" in page
    assert 'class="btn" href="/workouts?sort=volume">Show all workouts' in page
    page = await text(await ann.page("GET", "/workouts?place=Home&q=zzz"))
    assert "Nothing found" in page and 'class="btn" href="/workouts">Show all workouts' in page


@pytest.mark.parametrize(
    "query",
    [
        "sort=best",
        "rating=6",
        "rating=x",
        "from=yesterday",
        "to=2026-02-30",
        "routine=7",
        "exercise=x",
        f"place={'x' * 201}",
        "q=%00",
    ],
)
async def test_what_cannot_be_asked_for_is_refused_in_words(ann: Person, query: str) -> None:
    answer = await ann.json("GET", f"/workouts?{query}")
    assert answer.status_code == 400 and (await answer.get_json())["fields"]
    page = await ann.page("GET", f"/workouts?{query}")
    assert page.status_code == 400 and "not right" in await page.get_data(as_text=True)


async def test_a_search_is_answered_with_the_list_alone(ann: Person) -> None:
    await narrowed(ann)
    fragment = await text(await ann.htmx("GET", "/workouts?q=body&place=Home"))
    assert fragment.startswith('<div id="history"') and "<html" not in fragment
    assert "/workouts/filter?q=body&amp;place=Home" in fragment


# --- what can be chosen


async def test_the_filter_offers_what_there_is_to_choose(ann: Person, bob: Person) -> None:
    await narrowed(ann)
    await narrowed(bob)
    await Location.filter(user=bob.user).update(name="Bobs")
    await Workout.filter(user=bob.user).update(location_name="Bobs")
    data = await (await ann.json("GET", "/workouts/filter")).get_json()
    assert data["locations"] == ["Gym", "Home"]
    assert [each["name"] for each in data["workouts"]] == ["Push & pull"]
    assert [each["name"] for each in data["exercises"]] == ["Bench press", "Deadlift", "Squat"]
    assert data["workouts"][0]["id"] == str((await Routine.get(user=ann.user)).uuid)
    page = await text(await ann.page("GET", "/workouts/filter?place=Gym&rating=4&q=x&sort=oldest"))
    assert '<option value="Gym" selected>' in page and "Bobs" not in page
    assert re.search(r'name="rating" value="4" checked', page)
    assert '<input type="hidden" name="q" value="x">' in page
    assert 'href="/workouts?q=x&amp;sort=oldest">Clear' in page
    fragment = await text(await ann.htmx("GET", "/workouts/filter"))
    assert "<html" not in fragment and "Show workouts" in fragment


async def test_a_new_person_can_filter_by_day_and_rating_alone(ann: Person) -> None:
    page = await text(await ann.page("GET", "/workouts/filter"))
    assert 'name="from"' in page and 'name="place"' not in page and 'name="exercise"' not in page


# --- ann and bob


async def test_bob_finds_nothing_by_what_is_anns(ann: Person, bob: Person) -> None:
    one, *_ = await narrowed(ann)
    (his,) = await trained(bob)
    routine = await Routine.get(user=ann.user)
    exercise = await Exercise.get(id=(await first_item(one)).exercise_id)  # type: ignore[attr-defined]
    await Workout.filter(id=his.id).update(routine_id=routine.id)
    for asked in ({"routine": routine.uuid}, {"exercise": exercise.uuid}, {"place": "Home"}):
        assert await found(bob, **asked) == [], asked
    page = await text(await bob.page("GET", f"/workouts?routine={routine.uuid}"))
    assert "Push &amp; pull" not in page and "Another routine" in page
    page = await text(await bob.page("GET", f"/workouts?exercise={uuid4()}"))
    assert "Another exercise" in page


# --- what it costs

ASKED = [
    *(f"/workouts?sort={sort}" for sort in SORTS),
    "/workouts?q=body&from=2020-01-01&place=Home&rating=1&rating=2",
    "/workouts?routine={routine}&exercise={exercise}",
    "/workouts/filter",
]


@pytest.mark.parametrize("path", ASKED)
async def test_statements_do_not_grow_with_the_history(ann: Person, path: str) -> None:
    routine = await Routine.create(user=ann.user, name="Push")
    amounts = []
    for amount in (3, 60):
        workouts = await train(ann.user, amount, exercises=2, sets=2)
        item = await WorkoutItem.filter(workout_id=workouts[0]).first()
        exercise = await Exercise.get(id=item.exercise_id)  # type: ignore[union-attr]
        url = path.format(routine=routine.uuid, exercise=exercise.uuid)
        with counted() as statements:
            await text(await ann.page("GET", url))
        amounts.append(len(statements))
    assert amounts[0] <= amounts[1] <= 5


@pytest.mark.parametrize("sort", SORTS)
async def test_every_order_goes_by_an_index(ann: Person, sort: str) -> None:
    if is_postgres():
        pytest.skip("PostgreSQL reads a table as small as a test's as it stands")
    await trained(ann, 3)
    cursor = sorting.Cursor(MARCH if sort in ("newest", "oldest") else 5, 1, "")
    said: dict[str, Any] = {
        "q": "x",
        "first": date(2026, 1, 1),
        "rating": (1,),
        "exercise": uuid4(),
    }
    asked = narrowing.Asked(**said, routine=uuid4(), sort=sort)
    sql, *args = listing._asking(ann.user.id, asked, cursor)
    plan = [each["detail"] for each in await rows(f"EXPLAIN QUERY PLAN {sql}", *args, 20)]
    scanned = [line for line in plan if line.startswith("SCAN") and "CONSTANT" not in line]
    assert {line.split()[1] for line in scanned} <= {"page", "t", "lifted", "w"}, plan
    assert not any(line.startswith("SCAN w") for line in plan), plan
    used = " ".join(plan)
    assert "workout_items_noted" in used and "workout_sets_noted" in used
    assert "(user_id=? AND exercise_id=?)" in used
    assert (sort == "volume") == ("workout_sets_volume" in used)
    assert (sort == "volume") == ("workout_items_no_volume" in used)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("sort=best", "Must be &#39;newest&#39;"),
        ("from=yesterday", "Must be a day, like 2026-11-21"),
        ("exercise=squat", "Must be a UUID"),
    ],
)
async def test_an_address_that_asks_for_nonsense_leads_back(
    ann: Person, asked: str, told: str
) -> None:
    answer = await ann.page("GET", f"/workouts?{asked}")
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 400 and told in page
    assert 'href="/workouts">Open the page without it' in page
    missing = await (await ann.page("GET", "/nowhere?a=1")).get_data(as_text=True)
    assert (
        "without it" not in missing
        and "may have been deleted" in missing
        and 'href="/">Back to today' in missing
    )
