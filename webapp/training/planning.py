"""What a workout begins with: items and planned sets as rows to store (see storing.py); pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from webapp.db import Row
from webapp.ids import uuid7
from webapp.models.fields import plain
from webapp.training import plates, warmups
from webapp.training.lines import SheetItem, SheetSet
from webapp.training.progression import Advice

SNAPSHOT = ("muscle_group", "body_part", "modality", "implement", "measure", "load")
PLAN = (
    "sets",
    "warm_up_sets",
    "reps_min",
    "reps_max",
    "weight",
    "weight_unit",
    "duration_seconds",
    "distance",
    "distance_unit",
    "speed_kmh",
    "interval_seconds",
    "rest_seconds",
    "note",
)
USUAL_SETS = 3
PASSING = ("removed", "advice", "routine_weight")  # what a plan has for one workout alone


@dataclass(slots=True)
class Draft:
    """An item to store, without position and owner, and its sets."""

    item: dict[str, Any]
    sets: list[dict[str, Any]] = field(default_factory=list)


def of_exercise(
    exercise: Mapping[str, Any], rest: int | None, sets: int | None = None, uuid: Any = None
) -> Draft:
    """An exercise with so many sets and nothing planned (None: 3, or 1 where distance counts)."""
    usual = 1 if exercise["measure"] == "distance" else USUAL_SETS
    many = usual if sets is None else sets
    item = _item("exercise", exercise["name"], exercise["id"], exercise, rest)
    item |= {"uuid": uuid or uuid7(), "plan": {"exercise_id": exercise["id"]}}
    return Draft(item, [planned_set(exercise["id"]) for _ in range(many)])


def of_block(kind: str, name: str) -> Draft:
    """A rest or cardio block without an exercise and without sets."""
    return Draft(_item(kind, name, None, None, None))


def of_routine_item(
    found: Row, weight_unit: str, default_rest: int, advice: Advice | None = None
) -> Draft:
    """A routine's item as it stands there: planned numbers, warm-ups, rest and note; its weight
    as advised, where it progresses."""
    rest = _first(found["rest_seconds"], found["own_rest"], found["usual_rest"], default_rest)
    if found["kind"] == "rest":
        rest = _first(found["duration_seconds"], found["rest_seconds"], default_rest)
    named = found["exercise_name"] or found["name"] or found["kind"].title()
    item = _item(found["kind"], found["name"] or named, found["exercise_id"], found, rest)
    plan = {name: found[name] for name in PLAN if found[name] is not None}
    if plan.get("weight") is not None:
        plan["weight_unit"] = found["weight_unit"] or weight_unit
    plan, numbers = _as_advised(plan, advice)
    item |= {
        "routine_item_id": found["id"],
        "superset": found["superset"],
        "note": found["note"],
        "plan": {**plan, "exercise_id": found["exercise_id"], "rest": rest},
    }
    return Draft(item, _routine_sets(found, numbers, item["measure"]))


def _as_advised(
    plan: dict[str, Any], advice: Advice | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plan to remember, and the one to make sets of. A weight stays unplanned for the routine
    where it was; `routine_weight` tells later whether it was changed there."""
    if advice is None:
        return plan, plan
    told: dict[str, Any] = {"weight": plain(advice.weight), "weight_unit": advice.unit}
    if advice.reps is not None:
        told["reps"] = advice.reps
    kept = {**plan, "advice": advice.text}
    if "weight" in plan:
        before = f"{plan['weight']} {plan['weight_unit']}"
        kept |= {"weight": told["weight"], "weight_unit": advice.unit, "routine_weight": before}
    return kept, {**plan, **told}


def of_said(
    said: Mapping[str, Any], exercises: Mapping[str, Row], lines: Mapping[str, int]
) -> Draft:
    """An item as a phone has made it; `exercises` and `lines` (ids of a routine's items) are
    those it may name, by UUID."""
    exercise = exercises.get(str(said["exercise_uuid"]))
    id = exercise["id"] if exercise is not None else None
    item = _item(said["kind"], said["exercise_name"] or "", id, exercise, said["rest_seconds"])
    planned = exercises.get(str(said["plan"]["exercise_uuid"]))
    plan = {name: _stored(value) for name, value in said["plan"].items() if value is not None}
    plan.pop("exercise_uuid", None)
    same = {name: said[name] for name in ("superset", "note")}
    same["routine_item_id"] = lines.get(str(said["routine_item_uuid"]))
    plan |= {"exercise_id": planned["id"]} if planned is not None else {}
    sets = [{name: _stored(value) for name, value in each.items()} for each in said["sets"]]
    return Draft(item | same | {"plan": plan}, [planned_set(id, **each) for each in sets])


