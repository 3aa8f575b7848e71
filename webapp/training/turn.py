"""Whose turn it is in a workout, and how long to rest before it; pure."""

from webapp.training.lines import Sheet, SheetItem, SheetSet


def turn(sheet: Sheet) -> SheetItem | None:
    """The item of the next set: where the person is, round by round in a superset, then onwards.

    None when nothing is left to log.
    """
    left = [item for item in sheet.items if item.kind != "rest" and item.sets and not item.is_done]
    here = _last_logged(sheet)
    if here is None or not left:
        return left[0] if left else None
    round_of = [item for item in group(sheet, here) if item in left]
    if round_of:
        return min(round_of, key=lambda item: (len(item.done), item.position))
    return next((item for item in left if item.position > here.position), left[0])


def next_set(item: SheetItem | None) -> SheetSet | None:
    """The first set of the item that is not done yet."""
    sets = item.sets if item is not None else []
    return next((each for each in sets if not each.is_done), None)


def group(sheet: Sheet, item: SheetItem) -> list[SheetItem]:
    """The superset that the item stands in, in order; the item alone when it is in none."""
    if item.superset is None:
        return [item]
    return [other for other in sheet.items if other.superset == item.superset]


def rest_after(sheet: Sheet, item: SheetItem) -> int:
    """Seconds to rest after a set of this item was logged: 0 within a superset's round, after
    the workout's last set, and where the person wants none."""
    following = turn(sheet)
    members = group(sheet, item)
    if following is None:
        return 0
    if following is not item and following in members and len(following.done) < len(item.done):
        return 0
    return max(member.rest_seconds or 0 for member in members)


def _last_logged(sheet: Sheet) -> SheetItem | None:
    logged = [
        (each.completed_at, item.position, item)
        for item in sheet.items
        for each in item.sets
        if each.completed_at is not None
    ]
    return max(logged, key=lambda found: found[:2])[2] if logged else None
