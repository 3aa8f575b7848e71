"""What a phone without signal says of weights that grow: what it heard last, and no more."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_account import SQUAT, Account
from tests.browser.edge_harness import Edge

# The routine is done once and started again, all on the phone: the three sheets, and the pages.
TWICE = """([state, start, finish, again]) => {
  const pages = [], sheets = [];
  const tap = (op) => { state = apply(state, op, Date.parse(op.at)).state; };
  const look = (at) => {
    sheets.push(state.sheet);
    pages.push(render("session", {}, state, Date.parse(at)).main);
  };
  tap(start);
  look(start.at);
  for (const {uuid} of state.sheet.items[0].sets)
    tap({...start, key: uuid, path: `/session/sets/${uuid}/log`, body: {}, workout: start.uuid});
  tap(finish);
  tap(again);
  look(again.at);
  return {sheets, pages};
}"""
AS_BEFORE = "As last time; the next step comes with signal"


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def ann(site: str) -> Account:
    """Has done a routine once, whose weight grows with each time."""
    ann = Account(site, "advised", Random(6))
    routine = ann.uuid()
    ann.do("/routines", uuid=routine, name="Grows")
    numbers = {"sets": "2", "reps_min": "5", "reps_max": "5", "weight": "80", "weight_unit": "kg"}
    planned = {"exercise": ann.exercises[SQUAT], "progression": "linear", **numbers}
    ann.do(f"/routines/{routine}/items", uuid=ann.uuid(), **planned)
    ann.do("/session/start", routine=routine)
    for each in ann.document("now")["sheet"]["items"][0]["sets"]:
        ann.do(f"/session/sets/{each['uuid']}/log", reps="5", weight="80")
    ann.do("/session/finish", unlogged="drop")
    return ann


def test_a_second_time_without_signal_is_as_the_first_and_says_so(edge: Edge, ann: Account) -> None:
    state = {name: said for each in DOCUMENTS for name, said in ann.document(each).items()}
    [plan] = state["plans"]
    workout, day = ann.uuid(), "2026-11-20T12:{}:00.000Z"
    made = edge.call(
        TWICE,
        [
            state,
            _op(workout, "/session/start", day.format("00"), routine=plan["uuid"]),
            {**_op(ann.uuid(), "/session/finish", day.format("20")), "workout": workout},
            _op(ann.uuid(), "/session/start", day.format("40"), routine=plan["uuid"]),
        ],
    )
    first, second = (sheet["items"][0] for sheet in made["sheets"])
    assert first["plan"]["advice"] == plan["items"][0]["plan"]["advice"] != AS_BEFORE
    assert second["plan"]["advice"] == AS_BEFORE
    assert AS_BEFORE in made["pages"][1]
    assert AS_BEFORE not in made["pages"][0]
    weights = [[each["planned_weight"] for each in item["sets"]] for item in (first, second)]
    assert weights[0] == weights[1] == ["82.5", "82.5"]


DOCUMENTS = ("plans", "library", "now")


def _op(uuid: str, path: str, at: str, **body: str) -> dict[str, Any]:
    return {"key": uuid, "uuid": uuid, "at": at, "path": path, "body": body, "form": 1}
