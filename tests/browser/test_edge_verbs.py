"""What a tap does on the phone is what it does at the server: operation by operation."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_account import Account
from tests.browser.edge_harness import Edge
from tests.browser.edge_taps import Thumb

Run = dict[str, Any]
SEQUENCES = 40  # for each of the people
LENGTHS = (3, 10)
PEOPLE = (
    {"weight_unit": "kg", "distance_unit": "km", "timezone": "Europe/Berlin"},
    {"weight_unit": "lb", "distance_unit": "mi", "timezone": "America/St_Johns"},
    {"weight_unit": "kg", "distance_unit": "mi", "timezone": "Pacific/Auckland",
     "default_rest_seconds": "0"},
    {"weight_unit": "lb", "distance_unit": "km", "timezone": "Asia/Kolkata",
     "rest_timer_on": "false"},
)  # fmt: skip
# What follows from ended workouts, settings and what was kept, in the mirror's documents.
FOLLOWS = ("plans", "last", "settings")
# Each sequence begins with the server's documents; what only the phone knows goes along.
REPLAY = """({library, runs, now}) => {
  let own = {};
  const carryOut = (state, op) => {
    try {
      const made = apply(state, op, now);
      const {sheet} = made.state, isSame = made.state === state;
      return [made.state, {sheet, isSame, body: made.op.body}];
    } catch (error) {
      if (!error.status) throw error;
      const {status, code, text, fields} = error;
      return [state, {refused: {status, code, text, fields}}];
    }
  };
  return runs.map(({start, ops}) => {
    let state = {...own, ...library, ...start};
    const steps = [], before = [];
    for (const op of ops) {
      before.push([state, JSON.stringify(state.sheet)]);
      const [next, step] = carryOut(state, op);
      state = next;
      steps.push(step);
    }
    const isPure = before.every(([{sheet}, text]) => JSON.stringify(sheet) === text);
    const {finished, discarded, plans, last, settings, repeats} = state;
    own = {finished, discarded};
    return {steps, isPure, end: {plans, last, settings, repeats}};
  });
}"""
REPLIES = """({library, runs, now}) => {
  let own = {};
  return runs.map(({start, op}) => {
    const {state, reply: {name, to, facts}} = apply({...own, ...library, ...start}, op, now);
    own = {finished: state.finished, discarded: state.discarded};
    const html = name === "logged" ? render(name, facts, state, now, () => "") : "";
    return {name, to, html, toast: facts.toast};
  });
}"""


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


def someone(site: str, number: int) -> Thumb:
    """A person with routines, three weeks ago."""
    account = Account(site, f"edge{number}", Random(number))
    account.settle(**PEOPLE[number % len(PEOPLE)])
    account.plan()
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begun = int((today - timedelta(days=20)).timestamp() * 1000)
    return Thumb(account, Random(100 + number), begun)


def trained(site: str, number: int) -> dict[str, Any]:
    """What the server made of a person's taps, in sequences."""
    thumb = someone(site, number)
    runs = [sequence(thumb) for _ in range(SEQUENCES)]
    return {"library": thumb.account.library, "runs": runs, "now": milliseconds()}


def milliseconds() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


def sequence(thumb: Thumb) -> Run:
    """Operations: {start, ops, seen: what the server made of each, end: the plans after them}."""
    start = {**thumb.plans, **thumb.now}
    ops, seen = [], []
    for _ in range(thumb.chance.randint(*LENGTHS)):
        ops.append(thumb.tap())
        seen.append(thumb.carried_out(ops[-1]))
    thumb.plans = thumb.account.document("plans")
    return {"start": start, "ops": ops, "seen": seen, "end": thumb.plans}


