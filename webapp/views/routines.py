"""Routines as people see them: the list, one routine with its items, the starter programs."""

from collections.abc import Sequence
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.models.plans import next_of
from webapp.views.plans import (
    ago,
    key,
    letters,
    name_of,
    names_text,
    plan_text,
    progress_text,
    size_text,
)
from webapp.views.text import count

Plan = tuple[Row, Sequence[Row]]


def routines(
    routines: Sequence[Row],
    items: dict[int, list[Row]],
    person: Caller,
    toast: Any = None,
) -> dict[str, Any]:
    """The list of routines, the one whose turn it is marked."""
    turn = next_of(routines)
    shown = [_listed(each, items.get(each["id"], []), person) for each in routines]
    for place, (each, card) in enumerate(zip(routines, shown, strict=True)):
        card["is_next"] = len(routines) > 1 and each is turn
        card["can_up"], card["can_down"] = place > 0, place + 1 < len(shown)
    return {"current": "routines", "routines": shown, "key": key(), "toast": toast}


routines_list = routine_deleted = routines


def _listed(routine: Row, items: Sequence[Row], person: Caller) -> dict[str, Any]:
    done = ago(routine["last_done_at"], person.timezone)
    meta = [size_text(items), f"last {done}" if done else "not done yet"]
    return {
        "uuid": str(routine["uuid"]),
        "url": f"/routines/{routine['uuid']}",
        "name": routine["name"],
        "sub": names_text(items) or routine["description"] or "",
        "meta": " · ".join(meta),
        "key": key(),
        "copy_uuid": key(),
    }


def routine_new() -> dict[str, Any]:
    """The form of a new routine."""
    return {"current": "routines", "key": key(), "uuid": key(), "back": "/routines"}


def routine_edit(plan: Plan, places: Sequence[Any]) -> dict[str, Any]:
    """The form of a routine's name, description and place."""
    routine, _ = plan
    here = routine["location_uuid"]
    return {
        "current": "routines",
        "routine": {"url": f"/routines/{routine['uuid']}", "name": routine["name"]},
        "values": {
            "name": routine["name"],
            "description": routine["description"] or "",
            "location": str(here) if here else "",
        },
        "places": [("", "Anywhere"), *((str(each.uuid), each.name) for each in places)],
        "key": key(),
        "back": f"/routines/{routine['uuid']}",
    }


def routine(plan: Plan, person: Caller) -> dict[str, Any]:
    """One routine: start it, change its items."""
    found, items = plan
    done, place = ago(found["last_done_at"], person.timezone), found["location_name"] or ""
    return {
        "current": "routines",
        "routine": {
            **_listed(found, items, person),
            "description": found["description"] or "",
            "meta": " · ".join(filter(None, (f"Last done {done}" if done else "", place))),
            "start_uuid": key(),
            "rest_uuid": key(),
        },
        **routine_items(plan),
    }


def routine_items(plan: Plan, toast: Any = None) -> dict[str, Any]:
    """The items of a routine, and what just happened to them."""
    found, items = plan
    named = letters(items)
    lines = [_line(each, named, place, items) for place, each in enumerate(items)]
    url = f"/routines/{found['uuid']}"
    return {"url": url, "lines": lines, "key": key(), "toast": toast}


routine_item_removed = routine_items


def _line(
    item: Row, named: dict[int, str], place: int, items: Sequence[Row]
) -> dict[str, str | bool]:
    above = items[place - 1] if place else None
    is_grouped = item["superset"] in named
    is_exercise = item["kind"] == "exercise"
    return {
        "uuid": str(item["uuid"]),
        "url": f"/routines/items/{item['uuid']}",
        "key": key(),
        "name": name_of(item),
        "text": progress_text(item),
        "note": item["note"] or "",
        "superset": named.get(item["superset"], ""),
        "is_rest": item["kind"] == "rest",
        "is_cardio": item["kind"] == "cardio",
        "can_up": place > 0,
        "can_down": place + 1 < len(items),
        "can_group": bool(above and is_exercise and above["kind"] == "exercise")
        and not (is_grouped and above is not None and above["superset"] == item["superset"]),
        "can_ungroup": is_grouped,
        "above": above["name"] if above else "",
    }


def starter_cards(programs: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The programs a new person chooses from: slug, name, sub, text."""
    return [
        {
            "slug": each["slug"],
            "name": each["name"],
            "sub": f"{count(len(each['routines']), 'routine')} · {_days(each['days_per_week'])}",
            "text": each["description"],
        }
        for each in programs
    ]


def _days(amount: int) -> str:
    return f"{amount} days a week" if amount > 1 else "once a week"


def starters(programs: Sequence[dict[str, Any]], mine: set[str]) -> dict[str, Any]:
    """Every program with what is in it; `mine` are those the person has taken over."""
    cards = [
        {
            **card,
            "level": each["level"].title(),
            "key": key(),
            "is_mine": each["slug"] in mine,
            "routines": [_starter(routine) for routine in each["routines"]],
        }
        for each, card in zip(programs, starter_cards(programs), strict=True)
    ]
    return {"current": "routines", "back": "/routines", "programs": cards}


def _starter(routine: dict[str, Any]) -> dict[str, Any]:
    lines = [{"name": each["name"], "text": plan_text(each)} for each in routine["items"]]
    return {
        "name": routine["name"],
        "text": routine["description"],
        "minutes": f"{routine['estimated_minutes']} min",
        "lines": lines,
    }
