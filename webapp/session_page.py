"""The page of the workout in progress: a card is made anew only when what it shows has changed.

The cards are nearly all of the page, and depend on the person's rows and settings alone; the frame
around them is everybody's. The clock and the keys of the forms are of each request: they are put
where their names stand.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from webapp import kept
from webapp.auth import Caller
from webapp.db.remembering import remembered
from webapp.here import current_app
from webapp.history.bests import Best, bests_of_workout
from webapp.kept import Parts, filled, mark, parts, rendered
from webapp.training import resting
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet, SheetItem
from webapp.training.turn import turn
from webapp.views import cards, flow
from webapp.views.plans import key, short_key
from webapp.views.text import clock

MOST = 256  # cards; the one that was shown least recently goes

Bests = Mapping[str, Best]  # by the UUID of the set


@dataclass(frozen=True, slots=True)
class _Card:
    """A card as HTML: itself, and the menu that stands behind all cards."""

    main: Parts
    menu: Parts


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a sheet, and its rest timer: as it is while there is a rest (True), and after."""

    sheet: Sheet
    parts: Parts
    rest: dict[bool, Parts] = field(default_factory=dict)


_made: OrderedDict[tuple[int, int], tuple[Any, _Card]] = OrderedDict()


@remembered
async def running(user_id: int) -> Sheet | None:
    """The sheet of the user's workout in progress, to be read and not changed; or None."""
    return await sheets.running(user_id)


async def shown(me: Caller) -> bytes | None:
    """The page of GET /session; None without a workout in progress."""
    page = await _read(me.user_id, me)
    if page is None:
        return None
    now, form_key = datetime.now(UTC), short_key()
    left = resting.left(page.sheet, now)
    known = {
        "key": form_key.encode(),
        "tail": form_key[2:].encode(),
        "elapsed": flow.elapsed_text(page.sheet, now).encode(),
        "left": str(left).encode(),
        "left_text": clock(left).encode(),
        "toast": kept.toast(),
    }
    return filled(page.parts, {**known, "rest_timer": filled(_rest(page, me, now), known)})


def _rest(page: _Page, me: Caller, now: datetime) -> Parts:
    is_on = resting.is_on(page.sheet, now)
    if is_on not in page.rest:
        of_request = {"left": mark("left"), "left_text": mark("left_text")}
        view = flow.rest(page.sheet, me, mark("key")) | of_request
        page.rest[is_on] = parts(rendered("flow/rest_timer.html", rest=view))
    return page.rest[is_on]


@remembered
async def _read(user_id: int, person: Caller) -> _Page | None:
    sheet = await sheets.running(user_id)
    if sheet is None:
        return None
    bests = cards.held(await bests_of_workout(user_id, sheet.id))
    facts = enumerate(_facts(sheet, bests, person))
    found = [_card(sheet, place, of, bests, person) for place, of in facts]
    known: dict[bytes | str, Parts] = {
        "name": [escape(sheet.name).encode()],
        "top": _top(sheet),
        "cards": [part for card in found for part in card.main],
        "menus": [part for card in found for part in card.menu],
    }
    frame = _frame(current_app.config["TEMPLATES"], person.theme, bool(found))
    whole = [each for part in frame for each in known.get(part, [part])]
    revision = str(sheet.version).encode()
    return _Page(sheet, [revision if part == "rev" else part for part in whole])


def _top(sheet: Sheet) -> Parts:
    view = flow.top(sheet)
    view["session"] |= {"elapsed_text": mark("elapsed")}
    return parts(rendered("flow/session_top.html", **view))


@lru_cache(maxsize=16)
def _frame(templates: Environment, theme: str, has_cards: bool) -> Parts:
    """What is around the cards, for whoever wants this theme."""
    session = {"name": mark("name"), "key": mark("key")}
    cards = [{"main": mark("cards"), "menu": mark("menus")}] if has_cards else []
    main = "parts/session_cards.html" if has_cards else "flow/session.html"
    made = Markup(rendered(main, cards=cards, session=session))  # noqa: S704 # nosec B704
    view = {"top": mark("top"), "main": made, "rest_timer": mark("rest_timer"), "session": session}
    return kept.page("session.html", theme, current="today", **view)


def _card(sheet: Sheet, place: int, facts: Any, bests: Bests, person: Caller) -> _Card:
    """The card that was made before when it would be the same."""
    item = sheet.items[place]
    before = _made.get((person.user_id, item.id))
    made = before[1] if before and before[0] == facts else _drawn(sheet, item, bests, person)
    _made[person.user_id, item.id] = facts, made
    _made.move_to_end((person.user_id, item.id))
    if len(_made) > MOST:
        _made.popitem(last=False)
    return made


def _facts(sheet: Sheet, bests: Bests, person: Caller) -> Iterator[Any]:
    """Of each item all that `cards.card` tells its card by, but for the revision, which changes
    with every tap."""
    here, supersets = turn(sheet), [item.superset for item in sheet.items]
    for place, item in enumerate(sheet.items):
        held = [(each.uuid, bests[each.uuid]) for each in item.sets if each.uuid in bests]
        yield item, item is here, place, supersets, held, sheet.routine_uuid, person


def _drawn(sheet: Sheet, item: SheetItem, bests: Bests, person: Caller) -> _Card:
    # The place tells the cards of a page apart, the rest one page from the next.
    made_uuid = f"{key()[:24]}{sheet.items.index(item) % 256:02x}{mark('tail')}"
    keys = (f"{mark('key')}-{item.id}", made_uuid)
    card = {**cards.card(sheet, item, bests, person, keys=keys), "rev": mark("rev")}
    main, menu = rendered("flow/card.html", card=card), rendered("flow/card_menu.html", card=card)
    return _Card(parts(main), parts(menu))
