"""What people are shown of moving in: choosing a file, its preview, its import, its undoing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.importing.batches import KEPT_FOR, Batch
from webapp.importing.previewing import NEW, SKIP
from webapp.views.exercises import subtitle
from webapp.views.text import MONTHS, count, count_of, thousands
from webapp.zones import local

APPS = {"strong": "Strong", "hevy": "Hevy", "fitnotes": "FitNotes"}
APPS |= dict.fromkeys(("setlog", "account"), "Setlog")
STATES = {
    "preview": "Not imported yet",
    "running": "Importing",
    "failed": "Stopped",
    "undone": "Taken back",
}
UNITS = {
    "weight_unit": ("Weights are in", [("kg", "kg"), ("lb", "lb")]),
    "distance_unit": ("Distances are in", [("km", "km"), ("mi", "miles"), ("m", "metres")]),
}


def imports(imports: Sequence[Batch], person: Caller) -> dict[str, Any]:
    shown = [_listed(each, person) for each in imports]
    return {"current": "more", "heading": "Import", "back": "/more", "imports": shown}


def _listed(batch: Batch, person: Caller) -> dict[str, Any]:
    result = batch.report.get("result", {})
    new, also = result.get("new", 0), amounts(result.get("also", {}))
    brought = count_of(new, "workout") if new or not also else also
    amount = brought if batch.status == "done" else ""
    day = local(batch.created_at, person.timezone)
    parts = (_day(day.date()), batch.file_name)
    return {
        "url": f"/import/{batch.uuid}",
        "name": APPS.get(batch.format, batch.format),
        "sub": " · ".join(part for part in parts if part),
        "state": amount or STATES.get(batch.status, ""),
    }


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def import_batch(batch: Batch, person: Caller, changed: int) -> dict[str, Any]:
    report = batch.report
    return {
        "current": "more",
        "heading": f"Import from {APPS.get(batch.format, batch.format)}",
        "back": "/import",
        "url": f"/import/{batch.uuid}",
        "file_name": batch.file_name,
        "status": batch.status,
        "is_preview": batch.can_start and batch.status != "failed",
        "lost": report.get("lost", 0),
        **_problems(report),
        **_counted(report, batch.status == "done"),
        **_decisions(report),
        **_progress(batch),
        **_undoing(batch, person, changed),
    }


import_progress = import_batch


def _counted(report: dict[str, Any], is_done: bool) -> dict[str, Any]:
    spans = report.get("counts") or {}
    counts = report["result"] if is_done and "result" in report else spans
    new, sets = counts.get("new", 0), counts.get("sets", 0)
    examples = spans.get("examples", {})
    also = report.get("also", {"new": {}, "there": {}})
    return {
        "new": new,
        "also": amounts(counts["also"] if is_done and "also" in counts else also["new"]),
        "also_there": "" if is_done else amounts(also["there"]),
        "facts": _facts(counts, report.get("lost", 0), "also" in report)[2 if is_done else 0 :],
        "new_text": count_of(new, "workout"),
        "sets_text": count_of(sets, "set"),
        "span": _span(spans.get("first"), spans.get("last")),
        "there": counts.get("there", 0),
        "differs": counts.get("differs", 0),
        "differs_text": count_of(counts.get("differs", 0), "workout"),
        "examples": {name: _examples(some, counts.get(name, 0)) for name, some in examples.items()},
    }


def _facts(counts: dict[str, Any], lost: int, is_ours: bool) -> list[tuple[str, str, str]]:
    found = [
        ("New workouts", counts.get("new", 0), ""),
        ("Sets in them", counts.get("sets", 0), ""),
        ("Already there", counts.get("there", 0), "#there"),
        ("Rows not right" if is_ours else "Lines not read", lost, "#problems"),
    ]
    return [(name, thousands(amount), link if amount else "") for name, amount, link in found]


def amounts(by_noun: dict[str, int]) -> str:
    """ "3 routines, 1,204 body weights", "" for nothing."""
    return ", ".join(count_of(amount, noun[:-1]) for noun, amount in by_noun.items())


def _span(first: str | None, last: str | None) -> str:
    if not first or not last:
        return ""
    days = [_day(date.fromisoformat(each)) for each in (first, last)]
    return days[0] if first == last else " – ".join(days)


def _examples(some: Sequence[Any], total: int) -> dict[str, Any]:
    lines = [
        {"day": _day(date.fromisoformat(day)), "name": name, "sets": count(sets, "set")}
        for day, name, sets in reversed(some)
    ]
    more = total - len(lines)
    return {"lines": lines, "more": f"and {thousands(more)} more" if more > 0 else ""}


def _problems(report: dict[str, Any]) -> dict[str, Any]:
    """Counted, the first of them, and how many there are besides."""
    lost, partly = report.get("lost", 0), report.get("left_out", 0)
    some = report.get("problems", [])
    lines = f"{count_of(lost, 'row' if 'also' in report else 'line')} not read" if lost else ""
    notes = f"{thousands(partly)} read in part" if partly else ""
    more = lost + partly - len(some)
    return {
        "problems": some,
        "problems_title": " · ".join(each for each in (lines, notes) if each),
        "problems_more": f"{thousands(more)} more are in the file" if more > 0 else "",
    }


def _decisions(report: dict[str, Any]) -> dict[str, Any]:
    names = [_name(n, each) for n, each in enumerate(report.get("names", []))]
    said = report.get("choices", {})
    units = [
        {"name": name, "label": UNITS[name][0], "options": UNITS[name][1], "value": said.get(name)}
        for name in report.get("needs", [])
    ]
    known = [each for each in names if each["is_known"]]
    return {
        "units": units,
        "is_differing": said.get("differing", False),
        "unknown": [each for each in names if not each["is_known"]],
        "known": known,
        "known_text": count_of(len(known), "exercise"),
    }


def _name(number: int, each: dict[str, Any]) -> dict[str, Any]:
    sets, last = each["done"]["sets"], date.fromisoformat(each["last"])
    offers = [(uuid, name) for uuid, name, _ in each["offers"]]
    chosen = (each["to"], each["exercise"])
    if chosen[0] not in (NEW, SKIP) and chosen not in offers:
        offers.insert(0, chosen)
    return {
        "number": number,
        "name": each["name"],
        "sub": f"{count_of(sets, 'set')}, last on {_day(last)}",
        "exercise": each["exercise"],
        "to": each["to"],
        "is_known": each["by"] == "name",
        "options": [(NEW, "Create it as my own"), *offers, (SKIP, "Leave it out")],
    }


def _progress(batch: Batch) -> dict[str, Any]:
    total = max(batch.parts, 1)
    return {
        "parts": total,
        "parts_done": batch.parts_done,
        "percent": f"{100 * batch.parts_done // total} %",
    }


def _undoing(batch: Batch, person: Caller, changed: int) -> dict[str, Any]:
    end = batch.finished_at or batch.updated_at
    until = local(end + KEPT_FOR, person.timezone)
    can_undo = batch.can_undo(datetime.now(end.tzinfo)) and batch.status != "running"
    return {
        "can_undo": can_undo,
        "undo_until": _day((until - timedelta(days=1)).date()),
        "changed_text": f"{count_of(changed, 'workout')} you changed since" if changed else "",
    }


def import_exercise(
    batch: Batch, entry: dict[str, Any], asked: dict[str, Any], found: Sequence[Row]
) -> dict[str, Any]:
    number = batch.report["names"].index(entry)
    url = f"/import/{batch.uuid}"
    return {
        "current": "more",
        "back": f"{url}#name-{number}",
        "url": url,
        "number": number,
        "name": entry["name"],
        "q": asked.get("q", ""),
        "exercises": [
            {"uuid": str(each["uuid"]), "name": each["name"], "sub": subtitle(each)}
            for each in found
        ],
        "alike": [] if asked.get("q") else [(uuid, name) for uuid, name, _ in entry["offers"]],
    }


import_exercise_list = import_exercise
