"""Whole accounts as files: made up by hypothesis from the schemas, exported, imported."""

import io
import string
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import orjson
from hypothesis import strategies as st

from tests.support.world import Person
from webapp.cli_import import caller_of
from webapp.db import transaction
from webapp.exporting import export_account
from webapp.exporting.fields import Shape
from webapp.exporting.shapes import (
    BodyWeight,
    Exercise,
    ExerciseAlias,
    ExerciseSetting,
    Location,
    Profile,
    Routine,
    RoutineItem,
)
from webapp.exporting.workouts import Plan, Workout, WorkoutItem, WorkoutSet
from webapp.importing import batches, choosing, running, uploads
from webapp.models import User

Some = st.SearchStrategy[Any]
SLUGS = ("squat-barbell", "plank", "bench-press-barbell", "pull-up")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ODD = st.sampled_from(["=1+1", "'", " x ", "\r\n", "“ä” 💪", string.punctuation])
FORMATS: dict[str, Some] = {
    "date-time": st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
        lambda when: when.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    ),
    "date": st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str),
    "uuid": st.uuids(version=4).map(str),
}
AMOUNTS = st.integers(0, 9999).map(str) | st.sampled_from(["0", "0.50", "80.0", "100.125"])
NAMED: dict[str, Some] = {  # what the schema alone does not say
    "plates": st.sampled_from([{"kg": {"20": 4, "1.25": 2}}, {"lb": {"45": 20}}]),
    "bars": st.sampled_from([{"kg": ["20", "15"]}, {"lb": ["45"]}]),
    "progression": st.sampled_from([{"rule": "double", "step": "2.5", "unit": "kg"}]),
    "timezone": st.sampled_from(["Europe/Berlin", "America/New_York"]),
}


def rows(shape: type[Shape], **given: Some) -> Some:
    """Rows of a shape as an export tells them; `given` are strategies for some of the fields, and
    those that name other rows are left out without one."""
    whole = _schema(shape)
    return _of(whole, whole.get("$defs", {}), given).map(lambda row: _as_told(shape, row))


@cache
def _schema(shape: type[Shape]) -> dict[str, Any]:
    return shape.model_json_schema()


def _of(schema: dict[str, Any], known: dict[str, Any], given: dict[str, Some]) -> Some:
    if "$ref" in schema:
        return _of(known[schema["$ref"].rpartition("/")[2]], known, given)
    if "anyOf" in schema:
        kinds = (each for each in schema["anyOf"] if each.get("type") != "null")
        return st.one_of(*(_of(each, known, given) for each in kinds))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema["type"]
    if kind == "object":
        return _object(schema, known, given)
    if kind == "array":
        return st.lists(_of(schema["items"], known, given), max_size=2)
    if kind == "string":
        return _text(schema)
    if kind == "boolean":
        return st.booleans()
    least, most = schema["minimum"], schema["maximum"]
    if kind == "integer":
        return st.integers(least, most)
    return st.floats(least, most).map(lambda number: round(number, 6))


def _text(schema: dict[str, Any]) -> Some:
    if "pattern" in schema:
        return AMOUNTS
    most = schema.get("maxLength", 100)
    return FORMATS.get(schema.get("format", ""), (TEXTS | ODD).map(lambda text: text[:most]))


def _object(schema: dict[str, Any], known: dict[str, Any], given: dict[str, Some]) -> Some:
    ready = {**NAMED, **given}
    fields = {
        name: ready[name] if name in ready else _of(each, known, given)
        for name, each in schema["properties"].items()
        if name in given or name not in LEFT_OUT
    }
    must = {name: made for name, made in fields.items() if name in schema.get("required", ())}
    may = {name: made for name, made in fields.items() if name not in must}
    return st.fixed_dictionaries(must, optional=may)


LEFT_OUT = ("items", "sets", "plan", "exercise", "location", "merged_into", "routine",
            "routine_item", "slug", "updated_at")  # fmt: skip


