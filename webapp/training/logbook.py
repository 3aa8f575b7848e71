"""Starting a session as the document `routines` does: named, backdated, from any readable
routine, beside others that are in progress."""

from datetime import UTC, datetime
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.models import Workout, sharing
from webapp.training.planning import Draft, of_routine_item
from webapp.training.storing import store
from webapp.views.text import short_date
from webapp.zones import local

LONGEST = 200  # letters of a name
FREE = "Free Workout"


async def start(
    caller: Caller,
    routine: Row | None = None,
    name: str | None = None,
    started_at: datetime | None = None,
) -> int:
    """Start a session and return its id; without a name it is called after routine and day."""
    at = started_at or datetime.now(UTC)
    day = local(at, caller.timezone)
    named: dict[str, Any] = {"name": name or _name(routine["name"] if routine else FREE, day)}
    if routine is not None:
        named |= {"routine_id": routine["id"], "routine_name": routine["name"]}
    made = await Workout.create(
        user_id=caller.user_id,
        started_at=at,
        local_date=day.date(),
        source="routines",
        **named,
    )
    if routine is not None:
        await store(caller.user_id, made.id, await _drafts(caller, routine))
    return made.id


def _name(called: str, day: datetime) -> str:
    """ "Push Day A - Sun 1 Mar"."""
    date = f" - {short_date(day)}"
    return called[: LONGEST - len(date)] + date


async def _drafts(caller: Caller, routine: Row) -> list[Draft]:
    """The routine's lines as they are begun with; of another's routine only what it says."""
    lines = [dict(each) for each in await sharing.items(caller.user_id, routine)]
    if routine["user_id"] != caller.user_id:
        lines = [{**each, "id": None} for each in await sharing.adopted(caller.user_id, lines)]
    usual = (caller.weight_unit, caller.default_rest_seconds)
    return [of_routine_item({**each, "name": _called(each)}, *usual) for each in lines]


def _called(line: dict[str, Any]) -> str | None:
    called: str | None = line["exercise_name"] or line["name"]
    return called
