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
from webapp.training.lines import Sheet, SheetItem
from webapp.training.turn import Stands, Workout, next_set, turn
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
    shown = {"current": "today", **top(sheet), "rest": rest(sheet, person, short_key())}
    return {**shown, "session": {**shown["session"], "key": key()}}


def top(sheet: Sheet) -> dict[str, Any]:
    """The head of the page: what the workout is called, how long it takes, how far it is."""
    session = {
        "name": sheet.name,
        "started_at": _milliseconds(sheet.started_at),
        "elapsed_text": elapsed_text(sheet, datetime.now(UTC)),
    }
    return {"session": session, "progress": progress(sheet)}


def elapsed_text(sheet: Sheet, now: datetime) -> str:
    """ "42:10" since the workout began."""
    return clock(max(int((now - sheet.started_at).total_seconds()), 0))


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


def rest(
    sheet: Sheet, person: Caller, form_key: str = "", following: SheetItem | None = None
) -> dict[str, Any]:
    """The rest timer: when it ends, how much is left, what comes next (of the item `following`
    where the sheet has it not)."""
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
        "next_text": _next(following or turn(sheet), person) if is_on else "",
        "key": form_key,
    }


def _next(item: SheetItem | None, person: Caller) -> str:
    each = next_set(item)
    if item is None or each is None:
        return ""
    said = [title(each, number_of(item, each)), shown(item, each, person).text]
    if number_of(item, each) == 1:
        said.insert(0, item.exercise_name)
    return " · ".join(part for part in said if part)


def progress(sheet: Sheet, of: Workout[Stands] | None = None) -> dict[str, Any]:
    """How many of the sets are done, and the exercise whose turn it is; `of` has all items where
    the sheet has not."""
    all = of or sheet
    item, done = turn(all), sum(each.count_done for each in all.items)
    total = sum(each.count for each in all.items)
    return {
        "rev": str(sheet.version),
        "done": str(done),
        "total": str(total or 1),
        "text": f"{done} of {count(total, 'set')}",
        "now": item.exercise_name or "Rest" if item else "",
    }


def _milliseconds(when: datetime) -> str:
    return str(int(when.timestamp() * 1000))
