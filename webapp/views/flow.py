"""The workout in progress as the templates of the gym flow read it; pure but for the clock.

The shapes: ready strings, booleans and lists, never numbers, so that the templates can also run
in the browser.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.training import resting
from webapp.training.lines import Sheet
from webapp.training.turn import next_set, turn
from webapp.views.cards import cards, number_of, title
from webapp.views.numbers import shown
from webapp.views.plans import key, short_key
from webapp.views.text import clock, count
from webapp.zones import local

Toast = dict[str, str] | None


def session(sheet: Sheet, bests: Iterable[Best], person: Caller) -> dict[str, Any]:
    """What GET /session shows."""
    return {**around(sheet, person), "cards": cards(sheet, bests, person)}


def around(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """The same but for the cards."""
    return {
        "current": "today",
        "session": _session(sheet),
        "rest": rest(sheet, person, short_key()),
        "progress": progress(sheet),
    }


def _session(sheet: Sheet) -> dict[str, str]:
    seconds = (datetime.now(UTC) - sheet.started_at).total_seconds()
    return {
        "name": sheet.name,
        "started_at": _milliseconds(sheet.started_at),
        "elapsed_text": clock(max(int(seconds), 0)),
        "key": key(),
    }


def cards_changed(
    sheet: Sheet, bests: Iterable[Best], person: Caller, opened: object = "", toast: Toast = None
) -> dict[str, Any]:
    """All cards, rest and progress, after items changed."""
    return {
        "cards": cards(sheet, bests, person, str(opened)),
        "rest": rest(sheet, person),
        "progress": progress(sheet),
        "toast": toast,
    }


def rest_timer(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """The rest timer alone."""
    return {"rest": rest(sheet, person)}


def rest(sheet: Sheet, person: Caller, form_key: str = "") -> dict[str, Any]:
    """The rest timer: when it ends, how much is left, what comes next."""
    now = datetime.now(UTC)
    is_on, is_paused = resting.is_on(sheet, now), resting.is_paused(sheet)
    left, ends = resting.left(sheet, now), sheet.rest_ends_at
    return {
        "rev": str(sheet.version),
        "is_on": is_on,
        "is_paused": is_on and is_paused,
        "ends_at": _milliseconds(ends) if is_on and ends and not is_paused else "",
        "total": str(resting.total(sheet) or 1),
        "left": str(left),
        "left_text": clock(left),
        "ends_text": f"{local(ends, person.timezone):%H:%M}" if is_on and ends else "",
        "next_text": _next(sheet, person) if is_on else "",
        "key": form_key,
    }


def _next(sheet: Sheet, person: Caller) -> str:
    item = turn(sheet)
    each = next_set(item)
    if item is None or each is None:
        return ""
    said = [title(each, number_of(item, each)), shown(item, each, person).text]
    if number_of(item, each) == 1:
        said.insert(0, item.exercise_name)
    return " · ".join(part for part in said if part)


def progress(sheet: Sheet) -> dict[str, Any]:
    """How many of the sets are done, and the exercise whose turn it is."""
    sets, item = sheet.sets, turn(sheet)
    done = sum(each.is_done for each in sets)
    return {
        "rev": str(sheet.version),
        "done": str(done),
        "total": str(len(sets) or 1),
        "text": f"{done} of {count(len(sets), 'set')}",
        "now": item.exercise_name or "Rest" if item else "",
    }


def _milliseconds(when: datetime) -> str:
    return str(int(when.timestamp() * 1000))
