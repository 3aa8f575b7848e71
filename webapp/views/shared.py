"""A workout as it is shared: as a text, and as a page for whoever has the link."""

from collections.abc import Iterator, Sequence
from typing import Any

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.history.shared import Shared
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.views import bests as best_texts
from webapp.views.history import Reader, labelled, set_text, shown_workout, totals
from webapp.views.plans import key as fresh_key
from webapp.views.text import count, long_date
from webapp.zones import local


def workout_share(
    sheet: Sheet,
    bests: Sequence[Best],
    with_notes: bool,
    url: str | None,
    has_notes: bool,
    person: Caller,
) -> dict[str, Any]:
    """The text to copy, and the link with what it shows."""
    page = f"/workouts/{sheet.uuid}"
    return {
        "current": "history",
        "heading": "Share",
        "back": page,
        "name": sheet.name,
        "text": text(sheet, bests, with_notes, person),
        "lines": str(min(len(list(_lines(sheet, bests, with_notes, person))) + 1, 12)),
        "with_notes": with_notes,
        "without_url": f"{page}/share",
        "with_url": f"{page}/share?notes=1",
        "is_running": sheet.is_running,
        "link": url or "",
        "link_has_notes": has_notes,
        "is_other": bool(url) and has_notes != with_notes,
        "action": f"{page}/share",
        "end_action": f"{page}/unshare",
        "key": fresh_key(),
        "end_key": fresh_key(),
    }


def text(sheet: Sheet, bests: Sequence[Best], with_notes: bool, reader: Reader) -> str:
    """The workout in plain lines, as a message to a friend."""
    return "\n".join(_lines(sheet, bests, with_notes, reader))


def _lines(sheet: Sheet, bests: Sequence[Best], with_notes: bool, reader: Reader) -> Iterator[str]:
    told = totals(sheet, reader)
    yield sheet.name
    yield _day_text(sheet, reader)
    yield _sum_text(told)
    if with_notes and sheet.notes:
        yield sheet.notes
    held = {str(best.set_uuid) for best in bests}
    for item in sheet.items:
        if item.done:
            yield ""
            yield item.exercise_name
            yield from (_line(item, each, label, held) for each, label in labelled(item))
            if with_notes and item.note:
                yield item.note


def _day_text(sheet: Sheet, reader: Reader) -> str:
    """ "Friday 21 November 2026": it may be read in another year."""
    day = local(sheet.started_at, reader.timezone)
    return f"{long_date(day)} {day.year}"


def _sum_text(told: dict[str, str]) -> str:
    """ "58 min, 17 sets, 8,420 kg"."""
    parts = [told["duration_text"], count(int(told["sets_text"]), "set")]
    lifted = told["volume_text"]
    return ", ".join([*parts, *([f"{lifted} {told['unit']}"] if lifted != "0" else [])])


def _line(item: SheetItem, each: SheetSet, label: str, held: set[str]) -> str:
    said = f"{label}. {set_text(item, each) or '–'}"
    return f"{said} (personal best)" if each.uuid in held else said


def shared_workout(shared: Shared) -> dict[str, Any]:
    """The page behind the link: what was done, and nothing of whose it is."""
    sheet, reader = shared.sheet, shared.teller
    told = shown_workout(sheet, shared.bests, reader)
    return {
        "workout": {
            **{name: told[name] for name in _OPEN},
            "date_text": _day_text(sheet, reader),
            "note": told["note"] if shared.has_notes else "",
            "exercises": [_open_item(each, shared.has_notes) for each in told["exercises"]],
            "pbs": [
                {
                    "exercise": best.exercise_name,
                    "kind": best_texts.name(best),
                    "value": best_texts.value(best, reader.weight_unit),
                }
                for best in shared.bests
            ],
        }
    }


_OPEN = ("name", "duration_text", "sets_text", "volume_text", "unit")


def _open_item(item: dict[str, Any], has_notes: bool) -> dict[str, Any]:
    notes = {} if has_notes else {"note": ""}
    return {**item, **notes, "url": "", "sets": [{**each, **notes} for each in item["sets"]]}
