"""What a PostgreSQL URL says: where the database is, and how this program is to use it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError(f"{text} is neither true nor false")
    return text.lower() in ("true", "1")


# What asyncpg takes as arguments; anything else in the URL is for PostgreSQL itself.
_OURS: Mapping[str, Callable[[str], Any]] = {
    "minsize": int,
    "maxsize": int,
    "timeout": float,
    "command_timeout": float,
    "statement_cache_size": int,
    "ssl": _flag,
}
_OF_POOLS = {"minsize": "min_size", "maxsize": "max_size", "command_timeout": "command_timeout"}


def split(url: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The URL as asyncpg takes it, the arguments of each connection, and those of a pool.
    Raises ValueError in words."""
    start, _, query = url.partition("?")
    said = parse_qsl(query, keep_blank_values=True)
    taken = {name: _value(name, text) for name, text in said if name in _OURS}
    rest = urlencode([pair for pair in said if pair[0] not in _OURS])
    pool = {_OF_POOLS[name]: value for name, value in taken.items() if name in _OF_POOLS}
    one = {name: value for name, value in taken.items() if name not in _OF_POOLS}
    return f"{start}?{rest}" if rest else start, one, pool


def _value(name: str, text: str) -> Any:
    try:
        return _OURS[name](text)
    except ValueError as error:
        raise ValueError(f"{name}={text} in the URL is no value of {name}") from error
