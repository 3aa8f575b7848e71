"""The records of a file of rows: its text, and what stands between delimiters, line by line."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from webapp.problems import invalid

DELIMITERS = (",", ";", "\t", "|")
LONGEST = 5_000  # lines that one record (its notes, that is) may run over
SHORTEST = 100  # as many, however often a quotation mark was not closed before
SAID = 120  # characters of a line that are told back
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"SQLite format 3", "This is a database, such as FitNotes makes as a backup"),
    (b"PK\x03\x04", "This is a ZIP or Excel file"),
    (b"%PDF", "This is a PDF"),
    (b"\x89PNG", "This is a picture"),
    (b"\xff\xd8\xff", "This is a picture"),
)
_SAMPLE = 4096
_AROUND = 256 * 1024  # bytes of a broken letter that tell what is broken
_LONGEST_LINE = 1024 * 1024


@dataclass(slots=True)
class Record:
    """One row: the line it begins at (from 1), its cells, and why it has none (or None)."""

    line: int
    cells: Sequence[str]
    wrong: str | None = None
    said: str = ""


def text_of(data: bytes) -> TextIO:
    """The text of a file in UTF-8, UTF-16 or Latin-1, told by its mark or by what fits. Raises
    Problem 400 for what is no text."""
    for signature, text in _SIGNATURES:
        if data.startswith(signature):
            raise invalid(f"{text}, not a CSV file", file="Export as CSV in the other app")
    found = io.TextIOWrapper(io.BytesIO(data), _encoding(data), errors="replace", newline="")
    sample = found.read(_SAMPLE)
    odd = sum(ord(each) < 32 and each not in "\t\n\r\f" for each in sample)
    if odd * 20 > len(sample):
        raise invalid("This is not a text file", file="Choose a CSV file")
    found.seek(0)
    return found


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    if len(sample) > 8 and sample[1::2].count(0) * 3 > len(sample[1::2]):
        return "utf-16-le"
    if len(sample) > 8 and sample[::2].count(0) * 3 > len(sample[::2]):
        return "utf-16-be"
    return "utf-8" if _is_utf8(data) else "cp1252"


def _is_utf8(data: bytes) -> bool:
    """Whether what is not ASCII is UTF-8, but for the odd broken letter."""
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        around = data[max(error.start - _AROUND, 0) : error.start + _AROUND]
        text = around.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        return len(text) - len(text.encode("ascii", "ignore")) - broken > broken


class _Lines:
    """The lines of a text, some of which may be put back; none more than `longest` a record."""

    def __init__(self, text: TextIO, number: int) -> None:
        self.text, self.again = text, deque[str]()
        self.taken: list[str] = []
        self.number = number  # of the last line of the record before
        self.longest = LONGEST

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= self.longest:
            raise StopIteration
        line = self.again.popleft() if self.again else self.text.readline()
        if not line:
            raise StopIteration
        self.taken.append(line)
        if len(line) > _LONGEST_LINE:  # taken apart, it would hold everybody up
            raise csv.Error
        return line.replace("\x00", "") if "\x00" in line else line

    def begin(self) -> int:
        """Begin a record; the number of its first line."""
        self.number += len(self.taken)
        self.taken = []
        return self.number + 1

    def is_open(self) -> bool:
        """Whether this record ends within quotation marks."""
        is_cut = len(self.taken) >= self.longest
        return is_cut or sum(each.count('"') for each in self.taken) % 2 == 1

    def put_back(self) -> None:
        """All but the first line of this record shall be read again; the more often, the sooner a
        record is given up, so that no file takes for ever."""
        self.longest = max(self.longest // 2, SHORTEST)
        self.again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def records(text: TextIO, delimiter: str, width: int, after: int = 0) -> Iterator[Record | None]:
    """The rows of a text from the line `after` that one on; None for a blank one.

    A row of another width than `width` columns, or one with a quotation mark that is not closed,
    comes back with what is wrong; only its first line is lost then. Empty cells at the end of a
    row may be missing or too many.
    """
    lines = _Lines(text, after)
    while True:
        line = lines.begin()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter), None)
            if cells is None and not lines.taken:
                return
            found = _checked(line, cells or [], width)
        except csv.Error:
            found = Record(line, [], "A cell is too long")
        if len(lines.taken) > 1 and (found.wrong or lines.is_open()):
            lines.put_back()
            found = Record(line, [], "A quotation mark is not closed")
        found.said = lines.taken[0][:SAID].strip() if lines.taken else ""
        yield found if found.wrong or any(found.cells) else None


def _checked(line: int, cells: list[str], width: int) -> Record:
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width:
        return Record(line, [], f"It has {len(cells)} columns, the first line {width}")
    if width > 1 and 0 < len(cells) < (width + 1) // 2:
        return Record(line, [], f"It has only {len(cells)} of {width} columns")
    return Record(line, [*cells, *[""] * (width - len(cells))])
