"""One exercise as people see it: its bests, its charts, the last workouts, how they do it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.history.performed import Done, Session, needs_body_weight, within
from webapp.history.ranges import Range
from webapp.history.rep_bests import RepBest, rep_bests
from webapp.models.body import Log
from webapp.views.exercise_charts import charts
from webapp.views.exercises import facts, setting_form, subtitle
from webapp.views.plans import key, numbers_text
from webapp.views.text import MONTHS, clock, count, tenths

PAGE = 5
RANGES = {"3m": "3 months", "1y": "Year", "all": "All"}
COLUMNS = (
    *("weight", "weight_unit", "reps", "duration_seconds", "distance", "distance_unit", "band"),
)


def exercise(
    exercise: Row,
    setting: Row | None,
    sessions: Sequence[Session],
    shown: Range,
    before: str,
    log: Log | None,
    merges: Sequence[Row],
    person: Caller,
) -> dict[str, Any]:
    """One exercise. `sessions` are all there are, oldest first; `shown` is the range of the
    charts, `before` the workout whose predecessors are listed."""
    unit = (setting and setting["weight_unit"]) or person.weight_unit
    newest = list(reversed(sessions))
    past, older = page(newest, before)
    url = f"/exercises/{exercise['uuid']}"
    return {
        "current": "exercises",
        "back": "/exercises",
        "key": key(),
        "exercise": _head(exercise, setting, merges, url),
        "tiles": _tiles(exercise, sessions, unit, shown.last),
        "ranges": [
            {"url": f"{url}?range={name}#progress", "label": label, "is_on": name == shown.name}
            for name, label in RANGES.items()
        ],
        "drawn": _charts(exercise, sessions, shown, unit, person),
        "is_done": bool(sessions),
        "wants_weight": needs_body_weight(exercise) and bool(log is None or not log.entries),
        "bests": [_best(each, exercise["load"]) for each in rep_bests(sessions)],
        "workouts": [_workout(each, exercise["load"], shown.last) for each in past],
        "older_url": f"{url}?before={older}" if older else "",
        "merged": [_merged(each) for each in merges if each["target_id"] == exercise["id"]],
        "facts": list(facts(exercise)),
        **setting_form(exercise, setting, person),
    }


def page(newest: Sequence[Session], before: str) -> tuple[Sequence[Session], str]:
    """Five workouts, those before the one of this UUID (else the last ones), and the UUID to go
    on from ("" at the end)."""
    place = next((n for n, each in enumerate(newest, 1) if each.uuid == before), 0)
    past = newest[place : place + PAGE]
    return past, past[-1].uuid if len(newest) > place + PAGE else ""


def _head(exercise: Row, setting: Row | None, merges: Sequence[Row], url: str) -> dict[str, Any]:
    into = next((each for each in merges if each["source_id"] == exercise["id"]), None)
    return {
        "url": url,
        "name": exercise["name"],
        "sub": subtitle(exercise),
        "notes": exercise["notes"] or "",
        "is_mine": exercise["user_id"] is not None,
        "is_archived": exercise["archived_at"] is not None and into is None,
        "is_favourite": bool(setting and setting["is_favourite"]),
        "merged_url": f"/exercises/{into['uuid']}" if into else "",
        "merged_name": into["name"] if into else "",
    }


def _charts(
    exercise: Row, sessions: Sequence[Session], shown: Range, unit: str, person: Caller
) -> list[dict[str, Any]]:
    inside = within(sessions, shown.first, shown.last)
    return charts(exercise, inside, shown, unit, person.distance_unit)


def _tiles(
    exercise: Row, sessions: Sequence[Session], unit: str, today: date
) -> list[dict[str, str]]:
    if not sessions:
        return []
    found = [_strongest(sessions, unit), *_most(exercise, sessions)]
    last = sessions[-1].day
    found.append(("Workouts", str(len(sessions)), f"last {day_text(last, today.year)}"))
    return [{"label": label, "text": text, "sub": sub} for label, text, sub in found if text]


def _strongest(sessions: Sequence[Session], unit: str) -> tuple[str, str, str]:
    known = [each.strongest for each in sessions if each.strongest]
    best = max((each.epley or 0 for each in known), default=0)
    other = max((each.brzycki or 0 for each in sessions), default=0)
    sub = f"Epley; Brzycki {weight_text(other, unit)}"
    return "Best e1RM", weight_text(best, unit) if best else "", sub


def _most(exercise: Row, sessions: Sequence[Session]) -> list[tuple[str, str, str]]:
    every = [each for session in sessions for each in session.sets]
    top = max(every, key=lambda each: (each.reps > 0, each.effort, each.reps))
    reps = max(each.reps for each in every)
    is_loaded = any(each.effort for each in every)
    name = {"bodyweight": "Most added", "assisted": "Least help"}.get(exercise["load"], "Heaviest")
    longest = max(each.seconds for each in every)
    return [
        (name, *_split(_text(top, exercise["load"]) if is_loaded and top.reps else "")),
        ("Most reps", str(reps) if reps and not is_loaded else "", ""),
        ("Longest", clock(longest) if longest and not reps else "", ""),
    ]


def _split(text: str) -> tuple[str, str]:
    """ "87.5 kg × 10" as what stands large and what below it."""
    weight, times, reps = text.partition(" × ")
    return weight, f"{times.strip()} {reps}".strip()


def weight_text(grams: int, unit: str) -> str:
    """ "102.5 kg", to a tenth; "" for nothing."""
    return f"{tenths(grams, unit)} {unit}" if grams else ""


def _best(best: RepBest, load: str) -> dict[str, Any]:
    return {
        "label": _label(best),
        "text": _text(best.made, load),
        "beat": _beat(best, load),
        "date": day_text(best.session.day),
        "url": f"/workouts/{best.session.uuid}",
    }


def _label(best: RepBest) -> str:
    if best.kind == "reps":
        return count(best.made.reps, "rep")
    return "Longest" if best.kind == "duration" else "Farthest"


def _beat(best: RepBest, load: str) -> str:
    if best.beaten is None or best.beaten_in is None:
        return "The first time"
    return f"beat {_text(best.beaten, load)} from {day_text(best.beaten_in.day)}"


def _text(each: Done, load: str) -> str:
    said = numbers_text(load, *(each.row[name] for name in COLUMNS)) or "Done"
    return f"{said} reps" if said.isdigit() else said


def _workout(session: Session, load: str, today: date) -> dict[str, Any]:
    return {
        "url": f"/workouts/{session.uuid}",
        "name": session.name,
        "date": day_text(session.day, today.year),
        "sets": [_text(each, load) for each in session.sets],
    }


def day_text(day: date, but: int | None = None) -> str:
    """ "3 Oct 2026", without the year where it is `but`."""
    return f"{day.day} {MONTHS[day.month - 1]}" + ("" if day.year == but else f" {day.year}")


def _merged(each: Row) -> dict[str, str]:
    return {"name": each["name"], "url": f"/exercises/{each['uuid']}", "key": key()}
