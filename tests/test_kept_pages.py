"""Pages that are kept as HTML: made once while nothing changes, and each request's own put in."""

import pytest

from tests.support.history import train
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import User, Workout
from webapp.settings import Settings

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


@pytest.mark.parametrize("path", ["/stats", "/session"])
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
