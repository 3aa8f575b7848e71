"""What a tap on a set changed on the page of the workout, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.training.change import Change
from webapp.training.keeping import is_changed
from webapp.training.lines import SheetItem, SheetSet
from webapp.training.turn import next_set
from webapp.views.cards import card, foot, has_warm_up, head, held, number_of, row, tag
from webapp.views.flow import Toast, progress, rest
from webapp.views.numbers import shown


def logged(
    change: Change, bests: Iterable[Best], person: Caller, stays: bool = True, toast: Toast = None
) -> dict[str, Any]:
    """The sets of the card that look different now, its head, the cards whose turn it was and is,
    rest and progress; the whole card where other sets are on it than before. The card stays open
    unless it is done and the tap was the last it needed (`stays` false)."""
    sheet, item, by_set = change.sheet, change.item, held(bests)
    is_opened, before = stays or not item.is_done, _before(change)
    mine = head(sheet, item, is_opened, change.all)
    others = [tag(sheet, other, of=change.all) for other in change.others]
    is_turned = before is not None and (bool(others) or before.is_done != item.is_done)
    return {
        "cards": [] if before else [card(sheet, item, by_set, person, is_opened)],
        "turned": [*([mine] if is_turned else []), *others],
        "heads": [mine] if before else [],
        "feet": _feet(change, before, person) if before else [],
        "rows": _rows(change, before, by_set, person) if before else [],
        "rest": rest(sheet, person, following=change.following),
        "progress": progress(sheet, change.all),
        "toast": toast,
    }


def _before(change: Change) -> SheetItem | None:
    """The item as it was; None where its sets are others, or are counted otherwise, now."""
    each, was = change.set, change.was
    if each is None or was is None or was.is_warm_up != each.is_warm_up:
        return None
    return replace(change.item, sets=[was if s is each else s for s in change.item.sets])


def _feet(change: Change, before: SheetItem, person: Caller) -> list[dict[str, Any]]:
    sheet, item = change.sheet, change.item
    is_new = has_warm_up(before, person) != has_warm_up(item, person)
    is_new = is_new or is_changed(sheet, before) != is_changed(sheet, item)
    return [foot(sheet, item, person)] if is_new else []


def _rows(
    change: Change, before: SheetItem, bests: Mapping[str, Best], person: Caller
) -> list[dict[str, Any]]:
    item, current = change.item, next_set(change.item)
    return [
        row(shown(item, s, person), number_of(item, s), s is current, bests.get(s.uuid), person)
        for s in _changed(change, before, bests, person)
    ]


def _changed(
    change: Change, before: SheetItem, bests: Mapping[str, Best], person: Caller
) -> Iterator[SheetSet]:
    """The set itself, the one that is next and the one that was, those that are offered other
    numbers, and those that may have won or lost a badge: others have lost theirs only where this
    one has a best."""
    item, each = change.item, change.set
    nexts = {s.uuid for s in (next_set(item), next_set(before)) if s}
    has_best = each is not None and each.uuid in bests
    for s in item.sets:
        is_turned = s.uuid in nexts and len(nexts) == 2
        if s.is_done:
            is_other = has_best or s.uuid in bests
        else:
            is_other = shown(before, s, person).numbers != shown(item, s, person).numbers
        if s is each or is_turned or is_other:
            yield s
