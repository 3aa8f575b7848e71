"""What the phone counts with: decimals, forms, plates, warm-ups, clocks; held against ours."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.browser import edge_harness
from tests.browser.edge_harness import Edge
from tests.browser.edge_taps import FINISHED, NUMBERS, TUNED
from webapp import forms
from webapp.contracts.edge.base import instant
from webapp.ids import child
from webapp.models.fields import grams, millimetres, plain
from webapp.problems import Problem
from webapp.training import logging, plates, prefill, resting, warmups
from webapp.zones import offsets

NOW = datetime(2026, 3, 29, 12, 0, 0, 500_000, UTC)
WEIGHTS = [*(f"{n / 4:g}" for n in range(0, 1400, 7)), "0.01", "88.004", "1234.567", "9999.99"]
MARK = "0190b2d2-0000-7000-8000-0000000000ff"


@pytest.fixture(scope="module")
def edge(browser: Browser) -> Iterator[Edge]:
    with edge_harness.opened(browser) as opened:
        yield opened


def milliseconds(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def test_the_nth_child_of_a_uuid_is_the_servers(edge: Edge) -> None:
    parents = [MARK, MARK[:24] + "ffffffffffff", MARK[:24] + "fffffffffff0"]
    asked = [(parent, n) for parent in parents for n in (1, 2, 16, 300)]
    expected = [str(child(UUID(parent), n)) for parent, n in asked]
    assert edge.each("([uuid, n]) => child(uuid, n)", asked) == expected


def test_weights_and_distances_convert_to_the_same_texts(edge: Edge) -> None:
    for unit, wanted in product(("kg", "lb"), repeat=2):
        made = edge.each(f"(each) => converted(each, '{unit}', '{wanted}')", WEIGHTS)
        assert made == [prefill.converted(each, unit, wanted) for each in WEIGHTS]
    for unit, wanted in product(("m", "km", "mi", "yd"), repeat=2):
        made = edge.each(f"(each) => far(each, '{unit}', '{wanted}')", WEIGHTS)
        assert made == [prefill.far(each, unit, wanted) for each in WEIGHTS]


def test_what_is_compared_is_the_same_integer(edge: Edge) -> None:
    asked = ["0.0005", "0.0015", "0.0025", *WEIGHTS]
    for unit in ("kg", "lb"):
        made = edge.each(f"(each) => grams(each, '{unit}')", asked)
        assert made == [grams(each, unit) for each in asked]
    for unit in ("m", "mi", "yd"):
        made = edge.each(f"(each) => millimetres(each, '{unit}')", asked)
        assert made == [millimetres(each, unit) for each in asked]


def test_exact_arithmetic_is_exact(edge: Edge) -> None:
    numbers = ["0", "1.10", "-2.5", "82.5", "0.1", "0.2", "99999999999999999999.5", "-0.005"]
    for name, sign in (("plus", "+"), ("minus", "-"), ("times", "*")):
        pairs = list(product(numbers, repeat=2))
        made = edge.each(f"([a, b]) => {name}(a, b)", pairs)
        expected = [_worked_out(a, sign, b) for a, b in pairs]
        assert made == expected


def _worked_out(a: str, sign: str, b: str) -> str:
    with localcontext() as exactly:
        exactly.prec = 60
        one, two = Decimal(a), Decimal(b)
        made = {"+": one + two, "-": one - two, "*": one * two}[sign]
        return plain(made + 0)  # no "-0"


def test_ramps_towards_a_weight_are_the_same(edge: Edge) -> None:
    asked = list(product(("22.5", "60", "101.25", "140", "15", "225"), ("2.5", "5", "1.25"),
                         (None, "20", "45"), range(1, 7)))  # fmt: skip
    made = edge.each("([weight, step, bar, many]) => few(many, weight, step, bar)", asked)
    assert made == [_ramp(*each) for each in asked]


def _ramp(weight: str, step: str, bar: str | None, many: int) -> list[dict[str, Any]]:
    numbers = (Decimal(weight), Decimal(step), Decimal(bar) if bar else None)
    sets = warmups.few(many, *numbers)
    return [{"weight": plain(s.weight), "reps": s.reps, "share": s.share} for s in sets]


OWNED: tuple[dict[str, Any], ...] = (
    {},
    {"kg": {"20": 2, "15": 2, "10": 1, "1.25": 4}, "lb": {"45": 2}},
    {"kg": {"25": 0}, "lb": [["2.5", 8]]},
)


def test_the_same_plates_go_on_the_bar(edge: Edge) -> None:
    weights = ("19", "20", "61.25", "82.5", "100", "142.3", "500")
    asked = list(product(weights, ("kg", "lb"), OWNED, ({}, {"kg": ["17.5", "20"]})))
    load = """([weight, unit, plates, bars]) =>
      loadBar(weight, barsOf(bars, unit)[0], stockOf(plates, unit))"""
    assert edge.each(load, asked) == [_loaded(*each) for each in asked]


def _loaded(weight: str, unit: str, owned: Any, bars: Any) -> dict[str, Any]:
    bar = plates.bars(bars, unit)[0]
    made = plates.load(Decimal(weight), bar, plates.stock(owned, unit))
    side = [plain(each) for each in made.side]
    return {"side": side, "total": plain(made.total), "is_exact": made.is_exact}


IDS = (MARK, MARK.upper(), "", " ", "x", MARK[:-1], f" {MARK}")
SAID: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "SetIn": {**NUMBERS, "duration_seconds": NUMBERS["duration"], "notes": NUMBERS["note"]},
    "SessionItemEdit": {**TUNED, "rest_seconds": TUNED["rest"], "weight_unit": TUNED["unit"]},
    "Finish": FINISHED,
    "Made": {"uuid": (IDS, ())},
    "Chosen": {"exercise": (IDS, ()), "uuid": (IDS, ())},
    "SessionStart": {"routine": (IDS, ()), "repeat": (IDS, ())},
    "PlatesQuery": {"weight": NUMBERS["weight"], "bar": NUMBERS["weight"]},
}
MORE = ("1E+2", "00080", "5e-3", "0e30", "1e400", "-0.0", "1.", ".", "+", "1,5,5", "0x10")


@pytest.mark.parametrize("form", SAID)
def test_what_may_be_said_is_heard_and_refused_in_the_same_words(edge: Edge, form: str) -> None:
    bodies: list[dict[str, str]] = [{}]
    for name, (right, wrong) in SAID[form].items():
        more = MORE if name in ("reps", "weight", "distance", "duration") else ()
        bodies += [{name: said} for said in (*right, *wrong, *more)]
    bodies += [{name: (wrong or ("x",))[0] for name, (_, wrong) in SAID[form].items()}]
    heard = edge.each(
        f"""(body) => {{
          try {{ return checkForm("{form}", body) }}
          catch ({{status, text, fields}}) {{ return {{status, text, fields}} }}
        }}""",
        bodies,
    )
    for body, here in zip(bodies, heard, strict=True):
        assert here == _heard(form, body), str(body)[:200]


def _heard(form: str, body: dict[str, str]) -> dict[str, Any]:
    try:
        said = forms.check(getattr(forms, form), body)
    except Problem as problem:
        fields = {str(path[0]): texts for path, texts in problem.fields.items()}
        return {"status": problem.status, "text": problem.text, "fields": fields}
    whole = ("reps", "duration_seconds", "interval_seconds", "rest_seconds", "rating")
    return {name: each if name in whole else _as_kept(each) for name, each in said.items()}


def _as_kept(said: Any) -> Any:
    """Numbers as text, as they are stored."""
    if isinstance(said, Decimal | float):
        return plain(Decimal(said))
    return str(said) if isinstance(said, UUID) else said


def test_the_moment_of_a_tap_is_believed_when_it_is_sane(edge: Edge) -> None:
    month, late = timedelta(days=30), timedelta(milliseconds=1)
    told = [NOW, NOW - late, NOW + late, NOW - month, NOW - month - late, NOW - timedelta(days=40)]
    taps = [each.isoformat(timespec="milliseconds") for each in told]
    taps += [
        "2026-03-29T09:00:00.250-02:30",
        "2026-03-28T12:00:00Z",
        "2026-03-28T12:00:00",
        "x",
        "",
    ]
    made = edge.each(f"(at) => tapped(at, {milliseconds(NOW)})", taps)
    assert made == [instant(logging.tapped(each, NOW)) for each in taps]


def test_a_workout_is_called_and_dated_by_the_persons_clock(edge: Edge) -> None:
    zones = ("Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin", "UTC")
    hours = [NOW - timedelta(hours=each) for each in range(0, 48, 3)]
    for zone in zones:
        person = {"offsets": offsets(zone, NOW)}
        asked = [(person, instant(each)) for each in hours]
        made = edge.each("([{offsets}, at]) => [byHour(at, offsets), dateOf(at, offsets)]", asked)
        assert made == [_begun(each, zone) for each in hours], zone


def _begun(at: datetime, zone: str) -> list[str]:
    on_clock = at.astimezone(ZoneInfo(zone))
    part = "Morning" if on_clock.hour < 12 else "Afternoon" if on_clock.hour < 17 else "Evening"
    return [f"{part} workout", on_clock.date().isoformat()]


# What the phone asks of a rest, and the server's word for it.
ASKED: dict[str, Callable[[Any, datetime], Any]] = {
    "restLeft(sheet, Date.parse(at))": resting.left,
    "restIsOn(sheet, Date.parse(at))": resting.is_on,
    "restTotal(sheet)": lambda sheet, at: resting.total(sheet),
    "paused(sheet, at)": resting.paused,
    "resumed(sheet, at)": resting.resumed,
    "shifted(sheet, 15, at)": lambda sheet, at: resting.shifted(sheet, 15, at),
    "shifted(sheet, -15, at)": lambda sheet, at: resting.shifted(sheet, -15, at),
}


@pytest.mark.parametrize("asked", ASKED)
def test_the_rest_timer_counts_to_the_same_end(edge: Edge, asked: str) -> None:
    rests: list[tuple[Any, Any, Any]] = [
        (None, None, None),
        (NOW, NOW + timedelta(seconds=90), None),
    ]
    rests += [(NOW, NOW + timedelta(seconds=90, milliseconds=500), left) for left in (None, 1, 40)]
    rests += [(NOW, NOW + timedelta(hours=1), 3590)]
    times = [NOW + timedelta(milliseconds=n) for n in (0, 1, 999, 75_000, 89_999, 90_000, 105_000)]
    pairs = list(product(rests, times))
    sent = [({n: _said(v) for n, v in zip(NAMES, r, strict=True) if v}, _said(t)) for r, t in pairs]
    made = edge.each(f"([sheet, at]) => {asked}", sent)
    for (rest, at), here in zip(pairs, made, strict=True):
        there: Any = ASKED[asked](SimpleNamespace(**dict(zip(NAMES, rest, strict=True))), at)
        if isinstance(there, tuple):
            there, here = [_said(each) for each in there], (here + [None] * 3)[:3]
        assert here == there, (rest, at)


NAMES = ("rest_started_at", "rest_ends_at", "rest_left_seconds")


def _said(value: Any) -> Any:
    return instant(value) if isinstance(value, datetime) else value
