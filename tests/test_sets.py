"""Sets: one tap logs, undo takes back, and every kind of set has its numbers."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.gym import (
    JSON,
    classic,
    did,
    item,
    nowhere,
    routine,
    seen,
    sets,
    start,
    tap,
    text,
)  # fmt: skip
from tests.support.statements import counted
from tests.support.world import Person
from webapp.db import is_postgres
from webapp.ids import uuid7
from webapp.models import User, Workout, WorkoutSet


async def stored(uuid: str) -> WorkoutSet:
    return await WorkoutSet.get(uuid=uuid)


async def test_one_tap_logs_what_is_shown(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    answer = await tap(ann, first, weight="82.5", reps="6")
    page = await text(answer)
    assert answer.status_code == 200 and "Undo Set 1, 82.5 kg × 6" in page
    assert "1 of 8 sets" in page and "<html" not in page
    each = await stored(first)
    assert (str(each.weight), each.weight_unit, each.weight_grams) == ("82.5", "kg", 82_500)
    assert each.reps == 6 and each.completed_at is not None


async def test_without_a_script_the_form_leads_back_to_its_card(ann: Person) -> None:
    await start(ann, await classic(ann))
    first, card = (await sets(ann))[0]["id"], await item(ann)
    answer = await ann.page("POST", f"/session/sets/{first}/log", {"weight": "80", "reps": "5"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/session#item-{card}")


async def test_an_empty_body_logs_what_was_offered(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    said = await (await ann.json("POST", f"/session/sets/{first}/log", {}, **JSON)).get_json()
    assert said["sets"][0]["weight"] == 80 and said["sets"][0]["reps"] == 5
    assert said["sets"][0]["completed_at"] and said["rest"]["ends_at"]


async def test_what_is_offered_is_the_plan_then_last_time_then_this_workout(ann: Person) -> None:
    await did(ann, "bench-press-barbell", ("57.5", 9), ("55", 12), days_ago=9)
    await did(ann, "bench-press-barbell", ("50", 5), days_ago=20)
    plan = await routine(
        ann,
        {"slug": "bench-press-barbell", "sets": 3, "reps_min": 8, "reps_max": 10},
        {"slug": "squat-barbell", "sets": 2, "reps_min": 5, "weight": "80", "weight_unit": "kg"},
    )
    await start(ann, plan)
    one, two, three = (each["id"] for each in await sets(ann))
    for uuid in (one, two, three):
        await tap(ann, uuid)
    said = [(s["weight"], s["reps"]) for s in await sets(ann)]
    assert said == [(57.5, 9), (55, 10), (55, 10)]  # 12 is more than the plan's 10
    squat = (await sets(ann, 1))[0]["id"]
    await tap(ann, squat)
    assert (await stored(squat)).weight == Decimal("80")


async def test_the_first_time_the_last_set_is_offered_again(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 2, "reps_min": 5}))
    one, two = (each["id"] for each in await sets(ann))
    await tap(ann, one, weight="60", reps="6")
    await tap(ann, two)
    each = await stored(two)
    assert (str(each.weight), each.reps) == ("60", 5)


async def test_the_next_card_opens_when_one_is_done(ann: Person) -> None:
    plan = await routine(
        ann,
        {"slug": "squat-barbell", "sets": 1, "reps_min": 5},
        {"slug": "bench-press-barbell", "sets": 1, "reps_min": 5},
    )
    await start(ann, plan)
    squat, bench = await item(ann), await item(ann, 1)
    page = await text(await tap(ann, (await sets(ann))[0]["id"], weight="80", reps="5"))
    assert f'id="fold-{squat}">' in page and f'id="fold-{bench}" open>' in page
    last = await text(await tap(ann, (await sets(ann, 1))[0]["id"], weight="60", reps="5"))
    assert "2 of 2 sets" in last and " open>" not in last


async def test_a_set_logged_again_keeps_its_moment(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5")
    was = (await stored(first)).completed_at
    await tap(ann, first, weight="80", reps="4")
    each = await stored(first)
    assert (each.completed_at, each.reps) == (was, 4)


async def test_the_moment_of_the_tap_counts_when_it_is_sane(ann: Person) -> None:
    await start(ann, await classic(ann))
    now = datetime.now(UTC).replace(microsecond=0)
    await Workout.all().update(started_at=now - timedelta(hours=1))
    told = now - timedelta(minutes=20)
    offset = told.astimezone().isoformat()
    future, ages = (now + timedelta(hours=1)).isoformat(), "2001-01-01T00:00:00Z"
    for n, header in enumerate((offset, future, ages, "yesterday", "2026-01-01T00:00:00")):
        uuid = (await sets(ann, n // 3))[n % 3]["id"]
        await ann.htmx("POST", f"/session/sets/{uuid}/log", {}, Setlog_Tapped_At=header)
        when = (await stored(uuid)).completed_at
        assert when is not None
        assert when == told if n == 0 else when >= now, header


ROUTES = (
    "sets/{set}/log", "sets/{set}/undo", "sets/{set}/edit", "sets/{set}/remove",
    "sets/{set}/restore", "items/{item}/sets", "items/{item}/sets/drop",
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
async def test_bob_cannot_touch_anns_sets(ann: Person, bob: Person, route: str) -> None:
    await start(ann, await classic(ann))
    await start(bob, await classic(bob))
    first, card = (await sets(ann))[0]["id"], await item(ann)
    for uuid, item_uuid in ((first, card), (nowhere(), nowhere()), ("7", "7")):
        path = "/session/" + route.format(set=uuid, item=item_uuid)
        form = {"weight": "80", "reps": "5"}
        assert (await bob.htmx("POST", path, form)).status_code == 404
        assert (await bob.page("POST", path, form)).status_code == 404
        assert (await bob.json("POST", path, form, **JSON)).status_code == 404
    assert (await bob.htmx("GET", f"/session/sets/{first}")).status_code == 404
    assert len(await sets(ann)) == 3 and (await stored(first)).completed_at is None


async def test_a_set_of_an_ended_workout_leads_to_its_page(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    await tap(ann, first, weight="80", reps="5")
    await ann.page("POST", "/session/finish", {})
    done = await Workout.get(user=ann.user)
    answer = await ann.page("POST", f"/session/sets/{first}/edit", {"reps": "6"})
    assert answer.headers["Location"] == f"/workouts/{done.uuid}"
    await done.refresh_from_db()
    assert done.rest_ends_at is None and done.status == "finished"


async def test_logging_costs_few_statements_however_long_the_past(ann: Person) -> None:
    for days in range(5, 15):
        await did(ann, "squat-barbell", ("90", 5), ("90", 5), days_ago=days)
    await start(ann, await classic(ann))
    first, second, third = (each["id"] for each in await sets(ann))
    path, form = "/session/sets/%s/log", {"weight": "80", "reps": "5"}
    with counted() as fragment:
        answer = await ann.htmx("POST", path % first, form, Idempotency_Key="a")
    assert answer.status_code == 200
    with counted() as json:
        answer = await ann.json("POST", path % second, form, Idempotency_Key="b", **JSON)
    assert answer.status_code == 200
    with counted() as best:
        await ann.htmx("POST", path % third, {"weight": "95", "reps": "5"}, Idempotency_Key="c")
    locks = 2 * is_postgres()  # two more: a twin is looked for, the workout is held
    assert len(fragment) <= 10 + locks, fragment
    assert len(json) <= 8 + locks, json
    assert len(best) <= len(fragment) + 3  # what comes next is another exercise


async def test_a_personal_best_is_named_on_its_set(ann: Person) -> None:
    await did(ann, "squat-barbell", ("80", 5))
    await start(ann, await classic(ann))
    one, two, _ = (each["id"] for each in await sets(ann))
    plain = await text(await tap(ann, one, weight="80", reps="5"))
    assert "i-trophy" not in plain
    page = await text(await tap(ann, two, weight="82.5", reps="5"))
    assert "Heaviest" in page and "82.5 kg beats 80 kg from" in page


async def test_rpe_is_asked_for_when_it_is_on(ann: Person) -> None:
    await start(ann, await classic(ann))
    assert 'name="rpe"' not in await text(await ann.page("GET", "/session"))
    await User.filter(id=ann.user.id).update(rpe_on=True)
    assert 'name="rpe"' in await text(await ann.page("GET", "/session"))
    first = (await sets(ann))[0]["id"]
    page = await text(await tap(ann, first, weight="80", reps="5", rpe="9"))
    assert "RPE 9" in page


async def test_many_taps_at_once_lose_nothing(ann: Person) -> None:
    await start(ann, await classic(ann))
    taps = [(each["id"], n) for n in (0, 1) for each in await sets(ann, n)]
    answers = await asyncio.gather(*(tap(ann, uuid) for uuid, _ in taps * 3))
    assert {each.status_code for each in answers} == {200}
    assert await WorkoutSet.exclude(completed_at=None).count() == 6
    assert (await seen(ann))["set_count"] == 6


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_any_interleaving_of_repeats_makes_one_row(ann: Person, data: st.DataObject) -> None:
    """Three things are done, each said up to four times in any order, some at once."""
    await WorkoutSet.all().delete()
    await Workout.all().delete()
    await start(ann, await classic(ann))
    card, logged = await item(ann), (await sets(ann))[0]["id"]
    added, key = str(uuid7()), str(uuid7())
    said = {
        "add by uuid": (f"/session/items/{card}/sets", {"uuid": added}, {}),
        "add by key": (f"/session/items/{card}/sets", {}, {"Idempotency_Key": key}),
        "log": (f"/session/sets/{logged}/log", {}, {"Idempotency_Key": f"log {key}"}),
    }
    order = data.draw(st.lists(st.sampled_from(sorted(said)), min_size=1, max_size=12))
    breaks = data.draw(st.sets(st.integers(0, 12)))
    together: list[str] = []
    for place, name in enumerate(order):
        together.append(name)
        if place in breaks or place == len(order) - 1:
            calls = [ann.htmx("POST", path, form, **head) for path, form, head in
                     (said[each] for each in together)]  # fmt: skip
            statuses = {each.status_code for each in await asyncio.gather(*calls)}
            assert statuses <= {200, 409}  # 409: its twin is still running
            together = []
    wanted = 3 + ("add by uuid" in order) + ("add by key" in order)
    found = await sets(ann)
    assert len(found) == wanted and len({each["id"] for each in found}) == wanted
    assert sum(bool(each["completed_at"]) for each in found) == ("log" in order)
