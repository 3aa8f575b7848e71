"""How a plan reads: an item's numbers in one line, letters of supersets, when it was done."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from webapp.db import Row, moment
from webapp.ids import uuid7
from webapp.views.text import clock, count, number, short_date
from webapp.zones import local

RESTS = (0, 30, 45, 60, 90, 120, 150, 180, 240, 300)
SIGNS = {"bodyweight": "+", "assisted": "−"}


def key() -> str:
    """A fresh UUIDv7, for a form's key or the UUID of what it makes."""
    return str(uuid7())


def short_key() -> str:
    """A key for a form that stands many times on a page: the random end of a UUID is enough, as
    keys are told apart by person and route, and for thirty days."""
    return key()[-12:]


def name_of(item: Row) -> str:
    """What an item is called."""
    return "Rest" if item["kind"] == "rest" else str(item["name"])


def plan_text(item: Row) -> str:
    """ "3 × 8–12 · 80 kg · rest 2:00" for an item of a routine."""
    if item["kind"] == "rest":
        return clock(item["duration_seconds"])
    return _joined(" · ", *_parts(item))


def progress_text(item: Row) -> str:
    """ "3 × 8–12 · 80 kg · double progression", where an item of a routine progresses."""
    rule = orjson.loads(item["progression"] or "{}").get("rule")
    return _joined(" · ", plan_text(item), f"{rule} progression" if rule else "")


def _parts(item: Row) -> Iterable[str]:
    is_cardio = item["kind"] == "cardio"
    yield _cardio(item) if is_cardio else _work(item)
    yield _heavy(item["load"], item["weight"], item["weight_unit"])
    if item["warm_up_sets"]:
        yield count(item["warm_up_sets"], "warm-up set")
    if item["rest_seconds"] is not None and not is_cardio:
        yield f"rest {clock(item['rest_seconds'])}" if item["rest_seconds"] else "no rest"


def _cardio(item: Row) -> str:
    speed = item["speed_kmh"]
    fast = "" if speed is None else f"{number(Decimal(speed))} km/h"
    return _joined(" · ", clock(item["duration_seconds"]), _distance(item), fast)


def _work(item: Row) -> str:
    long = _joined(" in ", _distance(item), clock(item["duration_seconds"]))
    each = _reps(item) or long
    return f"{item['sets']} × {each}" if each else count(item["sets"], "set")


def _reps(item: Row) -> str:
    low, high = item["reps_min"], item["reps_max"]
    if low is None or high is None or low == high:
        only = high if low is None else low
        return "" if only is None else str(only)
    return f"{low}–{high}"


def _distance(item: Row) -> str:
    if item["distance"] is None:
        return ""
    return f"{number(Decimal(item['distance']))} {item['distance_unit'] or 'm'}"


def letters(items: Sequence[Row]) -> dict[int, str]:
    """Superset number to its letter, in the order they appear; a number that stands alone is no
    superset."""
    numbers = [each["superset"] for each in items if each["superset"] is not None]
    shared = dict.fromkeys(each for each in numbers if numbers.count(each) > 1)
    return {each: chr(ord("A") + place % 26) for place, each in enumerate(shared)}


def names_text(items: Sequence[Row]) -> str:
    """ "Squat, Bench Press, Row" of the exercises of a routine, without their equipment."""
    names = [each["name"].partition(" (")[0] for each in items if each["kind"] == "exercise"]
    return ", ".join(dict.fromkeys(names))


def size_text(items: Sequence[Row]) -> str:
    """ "5 exercises"; cardio counts as one."""
    return count(sum(each["kind"] != "rest" for each in items), "exercise")


def ago(when: Any, timezone: str, now: datetime | None = None) -> str:
    """ "today", "yesterday", "4 days ago", then the date; "" for never."""
    stored = moment(when)
    if stored is None:
        return ""
    day = local(stored, timezone)
    days = (local(now or datetime.now(UTC), timezone).date() - day.date()).days
    if days < 14:
        return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return short_date(day)


def choice(value: str, label: str, is_on: bool) -> dict[str, str | bool]:
    """One chip, option or radio of a form."""
    return {"value": value, "label": label, "is_on": is_on}


def rest_choices(chosen: int | None, usual: int | None = None) -> list[dict[str, str | bool]]:
    """The chips to choose a rest from; the first is "as usual", with what that is."""
    seconds = sorted({*RESTS, *([] if chosen is None else [chosen])})
    first = f"Usual, {clock(usual) if usual else 'off'}" if usual is not None else "Usual"
    return [
        choice("", first, chosen is None),
        *(choice(str(each), clock(each) if each else "Off", each == chosen) for each in seconds),
    ]


def last_text(exercise: Row) -> str:
    """ "60 kg × 8": the last working set of a row of the library's search; "" for none."""
    return numbers_text(
        exercise["load"],
        exercise["last_weight"],
        exercise["last_weight_unit"],
        exercise["last_reps"],
        exercise["last_seconds"],
        exercise["last_distance"],
        exercise["last_distance_unit"],
        exercise["last_band"],
    )


@lru_cache(maxsize=2048)  # people lift the same again and again
def numbers_text(
    load: str,
    weight: str | None,
    weight_unit: str | None,
    reps: int | None,
    seconds: str | None,
    distance: str | None,
    distance_unit: str | None,
    band: str | None,
) -> str:
    """A set in one line: "60 kg × 8", "+5 kg × 6", "1:30", "2 km in 8:41", "Red × 15"."""
    heavy = _heavy(load, weight, weight_unit)
    far = f"{number(Decimal(distance))} {distance_unit or 'm'}" if distance else ""
    long = clock(Decimal(seconds)) if seconds else ""
    lifted = _joined(" × ", (band or "").capitalize(), heavy, "" if reps is None else str(reps))
    return _joined(" · ", lifted, _joined(" in ", far, long))


def _heavy(load: str, weight: str | None, unit: str | None) -> str:
    if weight is None or (load != "external" and not Decimal(weight)):
        return ""
    return f"{SIGNS.get(load, '')}{number(Decimal(weight))} {unit or 'kg'}"


def _joined(mark: str, *parts: str) -> str:
    return mark.join(part for part in parts if part)
