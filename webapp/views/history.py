"""Past workouts as people see them: a line of a list, one workout, the trash."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.history.listing import Past
from webapp.history.totals import as_measured, volume, worked
from webapp.models.fields import GRAMS, from_grams
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.views import bests as best_texts
from webapp.views.plans import key, numbers_text
from webapp.views.text import aligned, count, duration, long_date, number, short_date, thousands
from webapp.zones import local

KEPT_DAYS = 30
AFTER = "\u00a0· "  # a line is broken behind it, not before
RATINGS = {1: "Awful", 2: "Hard", 3: "OK", 4: "Good", 5: "Great"}


class Reader(Protocol):
    """On whose clock and in whose units a workout is told."""

    @property
    def timezone(self) -> str: ...

    @property
    def weight_unit(self) -> str: ...


def listed(each: Past, bests: Sequence[Best], person: Caller) -> dict[str, str]:
    """A workout in a list: name, day, "58 min · 8,420 kg · 17 sets", bests."""
    day = local(each.started_at, person.timezone)
    return {
        "uuid": each.uuid,
        "url": f"/workouts/{each.uuid}",
        "name": each.name,
        "day": str(day.day),
        "weekday": short_date(day)[:3],
        "date_text": date_text(each.local_date, person.timezone),
        "sub": sub_text(each, person),
        "pb_text": count(len(bests), "PB") if bests else "",
        "pb_count": str(len(bests)),
        "pb_word": "personal best" if len(bests) == 1 else "personal bests",
        "note": each.notes or "",
    }


def sub_text(each: Past, person: Caller) -> str:
    """ "58 min · 8,420 kg · 17 sets"; what is nothing is left out. No line begins with a dot."""
    lifted = f"{weight_text(each.grams, person.weight_unit)} {person.weight_unit}"
    parts = (length_text(each), lifted if each.grams else "", count(each.sets, "set"))
    return AFTER.join(together(part) for part in parts if part)


def length_text(each: Past) -> str:
    """ "58 min"; "" where nobody knows: an app that knows days only begins and ends at once."""
    length = each.ended_at - each.started_at if each.ended_at else None
    return duration(length) if length else ""


def together(text: str) -> str:
    """A text that is not broken over two lines."""
    return text.replace(" ", "\u00a0")


def weight_text(grams: int, unit: str) -> str:
    """A volume as a whole number of the unit: "8,420"."""
    return thousands(grams / GRAMS[unit])


def month_text(day: date) -> str:
    """ "November 2026"."""
    return f"{day:%B} {day.year}"


def date_text(day: date, timezone: str) -> str:
    """ "Wed 19 Nov", with the year when it is not this one."""
    moment = datetime(day.year, day.month, day.day)
    this_year = local(datetime.now(UTC), timezone).year
    return short_date(moment) + ("" if day.year == this_year else f" {day.year}")


def when_text(sheet: Sheet, timezone: str) -> str:
    """ "Friday 21 November, 17:31 to 18:35", with the year when it is not this one."""
    start = local(sheet.started_at, timezone)
    year = "" if start.year == local(datetime.now(UTC), timezone).year else f" {start.year}"
    end = f" to {local(sheet.ended_at, timezone):%H:%M}" if sheet.ended_at else ""
    return f"{long_date(start)}{year}, {together(f'{start:%H:%M}{end}')}"


def workout(sheet: Sheet, bests: Sequence[Best], person: Caller) -> dict[str, Any]:
    """One workout with all its sets, bests and notes."""
    return {"current": "history", "workout": shown_workout(sheet, bests, person)}


def shown_workout(sheet: Sheet, bests: Sequence[Best], person: Reader) -> dict[str, Any]:
    """The same without the page around it."""
    held = {str(best.set_uuid): best for best in reversed(bests)}
    return {
        **totals(sheet, person),
        "uuid": sheet.uuid,
        "url": f"/workouts/{sheet.uuid}",
        "key": key(),
        "made_uuid": key(),
        "is_running": sheet.is_running,
        "is_stopped": sheet.status == "stopped",
        "location": sheet.location_name or "",
        "pbs": [pb(best, person) for best in bests],
        "exercises": [_item(item, held, person) for item in sheet.items if _is_shown(item)],
    }


def totals(sheet: Sheet, person: Reader) -> dict[str, str]:
    """What the head of a workout says: when, how long, how much, how it felt."""
    end = sheet.ended_at or datetime.now(UTC)
    return {
        "name": sheet.name,
        "date_text": when_text(sheet, person.timezone),
        "duration_text": duration(end - sheet.started_at),
        "sets_text": str(len(worked(sheet.items))),
        "volume_text": weight_text(volume(sheet.items), person.weight_unit),
        "unit": person.weight_unit,
        "rating_text": RATINGS.get(sheet.rating or 0, ""),
        "note": sheet.notes or "",
    }


def pb(best: Best, person: Reader) -> dict[str, str]:
    """A personal best: exercise, kind, value, what it beats."""
    return {
        "exercise": best.exercise_name,
        "kind": best_texts.name(best),
        "value": together(best_texts.value(best, person.weight_unit)),
        "beats": best_texts.beats(best, person.weight_unit, person.timezone),
    }


def _is_shown(item: SheetItem) -> bool:
    return bool(item.done) or (item.kind != "rest" and bool(item.note))


def _item(item: SheetItem, held: dict[str, Best], person: Reader) -> dict[str, Any]:
    sets = [_set(item, each, label, held.get(each.uuid), person) for each, label in labelled(item)]
    estimates = aligned([each["e1rm_text"] for each in sets])
    return {
        "uuid": item.uuid,
        "name": item.exercise_name,
        "url": f"/exercises/{item.exercise_uuid}" if item.exercise_uuid else "",
        "note": item.note or "",
        "has_e1rm": any(as_measured(item, each).e1rm for each in item.done),
        "sets": [{**each, "e1rm_text": e1rm} for each, e1rm in zip(sets, estimates, strict=True)],
    }


def labelled(item: SheetItem) -> list[tuple[SheetSet, str]]:
    """The sets done, each with its number; a warm-up is a W."""
    number, found = 0, []
    for each in item.done:
        number += not each.is_warm_up
        found.append((each, "W" if each.is_warm_up else str(number)))
    return found


def _set(
    item: SheetItem, each: SheetSet, label: str, best: Best | None, person: Reader
) -> dict[str, Any]:
    e1rm = as_measured(item, each).e1rm if not each.is_warm_up else None
    unit = each.weight_unit or person.weight_unit
    kind = {"drop": "Drop set", "failure": "To failure"}.get(each.set_type, "")
    return {
        "uuid": each.uuid,
        "label": label,
        "title": "Warm-up" if each.is_warm_up else f"Set {label}",
        "is_warmup": each.is_warm_up,
        "text": set_text(item, each) or "–",
        "kind": kind,
        "rpe_text": f"RPE {each.rpe}" if each.rpe else "",
        "e1rm_text": number(round(from_grams(e1rm, unit), 1)) if e1rm else "",
        "note": each.notes or "",
        "pb": best_texts.name(best) if best else "",
    }


def set_text(item: SheetItem, each: SheetSet) -> str:
    """ "82.5 kg × 8", "+5 kg × 6", "1:30", "2 km in 8:41"."""
    said = numbers_text(
        item.load,
        each.weight,
        each.weight_unit,
        each.reps,
        each.duration_seconds,
        each.distance,
        each.distance_unit,
        each.band,
    )
    said = f"{said} reps" if said.isdigit() else said
    return said + (f" + {each.forced_reps} forced" if each.forced_reps else "")


def trash(workouts: Sequence[Past], person: Caller) -> dict[str, Any]:
    """The deleted workouts, each with the days it is still kept."""
    now = datetime.now(UTC)
    shown = [
        {**listed(each, [], person), "left": _left(each, now), "key": key()} for each in workouts
    ]
    return {"current": "history", "back": "/workouts", "heading": "Trash", "workouts": shown}


def _left(each: Past, now: datetime) -> str:
    deleted = each.deleted_at or now
    left = (deleted + timedelta(days=KEPT_DAYS) - now).days
    return f"kept for {count(left, 'more day')}" if left > 0 else "gone today"
