"""The three documents that a phone mirrors: what is now, what a start would make, the library."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from webapp.auth import Caller
from webapp.contracts.edge import sheets
from webapp.contracts.edge.base import FORM, known, parts
from webapp.db import Row, moment
from webapp.history.bests import Best
from webapp.history.listing import Past
from webapp.history.streaks import Streak
from webapp.history.totals import muscles_of
from webapp.training.beginning import Beginning
from webapp.training.lines import PastSet, Sheet, SheetItem
from webapp.views import bests as words
from webapp.views.cards import held
from webapp.views.history import pb
from webapp.views.plans import names_text, size_text
from webapp.zones import offsets

_PERSON = (
    *("weight_unit", "distance_unit", "first_day_of_week", "default_rest_seconds"),
    *("rest_timer_on", "timer_sound", "rpe_on", "theme"),
)
_RECENT = (
    *("uuid", "name", "status", "started_at", "ended_at", "local_date", "notes", "rating"),
    *("location_name", "sets", "grams"),
)
_EXERCISE = (
    *("name", "muscle_group", "body_part", "modality", "implement", "measure", "load"),
    *("increment_kg", "increment_lb", "rest_seconds"),
)
_LIKED = ("rest_seconds", "weight_unit", "increment", "bar_weight")


def _whose(person: Caller) -> dict[str, Any]:
    return {"user": str(person.user_uuid), "form": FORM}


def now(
    person: Caller,
    sheet: Sheet | None,
    removed: Sequence[SheetItem],
    uuids: sheets.Uuids,
    bests: Sequence[Best],
    routines: Sequence[Row],
    items: Mapping[int, Sequence[Row]],
    streak: Streak,
    recent: Sequence[Past],
    recent_bests: Mapping[int, Sequence[Best]],
    programs: Sequence[dict[str, str]],
) -> dict[str, Any]:
    """GET /edge/now: {user, form, person, sheet?, bests, pbs, today, recent}."""
    is_first = not (routines or recent or sheet)
    return {
        **_whose(person),
        "person": _person(person),
        **({"sheet": sheets.sheet(sheet, removed, uuids)} if sheet else {}),
        "bests": {uuid: _best(best, person) for uuid, best in held(bests).items()},
        "pbs": [{"set": str(each.set_uuid), **pb(each, person)} for each in bests],
        "today": {
            "routines": [_routine(each, items.get(each["id"], ())) for each in routines],
            "streak": _streak(streak),
            "starters": list(programs) if is_first else [],
        },
        "recent": [
            {**parts(each, _RECENT), "pbs": len(recent_bests.get(each.id, ()))} for each in recent
        ],
    }


def _person(of: Caller) -> dict[str, Any]:
    """With their clock as numbers: a phone takes longer to open its own table of time zones than
    a tap may take."""
    return {**parts(of, _PERSON), "offsets": offsets(of.timezone, datetime.now(UTC))}


def _best(best: Best, person: Caller) -> dict[str, str]:
    text = words.line(best, person.weight_unit, person.timezone)
    return {"pb": words.name(best), "pb_text": text}


def _routine(each: Row, items: Sequence[Row]) -> dict[str, Any]:
    done = moment(each["last_done_at"])
    said = {"uuid": str(each["uuid"]), "name": each["name"], "program": each["program"]}
    return known({**said, "last_done_at": done, "sub": names_text(items), "size": size_text(items)})


def _streak(of: Streak) -> dict[str, Any]:
    """The weeks in a row before this one, so that what is done later can be counted on to it."""
    days = {day.isoformat(): amount for day, amount in of.days.items()}
    before = of.weeks - bool(of.days)
    return {"week": of.first.isoformat(), "before": before, "days": days, "ever": of.ever}


def plans(
    person: Caller,
    beginnings: Iterable[Beginning],
    last_ended: tuple[str, Beginning] | None,
    exercises: Mapping[int, Row],
    last: Mapping[int, Sequence[PastSet]],
    used: Iterable[Row],
    owned: Mapping[str, Any],
) -> dict[str, Any]:
    """GET /edge/plans: {user, form, plans, repeats, last, used, settings, plates, bars}."""
    uuids = {id: str(each["uuid"]) for id, each in exercises.items()}
    liked = {uuids[id]: _settings(each) for id, each in exercises.items()}
    repeats = {last_ended[0]: _template(last_ended[1], exercises, uuids)} if last_ended else {}
    return {
        **_whose(person),
        "plans": [
            {"uuid": each.routine_uuid, **_template(each, exercises, uuids)} for each in beginnings
        ],
        "repeats": repeats,
        "last": {uuids[id]: [sheets.past(p) for p in last[id]] for id in sorted(last)},
        "used": {str(each["uuid"]): _used(each) for each in used},
        "settings": {uuid: each for uuid, each in liked.items() if each},
        **owned,
    }


def _template(of: Beginning, exercises: Mapping[int, Row], uuids: sheets.Uuids) -> dict[str, Any]:
    """A workout as a start makes it: {name, routine_uuid?, routine_name?, location_name?,
    items}."""
    names = {name: of.named.get(name) for name in ("name", "routine_name", "location_name")}
    items = []
    for position, draft in enumerate(of.drafts, 1):
        facts = exercises.get(draft.item["exercise_id"] or 0)
        more: dict[str, Any] = {"position": position, "status": "pending"}
        more["routine_item_uuid"] = of.lines.get(draft.item["routine_item_id"] or 0)
        more |= _joined(facts) if facts else {}
        sets = [sheets.planned(each, n) for n, each in enumerate(draft.sets, 1)]
        plan = sheets.plan(draft.item["plan"], uuids)
        items.append({**sheets.drafted(draft.item, more), "plan": plan, "sets": sets})
    return {**known({**names, "routine_uuid": of.routine_uuid}), "items": items}


def _joined(exercise: Row) -> dict[str, Any]:
    return {
        "exercise_uuid": str(exercise["uuid"]),
        "exercise_increment_kg": exercise["increment_kg"],
        "exercise_increment_lb": exercise["increment_lb"],
        "weight_unit": exercise["own_weight_unit"],
        "increment": exercise["own_increment"],
        "bar_weight": exercise["own_bar_weight"],
    }


def _settings(exercise: Row) -> dict[str, Any]:
    return known({name: exercise[f"own_{name}"] for name in _LIKED})


def _used(each: Row) -> dict[str, Any]:
    names = ("weight", "weight_unit", "reps", "distance", "distance_unit", "band")
    said = {name: each[f"last_{name}"] for name in names}
    done = {"at": moment(each["last_used_at"]), "duration_seconds": each["last_seconds"]}
    return known({**said, **done})


def library(
    person: Caller, exercises: Iterable[Row], called: Mapping[int, list[str]]
) -> dict[str, Any]:
    """GET /edge/library: {user, form, library}; in the order of a search without words."""
    listed = [_exercise(each, called.get(each["id"])) for each in exercises]
    return {**_whose(person), "library": listed}


def _exercise(each: Row, called: list[str] | None) -> dict[str, Any]:
    more: dict[str, Any] = {"own": True} if each["user_id"] is not None else {}
    more |= {"off": True} if each["is_off"] else {}
    more |= {"called": called} if called else {}
    return {
        "uuid": str(each["uuid"]),
        **known({name: each[name] for name in _EXERCISE}),
        "search": each["search_text"],
        "known": _known(each["aliases"]),
        "muscles": muscles_of(each["primary_muscles"]),
        **more,
    }


def _known(aliases: str | list[str]) -> int:
    """How it ranks among equals in a search (see models/library)."""
    names = orjson.loads(aliases) if isinstance(aliases, str) else aliases
    return max(len(names) - 1, 0)
