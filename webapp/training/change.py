"""What a tap changed of a workout in progress, as far as somebody is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.training.last_time import remember
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.training.sheet import item_of
from webapp.training.standings import Standings
from webapp.training.turn import Stands, Workout, turn


@dataclass(slots=True)
class Change:
    """What a tap did: the sheet after it, the item and set it was about (None: the set is gone),
    the other items whose turn it was or is, and the set as it was before (None: nobody knows, or
    the item has other sets now).

    Where the sheet has this item alone, `standings` are where all stand, and `following` is the
    item whose turn it is when that is another one (once it is `remembered`).
    """

    sheet: Sheet
    item: SheetItem
    set: SheetSet | None
    others: Sequence[Stands] = ()
    was: SheetSet | None = None
    standings: Standings | None = None
    following: SheetItem | None = None

    @property
    def all(self) -> Workout[Stands]:
        """All items of the workout, as far as their turn goes."""
        return self.standings or self.sheet


def told(change: Change, was: Stands | None) -> Change:
    """Add what else looks different: the card whose turn it was and the one whose turn it is."""
    now = turn(change.all)
    if now is not was:
        change.others = [it for it in (was, now) if it is not None and it.id != change.item.id]
    return change


async def remembered(change: Change) -> Change:
    """The change with the item whose turn it is, and last time's numbers of what is shown."""
    sheet, now = change.sheet, turn(change.all)
    if now is not None and now.id != change.item.id:
        known = sheet.item(now.uuid)
        change.following = known or await item_of(sheet, now.uuid)
    following = [change.following] if change.following else []
    await remember(sheet, [change.item, *following])
    return change
