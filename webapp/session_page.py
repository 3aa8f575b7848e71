"""The page of the workout in progress: a card is made anew only when what it shows has changed.

The cards are nearly all of the page, and depend on the person's rows and settings alone; the clock,
the rest and the keys of the forms are of each request.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from webapp.auth import Caller
from webapp.db.remembering import remembered
from webapp.here import current_app
from webapp.history.bests import Best, bests_of_workout
from webapp.training import sheet as sheets
from webapp.training.keeping import is_changed
from webapp.training.lines import Sheet, SheetItem
from webapp.views import cards
from webapp.views.flow import around
from webapp.views.plans import key, short_key

MOST = 256  # cards; the one that was shown least recently goes
_MARK = secrets.token_hex(12)  # nobody can write it into a name
_MARKED = re.compile(rf"{_MARK}\.([\w-]+)\.")


@dataclass(frozen=True, slots=True)
class _Card:
    """A card as HTML: itself, and the menu that stands behind all cards."""

    main: Markup
    menu: Markup


_made: OrderedDict[tuple[int, int], tuple[Any, _Card]] = OrderedDict()


@remembered
async def running(user_id: int) -> Sheet | None:
    """The sheet of the user's workout in progress, to be read and not changed; or None."""
    return await sheets.running(user_id)


async def shown(me: Caller) -> dict[str, Any] | None:
    """What the template of GET /session shows; None without a workout in progress."""
    found = await _read(me.user_id, me)
    if found is None:
        return None
    sheet, pieces = found
    main = Markup(_filled(pieces, str(sheet.version)))  # noqa: S704 - a template made it # nosec B704
    return {**around(sheet, me), "main": main}


@remembered
async def _read(user_id: int, person: Caller) -> tuple[Sheet, list[str]] | None:
    """The workout, and the main part of its page: every other piece says which key, UUID or
    revision stands there."""
    sheet = await sheets.running(user_id)
    if sheet is None:
        return None
    bests = cards.held(await bests_of_workout(user_id, sheet.id))
    found = [_card(sheet, item, bests, person) for item in sheet.items]
    text = _rendered("parts/session_cards.html" if found else "flow/session.html", cards=found)
    return sheet, _MARKED.split(text)


def _card(sheet: Sheet, item: SheetItem, bests: Mapping[str, Best], person: Caller) -> _Card:
    """The card that was made before when it would be the same."""
    facts = _facts(sheet, item, bests, person)
    kept = _made.get((person.user_id, item.id))
    made = kept[1] if kept and kept[0] == facts else _drawn(sheet, item, bests, person)
    _made[person.user_id, item.id] = facts, made
    _made.move_to_end((person.user_id, item.id))
    if len(_made) > MOST:
        _made.popitem(last=False)
    return made


def _facts(sheet: Sheet, item: SheetItem, bests: Mapping[str, Best], person: Caller) -> Any:
    """All that `cards.card` is told by, but for the revision, which changes with every tap."""
    place = sheet.items.index(item)
    of_others = (cards.tag(sheet, item) | {"rev": ""}, place, len(sheet.items))
    held = [bests.get(each.uuid) for each in item.sets]
    return item, of_others, is_changed(sheet, item), held, person


def _drawn(sheet: Sheet, item: SheetItem, bests: Mapping[str, Best], person: Caller) -> _Card:
    card = cards.card(sheet, item, bests, person)
    card |= {"key": _mark(f"key-{item.id}"), "made_uuid": _mark("uuid"), "rev": _mark("rev")}
    for place, each in enumerate(card["sets"]):
        each["key"] = _mark(f"key-{item.id}-{place}")
    main, menu = _rendered("flow/card.html", card=card), _rendered("flow/card_menu.html", card=card)
    return _Card(Markup(main), Markup(menu))  # noqa: S704 - templates made them # nosec B704


def _rendered(name: str, **view: Any) -> str:
    template = current_app.config["TEMPLATES"].get_template(name)
    made: str = template.render(session={"key": _mark("uuid")}, **view)
    return made


def _mark(what: str) -> str:
    return f"{_MARK}.{what}."


def _filled(pieces: list[str], revision: str) -> str:
    base, filled = short_key(), list(pieces)
    for place in range(1, len(pieces), 2):
        what = pieces[place]
        if what == "rev":
            filled[place] = revision
        else:
            filled[place] = key() if what == "uuid" else base + what[3:]
    return "".join(filled)
