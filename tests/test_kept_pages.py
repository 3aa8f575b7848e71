"""Pages that are kept as HTML: made once while nothing changes, and each request's own put in."""

import re
from datetime import timedelta

import pytest

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import User, Workout
from webapp.settings import Settings

KEY = re.compile(r'name="(?:key|uuid)" value="([^"]+)"')
HEAD = "<!doctype html>"


async def text(person: Person, path: str) -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200
    return str(await answer.get_data(as_text=True))


async def test_progress_that_nobody_changed_is_not_read_again(
    ann: Person, bob: Person, settings: Settings
) -> None:
    if not settings.is_sqlite:
        pytest.skip("what PostgreSQL asks again is told by tests of what is remembered")
    await train(ann.user, 5)
    first = await text(ann, "/stats")
    assert first.startswith(HEAD) and first.count(HEAD) == 1 and "Squat" in first
    await train(bob.user, 2)
    with counted() as statements:
        assert await text(ann, "/stats") == first
    assert len(statements) <= 2


async def test_progress_is_kept_apart_for_what_was_asked_and_for_whom(
    ann: Person, bob: Person
) -> None:
    await train(ann.user, 5)
    for path in ("/stats", "/stats?range=all", "/stats?range=4w", "/stats"):
        shown = await text(ann, path)
        on = "3m" if path == "/stats" else path.partition("=")[2]
        assert f'href="/stats?range={on}" class="on"' in shown
    assert "Nothing to look back on yet" in await text(bob, "/stats")
    await User.filter(id=ann.user.id).update(weight_unit="lb", theme="dark")
    shown = await text(ann, "/stats")
    assert "Volume, lb" in shown and 'data-theme="dark"' in shown
    await Workout.filter(user=ann.user).delete()
    assert "Nothing to look back on yet" in await text(ann, "/stats")


async def test_today_has_keys_of_its_own_each_time_and_all_that_changed(
    ann: Person, bob: Person
) -> None:
    await train(ann.user, 2)
    first, second = await text(ann, "/"), await text(ann, "/")
    keys = [set(KEY.findall(each)) for each in (first, second)]
    assert all(len(each) == 2 for each in keys) and not keys[0] & keys[1]
    assert KEY.sub("", first) == KEY.sub("", second) and "Resume" not in first
    assert (await ann.page("POST", "/session/start", {})).status_code == 303
    begun = await Workout.get(user=ann.user, status="in_progress")
    assert "0 of 0 sets · started &lt; 1 min ago" in await text(ann, "/")
    await Workout.filter(id=begun.id).update(started_at=begun.started_at - timedelta(minutes=7))
    assert "0 of 0 sets · started 7 min ago" in await text(ann, "/")
    assert "Pick a program" in await text(bob, "/")


@pytest.mark.parametrize("path", ["/", "/stats", "/session"])
async def test_a_line_is_said_once_on_a_page_that_is_kept(ann: Person, path: str) -> None:
    await train(ann.user, 2)
    assert (await ann.page("POST", "/session/start", {})).status_code == 303
    gone = await Workout.filter(user=ann.user, status="finished").first()
    assert gone is not None
    before = await text(ann, path)
    assert (await ann.page("POST", f"/workouts/{gone.uuid}/delete")).status_code == 303
    said = await text(ann, path)
    assert f"{gone.name} deleted" in said and f"/workouts/{gone.uuid}/restore" in said
    assert "deleted" not in before + await text(ann, path)
