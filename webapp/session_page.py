"""The page of the workout in progress, whose cards are made once for as long as nothing changes.

The cards are nearly all of it, and depend on the person's rows and settings alone; the clock, the
rest and the keys of the forms are of each request.
"""

import re
import secrets
from typing import Any

from markupsafe import Markup
from quart import current_app

from webapp.auth import Caller
from webapp.db.remembering import remembered
from webapp.history.bests import bests_of_workout
from webapp.training import sheet as sheets
from webapp.training.lines import Sheet
from webapp.views.cards import cards
from webapp.views.flow import around
from webapp.views.plans import key, short_key

_MARK = secrets.token_hex(12)  # nobody can write it into a name
_MARKED = re.compile(rf"{_MARK}\.([\w-]+)\.")


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
    main = Markup(_with_keys(pieces))  # noqa: S704 - a template made it # nosec B704
    return {**around(sheet, me), "main": main}


@remembered
async def _read(user_id: int, person: Caller) -> tuple[Sheet, list[str]] | None:
    """The workout, and the main part of its page: every other piece says which key or UUID stands
    there."""
    sheet = await sheets.running(user_id)
    if sheet is None:
        return None
    bests = await bests_of_workout(user_id, sheet.id)
    return sheet, _pieces(cards(sheet, bests, person))


def _pieces(made: list[dict[str, Any]]) -> list[str]:
    for number, card in enumerate(made):
        card |= {"key": _mark(f"key-{number}"), "made_uuid": _mark("uuid")}
        for place, each in enumerate(card["sets"]):
            each["key"] = _mark(f"key-{number}-{place}")
    template = current_app.config["TEMPLATES"].get_template("flow/session.html")
    return _MARKED.split(template.render(cards=made, session={"key": _mark("uuid")}))


def _mark(what: str) -> str:
    return f"{_MARK}.{what}."


def _with_keys(pieces: list[str]) -> str:
    base, filled = short_key(), list(pieces)
    for place in range(1, len(pieces), 2):
        what = pieces[place]
        filled[place] = key() if what == "uuid" else base + what[3:]
    return "".join(filled)
