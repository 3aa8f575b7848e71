"""The rest timer: it starts with a logged set and is two stored moments."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.gym import JSON, classic, item, routine, sets, start, tap, text
from tests.support.world import Person
from webapp.models import User, Workout
from webapp.training import resting
from webapp.training.lines import Sheet


async def rest(person: Person) -> dict[str, object] | None:
    answer = await person.json("GET", "/session", **JSON)
    found: dict[str, object] | None = (await answer.get_json())["rest"]
    return found


async def length() -> float:
    workout = await Workout.get()
    assert workout.rest_started_at is not None and workout.rest_ends_at is not None
    return (workout.rest_ends_at - workout.rest_started_at).total_seconds()


async def act(person: Person, verb: str) -> str:
    answer = await person.htmx("POST", f"/session/rest/{verb}", {})
    assert answer.status_code == 200
    return await text(answer)


async def test_a_logged_set_starts_the_rest_of_its_exercise(ann: Person) -> None:
    await start(ann, await classic(ann))
    assert await rest(ann) is None
    page = await text(await tap(ann, (await sets(ann))[0]["id"]))
    assert 'class="rest is-on"' in page and 'data-total="180"' in page
    assert "Set 2 · 80 kg × 5" in page
    assert await length() == 180
    await tap(ann, (await sets(ann, 1))[0]["id"])
    assert await length() == 120


async def test_a_reload_counts_to_the_same_end(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    before = await rest(ann)
    page = await text(await ann.page("GET", "/session"))
    ends = (await Workout.get()).rest_ends_at
    assert ends is not None and f'data-ends-at="{int(ends.timestamp() * 1000)}"' in page
    assert await rest(ann) == before


async def test_no_rest_where_none_is_wanted(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann, 2))[0]["id"])  # the plank's rest is 0
    assert await rest(ann) is None
    await User.filter(id=ann.user.id).update(rest_timer_on=False)
    await tap(ann, (await sets(ann))[0]["id"])
    assert await rest(ann) is None


async def test_the_next_set_ends_a_rest_that_still_runs(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    await tap(ann, (await sets(ann, 2))[0]["id"])
    assert await rest(ann) is None


async def test_no_rest_after_the_last_set(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 1, "reps_min": 5}))
    await tap(ann, (await sets(ann))[0]["id"])
    assert await rest(ann) is None


async def test_a_superset_rests_after_its_round(ann: Person) -> None:
    plan = await routine(
        ann,
        {"slug": "squat-barbell", "sets": 2, "reps_min": 5, "superset": 1, "rest_seconds": 0},
        {"slug": "plank", "sets": 1, "duration_seconds": 30, "superset": 1, "rest_seconds": 75},
        {"slug": "pull-up", "sets": 1, "reps_min": 5},
    )
    await start(ann, plan)
    await tap(ann, (await sets(ann))[0]["id"])
    assert await rest(ann) is None
    await tap(ann, (await sets(ann, 1))[0]["id"])
    assert await length() == 75
    await tap(ann, (await sets(ann))[1]["id"])  # alone in the last round
    assert await length() == 75


async def test_editing_and_undoing(ann: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    await tap(ann, first)
    before = await rest(ann)
    await ann.htmx("POST", f"/session/sets/{first}/edit", {"reps": "4"})
    assert await rest(ann) == before
    await ann.htmx("POST", f"/session/sets/{first}/undo", {})
    assert await rest(ann) is None


async def test_a_tap_that_arrives_late_rests_from_its_moment(ann: Person) -> None:
    await start(ann, await classic(ann))
    now = datetime.now(UTC)
    await Workout.all().update(started_at=now - timedelta(hours=1))
    first, at = (await sets(ann))[0]["id"], now - timedelta(minutes=10)
    path = f"/session/sets/{first}/log"
    answer = await ann.htmx("POST", path, {}, Setlog_Tapped_At=at.isoformat())
    assert 'class="rest is-on"' not in await text(answer)
    assert (await Workout.get()).rest_ends_at == at + timedelta(seconds=180)


async def test_pause_resume_longer_shorter_skip(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    page = await act(ann, "pause")
    assert "is-paused" in page and 'data-ends-at=""' in page and "/session/rest/resume" in page
    left = (await Workout.get()).rest_left_seconds
    assert left is not None and 178 <= left <= 180
    assert f'data-left="{left - 15}"' in await act(ann, "minus")
    assert f'data-left="{left}"' in await act(ann, "plus")
    page = await act(ann, "resume")
    assert "is-paused" not in page and (await Workout.get()).rest_left_seconds is None
    assert await length() == 180
    await act(ann, "plus")
    assert 194 <= await length() <= 196
    page = await act(ann, "skip")
    assert "is-on" not in page and await rest(ann) is None
    for verb in ("pause", "resume", "minus", "plus"):
        assert "is-on" not in await act(ann, verb)
    assert await rest(ann) is None


async def test_shortening_to_nothing_ends_the_rest(ann: Person) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    await Workout.all().update(rest_ends_at=datetime.now(UTC) + timedelta(seconds=10))
    await act(ann, "minus")
    assert await rest(ann) is None


@pytest.mark.parametrize("verb", ["pause", "resume", "minus", "plus", "skip"])
async def test_bob_has_a_timer_of_his_own(ann: Person, bob: Person, verb: str) -> None:
    await start(ann, await classic(ann))
    await tap(ann, (await sets(ann))[0]["id"])
    before = await rest(ann)
    path = f"/session/rest/{verb}"
    assert (await bob.htmx("POST", path, {})).status_code == 404
    assert (await bob.json("POST", path, {}, **JSON)).status_code == 404
    assert await rest(ann) == before
    assert (await ann.page("POST", path, {})).headers["Location"] == "/session"


async def test_the_card_says_how_long_the_rest_is(ann: Person) -> None:
    await start(ann, await classic(ann))
    page = await text(await ann.htmx("GET", f"/session/items/{await item(ann)}/edit"))
    assert 'value="180" checked' in page


def sheet(now: datetime, ends: int | None, left: int | None = None) -> Sheet:
    made = object.__new__(Sheet)
    made.rest_started_at = now - timedelta(seconds=60)
    made.rest_ends_at = None if ends is None else now + timedelta(seconds=ends)
    made.rest_left_seconds = left
    return made


def test_what_is_left_is_rounded_up_and_never_negative() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert resting.left(sheet(now, 30), now) == 30
    assert resting.left(sheet(now, 30), now + timedelta(milliseconds=1)) == 30
    assert resting.left(sheet(now, 30), now + timedelta(seconds=31)) == 0
    assert resting.left(sheet(now, None), now) == 0
    assert resting.is_on(sheet(now, -10), now) and not resting.is_on(sheet(now, -16), now)
    assert resting.is_on(sheet(now, -600, left=5), now)
    assert resting.begun(10**9, now)[1] == now + timedelta(hours=1)
