"""What the items of routines that progress are to be done with this time, from their history."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import orjson

from webapp.auth import Caller
from webapp.db import Row, rows
from webapp.db.marks import marks
from webapp.models.fields import plain
from webapp.training import plates
from webapp.training.prefill import converted
from webapp.training.progression import MISSES, Advice, Done, Ladder, Past, advise

Owned = tuple[Any, Any]  # plates, bars

# Items are found by their exercise, which has an index; the line of the routine then chooses.
_HISTORY = (
    "WITH past AS (SELECT i.id, i.routine_item_id, i.plan, ROW_NUMBER() OVER "
    "(PARTITION BY i.routine_item_id ORDER BY w.started_at DESC, i.id DESC) AS number "
    "FROM workout_items i JOIN workouts w ON w.id = i.workout_id JOIN routine_items r "
    "ON r.id = i.routine_item_id AND r.exercise_id = i.exercise_id "
    "WHERE i.user_id = ? AND i.exercise_id IN (%s) AND i.routine_item_id IN (%s) "
    "AND w.status <> 'in_progress' AND w.deleted_at IS NULL "
    "AND EXISTS (SELECT 1 FROM workout_sets d WHERE d.item_id = i.id AND %s)) "
    "SELECT p.routine_item_id, p.number, p.plan, d.reps, d.weight, d.weight_unit, "
    "d.planned_weight, d.planned_weight_unit FROM past p JOIN workout_sets d ON d.item_id = p.id "
    "WHERE p.number <= ? AND %s ORDER BY p.routine_item_id, p.number, d.position, d.id"
)
_DONE = "d.completed_at IS NOT NULL AND d.reps IS NOT NULL AND d.set_type IN ('working', 'failure')"
_OWNED = (
    "SELECT r.id, u.plates AS own_plates, u.bars AS own_bars, l.plates AS place_plates, "
    "l.bars AS place_bars FROM users u JOIN routines r ON r.user_id = u.id AND r.id IN (%s) "
    "LEFT JOIN locations l ON l.id = r.location_id AND l.user_id = u.id WHERE u.id = ?"
)


def rule_of(item: Row) -> dict[str, Any]:
    """An item's rule: {"rule": "double" or "linear", "step"?, "unit"?}; {} for none."""
    found: dict[str, Any] = orjson.loads(item["progression"] or "{}")
    return found if item["exercise_id"] is not None and "rule" in found else {}


def ruled(said: dict[str, Any]) -> dict[str, Any]:
    """What was said of an item, with its rule as the column has it."""
    step = said.pop("progression_step", None)
    if "progression" not in said:
        return said
    rule = {"rule": said["progression"]}
    if step:
        rule |= {"step": plain(step), "unit": said.get("weight_unit")}
    return {**said, "progression": {} if rule["rule"] == "off" else rule}


async def advised(caller: Caller, items: Sequence[Row]) -> dict[int, Advice]:
    """By the item's id, what to do with each that has a rule and a history; `items` are as
    `beginning` reads them, of any number of routines. Two statements, none without a rule."""
    ruled = [item for item in items if rule_of(item)]
    if not ruled:
        return {}
    past, owned = await _history(caller, ruled), await _owned(caller, ruled)
    pairs = ((item["id"], _advice(caller, item, past, owned)) for item in ruled)
    return {id: advice for id, advice in pairs if advice is not None}


async def _history(caller: Caller, items: Sequence[Row]) -> dict[int, list[list[Row]]]:
    """The sets of the newest workouts that had each item, workout by workout."""
    ids, exercises = ([item[name] for item in items] for name in ("id", "exercise_id"))
    sql = _HISTORY % (marks(exercises), marks(ids), _DONE, _DONE)
    found: dict[int, list[list[Row]]] = {}
    told = await rows(sql, caller.user_id, *exercises, *ids, MISSES)
    for (id, _), sets in groupby(told, lambda each: (each["routine_item_id"], each["number"])):
        found.setdefault(id, []).append(list(sets))
    return found


async def _owned(caller: Caller, items: Sequence[Row]) -> dict[int, Owned]:
    """Plates and bars where each of these routines happens, by the routine's id."""
    routines = sorted({item["routine_id"] for item in items})
    sql = _OWNED % marks(routines)
    found = await rows(sql, *routines, caller.user_id)
    return {each["id"]: (_merged(each, "plates"), _merged(each, "bars")) for each in found}


def _merged(found: Row, what: str) -> Any:
    mine, there = (found[f"{whose}_{what}"] for whose in ("own", "place"))
    return plates.of_place(mine and orjson.loads(mine), there and orjson.loads(there))


def _advice(
    caller: Caller, item: Row, past: Mapping[int, list[list[Row]]], owned: Mapping[int, Owned]
) -> Advice | None:
    workouts = past.get(item["id"], [])
    if not workouts or _is_set_anew(caller, item, orjson.loads(workouts[0][0]["plan"])):
        return None
    unit = item["own_unit"] or caller.weight_unit
    told = [_past(sets, item, unit) for sets in workouts]
    known = [each for each in told if each is not None]
    ladder = _ladder(item, unit, owned)
    return advise(rule_of(item)["rule"], known, ladder, unit, item["load"]) if known else None


def _is_set_anew(caller: Caller, item: Row, plan: Mapping[str, Any]) -> bool:
    """Whether somebody has planned another weight since: then that one counts."""
    if item["weight"] is None:
        return False
    last = f"{plan.get('weight')} {plan.get('weight_unit')}"
    now = f"{item['weight']} {item['weight_unit'] or caller.weight_unit}"
    return now not in (plan.get("routine_weight"), last)


def _past(sets: Sequence[Row], item: Row, unit: str) -> Past | None:
    plan = orjson.loads(sets[0]["plan"])
    low, high = (_either(plan, item, *names) for names in (_REPS, reversed(_REPS)))
    if low is None or high is None:
        return None
    asked = (_in(unit, each["planned_weight"], each["planned_weight_unit"]) for each in sets)
    done = (Done(each["reps"], _in(unit, each["weight"], each["weight_unit"]) or Decimal(0))
            for each in sets)  # fmt: skip
    planned = next((each for each in asked if each is not None), None)
    return Past(plan.get("sets") or item["sets"], low, high, planned, tuple(done))


_REPS = ("reps_min", "reps_max")


def _either(plan: Mapping[str, Any], item: Row, *names: str) -> int | None:
    """The first of these numbers that the plan of then has, or that of now."""
    wishes = (*(plan.get(name) for name in names), *(item[name] for name in names))
    return next((wish for wish in wishes if wish is not None), None)


def _in(unit: str, weight: str | None, weight_unit: str | None) -> Decimal | None:
    return None if weight is None else Decimal(converted(weight, weight_unit or unit, unit))


def _ladder(item: Row, unit: str, owned: Mapping[int, Owned]) -> Ladder:
    step = _step(item, unit)
    if item["implement"] != "Barbell" or item["load"] != "external":
        return Ladder(step)
    loads, bars = owned[item["routine_id"]]
    bar = Decimal(item["own_bar"]) if item["own_bar"] else plates.bars(bars, unit)[0]
    return Ladder(step, tuple(plates.totals(bar, plates.stock(loads, unit))))


def _step(item: Row, unit: str) -> Decimal:
    rule = rule_of(item)
    said = rule.get("step") if rule.get("unit") in (unit, None) else None
    wishes: Iterable[Any] = (said, item["own_increment"], item[f"increment_{unit}"])
    usual = "5" if unit == "lb" else "2.5"
    return next(Decimal(wish) for wish in (*wishes, usual) if wish and Decimal(wish) > 0)