def _as_told(shape: type[Shape], row: dict[str, Any]) -> dict[str, Any]:
    """An export leaves out what is as usual."""
    usual = {name: field.default for name, field in shape.model_fields.items()}
    return {name: value for name, value in row.items() if value not in (usual[name], {}, [])}


def _one_of(names: list[str]) -> Some:
    return st.sampled_from(names) if names else st.nothing()


def _uuids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["uuid"] for row in rows]


@st.composite
def accounts(draw: Any) -> dict[str, Any]:
    """A file as an export writes it, without account and catalogue."""

    def some(shape: type[Shape], most: int = 2, by: Any = None, **given: Some) -> Any:
        known = {name: made for name, made in given.items() if not made.is_empty}
        return st.lists(rows(shape, **known), max_size=most, unique_by=by)

    places = draw(some(Location))
    own = draw(some(Exercise, location=_one_of(_uuids(places))))
    for each in own[1:]:
        each["merged_into"] = draw(st.sampled_from([*SLUGS, own[0]["uuid"]]))
    exercise, place = st.sampled_from([*SLUGS, *_uuids(own)]), _one_of(_uuids(places))
    lines = some(RoutineItem, exercise=exercise)
    plans = draw(some(Routine, location=place, items=lines))
    done = some(WorkoutSet, exercise=exercise)
    items = some(
        WorkoutItem,
        exercise=exercise,
        routine_item=_one_of([uuid for plan in plans for uuid in _uuids(plan.get("items", []))]),
        plan=rows(Plan, exercise=exercise),
        sets=done,
    )
    workouts = some(Workout, 3, location=place, routine=_one_of(_uuids(plans)), items=items)
    return {
        "setlog": 1,
        "profile": draw(rows(Profile)),
        "locations": places,
        "exercises": own,
        "exercise_settings": draw(
            some(ExerciseSetting, by=lambda each: each["exercise"], exercise=exercise)
        ),
        "aliases": draw(some(ExerciseAlias, by=lambda each: each["name_key"], exercise=exercise)),
        "routines": plans,
        "body_weights": draw(some(BodyWeight)),
        "workouts": _possible(draw(workouts)),
    }


def _possible(workouts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One workout is in progress at most, and a set names no exercise that is its item's."""
    running = [each for each in workouts if "status" not in each and "deleted_at" not in each]
    for each in running[1:]:
        each["status"] = "finished"
    for item in (item for each in workouts for item in each.get("items", [])):
        for done in item.get("sets", []):
            if done.get("exercise") == item.get("exercise"):
                done.pop("exercise", None)
    return workouts


async def exported(person: Person) -> dict[str, Any]:
    """The person's account as data."""
    file = io.BytesIO()
    await export_account(person.app.config["SETLOG"], person.user.id, file)
    found: dict[str, Any] = orjson.loads(file.getvalue())
    return found


def content(account: dict[str, Any]) -> dict[str, Any]:
    """What an account is, but who it was and what is used of the catalogue."""
    return {name: value for name, value in account.items() if name not in ("account", "catalogue")}


async def taken_in(person: Person, account: Any) -> dict[str, int]:
    """Import a file of this account for the person; what was new, by noun."""
    return await brought(person, orjson.dumps(account))


async def brought(person: Person, data: bytes) -> dict[str, int]:
    """Import a file, and what is not right in it is left out; what was new, by noun. Raises
    Problem."""
    caller = caller_of(await User.get(id=person.user.id))
    look = await uploads.look_at(caller, io.BytesIO(data))
    batch = await transaction(lambda: uploads.keep(caller, look, ""))
    await transaction(lambda: choosing.begin(caller, batch))
    while await running.step(batch.id):
        continue
    result = (await batches.found(person.user.id, batch.uuid)).report["result"]
    amounts = {"workouts": result["new"], "sets": result["sets"], **result["also"]}
    return {noun: amount for noun, amount in amounts.items() if amount}
