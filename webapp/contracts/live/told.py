"""How `live` tells numbers, sets and personal bests: bare, in somebody's units."""

from decimal import Decimal
from typing import Any, Protocol

from webapp.contracts.live.base import instant
from webapp.history.bests import Best
from webapp.models.fields import MILLIMETRES, from_grams, in_distance_unit, in_unit
from webapp.training.lines import SheetItem, SheetSet


class Units(Protocol):
    """In whose units weights and distances are told."""

    @property
    def weight_unit(self) -> str: ...

    @property
    def distance_unit(self) -> str: ...


def bare(amount: Decimal | None) -> int | float | None:
    """A number as JSON has it: 80, 82.5."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def told_exercise(item: SheetItem, person: Units) -> dict[str, Any]:
    """An exercise with its sets."""
    return {
        "id": item.uuid,
        "exercise_id": item.exercise_uuid,
        "exercise_name": item.exercise_name,
        "kind": item.kind,
        "status": item.status,
        "started_at": instant(item.started_at),
        "ended_at": instant(item.ended_at),
        "notes": item.note,
        "sets": [_set(each, person) for each in item.sets],
    }


def _set(each: SheetSet, person: Units) -> dict[str, Any]:
    weight, far = each.weight, each.distance
    unit, far_unit = each.weight_unit or person.weight_unit, each.distance_unit or "m"
    wanted, far_wanted = person.weight_unit, person.distance_unit
    return {
        "id": each.uuid,
        "set_number": each.position,
        "reps": each.reps,
        "forced_reps": each.forced_reps,
        "weight": bare(in_unit(Decimal(weight), unit, wanted)) if weight else None,
        "duration": bare(Decimal(each.duration_seconds)) if each.duration_seconds else None,
        "distance": bare(in_distance_unit(Decimal(far), far_unit, far_wanted)) if far else None,
        "band": each.band,
        "rpe": bare(Decimal(each.rpe)) if each.rpe else None,
        "set_type": each.set_type,
        "interval": each.interval_seconds,
        "notes": each.notes,
        "completed_at": instant(each.completed_at),
        "created_at": instant(each.created_at),
    }


def told_best(best: Best, person: Units) -> dict[str, Any]:
    """A personal best with what it beats."""
    return {
        "kind": best.kind,
        "exercise_name": best.exercise_name,
        "set_id": str(best.set_uuid),
        "value": _value(best, person, is_made=True),
        "beats": _value(best, person, is_made=False),
        "beaten_at": instant(best.beaten.when),
    }


def _value(best: Best, person: Units, is_made: bool) -> int | float | None:
    """Weight or e1RM in the user's unit, reps, seconds, or distance in the user's unit."""
    each = best.made if is_made else best.beaten
    if best.kind in ("heaviest", "e1rm"):
        weight = each.grams if best.kind == "heaviest" else each.e1rm
        return bare(from_grams(weight or 0, person.weight_unit))
    if best.kind == "distance":
        metres = Decimal(each.millimetres or 0) / MILLIMETRES["m"]
        return bare(in_distance_unit(metres, "m", person.distance_unit))
    return each.reps if best.kind == "reps" else bare(each.seconds)
