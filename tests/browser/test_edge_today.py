"""Without signal for days: the phone counts on from what the server told it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_harness import Edge

WEEK = {"week": "2026-11-16", "before": 2, "days": {"2026-11-17": 1}, "ever": True}
NOTHING = {"week": "2026-11-16", "before": 0, "days": {}, "ever": False}
TODAY = (
    "(state, day) => viewOf('today', {}, state, Date.parse(`${day}T12:00:00Z`), () => 'k').today"
)
NONE = "No workout yet this week"


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


def state(streak: dict[str, Any], *finished: str, **routines: str) -> dict[str, Any]:
    """A phone with workouts finished on these days, each of a routine of one of the names."""
    names = list(routines) or ["A"]
    rows = [
        {"uuid": name, "name": name, "sub": "Squat", "size": "1 exercise", "last_done_at": done}
        for name, done in routines.items()
    ]
    return {
        "person": {"offsets": [[0, 60]], "weight_unit": "kg", "rpe_on": False},
        "today": {"streak": streak, "routines": rows, "starters": [{"name": "Full body"}]},
        "recent": [],
        "finished": {
            day: ended(day, names[place % len(names)]) for place, day in enumerate(finished)
        },
    }


def ended(day: str, routine: str) -> dict[str, Any]:
    """A workout of an hour, with one set of 10 × 80 kg."""
    lifted = {"uuid": day, "set_type": "working", "reps": 10, "weight": "80", "weight_unit": "kg"}
    lifted["completed_at"] = f"{day}T10:30:00.000Z"
    item = {"uuid": f"{day} item", "kind": "exercise", "load": "external", "plan": {}}
    return {
        "uuid": day,
        "name": f"Workout {routine}",
        "routine_uuid": routine,
        "status": "finished",
        "started_at": f"{day}T10:00:00.000Z",
        "ended_at": f"{day}T11:00:00.000Z",
        "local_date": day,
        "items": [{**item, "measure": "reps", "sets": [lifted]}],
    }


@pytest.mark.parametrize(
    ("streak", "finished", "day", "text", "this_week"),
    [
        (WEEK, (), "2026-11-21", "3 weeks in a row", "1 workout this week"),
        (WEEK, ("2026-11-21",), "2026-11-21", "3 weeks in a row", "2 workouts this week"),
        (WEEK, (), "2026-11-25", "3 weeks in a row", NONE),
        (WEEK, ("2026-11-24",), "2026-11-25", "4 weeks in a row", "1 workout this week"),
        (WEEK, (), "2026-12-01", "A new streak starts with one workout", NONE),
        (
            WEEK,
            ("2026-11-29", "2026-11-30"),
            "2026-12-06",
            "5 weeks in a row",
            "1 workout this week",
        ),
        (NOTHING, (), "2026-11-21", "Your first week", NONE),
        (NOTHING, ("2026-11-21",), "2026-11-21", "One week, and counting", "1 workout this week"),
    ],
)
def test_weeks_go_on(
    edge: Edge, streak: Any, finished: tuple[str, ...], day: str, text: str, this_week: str
) -> None:
    shown = edge.call(TODAY, state(streak, *finished), day)["streak"]
    assert (shown["text"], shown["this_week"]) == (text, this_week)
    assert [each["is_today"] for each in shown["days"]].count(True) == 1
    trained = {*finished, *streak["days"]}
    assert sum(each["is_done"] for each in shown["days"]) <= len(trained)


def test_a_workout_finished_on_the_phone_is_the_newest(edge: Edge) -> None:
    shown = edge.call(TODAY, state(NOTHING, "2026-11-20", "2026-11-21"), "2026-11-22")
    assert not shown["is_first_run"] and shown["starters"] == []
    assert [each["date_text"] for each in shown["recent"]] == ["Sat 21 Nov", "Fri 20 Nov"]
    assert shown["recent"][0]["sub"].replace("\u00a0", " ") == "1 h · 1 set"
    assert shown["last"] == {"uuid": "2026-11-21", "name": "Workout A", "sub": "Sat 21 Nov · 1 h"}


def test_it_is_the_next_routine_s_turn(edge: Edge) -> None:
    done = {"A": "2026-11-18T10:00:00.000Z", "B": "2026-11-16T10:00:00.000Z"}
    before = edge.call(TODAY, state(WEEK, **done), "2026-11-21")
    assert next((each["name"], each["is_next"]) for each in before["routines"]) == ("B", True)
    told = state(WEEK, "2026-11-19", "2026-11-20", **done)
    after = edge.call(TODAY, told, "2026-11-21")
    assert next((each["name"], each["is_next"]) for each in after["routines"]) == ("A", True)
    assert [each["meta"] for each in after["routines"]] == [
        "1 exercise · last 2 days ago",
        "1 exercise · last yesterday",
    ]


@pytest.mark.parametrize(
    ("waiting", "text", "url"),
    [
        ({"count": 1}, "1 change on this phone", "/unsent"),
        ({"count": 3}, "3 changes on this phone", "/unsent"),
        ({"count": 3, "refused": 1}, "1 change needs you", "/unsent"),
        ({"count": 3, "status": "sign_in"}, "Sign in to send 3 changes", "/login?next=/unsent"),
        ({"count": 0, "status": "broken"}, "This phone cannot keep changes", "/unsent"),
    ],
)
def test_a_quiet_line_says_what_waits(edge: Edge, waiting: Any, text: str, url: str) -> None:
    said = edge.call("(state) => render('status', {}, state, 0)", {"waiting": waiting})
    assert said == f'<a class="waits" href="{url}">{text}</a>'


def test_nothing_is_said_when_nothing_waits(edge: Edge) -> None:
    assert edge.call("(state) => render('status', {}, state, 0)", {"waiting": {"count": 0}}) == ""
    assert edge.call("(state) => render('status', {}, state, 0)", {}) == ""


def test_a_set_says_that_it_is_on_this_phone(edge: Edge) -> None:
    sheet = {**ended("2026-11-21", "A"), "version": 1}
    sheet["items"][0] |= {"implement": "Barbell", "muscle_group": "legs", "last": []}
    mine = {**state(NOTHING), "sheet": sheet, "waiting": {"sets": ["2026-11-21"], "count": 1}}
    page = "(state) => render('session', {}, state, 0)"
    waits = '<span class="waits">on this phone</span>'
    assert waits in edge.call(page, mine)["main"]
    assert waits not in edge.call(page, {**mine, "waiting": {"count": 1, "sets": []}})["main"]
