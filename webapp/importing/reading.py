"""A file read whole: which app it is from, its workouts, and what could not be read."""

import csv
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import TextIO

from webapp.importing import fitnotes, hevy, moments, setlog, strong
from webapp.importing.entries import Entry, Gathering
from webapp.importing.plain import LineProblem, Reading, Unreadable
from webapp.importing.records import DELIMITERS, Record, records, text_of
from webapp.importing.table import Row, found_columns, heading
from webapp.problems import Problem, invalid

FORMATS: dict[str, ModuleType] = {
    "strong": strong,
    "hevy": hevy,
    "fitnotes": fitnotes,
    "setlog": setlog,
}
MOST_LINES = 200_000
MOST_WITH_BLANKS = 5 * MOST_LINES  # and with those that a note goes on over
MOST_EXERCISES = 1_000
FIRST_YEAR = 1971
_HEADING_WITHIN = 20  # lines
_LONGEST_HEADING = 4_000
_EITHER = "Dates such as “{}” were read as day, month, year"


@dataclass(slots=True)
class _Table:
    """What the heading of a file tells."""

    format: str
    delimiter: str
    header: list[str]
    columns: dict[str, int]
    line: int
    day_first: bool = True


def read(data: bytes, now: datetime) -> Generator[None, None, Reading]:
    """Read a file a line a step; returns what is in it. `now` is on the person's clock.

    Raises Problem 400 for what is none of the formats, and for more than MOST_LINES lines.
    """
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_WITH_BLANKS:
        raise _too_many_lines()
    text = text_of(data)
    table = _heading(text)
    reading, gathering = Reading(table.format), Gathering()
    yield from _order(data, table, reading)
    names: set[str] = set()
    section = 0
    for record in records(text, table.delimiter, len(table.header), table.line):
        yield
        if record is None:
            continue
        if _is_heading(record, table):
            section += 1
            continue
        reading.lines += 1
        entry = _entry(record, table, reading, now)
        _refuse_endless(reading, names, entry)
        if entry is not None:
            _gather(gathering, entry, section, reading, record)
    reading.workouts = gathering.workouts()
    return reading


def _too_many_lines() -> Problem:
    text = f"The file has more than {MOST_LINES:,} lines"
    return invalid(text, file="Split it into several files")


def _refuse_endless(reading: Reading, names: set[str], entry: Entry | None) -> None:
    if reading.lines > MOST_LINES:
        raise _too_many_lines()
    if entry is not None:
        names.add(entry.exercise)
    if len(names) > MOST_EXERCISES:
        text = f"The file names more than {MOST_EXERCISES:,} different exercises"
        raise invalid(text, file="Look whether its columns are in order")


def _gather(
    gathering: Gathering, entry: Entry, section: int, reading: Reading, record: Record
) -> None:
    try:
        gathering.add(entry, section)
    except Unreadable as error:
        reading.problems.append(LineProblem(record.line, str(error), record.said))


def _entry(record: Record, table: _Table, reading: Reading, now: datetime) -> Entry | None:
    """What a record says; what it does not is noted."""
    row = Row(record, table.columns, table.delimiter == ",", table.day_first)
    try:
        if record.wrong is not None:
            raise Unreadable(record.wrong)
        entry: Entry = FORMATS[table.format].entry(row)
        _refuse_other_times(entry.started, now)
    except Unreadable as error:
        reading.problems.append(LineProblem(record.line, str(error), record.said))
        return None
    reading.problems += row.problems
    return entry


def _refuse_other_times(started: datetime, now: datetime) -> None:
    if started.year < FIRST_YEAR:
        raise Unreadable(f"The date is before {FIRST_YEAR}")
    if started.replace(tzinfo=None) > now.replace(tzinfo=None) + timedelta(days=1):
        raise Unreadable("The date is in the future")


def _heading(text: TextIO) -> _Table:
    """The first line that names the columns of a format. Raises Problem 400 for none."""
    first = ""
    for number in range(1, _HEADING_WITHIN + 1):
        line = text.readline()
        first = first or line[:_LONGEST_HEADING].strip("\ufeff \t\r\n;,")
        if len(line) <= _LONGEST_HEADING:
            for table in _tables(line, number):
                return table
        if not line:
            break
    if not first:
        raise invalid("The file is empty", file="Choose the file that the other app exported")
    raise invalid(
        "The columns of this file are not those of Strong, Hevy or FitNotes",
        file=f"Its first line is “{first[:120]}”",
    )


def _tables(line: str, number: int) -> Iterator[_Table]:
    for delimiter in DELIMITERS:
        header = next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter), [])
        for name, each in FORMATS.items():
            columns = found_columns(header, each.COLUMNS)
            if all(needed in columns for needed in each.NEEDED):
                yield _Table(name, delimiter, header, columns, number)


def _is_heading(record: Record, table: _Table) -> bool:
    """Whether the heading stands there again, as where two exports were put together."""
    place = table.columns["date"]
    if not record.cells or heading(record.cells[place]) != heading(table.header[place]):
        return False
    return [heading(each) for each in record.cells] == [heading(each) for each in table.header]


def _order(data: bytes, table: _Table, reading: Reading) -> Generator[None, None, None]:
    """Find out whether days or months come first, where dates are written in numbers."""
    place, undecided = table.columns["date"], ""
    text = text_of(data)
    for _ in range(table.line):
        text.readline()
    for record in records(text, table.delimiter, len(table.header), table.line):
        yield
        if record is None:
            continue
        said = record.cells[place].strip() if record.cells else ""
        order = moments.order(said)
        undecided = undecided or (said if order == "either" else "")
        if order in ("day", "month"):
            table.day_first, undecided = order == "day", ""
            break
        if order is None and not undecided and moments.is_readable(said):
            break
    if undecided:
        reading.problems.append(LineProblem(1, _EITHER.format(undecided[:20]), is_lost=False))
