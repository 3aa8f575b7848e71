"""What was read of a database that nobody has changed since is not read again.

SQLite tells with one look into shared memory whether anybody, in whatever process, has committed
anything (https://www.sqlite.org/pragma.html#pragma_data_version). PostgreSQL has no such word, so
there everything is read anew.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from webapp import db

T = TypeVar("T")
P = ParamSpec("P")
MOST = 32  # answers of one edition


class _Kept:
    """The answers of the edition that was seen last."""

    edition: object = None
    answers: dict[Any, Any] = {}


def remembered(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Let `read` answer again what it said when the database was the same. It must depend on the
    database and its arguments alone, no clock, and nobody may change what it returns."""

    @wraps(read)
    async def once(*args: P.args, **more: P.kwargs) -> T:
        edition = db.edition()
        if edition is None:
            return await read(*args, **more)
        if edition != _Kept.edition:
            _Kept.edition, _Kept.answers = edition, {}
        answers, key = _Kept.answers, (read, args, *more.items())
        if key not in answers:
            found = await read(*args, **more)
            # What was committed meanwhile may be in it.
            if len(answers) >= MOST or db.edition() != edition:
                return found
            answers[key] = found
        kept: T = answers[key]
        return kept

    return once
