"""What a value of one engine is in the other, and what rows come to, by PostgreSQL's types."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

Values = Sequence[Any]


def _moment(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


# From SQLite, which knows numbers, text and bytes. What is not named is the same in both.
_TO_POSTGRES: Mapping[str, Callable[[Any], Any]] = {
    "timestamptz": _moment,
    "date": date.fromisoformat,
    "uuid": UUID,
    "bool": bool,
    "bytea": bytes,
    "numeric": lambda value: Decimal(str(value)),
    "float8": float,
}
_TO_SQLITE: Mapping[str, Callable[[Any], Any]] = {
    "timestamptz": lambda value: value.astimezone(UTC).isoformat(" "),
    "date": date.isoformat,
    "uuid": str,
    "bool": int,
    "jsonb": lambda text: orjson.dumps(orjson.loads(text)).decode(),
    "numeric": str,
}


def to_postgres(kinds: Iterable[str], values: Values) -> tuple[Any, ...]:
    """A row of SQLite as PostgreSQL has it. Raises ValueError for what is no value there."""
    return _by(_TO_POSTGRES, kinds, values)


def to_sqlite(kinds: Iterable[str], values: Values) -> tuple[Any, ...]:
    """A row of PostgreSQL as SQLite has it."""
    return _by(_TO_SQLITE, kinds, values)


def _by(how: Any, kinds: Iterable[str], values: Values) -> tuple[Any, ...]:
    return tuple(
        value if value is None or kind not in how else how[kind](value)
        for kind, value in zip(kinds, values, strict=True)
    )


class Sum:
    """How many rows there are and what they come to, in whatever order they are seen."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, kinds: Iterable[str], values: Values) -> None:
        """Count a row, as PostgreSQL has it."""
        said = [_plain(kind, value) for kind, value in zip(kinds, values, strict=True)]
        digest = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()
        self.rows, self._sum = self.rows + 1, self._sum + int.from_bytes(digest[:16])

    @property
    def told(self) -> str:
        return f"{self._sum % 2**128:032x}"


def _plain(kind: str, value: Any) -> Any:
    """A value that compares the same wherever it comes from."""
    if value is None:
        return None
    if kind in ("jsonb", "json"):
        return _whole(orjson.loads(value))
    if kind == "timestamptz":
        return value.astimezone(UTC).isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _whole(value: Any) -> Any:
    """Of 80 and 80.0 PostgreSQL's JSON keeps what it likes."""
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return int(value) if is_whole else value
