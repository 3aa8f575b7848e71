"""The phone makes the pages of the gym flow as the server does, from what the server told it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_account import BENCH, OURS, SQUAT, Account
from tests.browser.edge_harness import Edge

ASKED = (
    *("", "press", "curl", "Push-Ups", "DB bench", "SQUAT (Barbell)", "squat bar", "pullup"),
    *("überzüge", "uberzuge", "row s", "ab", "presses", "é", "raise lateral cable", "zzz"),
)
RENDER = """({state, now}, name, facts) => {
  const item = facts.item && findItem(state.sheet, facts.item);
  const known = {...facts, item};
  if (facts.set) [known.item, known.set] = findSet(state.sheet, facts.set);
  return render(name, known, state, now);
}"""
# Made anew for each page, or a moment later.
FRESH = re.compile(
    r'(?<=name="key" value=")[^"]*|(?<=name="uuid" value=")[^"]*|(?<=started )[^<]*(?= ago)'
    r'|(?<=<dt>Time</dt><dd>)[^<]*|(?<=data-since=")[^<]*'
)


class Reader(Account):
    """Reads pages, too."""

    def read(self, path: str, **query: str) -> str:
        """A page; a part of one when it is not at home at its address."""
        is_whole = path in ("/", "/session", "/session/finish") or "summary" in path
        part = {} if is_whole else {"HX-Request": "true", "HX-Target": "#sheet-body"}
        asked = f"{path}?{urlencode(query)}" if query else path
        status, said = self._ask("GET", asked, None, {**OURS, **part, "Accept": "text/html"})
        assert status == 200, (asked, status)
        return plainly(said)

    def mirror(self) -> dict[str, Any]:
        """What their phone knows now: the state of the worker, and the time."""
        documents = [self.document(name) for name in ("plans", "library", "now")]
        state = {name: value for each in documents for name, value in each.items()}
        return {"state": state, "now": int(datetime.now(UTC).timestamp() * 1000)}


def plainly(said: str) -> str:
    return re.sub(r"\s+", " ", FRESH.sub("", said)).strip()


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def ann(site: str) -> Reader:
    """In the middle of her second workout, around noon of her day."""
    ann = Reader(site, "reader", Random(4))
    ann.settle(timezone=_where_it_is_noon(), weight_unit="kg", rpe_on="true")
    ann.plan()
    for name in ("Überzüge & Flys", 'Zercher\'s "Squat"'):
        ann.do("/exercises", name=name, muscle_group="legs", implement="Barbell", measure="reps")
    for routine in ann.document("plans")["plans"]:
        _train(ann, routine["uuid"])
    ann.do("/session/start", routine=ann.document("plans")["plans"][0]["uuid"])
    _log(ann, 4)
    ann.do("/session/rest/skip")
    ann.read("/")  # takes the toast away
    return ann


def _where_it_is_noon() -> str:
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+}"


def _train(ann: Reader, routine: str) -> None:
    ann.do("/session/start", routine=routine)
    _log(ann, 9)
    ann.do("/session/finish", unlogged="drop", rating="4", note="<b>Good</b>")


def _log(ann: Reader, many: int) -> None:
    numbers = {"reps": "8", "duration": "1:10", "distance": "2.5", "weight": "42.5"}
    for item in ann.document("now")["sheet"]["items"][:3]:
        for each in item["sets"][: many // 2]:
            ann.do(f"/session/sets/{each['uuid']}/log", **numbers)


@pytest.mark.parametrize(
    ("name", "path"), [("today", "/"), ("session", "/session"), ("finish", "/session/finish")]
)
def test_whole_pages(edge: Edge, ann: Reader, name: str, path: str) -> None:
    page, made = ann.read(path), edge.call(RENDER, ann.mirror(), name, {})
    for block in ("top", "main", "sheets", "toast"):
        assert plainly(made[block]) in page, block
    assert f"<title>{made['title']} · Setlog</title>" in page


def test_what_slides_up(edge: Edge, ann: Reader) -> None:
    mirror, kinds = (
        ann.mirror(),
        {"edit": "item_edit", "plates": "plate_sheet", "warmup": "warm_ups"},
    )
    items = mirror["state"]["sheet"]["items"]
    for item in items:
        for verb, name in kinds.items():
            facts = {"item": item["uuid"], "is_part": True}
            made = edge.call(RENDER, mirror, name, facts)
            assert plainly(made) == ann.read(f"/session/items/{item['uuid']}/{verb}"), verb
        for each in item["sets"]:
            made = edge.call(RENDER, mirror, "set_edit", {"set": each["uuid"], "is_part": True})
            assert plainly(made) == ann.read(f"/session/sets/{each['uuid']}")
    assert len(items) >= 5


@pytest.mark.parametrize("muscle", ["", "chest", "legs"])
def test_the_library_is_searched_alike(edge: Edge, ann: Reader, muscle: str) -> None:
    mirror = ann.mirror()
    for q in ASKED:
        facts = {"q": q, "muscle": muscle, "is_part": True}
        made = edge.call(RENDER, mirror, "exercise_picker", facts)
        assert plainly(made) == ann.read("/session/add", q=q, muscle=muscle), q


def test_another_exercise_instead(edge: Edge, ann: Reader) -> None:
    mirror = ann.mirror()
    item = mirror["state"]["sheet"]["items"][0]
    assert item["exercise_name"] == BENCH
    facts = {"item": item["uuid"], "is_part": True}
    made = edge.call(RENDER, mirror, "exercise_picker", facts)
    assert plainly(made) == ann.read(f"/session/items/{item['uuid']}/swap")
    assert SQUAT in made


def test_what_a_workout_came_to(edge: Edge, site: str) -> None:
    """The phone has it from the sheet before the server has ended it."""
    bob = Reader(site, "reader2", Random(5))
    bob.settle(timezone=_where_it_is_noon())
    bob.do("/session/start")
    for name in (SQUAT, BENCH, "Plank"):
        bob.do("/session/items", exercise=bob.exercises[name])
    _log(bob, 4)
    mirror = bob.mirror()
    bob.do("/session/finish", unlogged="drop")
    ended = bob.mirror()["state"]["recent"][0]
    sheet = {**mirror["state"].pop("sheet"), "ended_at": ended["ended_at"]}
    mirror["state"]["finished"] = {ended["uuid"]: sheet}
    ask = RENDER.replace("{...facts, item}", "{...facts, sheet: Object.values(state.finished)[0]}")
    made = edge.call(ask, mirror, "summary", {"pbs": mirror["state"]["pbs"]})
    assert plainly(made["main"]) in bob.read(f"/session/summary/{ended['uuid']}")