def _stored(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value


def of_earlier(earlier: SheetItem) -> Draft:
    """An item of an earlier workout again, its done numbers planned."""
    item = {name: getattr(earlier, name) for name in ("kind", "exercise_id", *SNAPSHOT)}
    plan = {name: value for name, value in earlier.plan.items() if not name.startswith(PASSING)}
    again = ("exercise_name", "superset", "rest_seconds", "note", "routine_item_id")
    item |= {name: getattr(earlier, name) for name in again}
    item |= {"uuid": uuid7(), "plan": plan}
    return Draft(item, [_again(each) for each in earlier.done])


def _again(each: SheetSet) -> dict[str, Any]:
    seconds = each.duration_seconds
    return planned_set(
        each.exercise_id,
        set_type=each.set_type,
        planned_reps=each.reps,
        planned_weight=each.weight,
        planned_weight_unit=each.weight_unit,
        planned_seconds=None if seconds is None else int(Decimal(seconds)),
    )


def _item(
    kind: str, name: str, exercise_id: int | None, like: Any, rest: int | None
) -> dict[str, Any]:
    usual = {"muscle_group": "other", "body_part": "other", "modality": "barbell"}
    usual |= {"implement": "Barbell", "measure": "reps", "load": "external"}
    if exercise_id is not None:
        usual = {each: like[each] for each in SNAPSHOT}
    elif kind != "exercise":
        usual |= {"modality": "machine", "implement": "SelectorizedMachine"}
        usual |= {"measure": "duration", "load": "none"}
    item = {"uuid": uuid7(), "kind": kind, "exercise_id": exercise_id, "exercise_name": name}
    empty: dict[str, Any] = {"superset": None, "note": None, "routine_item_id": None, "plan": {}}
    return item | usual | empty | {"rest_seconds": rest}


def _routine_sets(found: Row, plan: dict[str, Any], measure: str) -> list[dict[str, Any]]:
    if found["kind"] == "rest":
        return []
    numbers: dict[str, Any] = {
        "planned_reps": plan.get("reps", found["reps_min"]) if measure == "reps" else None,
        "planned_reps_max": plan.get("reps", found["reps_max"]) if measure == "reps" else None,
        "planned_weight": plan.get("weight"),
        "planned_weight_unit": plan.get("weight_unit") if plan.get("weight") else None,
        "planned_seconds": found["duration_seconds"],
    }
    many = 1 if found["kind"] == "cardio" else found["sets"]
    working = [planned_set(found["exercise_id"], **numbers) for _ in range(many)]
    return [*_warm_ups(found, plan), *working]


def _warm_ups(found: Row, plan: dict[str, Any]) -> list[dict[str, Any]]:
    count, weight, unit = found["warm_up_sets"], plan.get("weight"), plan.get("weight_unit", "kg")
    bar = plates.bars(None, unit)[0] if found["implement"] == "Barbell" else None
    step = Decimal(found[f"increment_{unit}"] or 0) or Decimal("2.5")
    made = warmups.few(count, Decimal(weight), step, bar) if count and weight else []
    known = [warm_up_set(found["exercise_id"], each, unit) for each in made]
    blank = planned_set(found["exercise_id"], set_type="warm_up")
    return known + [dict(blank, uuid=uuid7()) for _ in range(count - len(known))]


def warm_up_set(exercise_id: int | None, each: warmups.WarmUp, unit: str) -> dict[str, Any]:
    """A planned warm-up set of a ramp."""
    return planned_set(
        exercise_id,
        set_type="warm_up",
        planned_reps=each.reps,
        planned_weight=plain(each.weight),
        planned_weight_unit=unit,
    )


def planned_set(exercise_id: int | None, **values: Any) -> dict[str, Any]:
    """A set not done yet: `set_type`, `uuid` and planned_* as given, the rest empty."""
    empty: dict[str, Any] = {"planned_reps": None, "planned_reps_max": None, "planned_weight": None}
    empty |= {"planned_weight_unit": None, "planned_seconds": None, "set_type": "working"}
    return {"uuid": uuid7(), "exercise_id": exercise_id, **empty, **values}


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
