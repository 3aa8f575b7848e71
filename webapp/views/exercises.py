"""Exercises as people see them: the library, one exercise, the forms of one's own."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from webapp.auth import Caller
from webapp.db import Row
from webapp.models.exercises import IMPLEMENTS, MUSCLE_GROUPS
from webapp.models.library import first_muscle, texts
from webapp.views.plans import choice, key, last_text, rest_choices
from webapp.views.text import number

IMPLEMENT_NAMES = {
    "SelectorizedMachine": "Machine or cable",
    "PlateLoadedMachine": "Plate-loaded machine",
    "MedicineBall": "Medicine ball",
}
MEASURE_NAMES = {"reps": "Repetitions", "duration": "Time", "distance": "Distance"}
LOAD_NAMES = {
    "external": "The weight lifted",
    "bodyweight": "Added to your body weight",
    "assisted": "Taken off your body weight",
    "none": "No weight",
}


def implement_name(implement: str) -> str:
    """ "Machine or cable", "Barbell"."""
    return IMPLEMENT_NAMES.get(implement, implement)


def muscle_name(muscle: str) -> str:
    """A muscle or muscle group: "front_delts" is Front delts."""
    return muscle.replace("_", " ").capitalize()


def muscle_chips(chosen: str) -> list[dict[str, str | bool]]:
    """All, then every muscle group."""
    groups = [choice(each, muscle_name(each), each == chosen) for each in MUSCLE_GROUPS]
    return [choice("", "All", not chosen), *groups]


def implement_options(chosen: str) -> list[dict[str, str | bool]]:
    """Every implement, for a select."""
    return [choice(each, implement_name(each), each == chosen) for each in IMPLEMENTS]


def subtitle(exercise: Row) -> str:
    """ "Quads · Barbell"; the muscle group where no muscle is named."""
    return f"{muscle_name(first_muscle(exercise))} · {implement_name(exercise['implement'])}"


def exercises(
    found: Sequence[Row],
    asked: dict[str, Any],
    more: bool,
    away: Sequence[Row],
) -> dict[str, Any]:
    """The library: what was asked, what was found."""
    return {
        "current": "exercises",
        "q": asked["q"],
        "muscles": muscle_chips(asked["muscle"]),
        "implements": implement_options(asked["implement"]),
        "is_mine": bool(asked["mine"]),
        "is_starred": bool(asked["starred"]),
        "is_narrowed": any(asked[name] for name in ("q", "muscle", "implement", "mine", "starred")),
        "exercises": [_listed(each) for each in found],
        "more_url": f"/exercises?{urlencode(_next(asked))}" if more else "",
        "away": [
            {
                "url": f"/exercises/{each['uuid']}",
                "name": each["name"],
                "why": "Merged" if each["is_merged"] else "Archived",
            }
            for each in away
        ],
        "create_url": f"/exercises/new?{urlencode({'q': asked['q']})}",
    }


exercise_list = exercises


def _next(asked: dict[str, Any]) -> dict[str, Any]:
    said = {name: asked[name] for name in ("q", "muscle", "implement") if asked[name]}
    flags = {name: 1 for name in ("mine", "starred") if asked[name]}
    return {**said, **flags, "page": asked["page"] + 1}


def _listed(exercise: Row) -> dict[str, Any]:
    return {
        "url": f"/exercises/{exercise['uuid']}",
        "name": exercise["name"],
        "sub": subtitle(exercise),
        "last": last_text(exercise),
        "is_favourite": bool(exercise["is_favourite"]),
        "is_mine": exercise["user_id"] is not None,
    }


def facts(exercise: Row) -> Iterator[dict[str, str]]:
    """What an exercise is, line by line."""
    names = {"primary_muscles": "Works", "secondary_muscles": "Helps"}
    for column, label in names.items():
        muscles = [muscle_name(each) for each in texts(exercise[column])]
        if muscles:
            yield {"label": label, "text": ", ".join(muscles)}
    yield {"label": "Muscle group", "text": muscle_name(exercise["muscle_group"])}
    yield {"label": "Equipment", "text": implement_name(exercise["implement"])}
    yield {"label": "Measured in", "text": MEASURE_NAMES[exercise["measure"]]}
    yield {"label": "Weight", "text": LOAD_NAMES[exercise["load"]].replace("The w", "W")}
    if exercise["unilateral"]:
        yield {"label": "Sides", "text": "One at a time; reps are for each"}
    if aliases := texts(exercise["aliases"]):
        yield {"label": "Also called", "text": ", ".join(aliases)}


def setting_form(exercise: Row, setting: Row | None, person: Caller) -> dict[str, Any]:
    """The form of how the person does the exercise."""
    unit = (setting and setting["weight_unit"]) or ""
    said = {} if setting is None else {name: setting[name] for name in SETTING_COLUMNS}
    step = exercise[f"increment_{unit or person.weight_unit}"]
    usual = exercise["rest_seconds"]
    return {
        "has_weight": exercise["load"] != "none",
        "has_bar": exercise["implement"] == "Barbell",
        "unit": unit or person.weight_unit,
        "chosen_unit": unit,
        "account_unit": person.weight_unit,
        "usual_step": number(Decimal(step)),
        "values": {name: "" if said.get(name) is None else said[name] for name in SETTING_COLUMNS},
        "rests": rest_choices(
            said.get("rest_seconds"), person.default_rest_seconds if usual is None else usual
        ),
    }


SETTING_COLUMNS = ("increment", "bar_weight", "note", "rest_seconds")


def exercise_new(name: str, routine: Any) -> dict[str, Any]:
    """The form of a new exercise; from a routine's picker it leads back there."""
    values = {"name": name, "muscle_group": "other", "implement": "Barbell", "measure": "reps"}
    form = _form({**values, "load": "external", "aliases": "", "notes": ""})
    back = f"/routines/{routine}/add" if routine else "/exercises"
    return {**form, "action": "/exercises", "uuid": key(), "routine": routine or "", "back": back}


def exercise_edit(exercise: Row) -> dict[str, Any]:
    """The form of an own exercise."""
    columns = ("name", "muscle_group", "implement", "measure", "load", "notes")
    values = {name: exercise[name] or "" for name in columns}
    url = f"/exercises/{exercise['uuid']}"
    values["aliases"] = ", ".join(texts(exercise["aliases"]))
    return {**_form(values), "action": f"{url}/edit", "back": url, "url": url}


def _form(values: dict[str, str]) -> dict[str, Any]:
    return {
        "current": "exercises",
        "key": key(),
        "values": values,
        "muscle_groups": [(each, muscle_name(each)) for each in MUSCLE_GROUPS],
        "implements": [(each, implement_name(each)) for each in IMPLEMENTS],
        "measures": list(MEASURE_NAMES.items()),
        "loads": list(LOAD_NAMES.items()),
    }
