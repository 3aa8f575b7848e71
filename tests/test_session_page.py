"""The page of the workout says what it would say if it were made anew, with keys of its own."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import gym
from tests.support.remembering import heard, nothing_known
from tests.support.statements import counted
from tests.support.world import Person, caller
from webapp import db, session_page
from webapp.history.bests import bests_of_workout
from webapp.models import Exercise, User, WorkoutItem, WorkoutSet
from webapp.settings import ROOT, Settings
from webapp.templating import environment
from webapp.training.lines import Sheet, SheetItem
from webapp.views.cards import cards

KEY = re.compile(r'name="key" value="([^"]+)"')
MADE = re.compile(r'name="uuid" value="([^"]+)"')
# What the clock and each request change: keys, UUIDs of what a form makes, the time that went by.
OWN = re.compile(r'(name="(?:key|uuid)" value=)"[^"]*"|data-since="\d+">[^<]*')


async def begun(person: Person) -> None:
    await gym.did(person, "squat-barbell", ("77.5", 5), ("77.5", 4))
    await gym.classic(person)
    started = await person.page("POST", "/session/start", {"routine": await _routine(person)})
    assert started.status_code == 303


async def _routine(person: Person) -> str:
    found = await person.user.routines.all().first()  # type: ignore[attr-defined]
    return str(found.uuid)


async def page(person: Person) -> str:
    answer = await person.page("GET", "/session")
    assert answer.status_code == 200
    return str(await answer.get_data(as_text=True))


async def anew(person: Person) -> str:
    with nothing_known():
        session_page._made.clear()
        return await page(person)


def bare(text: str) -> str:
    return OWN.sub(r"\1", text)


def main(text: str) -> str:
    """The part with the cards; what a page says once, of the last tap, stands outside of it."""
    found = re.search(r"<main.*?</main>", bare(text), re.DOTALL)
    assert found
    return found[0]


async def test_every_form_has_a_key_of_its_own_each_time(ann: Person) -> None:
    await begun(ann)
    first, second = await page(ann), await page(ann)
    assert bare(first) == bare(second) and "." not in "".join(KEY.findall(first))
    for pattern in (KEY, MADE):
        assert pattern.findall(first) and not {*pattern.findall(first)} & {*pattern.findall(second)}
    made = MADE.findall(first)
    assert len({*made}) == len(made) == 3
    rows = re.findall(r"<li.*?</li>", first, re.DOTALL)
    keys = [{*KEY.findall(each)} for each in rows]
    assert len(rows) == 8 and all(len(each) <= 1 for each in keys)
    assert len(set().union(*keys)) == 8


async def test_an_opened_page_is_not_read_again(ann: Person, bob: Person) -> None:
    await begun(ann)
    await page(ann)
    await begun(bob)
    with counted() as statements:
        assert "Squat" in await page(ann)
    assert len(statements) == (4 if db.is_postgres() else 1)
    assert "77.5" in await page(bob)


async def _log(ann: Person) -> None:
    each = await WorkoutSet.filter(user=ann.user, completed_at=None).order_by("id").first()
    answer = await ann.page("POST", f"/session/sets/{each.uuid}/log", {"weight": "81", "reps": "5"})  # type: ignore[union-attr]
    assert answer.status_code == 303


async def _undo(ann: Person) -> None:
    await _log(ann)
    each = await WorkoutSet.filter(user=ann.user).exclude(completed_at=None).order_by("-id").first()
    assert (await ann.page("POST", f"/session/sets/{each.uuid}/undo")).status_code == 303  # type: ignore[union-attr]


async def _move(ann: Person) -> None:
    await _menu(ann, "down")


async def _one_less(ann: Person) -> None:
    await _menu(ann, "sets/drop")


async def _remove(ann: Person) -> None:
    await _menu(ann, "remove")


async def _menu(ann: Person, what: str) -> None:
    item = await WorkoutItem.filter(user=ann.user, workout__status="in_progress").first()
    assert (await ann.page("POST", f"/session/items/{item.uuid}/{what}")).status_code == 303  # type: ignore[union-attr]


async def _together(ann: Person) -> None:
    await WorkoutItem.filter(user=ann.user).update(superset=1)


async def _note(ann: Person) -> None:
    await WorkoutItem.filter(user=ann.user).update(note="Slow")


async def _unit(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(weight_unit="lb")


async def _rpe(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(rpe_on=True)


async def _name(ann: Person) -> None:
    await WorkoutItem.filter(user=ann.user).update(exercise_name="High bar")


async def _step(ann: Person) -> None:
    await Exercise.filter(slug="squat-barbell").update(increment_kg="1.25")


async def _past(ann: Person) -> None:
    await WorkoutSet.filter(user=ann.user, weight="77.5").update(weight="70")


LOGGED = (_log, _undo, _one_less, _move, _remove, _together, _note)
CHANGES = (*LOGGED, _unit, _rpe, _name, _step, _past)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_on_the_page_at_once(
    ann: Person, change: Callable[[Person], object]
) -> None:
    await begun(ann)
    before = await page(ann)
    await change(ann)  # type: ignore[misc]
    after = await page(ann)
    assert main(after) != main(before)
    assert main(after) == main(await anew(ann))


@pytest.mark.parametrize("path", ["/session", "/api/session", "/api/session/workout"])
async def test_nobody_changes_what_is_remembered(
    ann: Person, settings: Settings, path: str
) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL is asked every time")
    await begun(ann)
    await heard(ann.user)  # as each request does
    kept = await session_page.running(ann.user.id)
    before = copy.deepcopy(kept)
    for ask in (ann.json, ann.page):
        await (await ask("GET", path)).get_data()
    assert await session_page.running(ann.user.id) is kept
    assert kept == before


async def test_bob_sees_his_own(ann: Person, bob: Person) -> None:
    await begun(ann)
    assert "Squat" in await page(ann)
    assert (await bob.page("GET", "/session")).status_code == 303
    assert (await bob.json("GET", "/session")).status_code == 404


async def _as_the_phone_makes_it(person: Person) -> str:
    sheet = await session_page.running(person.user.id)
    assert sheet is not None
    bests = await bests_of_workout(person.user.id, sheet.id)
    view = {"cards": cards(sheet, bests, caller(person)), "session": {"key": ""}}
    return environment(ROOT / "templates").get_template("flow/session.html").render(view)


async def test_cards_that_are_made_one_by_one_are_those_of_the_flow(ann: Person) -> None:
    await begun(ann)
    for change in (_together, *LOGGED):
        await change(ann)
        assert bare(await _as_the_phone_makes_it(ann)) in main(await page(ann))


async def test_a_logged_set_leaves_the_cards_of_other_exercises_as_they_were(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(ann)
    await page(ann)
    made: list[str] = []
    drawn = session_page._drawn

    def noted(sheet: Sheet, item: SheetItem, *more: Any) -> Any:
        made.append(item.exercise_name)
        return drawn(sheet, item, *more)

    monkeypatch.setattr(session_page, "_drawn", noted)
    await _log(ann)
    assert "81" in await page(ann)
    assert made == ["Squat (Barbell)"]
