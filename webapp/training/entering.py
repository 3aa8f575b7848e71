"""What is said of a set, written onto it; pure."""

from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.models.fields import grams, millimetres, plain
from webapp.problems import invalid
from webapp.training.equipment import distance_unit_of, unit_of
from webapp.training.lines import SheetItem, SheetSet

MEASURED = {
    "reps": ("reps",),
    "duration": ("duration_seconds",),
    "distance": ("distance", "duration_seconds"),
}


def put(caller: Caller, item: SheetItem, each: SheetSet, said: dict[str, Any]) -> None:
    """Write what is said onto the set; a weight or distance without a unit is in the one shown."""
    for name in ("reps", "forced_reps", "band", "interval_seconds", "notes", "set_type"):
        if name in said:
            setattr(each, name, said[name])
    for name in ("weight", "duration_seconds", "distance", "bodyweight", "rpe"):
        if name in said:
            setattr(each, name, _text(said[name]))
    if "weight" in said or said.get("weight_unit"):
        usual = each.weight_unit or unit_of(caller, item)
        each.weight_unit = said.get("weight_unit") or if_any(each.weight, usual)
    if "bodyweight" in said:
        usual = each.weight_unit or each.bodyweight_unit or caller.weight_unit
        each.bodyweight_unit = if_any(each.bodyweight, said.get("weight_unit") or usual)
    if "distance" in said or said.get("distance_unit"):
        usual = each.distance_unit or distance_unit_of(caller, item)
        each.distance_unit = said.get("distance_unit") or if_any(each.distance, usual)
    weigh(each)


def if_any(amount: str | None, unit: str | None) -> str | None:
    return unit if amount is not None else None


def weigh(each: SheetSet) -> None:
    each.weight_grams = grams(each.weight, each.weight_unit)
    each.distance_mm = millimetres(each.distance, each.distance_unit)


def _text(number: Decimal | int | None) -> str | None:
    return None if number is None else plain(Decimal(number))


def check(item: SheetItem, each: SheetSet) -> None:
    """A done set says how much: its reps, its time, or its distance."""
    names = MEASURED[item.measure]
    if all(getattr(each, name) is None for name in names):
        texts = {"reps": "the reps", "duration_seconds": "the time", "distance": "the distance"}
        text = f"Enter {texts[names[0]]} first"
        raise invalid(text, **{names[0].removesuffix("_seconds"): text})
