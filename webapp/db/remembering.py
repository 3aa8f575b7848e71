"""What was read of a person's training is not read again until that has changed.

Whether it has is asked before the rows are (`editions.py`), so what is kept is at least as new as
the edition it is kept under. Of the workout in progress PostgreSQL cannot tell: it is read anew.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from webapp import db
from webapp.db.editions import Topic

T = TypeVar("T")
P = ParamSpec("P")
MOST = 128  # answers; the one that was asked for least recently goes
Read = Callable[Concatenate[int, P], Awaitable[T]]

_kept: OrderedDict[Any, tuple[object, Any]] = OrderedDict()


def remembered(read: Read[P, T], topic: Topic = "training") -> Read[P, T]:
    """Let `read` (of a person's id, and more) answer again what it said when that person's rows
    were the same. It must depend on its arguments and on the tables in `editions.WATCHED` alone,
    no clock, read no other person's rows, and nobody may change what it returns."""

    @wraps(read)
    async def once(user_id: int, *args: P.args, **more: P.kwargs) -> T:
        edition = await db.edition(user_id, topic)
        if edition is None:
            return await read(user_id, *args, **more)
        key = (read, user_id, args, *more.items())
        kept = _kept.get(key)
        if kept is not None and kept[0] == edition:
            _kept.move_to_end(key)
            answer: T = kept[1]
            return answer
        found = await read(user_id, *args, **more)
        _keep(key, edition, found)
        return found

    return once


def remembered_past(read: Read[P, T]) -> Read[P, T]:
    """The same for what depends on workouts that have ended alone, bests included, on routines
    and on exercises (past_triggers.PAST), on both engines and whichever process changes them:
    logging sets does not end it."""
    return remembered(read, "past")


def _keep(key: Any, edition: object, found: Any) -> None:
    _kept[key] = edition, found
    _kept.move_to_end(key)
    if len(_kept) > MOST:
        _kept.popitem(last=False)
