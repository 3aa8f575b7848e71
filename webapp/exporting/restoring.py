"""Reading an exported account row by row: which are right, and what is wrong with the others."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pydantic import ValidationError

from webapp.exporting import reading
from webapp.exporting.fields import Shape
from webapp.exporting.shapes import Profile
from webapp.exporting.workouts import SECTIONS, VERSION
from webapp.forms.base import as_problem
from webapp.problems import Problem

MOST_ROWS = 100_000  # beside workouts, as these are in memory together
SHAPES: dict[str, type[Shape]] = {"profile": Profile, **SECTIONS}


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the file: its section, the how manyth of it (from 1), what the file says; and what
    that is, or (None) what is wrong with it."""

    section: str
    number: int
    said: Any
    line: Shape | None
    wrong: str = ""


def rows_of(file: BinaryIO) -> Iterator[Part]:
    """The rows of a file of `export_account`, gzipped or not, in its order.

    Raises Problem 400 when it is none, is damaged, or is of a version or has a part that this
    Setlog does not know: then nobody can say what would be lost.
    """
    numbers, version = Counter[str](), None
    for name, said in reading.parts(file):
        numbers[name] += 1
        if numbers[name] > MOST_ROWS and name != "workouts":
            text = f"This file has more than {MOST_ROWS:,} “{name[:40]}”, which is too many"
            raise Problem(400, text, code="unreadable")
        if name == "setlog":
            version = _readable(said)
        elif name != "account":
            yield _row(name, numbers[name], said)
    if version is None:
        raise reading.damaged()


def _readable(version: Any) -> int:
    if version != VERSION:
        text = f"This file is of version {version!s:.20}, and this Setlog reads version {VERSION}"
        raise Problem(400, text, code="unreadable")
    return VERSION


def _row(section: str, number: int, said: Any) -> Part:
    if section not in SHAPES:
        text = f"This file has a part “{section[:40]}”, which this Setlog does not know"
        raise Problem(400, text, code="unreadable")
    try:
        return Part(section, number, said, SHAPES[section].model_validate(said))
    except ValidationError as error:
        return Part(section, number, said, None, _wrong(as_problem(error)))


def _wrong(problem: Problem) -> str:
    told = [f"{'.'.join(map(str, path))}: {texts[0]}" for path, texts in problem.fields.items()]
    return "; ".join(told[:3]).removeprefix(": ")
