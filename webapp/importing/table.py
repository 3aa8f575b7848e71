"""A row by the names of its columns, and the numbers that all formats write alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from webapp.importing import moments, numbers
from webapp.importing.numbers import amount, rounded
from webapp.importing.plain import ImportedSet, LineProblem, Unreadable
from webapp.importing.records import Record
from webapp.models.fields import plain
from webapp.models.library import fold

MOST_CELL = 60  # of a number or a date; no such text is longer
NAME, NOTE, NOTES = 200, 2000, 5000
Columns = Mapping[str, int]


def heading(cell: str) -> str:
    """The name of a column as they are compared: "Weight (kg)" is "weight (kg)"."""
    return fold(cell.strip().strip('"').lstrip("\ufeff"))


def found_columns(header: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Our names of the columns that a format knows, with where they stand (the first of equals)."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        if (name := known.get(heading(cell))) is not None:
            places.setdefault(name, place)
    return places


class Row:
    """A record with names. What is left out of it is noted in `problems`, with the line."""

    def __init__(
        self, record: Record, columns: Columns, has_commas: bool, day_first: bool = True
    ) -> None:
        self.record, self.columns, self.has_commas = record, columns, has_commas
        self.day_first = day_first
        self.problems: list[LineProblem] = []

    @property
    def line(self) -> int:
        return self.record.line

    def text(self, name: str, most: int = NOTES) -> str:
        """What a cell says; "" for an empty one or a column that is not there."""
        place = self.columns.get(name)
        if place is None:
            return ""
        text = self.record.cells[place].strip()
        if len(text) > most:
            self.leave_out(f"“{text[:40]}…” is longer than {most:,} letters and was cut")
            text = text[:most].rstrip()
        return text

    def prose(self, name: str, most: int = NOTE) -> str | None:
        """A note, or None."""
        return self.text(name, most) or None

    def short(self, name: str) -> str:
        """A number, a date or a word."""
        place = self.columns.get(name)
        text = "" if place is None else self.record.cells[place].strip()
        if len(text) > MOST_CELL:
            raise Unreadable(f"“{text[:40]}…” is too long for this column")
        return text

    def number(self, name: str, what: str, most: Decimal) -> Decimal | None:
        """A number from 0 on; None for nothing said. Raises Unreadable."""
        cell = self.short(name)
        return amount(cell, what, most, self.has_commas) if cell else None

    def moment(self, name: str) -> tuple[datetime, bool]:
        """A moment, and whether it has a time of day. Raises Unreadable."""
        return moments.moment(self.short(name), self.day_first)

    def length(self) -> int | None:
        """Seconds from the column `date` to the column `end`; None where that is not said."""
        if not self.short("end"):
            return None
        try:
            passed = self.moment("end")[0] - self.moment("date")[0]
        except (Unreadable, TypeError) as error:
            self.leave_out(f"The end of the workout: {error}")
            return None
        return int(passed.total_seconds())

    def leave_out(self, text: str) -> None:
        """Note that a part of the line is not imported."""
        self.problems.append(LineProblem(self.line, text, self.record.said, is_lost=False))

    def exercise(self, name: str) -> str:
        """The name of the exercise. Raises Unreadable without one."""
        text = " ".join(self.text(name, NAME).split())
        if not text:
            raise Unreadable("No exercise")
        return text

    def done(self, set_type: str = "working", notes: str = "notes") -> ImportedSet:
        """The set of the line. Raises Unreadable where nothing was done."""
        made = ImportedSet(self.line, set_type=set_type)
        made.reps = self._reps()
        made.weight, made.weight_unit = self._weight()
        made.seconds = self._seconds()
        made.distance, made.distance_unit = self._distance()
        if not (made.reps or made.seconds or made.distance):
            if not made.weight or made.reps is None:
                raise Unreadable("No reps, time or distance")
        elif not made.reps:
            made.reps = None
        made.rpe = self.rpe()
        made.notes = self.prose(notes)
        return made

    def _reps(self) -> int | None:
        found = self.number("reps", "number of reps", numbers.REPS_MOST)
        if found is not None and found != int(found):
            self.leave_out(f"{found} reps count as {int(found)}")
        return None if found is None else int(found)

    def _weight(self) -> tuple[str | None, str | None]:
        """The weight and its unit (None where the file does not say it). Where both units have a
        column, the one in which it is the rounder number."""
        said: list[tuple[Decimal, str | None]] = [
            (found, unit)
            for unit in ("kg", "lb")
            if (found := self.number(f"weight_{unit}", "weight", numbers.WEIGHT_MOST))
        ]
        if not said and (found := self.number("weight", "weight", numbers.WEIGHT_MOST)):
            said = [(found, numbers.weight_unit(self.short("weight_unit")))]
        if not said:
            return None, None
        weight, unit = min(said, key=lambda each: len(plain(each[0]).partition(".")[2]))
        return rounded(weight, 3), unit

    def _distance(self) -> tuple[str | None, str | None]:
        for unit in ("km", "mi", "m"):
            if found := self.number(f"distance_{unit}", "distance", numbers.DISTANCE_MOST):
                return numbers.distance(found, unit)
        found = self.number("distance", "distance", numbers.DISTANCE_MOST)
        return numbers.distance(found, self.short("distance_unit")) if found else (None, None)

    def _seconds(self) -> str | None:
        found = numbers.seconds(self.short("seconds"))
        if found and found > numbers.SECONDS_MOST:
            raise Unreadable("The time is longer than a day")
        return rounded(found, 3) if found else None

    def rpe(self) -> str | None:
        """The RPE of the line; one that is none costs no set."""
        try:
            found = self.number("rpe", "RPE", Decimal(10))
        except Unreadable as error:
            self.leave_out(str(error))
            return None
        if not found:
            return None
        if found < 1 or found % Decimal("0.5"):
            self.leave_out(f"The RPE {found} is not on the scale of 1 to 10 in halves")
            return None
        return rounded(found, 1)
