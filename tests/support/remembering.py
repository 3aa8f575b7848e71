"""Reading as if nothing were remembered."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from webapp import db
from webapp.db import editions
from webapp.models import User


async def _unknown(*_: object) -> None:
    return None


@contextmanager
def nothing_known() -> Iterator[None]:
    """Inside the block everything is read, and nothing of it kept."""
    with patch.object(db, "edition", _unknown):
        yield


async def heard(user: User) -> None:
    """Let this task hear of what edition the person's past is, as a request does."""
    own, everybodys = (await db.rows(editions.PAST, user.id))[0]
    editions.hear(user.id, own, everybodys)
