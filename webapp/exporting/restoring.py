"""Taking an exported account in: what is new is made, what is there stays as it is."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, BinaryIO

from pydantic import ValidationError

from webapp.db import transaction
from webapp.exporting import reading
from webapp.exporting.fields import Shape
from webapp.exporting.keeping import keep_library
from webapp.exporting.keeping_workouts import keep_workouts
from webapp.exporting.shapes import Profile
from webapp.exporting.workouts import SECTIONS, VERSION, Workout
from webapp.forms.base import as_problem
from webapp.problems import Problem

NOUNS = ("workouts", "sets", "routines", "exercises", "locations", "body weights")
CHUNK = 20  # workouts a transaction, so that others get their turn
BREATHE = 20  # parts read before others get theirs


async def restore_account(user_id: int, file: BinaryIO) -> dict[str, int]:
    """Import a file of `export_account` (gzipped or not) for this user; what is new, by noun.

    All of it is checked before anything is written. Rows are known by their UUIDs, so doing it
    twice does nothing more, and finishes what was interrupted. Opens its own transactions. Raises
    Problem 400.
    """
    library = await _checked(file)
    made, ids = await transaction(partial(keep_library, user_id, library))
    async for some in _chunks(file):
        made += await transaction(partial(keep_workouts, user_id, some, ids))
    return {noun: made[noun] for noun in NOUNS if made[noun]}


async def _checked(file: BinaryIO) -> dict[str, list[Any]]:
    """Read the whole file once: its rows by section, without the workouts, which are many."""
    found: dict[str, list[Any]] = {"profile": [], **{name: [] for name in SECTIONS}}
    version, numbers = None, Counter[str]()
    async for name, value in _parts(file):
        numbers[name] += 1
        if name == "setlog":
            version = _readable(value)
        elif name != "account":
            line = _line(name, numbers[name], value)
            found[name] += [] if name == "workouts" else [line]
    if version is None:
        raise reading.damaged()
    return found


def _readable(version: Any) -> int:
    if version != VERSION:
        text = f"This file is of version {version!s:.20}, and this Setlog reads version {VERSION}"
        raise Problem(400, text, code="unreadable")
    return VERSION


def _line(section: str, number: int, value: Any) -> Shape:
    shape = Profile if section == "profile" else SECTIONS.get(section)
    if shape is None:
        text = f"This file has a part “{section[:40]}”, which this Setlog does not know"
        raise Problem(400, text, code="unreadable")
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise _wrong(section, number, as_problem(error)) from error


def _wrong(section: str, number: int, problem: Problem) -> Problem:
    fields = {(section, number - 1, *path): texts for path, texts in problem.fields.items()}
    told = [f"{'.'.join(map(str, path))}: {texts[0]}" for path, texts in problem.fields.items()]
    text = f"Number {number} of “{section}” in the file is not right: {'; '.join(told[:3])}"
    return Problem(400, text, code="fields", fields=fields)


async def _parts(file: BinaryIO) -> AsyncIterator[tuple[str, Any]]:
    for number, part in enumerate(reading.parts(file)):
        if number % BREATHE == 0:
            await asyncio.sleep(0)
        yield part


async def _chunks(file: BinaryIO) -> AsyncIterator[list[Workout]]:
    chunk: list[Workout] = []
    async for name, value in _parts(file):
        if name == "workouts":
            chunk.append(Workout.model_validate(value))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
