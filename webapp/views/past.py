"""The form of a past workout: what it was called, when and where it was, and each of its sets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from webapp.auth import Caller
from webapp.db import Row
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.views.exercises import muscle_chips, subtitle
from webapp.views.history import RATINGS, labelled
from webapp.views.plans import choice, key, last_text
from webapp.views.text import clock, number
from webapp.zones import local

KINDS = {"working": "Working", "warm_up": "Warm-up", "drop": "Drop set", "failure": "To failure"}
WEIGHTS = {"external": "Weight", "bodyweight": "Added weight", "assisted": "Assistance"}


def workout_edit(
    sheet: Sheet, person: Caller, known: Mapping[str, tuple[int | None, str]]
) -> dict[str, Any]:
    """The form of a workout; its hours are the person's, `known` the places there are."""
    start = local(sheet.started_at, person.timezone)
    end = local(sheet.ended_at, person.timezone) if sheet.ended_at else None
    return {
        "current": "history",
        "heading": "Edit workout",
        "back": f"/workouts/{sheet.uuid}",
        "url": f"/workouts/{sheet.uuid}",
        "key": key(),
        "values": {
            "name": sheet.name,
            "notes": sheet.notes or "",
            "location": sheet.location_name or "",
            "day": start.date().isoformat(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}" if end else "",
        },
        "has_end": end is not None,
        "ratings": [
            choice(str(value), label, value == sheet.rating) for value, label in RATINGS.items()
        ],
        "places": [name for _, name in known.values()],
        "is_running": sheet.is_running,
        "items": _items(sheet, person),
    }


def _items(sheet: Sheet, person: Caller) -> list[dict[str, Any]]:
    """The exercises in their order; the first cannot go up, the last not down."""
    shown = [_item(sheet, item, person) for item in sheet.items if item.kind != "rest"]
    for place, each in enumerate(shown):
        each |= {"is_first": place == 0, "is_last": place == len(shown) - 1}
    return shown


def past_items(sheet: Sheet, person: Caller, toast: dict[str, Any] | None) -> dict[str, Any]:
    """The forms of all exercises, after their order or number has changed."""
    return {"items": _items(sheet, person), "toast": toast}


def past_item(
    sheet: Sheet, item: SheetItem, person: Caller, toast: dict[str, Any] | None
) -> dict[str, Any]:
    """The form of the sets of one exercise, after one of them was changed."""
    shown = next(each for each in _items(sheet, person) if each["uuid"] == item.uuid)
    return {"item": shown, "toast": toast}


past_set = past_item


def _item(sheet: Sheet, item: SheetItem, person: Caller) -> dict[str, Any]:
    url = f"/workouts/{sheet.uuid}"
    return {
        "uuid": item.uuid,
        "url": f"{url}/items/{item.uuid}",
        "name": item.exercise_name,
        "note": item.note or "",
        "add_url": f"{url}/items/{item.uuid}/sets",
        "key": key(),
        "new_uuid": key(),
        "sets": _sets(url, item, person),
        "fields": _fields(item, None, person) if not item.done else [],
    }


def _sets(url: str, item: SheetItem, person: Caller) -> list[dict[str, Any]]:
    shown = [_set(url, item, each, label, person) for each, label in labelled(item)]
    for place, each in enumerate(shown):
        each |= {"is_first": place == 0, "is_last": place == len(shown) - 1}
    return shown


def _set(url: str, item: SheetItem, each: SheetSet, label: str, person: Caller) -> dict[str, Any]:
    return {
        "uuid": each.uuid,
        "url": f"{url}/sets/{each.uuid}",
        "key": key(),
        "label": label,
        "title": f"{item.exercise_name}, {'warm-up' if each.is_warm_up else f'set {label}'}",
        "is_warmup": each.is_warm_up,
        "fields": _fields(item, each, person),
        "kinds": [choice(value, text, value == each.set_type) for value, text in KINDS.items()],
        "rpe": number(Decimal(each.rpe)) if each.rpe else "",
        "note": each.notes or "",
        "has_more": bool(each.rpe or each.notes),
    }


def _fields(item: SheetItem, each: SheetSet | None, person: Caller) -> list[dict[str, str]]:
    """What a set of this exercise is measured by, in the order it is read."""
    found = []
    weight = each.weight if each else None
    if item.load != "none" or weight is not None:
        unit = (each and each.weight_unit) or item.weight_unit or person.weight_unit
        found.append(_field("weight", WEIGHTS.get(item.load, "Weight"), weight, unit))
    if item.measure == "reps" or (each and each.reps is not None):
        found.append(_field("reps", "Reps", each.reps if each else None, "reps"))
    if item.implement == "Band" or (each and each.band):
        found.append(_field("band", "Band", each.band if each else None, "band"))
    if item.measure == "distance":
        unit = (each and each.distance_unit) or person.distance_unit
        found.append(_field("distance", "Distance", each.distance if each else None, unit))
    if item.measure != "reps":
        seconds = each.duration_seconds if each else None
        found.append(_field("duration", "Time", _clock(seconds), ""))
    return found


def past_add(
    sheet: Sheet, asked: Mapping[str, str], recent: Sequence[Row], found: Sequence[Row]
) -> dict[str, Any]:
    """The exercises to add to a past workout: recent ones first while nothing is searched."""
    known = {each["id"] for each in recent}
    others = [each for each in found if each["id"] not in known]
    groups = [("Recent", recent), ("All exercises", others)] if recent else [("", others)]
    url = f"/workouts/{sheet.uuid}"
    return {
        "current": "history",
        "heading": "Add exercise",
        "back": f"{url}/edit",
        "name": sheet.name,
        "url": url,
        "key": key(),
        "made_uuid": key(),
        "q": asked["q"],
        "muscles": muscle_chips(asked["muscle"]),
        "groups": [
            {"title": title, "exercises": [_offer(each) for each in some]}
            for title, some in groups
            if some
        ],
        "is_empty": not found,
        "create_url": f"/exercises/new?{urlencode({'q': asked['q']})}",
    }


past_add_list = past_add


def _offer(exercise: Row) -> dict[str, str]:
    return {
        "uuid": str(exercise["uuid"]),
        "name": exercise["name"],
        "sub": subtitle(exercise),
        "last": last_text(exercise),
    }


def _clock(seconds: str | None) -> str | None:
    """ "1:30"; part of a second would be lost on a clock."""
    return clock(Decimal(seconds)) if seconds and Decimal(seconds) % 1 == 0 else seconds


def _field(name: str, label: str, value: Any, unit: str) -> dict[str, str]:
    hidden = {"weight": "weight_unit", "distance": "distance_unit"}.get(name, "")
    return {
        "name": name,
        "label": label,
        "value": "" if value is None else str(value),
        "unit": unit,
        "unit_name": hidden,
        "mode": {"reps": "numeric", "duration": "text", "band": "text"}.get(name, "decimal"),
        "placeholder": "m:ss" if name == "duration" else "",
    }
