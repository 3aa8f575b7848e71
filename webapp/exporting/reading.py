"""Reading a JSON file part by part: the members of its object, those of an array one by one.

What is in memory is one part, whatever the size of the file.
"""

import gzip
from codecs import getincrementaldecoder
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, BinaryIO, NoReturn

from webapp.problems import Problem

CHUNK = 1 << 16
LARGEST_PART = 1 << 23
LARGEST_FILE = 1 << 29  # unpacked; two million sets
LONGEST_GAP = 1 << 20  # of spaces, which a packed file could have without end
SPACE = " \t\r\n"
ENDS = (*SPACE, ",", ":", "]", "}")
GZIP = b"\x1f\x8b"


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = JSONDecoder(parse_constant=_no_constant)


def damaged() -> Problem:
    """What is said of a file that is no JSON, or ends too early."""
    text = "The file is damaged or is no export of Setlog; please export it once more"
    return Problem(400, text, code="unreadable")


def _opened(file: BinaryIO) -> Any:
    """The file from its beginning, unpacked where it is gzipped."""
    file.seek(0)
    is_packed = file.read(2) == GZIP
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if is_packed else file


def parts(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """(name, value) of each member of the file's object; of an array (name, element) for each.

    Raises Problem 400 where it is not JSON.
    """
    try:
        yield from _Text(_opened(file)).members()
    except (ValueError, RecursionError, EOFError, OSError) as error:
        raise damaged() from error


class _Text:
    """A file as text of which only the part being read is kept."""

    def __init__(self, file: Any) -> None:
        self.file, self.decoder = file, getincrementaldecoder("utf-8-sig")()
        self.text, self.at, self.heard, self.is_over = "", 0, 0, False

    def members(self) -> Iterator[tuple[str, Any]]:
        self.take("{")
        while self.peek() != "}":
            name = self.value()
            self.take(":")
            if not isinstance(name, str):
                raise ValueError("a name expected")
            values = self.elements() if self.peek() == "[" else iter((self.value(),))
            yield from ((name, each) for each in values)
            self.comma("}")
        self.take("}")
        if self.peek():
            raise ValueError("more after the end")

    def elements(self) -> Iterator[Any]:
        self.take("[")
        while self.peek() != "]":
            yield self.value()
            self.comma("]")
        self.take("]")

    def comma(self, end: str) -> None:
        """Pass the comma to the next part; after it the end must not come."""
        if self.peek() != end:
            self.take(",")
            if self.peek() == end:
                raise ValueError("a comma too many")

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        gap = self.heard + LONGEST_GAP
        while self.heard <= gap:
            while self.at < len(self.text) and self.text[self.at] in SPACE:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if self.is_over:
                return ""
            self.more(CHUNK)
        raise ValueError("nothing but spaces")

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise ValueError(f"{wanted} expected")
        self.at += 1

    def value(self) -> Any:
        """The value that stands here; what is cut off by the end of the text is read on."""
        self.peek()
        size = CHUNK
        while True:
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
                # A number at the end of the text may go on after it: "1", "1.", "1.5e".
                if self.is_over or self.text[end : end + 1] in ENDS:
                    self.at = end
                    return found
            except JSONDecodeError:
                if self.is_over:
                    raise
            self.more(size)
            size *= 2

    def more(self, size: int) -> None:
        self.text, self.at = self.text[self.at :], 0
        if len(self.text) > LARGEST_PART or self.heard > LARGEST_FILE:
            raise ValueError("a part or the whole is too large")
        read = self.file.read(size)
        self.heard += len(read)
        self.is_over = not read
        self.text += self.decoder.decode(read, final=not read)
