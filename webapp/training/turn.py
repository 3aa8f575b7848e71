"""Whose turn it is in a workout, and how long to rest before it; pure.

It is told from where each item stands: how many sets it has, how many are done and when the last
of them was. So it works on a sheet with all sets, and on standings.py, which only counts them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from webapp.training.lines import SheetItem, SheetSet


class Stands(Protocol):
    """An item as far as its turn goes; `last_at` is when its last set was completed."""

    @property
    def id(self) -> int: ...
    @property
    def uuid(self) -> str: ...
    @property
    def exercise_name(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def superset(self) -> int | None: ...
    @property
    def rest_seconds(self) -> int | None: ...
    @property
    def count(self) -> int: ...
    @property
    def count_done(self) -> int: ...
    @property
    def last_at(self) -> datetime | None: ...
    @property
    def is_done(self) -> bool: ...


Item = TypeVar("Item", bound=Stands)
Of = TypeVar("Of", bound=Stands, covariant=True)


class Workout(Protocol[Of]):
    """What has the items of a workout in order."""

    @property
    def items(self) -> Sequence[Of]: ...


def turn(sheet: Workout[Item]) -> Item | None:
    """The item of the next set: where the person is, round by round in a superset, then onwards.

    None when nothing is left to log.
    """
    here = _last_logged(sheet)
    round_of = [item for item in group(sheet, here) if _is_left(item)] if here else []
    if round_of:
        return min(round_of, key=lambda item: (item.count_done, item.position))
    left = [item for item in sheet.items if _is_left(item)]
    after = [item for item in left if here is not None and item.position > here.position]
    return next(iter(after or left), None)


def _is_left(item: Stands) -> bool:
    return item.kind != "rest" and item.count_done < item.count


def next_set(item: SheetItem | None) -> SheetSet | None:
    """The first set of the item that is not done yet."""
    sets = item.sets if item is not None else []
    return next((each for each in sets if not each.is_done), None)


def group(sheet: Workout[Item], item: Item) -> list[Item]:
    """The superset that the item stands in, in order; the item alone when it is in none."""
    if item.superset is None:
        return [item]
    return [other for other in sheet.items if other.superset == item.superset]


def rest_after(sheet: Workout[Item], item: Item) -> int:
    """Seconds to rest after a set of this item was logged: 0 within a superset's round, after
    the workout's last set, and where the person wants none."""
    following = turn(sheet)
    members = group(sheet, item)
    if following is None:
        return 0
    is_round = following is not item and any(following is member for member in members)
    if is_round and following.count_done < item.count_done:
        return 0
    return max(member.rest_seconds or 0 for member in members)


def _last_logged(sheet: Workout[Item]) -> Item | None:
    logged = [(at, item.position, item) for item in sheet.items if (at := item.last_at)]
    return max(logged, key=lambda found: found[:2])[2] if logged else None
