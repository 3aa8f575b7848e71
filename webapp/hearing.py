"""A request as it was heard: headers that are found by name, and a body that is there already.

Quart walks the list of headers for each question, and waits for the body in a task with a timer
each time it is asked for; here nobody is asked before the body has come.
"""

from collections.abc import Generator
from functools import cached_property, lru_cache
from typing import Any, cast

from quart.wrappers import Request
from quart.wrappers.request import Body
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.datastructures.mixins import ImmutableHeadersMixin
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.http import parse_cookie

from webapp.formdata import URLENCODED, fields


class HeardHeaders(ImmutableHeadersMixin, Headers):  # type: ignore[misc]
    """The headers of a request, which do not change; of a name said twice the first counts."""

    def __init__(self, heard: list[tuple[str, str]]) -> None:
        self._list: Any = heard
        self._first: dict[str, str] = {}
        for name, value in heard:
            self._first.setdefault(name.lower(), value)

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]
        value = self._first.get(key.lower())
        if value is None:
            return default
        if type is None:
            return value
        try:
            return type(value)
        except ValueError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.lower() in self._first


class HeardBody(Body):
    """A body that has come whole. Asking for one that is too large is a 413."""

    def __init__(self, expected_content_length: int | None, max_content_length: int | None) -> None:
        self._data = bytearray()
        self._most = max_content_length
        self._is_too_large = self._exceeds(expected_content_length or 0)
        self._is_read = False

    def _exceeds(self, size: int) -> bool:
        return self._most is not None and size > self._most

    def append(self, data: bytes) -> None:
        """One more piece; of a body that is too large none is kept."""
        if not self._is_too_large:
            self._data.extend(data)
            self._is_too_large = self._exceeds(len(self._data))

    def set_complete(self) -> None:
        """It is, before anybody asks."""

    def whole(self) -> bytes:
        if self._is_too_large:
            raise RequestEntityTooLarge
        return bytes(self._data)

    def __await__(self) -> Generator[Any, None, bytes]:
        yield from ()  # there is nothing to wait for
        return self.whole()

    async def __anext__(self) -> bytes:
        if self._is_read or not self._data:
            raise StopAsyncIteration
        self._is_read = True
        return self.whole()


@lru_cache(maxsize=256)
def _cookies(said: str) -> ImmutableMultiDict[str, str]:
    found = parse_cookie(said, cls=ImmutableMultiDict)
    return cast(ImmutableMultiDict[str, str], found)


@lru_cache(maxsize=64)
def _content_type(said: str) -> tuple[str, dict[str, str]]:
    return parse_options_header(said)


class HeardRequest(Request):
    """Quart's request, whose body has come before it is handled."""

    body_class = HeardBody

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        return _cookies(";".join(self.headers.getlist("Cookie")))

    def _parse_content_type(self) -> None:
        self._parsed_content_type = _content_type(self.headers.get("Content-Type", ""))

    async def _load_form_data(self) -> None:
        if self._form is not None:
            return
        if self.mimetype in URLENCODED:
            self._form, self._files = fields(await self.body), ImmutableMultiDict()
        else:
            parser, size = self.make_form_data_parser(), self.content_length
            parsed = parser.parse(self.body, self.mimetype, size, self.mimetype_params)
            self._form, self._files = await parsed

    async def get_data(
        self, cache: bool = True, as_text: bool = False, parse_form_data: bool = False
    ) -> Any:
        if parse_form_data:
            await self._load_form_data()
        data: bytes = await self.body
        if not cache:
            self.body.clear()
        return data.decode() if as_text else data
