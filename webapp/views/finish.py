"""The page before a workout ends: what is not logged yet, how it felt, a note."""

from typing import Any

from webapp.auth import Caller
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.views.cards import number_of, title
from webapp.views.history import RATINGS, totals
from webapp.views.numbers import shown
from webapp.views.plans import choice, key
from webapp.views.text import count


def finish(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """What GET /session/finish shows."""
    lefts = [(item, [each for each in item.sets if not each.is_done]) for item in sheet.items]
    left = [(item, each) for item, sets in lefts for each in sets]
    many, known = len(left), sum(_is_known(item, each, person) for item, each in left)
    without = "without it" if many == 1 else "without them"
    said = totals(sheet, person)
    return {
        "current": "today",
        "finish": {
            **{name: said[name] for name in ("name", "duration_text", "volume_text", "unit")},
            "key": key(),
            "sets_text": said["sets_text"],
            "has_unlogged": many > 0,
            "unlogged_text": f"{count(many, 'set')} {'is' if many == 1 else 'are'} not logged",
            "unlogged": [
                {"name": item.exercise_name, "text": _left_text(item, sets, person)}
                for item, sets in lefts
                if sets
            ],
            "drop_text": f"Finish {without}",
            "stop_text": "Finish and mark as stopped early",
            "can_log": known > 0,
            "log_text": f"Log {_all_of(known, many)} and finish",
            "finish_text": "Finish workout",
            "ratings": [
                choice(str(value), label, value == sheet.rating) for value, label in RATINGS.items()
            ],
            "note": sheet.notes or "",
            "error": "",
        },
    }


def _left_text(item: SheetItem, sets: list[SheetSet], person: Caller) -> str:
    """ "Set 3 · 80 kg × 5", "3 sets · 80 kg × 5", "3 sets" where their numbers differ."""
    texts = {shown(item, each, person).text for each in sets}
    one = title(sets[0], number_of(item, sets[0])) if len(sets) == 1 else count(len(sets), "set")
    return " · ".join(part for part in (one, texts.pop() if len(texts) == 1 else "") if part)


def _is_known(item: SheetItem, each: SheetSet, person: Caller) -> bool:
    """Enough is offered to log the set by."""
    offered = shown(item, each, person).numbers
    if item.measure == "reps":
        return offered.reps is not None
    return offered.seconds is not None or (item.measure == "distance" and bool(offered.distance))


def _all_of(known: int, many: int) -> str:
    return {1: "it", 2: "both"}.get(many, f"all {many}") if known == many else f"{known} of {many}"