@pytest.fixture(scope="module")
def all_trained(site: str) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(PEOPLE)) as together:
        return list(together.map(lambda number: trained(site, number), range(len(PEOPLE))))


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_every_verb_does_the_same_at_both_ends(
    edge: Edge, all_trained: list[dict[str, Any]], number: int
) -> None:
    this = all_trained[number]
    for at, (run, done) in enumerate(zip(this["runs"], edge.call(REPLAY, this), strict=True)):
        compare(run, done, f"person {number}, sequence {at}")


def compare(run: Run, done: dict[str, Any], where: str) -> None:
    """Every step, then what follows from them all."""
    steps = zip(run["ops"], run["seen"], done["steps"], strict=True)
    for number, (op, there, here) in enumerate(steps):
        compare_step(op, there, here, f"{where}, step {number}: {op}")
    assert done["isPure"], where
    end = done["end"]
    for name in FOLLOWS:
        assert list(differences(end[name], run["end"][name])) == [], where
    repeats = {uuid: end["repeats"].get(uuid) for uuid in run["end"]["repeats"]}
    assert list(differences(repeats, run["end"]["repeats"])) == [], where


def compare_step(
    op: dict[str, Any], there: dict[str, Any], here: dict[str, Any], where: str
) -> None:
    if here.get("isSame"):
        assert list(differences(there["sheet"], there["before"])) == [], where
        return
    assert here.get("refused") == there.get("refused"), where
    if "refused" not in here:
        assert list(differences(ordered(here["sheet"]), ordered(there["sheet"]))) == [], where
        assert here["body"].items() >= {**op["body"]}.items(), where


def ordered(sheet: Any) -> Any:
    """A sheet as JSON has it, what was removed in the order of its UUIDs."""
    if not sheet or "removed" not in sheet:
        return sheet or None
    return {**sheet, "removed": sorted(sheet["removed"], key=lambda each: each["uuid"])}


def differences(here: Any, there: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two values of JSON differ: (path, the phone's, the server's)."""
    if isinstance(here, dict) and isinstance(there, dict):
        for name in sorted(here.keys() | there.keys()):
            yield from differences(here.get(name), there.get(name), f"{at}.{name}")
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for n, (mine, theirs) in enumerate(zip(here, there, strict=True)):
            yield from differences(mine, theirs, f"{at}[{n}]")
    elif here != there or type(here) is not type(there):
        yield at, here, there


def shown_by_pages(thumb: Thumb, many: int, **headers: str) -> list[Run]:
    """Taps that a page posts and the server carries out: {start, op, text}."""
    runs: list[Run] = []
    while len(runs) < many:
        op, start = thumb.tap(), {**thumb.plans, **thumb.now}
        status, text = thumb.account.post(op, **headers)
        thumb.noted(status)
        thumb.plans = thumb.account.document("plans")
        if status < 400:
            runs.append({"start": start, "op": op, "text": text})
    return runs


def pieces(html: str) -> set[str]:
    """The ids of what an answer paints anew."""
    return set(re.findall(r'<hx-partial hx-target="#([\w-]+)"', html))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_a_reply_leads_to_where_the_pages_lead_and_shows_what_they_show(
    edge: Edge, site: str, headers: dict[str, str]
) -> None:
    thumb = someone(site, 10 + len(headers))
    runs = shown_by_pages(thumb, 40, **headers)
    said = {"library": thumb.account.library, "runs": runs, "now": milliseconds()}
    for run, reply in zip(runs, edge.call(REPLIES, said), strict=True):
        if run["text"].startswith("/"):
            assert reply["to"] == run["text"], run["op"]
            continue
        if reply["name"] == "logged":
            mine, theirs = pieces(reply["html"]), pieces(run["text"])
            assert mine <= theirs, run["op"]
            # Only the server knows every best, and so which other sets have lost theirs.
            assert all(each.startswith("set-") for each in theirs - mine), run["op"]
        toast = reply.get("toast") or {"text": "", "undo_action": ""}
        assert toast["text"] in run["text"], run["op"]
        assert toast["undo_action"] in run["text"], run["op"]
