"""Reading as if nothing were remembered."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from webapp import db


async def _unknown(*_: object) -> None:
    return None


@contextmanager
def nothing_known() -> Iterator[None]:
    """Inside the block everything is read, and nothing of it kept."""
    with patch.object(db, "edition", _unknown):
        yield
