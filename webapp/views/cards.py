"""The cards of a workout: an exercise with its sets, or a timed rest; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.history.totals import best_set
from webapp.training.keeping import is_changed
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.turn import Stands, Workout, next_set, turn
from webapp.views import bests as best_texts
from webapp.views.history import set_text
from webapp.views.numbers import Shown, bands, fields, has_bands, last_text, rpes, shown
from webapp.views.plans import key, short_key
from webapp.views.text import clock

Keys = tuple[str, str]  # of a card's forms, which its rows add a number to; the UUID of a new set


def cards(
    sheet: Sheet, bests: Iterable[Best], person: Caller, opened: str = ""
) -> list[dict[str, Any]]:
    """All cards; open is the one whose turn it is, and the item `opened` (a UUID)."""
    by_set = held(bests)
    return [card(sheet, item, by_set, person, item.uuid == opened) for item in sheet.items]


def held(bests: Iterable[Best]) -> dict[str, Best]:
    """The foremost best of each set, by the set's UUID."""
    found: dict[str, Best] = {}
    for best in bests:
        found.setdefault(str(best.set_uuid), best)
    return found


def card(
    sheet: Sheet,
    item: SheetItem,
    bests: Mapping[str, Best],
    person: Caller,
    is_opened: bool = False,
    keys: Keys | None = None,
) -> dict[str, Any]:
    """One card as the templates read it."""
    place, keys = sheet.items.index(item), keys or (short_key(), key())
    return {
        **head(sheet, item, is_opened),
        **foot(sheet, item, person, keys),
        "note": item.note or "",
        "advice": item.plan.get("advice") or "",
        "is_rest": item.kind == "rest",
        "rest_text": clock(item.rest_seconds) if item.rest_seconds else "Off",
        "can_up": place > 0,
        "can_down": place < len(sheet.items) - 1,
        "sets": _sets(item, bests, person, keys[0]),
    }


def tag(
    sheet: Sheet, item: Stands, is_opened: bool = False, of: Workout[Stands] | None = None
) -> dict[str, Any]:
    """What a card is, but for what stands on it: whose turn it is, done, open. `of` has all items
    where the sheet has not."""
    all = of or sheet
    current = turn(all)
    here = current is not None and current.id == item.id
    return {
        "uuid": item.uuid,
        "rev": str(sheet.version),
        "superset": _letter(all, item),
        "is_open": here or is_opened,
        "is_done": item.is_done,
        "is_current": here,
    }


def head(
    sheet: Sheet, item: SheetItem, is_opened: bool = False, of: Workout[Stands] | None = None
) -> dict[str, Any]:
    """The same with its name and how far it is."""
    is_rest = item.kind == "rest"
    best = best_set(item) if item.is_done and not is_rest else None
    return {
        **tag(sheet, item, is_opened, of),
        "name": item.exercise_name or "Rest",
        "sub": plan_text(item),
        "state_text": "" if is_rest else f"{len(item.done)}/{len(item.sets)}",
        "best_text": set_text(item, best) if best else "",
    }


def foot(sheet: Sheet, item: SheetItem, person: Caller, keys: Keys | None = None) -> dict[str, Any]:
    """What can be done with all sets of a card."""
    form_key, made_uuid = keys or (short_key(), key())
    return {
        "uuid": item.uuid,
        "key": form_key,
        "made_uuid": made_uuid,
        "has_plates": item.implement == "Barbell" and item.load == "external",
        "has_warmup": has_warm_up(item, person),
        "is_changed": is_changed(sheet, item),
    }


def has_warm_up(item: SheetItem, person: Caller) -> bool:
    """Before the first working set, when its weight is known."""
    if item.load != "external" or item.measure != "reps":
        return False
    working = [each for each in item.sets if not each.is_warm_up]
    if any(each.is_done for each in working):
        return False
    return any(shown(item, each, person).numbers.weight for each in working)


def _letter(of: Workout[Stands], item: Stands) -> str:
    """ "A" for the first superset, "B" for the next; "" for an item on its own."""
    if item.superset is None:
        return ""
    numbers = [each.superset for each in of.items if each.superset is not None]
    shared = list(dict.fromkeys(number for number in numbers if numbers.count(number) > 1))
    return chr(ord("A") + shared.index(item.superset) % 26) if item.superset in shared else ""


def plan_text(item: SheetItem) -> str:
    """ "3 × 8–10 · 80 kg" of the plan; the muscle group when there is none."""
    plan = item.plan
    low, high = plan.get("reps_min"), plan.get("reps_max")
    reps = f"{low}–{high}" if low and high and low != high else str(low or high or "")
    each = reps or clock(plan.get("duration_seconds"))
    if item.kind == "rest" or not each:
        is_named = item.kind != "rest" and item.muscle_group != "other"
        return item.muscle_group.capitalize() if is_named else ""
    sets = f"{plan['sets']} × {each}" if plan.get("sets") and item.kind != "cardio" else each
    weight = plan.get("weight")
    return f"{sets} · {weight} {plan.get('weight_unit') or 'kg'}" if weight else sets


def _sets(
    item: SheetItem, bests: Mapping[str, Best], person: Caller, base: str
) -> list[dict[str, Any]]:
    current, numbers, found = next_set(item), {True: 0, False: 0}, []
    for place, each in enumerate(item.sets):
        numbers[each.is_warm_up] += 1
        this, number = shown(item, each, person), numbers[each.is_warm_up]
        best = bests.get(each.uuid)
        found.append(row(this, number, each is current, best, person, f"{base}-{place}"))
    return found


def row(
    this: Shown,
    number: int,
    is_current: bool,
    best: Best | None,
    person: Caller,
    form_key: str = "",
) -> dict[str, Any]:
    """One set of a card; `number` counts warm-ups and working sets apart."""
    each = this.each
    has_rpe = person.rpe_on or each.rpe is not None
    return {
        "uuid": each.uuid,
        "key": form_key,
        "label": "W" if each.is_warm_up else str(number),
        "title": title(each, number),
        "is_done": each.is_done,
        "is_current": is_current,
        "is_warmup": each.is_warm_up,
        "last": last_text(this),
        "waits": False,
        "done_text": this.text if each.is_done else "",
        "rpe_text": f"RPE {each.rpe}" if each.is_done and each.rpe else "",
        "note": each.notes or "",
        "pb": best_texts.name(best) if best else "",
        "pb_text": best_texts.line(best, person.weight_unit, person.timezone) if best else "",
        "fields": fields(this, is_current),
        "has_bands": has_bands(this.item, each),
        "bands": bands(this),
        "has_rpe": has_rpe,
        "rpes": rpes(each) if has_rpe else [],
    }


def title(each: SheetSet, number: int) -> str:
    """ "Set 1", "Warm-up 1"."""
    return f"{'Warm-up' if each.is_warm_up else 'Set'} {number}"


def number_of(item: SheetItem, each: SheetSet) -> int:
    """The set's number among its kind, from 1."""
    alike = [other for other in item.sets if other.is_warm_up == each.is_warm_up]
    return alike.index(each) + 1
