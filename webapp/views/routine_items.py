"""The form of a routine's item, and the picker that adds exercises one after another."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import orjson

from webapp.auth import Caller
from webapp.db import Row
from webapp.views.exercises import muscle_chips, subtitle
from webapp.views.plans import key, last_text, name_of, rest_choices
from webapp.views.text import clock, count, number

PROGRESSIONS = (("off", "Off"), ("double", "Double"), ("linear", "Linear"))


def routine_item(item: Row, person: Caller) -> dict[str, Any]:
    """The form of one item, with the fields that its kind and exercise need."""
    unit = item["weight_unit"] or item["setting_unit"] or person.weight_unit
    far = item["distance_unit"] or person.distance_unit
    is_rest, is_cardio = item["kind"] == "rest", item["kind"] == "cardio"
    is_work = not is_rest and not is_cardio
    return {
        "current": "routines",
        "back": f"/routines/{item['routine_uuid']}",
        "item": {"url": f"/routines/items/{item['uuid']}", "name": name_of(item), "key": key()},
        "has_sets": is_work,
        "has_reps": is_work and item["measure"] == "reps",
        "has_weight": is_work and item["load"] != "none",
        "has_duration": not is_work or item["measure"] != "reps",
        "has_distance": is_cardio or (is_work and item["measure"] == "distance"),
        "is_rest": is_rest,
        "is_cardio": is_cardio,
        "weight_label": {"bodyweight": "Added weight", "assisted": "Assistance"}.get(
            item["load"], "Weight"
        ),
        "values": {
            **{name: _plain(item[name]) for name in ("sets", "warm_up_sets", "note")},
            **{name: _plain(item[name]) for name in ("reps_min", "reps_max")},
            **{name: _decimal(item[name]) for name in ("weight", "distance", "speed_kmh")},
            "duration_seconds": clock(item["duration_seconds"]),
            "weight_unit": unit,
            "distance_unit": far,
            **_progression(item),
        },
        "progressions": PROGRESSIONS,
        "rests": rest_choices(item["rest_seconds"], _usual_rest(item, person)),
    }


def _progression(item: Row) -> dict[str, str]:
    rule = orjson.loads(item["progression"] or "{}")
    return {"progression": rule.get("rule", "off"), "progression_step": rule.get("step", "")}


def _usual_rest(item: Row, person: Caller) -> int:
    known = (item["setting_rest_seconds"], item["exercise_rest_seconds"])
    return next((each for each in known if each is not None), person.default_rest_seconds)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _decimal(value: str | None) -> str:
    return "" if value is None else number(Decimal(value))


def routine_add(
    routine: Row,
    items: Sequence[Row],
    asked: dict[str, Any],
    recent: Sequence[Row],
    found: Sequence[Row],
) -> dict[str, Any]:
    """The picker: recent ones first while nothing is searched, and what is already in."""
    times = _times(items)
    known = {each["id"] for each in recent}
    others = [each for each in found if each["id"] not in known]
    groups = [("Recent", recent), ("All exercises", others)] if recent else [("", others)]
    url = f"/routines/{routine['uuid']}"
    return {
        "current": "routines",
        "back": url,
        "url": url,
        "name": routine["name"],
        "q": asked["q"],
        "muscle": asked["muscle"],
        "muscles": muscle_chips(asked["muscle"]),
        "groups": [
            {"title": title, "exercises": [_offer(each, times) for each in some]}
            for title, some in groups
        ],
        "is_empty": not found,
        "in_text": size_of(items),
        "create_url": f"/exercises/new?{urlencode({'routine': routine['uuid'], 'q': asked['q']})}",
    }


routine_add_list = routine_add


def _times(items: Sequence[Row]) -> dict[int, int]:
    ids = [each["exercise_id"] for each in items]
    return {each: ids.count(each) for each in ids if each is not None}


def size_of(items: Sequence[Row]) -> str:
    """ "3 exercises in it"."""
    amount = sum(each["kind"] != "rest" for each in items)
    return f"{count(amount, 'exercise')} in it" if amount else "Nothing in it yet"


def _offer(exercise: Row, times: dict[int, int]) -> dict[str, Any]:
    amount = times.get(exercise["id"], 0)
    return {
        "uuid": str(exercise["uuid"]),
        "name": exercise["name"],
        "sub": subtitle(exercise),
        "last": last_text(exercise),
        "key": key(),
        "item_uuid": key(),
        "in_text": f"{amount} × in" if amount > 1 else "In" if amount else "",
    }


def routine_item_added(
    item: Row, plan: tuple[Row, Sequence[Row]], offered: Row, toast: Any
) -> dict[str, Any]:
    """The picker's line of the exercise just added, and the new count."""
    _, items = plan
    return {
        "exercise": _offer(offered, _times(items)),
        "url": f"/routines/{item['routine_uuid']}",
        "in_text": size_of(items),
        "toast": toast,
    }
