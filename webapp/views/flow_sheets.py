"""What slides up over a workout: a set's details, an exercise's, the picker, plates, warm-ups.

Alone for htmx (`is_part`), as a page of its own otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.history.bests import Best
from webapp.models.fields import plain
from webapp.training.equipment import Loaded, unit_of, working_weight
from webapp.training.lines import SheetItem, SheetSet
from webapp.training.warmups import WarmUp
from webapp.views.cards import held, number_of, row
from webapp.views.exercises import muscle_chips, subtitle
from webapp.views.numbers import RPES, field, shown
from webapp.views.plans import choice, key, last_text, rest_choices
from webapp.views.text import count

BACK = "/session"
# Drawn from the biggest (1) to the smallest (8); kilograms of the plate, whatever its unit.
SIZES = ("25", "20", "15", "10", "5", "2.5", "1.25")
POUND = Decimal("0.45359237")


def _sheet(title: str, part: str, is_part: bool, **shown: Any) -> dict[str, Any]:
    page = {"current": "today", "title": title, "back": BACK, "part": f"flow/{part}.html"}
    return {**page, "is_part": is_part, **shown}


def set_edit(
    item: SheetItem, set: SheetSet, bests: Iterable[Best], person: Caller, is_part: bool
) -> dict[str, Any]:
    """The details of one set."""
    best = held(bests).get(set.uuid)
    this = row(shown(item, set, person), number_of(item, set), True, best, person)
    rpes = this["rpes"] or [{"value": name, "is_on": False} for name in RPES]
    kinds = [
        choice("working", "Working", not set.is_warm_up),
        choice("warmup", "Warm-up", set.is_warm_up),
    ]
    told = {
        "set": {**this, "key": key(), "has_rpe": True, "rpes": rpes},
        "kinds": kinds,
    }
    return _sheet(item.exercise_name, "set_edit", is_part, **told)


def item_edit(item: SheetItem, person: Caller, is_part: bool) -> dict[str, Any]:
    """Note, rest and unit of one exercise."""
    unit = unit_of(person, item)
    rests = rest_choices(item.rest_seconds)
    told = {
        "action": f"/session/items/{item.uuid}/edit",
        "name": item.exercise_name or "Rest",
        "key": key(),
        "note": item.note or "",
        "rests": [each for each in rests if each["value"]],
        "has_units": item.exercise_id is not None and item.load != "none",
        "units": [choice(name, name, name == unit) for name in ("kg", "lb")],
        "error": "",
    }
    return _sheet(str(told["name"]), "item_edit", is_part, item=told)


def exercise_picker(
    item: SheetItem | None,
    asked: Mapping[str, str],
    alike: Sequence[Row],
    recent: Sequence[Row],
    found: Sequence[Row],
    is_part: bool,
    is_list: bool,
) -> dict[str, Any]:
    """The exercises to add, or to do instead of `item`: those `alike` first, each once."""
    swaps = f"/session/items/{item.uuid}/swap" if item else ""
    title = f"Swap {item.exercise_name}" if item else "Add exercise"
    others = "Found" if asked["q"] else "All exercises"
    groups = _each_once(item, {"Same muscle": alike, "Recent": recent, others: found})
    told = {
        "title": title,
        "action": swaps or "/session/items",
        "search_url": swaps or "/session/add",
        "key": key(),
        "uuid": key(),
        "q": asked["q"],
        "muscles": muscle_chips(asked["muscle"]),
        "groups": [
            {"title": name, "exercises": [_exercise(each) for each in listed]}
            for name, listed in groups
            if listed
        ],
        "is_empty": not any(listed for _, listed in groups),
        "create_url": "/exercises/new",
    }
    part = "picker_list" if is_list else "picker"
    return _sheet(title, part, is_part, picker=told)


def _each_once(
    item: SheetItem | None, groups: Mapping[str, Sequence[Row]]
) -> list[tuple[str, list[Row]]]:
    """The groups, in each what is in none before it, and in none the exercise of the item."""
    told, known = [], {item.exercise_id} if item else set()
    for name, listed in groups.items():
        told.append((name, [each for each in listed if each["id"] not in known]))
        known.update(each["id"] for each in listed)
    return told


def _exercise(found: Row) -> dict[str, str]:
    return {
        "id": str(found["uuid"]),
        "name": found["name"],
        "sub": subtitle(found),
        "last": last_text(found),
    }


def plate_sheet(item: SheetItem, loaded: Loaded, is_part: bool) -> dict[str, Any]:
    """Which plates go on each side."""
    unit, made = loaded.unit, loaded.loading
    texts = [plain(each) for each in made.side]
    told = {
        "action": f"/session/items/{item.uuid}/plates",
        "name": item.exercise_name,
        "bars": [
            choice(plain(bar), f"{plain(bar)} {unit} bar", bar == loaded.bar) for bar in loaded.bars
        ],
        "side": [
            {"text": text, "size": _size(each, unit)}
            for text, each in zip(texts, made.side, strict=True)
        ],
        "text": f"Each side: {' + '.join(texts)} {unit}" if texts else "The empty bar",
        "problem": _problem(loaded),
    }
    weight = field("weight", plain(loaded.weight), "Weight", unit, step=plain(loaded.step))
    around = {"title": item.exercise_name, "is_current": True}
    return _sheet("Plates", "plates", is_part, plates=told, fields=[weight], set=around)


def _problem(loaded: Loaded) -> str:
    if loaded.loading.is_exact:
        return ""
    reached, wanted = plain(loaded.loading.total), plain(loaded.weight)
    if loaded.weight < loaded.bar:
        return f"The bar alone is {reached} {loaded.unit}"
    return f"Your plates reach {reached} {loaded.unit}, not {wanted}"


def _size(plate: Decimal, unit: str) -> str:
    kilograms = plate * POUND if unit == "lb" else plate
    near = [n for n, size in enumerate(SIZES, 1) if kilograms >= Decimal(size) * Decimal("0.9")]
    return str(near[0] if near else len(SIZES) + 1)


def warm_ups(
    item: SheetItem, ramp: Sequence[WarmUp], person: Caller, is_part: bool
) -> dict[str, Any]:
    """The warm-up sets that are offered towards the working weight."""
    unit = unit_of(person, item)
    told = {
        "action": f"/session/items/{item.uuid}/warmup",
        "name": item.exercise_name,
        "key": key(),
        "uuid": key(),
        "for_text": _towards(item, person) if ramp else "Enter the weight of a working set first",
        "button": f"Add {count(len(ramp), 'warm-up set')}" if ramp else "Back to the workout",
        "rows": [
            {
                "weight": f"{plain(each.weight)} {unit}",
                "reps": str(each.reps),
                "share": f"{each.share} %" if each.share else "bar",
            }
            for each in ramp
        ],
    }
    return _sheet("Warm-up sets", "warmup", is_part, warmup=told)


def _towards(item: SheetItem, person: Caller) -> str:
    weight = working_weight(person, item)
    return f"Towards {plain(weight)} {unit_of(person, item)}" if weight else ""
